"""What a run gives away: its next batch, opened in the stepper with the weights as they are, and files to save."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace

import streamlit as st

from ...engine.parameters import Parameters
from ...engine.training.training import Training
from ...jobs import checkpoint
from ...jobs.progress import ProgressReader
from ...jobs.run import Run
from ...maths.messages import Message, Refusal, counted
from ...setup import export as weights
from ...setup import limits
from ...setup.entries import EntryKey
from ...setup.pages import PAGES
from ...setup.setup import Setup
from ..shell import session
from ..shell.presets import rows
from ..shell.translation import _
from . import runs
from .data import SHOWN_NUMBERS

# the next batch


def open_batch() -> None:
    run = runs.current()
    if run is None:
        return
    try:
        training = checkpoint.peek(run)
        chosen, remark = opened(session.current(), run, training)
    except (ValueError, OSError) as error:
        session.refuse(runs.sentence(error))
        return
    if session.change(lambda setup: chosen):
        state = session.state()
        state.remarks, state.page = (remark,), "step"
        st.switch_page(PAGES["step"].script, query_params=session.query())


def opened(setup: Setup, run: Run, training: Training) -> tuple[Setup, Message]:
    """The setup that shows a run's next batch, and a message about it.

    Raises ValueError if the network is too large to be shown.
    """
    architecture, batch = run.spec.architecture, training.next_batch()
    count = max(1, min(limits.SAMPLES_SENT, len(batch), SHOWN_NUMBERS // architecture.widths[0]))
    if architecture.parameter_count > limits.NUMBERS:
        raise Refusal(
            "The stepper opens networks of up to {most:,} parameters; this one has {count:,} parameters.",
            most=limits.NUMBERS,
            count=architecture.parameter_count,
        )
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
    return shown, what_is_shown(training.step, len(batch), count)


def what_is_shown(step: int, batch: int, count: int) -> Message:
    where = counted("the weights after {count:,} step", "the weights after {count:,} steps", step)
    if batch == count:
        return counted(
            "This is the batch of the run's next step ({count} sample), with {where}.",
            "This is the batch of the run's next step ({count} samples), with {where}.",
            count,
            where=where,
        )
    return Message(
        "The first {count} of the {batch} samples of the run's next step, with {where}; a mean is over these.",
        count=count,
        batch=batch,
        where=where,
    )


def entries_of(parameters: Parameters) -> dict[EntryKey, float]:
    return {
        (letter, l, r, c): float(value)
        for letter, arrays in (("W", parameters.W), ("b", parameters.b))
        for l, array in enumerate(arrays)
        if array is not None
        for r, row in enumerate(array.tolist())
        for c, value in enumerate(row)
    }


# files


def parameters_of(run: Run) -> Parameters:
    """The parameters of a run's last checkpoint, or its initial ones."""
    state = checkpoint.newest(run.path, "parameters")
    parameters = Parameters(run.spec.architecture, run.spec.dtype)
    parameters.flat[...] = run.arrays["theta"] if state is None else state["parameters"]
    return parameters


def history_of(run: Run) -> bytes:
    return weights.as_csv(ProgressReader(run.path).read().lines).encode()


def files(run: Run) -> None:
    """A button for every format; the file is made when it is pressed."""
    save(
        _("History as CSV"),
        "mlpviz-history.csv",
        lambda: weights.as_csv(ProgressReader(run.path).read().lines).encode(),
    )
    save(_("Parameters as safetensors"), "mlpviz.safetensors", lambda: weights.as_safetensors(parameters_of(run)))
    save(_("Parameters as .npz"), "mlpviz.npz", lambda: weights.as_npz(parameters_of(run)))
    if weights.has_onnx():
        save(_("Network as ONNX"), "mlpviz.onnx", lambda: weights.as_onnx(parameters_of(run)))
    else:
        st.button(_("Network as ONNX"), key="train.save mlpviz.onnx", disabled=True)
        st.caption(_("ONNX needs the package onnx: pip install onnx"))


def save(label: str, name: str, content: Callable[[], bytes]) -> None:
    icon = ":material/download:"
    st.download_button(label, content, file_name=name, on_click="ignore", key=f"train.save {name}", icon=icon)
