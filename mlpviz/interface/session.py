"""The session of one learner: the present setup with undo and redo, read from the link and written back to it.

A link is read when a session begins, and again when the address names one that this session has not written itself.
Back and forward lead to links it has written: there the page changes and the setup stays. The stepper moves ``step`` in
the address without asking the server; it is taken in at the next run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from ..engine.parameters import Parameters
from ..sharing.checks import check_size, checked
from ..sharing.file import decode_file
from ..sharing.fit import fitted
from ..sharing.history import History
from ..sharing.link import DEFAULT, KEPT, LEFT_OUT, decode, ignored, shortened
from ..sharing.realize import data_of, parameters_of, with_draws_kept
from ..sharing.setup import BY_NAME, EDITS, Setup, replaced, same_edits, with_edits_of
from .bases import BASES, base
from .changes import consequences
from .shelf import SHELF
from .text import _

KEY = "mlpviz.session"
REMEMBERED = 500  # links of its own that a session recognises

Query = frozenset[tuple[str, str]]
Link = tuple[dict[str, str], tuple[str, ...]]


@dataclass
class Session:
    """What one learner's session remembers between runs."""

    history: History
    refusal: str = ""
    remarks: tuple[str, ...] = ()
    damaged: bool = False
    seen: Query = frozenset()
    seen_step: str = "0"
    written: dict[Query, None] = field(default_factory=dict)
    linked: tuple[Setup, Link] | None = None
    shelved: str = ""
    realized: tuple[tuple[Any, ...], tuple[Parameters, Any, Any]] | None = None


def state() -> Session:
    """The session of this run's learner, with the address taken in."""
    session = st.session_state.get(KEY)
    query = st.query_params.to_dict()
    if session is None:
        preset = query.get("preset", "")
        session = st.session_state[KEY] = Session(History(base(preset if preset in BASES else DEFAULT)))
        see(session, query)
        open_query(session, query)
    else:
        follow(session, query)
    return session


def see(session: Session, query: Mapping[str, str]) -> None:
    """Note what the address says, so that only a change of it is acted on."""
    session.seen, session.seen_step = without_step(query), query.get("step", "0")


def without_step(query: Mapping[str, str]) -> Query:
    """The query as it is compared: the step moves on its own, and the language is not the setup's."""
    return frozenset((name, text) for name, text in query.items() if name != "step" and not ignored(name))


def follow(session: Session, query: Mapping[str, str]) -> None:
    """Take in what the browser did to the address since the last run."""
    if not without_step(query):
        return  # a menu entry without parameters: the setup stays
    plain, step = without_step(query), query.get("step", "0")
    known = plain == session.seen or plain in session.written
    moved = step != session.seen_step
    see(session, query)
    if not known:
        open_query(session, query)
    elif moved:
        move_to(step, session)


def move_to(step: str, session: Session | None = None) -> None:
    """The stepper stands at another step."""
    session = session or state()
    try:
        session.history.present = replaced(session.history.present, {"step": BY_NAME["step"].read(step)})
    except ValueError:
        return  # someone's own hand in the address: the step shown stays


def open_query(session: Session, query: Mapping[str, str]) -> None:
    """Open a link; a damaged one leaves the last good state and one sentence."""
    try:
        setup = shelved(query, decode(query, BASES))
    except ValueError as error:
        session.refusal, session.damaged = str(error), True
        return
    session.history.change(setup)
    if len(session.history.past) == 1 and not session.written:
        session.history.past.clear()  # the first link is where this session begins
    session.refusal, session.damaged = "", False
    session.remarks = left_out_remarks(query)


def shelved(query: Mapping[str, str], setup: Setup) -> Setup:
    """The setup of a link, with what was too long for it if this server still has that."""
    kept = SHELF.find(query.get(KEPT, ""))
    return setup if kept is None else checked(with_edits_of(setup, kept))


def left_out_remarks(query: Mapping[str, str]) -> tuple[str, ...]:
    """What a link says about itself that it could not carry and this server does not have."""
    names = [name for name in query.get(LEFT_OUT, "").split(",") if name in BY_NAME]
    if not names or SHELF.find(query.get(KEPT, "")) is not None:
        return ()
    sentence = _("This link was too long to carry {names}; the preset's own are shown. A setup file holds everything.")
    return (sentence.format(names=", ".join(names)),)


def current() -> Setup:
    """The present setup."""
    return state().history.present


def edit(**values: Any) -> bool:
    """Replace some properties; False, with a sentence kept for the page, if the result does not fit together."""
    return change(lambda setup: replaced(setup, values))


def change(make: Callable[[Setup], Setup]) -> bool:
    """Make the present setup into another; a ValueError leaves it as it is and its sentence is shown."""
    session = state()
    before = session.history.present
    try:
        after = checked(make(before))
    except ValueError as error:
        session.refusal, session.remarks = str(error), ()
        return False
    session.history.change(after)
    session.refusal, session.remarks, session.damaged = "", consequences(before, after), False
    return True


def refuse(sentence: str) -> None:
    """Keep one sentence for the page about something that was not taken."""
    state().refusal = sentence


def resize(widths: tuple[int, ...]) -> bool:
    """Other widths; all numbers that still fit stay."""

    def resized(setup: Setup) -> Setup:
        check_size(widths, len(setup.X))
        return with_draws_kept(setup, fitted(setup, widths))

    return change(resized)


def redraw(**values: Any) -> bool:
    """Draw every parameter anew, by another initializer or seed; entries given before make room."""
    return edit(**values, entries={})


def open_preset(name: str) -> bool:
    """The preset's own setup, looked at as before, from the first step."""
    view = {prop: BY_NAME[prop].get(current()) for prop in ("digits", "grain", "page")}
    return change(lambda setup: replaced(base(name), {**view, "notation": setup.notation}))


def open_file(content: bytes) -> bool:
    """The setup of a file."""
    return change(lambda setup: decode_file(content, BASES))


def undo() -> None:
    """Take the last edit back."""
    _moved(state().history.undo)


def redo() -> None:
    """Make again the edit that undo took back."""
    _moved(state().history.redo)


def _moved(move: Callable[[], bool]) -> None:
    session = state()
    session.refusal, session.remarks = "", ()
    move()


def parameters_and_data(setup: Setup) -> tuple[Parameters, Any, Any]:
    """The parameters, X and Y of a setup in float64, kept from run to run while the setup's own do not change."""
    session = state()
    key = tuple(getattr(setup, name) for name in EDITS if name not in ("preset", "learning_rate"))
    if session.realized is None or session.realized[0] != key:
        session.realized = key, (parameters_of(setup), *data_of(setup))
    return session.realized[1]


def query() -> dict[str, str]:
    """The query parameters of the present setup, for links to the other pages."""
    return dict(link()[0])


def link() -> Link:
    """The query parameters, and the names of what is too long for them; the session will recognise them as its own."""
    session = state()
    setup = session.history.present
    if session.linked is None or session.linked[0] is not setup:
        query, left_out = shortened(setup, base(setup.preset))
        if left_out:
            session.shelved = SHELF.keep(setup, session.shelved)
            query = {KEPT: session.shelved, **query}
        session.linked = setup, (query, left_out)
        remember(session, query)
    return session.linked[1]


def remember(session: Session, query: Mapping[str, str]) -> None:
    """Note a link as the session's own."""
    session.written[without_step(query)] = None
    while len(session.written) > REMEMBERED:
        del session.written[next(iter(session.written))]


def visit(page: str) -> Setup:
    """The present setup, seen from a page."""
    session = state()
    if session.history.present.page != page:
        session.history.present = replaced(session.history.present, {"page": page})
        if not session.damaged:
            session.refusal, session.remarks = "", ()  # said on the page before
    return session.history.present


def unchanged() -> bool:
    """Whether the present network and data are the preset's own."""
    setup = current()
    return same_edits(setup, base(setup.preset))
