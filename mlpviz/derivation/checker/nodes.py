"""What a learner's formula may hold besides the engine's own nodes."""

from __future__ import annotations

from dataclasses import dataclass

from ...maths.expressions import Binary, Expression, Multiply, Number, Subtract, Symbol, Transpose, children, leaves
from ...maths.symbols import CONSTANTS


class Juxtaposition(Binary):
    """Two factors side by side: a number times an array, or a matrix product."""


@dataclass(frozen=True)
class Slope(Expression):
    """f'(argument), with the activation of one layer."""

    argument: Expression
    layer: int


@dataclass(frozen=True)
class Diagonal(Expression):
    """diag(vector): a square matrix with the vector's entries on its diagonal."""

    operand: Expression


@dataclass(frozen=True)
class SampleSum(Expression):
    """sum(…): over the samples; over all entries where no axis counts samples, or as ``over`` says."""

    operand: Expression
    over: str = "samples"


def is_scalar(node: Expression) -> bool:
    """Whether all parts of a tree are single numbers."""
    if isinstance(node, Binary):  # the right side first: it is the short one in a long product
        return is_scalar(node.right) and is_scalar(node.left)
    below = children(node)
    return all(map(is_scalar, below)) if below else isinstance(node, Number) or is_named(node, CONSTANTS)


def is_bias(node: Expression) -> bool:
    """Whether a tree is a bias or a multiple of one: the only array that is repeated for every sample."""
    arrays = [leaf for leaf in leaves(node) if not isinstance(leaf, Number) and not is_named(leaf, CONSTANTS)]
    return bool(arrays) and all(is_named(leaf, {"b"}) for leaf in arrays)


def is_named(node: Expression, names: frozenset[str] | set[str]) -> bool:
    return isinstance(node, Symbol) and node.name in names


def turned(node: Expression) -> Expression:
    """The transpose of a node; two transposes cancel."""
    return node.operand if isinstance(node, Transpose) else Transpose(node)


def is_slope(node: Expression) -> bool:
    """Whether a node is f'(…), or the a (1 − a) or 1 − a a of sigmoid and tanh."""
    node = node.operand if isinstance(node, Transpose) else node
    match node:
        case Slope():
            return True
        case Multiply(a, Subtract(Number(1), other)) | Multiply(Subtract(Number(1), other), a):
            return a == other and is_named(a, {"A"})
        case Subtract(Number(1), Multiply(a, other)):
            return a == other and is_named(a, {"A"})
    return False
