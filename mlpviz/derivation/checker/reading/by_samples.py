"""Sums over the samples that a generator writes out: sum(np.outer(δ[i], a[i]) for i in range(m)) is δᵀ a."""

from __future__ import annotations

from ....maths import expressions as ex
from ....maths.expressions import Expression, Symbol
from .. import nodes as nd
from . import syntax as sx
from .lowering import Reader

Samples = tuple[sx.Syntax, int]
"""An array of which each sample is taken, and the axis along which it has them."""


def summed_samples(reader: Reader, node: sx.Syntax | None) -> Expression | None:
    """The sum of what each sample gives, as a product or sum of whole arrays; None for another text.

    Read are outer products of two arrays' samples, and the samples of one array alone.
    """
    if not isinstance(node, sx.Comprehension):
        return None
    match node.body:
        case sx.Call(sx.Word("outer") | sx.Attribute(_, "outer"), (left, right)):
            parts = [of_each(reader, each, node) for each in (left, right)]
            rows = [in_rows(reader, part) for part in parts if part is not None]
            return ex.MatMul(nd.turned(rows[0]), rows[1]) if len(rows) == 2 else None
    part = of_each(reader, node.body, node)
    return None if part is None else nd.Flat(nd.AxisSum(in_rows(reader, part), 0))


def in_rows(reader: Reader, part: Samples) -> Expression:
    array, axis = part
    tree = reader.tree(array)
    return nd.turned(tree) if axis else tree


def of_each(reader: Reader, node: sx.Syntax, generator: sx.Comprehension) -> Samples | None:
    """The array of which an expression is one sample, and the axis of its samples."""
    target, iterable = generator.target, generator.iterable
    match iterable:
        case sx.Call(sx.Word("range"), (count,)) if reader.tree(count) == Symbol("m"):
            return indexed_by(node, target)
        case sx.Call(sx.Word("zip"), arrays) if isinstance(target, sx.Sequence) and node in target.items[: len(arrays)]:
            return arrays[target.items.index(node)], 0
    return (iterable, 0) if node == target and not isinstance(iterable, sx.Call) else None


def indexed_by(node: sx.Syntax, target: sx.Syntax) -> Samples | None:
    """δ[i] or δ[i, :], which has the samples in rows, and δ[:, i], which has them in columns."""
    match node:
        case sx.Index(array, (item, *others)) if item == target and all(each == sx.Slice() for each in others):
            return array, 0
        case sx.Index(array, (sx.Slice(None, None, None), item)) if item == target:
            return array, 1
    return None
