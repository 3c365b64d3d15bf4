"""Where a formula does not multiply, and the shape of each of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ...maths.expressions import Expression, MatMul, Symbol, children
from ...maths.messages import N_
from ...maths.symbols import Dimension
from . import nodes as nd
from .arrays import laid
from .findings import Finding, finding
from .networks import Network
from .values import Evaluator


@dataclass(frozen=True)
class Shapes:
    """Shapes of parts as dimensions, (m, n₂), and in numbers on the learner's own network."""

    evaluator: Evaluator
    own: Network

    def dimensions(self, node: Expression) -> tuple[Dimension, Dimension] | None:
        """The shape of a node; None where it does not multiply."""
        value = self.evaluator.value(node)
        if value is None:
            return None
        rows, columns = laid(value, nd.lies(node)).shape or (1, 1)
        return self.evaluator.network.dimension(rows), self.evaluator.network.dimension(columns)

    def known(self, node: Expression) -> tuple[Dimension, Dimension]:
        dimensions = self.dimensions(node)
        assert dimensions is not None
        return dimensions

    def size(self, node: Expression) -> tuple[int, int] | None:
        """The shape of a node in numbers on the learner's own network."""
        dimensions = self.dimensions(node)
        return None if dimensions is None else (self.own.size(dimensions[0]), self.own.size(dimensions[1]))


def failing(node: Expression, evaluator: Evaluator) -> Expression | None:
    """The first node that does not multiply though its operands do."""
    if evaluator.value(node) is not None or isinstance(node, Symbol):
        return None
    for child in children(node):
        if (inner := failing(child, evaluator)) is not None:
            return inner
    return node


def failure(node: Any, shapes: Shapes) -> Finding:
    """Why a node does not multiply: the operands, their shapes, the two axes."""
    operands = children(node)
    if isinstance(node, nd.Diagonal):
        (vector,) = operands
        return finding("diagonal of a matrix", left=vector, a=shapes.known(vector), here=[shapes.size(vector)])
    if len(operands) != 2:
        return finding("no value", part=node)
    if isinstance(node, MatMul) and nd.has_scalar(node):
        return finding("scalar matrix product", left=node.left, right=node.right)
    return mismatch(node, *operands, shapes)


def mismatch(node: Expression, left: Expression, right: Expression, shapes: Shapes) -> Finding:
    """Why two operands do not fit together."""
    a, b = shapes.known(left), shapes.known(right)
    details = {"left": left, "right": right, "a": a, "b": b, "here": [shapes.size(left), shapes.size(right)]}
    if isinstance(node, nd.Outer):
        return finding("outer of matrices", **details)
    if isinstance(node, MatMul | nd.Juxtaposition):
        return finding("inner", x=a[1], y=b[0], **details)
    differing = [k for k in (0, 1) if a[k] != b[k]]
    axis = next((k for k in differing if 1 not in (a[k], b[k])), differing[0])
    word = (N_("rows"), N_("columns"))[axis]
    return finding("entrywise", x=a[axis], y=b[axis], axis=word, **details)


def equalities(node: Any, shapes: Shapes) -> Sequence[tuple[Dimension, ...]]:
    """The dimensions that differ in general but are equal on the learner's network, so that a node multiplies there."""
    if isinstance(node, nd.Diagonal | nd.Outer):
        return [(Symbol("m"), 1)]
    operands = children(node)
    if len(operands) != 2:
        return [written_sizes(shapes)]
    a, b = map(shapes.known, operands)
    pairs = [(a[1], b[0])] if isinstance(node, MatMul | nd.Juxtaposition) else list(zip(a, b, strict=True))
    unequal = [(x, y, shapes.own.size(x), shapes.own.size(y)) for x, y in pairs if x != y]
    return [(x, y, size) for x, y, size, other in unequal if size == other] or [(unequal[0][0], unequal[0][2])]


def written_sizes(shapes: Shapes) -> tuple[Dimension, ...]:
    """The dimensions of the output that a number in a formula may stand for."""
    widths = shapes.own.architecture.widths
    return (*(Symbol("n", l) for l, width in enumerate(widths) if width == widths[-1]), widths[-1])
