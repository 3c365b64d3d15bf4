"""A line of a formula: what stands on either side of its equals sign, and the ways to read it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ...maths.expressions import Expression, Symbol
from .grammar import Token, tokens
from .names import COSTS, Scope
from .parser import CLOSING, Parser
from .refusal import Refusal


@dataclass(frozen=True)
class Line:
    """A formula as read: the array on its left, if any, and each way to read its right side."""

    left: Symbol | None
    readings: tuple[Expression, ...]
    scope: Scope


def parse(formula: str, scope: Scope) -> Line:
    """A line such as ``dW[2] = delta[2].T @ A[1]``, or its right side alone.

    Two readings if products without a sign bind tighter in one of them.
    Raises Refusal if it is not in the grammar.
    """
    words = tokens(formula)
    balanced(words)
    sides = split(words)
    left = None
    if len(sides) == 2:
        scope = shifted(sides[0], scope)
        left = parse_target(sides[0], scope)
        scope = fresh(scope)
    loose = Parser(sides[-1], scope).whole()
    tight = Parser(sides[-1], fresh(scope), tight=True).whole()
    return Line(left, (loose,) if tight == loose else (loose, tight), scope)


def fresh(scope: Scope) -> Scope:
    """The same names, none of them met yet."""
    return replace(scope, letters={}, forms=set(), words=set())


def balanced(words: list[Token]) -> None:
    """Refuse brackets that do not match."""
    waiting: list[str] = []
    for word in words:
        if word.kind == "open":
            waiting.append(CLOSING[word.text])
        elif word.kind == "close" and (not waiting or waiting.pop() != word.text):
            raise Refusal("closed")
    if waiting:
        raise Refusal("open")


def split(words: list[Token]) -> list[list[Token]]:
    """The sides of the equals sign."""
    places = [place for place, word in enumerate(words) if word.name == "="]
    if not places:
        return [words]
    if len(places) > 1 or places[0] == 0:
        raise Refusal("equals")
    return [[*words[: places[0]], words[-1]], words[places[0] + 1 :]]


def shifted(words: list[Token], scope: Scope) -> Scope:
    """The scope of a line whose left side, such as Z[L - 1] for the output or Z[0], counts its lists from 0."""
    index = next((word.layer for word in words if word.layer and ("L" in word.layer or word.layer == "0")), None)
    if index is None or scope.layer is None:
        return scope
    first = scope.notation.first_layer
    return replace(scope, shift=max(0, min(1, scope.layer + first - scope.number(index))))


def parse_target(words: list[Token], scope: Scope) -> Symbol:
    """What stands on the left of a line, or is asked for."""
    parser = Parser(words, scope)
    if parser.next.kind == "name" and parser.next.name in COSTS and parser.peek(1).kind == "end":
        return Symbol("cost")
    node = parser.whole()
    if not isinstance(node, Symbol) or node.name in ("m", "n", "l2"):
        raise Refusal("equals")
    return node
