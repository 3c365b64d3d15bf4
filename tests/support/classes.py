"""A class without browsers: whoever asks a room over its routes, in one loop with the rooms."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from starlette.applications import Starlette

from mlpviz.interface.room.routes import routes
from mlpviz.rooms.classrooms import open_classroom

STEP = "v=1&preset=two-three-two&end=1&step="


def carried_out(lesson, *more):
    """What a lesson returns, given the rooms of a process: ``lesson(school, …)`` in a loop of its own."""
    with ThreadPoolExecutor(1) as own:  # a loop of its own, beside that of a browser which other tests have open
        return own.submit(asyncio.run, lesson(School(), *more)).result()


class School:
    """The routes of one process of the server."""

    def __init__(self):
        self.app = Starlette(routes=routes())

    def open(self):
        """A new room, with its teacher."""
        return Browser(self, *open_classroom(time.time()))

    async def ask(self, method, path, headers, content=b"", address="10.0.0.1"):
        """The status and the content of an answer."""
        split = urlsplit(path)
        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": split.path,
            "raw_path": split.path.encode(),
            "query_string": split.query.encode(),
            "headers": [(name.encode(), text.encode()) for name, text in headers.items()],
            "client": (address, 1),
            "server": ("school", 80),
        }
        heard = []
        parts = iter([{"type": "http.request", "body": content, "more_body": False}])

        async def receive():
            return next(parts, {"type": "http.disconnect"})

        async def send(message):
            heard.append(message)

        await self.app(scope, receive, send)
        return heard[0]["status"], b"".join(message.get("body", b"") for message in heard[1:])


@dataclass
class Browser:
    """A page in a room: a student's, or with a key a teacher's."""

    school: School
    code: str
    key: str = ""
    secret: str = field(default_factory=lambda: secrets.token_hex(16))
    lang: str = "en"
    address: str = "10.0.0.1"
    token: str = ""

    def another(self, **values):
        """A student of the same room."""
        return Browser(self.school, self.code, **values)

    def headers(self):
        told = {"x-mlpviz-browser": self.secret, "x-mlpviz-key": self.key, "x-mlpviz-language": self.lang}
        return {name: text for name, text in told.items() if text}

    async def get(self, more=""):
        status, content = await self.school.ask("GET", f"/room/{self.code}{more}", self.headers(), address=self.address)
        return status, json.loads(content)

    async def look(self, more=""):
        """What is new since the last look."""
        _status, seen = await self.get(f"?since={self.token}{more}")
        self.token = seen.get("token", self.token)
        return seen

    async def send(self, content):
        status, answer = await self.school.ask(
            "POST", f"/room/{self.code}", self.headers(), content, address=self.address
        )
        return status, json.loads(answer)

    async def act(self, does, **content):
        return (await self.send(json.dumps({"do": does, **content}).encode()))[1]

    async def go(self, step, page="step"):
        """Lead the class somewhere."""
        return await self.act("place", page=page, query=f"{STEP}{step}", by="wall")

    async def pose(self, kind="sign"):
        """Open the first question of a kind that can be asked where the class is; its name."""
        offered = (await self.act("offers"))["asks"]
        first = next(each for each in offered if each["ask"]["kind"] == kind)
        await self.act("ask", ask=first["ask"])
        self.token = ""
        return (await self.look())["question"]

    async def answer(self, question, **given):
        return await self.act("answer", question=question["name"], **given)
