"""The buttons of a run: Start, Pause, one batch, one epoch, Stop, and what can be done with it besides."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ...jobs.run import PAUSED, RUNNING, WAITING, Run
from ..shell.translation import _
from . import compare as train_compare
from . import export as train_batch
from . import run_export as train_export
from . import runs as train_runs


def transport(run: Run | None) -> None:
    """The buttons of the present run, each lit when it can be pressed."""
    state = run.status.state if run else ""
    with st.container(horizontal=True, key="transport", vertical_alignment="center"):
        start_button(run, state)
        press(_("Pause"), "pause", ":material/pause:", train_runs.pause, state != RUNNING)
        at_work = state in (WAITING, RUNNING)
        press(_("One batch"), "batch", ":material/skip_next:", lambda: train_runs.step("batch"), at_work)
        press(_("One epoch"), "epoch", ":material/fast_forward:", lambda: train_runs.step("epoch"), at_work)
        press(_("Stop"), "stop", ":material/stop:", train_runs.stop, not (at_work or state == PAUSED))
        if run is not None:
            look(run)
        with st.popover(_("Sweep"), icon=":material/stacked_line_chart:", key="train.sweeping"):
            train_compare.sweep()


def look(run: Run) -> None:
    """The batch in the stepper, and what can be saved of a run."""
    label = _("Step through this batch")
    if st.button(label, key="train.look", icon=":material/pageview:"):
        train_batch.open_batch()
        st.rerun()
    with st.popover(_("Save"), icon=":material/download:", key="train.saving"):
        train_export.exports(run)


def start_button(run: Run | None, state: str) -> None:
    """Start, or Go on where there is a run that can."""
    if state in (WAITING, RUNNING):
        press(_("Start"), "start", ":material/play_arrow:", train_runs.start, True, primary=True)
    elif state == PAUSED or (run is not None and train_runs.resumable(run)):
        press(_("Go on"), "go on", ":material/play_arrow:", train_runs.go_on, False, primary=True)
        if state != PAUSED:
            press(_("Start anew"), "start", ":material/replay:", train_runs.start, False)
    else:
        label = _("Start") if run is None else _("Start anew")
        press(label, "start", ":material/play_arrow:", train_runs.start, False, primary=True)


def press(label: str, key: str, icon: str, take: Callable[[], None], disabled: bool, primary: bool = False) -> None:
    """One button."""
    st.button(
        label,
        key=f"train.{key}",
        icon=icon,
        on_click=take,
        disabled=disabled,
        type="primary" if primary else "secondary",
    )
