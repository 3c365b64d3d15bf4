"""Formulas in single entries as formulas in whole arrays: what is written in entries is found, and put together."""

from __future__ import annotations

from . import entries as en
from . import syntax as sx
from .chains import factors
from .indexed import IndexReader
from .names import Namespace


def whole(value: sx.Syntax, left: sx.Syntax | None, scope: Namespace) -> sx.Syntax:
    """A formula in single entries in whole arrays; ``left`` is what it is equal to, if that is written.

    Raises Unread if it has none, or more than one reading.
    """
    value = assembled(value, scope)
    if not en.is_indexed(value, scope):
        return value
    reader = IndexReader(scope)
    value = reader.resolved(value, {})
    left = None if left is None else reader.resolved(assembled(left, scope), {})
    reader.place([value] if left is None else [left, value], scope.layer)
    if not any(each.indices for each in reader.entries):
        return reader.over_samples(value)
    if is_chain(value):
        return reader.bare(value)
    return reader.formula(value, None if left is None else reader.axes_of_left(left))


def assembled(node: sx.Syntax, scope: Namespace) -> sx.Syntax:
    """A formula with the whole array for each of its entries in square brackets with indices, [δ_i a_j]_ij."""
    match node:
        case sx.Scripted(sx.Sequence((inside,)), _, below) if labels := en.labels_of(below):
            if not en.is_indexed(inside, scope):
                return en.indexed_by(inside, below)
            reader = IndexReader(scope)
            inside = reader.resolved(over_columns(assembled(inside, scope), scope), {})
            reader.place([inside], scope.layer)
            axes = (labels[0], labels[1]) if len(labels) == 2 else reader.vector(labels[0])
            return reader.formula(inside, axes)
        case sx.Sequence(rows) if any(row == en.DOTS for row in rows) and isinstance(rows[0], sx.Sequence):
            return en.without_number(rows[0].items[0])
    return sx.changed(node, lambda child: assembled(child, scope))


def over_columns(node: sx.Syntax, scope: Namespace) -> sx.Syntax:
    """A product with a whole column in it, W_{:,j} δ, as the sum over its entries."""
    if not any(en.EVERY in found.indices for each in sx.walked(node) if (found := en.entry(each, scope)) is not None):
        return node

    def every(node: sx.Syntax) -> sx.Syntax:
        if en.entry(node, scope) is not None:
            return node
        if IndexReader(scope).is_array(node):
            return en.indexed_by(node, (sx.Word(en.EVERY),))
        return sx.changed(node, every)

    return sx.Summed(every(node), en.EVERY, span=node.span)


def is_chain(node: sx.Syntax) -> bool:
    """Whether a formula is a product of ∂-fractions of whole arrays, of which but one is by a single entry."""
    parts = list(factors(node))
    arrays = [each for each in parts if isinstance(each, sx.Derivative) and not isinstance(each.below, en.IndexedArray)]
    return len(arrays) > 0 and all(isinstance(each, sx.Derivative) for each in parts)


def left_whole(left: sx.Syntax, scope: Namespace) -> sx.Syntax:
    """A left side in single entries as the whole array."""
    reader = IndexReader(scope)
    left = reader.resolved(assembled(left, scope), {})
    reader.place([left], scope.layer)
    return reader.bare(left)
