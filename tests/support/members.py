"""Members of a class without browsers: each a page with a websocket of its own, that asks its room as a page does."""

import asyncio
import json
import random
import secrets
import time
from collections import Counter
from urllib.parse import urlsplit

from tests.support.learners import Learner

BETWEEN = (0.15, 0.35)
"""Seconds between two questions of a page."""
PATIENCE = 60.0


class Wire:
    """A connection that stays open, for one request after the other."""

    def __init__(self, url, headers):
        self.where, self.headers, self.reader = urlsplit(url), headers, None

    async def ask(self, method, path, content=b""):
        """The answer as JSON, on a new connection if the server has closed this one meanwhile."""
        for fresh in (False, True):
            try:
                if self.reader is None or fresh:
                    self.reader, self.writer = await asyncio.open_connection(self.where.hostname, self.where.port)
                return await self._asked(method, path, content)
            except (ConnectionError, asyncio.IncompleteReadError):
                if fresh:
                    raise
        return None

    async def _asked(self, method, path, content):
        head = {"Host": self.where.netloc, "Content-Length": len(content), **self.headers}
        lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
        self.writer.write(f"{method} {path} HTTP/1.1\r\n{lines}\r\n".encode() + content)
        heads = (await self.reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(heads.partition("content-length: ")[2].partition("\r\n")[0])
        return json.loads(await self.reader.readexactly(length))

    def close(self):
        if self.reader is not None:
            self.writer.close()


class Member:
    """One page in the room."""

    def __init__(self, url, code, key=""):
        self.url, self.code, self.key, self.learner = url, code, key, None
        self.secret = secrets.token_hex(16)
        self.seen, self.arrived, self.question = {}, {}, asyncio.Event()
        self.failed = Counter()  # looks that were not answered as they should be, by what came
        self.looks, self.answered = 0, ""
        self.waited = 0.0  # seconds for an answer to be taken, at most

    async def come(self):
        """Open the page: its websocket and its first run. What that drew is nothing that this member needs again."""
        self.learner = Learner(self.url, query=f"room={self.code}")
        await self.learner.open()
        await self.learner.rerun(patience=PATIENCE)
        self.learner.cache.messages.clear()
        self.learner.elements.clear()

    def wire(self):
        told = {
            "x-mlpviz-browser": self.secret,
            "x-mlpviz-key": self.key,
            "Cookie": self.learner and self.learner.cookie,
        }
        return Wire(self.url, {name: text for name, text in told.items() if text})

    async def follow(self):
        """Ask the room again and again, as the page does."""
        wire = self.wire()
        while True:
            try:
                self.take(await wire.ask("GET", f"/room/{self.code}?since={self.seen.get('token', '')}"))
            except Exception as error:
                self.failed[type(error).__name__] += 1
                await asyncio.sleep(1)
            await asyncio.sleep(random.uniform(*BETWEEN))

    def take(self, seen):
        self.looks += 1
        if "token" not in seen:
            self.failed[seen.get("kind", "unreadable")] += 1
            return
        self.seen = seen
        self.arrived.setdefault(seen["place"].get("query"), time.time())
        if seen["question"] and seen["question"]["phase"] == "open":
            self.question.set()

    async def send(self, wire=None, **content):
        return await (wire or self.wire()).ask("POST", f"/room/{self.code}", json.dumps(content).encode())

    async def asked(self):
        """The question that is open, once it is another one than was answered before."""
        while not (
            (asked := self.seen.get("question")) and asked["phase"] == "open" and asked["name"] != self.answered
        ):
            self.question.clear()
            await self.question.wait()
        return asked

    async def answer(self, within, chance):
        """Answer within so many seconds; one in five thinks again. Returns whether an answer was taken."""
        asked = await asyncio.wait_for(self.asked(), PATIENCE)
        self.answered, wire = asked["name"], self.wire()
        await asyncio.sleep(chance.uniform(0, 0.8 * within))
        taken = 0
        for choice in chance.sample(asked["options"], 2 if chance.random() < 0.2 else 1):
            since = time.monotonic()
            answer = await self.send(wire, do="answer", question=asked["name"], choice=choice["key"])
            self.waited = max(self.waited, time.monotonic() - since)
            taken += answer["kind"] == "done"
        wire.close()
        return taken > 0

    @property
    def bars(self):
        """How many answers this member sees."""
        return sum(bar["count"] for bar in (self.seen.get("question") or {}).get("bars", []))


async def posed(teacher, kind="sign"):
    """Ask the first question of a kind that can be asked where the teacher is."""
    offered = (await teacher.send(do="offers"))["asks"]
    await teacher.send(do="ask", ask=next(each["ask"] for each in offered if each["ask"]["kind"] == kind))
