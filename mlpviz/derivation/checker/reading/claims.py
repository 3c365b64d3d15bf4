"""The formulas of a text: the one that it is about, those that say what its names mean, and what else it claims."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from ....maths.expressions import Symbol
from ....maths.symbols import QUANTITIES
from . import syntax as sx
from .entries import SUBSCRIPTED, labels_of
from .lexer import Token
from .names import Namespace
from .refusals import Unread
from .sides import CHANGING, sides
from .spellings import COSTS

MOST_CLAIMS, MOST_NODES = 8, 2000
"""Most formulas of one text, and most parts of one in which names stand for what they mean."""


@dataclass(frozen=True)
class Claims:
    """The tokens of the formula that a text is about, of those that define names of its own, and of the others."""

    main: list[Token]
    meant: Sequence[list[Token]]
    others: Sequence[list[Token]]


def claims(parts: Sequence[list[Token]], scope: Namespace) -> Claims:
    """Tell the formulas of a text apart: names that nothing else says what they are may be defined by one of them."""
    if len(parts) > MOST_CLAIMS:
        raise Unread("sides", limit=MOST_CLAIMS, count=len(parts))
    meant = [part for part in parts if defines(part, scope)]
    about = [part for part in parts if part not in meant and any(word.kind in GIVING for word in part)]
    main = about[0] if about else parts[0]
    return Claims(main, [each for each in meant if each is not main], about[1:])


def defines(part: list[Token], scope: Namespace) -> bool:
    """Whether a formula has a name of its own on its left."""
    if len(part) < 3 or part[0].kind != "word" or scope.knows(part[0].text) or part[0].text in COSTS:
        return False
    try:
        (left, *rights), _ = sides(part)
    except Unread:
        return False
    return bool(rights) and all(word.kind in SCRIPTED for word in left[1:-1])


Scripts = tuple[sx.Syntax, ...]

GIVING = frozenset({"=", *CHANGING})
"""The signs by which a line gives something to its left side."""

SCRIPTED = frozenset({"^", "_", "{", "}", "(", ")", "[", "]", "word", "number", "'", "+", "-"})
"""What may stand beside a name on the left: its scripts, an argument."""


def put_for(node: sx.Syntax, name: sx.Syntax, meaning: sx.Syntax) -> sx.Syntax:
    """A formula with what a name means for the name."""
    return meaning if node == name else sx.changed(node, lambda child: put_for(child, name, meaning))


def spelled_out(node: sx.Syntax, definitions: Sequence[tuple[sx.Syntax, sx.Syntax]]) -> sx.Syntax:
    """A formula with what its names mean in their place, also where that has such names again.

    Raises Unread if it grows too long.
    """
    for _ in definitions:
        before = node
        for name, meaning in definitions:
            node = put_for(node, name, meaning)
            if len(list(islice(sx.walked(node), MOST_NODES))) == MOST_NODES:
                raise Unread("parts", limit=MOST_NODES)
        if node == before:
            break
    return node


def own_names(node: sx.Syntax, scope: Namespace) -> sx.Syntax:
    """A formula with the learner's own name n1 for n_1 and n^(1), where it is said what n1 is."""
    match node:
        case sx.Scripted(sx.Word(text), above, below):
            for index in (*below, *above):
                known = (
                    each for each in (f"{text}{written(index)}", f"{text}_{written(index)}") if each in scope.given
                )
                if (name := next(known, "")) and isinstance(index, sx.Numeral | sx.Word):
                    word = sx.Word(name, span=node.span)
                    rest = tuple(tuple(each for each in scripts if each is not index) for scripts in (above, below))
                    return sx.Scripted(word, *rest, span=node.span) if any(rest) else word
    return sx.changed(node, lambda child: own_names(child, scope))


def own_entries(node: sx.Syntax, scope: Namespace, also_words: bool) -> sx.Syntax:
    """A formula with entries of arrays for those of the learner's own: a^{(2)}_k for o_k.

    Where other entries stand, ``also_words``: z^{(1)}_j for net_j, which elsewhere is a name like another.
    """
    match node:
        case sx.Scripted(sx.Word(text), above, below) if labels_of(below) and is_array(text, scope):
            return entry_of(scope.given[text], above, below, node, scope)
        case sx.Word(text) if also_words and (parts := SUBSCRIPTED.fullmatch(text)) and is_array(text, scope):
            return entry_of(scope.given[text], (), (sx.Word(parts[2]),), node, scope)
    return sx.changed(node, lambda child: own_entries(child, scope, also_words))


def is_array(text: str, scope: Namespace) -> bool:
    return text in scope.given and scope.given[text].name in QUANTITIES


def entry_of(symbol: Symbol, above: Scripts, below: Scripts, node: sx.Syntax, scope: Namespace) -> sx.Syntax:
    """An entry of an array by the array's own letter."""
    letter = sx.Word(QUANTITIES[symbol.name].spellings[0], span=node.span)
    layer = () if symbol.layer is None else (sx.Numeral(scope.notation.number(symbol)),)
    return sx.Scripted(letter, (*layer, *above), below, span=node.span)


def with_cost(node: sx.Syntax, scope: Namespace) -> sx.Syntax:
    """A formula with J for a capital or Greek letter of one's own that is but derived, as in ∂Q/∂W."""
    above = [each.above for each in sx.walked(node) if isinstance(each, sx.Derivative)]
    derived = {each.text for each in above if isinstance(each, sx.Word)}
    letters = {each for each in derived if CAPITAL.fullmatch(each) and not scope.knows(each)} - COSTS
    return j_for(node, frozenset(letters)) if letters else node


def j_for(node: sx.Syntax, letters: frozenset[str]) -> sx.Syntax:
    if isinstance(node, sx.Derivative) and isinstance(node.above, sx.Word) and node.above.text in letters:
        return sx.Derivative(sx.Word("J", span=node.above.span), node.below, span=node.span)
    return sx.changed(node, lambda child: j_for(child, letters))


CAPITAL = re.compile(r"[A-ZΑ-Ωα-ω]")


def written(index: sx.Syntax) -> str:
    return str(index.value) if isinstance(index, sx.Numeral) else index.text if isinstance(index, sx.Word) else ""
