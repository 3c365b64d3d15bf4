"""The runs of the Train page: made of the setup, started, and asked to pause, step, go on or stop."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import streamlit as st

from ...engine.training.measures import MEASURES
from ...engine.training.schedules import SCHEDULES
from ...engine.training.starts import check_size, first_weights
from ...examples.data import VALUES, Data
from ...jobs import folder, owners
from ...jobs.executor import executor
from ...jobs.files import reason_of, what_failed
from ...jobs.queue import Full
from ...jobs.run import FAILED, PAUSE, PAUSED, RESTING, RUNNING, STOP, STOPPED, Run, Status
from ...jobs.spec import Spec
from ...maths.messages import N_, Message, Refusal, counted, message_of
from ...setup import limits
from ...setup.arrays import parameters_of
from ...setup.checks import architecture_of
from ...setup.codecs import options_of
from ...setup.setup import Setup
from ...setup.training import CHOICES
from ..shell import session
from ..shell.labels import COMPARED
from ..shell.owner import names, owner
from ..shell.translation import _, told
from . import device
from .data import ends, meaning, training_data

UNITS_A_BATCH = 10_000_000
SILENT = 3.0  # seconds after which a run that nobody holds is known to have lost its worker


def current() -> Run | None:
    """The run that the link names, if it still exists."""
    return folder.find(folder.default_folder(), session.current().run)


def begin(setup: Setup, step: str = "") -> Run | None:
    """Create and submit a run, paused after one step if ``step`` names one; None, with a sentence, if refused."""
    try:
        run = run_of(setup)
    except ValueError as error:
        session.refuse(sentence(error))
        return None
    except OSError as error:
        session.refuse(Message("The run cannot be written ({reason}).", reason=reason_of(error)))
        return None
    if (not step or asked(lambda: paused_after(run, step))) and submitted(run):
        return run
    folder.discard(run)
    return None


def sentence(error: Exception) -> Message:
    message = what_failed(error) if isinstance(error, OSError) else message_of(error)
    return message if message.endswith(".") else Message("{sentence}.", sentence=message)


def submitted(run: Run) -> bool:
    """Submit a run; False, with a sentence, if the queue is full."""
    return asked(lambda: executor().submit(run))


def asked(act: Callable[[], object]) -> bool:
    """Send a request to a run or the executor; False, with a sentence, if that fails."""
    try:
        act()
    except (Full, owners.NotYours) as error:
        session.refuse(sentence(error))
        return False
    except (OSError, ValueError) as error:
        session.refuse(Message("The runs cannot be reached ({reason}).", reason=reason_of(error)))
        return False
    return True


def steered(run: Run, act: Callable[[], object]) -> bool:
    """Send a request to a run of this browser's; False, with a sentence, if it is another's or that fails."""

    def checked() -> None:
        if not is_ours(run):
            owners.check_steers(run, owner())
        act()

    return asked(checked)


def is_ours(run: Run) -> bool:
    """Whether this browser may steer a run."""
    return any(owners.may_steer(run, name) for name in names())


def remembered(*runs: Run) -> str:
    """The compared runs with some more; the oldest make room."""
    names = [name for name in session.current().compared.split(",") if name]
    names += [run.id for run in runs if run.id not in names]
    return ",".join(names[-limits.RUNS :])


# from a setup to a run


def settings_of(setup: Setup, data: Data) -> dict[str, Any]:
    """The engine's settings of a setup."""
    chosen = {entry.argument: entry.given(getattr(setup, name)) for name, entry in CHOICES.items() if entry.argument}
    return {
        **chosen,
        "schedule_options": scheduled(setup),
        "freeze": ["b"] if setup.freeze_biases and setup.bias else [],
        "measure": measured(setup, data),
        **device.products(setup),
    }


def scheduled(setup: Setup) -> dict[str, float]:
    """The chosen options of the present schedule."""
    own = SCHEDULES[setup.schedule].options
    return {name: value for name, value in options_of(setup.schedule_options).items() if name in own}


def measured(setup: Setup, data: Data) -> list[str]:
    """The measures after every epoch, beside the cost."""
    return [
        name
        for name, measure in MEASURES.items()
        if (setup.unit_counts or not measure.costly) and (data.kind != VALUES or not measure.classes)
    ]


def run_of(setup: Setup) -> Run:
    """A new run of a setup.

    Raises ValueError with one sentence if its parts do not fit together, OSError if it cannot be written.
    """
    data = training_data(setup)
    check_fit(setup, data)
    about = {"setup": {name: plain(getattr(setup, name)) for name in COMPARED}, "data": meaning(data)}
    where = device.options(setup) if setup.starts == 1 else {}
    pace = 0.0 if setup.starts > 1 else float(setup.pace)
    spec = Spec(
        architecture_of(setup), settings_of(setup, data), owner(), about,
        pace=pace, starts=setup.starts, varied=setup.varied, **where,
    )  # fmt: skip
    device.check_room(spec, data.X, data.Y)
    return folder.create(folder.default_folder(), spec, data.X, data.Y, first_weights_of(setup, spec))


def first_weights_of(setup: Setup, spec: Spec) -> Any:
    """The weights with which a run begins, a row for each network if there are several.

    Raises ValueError if there are more than are trained together.
    """
    if spec.starts == 1:
        return parameters_of(setup, spec.dtype).flat
    check_size(spec.starts, spec.architecture)
    return first_weights(spec.varied, spec.starts, spec.architecture, setup.initializer, setup.seed, spec.dtype)


def check_fit(setup: Setup, data: Data) -> None:
    """Refuse data that are not as wide as the network, or a batch that is too large."""
    inputs, outputs = ends(data)
    if (inputs, outputs) != (setup.widths[0], setup.widths[-1]):
        raise Refusal(
            "The data have {inputs} and {outputs} and the network has {first} and {last}; "
            "“Fit the network to these data” makes one that they fit.",
            inputs=counted("{count} input", "{count} inputs", inputs),
            outputs=counted("{count} output", "{count} outputs", outputs),
            first=setup.widths[0],
            last=setup.widths[-1],
        )
    size, units = setup.batch_size or len(data.X), sum(setup.widths)
    if size * units > UNITS_A_BATCH:
        raise Refusal(
            "{name}: found {size:,} samples of {units:,} units; accepted are up to {most:,} units in all.",
            name="batch_size",
            size=size,
            units=units,
            most=UNITS_A_BATCH,
        )


def plain(value: Any) -> Any:
    """A value after a round trip through JSON."""
    return [plain(each) for each in value] if isinstance(value, tuple) else value


# what the buttons do


def start(step: str = "") -> None:
    setup = session.current()
    if st.session_state.get("train.fresh") and setup.run:
        setup = replace(setup, seed=(setup.seed + 1) % (limits.SEED + 1), entries={})
    run = begin(setup, step)
    if run is not None:
        session.edit(run=run.id, compared=remembered(run), seed=setup.seed, entries=setup.entries)


def go_on() -> None:
    run = current()
    if run is not None and steered(run, lambda: run.withdraw(PAUSE, STOP)):
        submitted(run)


def take_up(run: Run) -> None:
    """Let a run of this browser's that rests go on, now that it is looked at; once, if there is no room for it."""
    status, key = run.status, f"train.taken up {run.id}"
    if status.state == RESTING and is_ours(run) and st.session_state.get(key) != status.time:
        st.session_state[key] = status.time
        submitted(run)


def pause() -> None:
    run = current()
    if run is not None:
        steered(run, lambda: run.request(PAUSE))


def stop() -> None:
    run = current()
    if run is not None:
        end(run)


def end(run: Run) -> None:
    """Stop a run, unless it has ended."""
    if run.status.active:
        steered(run, lambda: executor().stop(run))


def step(unit: str) -> None:
    """Make one step of the present run, or of a new one."""
    run = current()
    if run is None or not (run.status.active or resumable(run)):
        start(unit)
    elif steered(run, lambda: paused_after(run, unit)) and (run.status.state == PAUSED or not run.status.active):
        submitted(run)


def paused_after(run: Run, unit: str) -> None:
    """Make one step of a run, which is then paused."""
    run.request(PAUSE)
    run.request_step(unit)


# how they stand


def resumable(run: Run) -> bool:
    """Whether a run that is not being worked on can go on."""
    status = standing(run)
    return status.state in (STOPPED, FAILED, RESTING) and run.readable and status.epoch < run.spec.epochs


def standing(run: Run) -> Status:
    """How a run stands: one whose worker has ended without a word does not run, whatever its status says."""
    status = run.status
    if status.state == RUNNING and time.time() - status.time > SILENT and not run.alive:
        message = Message("its worker has ended; it can go on from its last checkpoint")
        return replace(status, state=STOPPED, message=message)
    return status


def place(run: Run) -> int | None:
    try:
        return executor().place(run)
    except (OSError, ValueError):
        return None


def lacks(run: Run) -> Message:
    """What there must be before a waiting run can begin."""
    try:
        return executor().lacks(run)
    except (OSError, ValueError) as error:
        return reason_of(error)


STATES = {
    "waiting": N_("waiting"),
    "running": N_("running"),
    "paused": N_("paused"),
    "resting": N_("resting"),
    "stopped": N_("stopped"),
    "finished": N_("finished"),
    "failed": N_("cannot go on"),
}


def describe(run: Run, status: Status) -> str:
    words = _(STATES[status.state])
    if status.state == "waiting" and (number := place(run)) is not None:
        words = _("waiting, {place} in the queue").format(place=number)
        if lacking := lacks(run):
            return _("{state}: {message}").format(state=words, message=told(lacking))
    return _("{state}: {message}").format(state=words, message=told(status.message)) if status.message else words
