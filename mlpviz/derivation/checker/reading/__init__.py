"""From a line of text to trees: tokens, syntax, and what it means in a network."""

from __future__ import annotations

from dataclasses import dataclass, replace

from ....maths.expressions import Expression, Symbol
from ....maths.symbols import CONSTANTS
from .chains import is_local
from .dialects import DIALECTS, Language, dialect_of
from .grammar import GRAMMAR
from .indexed import is_indexed, left_whole, whole
from .lexer import MOST_NESTED, OPENING, Token, limited, tokens
from .lowering import Reader, unsaid
from .meanings import LINKED, MEANINGS, target
from .names import Namespace
from .parser import Parser
from .refusals import Unread
from .syntax import Derivative, Index, Numeral, Operation, Scripted, Span, Syntax, Word, walked

__all__ = ["DIALECTS", "Reading", "Side", "Unread", "read", "read_target"]


@dataclass(frozen=True)
class Side:
    """One of the equal parts of a line: the array that it names, if it is but a name, and each way to read it."""

    symbol: Symbol | None
    trees: tuple[Expression, ...]
    span: Span


@dataclass(frozen=True)
class Reading:
    """A line as read: its parts between equals signs, the names in it, and its dialect."""

    sides: tuple[Side, ...]
    names: Namespace
    dialect: Language

    @property
    def left(self) -> Symbol | None:
        """The array that the line is about, if it says so."""
        return self.sides[0].symbol if len(self.sides) > 1 else None

    @property
    def trees(self) -> tuple[Expression, ...]:
        """Each way to read the right side."""
        return self.sides[-1].trees


def read(formula: str, scope: Namespace) -> Reading:
    """Read a line such as ``dW[2] = delta[2].T @ A[1]``, or its right side alone; between several signs all are sides.

    A side has two trees if products without a sign bind tighter in one of them.
    Raises Unread if it is not in the grammar.
    """
    dialect = dialect_of(formula)
    words = tokens(formula, dialect)
    balanced(words)
    scope.line = frozenset(word.text for word in words if word.kind == "word")
    first, *others = split(words)
    if not others:
        return Reading((side(first, scope, dialect),), scope, dialect)
    node = syntax(first, scope, dialect)
    scope = shifted(node, scope)
    left = Side(target(in_arrays(node, node, scope), scope, dialect), (), node.span)
    scope = fresh(scope)
    return Reading((left, *(side(part, scope, dialect, node) for part in others)), scope, dialect)


def side(words: list[Token], scope: Namespace, dialect: Language, left: Syntax | None = None) -> Side:
    """A side with its two readings, or one where they are the same."""
    written = syntax(words, scope, dialect)
    node = in_arrays(written, left, scope)
    meanings = LINKED if any(map(is_local, walked(node))) else MEANINGS
    loose = Reader(scope, dialect, meanings).tree(node)
    if scope.unknown:
        raise unsaid(scope, node)
    trees = [loose]
    if any(isinstance(each, Operation) and each.sign == " " for each in walked(written)):
        tighter = in_arrays(syntax(words, scope, dialect, tight=True), left, scope)
        trees.append(Reader(fresh(scope), dialect, meanings).tree(tighter))
    symbol = loose if isinstance(loose, Symbol) and loose.name not in CONSTANTS else None
    return Side(symbol, tuple(dict.fromkeys(trees)), node.span)


def syntax(words: list[Token], scope: Namespace, dialect: Language, tight: bool = False) -> Syntax:
    parser = Parser(words, dialect, GRAMMAR, Reader(scope, dialect, MEANINGS).calls, tight)
    node = parser.expression()
    if not parser.at("end"):
        key = "comma" if parser.at(",") else "unexpected"
        raise Unread(key, text=f"“{parser.next.text}”", span=parser.next.span)
    return node


def in_arrays(node: Syntax, left: Syntax | None, scope: Namespace) -> Syntax:
    """A side in whole arrays, where it is written in entries."""
    if node is left:
        return left_whole(node, scope) if is_indexed(node, scope) else node
    return whole(node, left, scope) if is_indexed(node, scope) else node


def read_target(text: str, scope: Namespace) -> Symbol:
    """The array that a target names.

    Raises Unread if it names none.
    """
    words = tokens(text, DIALECTS["plain"])
    balanced(words)
    return target(syntax(words, scope, DIALECTS["plain"]), scope, DIALECTS["plain"])


def fresh(scope: Namespace) -> Namespace:
    return replace(scope, letters={}, forms=set(), words=set(), unknown=[])


def balanced(words: list[Token]) -> None:
    """Refuse brackets that do not match, or stand too deep in one another."""
    waiting: list[Token] = []
    for word in words:
        if word.kind in OPENING:
            waiting.append(word)
            limited("brackets", MOST_NESTED, len(waiting))
        elif word.kind in OPENING.values() and (not waiting or OPENING[waiting.pop().kind] != word.kind):
            raise Unread("closed", span=word.span)
    if waiting:
        raise Unread("open", span=waiting[-1].span)


def split(words: list[Token]) -> list[list[Token]]:
    """The tokens of each side of a line."""
    sides: list[list[Token]] = [[]]
    depth = 0
    for word in words[:-1]:
        depth += (word.kind in OPENING) - (word.kind in OPENING.values())
        if word.kind == "=" and not depth:
            sides.append([])
        else:
            sides[-1].append(word)
    if len(sides) > 1 and not sides[0]:
        raise Unread("equals", span=words[0].span)
    return [[*side, replace(words[-1], span=(side[-1].span[1],) * 2) if side else words[-1]] for side in sides]


def shifted(left: Syntax, scope: Namespace) -> Namespace:
    """The names of a line whose left side, such as Z[0] or Z[L - 1] for the output, counts its lists from 0."""
    layer = layer_of(left)
    if layer is None or scope.layer is None or not (layer == Numeral(0) or Word("L") in walked(layer)):
        return scope
    first = scope.notation.first_layer
    return replace(scope, shift=max(0, min(1, scope.layer + first - scope.number(layer))))


def layer_of(left: Syntax) -> Syntax | None:
    """The layer that the left side of a line names; the index of the cost's own letter is none."""
    if isinstance(left, Derivative):
        return layer_of(left.below)
    for node in walked(left):
        match node:
            case Index(_, (item,)):
                return item
            case Scripted(_, above, below) if above or below:
                return (above or below)[0]
    return None
