"""What the address says, taken into the session.

A link is read when a session begins, and again when the address names one that this session has not written itself.
Back and forward lead to links it has written: there the page changes and the setup stays. The stepper moves ``step``,
or on the Derive page ``line``, in the address without asking the server; it is taken in at the next run.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from ...maths.messages import Message, message_of
from ...setup.checks import checked
from ...setup.history import History
from ...setup.link import KEPT, LEFT_OUT, decode, ignored
from ...setup.setup import BY_NAME, Setup, replaced, with_edits_of
from .presets import PRESET_SETUPS
from .store import STORE

REMEMBERED = 500  # links of its own that a session recognises
MOVING = ("step", "line")  # what the stepper moves in the address on its own
TEXT = "formula"  # what a link leaves out alone if it is long

Query = frozenset[tuple[str, str]]
Link = tuple[dict[str, str], tuple[str, ...]]


@dataclass
class Session:
    """What a learner's session remembers between runs."""

    history: History
    refusal: str = ""
    remarks: tuple[str, ...] = ()
    damaged: bool = False
    page: str = ""
    seen: Query = frozenset()
    seen_at: dict[str, str] = field(default_factory=dict)
    written: dict[Query, None] = field(default_factory=dict)
    linked: tuple[Setup, Link] | None = None
    stored: str = ""
    wanted: str = ""
    """The name under which a browser may still have the text that a link could not carry."""


def see(session: Session, query: Mapping[str, str]) -> None:
    """Remember the address, so that only its changes are acted on."""
    session.seen, session.seen_at = without_step(query), places(query)


def places(query: Mapping[str, str]) -> dict[str, str]:
    return {name: query.get(name, "0") for name in MOVING}


def without_step(query: Mapping[str, str]) -> Query:
    """The query to compare: without the step, which moves on its own, and the language, not the setup's."""
    return frozenset((name, text) for name, text in query.items() if name not in MOVING and not ignored(name))


def follow(session: Session, query: Mapping[str, str]) -> None:
    """Read what the browser did to the address since the last run."""
    if not without_step(query):
        return  # a menu entry without parameters: the setup stays
    plain, at = without_step(query), places(query)
    known = plain == session.seen or plain in session.written
    moved = {name: text for name, text in at.items() if text != session.seen_at.get(name, "0")}
    see(session, query)
    if not known:
        open_query(session, query)
    else:
        move(session, moved)


def move(session: Session, moved: Mapping[str, str]) -> None:
    """Move the stepper of a page to another step or line."""
    for name, text in moved.items():
        try:
            session.history.present = replaced(session.history.present, {name: BY_NAME[name].read(text)})
        except ValueError:
            continue  # someone's own hand in the address: the step shown stays


def open_query(session: Session, query: Mapping[str, str]) -> None:
    """Open a link; a damaged one leaves the last good state and shows one sentence."""
    try:
        setup = with_stored(query, decode(query, PRESET_SETUPS))
    except ValueError as error:
        session.refusal, session.damaged = message_of(error), True
        return
    session.history.change(setup)
    if len(session.history.past) == 1 and not session.written:
        session.history.past.clear()  # the first link is where this session begins
    session.refusal, session.damaged = "", False
    session.remarks = left_out_remarks(query)
    session.wanted = query.get(KEPT, "") if session.remarks and TEXT in missing(query) else ""


def with_stored(query: Mapping[str, str], setup: Setup) -> Setup:
    """The setup of a link, completed by what was too long for it if this server still has that."""
    stored = STORE.get(query.get(KEPT, ""))
    if stored is None:
        return replaced(setup, {"stepped": ""}) if set(missing(query)) - {TEXT} else setup  # no longer a run's batch
    return checked(replaced(with_edits_of(setup, stored), {name: BY_NAME[name].get(stored) for name in missing(query)}))


def missing(query: Mapping[str, str]) -> list[str]:
    """The properties that a link could not carry."""
    return [name for name in query.get(LEFT_OUT, "").split(",") if name in BY_NAME]


def left_out_remarks(query: Mapping[str, str]) -> tuple[str, ...]:
    """Messages on what a link could not carry and this server does not have."""
    names = missing(query)
    if not names or STORE.get(query.get(KEPT, "")) is not None:
        return ()
    numbers = ", ".join(name for name in names if name != TEXT)
    sentences = []
    if numbers:
        sentences.append(
            Message(
                "This link was too long to carry {names}; the preset's own are shown. A setup file holds everything.",
                names=numbers,
            )
        )
    if TEXT in names:
        sentences.append(Message("What was to be checked was too long for this link. A setup file holds it."))
    return tuple(sentences)


def remember(session: Session, query: Mapping[str, str]) -> None:
    session.written[without_step(query)] = None
    while len(session.written) > REMEMBERED:
        del session.written[next(iter(session.written))]
