"""What a process of the server knows of the rooms whose members it serves.

However many browsers ask, the database is asked by the process alone: at most every so often, for all rooms at once,
and only the rooms that have changed are read.
Who asks is answered as soon as there is something new, and what is changed in this process is new in it at once.
"""

from __future__ import annotations

import asyncio
import secrets
import time
from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from ..maths.messages import Message, Refusal
from . import bounds, classrooms
from .classrooms import AnswerGiven
from .watched import Watched


class Board:
    """The rooms of a process. All its methods belong to one loop; the database is asked in threads."""

    def __init__(self) -> None:
        self.name = secrets.token_hex(8)
        self.watched: dict[str, Watched] = {}
        self.away: Message | None = None
        self.looked = self.tallied = self.noted = self.swept = 0.0
        self.people = 0
        """How many browsers of all rooms this process serves."""
        self.waiting: list[tuple[AnswerGiven, asyncio.Future[bool]]] = []
        self.tasks: set[asyncio.Task[None]] = set()
        self.lock: asyncio.Lock | None = None
        self.watching = self.writing = False

    # asking

    async def find(self, code: str) -> Watched | None:
        """A room, or None if there is none of that code. Raises Refusal if the database is away."""
        watched = self.watched.setdefault(code, Watched(code))
        watched.asked = time.monotonic()
        if not watched.looked:
            await self._first_look(watched)
        if watched.room is None:
            self.watched.pop(code, None)
            if not watched.looked and self.away:
                raise Refusal(self.away)
            return None
        self._watch()
        return watched

    async def wait(self, watched: Watched, seconds: float, teaches: bool = False) -> None:
        """Wait for something new in a room, so long at most."""
        with suppress(TimeoutError):
            await asyncio.wait_for(watched.news[teaches].wait(), seconds)

    def meet(self, watched: Watched, who: str, teaches: bool) -> bool:
        """Note that a browser asks; whether there is room for it, of which there is some for teachers alone."""
        if who not in watched.people and len(watched.people) >= bounds.MEMBERS * (1 + teaches):
            return False
        self.people += who not in watched.people
        stays = bounds.AWAY if teaches else self.hold(watched) + bounds.GONE
        watched.people[who] = time.monotonic() + stays, teaches
        return True

    def hold(self, watched: Watched) -> float:
        """Seconds that a question about a room is held: the more ask this process, the more seldom each does."""
        return bounds.hold(max(watched.members, self.people))

    async def _first_look(self, watched: Watched) -> None:
        """Look at once; those that come meanwhile share the next look, and there are not many of them a second."""
        self.lock = self.lock or asyncio.Lock()
        async with self.lock:
            if watched.looked:
                return
            await asyncio.sleep(max(0.0, self.looked + bounds.GATHER - time.monotonic()))
            await self._look()

    # looking

    def _watch(self) -> None:
        if not self.watching:
            self.watching = True
            self._begin(self._keep_looking())

    async def _keep_looking(self) -> None:
        try:
            while self.watched:
                await asyncio.sleep(bounds.LOOK)
                self._forget()
                await self._look()
        finally:
            self.watching = False

    def _forget(self) -> None:
        """Look no longer at rooms that nobody asks for."""
        last = time.monotonic() - bounds.IDLE
        self.watched = {code: each for code, each in self.watched.items() if each.asked > last}

    async def _look(self) -> None:
        """Bring everything up to date, as far as the database is there."""
        known, now = dict(self.watched), time.monotonic()
        if not known:
            return
        self.looked = now
        try:
            versions = await asyncio.to_thread(classrooms.versions)
            changed = [code for code, watched in known.items() if not watched.knows(versions.get(code))]
            there = [code for code in changed if code in versions]
            rooms = await asyncio.to_thread(classrooms.found, there) if there else {}
        except Refusal as refusal:
            self._lose(refusal.message)
            return
        self.away = None
        for code in changed:
            known[code].take(rooms.get(code))
        with suppress(Refusal):
            await self._look_further(now)

    def _lose(self, why: Message) -> None:
        if self.away is None:
            self.away = why
            for watched in self.watched.values():
                watched.differs()

    async def _look_further(self, now: float) -> None:
        """Count answers, note who is here, and forget rooms that are over, each in its time."""
        is_due = now - self.tallied >= bounds.TALLY
        if is_due:
            self.tallied = now
        await self._count([each for each in self.watched.values() if is_due and each.is_answered(now)])
        if now - self.noted >= bounds.NOTE:
            self.noted = now
            await self._note(now)
        if now - self.swept >= bounds.SWEEP:
            self.swept = now
            await asyncio.to_thread(classrooms.sweep, time.time())

    async def _count(self, due: Iterable[Watched] = ()) -> None:
        """Count the answers of these rooms, and of those whose question is new or has just been closed."""
        counted = {each.code: each for each in (*due, *(each for each in self.watched.values() if each.uncounted))}
        for each in counted.values():
            each.uncounted = False
        rooms = [each.room for each in counted.values() if each.room and each.room.asked]
        try:
            tallies = await asyncio.to_thread(classrooms.tallied, rooms) if rooms else {}
        except Refusal:
            for each in counted.values():
                each.uncounted = True
            raise
        for code, tally in tallies.items():
            counted[code].count(tally)

    async def _note(self, now: float) -> None:
        here = {code: each.here(now) for code, each in self.watched.items() if each.room}
        self.people = sum(len(each.people) for each in self.watched.values())
        if not here:
            return
        totals = await asyncio.to_thread(classrooms.note, self.name, here, time.time())
        for code, total in totals.items():
            if watched := self.watched.get(code):
                watched.seat(*total)

    # changing

    async def change(self, watched: Watched, key: str, **values: Any) -> None:
        """Change a room. Raises Refusal if the key is not its own, or the database is away."""
        room = await asyncio.to_thread(classrooms.change, watched.code, key, time.time(), **values)
        watched.take(room)
        if watched.uncounted:
            with suppress(Refusal):
                await self._count()

    async def end(self, watched: Watched, key: str) -> None:
        await asyncio.to_thread(classrooms.end, watched.code, key)
        watched.room = None
        watched.differs()

    async def answer(self, given: AnswerGiven) -> bool:
        """Give an answer; returns whether it was taken, once it is written.

        Raises Refusal if the database is away, or too many answers wait to be written.
        """
        if len(self.waiting) >= bounds.WAITING:
            raise crowded()
        written = asyncio.get_running_loop().create_future()
        self.waiting.append((given, written))
        if not self.writing:
            self.writing = True
            self._begin(self._write())
        return await written

    async def _write(self) -> None:
        """Write the answers that have gathered, in one transaction, and count anew where they are."""
        while self.waiting:
            await asyncio.sleep(bounds.GATHER)
            gathered, self.waiting = self.waiting, []
            given = [each for each, _written in gathered]
            taken = await asyncio.gather(asyncio.to_thread(classrooms.answer, given), return_exceptions=True)
            results: list[Any] = taken[0] if isinstance(taken[0], list) else [taken[0]] * len(gathered)
            for (_given, written), result in zip(gathered, results, strict=True):
                if isinstance(result, BaseException) and not written.cancelled():
                    written.set_exception(result)
                elif not written.cancelled():
                    written.set_result(result)
            with suppress(Refusal):
                answered = {each.code for each in given} & self.watched.keys()
                await self._count([self.watched[code] for code in answered])
        self.writing = False

    def _begin(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)


def crowded() -> Refusal:
    return Refusal("Too many answers come at once: try again in a few seconds.")
