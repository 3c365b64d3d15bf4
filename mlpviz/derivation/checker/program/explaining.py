"""Why a line is wrong: its formula, with what its names hold, goes to the judge of formulas; or told by its value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from ....maths.messages import Message, Refusal
from ....maths.symbols import QUANTITIES
from ...notation import Notation
from .. import check_formula
from ..reading import syntax as sx
from ..verdict import Verdict
from .causes import SAID_BY_FORMULA, of_value
from .faults import Fault
from .judging import Judge
from .limits import ERRORS
from .runs import parted
from .telling import Sighting
from .things import is_array, is_number
from .worlds import kind_of

NAMES = (sx.Word, sx.Attribute, sx.Index, sx.Scripted)
MOST_LETTERS = 400
BRACKETS = (("(", ")"), ("[", "]"))
MATRIX_PRODUCT = re.compile(r"(?<![.*])\*(?!\*)")
"""The sign that is the product of linear algebra in MATLAB and Julia."""

EXPLAINING = frozenset({"wrong", "shape"})


@dataclass(frozen=True)
class Explanation:
    """What there is to say of a line at fault: sentences, and the verdict on its formula if it could be judged."""

    messages: tuple[Message, ...]
    verdict: Verdict | None = None


def explained(judge: Judge, fault: Fault) -> Explanation:
    """Why a line is wrong."""
    verdict = judged(judge, fault)
    by_value = tuple(of_value(judge, fault))
    if verdict is None or verdict.kind not in EXPLAINING or "unknown" in {each.key for each in verdict.findings}:
        return Explanation(by_value, verdict if verdict is not None and verdict.kind in EXPLAINING else None)
    besides = (each for each in by_value if each.template not in SAID_BY_FORMULA)
    return Explanation((*besides, *verdict.sentences), verdict)


def judged(judge: Judge, fault: Fault) -> Verdict | None:
    """The verdict on the formula of a line at fault; None if it is no formula about the network."""
    if (
        not fault.expected
        or fault.source is not None
        or fault.expected.startswith("updated ")
        or fault.way in ("ascent", "update", "alone", "spread", "unrated", "idle", "flat", "empty", "unmade")
    ):
        return None
    formula = Formula(judge, fault).text
    if formula is None or len(formula) > MOST_LETTERS:
        return None
    factor, name = parted(fault.expected)
    target = {"A[0]": "X"}.get(name, name)
    try:
        verdict = check_formula(formula, target, judge.architecture, notation_for(judge, fault, factor))
    except (Refusal, ValueError, TypeError, KeyError):  # what cannot be explained as a formula is told by its value
        return None
    return in_own_names(verdict, Formula(judge, fault).names)


def notation_for(judge: Judge, fault: Fault, factor: str) -> Notation:
    """The notation in which a line is written: one sample with one axis is a column."""
    stance = judge.stance
    value = fault.seen.event.value
    flat = is_array(value) and value.ndim == 1 and (stance.flat == "all" or fault.seen.sample is not None)
    orientation = "columns" if flat else stance.orientation
    division = "gradients" if factor == "m*" else "error"
    return Notation(orientation=orientation, weights=stance.weights, division=division)


class Formula:
    """The right side of a line with the program's names put as what they hold."""

    def __init__(self, judge: Judge, fault: Fault) -> None:
        self.judge, self.fault = judge, fault
        self.run = judge.result.run
        self.names: dict[str, str] = {}
        self.text = self.of_statement(fault.seen.event.statement)

    def of_statement(self, statement: Any) -> str | None:
        value = getattr(statement, "value", None)
        if not isinstance(value, sx.Syntax) or any(isinstance(each, sx.Chosen) for each in sx.walked(value)):
            return None  # of a choice only one side has been computed
        line = self.line(statement)
        if line is None:
            return None
        operands = self.fault.seen.event.operands
        text = self.written(value, line, dict(operands))
        if text is None or not isinstance(statement, sx.Assignment) or not statement.sign or not statement.targets:
            return text
        before = operands and self.held(dict(operands).get(statement.targets[0].span))
        return f"{before} {statement.sign} ({text})" if before else None

    def line(self, statement: Any) -> str | None:
        return next((each.text for each in self.judge.program.listing.lines if each.number == statement.line), None)

    def written(self, node: sx.Syntax, line: str, operands: dict[sx.Span, Any]) -> str | None:
        """The text of a node, what its names hold put in their place."""
        start, end = whole(line, *node.span)
        parts: list[str] = []
        place = start
        for each in outermost(node):
            if each.span not in operands:
                continue
            if isinstance(operands[each.span], bool | np.bool_):
                continue
            held = self.held(operands[each.span])
            if held is None:
                return None
            own = line[each.span[0] : each.span[1]]
            if held[-1:].isalpha() or held[-1:] == "]":
                self.names.setdefault(held, own)
            parts += [line[place : each.span[0]], held]
            place = each.span[1]
        text = "".join([*parts, line[place:end]])
        matrices = self.judge.program.listing.language.signs.get("*") == "·"
        return MATRIX_PRODUCT.sub("·", text) if matrices else text

    def held(self, value: Any) -> str | None:
        """What a value is, as the notation writes it."""
        if isinstance(value, bool | np.bool_):
            return None
        if is_number(value) and not is_array(value):
            if isinstance(value, int | np.integer) and int(value) == self.run.world.m:
                return "m"
            if float(value) == self.run.world.architecture.l2 != 0:
                return "l2"
            return f"{float(value):g}" if float(value) != self.run.world.eta else None
        told = self.run.teller.sightings(value)
        return next((text for each in told if (text := self.sighted(each, value)) is not None), None)

    def sighted(self, sighting: Sighting, value: Any) -> str | None:
        kind, name = kind_of(sighting.name), sighting.name
        if kind == "slope":
            name = f"f'(Z[{name[6:-1]}])"
        elif kind not in QUANTITIES or " " in name:
            return None
        name = "X" if name == "A[0]" else name
        turned = not self.run.upright(sighting) and np.ndim(value) == 2
        name += ".T" if turned else ""
        if kind in ERRORS and parted(self.fault.expected)[0] == "m*":  # the notation's own errors are m times these
            factor = sighting.factor
            return name if (factor.before, factor.after) == ("m*", "") else f"({factor.write(name)} / m)"
        text = sighting.factor.write(name)
        return text if sighting.exact else f"({text})"


def whole(line: str, start: int, end: int) -> tuple[int, int]:
    """A piece of a line with the brackets around its ends that belong to it."""
    for opening, closing in BRACKETS:
        piece = line[start:end]
        depth = lowest = 0
        for sign in piece:
            depth += (sign == opening) - (sign == closing)
            lowest = min(lowest, depth)
        for _ in range(-lowest):
            start = max(line.rfind(opening, 0, start), 0)
        for _ in range(depth - lowest):
            end = line.find(closing, end) + 1 or len(line)
    return start, end


def outermost(node: sx.Syntax) -> Iterator[sx.Syntax]:
    """The names of an expression, each with its attributes and indices, in the order in which they stand."""
    if isinstance(node, NAMES):
        yield node
        return
    if isinstance(node, sx.Call):
        if isinstance(node.function, sx.Attribute):
            yield from outermost(node.function.object)
        for each in (*node.arguments, *(value for _key, value in node.keywords)):
            yield from outermost(each)
        return
    for each in sx.parts(node):
        yield from outermost(each)


def in_own_names(verdict: Verdict, names: dict[str, str]) -> Verdict:
    """A verdict whose sentences and suggestions are in the program's own names."""
    own = OwnNames(names)
    return replace(
        verdict,
        sentences=tuple(map(own.message, verdict.sentences)),
        suggestions=tuple(replace(each, text=own.text(each.text)) for each in verdict.suggestions),
    )


class OwnNames:
    """Puts a program's names in place of the canonical ones of what they hold, the longest first."""

    def __init__(self, names: dict[str, str]) -> None:
        longest = sorted((held for held, own in names.items() if held != own), key=len, reverse=True)
        self.names = names
        self.pattern = re.compile("|".join(rf"(?<![\w\]]){re.escape(held)}(?![\w\[])" for held in longest) or r"(?!)")

    def text(self, text: str) -> str:
        return self.pattern.sub(lambda found: self.names[found[0]], text)

    def message(self, message: Message) -> Message:
        details = {name: self.detail(value) for name, value in message.details.items()}
        return message.with_details(details)

    def detail(self, value: Any) -> Any:
        if isinstance(value, Message):
            return self.message(value)
        return self.text(value) if isinstance(value, str) else value
