"""The session of one learner: the present setup with undo and redo, read from the link and written back to it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from typing import Any, TypeVar

import streamlit as st

from ...derivation.errata import EXERCISES
from ...derivation.hands import HANDS
from ...derivation.notation import Notation
from ...engine.parameters import Parameters
from ...maths.messages import Message, message_of
from ...setup.arrays import data_of, parameters_of
from ...setup.beside import written_beside
from ...setup.checks import check_size, checked
from ...setup.file import decode_file
from ...setup.fixing import check_fixed
from ...setup.history import History
from ...setup.link import DEFAULT, END, KEPT, completed, shortened
from ...setup.reached import begun_anew
from ...setup.resize import resized, with_draws_kept
from ...setup.setup import EDITS, VIEWS, Setup, replaced, room_of, same_edits
from . import browser, keeping, large, waking
from .effects import side_effects
from .posing import changes_of
from .presets import PRESET_SETUPS, preset_setup
from .rooms import put_aside, taken_back
from .store import STORE
from .url import Link, Query, Session, follow, move, open_query, remember, see, without_step

KEY, ARRAYS = "mlpviz.session", "mlpviz.arrays"

Value = TypeVar("Value")


def state() -> Session:
    """The session of this run's learner, after reading the address."""
    session = st.session_state.get(KEY)
    if session is None:
        return begun(None)
    follow(session, st.query_params.to_dict())
    return session


def begun(said: Any) -> Session:
    """A new session: at the address with which the page was opened or, if its browser ``said`` more, at what was there.

    Whoever comes back to a server that has forgotten them still sends the address with which the page was opened.
    """
    query, told = st.query_params.to_dict(), keeping.told(said)
    address = told.address if told else query
    preset = address.get("preset", "")
    own = preset_setup(preset if preset in PRESET_SETUPS else DEFAULT)
    session = st.session_state[KEY] = Session(History(told.present if told and told.present else own))
    see(session, query)
    session.held = told.copy if told else ""
    open_query(session, address)
    session.unheard = told is None and waking.is_waking()
    if told:
        session.acts = told.acts
        keeping.restore(session, told)
        session.placed = told.placed
        session.came_back = not session.damaged and not session.lacking
    return session


def current() -> Setup:
    return state().history.present


def edit(**values: Any) -> bool:
    """Replace some properties; if the result is refused, return False and keep the sentence for the page."""
    return change(lambda setup: replaced(setup, values))


def change(make: Callable[[Setup], Setup], refusal: str = "") -> bool:
    """Change the present setup; if ``make`` raises ValueError, keep it, show why on the page and return False.

    A ``refusal`` is what the page says of something else that was refused, while the setup is changed.
    """
    session = state()
    before = session.history.present
    try:
        after = checked(begun_anew(before, make(before)))
        check_fixed(before, after, session.beside.get("fix", ()))
    except ValueError as error:
        session.refusal, session.remarks, session.partly = message_of(error), (), False
        return False
    session.history.change(after)
    session.refusal, session.remarks, session.damaged = refusal, side_effects(before, after), False
    session.asides, session.partly = (), False
    return True


def move_to(places: Mapping[str, str]) -> None:
    """Take over the steppers' positions from the address."""
    move(state(), places)


def refuse(why: str | BaseException) -> None:
    """Keep a sentence for the page about a refusal."""
    state().refusal = message_of(why) if isinstance(why, BaseException) else why


def remark(message: Message) -> None:
    """Keep a sentence for the page beside what is said of the last change."""
    state().remarks = (*state().remarks, message)


def resize(widths: tuple[int, ...]) -> bool:
    """Change the widths; all numbers that still fit stay."""

    def other(setup: Setup) -> Setup:
        check_size(widths, len(setup.X))
        return with_draws_kept(setup, resized(setup, widths))

    return change(other)


def redraw(**values: Any) -> bool:
    """Draw every parameter anew with another initializer or seed, without given entries."""
    return edit(**values, entries={})


def open_preset(name: str) -> bool:
    """Open a preset's own setup in the present view, at the first step."""
    return _opened(lambda setup: replaced(preset_setup(name), {view.name: view.get(setup) for view in VIEWS}))


def reset() -> bool:
    """Back to what is here by itself: an exercise as it is posed, or the preset's own setup."""
    exercise = EXERCISES.get(current().exercise)
    if exercise is None:
        return open_preset(current().preset)
    return enter(exercise.preset, **changes_of(exercise))


def _opened(make: Callable[[Setup], Setup]) -> bool:
    """Change to a state that has places of its own: the steppers go there."""
    taken = change(make)
    state().placed += taken
    return taken


def write_like(name: str) -> bool:
    """Write formulas by a hand, every switch as it has it; by none, as this program does."""
    notation = HANDS[name].notation if name else Notation()
    return edit(hand=name, **asdict(notation))


def enter(preset: str = "", /, **changes: Any) -> bool:
    """Put the present setup aside whole and open a room: a preset's network, or the present one, with ``changes``.

    From one room to another the setup that was put aside first stays the one that ``leave`` brings back.
    """

    def room(setup: Setup) -> Setup:
        views = {view.name: view.get(setup) for view in VIEWS}
        fresh = replaced(preset_setup(preset), views) if preset else setup
        return replaced(fresh, {"home": setup.home or put_aside(setup), **changes})

    return _opened(room)


def leave() -> bool:
    """Bring back the setup that was put aside, network, notation and places; without one, only close the exercise."""
    home = current().home
    if not home:
        return edit(exercise="")
    own, remarks = taken_back(home)
    if not _opened(lambda setup: replaced(own, {"page": setup.page})):
        return False
    state().remarks = remarks
    return True


def open_file(content: bytes) -> bool:
    return _opened(lambda setup: decode_file(content, PRESET_SETUPS))


def take_back(said: Any) -> None:
    """Begin with what was on screen if that is heard only now.

    After a reload, let undo and redo lead where they led before, unless something was done since.
    """
    session, told = state(), keeping.told(said)
    if told and session.unheard:
        begun(said)
        return
    if told and not session.history.past and not session.history.future:
        keeping.restore(session, told)


def take_acts(said: Any) -> None:
    """Do what was done on a page while this session did not hear it; one that has yet to begin is told all at once."""
    if KEY not in st.session_state:
        return
    state().acts = keeping.acts(said)
    catch_up()


def catch_up() -> bool:
    """Do what was done on a page while no session heard it; return whether there was anything."""
    session = state()
    acts, session.acts = [act for act in session.acts if act[0] > session.heard], ()
    for number, name, value in acts:
        browser.do(name, value)
        session.heard = number
    return bool(acts)


def take_copy(said: Any) -> None:
    """Complete the link by what it could not carry, which the browser has."""
    session = state()
    if not isinstance(said, dict) or not session.wanted or said.get("name") != session.wanted:
        return
    try:
        whole = completed(session.lacking, str(said.get("text")), PRESET_SETUPS)
    except ValueError:
        return
    session.history.present = replaced(whole, {"page": session.history.present.page})
    session.remarks, session.lacking = (), {}


def undo() -> None:
    _moved(state().history.undo)


def redo() -> None:
    _moved(state().history.redo)


def _moved(move: Callable[[], bool]) -> None:
    session = state()
    session.refusal, session.remarks, session.asides, session.partly = "", (), (), False
    before = session.history.present
    move()
    session.placed += room_of(before) != room_of(session.history.present)


def points(page: str, query: Mapping[str, str]) -> None:
    """Note that a link of this page opens a setup of its own on another page, though it may have been opened before."""
    session = state()
    session.links.add((session.page, page, without_step(query)))


def cached(name: str, key: Any, make: Callable[[], Value], small: bool = False) -> Value:
    """What ``make`` gives, kept in the session under a name until the key is another; of a large network, as long as
    there is room for it on the server.

    An object in the key that compares by identity stands for itself: it is kept with what is made of it. What is made
    is ``small`` if it has few numbers, whatever the network.
    """
    numbers = large.numbers_of(current()) // 2  # of one of the two or three things that a page keeps
    if numbers > large.LARGE and not small:
        st.session_state.pop(name, None)
        value: Value = large.cached(large.tenant(), name, key, numbers, make)
        return value
    entry = st.session_state.get(name)
    if entry is None or entry[0] != key:
        entry = st.session_state[name] = key, make()
    return entry[1]


def parameters_and_data(setup: Setup) -> tuple[Parameters, Any, Any]:
    """The parameters, X and Y of a setup in float64, cached while the setup's own do not change."""
    key = tuple(getattr(setup, name) for name in EDITS if name not in ("preset", "learning_rate"))
    return cached(ARRAYS, key, lambda: (parameters_of(setup), *data_of(setup)))


def query() -> dict[str, str]:
    return dict(link()[0])


def whole_query() -> dict[str, str]:
    """The query of a link to what is on screen, with what stands beside the setup."""
    return as_seen(query())


def as_seen(query: Mapping[str, str]) -> dict[str, str]:
    """A query with what stands beside the setup."""
    return with_beside(query, written_beside(state().beside))


def with_beside(query: Mapping[str, str], beside: Mapping[str, str] | None = None) -> dict[str, str]:
    """A query with other parameters, before its end; with those that go along to every page if none are given."""
    more = written_beside(state().beside, along=True) if beside is None else beside
    before = {name: text for name, text in query.items() if name != END}
    return {**before, **more, **({END: query[END]} if END in query else {})}


def beside(name: str) -> Any:
    """The value of a parameter of the link beside the setup, or None."""
    return state().beside.get(name)


def put_beside(**values: Any) -> None:
    """Set parameters beside the setup; None takes one out of the link."""
    session = state()
    session.beside = {name: value for name, value in {**session.beside, **values}.items() if value is not None}


def taken(name: str) -> Any:
    """The value of a parameter that does not stay in the address, handed over once."""
    return state().beside.pop(name, None)


def drawn() -> Query:
    """The present link, as it is compared."""
    return without_step(query())


def link() -> Link:
    """The query parameters and the names of what is too long for them; the session will recognise them as its own."""
    session = state()
    setup = session.history.present
    if session.linked is None or session.linked[0] is not setup:
        query, left_out = shortened(setup, preset_setup(setup.preset))
        if left_out:
            session.stored = STORE.put(setup, session.stored)
            query = {KEPT: session.stored, **query}
        session.linked = setup, (query, left_out)
        remember(session, query)
    return session.linked[1]


def visit(page: str) -> Setup:
    said = browser.listen(take_acts)
    if KEY in st.session_state:
        session = st.session_state[KEY]
        follow(session, st.query_params.to_dict(), page)
        session.links.clear()
        session.unheard = False
    else:
        session = begun(waking.hold(said))
    if session.history.present.page != page:
        session.history.present = replaced(session.history.present, {"page": page})
    if session.page not in ("", page) and not session.damaged:
        session.refusal, session.remarks, session.partly = "", (), False  # said on the page before
    session.page = page
    return session.history.present


def unchanged() -> bool:
    """Whether the network and data are the preset's own."""
    setup = current()
    return same_edits(setup, preset_setup(setup.preset))
