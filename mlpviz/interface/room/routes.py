"""The addresses that the browsers of a class ask, without a run of a page: where the class is, and what it answers.

A look at a room is held until there is something new, some seconds at most. What a person meets in the ordinary course
of a lesson, a room that has ended, say, is an answer with a sentence in it; what only a program would send is an error.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from importlib import import_module
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from streamlit import config

from ...maths.messages import Message, Refusal, message_of
from ...rooms import bounds
from ...rooms.allowance import Allowance
from ...setup.codes import read_code
from ..shell.translation import speaking, told
from .visitor import FULL, Visitor

if TYPE_CHECKING:
    from ...rooms.board import Board
    from ...rooms.watched import Watched

NOBODY = Message("This page has not said which browser it is in: reload it.")
SLOWER = Message("That was too often: wait a moment.")
UNREADABLE = Message("What came is nothing that a room understands.")

JSON = "application/json"


class TurnedAway(Exception):
    """Why a request is not answered as it wants: ``kind`` is for the page, the message for the person."""

    def __init__(self, kind: str, message: Message, status: int = 200) -> None:
        super().__init__(message)
        self.kind, self.message, self.status = kind, message, status


def gone(code: str) -> TurnedAway:
    return TurnedAway("gone", Message("There is no room {code}; it may have ended. You go on alone.", code=code))


class Desk:
    """Answers the browsers of all rooms that this process serves."""

    def __init__(self) -> None:
        self._board: Board | None = None
        self.looks = Allowance(most=30, rate=5)
        self.acts = Allowance(most=20, rate=4)
        self.answers = Allowance(most=6, rate=1)
        self.strangers = Allowance(most=30, rate=0.5)
        self.newcomers = Allowance(bounds.NEWCOMERS, bounds.NEWCOMING)
        self.paused = 0

    async def board(self) -> Board:
        """The rooms of this process; the database's library is loaded with the first of them, beside the loop."""
        if self._board is None:
            module = await asyncio.to_thread(import_module, "mlpviz.rooms.board")
            self._board = self._board or module.Board()
        return self._board

    async def too_often(self) -> TurnedAway:
        """What turns away who asks too often, after a moment: a flood that waits for its answers is a trickle."""
        if self.paused < bounds.PAUSED:
            self.paused += 1
            try:
                await asyncio.sleep(bounds.PAUSE)
            finally:
                self.paused -= 1
        return TurnedAway("slow", SLOWER, 429)

    async def find(self, request: Request, visitor: Visitor) -> tuple[Board, Watched]:
        """The room that a request is about. Raises TurnedAway if there is none, or it cannot be told."""
        if not visitor.secret:
            raise TurnedAway("nobody", NOBODY, 400)
        code, board = read_code(request.path_params["code"]), await self.board()
        if not code:
            raise gone("–")
        if code not in board.watched and not self.strangers.take(visitor.address):
            raise await self.too_often()
        try:
            watched = await board.find(code)
        except Refusal as refusal:
            raise TurnedAway("away", refusal.message) from refusal
        if watched is None or watched.room is None:
            raise gone(code)
        return board, watched

    async def meet(self, board: Board, watched: Watched, visitor: Visitor, teaches: bool = False) -> bool:
        """Whether a browser was in the room before. Raises TurnedAway if it is not let in.

        A program may name itself anew each time: so newcomers are not let in without end, and who is in stays in.
        """
        assert watched.room is not None
        who = watched.room.word_of(visitor.secret)
        was_here = who in watched.people
        if not was_here and not self.newcomers.take(visitor.address):
            raise await self.too_often()
        if not board.meet(watched, who, teaches):
            raise TurnedAway("full", FULL)
        return was_here

    # looking

    async def look(self, request: Request, visitor: Visitor) -> Response:
        """What is to be seen in a room, as soon as it is not what the browser has seen."""
        from .views import Audience, token, view

        if not self.looks.take(visitor.name):
            raise await self.too_often()
        board, watched = await self.find(request, visitor)
        assert watched.room is not None
        role = Audience(watched.room.is_led_by(visitor.key), "peek" in request.query_params)
        await self.meet(board, watched, visitor, role.teaches)
        self.say_if_away(board)
        until = time.monotonic() + board.hold(watched)
        while token(watched, role) == request.query_params.get("since") and time.monotonic() < until:
            await board.wait(watched, until - time.monotonic(), role.teaches)
            self.say_if_away(board)
            if watched.room is None:
                raise gone(watched.code)
        return Response(view(watched, role, visitor.lang), media_type=JSON)

    def say_if_away(self, board: Board) -> None:
        if board.away:
            raise TurnedAway("away", board.away)

    # acting

    async def act(self, request: Request, visitor: Visitor) -> Response:
        """What a teacher does with a room, or a student answers."""
        from .acts import ACTS, EVERYBODYS, not_yours

        content = await body(request)
        does = ACTS.get(str(content.get("do")))
        if does is None:
            raise TurnedAway("unreadable", UNREADABLE, 400)
        is_everybodys = content["do"] in EVERYBODYS
        is_allowed = self.answers.take(visitor.name) if is_everybodys else self.acts.take(visitor.lead)
        if not is_allowed:
            raise await self.too_often()
        board, watched = await self.find(request, visitor)
        assert watched.room is not None
        try:
            if is_everybodys:
                is_known = await self.meet(board, watched, visitor)
                if not is_known and watched.is_full:
                    raise TurnedAway("full", FULL)
            elif not watched.room.is_led_by(visitor.key):
                raise not_yours(watched.code)
            return JSONResponse({"kind": "done", **(await does(board, watched, visitor, content) or {})})
        except Refusal as refusal:
            raise TurnedAway("refused", refusal.message) from refusal

    async def picture(self, request: Request, visitor: Visitor) -> Response:
        """The QR code of a room's address, as the page that shows it says."""
        from .picture import picture

        if not self.acts.take(visitor.address):
            raise await self.too_often()
        code, at = read_code(request.path_params["code"]), request.query_params.get("at", "")
        return Response(await asyncio.to_thread(picture, code, at), media_type="image/svg+xml")


async def body(request: Request) -> dict[str, Any]:
    """The JSON object that was sent. Raises TurnedAway if it is none, or too large."""
    content = b""
    async for part in request.stream():
        content += part
        if len(content) > bounds.BODY:
            raise TurnedAway("large", UNREADABLE, 413)
    try:
        read = json.loads(content)
    except (ValueError, RecursionError):
        read = None
    if not isinstance(read, dict):
        raise TurnedAway("unreadable", UNREADABLE, 400)
    return read


Handler = Callable[[Request, Visitor], Awaitable[Response]]


def answered(handler: Handler) -> Callable[[Request], Awaitable[Response]]:
    """A handler whose sentences are told in the language of whoever asks."""

    async def answer(request: Request) -> Response:
        visitor = Visitor.of(request)
        with speaking(visitor.lang):
            try:
                response = await handler(request, visitor)
            except TurnedAway as turned:
                said = {"kind": turned.kind, "said": told(turned.message)}
                response = JSONResponse(said, turned.status)
            except Refusal as refusal:
                response = JSONResponse({"kind": "refused", "said": told(message_of(refusal))})
        response.headers["Cache-Control"] = "no-store"
        return response

    return answer


def routes() -> list[Route]:
    """The routes of a process of the server."""
    desk, base = Desk(), config.get_option("server.baseUrlPath").strip("/")
    place = f"{'/' if base else ''}{base}/room/{{code}}"
    return [
        Route(place, answered(desk.look), methods=["GET"]),
        Route(place, answered(desk.act), methods=["POST"]),
        Route(f"{place}/code.svg", answered(desk.picture), methods=["GET"]),
    ]
