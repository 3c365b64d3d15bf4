"""Stop and look: the batch that a run takes next, opened in the stepper with the weights as they are."""

from __future__ import annotations

from dataclasses import asdict, replace

import streamlit as st

from ...engine.parameters import Parameters
from ...engine.training.training import Training
from ...jobs import checkpoint
from ...jobs.run import Run
from ...setup import limits
from ...setup.entries import EntryKey
from ...setup.pages import PAGES
from ...setup.setup import Setup
from ..shell import session
from ..shell.presets import rows
from ..shell.translation import _
from . import data as train_data
from . import runs as train_runs


def open_batch() -> None:
    """Open the next batch of the present run in the stepper."""
    run = train_runs.current()
    if run is None:
        return
    try:
        training = checkpoint.peek(run)
        chosen, said = opened(session.current(), run, training)
    except (ValueError, OSError) as error:
        session.refuse(train_runs.sentence(error))
        return
    if session.change(lambda setup: chosen):
        state = session.state()
        state.remarks, state.page = (said,), "step"
        st.switch_page(PAGES["step"].script, query_params=session.query())


def opened(setup: Setup, run: Run, training: Training) -> tuple[Setup, str]:
    """The setup that shows a run's next batch, and what is said about it.

    Raises ValueError if the network is too large to be shown.
    """
    architecture, batch = run.spec.architecture, training.next_batch()
    count = max(1, min(limits.SAMPLES_SENT, len(batch), train_data.SHOWN_NUMBERS // architecture.widths[0]))
    if architecture.parameter_count > limits.NUMBERS:
        found = f"{architecture.parameter_count:,} parameters"
        raise ValueError(f"The stepper opens networks of up to {limits.NUMBERS:,} parameters; this one has {found}.")
    shown = replace(
        setup,
        **asdict(architecture),
        X=rows(run.arrays["X"][batch[:count]]),
        Y=rows(run.arrays["Y"][batch[:count]]),
        entries=entries_of(training.parameters),
        learning_rate=training.settings.learning_rate,
        sample=None,
        step=0,
        page="step",
    )
    return shown, told(training, len(batch), count)


def told(training: Training, batch: int, count: int) -> str:
    """Which samples the stepper shows, and when."""
    where = _("the weights after {steps} steps").format(steps=f"{training.step:,}")
    if batch == count:
        text = _("This is the batch of the run's next step ({count} samples), with {where}.")
    else:
        text = _("The first {count} of the {batch} samples of the run's next step, with {where}; a mean is over these.")
    return text.format(count=count, batch=batch, where=where)


def entries_of(parameters: Parameters) -> dict[EntryKey, float]:
    """All weights and biases, one by one."""
    return {
        (letter, l, r, c): float(value)
        for letter, arrays in (("W", parameters.W), ("b", parameters.b))
        for l, array in enumerate(arrays)
        if array is not None
        for r, row in enumerate(array.tolist())
        for c, value in enumerate(row)
    }
