"""What every page shows about the session: undo and redo, what was refused, and the setup as a link and a file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

import streamlit as st

from ...derivation.errata import EXERCISES
from ...drawing import pixels
from ...engine.training.optimizers import OPTIMIZERS
from ...examples.presets import PRESETS
from ...maths.messages import Message, counted
from ...setup.checks import doubts
from ...setup.pages import PAGES
from ...setup.setup import Setup
from . import controls, session, teaching, waking
from .browser import REDO, UNDO
from .labels import labelled
from .letters import own_letters
from .markdown import plain as plain
from .panels import opening
from .sharing import share
from .sheets import sheet
from .translation import _, told, told_together

CSS = sheet("toolbar")

UNDO_KEY, REDO_KEY = "U", "Shift+U"  # plain letters stay out of the way of text fields, and of Streamlit's C and R


@contextmanager
def bar(more: Callable[[], None] | None = None) -> Iterator[None]:
    """The row above a page: what the page puts into it, then undo and redo, and the link with ``more`` below."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="toolbar"):
        yield
        history_buttons()
        share(more)


def preset_and_notation(width: int = 260, more: Callable[[], None] | None = None, side: str = "left") -> None:
    """The menu of the presets, so many pixels wide, and on one side of the page the notation with ``more`` below."""
    with st.container(width=width):
        controls.preset(label_visibility="collapsed")
    input_image()
    with opening(_("Notation"), "notation", ":material/tune:") as is_open:
        if is_open:
            controls.switchboard(side)
            if more:
                more()


DOUBTS = "mlpviz.doubts"

SIDE = 64
"""Pixels on screen along a side of an image."""


def input_image() -> None:
    """The inputs of the sample shown as an image, where they are one."""
    setup = session.current()
    inputs = setup.X[setup.sample or 0]
    if pixels.side_of(inputs):
        st.image(pixels.enlarged(inputs, SIDE), width=SIDE, alt=_("The input as an image"))


def history_buttons() -> None:
    history = session.state().history
    st.button(
        _("Undo"),
        key=UNDO,
        icon=":material/undo:",
        on_click=session.undo,
        disabled=not history.past,
        shortcut=UNDO_KEY,
    )
    st.button(
        _("Redo"),
        key=REDO,
        icon=":material/redo:",
        on_click=session.redo,
        disabled=not history.future,
        shortcut=REDO_KEY,
    )
    st.button(
        _("Reset"),
        key="reset",
        help=_("Back to the preset’s own network and numbers, or to the exercise as it is posed"),
        icon=":material/replay:",
        on_click=_reset,
        disabled=session.unchanged() and not session.current().exercise,
    )


def _reset() -> None:
    session.reset()


def notices() -> None:
    """In which room one is, the sentence on a refusal, and those on an edit's side effects.

    The containers are there without a sentence too: an element that comes and goes would take the keyboard's place in
    what stands below it.
    """
    st.html(CSS)
    with st.container(key="room", horizontal=True, vertical_alignment="center", gap="small"):
        room()
    with st.container(key="fixed", horizontal=True, vertical_alignment="center", gap="small"):
        teaching.notice()
    if letters := own_letters(session.current()):
        st.caption(told_together([_("The text's letters:"), letters]))
    with st.container(key="notices"):
        sentences()


def room() -> None:
    """What is shown in place of the learner's own setup, and the way back."""
    setup = session.current()
    if not setup.home:
        return
    if setup.stepped:
        stepped(setup)
        return
    if exercise := EXERCISES.get(setup.exercise):
        shown = _("Exercise {code}: {title}").format(code=exercise.code, title=_(exercise.title))
    else:
        shown = _("The network “{preset}”").format(preset=_(PRESETS[setup.preset].title))
    aside = _("your own network, notation and place are put aside")
    st.caption(plain(f"{shown} · {aside}"), width="content")
    st.button(_("Back to my own"), key="leave room", icon=":material/undo:", type="tertiary", on_click=_leave)


def stepped(setup: Setup) -> None:
    """Which update of which run is shown, and the way back to it."""
    shown = counted(
        "The next update of your run, its number {number:,}, by {optimizer}: a batch of {count:,} sample.",
        "The next update of your run, its number {number:,}, by {optimizer}: a batch of {count:,} samples.",
        setup.batch_size,
        number=setup.updates + 1,
        optimizer=Message(OPTIMIZERS[setup.optimizer].title),
    )
    fewer = Message("Only the first {count:,} are here, and means are over these.", count=len(setup.X))
    sentences = [shown, *([fewer] if len(setup.X) < setup.batch_size else [])]
    st.caption(plain(told_together(sentences)), width="content")
    if st.button(_("Back to the run"), key="leave batch", icon=":material/undo:", type="tertiary"):
        session.leave()
        st.switch_page(PAGES["train"].script, query_params=session.whole_query())


def sentences() -> None:
    state = session.state()
    if state.came_back and not waking.is_waking():
        st.toast(plain(_("Reconnected: everything is as it was.")), icon=":material/sync:")
    if state.refusal:
        shown = _("What was there before is kept.")
        if state.damaged:
            shown = _("The link could not be opened, so the last good state is shown.")
        elif state.partly:
            shown = _("The rest of the link is shown.")
        st.error(plain(told_together([told(labelled(state.refusal)), shown])), icon=":material/block:")
    setup = state.history.present
    key = setup.Y, setup.activations, setup.loss, setup.notation
    for doubt in session.cached(DOUBTS, key, lambda: [*doubts(setup)], small=True):
        st.warning(plain(told(doubt)), icon=":material/warning:")
    if state.remarks:
        st.info(plain(told_together(state.remarks)), icon=":material/info:")
    if state.asides:
        st.caption(plain(told_together(state.asides)))


def _leave() -> None:
    session.leave()
