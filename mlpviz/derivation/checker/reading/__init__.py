"""From a line of text to trees: tokens, syntax, and what it means in a network."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ....maths.expressions import Expression, Symbol
from ....maths.messages import in_quotes
from ....maths.symbols import CONSTANTS
from .. import nodes as nd
from . import syntax as sx
from .chains import is_local
from .claims import Claims, claims, own_entries, own_names, spelled_out, with_cost
from .dialects import DIALECTS, Language, dialects_of
from .entries import has_dots, is_indexed
from .glued import separated
from .grammar import GRAMMAR
from .lexer import Token, tokens
from .lowering import Meanings, Reader, unsaid
from .meanings import LINKED, MEANINGS, target
from .names import Namespace
from .parser import Parser
from .readings import Reading, Side, merged
from .rebound import rebound
from .refusals import Unread
from .sides import balanced, between, sides
from .whole_arrays import left_whole, whole
from .words import PLACED

__all__ = ["DIALECTS", "Reading", "Side", "Unread", "read", "read_target"]


def read(formula: str, scope: Namespace) -> Reading:
    """Read a line such as ``dW[2] = delta[2].T @ A[1]``, or its right side alone; between several signs all are sides.

    A side has several trees if it can be read in several ways: products without a sign may bind tighter.
    Raises Unread if it is not in the grammar.
    """
    readings = [read_in(dialect, formula, scope) for dialect in dialects_of(formula)]
    return merged(readings) if len(readings) > 1 else readings[0]


def read_in(dialect: Language, formula: str, scope: Namespace) -> Reading:
    """Read a line in a dialect."""
    told = claims(rebound(formulas(tokens(formula, dialect))), scope)
    scope = named_in(told, scope, dialect)
    words = told.main if dialect.is_code else list(separated(told.main, scope))
    parts, sign = sides(words)
    reading = (
        of_sides(parts, scope, dialect)
        if len(parts) > 1
        else Reading((side(parts[0], scope, dialect),), scope, dialect)
    )
    others, meant = (tuple(map(place_of, each)) for each in (told.others, told.meant))
    return replace(reading, sign=sign if len(parts) > 1 else "", others=others, meant=meant)


def named_in(told: Claims, scope: Namespace, dialect: Language) -> Namespace:
    """The names of a line, with those that its text defines."""
    scope = replace(scope, definitions=tuple(defined(told.meant, scope, dialect)))
    scope.line = frozenset(word.text for word in told.main if word.kind == "word")
    scope.implied = scope.layer is not None and (dialect.is_code or any(map(is_relative, scope.line)))
    return scope


def of_sides(parts: Sequence[list[Token]], scope: Namespace, dialect: Language) -> Reading:
    """A line of several sides; that of Xᵀ = … is read as one of X = …."""
    first, *others = parts
    node = parsed(first, scope, dialect)
    is_turned = isinstance(node, sx.Transposed)
    node = node.operand if isinstance(node, sx.Transposed) else node
    scope = below_left(shifted(node, scope), node)
    left = Side(named(in_arrays(node, node, scope), scope, dialect), (), node.span)
    unnamed = tuple(scope.unknown)
    scope = fresh(scope)
    scope.implied = scope.implied or is_of_one_unit(node, scope)
    read_sides = [side(part, scope, dialect, node) for part in others]
    if is_turned:
        read_sides = [turned_side(each) for each in read_sides]
    return Reading((left, *read_sides), scope, dialect, unnamed=unnamed)


def is_of_one_unit(left: sx.Syntax, scope: Namespace) -> bool:
    """Whether a line about an error names nothing but its own layer's z and a, none with a layer: those asked for."""
    names = {scope.spellings.of_layer(word) for word in scope.line if scope.needs_layer(word)}
    unplaced = (
        isinstance(left, sx.Derivative) and isinstance(left.below, sx.Word) and scope.needs_layer(left.below.text)
    )
    return scope.layer is not None and unplaced and names <= {"Z", "A"}


def place_of(part: Sequence[Token]) -> sx.Span:
    return min(word.span[0] for word in part[:-1]), max(word.span[1] for word in part[:-1])


def is_relative(word: str) -> bool:
    """Whether a word names the array of a neighbouring layer, such as A_prev, so that those beside it have layer l."""
    return any(PLACED[place].fullmatch(word) for place in ("before", "after"))


def below_left(scope: Namespace, left: sx.Syntax) -> Namespace:
    """The names of a line about dA_prev: what is asked for is then one layer below l."""
    is_below = isinstance(left, sx.Word) and PLACED["before"].fullmatch(left.text)
    return replace(scope, layer=scope.layer + 1) if is_below and scope.layer is not None else scope


def formulas(words: list[Token]) -> list[list[Token]]:
    """The tokens of each formula of a text, with an end."""
    *line, end = words
    return [[*part, end] for part in between(line, [k for k, word in enumerate(line) if word.kind == "⇒"])]


def defined(meant: Sequence[list[Token]], scope: Namespace, dialect: Language) -> Iterator[tuple[sx.Syntax, sx.Syntax]]:
    """The names of the learner's own that a text defines, each with what it is there said to be."""
    for part in meant:
        (left, right, *_), _ = sides(part)
        yield parsed(left, scope, dialect), parsed(right, scope, dialect)


def named(left: sx.Syntax, scope: Namespace, dialect: Language) -> Symbol | None:
    """The array on the left of a line; None for a name of the learner's own that nothing says what it is."""
    try:
        return target(left, scope, dialect)
    except Unread as refusal:
        if refusal.key == "layer" and scope.layer is not None and not scope.implied:
            return named(
                left, replace(scope, implied=True), dialect
            )  # ∂J/∂W = …, where it is said which one is asked for
        if not scope.unknown or not isinstance(left, sx.Word | sx.Index | sx.Scripted | sx.Attribute):
            raise
        return None


def side(words: list[Token], scope: Namespace, dialect: Language, left: sx.Syntax | None = None) -> Side:
    """A side with its two readings, or one where they are the same."""
    written = parsed(words, scope, dialect)
    node = in_arrays(written, left, scope)
    meanings = LINKED if any(map(is_local, sx.walked(node))) else MEANINGS
    loose = said(scope, dialect, meanings, node)
    trees = [loose]
    if any(isinstance(each, sx.Operation) and each.sign == " " for each in sx.walked(written)):
        tighter = in_arrays(parsed(words, scope, dialect, tight=True), left, scope)
        trees.append(Reader(fresh(scope), dialect, meanings).tree(tighter))
    symbol = loose if isinstance(loose, Symbol) and loose.name not in CONSTANTS else None
    clashes, scope.clashes = tuple(scope.clashes), []
    return Side(symbol, tuple(dict.fromkeys(trees)), node.span, clashes)


def said(scope: Namespace, dialect: Language, meanings: Meanings, node: sx.Syntax) -> Expression:
    """The tree of a side whose names are all known; f'(net) belongs to a layer once it is said what net is."""
    try:
        tree = Reader(scope, dialect, meanings).tree(node)
    except Unread as refusal:
        if refusal.key != "argument" or not scope.unknown:
            raise
        raise unsaid(scope, node) from None
    if scope.unknown:
        raise unsaid(scope, node)
    return tree


def turned_side(side: Side) -> Side:
    """A side of Xᵀ = …, as a side of X = …."""
    return replace(side, symbol=None, trees=tuple(map(nd.turned, side.trees)))


def parsed(words: list[Token], scope: Namespace, dialect: Language, tight: bool = False) -> sx.Syntax:
    parser = Parser(words, dialect, GRAMMAR, Reader(scope, dialect, MEANINGS).calls, tight)
    node = parser.expression()
    if not parser.at("end"):
        key = "comma" if parser.at(",") else "unexpected"
        raise Unread(key, text=in_quotes(parser.next.text), span=parser.next.span)
    node = with_cost(in_own_names(node, scope) if scope.given else node, scope)
    return spelled_out(node, scope.definitions)


def in_own_names(node: sx.Syntax, scope: Namespace) -> sx.Syntax:
    """A formula with arrays, or entries of them, for the learner's own names."""
    node = own_names(node, scope)
    return own_entries(node, scope, is_indexed(node, scope))


def in_arrays(node: sx.Syntax, left: sx.Syntax | None, scope: Namespace) -> sx.Syntax:
    """A side in whole arrays, where it is written in entries."""
    if node is left:
        return left_whole(node, scope) if is_indexed(node, scope) else node
    return whole(node, left, scope) if is_indexed(node, scope) or has_dots(node) else node


def read_target(text: str, scope: Namespace) -> Symbol:
    """The array that a target names.

    Raises Unread if it names none.
    """
    words = tokens(text, DIALECTS["plain"])
    balanced(words)
    return target(parsed(words, scope, DIALECTS["plain"]), scope, DIALECTS["plain"])


def fresh(scope: Namespace) -> Namespace:
    return replace(scope, letters={}, forms=set(), words=set(), unknown=[], clashes=[])


def shifted(left: sx.Syntax, scope: Namespace) -> Namespace:
    """The names of a line whose left side, such as Z[0] or Z[L - 1] for the output, counts its lists from 0."""
    layer = layer_of(left)
    if layer is None or scope.layer is None or not (layer == sx.Numeral(0) or sx.Word("L") in sx.walked(layer)):
        return scope
    first = scope.notation.first_layer
    return replace(scope, shift=max(0, min(1, scope.layer + first - scope.number(layer))))


def layer_of(left: sx.Syntax) -> sx.Syntax | None:
    """The layer that the left side of a line names; the index of the cost's own letter is none."""
    if isinstance(left, sx.Derivative):
        return layer_of(left.below)
    for node in sx.walked(left):
        match node:
            case sx.Index(_, (item,)):
                return item
            case sx.Scripted(_, above, below) if above or below:
                return (above or below)[0]
    return None
