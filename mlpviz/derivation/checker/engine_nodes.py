"""A learner's tree in the engine's own nodes, for the writers."""

from __future__ import annotations

from dataclasses import replace

from ...maths import expressions as ex
from ...maths.activations import ACTIVATIONS
from ...maths.architecture import Architecture
from ...maths.expressions import Expression, Symbol
from . import nodes as nd
from .links import ChainProduct
from .values import Evaluator


def in_engine_nodes(tree: Expression, evaluator: Evaluator, architecture: Architecture) -> Expression:
    """The tree in the engine's own nodes, for the writers; only diag(…) and softmax's f' have none there."""

    def change(node: Expression) -> Expression:
        match node:
            case nd.Slope(Symbol() | ex.Transpose(Symbol()) as z, layer) if has_slope(architecture, layer):
                a = ex.rebuild(z, lambda _: Symbol("A", layer)) if isinstance(z, ex.Transpose) else Symbol("A", layer)
                return architecture.activation(layer).slope_at(z, a)
            case ChainProduct():
                return node.gradient
            case nd.Activated(_, argument, layer, None) if layer is not None:
                return by_units(architecture.activation(layer).activate(change(argument)), evaluator)
            case nd.NamedSlope(_, Symbol() | ex.Transpose(Symbol()) as x, _, layer) if has_slope(
                architecture, layer or 0
            ):
                return change(nd.Slope(nd.logits_of(x), layer or 0))
            case nd.Flat(operand):
                return change(operand)
            case nd.AxisSum(operand, axis):
                return ex.Sum(change(operand), axis)
            case nd.Total(operand):
                return ex.Sum(ex.Sum(change(operand), 0), 1)
            case nd.Juxtaposition(left, right):
                return (ex.Multiply if nd.has_scalar(node) else ex.MatMul)(change(left), change(right))
        return ex.rebuild(node, change)

    return change(evaluator.resolved(tree))


def by_units(node: Expression, evaluator: Evaluator) -> Expression:
    """A function that mixes the units of a sample, along the axis that has them."""
    if not isinstance(node, ex.Apply) or evaluator.samples_axis == 0:
        return node
    mixes = node.name in ACTIVATIONS and not ACTIVATIONS[node.name].elementwise
    return replace(node, flipped=True) if mixes else node


def has_slope(architecture: Architecture, layer: int) -> bool:
    return 1 <= layer <= architecture.depth and architecture.activation(layer).slope is not None
