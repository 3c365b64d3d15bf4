"""What can be done in a room, one entry each: by a student, who answers, and by who has the teacher's key."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from typing import Any

from ...maths.messages import Message, Refusal
from ...rooms import bounds
from ...rooms.board import Board
from ...rooms.classrooms import CLOSED, OPEN, SHOWN, AnswerGiven, not_yours
from ...rooms.watched import Watched
from ...setup.pages import PAGES
from ..shell.translation import told
from .asking import Judges, kept, offers
from .visitor import Visitor

__all__ = ["ACTS", "EVERYBODYS", "not_yours"]

Content = dict[str, Any]
Does = Callable[[Board, Watched, Visitor, Content], Awaitable[dict[str, Any] | None]]

JUDGES = Judges()
PAGE_NAME = re.compile(r"\w{1,24}", re.ASCII)
"""The name that a page of the browser gives itself."""


# a student's


async def answer(board: Board, watched: Watched, visitor: Visitor, content: Content) -> dict[str, Any]:
    """Answer the open question, in place of an answer given before."""
    room = watched.room
    assert room is not None
    if not room.asked or content.get("question") != room.asked or room.phase != OPEN:
        raise closed()
    who = room.word_of(visitor.secret)
    choice, said = await chosen(watched, content, who)
    if not await board.answer(AnswerGiven(room.code, room.asked, who, choice)):
        raise closed()
    return {"choice": choice, "said": said}


def closed() -> Refusal:
    return Refusal("This question is closed: your answer before it was is what counts.")


async def chosen(watched: Watched, content: Content, who: str) -> tuple[str, str]:
    """What is kept of an answer, and what its author is told of it."""
    assert watched.room is not None
    question, name = watched.room.question, watched.room.asked
    if question["typed"]:
        return await judged(name, question, content.get("formula"), who)
    keys = [option["key"] for option in question["options"]]
    if content.get("choice") not in keys:
        raise Refusal("This is none of the answers to choose from.")
    return content["choice"], ""


async def judged(name: str, question: Mapping[str, Any], formula: object, who: str) -> tuple[str, str]:
    if not isinstance(formula, str) or not formula.strip() or len(formula) > bounds.FORMULA:
        raise Refusal("A formula of at most {count:,} characters is wanted.", count=bounds.FORMULA)
    found = await JUDGES.judge(name, question, formula, who)
    return found.key[: bounds.CHOICE], told(found.cause or Message("right"))


# the teacher's


async def place(board: Board, watched: Watched, visitor: Visitor, content: Content) -> None:
    """Where the teacher is now."""
    page, query, by = (content.get(name) for name in ("page", "query", "by"))
    if page not in PAGES or not isinstance(query, str) or len(query) > bounds.PLACE:
        raise Refusal("Where you are is too long for a link, so the class cannot follow there.")
    if not isinstance(by, str) or not PAGE_NAME.fullmatch(by):
        raise Refusal("What came is nothing that a room understands.")
    await board.change(watched, visitor.key, place={"page": page, "query": query, "by": by})


async def follow(board: Board, watched: Watched, visitor: Visitor, content: Content) -> None:
    await board.change(watched, visitor.key, follow=int(bool(content.get("value"))))


async def offered(_board: Board, watched: Watched, _visitor: Visitor, _content: Content) -> dict[str, Any]:
    """What can be asked of what is on the teacher's screen."""
    assert watched.room is not None
    found = await asyncio.to_thread(offers, watched.room.place)
    return {"asks": [{"ask": asdict(each.ask), "text": told(each.question)} for each in found]}


async def ask(board: Board, watched: Watched, visitor: Visitor, content: Content) -> None:
    """Open a question, one of those that can be asked where the teacher is."""
    assert watched.room is not None
    where = dict(watched.room.place)
    found = await asyncio.to_thread(offers, where)
    wanted = content.get("ask")
    question = next((each for each in found if same(asdict(each.ask), wanted)), None)
    if question is None:
        raise Refusal("This cannot be asked of what is on screen now.")
    name, new = secrets.token_hex(8), kept(question, where)
    await board.change(watched, visitor.key, question=new, asked=name, phase=OPEN)
    if new["typed"]:
        JUDGES.prepare(name, new)


def same(own: dict[str, Any], wanted: object) -> bool:
    """Whether a question is the one that came as JSON, which has lists for tuples."""
    plain = {name: list(value) if isinstance(value, tuple) else value for name, value in own.items()}
    return plain == wanted


async def close(board: Board, watched: Watched, visitor: Visitor, _content: Content) -> None:
    await board.change(watched, visitor.key, phase=CLOSED)


async def reopen(board: Board, watched: Watched, visitor: Visitor, _content: Content) -> None:
    await board.change(watched, visitor.key, phase=OPEN)


async def show(board: Board, watched: Watched, visitor: Visitor, _content: Content) -> None:
    await board.change(watched, visitor.key, phase=SHOWN)


async def done(board: Board, watched: Watched, visitor: Visitor, _content: Content) -> None:
    """Put the question away, and delete its answers."""
    await board.change(watched, visitor.key, question="", asked="", phase="")


async def end(board: Board, watched: Watched, visitor: Visitor, _content: Content) -> None:
    await board.end(watched, visitor.key)


ACTS: dict[str, Does] = {
    "answer": answer,
    "place": place,
    "follow": follow,
    "offers": offered,
    "ask": ask,
    "close": close,
    "open": reopen,
    "show": show,
    "done": done,
    "end": end,
}
"""What a browser may send, by its name."""
EVERYBODYS = ("answer",)
"""What needs no key."""
