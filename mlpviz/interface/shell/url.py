"""What the address says, taken into the session.

A link is read when a session begins, and again when the address names one that this session has not written itself.
Back and forward lead to links it has written: there the page changes and the setup stays. The stepper moves ``step``,
or on the Derive page ``line``, in the address without asking the server; it is taken in at the next run.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ...maths.messages import Message, message_of
from ...setup.arriving import Arrival, arrived, is_setups
from ...setup.beside import BESIDE, beside_of
from ...setup.checks import checked
from ...setup.history import History
from ...setup.link import KEPT, completed, query_of
from ...setup.setup import BY_NAME, Setup, replaced, with_edits_of
from .lacking import TEXT, left_out_remarks, missing
from .owner import owner
from .posing import posed_by
from .presets import PRESET_SETUPS
from .store import STORE

HOME = "home"  # what of a way that leads elsewhere is as it was when the way was drawn
WAYS = 50  # ways that a session recognises
REMEMBERED = 500  # links of its own that a session recognises
MOVING = ("step", "line", "asked", "seen", "entry", "ledger", "product", "folded", "speed")
"""What the stepper moves in the address on its own."""


@dataclass
class StateNames:
    """Names for the states of a history, no two alike in a tab of a browser, whichever session gave them."""

    token: str = field(default_factory=lambda: str(secrets.randbelow(10**9)))
    count: int = 0
    given: dict[int, tuple[Setup, str]] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)

    def new(self) -> str:
        self.count += 1
        return f"{self.token}.{self.count}"

    def of(self, setup: Setup) -> str:
        if id(setup) not in self.given:
            self.given[id(setup)] = setup, self.new()
        return self.given[id(setup)][1]

    def keep(self, setups: Iterable[Setup]) -> None:
        """Forget all other states."""
        self.given = {id(setup): self.given[id(setup)] for setup in setups}
        self.links = {name: self.links[name] for _setup, name in self.given.values() if name in self.links}


Query = frozenset[tuple[str, str]]
Act = tuple[int, str, Any]
"""The number, the name and the value of what somebody did on a page."""
Link = tuple[dict[str, str], tuple[str, ...]]


@dataclass
class Session:
    """What a learner's session remembers between runs."""

    history: History
    refusal: str = ""
    remarks: tuple[str, ...] = ()
    asides: tuple[Message, ...] = ()
    """What is said quietly: of a link's parts that are none of ours, say."""
    damaged: bool = False
    partly: bool = False
    """Whether the refusal is of a part of a link whose rest is shown."""
    beside: dict[str, Any] = field(default_factory=dict)
    """The values of the link's parameters beside the setup, and those that are still to be taken."""
    page: str = ""
    placed: int = 0
    """How often a state was opened that has a place of its own, where the steppers are to go."""
    seen: Query = frozenset()
    seen_at: dict[str, str] = field(default_factory=dict)
    seen_beside: Query = frozenset()
    written: dict[Query, None] = field(default_factory=dict)
    drawn: Query = frozenset()
    """The link that what stands around the page's numbers was drawn with."""
    ways: dict[Query, Callable[[], dict[str, str]]] = field(default_factory=dict)
    """The ways that were drawn, without the home to come back to, and what makes them as they are now."""
    links: set[tuple[str, str, Query]] = field(default_factory=set)
    """What was drawn last that opens a setup of its own: from which page, to which page, and with which query."""
    linked: tuple[Setup, Link] | None = None
    stored: str = ""
    lacking: dict[str, str] = field(default_factory=dict)
    """The link that could not carry all, while the rest is nowhere on this server: the browser may still have it."""
    held: str = ""
    """What the link that a session begins with could not carry, as its browser says."""
    names: StateNames = field(default_factory=StateNames)
    copied: tuple[tuple[object, ...], dict[str, str]] | None = None
    """What the present link leaves out, and how the browser is told of it."""
    unheard: bool = False
    """Whether an open page has woken this session and not said yet what was there: its address is left alone."""
    heard: int = 0
    """The number of the last thing done on the page that no session had heard, and that has been done here since."""
    acts: tuple[Act, ...] = ()
    """What of that is still to be done."""
    came_back: bool = False
    """Whether another session was on this page before, and nothing of it is lost; until that is said."""

    @property
    def wanted(self) -> str:
        """The name under which the browser may have what the link could not carry."""
        return self.lacking.get(KEPT, "")


def see(session: Session, query: Mapping[str, str]) -> None:
    """Remember the address, so that only its changes are acted on."""
    session.seen, session.seen_at, session.seen_beside = without_step(query), places(query), besides(query)


def places(query: Mapping[str, str]) -> dict[str, str]:
    """Where the steppers stand, by the names of the link; nothing where they begin."""
    return {name: "" if (text := query.get(name, "")) == "0" else text for name in MOVING}


def without_step(query: Mapping[str, str]) -> Query:
    """The query to compare: what of it is the setup's, without the step, which moves on its own."""
    return frozenset((name, text) for name, text in query.items() if name not in MOVING and is_setups(name))


def besides(query: Mapping[str, str]) -> Query:
    """What of a query stands beside the setup."""
    return frozenset((name, text) for name, text in query.items() if name in BESIDE)


def follow(session: Session, query: Mapping[str, str], page: str = "") -> None:
    """Read what the browser did to the address since the last run, which may have led to another page."""
    plain, at, beside = without_step(query), places(query), besides(query)
    anew = beside != session.seen_beside
    if not plain:
        if beside and anew:
            session.seen_beside = beside
            open_query(session, dict(beside))
        return  # a menu entry without parameters: the setup stays
    clicked = (session.page, page, plain) in session.links and plain != link_of(session)
    known = not clicked and (plain in (session.seen, session.drawn) or plain in session.written)
    moved = {name: text for name, text in at.items() if text != session.seen_at.get(name, "")}
    see(session, query)
    if not known:
        open_query(session, {**as_it_is_now(session, query), **dict(beside)})
        return
    if anew:
        session.beside = beside_of(dict(beside))[0]
    move(session, moved)


def link_of(session: Session) -> Query:
    """The link of the present setup, as it is compared; nothing if none has been made of it."""
    if session.linked is None or session.linked[0] is not session.history.present:
        return frozenset()
    return without_step(session.linked[1][0])


def as_it_is_now(session: Session, query: Mapping[str, str]) -> Mapping[str, str]:
    """A query or, where it is that of a way which was drawn some edits ago, the way's own of now."""
    made = session.ways.get(without_home(query))
    return made() if made else query


def lead(session: Session, query: Mapping[str, str], made: Callable[[], dict[str, str]]) -> None:
    """Recognise the query of a way, whatever is edited meanwhile."""
    session.ways.pop(without_home(query), None)
    session.ways[without_home(query)] = made
    while len(session.ways) > WAYS:
        del session.ways[next(iter(session.ways))]


def without_home(query: Mapping[str, str]) -> Query:
    return frozenset((name, text) for name, text in without_step(query) if name != HOME)


def move(session: Session, moved: Mapping[str, str]) -> None:
    """Move the stepper of a page to another step or line."""
    begun = PRESET_SETUPS[session.history.present.preset]
    for name, text in moved.items():
        try:
            value = BY_NAME[name].read(text) if text else BY_NAME[name].get(begun)
            session.history.present = replaced(session.history.present, {name: value})
        except ValueError:
            continue  # someone's own hand in the address: the step shown stays


def open_query(session: Session, query: Mapping[str, str]) -> None:
    """Open a link as far as it can be read; one of which nothing can be leaves the last good state."""
    try:
        query = written_out(query)
        query = posed_by(query, session.history.present)
        arrival = arrived(query, PRESET_SETUPS)
        if arrival.setup is not None:
            ours = {name: text for name, text in query.items() if is_setups(name)}
            arrival.setup = with_stored(ours, arrival.setup, session.held)
    except ValueError as error:
        session.refusal, session.damaged, session.partly = message_of(error), True, False
        return
    take_beside(session, arrival)
    if arrival.setup is not None:
        take_in(session, arrival.setup, query)


SHORT = "s"


def written_out(query: Mapping[str, str]) -> Mapping[str, str]:
    """The query that a short code stands for, with what else there is; one without a code as it is.

    Raises Refusal if the code is none.
    """
    if SHORT not in query:
        return query
    others = {name: text for name, text in query.items() if name != SHORT}
    return {**query_of(lengthened(BESIDE[SHORT].read(query[SHORT]))), **others}


def lengthened(code: str) -> str:
    from ...rooms.links import expand  # and with it the database's driver, which nobody else needs

    return expand(code, owner())


def take_beside(session: Session, arrival: Arrival) -> None:
    """Take in what a link says beside a setup, and say what of it was not read."""
    session.beside, session.asides = arrival.beside, tuple(arrival.remarks)
    session.refusal = arrival.refusal or ""
    session.partly = bool(session.refusal) and arrival.setup is not None
    session.damaged = bool(arrival.refused) and arrival.setup is None


def take_in(session: Session, setup: Setup, query: Mapping[str, str]) -> None:
    """Show the setup of a link."""
    session.history.change(setup)
    session.placed += 1
    if len(session.history.past) == 1 and not session.written:
        session.history.past.clear()  # the first link is where this session begins
    session.remarks = () if session.held else left_out_remarks(query)
    session.lacking, session.held = dict(query) if session.remarks else {}, ""


def with_stored(query: Mapping[str, str], setup: Setup, held: str = "") -> Setup:
    """The setup of a link, completed by what was too long for it if its browser or this server still has that."""
    if held and missing(query):
        return completed(query, held, PRESET_SETUPS)
    stored = STORE.get(query.get(KEPT, ""))
    if stored is None:
        return replaced(setup, {"stepped": ""}) if set(missing(query)) - {TEXT} else setup  # no longer a run's batch
    return checked(replaced(with_edits_of(setup, stored), {name: BY_NAME[name].get(stored) for name in missing(query)}))


def remember(session: Session, query: Mapping[str, str]) -> None:
    session.written[without_step(query)] = None
    while len(session.written) > REMEMBERED:
        del session.written[next(iter(session.written))]
