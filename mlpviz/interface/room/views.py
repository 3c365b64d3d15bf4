"""What a browser in a room is told: what follows from the room's row and its counts, in the browser's language."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from ...maths.messages import Message, counted
from ...rooms.classrooms import SHOWN, Classroom
from ...rooms.watched import Watched
from ..shell.translation import told
from .asking import label_of

FIRST = 30.0
"""Seconds after a change in which a teacher is taken to be there, before they have been counted."""
MOST = 12
"""Bars of formulas' causes; the rest is one bar."""

KEPT = 50
"""Answers of a room that are kept for whoever asks the same."""


@dataclass(frozen=True)
class Audience:
    """Whether a browser is the teacher's and, if so, whether it is shown the answers before the others are."""

    teaches: bool = False
    peeks: bool = False


def token(watched: Watched, role: Audience) -> str:
    """What changes with what a browser is told, and only then."""
    room = watched.room
    assert room is not None
    if role.teaches:
        return f"{room.version}.{watched.changes}"
    counted_now = sum(watched.tally.values()) if room.phase == SHOWN else 0
    return f"{room.version}.{int(is_led(watched))}.{counted_now}"


def is_led(watched: Watched) -> bool:
    assert watched.room is not None
    return watched.teachers > 0 or time.time() - watched.room.touched < FIRST


def view(watched: Watched, role: Audience, lang: str) -> bytes:
    """What a browser is told, as JSON; made once for all that are told the same."""
    key = token(watched, role), role, lang
    if key not in watched.views:
        if len(watched.views) >= KEPT:
            watched.views.clear()
        watched.views[key] = json.dumps({"token": key[0], **shown(watched, role)}, ensure_ascii=False).encode()
    return watched.views[key]


def shown(watched: Watched, role: Audience) -> dict[str, Any]:
    room = watched.room
    assert room is not None
    seen: dict[str, Any] = {
        "room": room.code,
        "follow": room.follow,
        "place": room.place,
        "teaches": role.teaches,
        "said": "" if is_led(watched) else told(AWAY),
        "question": question_of(watched, room, role) if room.asked else None,
    }
    if role.teaches:
        seen["here"] = told(counted("{count} is here", "{count} are here", watched.members))
    return seen


AWAY = Message("The teacher’s screen is away just now: go on alone, it may come back.")


def question_of(watched: Watched, room: Classroom, role: Audience) -> dict[str, Any]:
    """The open question or the last one; nothing of what is right before it is shown."""
    question, is_shown = room.question, room.phase == SHOWN
    seen: dict[str, Any] = {
        "name": room.asked,
        "phase": room.phase,
        "text": told(Message.from_json(question["text"])),
        "typed": question["typed"],
        "options": [option_of(option, is_shown) for option in question["options"]],
    }
    if role.teaches:
        answered = sum(watched.tally.values())
        everybody = max(answered, watched.members)
        seen["answered"] = told(Message("{answered} of {count} have answered", answered=answered, count=everybody))
    if is_shown or (role.teaches and role.peeks):
        seen["bars"] = list(bars(question, watched.tally))
    return seen


def option_of(option: Mapping[str, Any], is_shown: bool) -> dict[str, Any]:
    cause = option["cause"]
    after = {"right": cause is None, "cause": told(Message.from_json(cause)) if cause else ""} if is_shown else {}
    return {"key": option["key"], "text": told(Message.from_json(option["text"])), "latex": option["latex"], **after}


def bars(question: Mapping[str, Any], tally: Mapping[str, int]) -> Iterable[dict[str, Any]]:
    """How often each choice was made or, of formulas, what is amiss with them, the most frequent first."""
    if not question["typed"]:
        for option in question["options"]:
            yield {**option_of(option, True), "count": tally.get(option["key"], 0)}
        return
    ordered = sorted(tally.items(), key=lambda pair: -pair[1])
    for key, count in ordered[:MOST]:
        yield {"key": key, "text": told(label_of(key)), "latex": "", "right": key == "right", "count": count}
    if rest := sum(count for _key, count in ordered[MOST:]):
        yield {"key": "", "text": told(Message("others")), "latex": "", "right": False, "count": rest}
