"""The Train page: the same equations, many times a second, by a process of its own, and watched live."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from ...jobs.run import PAUSED, RUNNING, WAITING, Run, Status
from ..shell import session
from ..shell.toolbar import plain
from ..shell.translation import _, told
from ..widgets import figure
from . import compare, controls, curves, device, export, many, pictures, runs, throughput
from .controls import PANEL
from .data import ends, fit, training_data
from .live import Live, beat, live_of, pace, status_line


def come_back() -> None:
    """Whoever comes from an update of a run is where the run was begun: with the weights that it began with."""
    if session.current().stepped:
        session.leave()


def watch() -> None:
    """The buttons, and below them the run or, before it, the data."""
    figure.load()
    run = runs.current()
    if run is not None:
        runs.take_up(run)
    status = runs.standing(run) if run else None  # of one moment, or the buttons would stay behind the pictures
    buttons(run, status)
    device.note()
    shown(run, status)
    throughput.loop_or_matrix()


# the buttons


def buttons(run: Run | None, status: Status | None) -> None:
    """Start, Pause, one batch, one epoch, Stop, and the other actions on a run."""
    state = status.state if status else ""
    with st.container(horizontal=True, key="transport", vertical_alignment="center"):
        if run is None or runs.is_ours(run):
            steering(run, state)
        else:
            press(_("Start my own"), "start", ":material/play_arrow:", runs.start, False, primary=True)
        if run is not None:
            look(run)
        with st.popover(_("Many starts"), icon=":material/grain:", key="train.many"), st.container(width=PANEL):
            many.choice()
        with st.popover(_("Sweep"), icon=":material/stacked_line_chart:", key="train.sweeping"):
            compare.sweep()
    if run is not None and not runs.is_ours(run):
        st.caption(_("This run is another browser's: you can watch it, and start one of your own."))


def steering(run: Run | None, state: str) -> None:
    """What only the browser that made a run may ask of it."""
    start_button(run, state)
    press(_("Pause"), "pause", ":material/pause:", runs.pause, state != RUNNING)
    at_work = state in (WAITING, RUNNING)
    if session.current().starts == 1:
        press(_("One batch"), "batch", ":material/skip_next:", lambda: runs.step("batch"), at_work)
        press(_("One epoch"), "epoch", ":material/fast_forward:", lambda: runs.step("epoch"), at_work)
    press(_("Stop"), "stop", ":material/stop:", runs.stop, not (at_work or state == PAUSED))


def start_button(run: Run | None, state: str) -> None:
    """Start, or Go on if there is a run that can."""
    if state in (WAITING, RUNNING):
        press(_("Start"), "start", ":material/play_arrow:", runs.start, True, primary=True)
    elif state == PAUSED or (run is not None and runs.resumable(run)):
        press(_("Go on"), "go on", ":material/play_arrow:", runs.go_on, False, primary=True)
        if state != PAUSED:
            press(_("Start anew"), "start", ":material/replay:", runs.start, False)
    else:
        label = _("Start") if run is None else _("Start anew")
        press(label, "start", ":material/play_arrow:", runs.start, False, primary=True)


def look(run: Run) -> None:
    """The batch in the stepper, and the files of a run."""
    if st.button(_("Step through this batch"), key="train.look", icon=":material/pageview:"):
        export.open_batch()
        st.rerun()
    with st.popover(_("Save"), icon=":material/download:", key="train.saving"):
        export.files(run)


def press(label: str, key: str, icon: str, take: Callable[[], None], disabled: bool, primary: bool = False) -> None:
    st.button(
        label,
        key=f"train.{key}",
        icon=icon,
        on_click=take,
        disabled=disabled,
        type="primary" if primary else "secondary",
    )


# the run


def shown(run: Run | None, status: Status | None) -> None:
    """The present run, or the data before there is one; below it the compared runs."""
    setup = session.current()
    if run is None or status is None:
        if setup.run:
            st.info(_("This link's run is no longer kept here; Start makes it again."), icon=":material/info:")
        before()
        compare.compare()
        return
    try:
        live = live_of(run)
    except (ValueError, OSError) as error:
        st.error(plain(told(runs.sentence(error))))
    else:
        every = pace(status)
        st.fragment(follow, run_every=every if run.status.active else None)(run, live, (status.state, every))
    compare.compare()


def before() -> None:
    """The data before there is a run, and suggested trainings."""
    setup = session.current()
    controls.summary()
    left, right = st.columns(2, gap="medium")
    with left:
        try:
            data = training_data(setup)
            pictures.data_picture(data, None)
            if ends(data) != (setup.widths[0], setup.widths[-1]):
                st.button(
                    _("Fit the network to these data"), key="train.fit", on_click=fit, icon=":material/fit_screen:"
                )
        except ValueError as error:
            st.warning(plain(told(error)))
    with right:
        controls.suggestions()


def follow(run: Run, live: Live, known: tuple[str, float]) -> None:
    """Update a run; when its state or pace changes, the whole page is rerun for its buttons."""
    status = runs.standing(run)
    if (status.state, pace(status)) != known:
        st.rerun()
    live.refresh(beat(status))
    setup = session.current()
    status_line(live, status)
    with st.container(key="how-it-is-made"):
        device.how(status)
    if live.many:
        many.shown(live)
    else:
        curves.score(run, live.history)
    left, right = st.columns(2, gap="medium")
    with left:
        pictures.picture_choice(live, setup)
        pictures.picture_figure(live, setup)
    with right:
        if not live.many:
            curves.curve_choice(run)
            curves.curve_figure(live)
