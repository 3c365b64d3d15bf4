"""The runs of the Train page: starting one, asking it to pause, step, go on or stop, and looking into it."""

from __future__ import annotations

import secrets
from dataclasses import asdict, replace
from typing import Any

import streamlit as st

from ..jobs import folder
from ..jobs.executor import executor
from ..jobs.fair import Full
from ..jobs.run import PAUSED, Run, Status
from ..jobs.spec import Spec
from ..jobs.upcoming import next_batch, training_of
from ..sharing import limits
from ..sharing.checks import architecture_of
from ..sharing.realize import parameters_of
from ..sharing.setup import Setup
from ..sharing.training import MOST_RUNS
from . import session, train_data
from .bases import rows
from .page import PAGES
from .text import _

OWNER = "mlpviz.owner"
MEASURED = ("accuracy", "gradient_norms")
UNITS_A_BATCH = 10_000_000
TOLD = (
    *("dataset", "samples", "noise", "data_seed", "widths", "activations", "loss", "reduction", "bias", "l2"),
    *("initializer", "seed", "optimizer", "learning_rate", "batch_size", "epochs", "validation", "schedule"),
    *("patience", "freeze_biases", "order_seed"),
)
"""The properties of a setup that a run remembers, to be compared with those of others."""


def current() -> Run | None:
    """The run that the link names, if there still is one."""
    return folder.find(folder.default_folder(), session.current().run)


def owner() -> str:
    """A name for this learner's session, by which the queue is fair."""
    return st.session_state.setdefault(OWNER, secrets.token_hex(8))


# from a setup to a run


def settings_of(setup: Setup) -> dict[str, Any]:
    """The engine's settings, as a setup has them."""
    return {
        "optimizer": setup.optimizer,
        "learning_rate": setup.learning_rate,
        "batch_size": setup.batch_size or None,
        "epochs": setup.epochs,
        "seed": setup.order_seed,
        "schedule": setup.schedule,
        "validation": setup.validation or None,
        "patience": setup.patience or None,
        "freeze": ["b"] if setup.freeze_biases and setup.bias else [],
        "measure": list(MEASURED),
    }


def made(setup: Setup) -> Run:
    """A run of a setup.

    Raises ValueError with one sentence if its parts do not fit together, OSError if it cannot be written.
    """
    data = train_data.training_data(setup)
    found, wanted = (data.X.shape[1], data.Y.shape[1]), (setup.widths[0], setup.widths[-1])
    if found != wanted:
        raise ValueError(
            f"The data have {found[0]} inputs and {found[1]} outputs and the network has {wanted[0]} and {wanted[1]}; "
            "choose the data again to fit the network to them."
        )
    size = setup.batch_size or len(data.X)
    if size * sum(setup.widths) > UNITS_A_BATCH:
        units = f"{size:,} samples of {sum(setup.widths):,} units"
        raise ValueError(f"batch_size: found {units}; accepted are up to {UNITS_A_BATCH:,} units in all.")
    about = {"setup": {name: plain(getattr(setup, name)) for name in TOLD}, "data": train_data.meaning(data)}
    spec = Spec(architecture_of(setup), settings_of(setup), owner(), about, pace=float(setup.pace))
    return folder.create(folder.default_folder(), spec, data.X, data.Y, parameters_of(setup, "float32").flat)


def plain(value: Any) -> Any:
    """A value as JSON gives it back."""
    return list(value) if isinstance(value, tuple) else value


def begin(setup: Setup, step: str = "") -> Run | None:
    """Make a run and submit it, paused after one step if ``step`` names one; None, with a sentence, if refused."""
    try:
        run = made(setup)
    except ValueError as error:
        session.refuse(sentence(error))
        return None
    except OSError as error:
        session.refuse(_("The run cannot be written ({reason}).").format(reason=error.strerror or error))
        return None
    if step:
        run.ask("PAUSE")
        run.ask_step(step)
    if submitted(run):
        return run
    folder.discard(run)
    return None


def sentence(error: Exception) -> str:
    """A refusal as one sentence."""
    text = str(error)
    return text if text.endswith(".") else text + "."


def submitted(run: Run) -> bool:
    """Give a run to the executor; False, with a sentence, if it takes no more."""
    try:
        executor().submit(run)
    except Full as error:
        session.refuse(sentence(error))
        return False
    except (OSError, ValueError) as error:
        session.refuse(_("No run can be started ({reason}).").format(reason=error))
        return False
    return True


def remembered(*runs: Run) -> str:
    """The runs that are compared, with some more; the oldest make room."""
    names = [name for name in session.current().compared.split(",") if name]
    names += [run.id for run in runs if run.id not in names]
    return ",".join(names[-MOST_RUNS:])


# what the buttons do


def start(step: str = "") -> None:
    """A new run of the present setup."""
    setup = session.current()
    if st.session_state.get("train.fresh") and setup.run:
        setup = replace(setup, seed=(setup.seed + 1) % (limits.SEED + 1), entries={})
    run = begin(setup, step)
    if run is not None:
        session.edit(run=run.id, compared=remembered(run), seed=setup.seed, entries=setup.entries)


def go_on() -> None:
    """Let the present run go on."""
    run = current()
    if run is not None:
        run.ask_no_more("PAUSE", "STOP")
        submitted(run)


def pause() -> None:
    """Pause the present run."""
    run = current()
    if run is not None:
        run.ask("PAUSE")


def stop() -> None:
    """Stop the present run."""
    run = current()
    if run is not None:
        executor().stop(run)


def step(unit: str) -> None:
    """One step of the present run, or of a new one."""
    run = current()
    if run is None or not (run.status.active or resumable(run)):
        start(unit)
        return
    run.ask("PAUSE")
    run.ask_step(unit)
    if run.status.state == PAUSED or not run.status.active:
        submitted(run)


def resumable(run: Run) -> bool:
    """Whether a run that is not at work can go on."""
    status = run.status
    return status.state in ("stopped", "failed") and status.epoch < run.spec.settings.get("epochs", 1)


def place(run: Run) -> int | None:
    """The run's place in the queue."""
    try:
        return executor().place(run)
    except (OSError, ValueError):
        return None


# looking into a run


def open_batch() -> None:
    """Open the batch that the present run takes next in the stepper, with the weights as they are."""
    run = current()
    if run is None:
        return
    try:
        training = training_of(run)
        chosen, told = opened(session.current(), run, training)
    except (ValueError, OSError) as error:
        session.refuse(sentence(error))
        return
    if session.change(lambda setup: chosen):
        state = session.state()
        state.remarks, state.page = (told,), "step"
        st.switch_page(PAGES["step"].script, query_params=session.query())


def opened(setup: Setup, run: Run, training: Any) -> tuple[Setup, str]:
    """The setup that shows a run's next batch, and what is said about it.

    Raises ValueError if the network is too large to be shown.
    """
    architecture, batch = run.spec.architecture, next_batch(training)
    count = max(1, min(limits.SAMPLES_SENT, len(batch), train_data.SHOWN_NUMBERS // architecture.widths[0]))
    if architecture.parameter_count > limits.NUMBERS:
        found = f"{architecture.parameter_count:,} parameters"
        raise ValueError(f"The stepper opens networks of up to {limits.NUMBERS:,} parameters; this one has {found}.")
    fields = asdict(architecture)
    shown = replace(
        setup,
        **fields,
        X=rows(run.arrays["X"][batch[:count]]),
        Y=rows(run.arrays["Y"][batch[:count]]),
        entries=entries_of(training.parameters),
        learning_rate=training.settings.learning_rate,
        sample=None,
        step=0,
        page="step",
    )
    return shown, told(training, len(batch), count)


def told(training: Any, batch: int, count: int) -> str:
    """Which samples the stepper shows, and when."""
    where = _("the weights after {steps} steps").format(steps=f"{training.step:,}")
    if batch == count:
        text = _("This is the batch of the run's next step ({count} samples), with {where}.")
    else:
        text = _("The first {count} of the {batch} samples of the run's next step, with {where}; a mean is over these.")
    return text.format(count=count, batch=batch, where=where)


def entries_of(parameters: Any) -> dict[Any, float]:
    """All weights and biases, one by one."""
    return {
        (letter, l, r, c): float(value)
        for letter, arrays in (("W", parameters.W), ("b", parameters.b))
        for l, array in enumerate(arrays)
        if array is not None
        for r, row in enumerate(array.tolist())
        for c, value in enumerate(row)
    }


def describe(run: Run, status: Status) -> str:
    """How a run stands, in words."""
    states = {
        "waiting": _("waiting"),
        "running": _("running"),
        "paused": _("paused"),
        "stopped": _("stopped"),
        "finished": _("finished"),
        "failed": _("cannot go on"),
    }
    words = states[status.state]
    if status.state == "waiting" and (number := place(run)) is not None:
        words = _("waiting, {place} in the queue").format(place=number)
    return f"{words}: {status.message}" if status.message else words
