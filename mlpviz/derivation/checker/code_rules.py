"""The mistakes of code: sums without an axis or along the wrong one, squares of sums, other functions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...maths import expressions as ex
from ...maths.expressions import Expression, Symbol
from . import nodes as nd
from .rules import Replacement
from .scalings import somewhere
from .vocabulary import Vocabulary

LAYERS_OWN = "f"
"""What an activation is called that is the layer's own."""


def axes(_: Vocabulary, node: Expression) -> Iterator[Replacement]:
    """A sum without an axis, which is one number, or along the wrong axis."""
    match node:
        case nd.Total(operand):
            for axis in (0, 1):
                yield "one number", nd.AxisSum(operand, axis), 0.0
            yield "extra sum", operand, 0.0
        case nd.AxisSum(operand, axis):
            yield "wrong axis", nd.AxisSum(operand, 1 - axis), 0.0
            yield "extra sum", operand, 0.0
        case nd.Flat(operand, lies):
            yield "lost axis", operand, 0.0
            if isinstance(operand, nd.AxisSum):
                yield "wrong axis", nd.Flat(nd.AxisSum(operand.operand, 1 - operand.axis), lies), 0.0
                if operand.axis != lies:  # it is laid as it would be with its axis: only the axis is amiss
                    yield "wrong axis", nd.AxisSum(operand.operand, 1 - operand.axis), 0.1


def squares(_: Vocabulary, node: Expression) -> Iterator[Replacement]:
    """The square of a sum in the place of the sum of squares, or of a bracket in the place of one term."""
    match node:
        case nd.Power(operand, 2):
            summed = operand
        case ex.Multiply(left, right) if left == right:
            summed = left
        case _:
            return
    if isinstance(summed, ex.Add | ex.Subtract):
        yield "misplaced square", type(summed)(summed.left, ex.Multiply(summed.right, summed.right)), 0.0
    if (each := somewhere(summed, squared_inside)) is not None:
        yield "square of a sum", each, 0.0


def squared_inside(node: Expression) -> Expression | None:
    """A sum with what it adds up squared."""
    if not isinstance(node, nd.Total | nd.SampleSum | nd.AxisSum):
        return None
    return replace(node, operand=ex.Multiply(node.operand, node.operand))


def outers(_: Vocabulary, node: Expression) -> Iterator[Replacement]:
    """An outer product, which takes one sample, in the place of a matrix product."""
    if isinstance(node, nd.Outer):
        yield "outer", ex.MatMul(ex.Transpose(node.left), node.right), 0.0
        yield "outer", ex.MatMul(node.left, ex.Transpose(node.right)), 0.0


def activations(vocabulary: Vocabulary, node: Expression) -> Iterator[Replacement]:
    """Another function in the place of a layer's activation, or an activation in the place of a slope."""
    if not isinstance(node, nd.Activated | ex.Apply | nd.Selected):
        return
    if isinstance(node, nd.Activated) and node.axis is not None:
        yield "softmax axis", replace(node, axis=None), 0.0
    shape = vocabulary.shape(node)
    for slope in vocabulary.slopes:
        if not shape or vocabulary.shape(slope.argument) != shape:
            continue
        layer = slope.layer
        yield "wrong activation", nd.Activated(LAYERS_OWN, Symbol("Z", layer), layer), 0.0
        if isinstance(node, nd.Activated):
            yield "wrong slope", ex.Multiply(node.argument, slope), 0.2


CODE_RULES = (axes, squares, outers, activations)
