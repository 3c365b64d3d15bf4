"""Sums of products of entries as products of whole arrays: Σ_k w_kj δ_k is Wᵀ δ. It serves index notation and einsum.

An array has a label along each of its two axes, "" where it has one entry there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Any

from .refusals import Unread

Axes = tuple[str, str]

SAMPLE = "·"
"""The label of the axis along the samples, which index notation seldom writes."""


@dataclass(frozen=True)
class Labelled:
    """An array with the labels of its rows and of its columns."""

    array: Any
    axes: Axes = ("", "")

    def renamed(self, old: str, new: str) -> Labelled:
        rows, columns = (new if label == old else label for label in self.axes)
        return Labelled(self.array, (rows, columns))

    @property
    def labels(self) -> frozenset[str]:
        return frozenset(self.axes) - {""}


@dataclass(frozen=True)
class Algebra:
    """How arrays of one kind, trees or what was written, are put together.

    ``total`` adds an array up along the axis that has a label, or along both (None); ``repeated`` repeats a vector
    along its short axis, for each unit that a label counts; ``diagonal`` makes a matrix of a vector.
    """

    product: Callable[[Any, Any], Any]
    times: Callable[[Any, Any], Any]
    turned: Callable[[Any], Any]
    total: Callable[[Any, int | None, str], Any]
    repeated: Callable[[Any, int, str], Any]
    diagonal: Callable[[Any], Any]


@dataclass(frozen=True)
class Contraction:
    """How factors are multiplied: ``order`` has the labels that stand first if there is a choice."""

    algebra: Algebra
    order: tuple[str, ...] = ()

    def contracted(self, factors: Iterable[Labelled], bound: Iterable[str]) -> Labelled:
        """The product of factors, summed over the labels ``bound``.

        Raises Unread if no product of whole arrays is that.
        """
        pieces, waiting = self.merged(factors), set(bound)
        while (label := next(ready(pieces, waiting), None)) is not None:
            pieces = self.merged(self.without(label, pieces, waiting))
            waiting.discard(label)
        if any(waiting & piece.labels for piece in pieces):
            raise Unread("indices")
        return self.together(pieces)

    def merged(self, factors: Iterable[Labelled]) -> list[Labelled]:
        """The factors, those with the same labels multiplied entry by entry."""
        found: dict[frozenset[str], Labelled] = {}
        for factor in factors:
            first = found.get(factor.labels)
            found[factor.labels] = factor if first is None else self.times(first, factor)
        return list(found.values())

    def times(self, left: Labelled, right: Labelled) -> Labelled:
        return Labelled(self.algebra.times(left.array, self.like(right, left.axes).array), left.axes)

    def like(self, piece: Labelled, axes: Axes) -> Labelled:
        """A piece, transposed if its labels stand the other way round than in ``axes``."""
        misplaced = any(label and label == axes[1 - k] and axes[0] != axes[1] for k, label in enumerate(piece.axes))
        return self.turned(piece) if misplaced else piece

    def turned(self, piece: Labelled) -> Labelled:
        return Labelled(self.algebra.turned(piece.array), piece.axes[::-1])

    def without(self, label: str, pieces: Sequence[Labelled], bound: set[str]) -> list[Labelled]:
        """The pieces, summed over a label that one or two of them have."""
        holders = [piece for piece in pieces if label in piece.labels]
        others = [piece for piece in pieces if label not in piece.labels]
        first, *rest = holders
        return [*others, self.product(label, first, *rest) if rest else self.added(label, first, bound)]

    def added(self, label: str, piece: Labelled, bound: set[str]) -> Labelled:
        """One array, summed along the axis of a label, or along both if both labels are ``bound``."""
        if piece.labels <= bound and len(piece.labels) == 2:
            bound -= piece.labels
            return Labelled(self.algebra.total(piece.array, None, ""))
        axis = piece.axes.index(label)
        rest = ("", piece.axes[1]) if axis == 0 else (piece.axes[0], "")
        return Labelled(self.algebra.total(piece.array, axis, label), rest)

    def product(self, label: str, left: Labelled, right: Labelled) -> Labelled:
        """The matrix product of two arrays that share a label."""
        x, y = (next(iter(each.labels - {label}), "") for each in (left, right))
        if self.swapped(x, y):
            left, right = right, left
        first = left if left.axes[1] == label else self.turned(left)
        second = right if right.axes[0] == label else self.turned(right)
        return Labelled(self.algebra.product(first.array, second.array), (first.axes[0], second.axes[1]))

    def swapped(self, x: str, y: str) -> bool:
        """Whether y stands before x in the order asked for."""
        known = [self.order.index(label) if label in self.order else None for label in (x, y)]
        return None not in known and known[0] > known[1]  # type: ignore[operator]

    def together(self, pieces: Sequence[Labelled]) -> Labelled:
        """The product of what is left when all sums are done: numbers, two vectors, or an array and vectors."""
        numbers = [piece for piece in pieces if not piece.labels]
        arrays = sorted((piece for piece in pieces if piece.labels), key=lambda piece: -len(piece.labels))
        if len(arrays) == 2 and all(len(piece.labels) == 1 for piece in arrays):
            arrays = [self.outer(*arrays)]
        elif len(arrays) > 1:
            arrays = [reduce(self.scaled, arrays)]
        return reduce(
            lambda one, other: Labelled(self.algebra.times(one.array, other.array), other.axes), [*numbers, *arrays]
        )

    def outer(self, left: Labelled, right: Labelled) -> Labelled:
        (x,), (y,) = left.labels, right.labels
        if self.swapped(x, y):
            left, right = right, left
        column = left if left.axes[0] else self.turned(left)
        row = right if right.axes[1] else self.turned(right)
        return Labelled(self.algebra.product(column.array, row.array), (column.axes[0], row.axes[1]))

    def scaled(self, array: Labelled, vector: Labelled) -> Labelled:
        """The rows or the columns of an array, each times an entry of a vector."""
        if not vector.labels < array.labels:
            raise Unread("indices")
        (label,) = vector.labels
        if label == SAMPLE:
            vector = self.like(vector, array.axes)
            axis = 1 - vector.axes.index(SAMPLE)
            wide = self.algebra.repeated(vector.array, axis, array.axes[axis])
            return self.times(array, Labelled(wide, array.axes))
        diagonal = self.algebra.diagonal(vector.array)
        sides = (diagonal, array.array) if label == array.axes[0] else (array.array, diagonal)
        return Labelled(self.algebra.product(*sides), array.axes)


def ready(pieces: Sequence[Labelled], waiting: set[str]) -> Iterator[str]:
    """The labels to be summed over that at most two pieces have, in the order in which they appear."""
    labels = dict.fromkeys(label for piece in pieces for label in piece.axes if label in waiting)
    return (label for label in labels if sum(label in piece.labels for piece in pieces) <= 2)
