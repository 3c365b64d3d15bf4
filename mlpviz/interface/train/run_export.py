"""What a run leaves, to be saved: its history, and the parameters as they are."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ...engine.parameters import Parameters
from ...jobs import checkpoint
from ...jobs.progress import ProgressReader
from ...jobs.run import Run
from ...setup import export as weights
from ..shell.translation import _


def parameters_of(run: Run) -> Parameters:
    """The parameters of a run's last checkpoint, or those it began with."""
    state = checkpoint.newest(run.path, "parameters")
    parameters = Parameters(run.spec.architecture, run.spec.dtype)
    parameters.flat[...] = run.arrays["theta"] if state is None else state["parameters"]
    return parameters


def history_of(run: Run) -> bytes:
    """The lines of a run as a CSV file."""
    return weights.as_csv(ProgressReader(run.path).read().lines).encode()


def exports(run: Run) -> None:
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
    """One file to save."""
    icon = ":material/download:"
    st.download_button(label, content, file_name=name, on_click="ignore", key=f"train.save {name}", icon=icon)
