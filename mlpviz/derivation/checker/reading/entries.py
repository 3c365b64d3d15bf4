"""Single entries in a formula: w_jk, δ_j^{(l)}, 1_ij, [δ_i a_j]_ij, as what they are written with."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from . import syntax as sx
from .names import Namespace
from .refusals import Unread
from .spellings import parted

PRODUCTS = frozenset({" ", "*", "·", "×", "@"})
SAMPLES = frozenset("b m n N".split())
"""What the number of samples is called where it divides."""

SUBSCRIPTED = re.compile(r"([^\W\d_]+[0-9]*)_([a-km-z]{1,2})")
"""A name with an index in one word: w_jk."""

INDICES = re.compile(r"[a-km-zℓ]{1,3}")


EVERY = ":"
"""The index of a whole row or column, W_{:,j}."""


@dataclass(frozen=True)
class IndexedArray(sx.Syntax):
    """An array with its indices: its letter, the quantity it is, its layer if it is written, and its samples' index."""

    letter: str
    name: str
    layer: sx.Syntax | None
    indices: tuple[str, ...]
    sample: str = ""


@dataclass(frozen=True)
class Same(sx.Syntax):
    """1 where two indices are equal, else 0."""

    left: str
    right: str


# What has indices


def is_indexed(node: sx.Syntax, scope: Namespace) -> bool:
    """Whether a formula has single entries or single samples in it."""
    return any(
        (isinstance(each, sx.Summed) and each.index) or is_assembled(each) or entry(each, scope) is not None
        for each in sx.walked(node)
    )


def is_assembled(node: sx.Syntax) -> bool:
    """Whether this is something in square brackets with indices, [δ_i a_j]_ij."""
    return isinstance(node, sx.Scripted) and isinstance(node.base, sx.Sequence) and bool(labels_of(node.below))


def entry(node: sx.Syntax, scope: Namespace) -> IndexedArray | None:
    """A name with an index, such as w_jk; None if there is no index."""
    match node:
        case sx.Word(text) if (match := SUBSCRIPTED.fullmatch(text)) and not scope.knows(text):
            return named(match[1], (), (sx.Word(match[2]),), scope, node)
        case sx.Scripted(sx.Word(text), above, below) if match := SUBSCRIPTED.fullmatch(text):
            return named(match[1], above, (sx.Word(match[2]), *below), scope, node)
        case sx.Scripted(sx.Word(text), above, below):
            return named(text, above, below, scope, node)
    return None


def named(
    word: str, above: tuple[sx.Syntax, ...], below: tuple[sx.Syntax, ...], scope: Namespace, node: sx.Syntax
) -> IndexedArray | None:
    letter, number = parted(word)
    name = scope.spellings.all.get(letter)
    indices = labels_of(below)
    samples = [script for script in above if letters(script)]
    if name is None or not (indices or samples):
        return None
    layers = [script for script in (*above, *below) if not letters(script)]
    if number:
        layers.append(sx.Numeral(int(number)))
    if len(layers) > 1 or len(samples) > 1:
        raise Unread("two layers", text=letter, span=node.span)
    sample = letters(samples[0])[0] if samples else ""
    return IndexedArray(letter, name, layers[0] if layers else None, indices, sample, span=node.span)


def letters(node: sx.Syntax) -> tuple[str, ...]:
    """The indices that a script has: jk is j and k; a number, l or L is a layer."""
    if isinstance(node, sx.Word) and (INDICES.fullmatch(node.text) or node.text == EVERY):
        return tuple(node.text)
    if isinstance(node, sx.Sequence):
        return tuple(letter for item in node.items for letter in letters(item))
    return ()


def labels_of(scripts: Iterable[sx.Syntax]) -> tuple[str, ...]:
    return tuple(label for script in scripts for label in letters(script))


def has_dots(node: sx.Syntax) -> bool:
    """Whether a vector is written out with dots between its entries."""
    return any(isinstance(each, sx.Sequence) and DOTS in each.items for each in sx.walked(node))


DOTS = sx.Sequence((sx.Word("…"),))
"""The row of a vector that stands for all rows between the first and the last."""


def indexed_by(node: sx.Syntax, below: tuple[sx.Syntax, ...]) -> sx.Syntax:
    """An array in brackets with indices below them: the same with the indices at the array."""
    match node:
        case sx.Derivative(above, inside):
            return sx.Derivative(above, indexed_by(inside, below), span=node.span)
        case sx.Scripted(base, above, lowered):
            return sx.Scripted(base, above, (*lowered, *below), span=node.span)
    return sx.Scripted(node, (), below, span=node.span)


def without_number(node: sx.Syntax) -> sx.Syntax:
    """The first entry of a vector, ∂J/∂z_1, as the vector."""
    match node:
        case sx.Derivative(above, inside):
            return sx.Derivative(above, without_number(inside), span=node.span)
        case sx.Scripted(base, above, (sx.Numeral(),)) if above:
            return sx.Scripted(base, above, (), span=node.span)
        case sx.Scripted(base, (), (sx.Numeral(),)):
            return base
    return node


def unit(units: Mapping[str, int]) -> str:
    """The index that counts an array's own units."""
    return next((label for label, passed in units.items() if passed == 0), "")


def has_same(node: sx.Syntax) -> bool:
    """Whether a formula has 1_ij in it, or the derivative of an entry by another."""
    return any(
        isinstance(each, Same) or (isinstance(each, sx.Derivative) and isinstance(each.above, IndexedArray))
        for each in sx.walked(node)
    )


def softmax_of(above: sx.Syntax, below: sx.Syntax) -> sx.Syntax | None:
    """The z of e^{z_i} / Σ_k e^{z_k}."""
    match above, below:
        case sx.Scripted(sx.Word("e"), (IndexedArray() as z,), ()), sx.Summed(
            sx.Scripted(sx.Word("e"), (IndexedArray() as other,), ())
        ):
            return z if (z.name, z.layer) == (other.name, other.layer) else None
    return None


def terms(node: sx.Syntax, sign: str = "+") -> Iterator[tuple[str, sx.Syntax]]:
    """The terms of a sum with their signs."""
    match node:
        case sx.Operation("+" | "-" as between, left, right):
            yield from terms(left, sign)
            for inner, each in terms(right):
                minus = (inner == "-") ^ (between == "-") ^ (sign == "-")
                yield "-" if minus else "+", each
        case _:
            yield sign, node
