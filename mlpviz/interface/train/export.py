"""What a run gives away: its next update, opened in the stepper with the weights as they are, and files to save."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from typing import Any

import numpy as np
import streamlit as st

from ...engine.parameters import Parameters
from ...engine.training.starts import Starts
from ...engine.training.training import Training
from ...jobs import checkpoint
from ...jobs.progress import ProgressReader
from ...jobs.run import Run
from ...maths.messages import Refusal
from ...setup import export as weights
from ...setup import limits
from ...setup.pages import PAGES
from ...setup.reached import entries_of
from ..shell import session
from ..shell.presets import rows
from ..shell.translation import _
from . import runs

# the next batch


def open_batch() -> None:
    """Put the learner's own setup aside, and show the run's next update."""
    opened(lambda training: training.alone(int(training.ranked()[0])) if isinstance(training, Starts) else training)


def open_start(which: str) -> None:
    """The same with one of many networks: the "best", the "median", or one that has "failed"."""
    opened(lambda training: training.alone(start_of(training, which)) if isinstance(training, Starts) else training)


def start_of(starts: Starts, which: str) -> int:
    """The number of a network: of those that failed, the first that has diverged, or else the one of highest cost."""
    ranked = starts.ranked()
    diverged = np.flatnonzero(~np.isfinite(starts.last))
    failed = diverged[0] if len(diverged) else ranked[-1]
    finite = len(ranked) - len(diverged)
    return int({"best": ranked[0], "median": ranked[max(finite - 1, 0) // 2], "failed": failed}[which])


def opened(choose: Callable[[Training | Starts], Training]) -> None:
    """Put the learner's own setup aside, and show the next update of the training that is chosen of a run's."""
    run = runs.current()
    if run is None:
        return
    try:
        training = choose(checkpoint.peek(run))
        update = next_update(run, training)
    except (ValueError, OSError) as error:
        session.refuse(runs.sentence(error))
        return
    if session.enter(**update):
        session.state().page = "step"
        st.switch_page(PAGES["step"].script, query_params=session.whole_query())


def next_update(run: Run, training: Training) -> dict[str, Any]:
    """What of a setup shows a run's next update: its batch, its weights, and what its optimiser keeps.

    Raises ValueError if the network is too large to be shown.
    """
    architecture, batch, updates = run.spec.architecture, training.next_batch(), training.updates
    most = limits.NUMBERS // max(1, len(updates.optimizer.state))
    if architecture.parameter_count > most:
        raise Refusal(
            "The stepper opens networks of up to {most:,} parameters; this one has {count:,} parameters.",
            most=most,
            count=architecture.parameter_count,
        )
    shown = batch[: shown_of(len(batch), architecture.widths)]
    return {
        **asdict(architecture),
        "X": rows(run.arrays["X"][shown]),
        "Y": rows(run.arrays["Y"][shown]),
        "entries": entries_of(training.parameters),
        "optimizer": updates.optimizer.name,
        "optimizer_state": rows(updates.optimizer.defined(updates.state).values()),
        "updates": training.step,
        "learning_rate": training.next_learning_rate,
        "freeze_biases": "b" in training.settings.freeze,
        "batch_size": len(batch),
        "stepped": run.id,
        "sample": None,
        "step": 0,
        "page": "step",
    }


def shown_of(samples: int, widths: tuple[int, ...]) -> int:
    """How many of the samples of a batch are opened: all, unless they are too many for one pass."""
    return max(1, min(samples, limits.BATCH, limits.NUMBERS // widths[0], limits.VALUES // sum(widths)))


# files


def parameters_of(run: Run) -> Parameters:
    """The parameters of a run's last checkpoint, or its initial ones."""
    state = checkpoint.newest(run.path, "parameters")
    parameters = Parameters(run.spec.architecture, run.spec.dtype)
    parameters.flat[...] = run.first_weights if state is None else state["parameters"]
    return parameters


def history_of(run: Run) -> bytes:
    return weights.as_csv(ProgressReader(run.path).read().lines).encode()


def files(run: Run) -> None:
    """A button for every format; the file is made when it is pressed."""
    save(_("History as CSV"), "mlpviz-history.csv", lambda: history_of(run))
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
