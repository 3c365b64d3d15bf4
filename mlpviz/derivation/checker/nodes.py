"""What a learner's formula may hold besides the engine's own nodes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ...maths import expressions as ex
from ...maths.symbols import CONSTANTS


class Juxtaposition(ex.Binary):
    """Two factors side by side: a number times an array, or a matrix product."""


class Dotted(Juxtaposition):
    """A product with a dot or a cross: that of matrices where they multiply, or else entry by entry."""


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
    """sum(…): over the samples; over all entries where no axis counts samples, or as ``over`` says.

    "first" is along the first axis that has several entries, as MATLAB adds up.
    """

    operand: ex.Expression
    over: str = "samples"


@dataclass(frozen=True)
class Activated(ex.Expression):
    """An activation that the writer names, such as relu(argument); ``layer`` where it is that layer's own.

    ``axis`` is that along which a softmax adds up, None for the units of a sample.
    """

    function: str
    argument: ex.Expression
    layer: int | None = None
    axis: int | None = None


@dataclass(frozen=True)
class NamedSlope(ex.Expression):
    """The derivative of a named activation; ``of`` is what the argument is: "z", or "a" for the activation itself."""

    function: str
    argument: ex.Expression
    of: str = "z"
    layer: int | None = None


@dataclass(frozen=True)
class AxisSum(ex.Expression):
    """The sum along an axis of what is shown, which stays with size 1."""

    operand: ex.Expression
    axis: int


@dataclass(frozen=True)
class Flat(ex.Expression):
    """An array of one axis, such as a sum that lets its axis go; beside a matrix it lies along the axis ``lies``.

    That is the last axis in NumPy and its like, and the first in R.
    """

    operand: ex.Expression
    lies: int = 1


@dataclass(frozen=True)
class Total(ex.Expression):
    """The sum of all entries: one number."""

    operand: ex.Expression


@dataclass(frozen=True)
class Largest(ex.Expression):
    """The largest of all entries: one number."""

    operand: ex.Expression


@dataclass(frozen=True)
class Count(ex.Expression):
    """How many entries there are along an axis of what is shown; in all if it is None."""

    operand: ex.Expression
    axis: int | None


@dataclass(frozen=True)
class Power(ex.Expression):
    """operand to the power of a number, entry by entry."""

    operand: ex.Expression
    exponent: float


@dataclass(frozen=True)
class Reshaped(ex.Expression):
    """A vector as a row or a column, or an array as it is: −1 stands for whatever is left."""

    operand: ex.Expression
    rows: ex.Expression
    columns: ex.Expression


@dataclass(frozen=True)
class Outer(ex.Binary):
    """Every entry of one vector times every entry of another: a matrix with a row for each of the first."""


@dataclass(frozen=True)
class Filled(ex.Binary):
    """A matrix of equal numbers with ``left`` rows and ``right`` columns; ``size`` is its own if it is written out."""

    value: float = 1
    size: tuple[int, int] | None = None


@dataclass(frozen=True)
class Selected(ex.Expression):
    """Entry by entry ``this`` where ``left`` is greater than ``right``, else ``otherwise``."""

    left: ex.Expression
    right: ex.Expression
    this: ex.Expression
    otherwise: ex.Expression


REMEMBERED = lru_cache(maxsize=8192)
"""For what is asked of every node of a long sum, each time that one of its terms is changed."""


@REMEMBERED
def is_scalar(node: ex.Expression) -> bool:
    """Whether all parts of a tree are single numbers."""
    if isinstance(node, Filled):
        return False
    if isinstance(node, ex.Binary):  # the right side first: it is the short one in a long product
        return is_scalar(node.right) and is_scalar(node.left)
    if isinstance(node, Total | Largest | Count):
        return True
    below = ex.children(node)
    return all(map(is_scalar, below)) if below else isinstance(node, ex.Number) or is_named(node, CONSTANTS)


def is_bias(node: ex.Expression) -> bool:
    """Whether a tree is a bias or a multiple of one: the only array that is repeated for every sample."""
    if isinstance(node, Filled):
        return node.value is not None and any(each == ex.Number(1) for each in (node.left, node.right))
    arrays = [leaf for leaf in ex.leaves(node) if not isinstance(leaf, ex.Number) and not is_named(leaf, CONSTANTS)]
    return bool(arrays) and all(is_named(leaf, {"b"}) for leaf in arrays)


@REMEMBERED
def lies(node: ex.Expression) -> int | None:
    """The axis of a matrix along which an array of one axis lies; None for what has two axes, or none."""
    match node:
        case Flat():
            return node.lies
        case AxisSum() | ex.Sum() | Reshaped() | Filled() | Outer() | Diagonal() | Slope():
            return None
        case ex.MatMul(left, right) | Juxtaposition(left, right):
            one, other = lies(left), lies(right)
            along = other if one is None else one if other is None else None
            return along or None  # R makes a matrix of it
    arrays = [each for each in ex.children(node) if not is_scalar(each)]
    found = {lies(each) for each in arrays}
    return found.pop() if len(found) == 1 else None


def has_scalar(node: ex.Binary) -> bool:
    """Whether one of two operands is a single number."""
    return is_scalar(node.left) or is_scalar(node.right)


def is_named(node: ex.Expression, names: frozenset[str] | set[str]) -> bool:
    return isinstance(node, ex.Symbol) and node.name in names


def turned(node: ex.Expression) -> ex.Expression:
    """The transpose of a node; two transposes cancel."""
    return node.operand if isinstance(node, ex.Transpose) else ex.Transpose(node)


def is_slope(node: ex.Expression) -> bool:
    """Whether a node is f'(…), or the a (1 − a) or 1 − a a of sigmoid and tanh."""
    node = node.operand if isinstance(node, ex.Transpose) else node
    match node:
        case Slope() | NamedSlope():
            return True
        case ex.Multiply(a, ex.Subtract(ex.Number(1), other)) | ex.Multiply(ex.Subtract(ex.Number(1), other), a):
            return a == other and is_named(a, {"A"})
        case ex.Subtract(ex.Number(1), ex.Multiply(a, other)):
            return a == other and is_named(a, {"A"})
    return False


def logits_of(node: ex.Expression) -> ex.Expression:
    """What a tree of activations is the activation of."""
    match node:
        case Activated(_, argument):
            return argument
        case ex.Transpose(operand):
            return ex.Transpose(logits_of(operand))
        case ex.Symbol("A", layer):
            return ex.Symbol("Z", layer)
    return node
