"""The Train page: the same equations, many times a second, by a process of its own, and watched live."""

from __future__ import annotations

import streamlit as st

from ...jobs.run import Run
from ..shell import session
from ..shell import toolbar as panels
from ..shell.translation import _
from ..widgets import figure as train_figure
from . import compare as train_compare
from . import controls as train_controls
from . import curves as train_curves
from . import data as train_data
from . import device as train_device
from . import live as train_live
from . import pictures as train_pictures
from . import runs as train_runs
from . import throughput as train_timing
from . import transport as train_transport

POLL = 0.25
"""Seconds between two looks at a run that is not at its end."""


def watch() -> None:
    """The buttons, and below them the run as it goes or the data before it begins."""
    train_figure.load()
    run = train_runs.current()
    train_transport.transport(run)
    train_device.note()
    shown(run)
    train_timing.loop_or_matrix()


def shown(run: Run | None) -> None:
    """The present run, or the data before there is one; below it the runs that are compared."""
    setup = session.current()
    if run is None:
        if setup.run:
            st.info(_("This link's run is no longer kept here; Start makes it again."), icon=":material/info:")
        before()
        train_compare.compare()
        return
    try:
        live = train_live.live_of(run)
    except (ValueError, OSError) as error:
        st.error(panels.plain(train_runs.sentence(error)))
    else:
        active = run.status.active
        st.fragment(follow, run_every=POLL if active else None)(run, live, run.status.state)
    train_compare.compare()


def before() -> None:
    """The data before there is a run, and what could be trained."""
    setup = session.current()
    train_controls.summary()
    left, right = st.columns(2, gap="medium")
    with left:
        try:
            train_pictures.data_picture(train_data.training_data(setup), None, setup)
        except ValueError as error:
            st.warning(panels.plain(str(error)))
    with right:
        train_controls.suggestions()


def follow(run: Run, live: train_live.Live, state: str) -> None:
    """One look at a run; when it has come to another state, the whole page is run again for its buttons."""
    status = run.status
    if status.state != state:
        st.rerun()
    live.refresh()
    setup = session.current()
    train_live.status_line(run, status)
    train_device.how(status)
    left, right = st.columns(2, gap="medium")
    with left:
        train_pictures.picture_choice(live.data, setup, True)
        train_pictures.picture_figure(live.data, setup, live)
    with right:
        train_curves.curve_choice(run)
        train_curves.curve_figure(live)
