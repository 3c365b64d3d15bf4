"""What can be asked of what is on the teacher's screen, and a question as a room keeps it."""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any
from urllib.parse import parse_qsl

from ...derivation.checker.findings import cause_sentence
from ...derivation.view import View
from ...engine.descent import Update
from ...lessons.ask import KINDS, Ask, Option, Posed, posed, posed_for, update_of
from ...lessons.kinds import OTHER, RIGHT, UNREAD
from ...lessons.shelf import present_in
from ...maths.messages import Message, Refusal
from ...maths.symbols import SCALARS
from ...rooms import bounds
from ...rooms.board import crowded
from ...setup.arriving import arrived
from ...setup.link import DEFAULT, query_of
from ...setup.setup import Setup, replaced
from ..shell.large import LARGE, numbers_of
from ..shell.presets import PRESET_SETUPS, preset_setup

OF_ENTRIES = ("sign", "number")
"""The kinds of questions that are about one entry of an array."""
ENTRIES = 4
"""Entries of the first row that are asked about."""
KEPT = 8
"""Questions whose formulas are judged, kept with their networks."""
FOUND = 2_000
"""Formulas to a question that are known again."""


def setup_at(place: Mapping[str, Any]) -> Setup:
    """The setup of a place. Raises Refusal if it cannot be read."""
    query = query_of(str(place.get("query", ""))) if place.get("query") else {}
    found = arrived(query, PRESET_SETUPS).setup or preset_setup(DEFAULT)
    return replaced(found, {"page": str(place.get("page", "step"))})


def offers(place: Mapping[str, Any]) -> list[Posed]:
    """The questions that can be asked of a place, in the order of their kinds; none of a large network."""
    setup = setup_at(place)
    if numbers_of(setup) > LARGE:
        return []
    update = update_of(setup)
    view = View.of(update.trace, setup.notation)
    found = []
    for ask in dict.fromkeys([*of_scene(place), *asks(setup, update)]):
        with suppress(Refusal):
            found.append(posed(ask, update, view, setup.digits))
    return found


def of_scene(place: Mapping[str, Any]) -> Iterator[Ask]:
    """The question of the lesson's scene that is there."""
    found = present_in(dict(parse_qsl(str(place.get("query", "")))))
    if found and found.scene.ask:
        yield found.scene.ask


def asks(setup: Setup, update: Update) -> Iterator[Ask]:
    """What might be asked of the array of the present step."""
    symbol = update.steps[min(setup.step, len(update.steps) - 1)].equation.target
    width = 1 if symbol.name in SCALARS else update.value(symbol).shape[-1]
    for kind in KINDS:
        if kind not in OF_ENTRIES:
            yield Ask(kind, str(symbol))
            continue
        for column in range(min(width, ENTRIES)):
            yield Ask(kind, str(symbol), (0, column))


def kept(question: Posed, place: Mapping[str, Any]) -> dict[str, Any]:
    """A question as JSON, with the place that it was asked at."""
    return {
        "ask": asdict(question.ask),
        "at": {"page": place.get("page", ""), "query": place.get("query", "")},
        "text": question.question.as_json(),
        "typed": question.judged is not None,
        "options": [option_as_json(option) for option in question.options],
    }


def option_as_json(option: Option) -> dict[str, Any]:
    cause = option.cause.as_json() if option.cause else None
    return {"key": option.key, "text": option.text.as_json(), "latex": option.latex, "cause": cause}


def asked_again(question: Mapping[str, Any]) -> Posed:
    """A question of a room, with the network that it is about."""
    ask = dict(question["ask"])
    entry, mistakes = ask.pop("entry"), ask.pop("mistakes")
    whole = Ask(**ask, entry=tuple(entry) if entry else None, mistakes=tuple(mistakes))
    return posed_for(whole, setup_at(question["at"]))


@dataclass(frozen=True)
class JudgedAs:
    """What a formula is an answer of: the name that is kept, and what its author is told."""

    key: str
    cause: Message | None


@dataclass
class Judged:
    """A question with its network, and what formulas were found to be, by the hash of each: a class types the same."""

    posed: Posed
    found: dict[bytes, JudgedAs] = field(default_factory=dict)

    def judge(self, formula: str) -> JudgedAs:
        name = sha256(formula.strip().encode()).digest()
        if name not in self.found:
            assert self.posed.judged is not None
            option = self.posed.judged(formula)
            if len(self.found) >= FOUND:
                self.found.clear()
            self.found[name] = JudgedAs(option.key, option.cause)
        return self.found[name]


class Judges:
    """Judges formulas, one at a time in a thread of their own, and keeps the networks of the last questions."""

    def __init__(self) -> None:
        self.questions: OrderedDict[str, Judged] = OrderedDict()
        self.thread = ThreadPoolExecutor(1, "mlpviz judge")
        self.waiting: set[str] = set()
        """The words of the browsers whose formulas wait."""

    def prepare(self, name: str, question: Mapping[str, Any]) -> None:
        """Make the network of a question that will be answered by formulas, before the first of them comes."""
        self.thread.submit(self._known, name, question)

    async def judge(self, name: str, question: Mapping[str, Any], formula: str, who: str) -> JudgedAs:
        """What a formula is an answer of; the formula itself is kept nowhere.

        Raises Refusal if too many wait, or another one of this browser does: so none keeps the others waiting.
        """
        if who in self.waiting or len(self.waiting) >= bounds.JUDGED:
            raise crowded()
        self.waiting.add(who)
        try:
            loop = asyncio.get_running_loop()
            return await loop.run_in_executor(self.thread, self._judge, name, question, formula)
        finally:
            self.waiting.discard(who)

    def _judge(self, name: str, question: Mapping[str, Any], formula: str) -> JudgedAs:
        return self._known(name, question).judge(formula)

    def _known(self, name: str, question: Mapping[str, Any]) -> Judged:
        known = self.questions.pop(name, None) or Judged(asked_again(question))
        self.questions[name] = known
        while len(self.questions) > KEPT:
            self.questions.popitem(last=False)
        return known


def label_of(key: str) -> Message:
    """What answers of a formula are called, by the name that is kept of them."""
    return LABELS.get(key) or Message(cause_sentence(key))


LABELS = {RIGHT: Message("right"), UNREAD: Message("not read"), OTHER: Message("something else")}
