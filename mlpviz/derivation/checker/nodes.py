"""What a learner's formula may hold besides the engine's own nodes."""

from __future__ import annotations

from dataclasses import dataclass

from ...maths import expressions as ex
from ...maths.symbols import CONSTANTS


class Juxtaposition(ex.Binary):
    """Two factors side by side: a number times an array, or a matrix product."""


@dataclass(frozen=True)
class Slope(ex.Expression):
    """f'(argument), with the activation of one layer."""

    argument: ex.Expression
    layer: int


@dataclass(frozen=True)
class Diagonal(ex.Expression):
    """diag(vector): a square matrix with the vector's entries on its diagonal."""

    operand: ex.Expression


@dataclass(frozen=True)
class SampleSum(ex.Expression):
    """sum(…): over the samples; over all entries where no axis counts samples, or as ``over`` says."""

    operand: ex.Expression
    over: str = "samples"


@dataclass(frozen=True)
class Activated(ex.Expression):
    """An activation that the writer names, such as relu(argument); ``layer`` where it is that layer's own."""

    function: str
    argument: ex.Expression
    layer: int | None = None


@dataclass(frozen=True)
class NamedSlope(ex.Expression):
    """The derivative of a named activation; ``of`` is what the argument is: "z", or "a" for the activation itself."""

    function: str
    argument: ex.Expression
    of: str = "z"
    layer: int | None = None


@dataclass(frozen=True)
class AxisSum(ex.Expression):
    """The sum along an axis of what is shown; ``keepdims`` is False where the writer lets the axis go."""

    operand: ex.Expression
    axis: int
    keepdims: bool = True


@dataclass(frozen=True)
class Total(ex.Expression):
    """The sum of all entries: one number."""

    operand: ex.Expression


@dataclass(frozen=True)
class Power(ex.Expression):
    """operand to the power of a number, entry by entry."""

    operand: ex.Expression
    exponent: float


def is_scalar(node: ex.Expression) -> bool:
    """Whether all parts of a tree are single numbers."""
    if isinstance(node, ex.Binary):  # the right side first: it is the short one in a long product
        return is_scalar(node.right) and is_scalar(node.left)
    below = ex.children(node)
    return all(map(is_scalar, below)) if below else isinstance(node, ex.Number) or is_named(node, CONSTANTS)


def is_bias(node: ex.Expression) -> bool:
    """Whether a tree is a bias or a multiple of one: the only array that is repeated for every sample."""
    arrays = [leaf for leaf in ex.leaves(node) if not isinstance(leaf, ex.Number) and not is_named(leaf, CONSTANTS)]
    return bool(arrays) and all(is_named(leaf, {"b"}) for leaf in arrays)


def is_named(node: ex.Expression, names: frozenset[str] | set[str]) -> bool:
    return isinstance(node, ex.Symbol) and node.name in names


def turned(node: ex.Expression) -> ex.Expression:
    """The transpose of a node; two transposes cancel."""
    return node.operand if isinstance(node, ex.Transpose) else ex.Transpose(node)


def is_slope(node: ex.Expression) -> bool:
    """Whether a node is f'(…), or the a (1 − a) or 1 − a a of sigmoid and tanh."""
    node = node.operand if isinstance(node, ex.Transpose) else node
    match node:
        case Slope():
            return True
        case ex.Multiply(a, ex.Subtract(ex.Number(1), other)) | ex.Multiply(ex.Subtract(ex.Number(1), other), a):
            return a == other and is_named(a, {"A"})
        case ex.Subtract(ex.Number(1), ex.Multiply(a, other)):
            return a == other and is_named(a, {"A"})
    return False
