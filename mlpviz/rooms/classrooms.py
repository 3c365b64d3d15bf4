"""Rooms in the database: opening one, changing what a class sees, and the answers. Nobody's name is anywhere.

A room is a row. Only who opened it has its key; the row has the key's hash, and a browser's word in a room is its
secret hashed with that, so that the same phone is not the same person in two rooms. Answers are deleted when a question
is done with, the room some hours after its last change.
"""

from __future__ import annotations

import json
import secrets
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, not_, select, text, update

from ..maths.messages import Refusal
from ..setup.codes import new_code
from . import bounds
from .database import ANSWER, PRESENT, ROOM, begin

TRIES = 20
OPEN, CLOSED, SHOWN = "open", "closed", "shown"
"""The phases of a question; a room without one has none."""

WRITE = text(
    "INSERT INTO answer (code, question, who, choice) "
    "SELECT CAST(:code AS VARCHAR(4)), CAST(:question AS VARCHAR(16)), CAST(:who AS VARCHAR(64)), "
    "CAST(:choice AS VARCHAR(64)) FROM room WHERE code = :code AND asked = :question AND phase = 'open' "
    "ON CONFLICT (code, question, who) DO UPDATE SET choice = excluded.choice"
)
"""An answer is written only while its question is open, which the database itself looks at."""

NOTE = text(
    "INSERT INTO present (code, process, members, teachers, seen) "
    "VALUES (:code, :process, :members, :teachers, :seen) ON CONFLICT (code, process) "
    "DO UPDATE SET members = excluded.members, teachers = excluded.teachers, seen = excluded.seen"
)


@dataclass(frozen=True)
class Classroom:
    """A room as the database has it; ``place`` and ``question`` are JSON."""

    code: str
    key_hash: str
    version: int
    touched: float
    follow: bool
    place: Mapping[str, Any]
    question: Mapping[str, Any]
    asked: str
    phase: str

    @classmethod
    def of(cls, row: Row[Any]) -> Classroom:
        place, question = (json.loads(each) if each else {} for each in (row.place, row.question))
        known = (row.code, row.key_hash, row.version, row.touched, bool(row.follow))
        return cls(*known, place, question, row.asked, row.phase)

    def is_led_by(self, key: str) -> bool:
        return bool(key) and secrets.compare_digest(hash_of(key), self.key_hash)

    def word_of(self, secret: str) -> str:
        """What a browser is called in this room."""
        return hash_of(f"{self.key_hash} {secret}")


@dataclass(frozen=True)
class AnswerGiven:
    """What a browser answers to a question."""

    code: str
    question: str
    who: str
    choice: str

    @property
    def row(self) -> tuple[str, str, str]:
        """The key of its row, which another answer of the same browser takes over."""
        return self.code, self.question, self.who


def hash_of(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def not_yours(code: str) -> Refusal:
    return Refusal("Only who has the key of room {code} can do that.", code=code)


# the teacher's


def open_classroom(now: float) -> tuple[str, str]:
    """Open a room; return its code and the teacher's key.

    Raises Refusal if there is no room for one more, or the database is away.
    """
    key = secrets.token_urlsafe(16)
    with begin() as connection:
        clear(connection, now)
        make_room(connection, now)
        for _try in range(TRIES):
            code = new_code()
            if connection.execute(select(ROOM.c.code).where(ROOM.c.code == code)).one_or_none() is None:
                connection.execute(insert(ROOM).values(code=code, key_hash=hash_of(key), touched=now, **EMPTY))
                return code, key
    raise full()


EMPTY: dict[str, Any] = {"version": 1, "follow": 1, "place": "", "question": "", "asked": "", "phase": ""}


def full() -> Refusal:
    return Refusal("There are too many rooms just now: try again in a minute.")


def clear(connection: Connection, now: float) -> None:
    """Forget the rooms that are over."""
    over = select(ROOM.c.code).where(ROOM.c.touched < now - bounds.LIFE)
    remove(connection, connection.execute(over).scalars().all())


def make_room(connection: Connection, now: float) -> None:
    """If there are too many rooms, forget that one in which nobody is which has been so for the longest."""
    if connection.execute(select(func.count()).select_from(ROOM)).scalar_one() < bounds.ROOMS:
        return
    somebody = select(PRESENT.c.code).where(PRESENT.c.seen > now - bounds.ALONE)
    alone = select(ROOM.c.code).where(ROOM.c.touched < now - bounds.ALONE, not_(ROOM.c.code.in_(somebody)))
    oldest = connection.execute(alone.order_by(ROOM.c.touched).limit(1)).scalars().all()
    if not oldest:
        raise full()
    remove(connection, oldest)


def remove(connection: Connection, codes: Sequence[str]) -> None:
    for table in (ROOM, ANSWER, PRESENT):
        for first in range(0, len(codes), bounds.ROOMS):
            connection.execute(delete(table).where(table.c.code.in_(codes[first : first + bounds.ROOMS])))


def change(code: str, key: str, now: float, **values: Any) -> Classroom:
    """Change what a class sees. Raises Refusal if the key is not that of the room, or the room has ended."""
    written = {name: json.dumps(value) if isinstance(value, dict) else value for name, value in values.items()}
    mine = update(ROOM).where(ROOM.c.code == code, ROOM.c.key_hash == hash_of(key))
    changed = mine.values(version=ROOM.c.version + 1, touched=now, **written).returning(*ROOM.c)
    with begin() as connection:
        row = connection.execute(changed).one_or_none()
        if row is None:
            raise not_yours(code)
        if "asked" in values:
            others = delete(ANSWER).where(ANSWER.c.code == code, ANSWER.c.question != values["asked"])
            connection.execute(others)
        return Classroom.of(row)


def end(code: str, key: str) -> None:
    """End a room, with everything of it. Raises Refusal if the key is not the room's."""
    with begin() as connection:
        mine = delete(ROOM).where(ROOM.c.code == code, ROOM.c.key_hash == hash_of(key))
        if not connection.execute(mine).rowcount:
            raise not_yours(code)
        remove(connection, [code])


# everybody's


def answer(given: Iterable[AnswerGiven]) -> list[bool]:
    """Write answers, in place of those that the same browsers gave before; whether each was taken.

    One is not if its question is not open, or no longer.
    """
    rows = list(given)
    taken = [False] * len(rows)
    with begin() as connection:
        for n in sorted(range(len(rows)), key=lambda n: rows[n].row):  # else two processes may wait for each other
            taken[n] = connection.execute(WRITE, vars(rows[n])).rowcount > 0
    return taken


def versions() -> dict[str, int]:
    """The version of every room: what a process looks at to know which of them it has to read again."""
    with begin(writing=False) as connection:
        return {row.code: row.version for row in connection.execute(select(ROOM.c.code, ROOM.c.version))}


def found(codes: Collection[str]) -> dict[str, Classroom]:
    """The rooms of these codes, as far as they are there."""
    with begin(writing=False) as connection:
        rows = connection.execute(select(ROOM).where(ROOM.c.code.in_(codes)))
        return {row.code: Classroom.of(row) for row in rows}


def tallied(rooms: Collection[Classroom]) -> dict[str, Counter[str]]:
    """How often each choice has been made for the questions of rooms."""
    counted: dict[str, Counter[str]] = {room.code: Counter() for room in rooms}
    asked = {room.code: room.asked for room in rooms}
    kept = select(ANSWER.c.code, ANSWER.c.question, ANSWER.c.choice, func.count())
    grouped = kept.where(ANSWER.c.code.in_(asked)).group_by(ANSWER.c.code, ANSWER.c.question, ANSWER.c.choice)
    with begin(writing=False) as connection:
        for code, question, choice, count in connection.execute(grouped):
            if question == asked[code]:
                counted[code][choice] = count
    return counted


def note(process: str, here: Mapping[str, tuple[int, int]], now: float) -> dict[str, tuple[int, int]]:
    """Note how many members and teachers of each room a process serves; how many there are of all processes."""
    rows = [
        {"code": code, "process": process, "members": members, "teachers": teachers, "seen": now}
        for code, (members, teachers) in here.items()
    ]
    totals: dict[str, tuple[int, int]] = defaultdict(lambda: (0, 0))
    with begin() as connection:
        connection.execute(NOTE, rows)
        kept = select(PRESENT.c.code, func.sum(PRESENT.c.members), func.sum(PRESENT.c.teachers))
        fresh = kept.where(PRESENT.c.code.in_(here), PRESENT.c.seen > now - 3 * bounds.NOTE)
        for code, members, teachers in connection.execute(fresh.group_by(PRESENT.c.code)):
            totals[code] = int(members), int(teachers)
    return totals


def sweep(now: float) -> None:
    """Forget the rooms that are over, and what was written of a room while it ended."""
    with begin() as connection:
        clear(connection, now)
        for table in (ANSWER, PRESENT):
            connection.execute(delete(table).where(table.c.code.not_in(select(ROOM.c.code))))
