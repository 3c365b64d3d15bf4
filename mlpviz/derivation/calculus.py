"""Formulas in single entries: Entry and SumOver of ``indices``, Indicator (1_ij), Partial (∂u/∂v), and their matrix."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any

import numpy as np

from ..engine.evaluate import evaluate
from ..maths.expressions import Expression, Number, Symbol, rebuild, walk
from ..maths.symbols import SCALARS, Dimension, Shape
from .indices import Entry, Index, SumOver, Unrolled

ZERO, ONE = Number(0), Number(1)


@dataclass(frozen=True)
class Assembled(Symbol):
    """[e_ij]_ij: a matrix given by its entry, a formula in the free indices ``row`` and ``column`` (None: size 1)."""

    body: Expression = ZERO
    row: Index = "i"
    column: Index = "j"
    dimensions: Shape = (1, 1)

    def __str__(self) -> str:
        return f"assembled {self.body!r}"


@dataclass(frozen=True)
class Indicator(Expression):
    """1_ij: 1 where two indices agree, else 0."""

    left: str
    right: str


@dataclass(frozen=True)
class Partial(Expression):
    """∂of/∂by of single entries, with the formula it comes to; ``of`` None stands for the cost."""

    of: Entry | None
    by: Entry
    body: Expression


def assembled(body: Expression, row: Index, column: Index, dimensions: Shape) -> Assembled:
    return Assembled("assembled", None, body, row, column, dimensions)


def index_names(node: Expression) -> list[str]:
    names: dict[str, None] = {}
    for part in walk(node):
        match part:
            case Entry(_, row, column):
                names |= dict.fromkeys(name for index in (row, column) for name in parts(index))
            case SumOver(index, _, _):
                names[index] = None
            case Indicator(left, right):
                names |= {left: None, right: None}
    return list(names)


def with_own_indices(node: Expression, names: Mapping[str, str], numbers: Iterator[int]) -> Expression:
    """The formula with a different index for every Σ: sums side by side may share a letter."""
    other = lambda index: names.get(index, index) if index else index  # noqa: E731
    match node:
        case Entry(symbol, row, column):
            return Entry(symbol, other(row), other(column))
        case Indicator(left, right):
            return Indicator(other(left), other(right))
        case SumOver(index, dimension, body):
            own = f"{index}{next(numbers)}"
            return SumOver(own, dimension, with_own_indices(body, {**names, index: own}, numbers))
        case Partial(_, _, body):
            return with_own_indices(body, names, numbers)
        case Symbol():
            return node
    return rebuild(node, lambda child: with_own_indices(child, names, numbers))


def assemble(node: Assembled, shown: Callable[[Symbol], Any], size: Callable[[Dimension], int]) -> np.ndarray:
    """The values of an assembled matrix, all entries at once: each index is an axis."""
    body = with_own_indices(node.body, {}, count())
    names = list(dict.fromkeys([*filter(None, (node.row, node.column)), *index_names(body)]))
    sizes = dict.fromkeys(names, 1)
    sizes |= {name: size(d) for name, d in zip((node.row, node.column), node.dimensions, strict=True) if name}
    sizes |= {part.index: size(part.dimension) for part in walk(body) if isinstance(part, SumOver)}
    axes = {name: np.arange(sizes[name]).reshape([-1 if n == name else 1 for n in names]) for name in names}
    free = tuple(sizes[name] if name in (node.row, node.column) else 1 for name in names)
    result = np.broadcast_to(entries(body, shown, axes), free)
    return result.reshape(size(node.dimensions[0]), size(node.dimensions[1]))


def parts(index: Index) -> list[str]:
    """The names that an index is made of."""
    names = (index.row, index.column) if isinstance(index, Unrolled) else (index,)
    return [name for name in names if name]


def places(index: Index, axes: Mapping[str, np.ndarray]) -> Any:
    """The numbers of the entries along an axis that an index goes through."""
    if isinstance(index, Unrolled):
        return places(index.row, axes) * index.length + places(index.column, axes)
    return axes[index] if index else 0


def entries(node: Expression, shown: Callable[[Symbol], Any], axes: dict[str, np.ndarray]) -> Any:
    """The value of a formula in entries along the axes of its indices."""
    match node:
        case Entry(symbol, row, column):
            return np.asarray(shown(symbol))[places(row, axes), places(column, axes)]
        case SumOver(index, _, body):
            axis = axes[index].shape.index(axes[index].size) if axes[index].size > 1 else None
            terms = entries(body, shown, axes)
            if axis is None:
                return terms
            wide = np.broadcast_shapes(np.shape(terms), axes[index].shape)
            return np.broadcast_to(terms, wide).sum(axis, keepdims=True)
        case Indicator(left, right):
            return (axes[left] == axes[right]).astype(float)
        case Partial(_, _, body):
            return entries(body, shown, axes)
        case Symbol(name) if name in SCALARS:
            return shown(node)
    return evaluate(rebuild(node, lambda child: Number(entries(child, shown, axes))), shown)
