"""What a browser keeps beside the address: the states that undo and redo lead to, and what a link cannot carry.

A session lives on one server and ends when that does, or some time after its connection is lost. The next one is told
by the browser what was there. Whatever it is told is read as any link is: with every limit, and refused if it is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any
from urllib.parse import parse_qsl

from ...maths.messages import Refusal
from ...setup import limits
from ...setup.link import KEPT, LEFT_OUT, as_text, completed, decode, query_of, shortened
from ...setup.setup import BY_NAME, Setup
from .presets import PRESET_SETUPS, preset_setup
from .url import Act, Session, remember

STEPS = 50  # undo steps, and as many of redo, that a browser keeps
ACTS = 50  # things done on a page that no session heard
ANEW = 3  # states before the present one whose links travel again: a run that was cut short did not show them


NAME = re.compile(r"[\w.-]{1,24}")


def kept(session: Session) -> dict[str, Any]:
    """What the browser is to keep of a session, and the name under which it may have what a link could not carry."""
    history, names = session.history, session.names
    past, future = history.past[-STEPS:], history.future[-STEPS:]
    called = [[names.of(setup) for setup in setups] for setups in (past, [history.present], future)]
    names.keep([*past, history.present, *future])
    said = [*past[-ANEW:], *([history.present] if session.damaged else [])]  # else it is in the address
    for setup in said:
        names.links[names.of(setup)] = names.links.get(names.of(setup)) or link_of(setup)
    copy = copy_of(session)
    return {
        "at": called[1][0],
        "past": called[0],
        "future": called[2],
        "links": {name: {"query": names.links[name], "copy": ""} for name in map(names.of, said) if names.links[name]},
        "copy": copy["id"] if copy else "",
        "wanted": session.wanted,
    }


def link_of(setup: Setup) -> str:
    """The link of a state as text; nothing if it does not carry all of it."""
    query, left_out = shortened(setup, preset_setup(setup.preset))
    return "" if left_out else as_text(query)


def copy_of(session: Session) -> dict[str, str]:
    """What the present link leaves out, under the name that the link has for it; nothing if it leaves nothing out."""
    setup, (query, left_out) = session.linked or (None, ({}, ()))
    if setup is None or not left_out:
        session.copied = None
        return {}
    parts = tuple(BY_NAME[name].get(setup) for name in left_out)
    if session.copied is None or any(one is not other for one, other in zip_longest(session.copied[0], parts)):
        text = as_text({name: BY_NAME[name].write(setup) for name in left_out})
        copy = {"id": session.names.new(), "name": query[KEPT], "text": text}
        session.copied = parts, copy if len(text) <= limits.FILE_BYTES else {}
    return session.copied[1]


# what the browser says


@dataclass(frozen=True)
class Told:
    """What a browser says was on screen: its address, the states around it, and what its link could not carry.

    ``present`` is the state that was shown, which is not that of the address if that could not be opened.
    """

    address: dict[str, str]
    present: Setup | None
    past: tuple[tuple[str, Setup], ...]
    future: tuple[tuple[str, Setup], ...]
    copy: str
    placed: int
    acts: tuple[Act, ...] = ()


def told(said: Any) -> Told | None:
    """What a browser says, as far as it can be read."""
    if not isinstance(said, dict):
        return None
    search, copy = said.get("search"), said.get("copy")
    address = dict(parse_qsl(search.removeprefix("?"), keep_blank_values=True)) if isinstance(search, str) else {}
    text = copy.get("text") if isinstance(copy, dict) else ""
    past, future = said.get("past"), said.get("future")
    nearest = states(past[::-1] if isinstance(past, list) else ())
    beyond = states(future[::-1] if isinstance(future, list) else ())
    placed = said.get("placed")
    present = next((setup for _name, setup in states([said.get("present")])), None)
    placed = placed if isinstance(placed, int) else 0
    return Told(address, present, nearest[::-1], beyond[::-1], str(text or ""), placed, acts(said))


def acts(said: Any) -> tuple[Act, ...]:
    """What a browser says was done on its page and perhaps not heard, in its order."""
    rows = said.get("acts") if isinstance(said, dict) else None
    read: list[Act] = []
    for row in (rows if isinstance(rows, list) else [])[:ACTS]:
        match row:
            case [int(number), str(name), value]:
                read.append((number, name, value))
    return tuple(read)


def states(rows: Iterable[Any]) -> tuple[tuple[str, Setup], ...]:
    """The states of names, links and what these could not carry, up to the first that cannot be read."""
    read: list[tuple[str, Setup]] = []
    for row in list(rows)[:STEPS]:
        match row:
            case [str(name), str(link), str(rest)] if NAME.fullmatch(name):
                try:
                    read.append((name, state_of(link, rest)))
                except ValueError:
                    break
            case _:
                break
    return tuple(read)


def state_of(link: str, rest: str) -> Setup:
    """The state of a link and of what that could not carry. Raises Refusal if it cannot be read, or not whole."""
    query = query_of(link)
    if rest:
        return completed(query, rest, PRESET_SETUPS)
    if query.get(LEFT_OUT):
        raise Refusal("link: found no end, so it was cut off; accepted is the whole link, to its last character.")
    return decode(query, PRESET_SETUPS)


def restore(session: Session, said: Told) -> None:
    """Let undo and redo lead where they led before."""
    history = session.history
    for name, setup in (*said.past, *said.future):
        session.names.given[id(setup)] = setup, name
        remember(session, dict(shortened(setup, preset_setup(setup.preset))[0]))
    history.past = [setup for _name, setup in said.past]
    history.future = [setup for _name, setup in said.future]
    history.fit()
