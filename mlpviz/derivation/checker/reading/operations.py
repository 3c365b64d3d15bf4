"""The functions of the libraries: one row each with its names, its parameters, and the tree that it means."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from ....maths import expressions as ex
from ....maths.expressions import Expression
from ....maths.symbols import QUANTITIES
from ..nodes import (
    AxisSum,
    Count,
    Diagonal,
    Filled,
    Flat,
    Juxtaposition,
    Largest,
    Outer,
    Power,
    Reshaped,
    SampleSum,
    Total,
    is_scalar,
    lies,
    turned,
)
from . import activations
from .contraction import Algebra, Contraction, Labelled
from .literals import length_of
from .lowering import Reader
from .refusals import Unread
from .syntax import Attribute, Call, Compared, Index, Numeral, Quoted, Sequence, Signed, Slice, Syntax, Word, walked

MODULES = frozenset(
    "np numpy cp anp torch th tf tensorflow keras K jax jnp lax math scipy special nn F functional linalg "
    "experimental expit autograd nd mx mxnet".split()
)
"""Words before a dot that say where a function comes from."""

SAME_KEYWORD = {
    **dict.fromkeys(("dim", "dims", "reduction_indices", "axes", "perm", "dim0", "axis0"), "axis"),
    "dim1": "axis1",
    **dict.fromkeys(("keepdim", "keep_dims"), "keepdims"),
    **dict.fromkeys(("a", "input", "x1", "tensor", "array", "logits", "features"), "x"),
    **dict.fromkeys(("negative_slope",), "alpha"),
    **dict.fromkeys(("b", "other", "x2", "mat2", "vec2"), "y"),
    **dict.fromkeys(("min", "a_min", "clip_value_min"), "low"),
    **dict.fromkeys(("max", "a_max", "clip_value_max"), "high"),
    **dict.fromkeys(("deriv", "derivative", "prime", "derive", "derivate", "gradient", "grad"), "slope"),
}
"""What a parameter is called elsewhere."""

IGNORED = frozenset(
    "nrow ncol byrow dtype out order copy name where initial inplace subok device requires_grad".split()
)
"""Parameters that do not change what an array is here."""


@dataclass(frozen=True)
class Arguments:
    """The arguments of one call by the names of the parameters."""

    reader: Reader
    given: Mapping[str, Syntax]

    def __contains__(self, name: str) -> bool:
        return name in self.given

    def tree(self, name: str) -> Expression:
        """The tree of an argument; Unread if there is none."""
        if name not in self.given:
            raise Unread("few arguments")
        return self.reader.tree(self.given[name])

    def flag(self, name: str) -> bool:
        """Whether True is given."""
        value = self.given.get(name)
        return (isinstance(value, Word) and value.text.lower() == "true") or value == Numeral(1)

    def axis(self, name: str = "axis") -> int | None:
        """An axis, 0 or 1; None for both."""
        value = self.given.get(name)
        match value:
            case None | Word("None"):
                return None
            case Sequence(items) if len(items) == 2:
                return None
            case Sequence((item,)):
                value = item
        first = self.reader.dialect.first_axis
        match value:
            case Numeral(int(number)) if number - first in (0, 1):
                return number - first
            case Signed("-", Numeral(1)):
                return 1
            case Signed("-", Numeral(2)):
                return 0
        raise Unread("axis", span=value.span if value else None)


class Meaning(Protocol):
    """Makes the tree of a call."""

    def __call__(self, given: Arguments, /) -> Expression: ...


@dataclass(frozen=True)
class Routine:
    """A function: its names in all libraries, its parameters in their order, and what it means."""

    names: str
    parameters: str
    tree: Meaning


def unary(function: Callable[[Expression], Expression]) -> Meaning:
    return lambda given: function(given.tree("x"))


def binary(function: Callable[[Expression, Expression], Expression]) -> Meaning:
    return lambda given: function(given.tree("x"), given.tree("y"))


# Products


def product(left: Expression, right: Expression) -> Expression:
    """The matrix product of two arrays; with a single number the product by it."""
    return Juxtaposition(left, right) if is_scalar(left) or is_scalar(right) else ex.MatMul(left, right)


def multiplied(given: Arguments) -> Expression:
    """A matrix product, its operands transposed if the call says so."""
    left, right = given.tree("x"), given.tree("y")
    left = turned(left) if given.flag("transpose_a") else left
    return product(left, turned(right) if given.flag("transpose_b") else right)


def affine(given: Arguments) -> Expression:
    """addmm(b, x, y): b + x y."""
    return ex.Add(ex.MatMul(given.tree("y"), given.tree("z")), given.tree("x"))


SIGNED_FUNCTIONS = {"times": ex.Multiply, "plus": ex.Add, "minus": ex.Subtract, "rdivide": ex.Divide}


def spread(given: Arguments) -> Expression:
    """bsxfun(@times, a, b)"""
    handle = given.given.get("function")
    if not isinstance(handle, Word) or handle.text not in SIGNED_FUNCTIONS:
        raise Unread("call", text=handle.text if isinstance(handle, Word) else "")
    return SIGNED_FUNCTIONS[handle.text](given.tree("x"), given.tree("y"))


def swept(given: Arguments) -> Expression:
    """sweep(Z, 2, b, "+"), R's way to repeat a row."""
    sign = given.given.get("sign", Quoted("-"))
    signs = {"+": ex.Add, "-": ex.Subtract, "*": ex.Multiply, "/": ex.Divide}
    if not isinstance(sign, Quoted) or sign.text not in signs:
        raise Unread("few arguments")
    return signs[sign.text](given.tree("x"), given.tree("y"))


AXES = {Numeral(0): 0, Numeral(1): 1, Signed("-", Numeral(1)): 1, Signed("-", Numeral(2)): 0}


def transposed(given: Arguments) -> Expression:
    """The transpose; with axes, as NumPy orders them or as PyTorch swaps them."""
    first, second = given.given.get("axis"), given.given.get("axis1")
    match first:
        case None:
            return turned(given.tree("x"))
        case Sequence((one, other)):
            first, second = one, other
    axes = AXES.get(first), AXES.get(second)  # type: ignore[arg-type]
    if {*axes} != {0, 1}:
        raise Unread("axis", span=first.span)
    ordered = given.reader.dialect.name == "numpy" and axes == (0, 1)  # no one writes it where nothing is swapped
    return given.tree("x") if ordered else turned(given.tree("x"))


def swapped(given: Arguments) -> Expression:
    axes = {AXES.get(given.given.get(name)) for name in ("axis", "axis1")}  # type: ignore[arg-type]
    if axes != {0, 1}:
        raise Unread("axis")
    return turned(given.tree("x"))


# Sums


def summed(given: Arguments) -> Expression:
    """The sum along an axis; without one that of everything, or what a sum of no library adds up in its dialect."""
    operand, axis = given.tree("x"), given.axis()
    if any(isinstance(each, Index) and each.items == (Slice(),) for each in walked(given.given["x"])):
        return Total(operand)
    if lies(operand) is not None and given.given.get("axis") != Numeral(1):  # its only axis
        return Total(operand)
    if axis is not None:
        return reduced_along(given, AxisSum(operand, axis))
    adds = given.reader.dialect.adds if BARE in given else "everything"
    if adds == "rows":
        return Flat(AxisSum(operand, 0))
    if adds == "samples":
        return SampleSum(operand)
    if adds == "first" and not isinstance(operand, AxisSum):
        return AxisSum(operand, 0)
    return Total(operand.operand if adds == "first" and isinstance(operand, AxisSum) else operand)


def reduced_along(given: Arguments, kept: Expression) -> Expression:
    """A sum or a maximum along an axis, which is gone unless the call keeps it or the dialect always does."""
    return kept if given.reader.dialect.first_axis == 1 or given.flag("keepdims") else Flat(kept)


BARE = "bare"
"""Stands among the arguments of a function of no library."""


def applied_along(given: Arguments) -> Expression:
    """apply(x, 2, sum), R's sum for each column."""
    if given.given.get("function") not in (Word("sum"), Word("mean")) or given.given.get("axis") not in (
        Numeral(1),
        Numeral(2),
    ):
        raise Unread("few arguments")
    operand, axis = given.tree("x"), 1 if given.given["axis"] == Numeral(1) else 0
    total = Flat(AxisSum(operand, axis), lies=0)
    return ex.Divide(total, count(given.reader, operand, axis)) if given.given["function"] == Word("mean") else total


def along(axis: int) -> Meaning:
    """R's sum along an axis, a vector that lies along the columns."""
    return unary(lambda x: Flat(AxisSum(x, axis), lies=0))


def mean(given: Arguments) -> Expression:
    """A sum over the number of what is added up."""
    total, inner = summed(given), given.tree("x")
    if isinstance(total, Total) and total.operand != inner:  # MATLAB's mean of a vector of sums
        return ex.Divide(total, Count(inner, None))
    match total:
        case SampleSum():
            return ex.Divide(total, ex.Symbol("m"))
        case AxisSum(operand, axis) | Flat(AxisSum(operand, axis)):
            return ex.Divide(total, count(given.reader, operand, axis))
        case Total(operand):
            return ex.Divide(total, count(given.reader, operand, None))
    return total


def average(along: int) -> Meaning:
    def tree(given: Arguments) -> Expression:
        operand = given.tree("x")
        return ex.Divide(Flat(AxisSum(operand, along), lies=0), count(given.reader, operand, along))

    return tree


def sized(given: Arguments) -> Expression:
    """The number of entries along an axis, or of all."""
    return count(given.reader, given.tree("x"), given.axis())


def product_of_shape(given: Arguments) -> Expression:
    """prod(X.shape), the number of entries."""
    match given.given.get("shape"):
        case Attribute(array, "shape") | Call(Word("size"), (array,)):
            return count(given.reader, given.reader.tree(array), None)
    raise Unread("call", text="“prod”")


def count(reader: Reader, operand: Expression, axis: int | None) -> Expression:
    """How long an array is: m, or the units of a layer, if that is known."""
    array = operand.operand if isinstance(operand, ex.Transpose) else operand
    if axis is None or not isinstance(array, ex.Symbol) or not reader.scope.has(array):
        return Count(operand, axis)
    flipped = isinstance(operand, ex.Transpose) != (array.name in reader.scope.notation.transposed)
    dimension = QUANTITIES[array.name].shape[1 - axis if flipped else axis]
    if isinstance(dimension, int):
        return ex.Number(dimension)
    if dimension.layer is None:
        return dimension
    layer = array.layer if isinstance(array.layer, int) else reader.scope.architecture.depth
    return ex.at(dimension, layer)


# Powers and other functions entry by entry


def power(base: Expression, exponent: Expression) -> Expression:
    match exponent:
        case ex.Number(1):
            return base
        case ex.Number(2):
            return ex.Multiply(base, base)
        case ex.Number(value) if abs(value) <= LARGEST_POWER:
            return Power(base, value)
        case ex.Negate(ex.Number(value)) if value <= LARGEST_POWER:
            return Power(base, -value)
    raise Unread("power")


LARGEST_POWER = 9


def square(x: Expression) -> Expression:
    return ex.Multiply(x, x)


def applied(name: str) -> Meaning:
    return unary(lambda x: ex.apply(name, x))


def clipped(given: Arguments) -> Expression:
    """Between two bounds: ReLU if the only one is 0."""
    x = given.tree("x")
    if "low" in given and given.given["low"] != Word("None"):
        x = activations.maximum(given.reader.scope, x, given.tree("low"))
    return ex.apply("minimum", x, given.tree("high")) if "high" in given else x


def largest(given: Arguments) -> Expression:
    """The larger one of two, entry by entry; of one array the largest entry along an axis, or of all."""
    if "y" not in given or "axis" in given:
        operand, axis = given.tree("x"), given.axis()
        if axis is None:
            return Largest(operand)
        return reduced_along(given, ex.Max(operand, axis))
    return activations.maximum(given.reader.scope, given.tree("x"), given.tree("y"))


def largest_along(given: Arguments) -> Expression:
    """max(x, axis) of a library, where a whole number is an axis; else the larger one of two."""
    if isinstance(axis := given.given.get("y"), Numeral | Signed) and BARE not in given and is_python(given.reader):
        more = {"keepdims": given.given["axis"]} if "axis" in given else {}
        rest = {name: value for name, value in given.given.items() if name not in ("y", "axis")}
        return largest(Arguments(given.reader, {**rest, "axis": axis, **more}))
    return largest(given)


def is_python(reader: Reader) -> bool:
    return reader.dialect.adds == "rows"


def selected(given: Arguments) -> Expression:
    """where(condition, this, otherwise)"""
    return condition(given.reader, given.given.get("x"), given.tree("y"), given.tree("z"))


def condition(reader: Reader, node: Syntax | None, this: Expression, otherwise: Expression) -> Expression:
    """``this`` where a comparison holds."""
    if not isinstance(node, Compared):
        raise Unread("condition", span=node.span if node else None)
    left, right = reader.tree(node.left), reader.tree(node.right)
    if node.sign in ("<", "<="):
        this, otherwise = otherwise, this
    elif node.sign not in (">", ">="):
        raise Unread("condition", span=node.span)
    return activations.selected(reader.scope, left, right, this, otherwise)


def compared(sign: str) -> Meaning:
    """greater(x, 0), which is x > 0."""

    def tree(given: Arguments) -> Expression:
        comparison = Compared(sign, given.given.get("x", Word("")), given.given.get("y", Numeral(0)))
        return condition(given.reader, comparison, ex.Number(1), ex.Number(0))

    return tree


def halves(sign: type[ex.Binary]) -> Callable[[Expression], Expression]:
    """(eˣ ± e⁻ˣ) / 2"""
    return lambda x: ex.Divide(sign(ex.apply("exp", x), ex.apply("exp", ex.Negate(x))), ex.Number(2))


def affine_map(given: Arguments) -> Expression:
    """linear(X, W, b): X Wᵀ + b."""
    product = ex.MatMul(given.tree("x"), turned(given.tree("y")))
    return ex.Add(product, given.tree("bias")) if "bias" in given else product


def norm(given: Arguments) -> Expression:
    """The root of the sum of squares, of everything or along an axis."""
    squares, axis = square(given.tree("x")), given.axis()
    return ex.apply("sqrt", Total(squares) if axis is None else reduced_along(given, AxisSum(squares, axis)))


def expanded(given: Arguments) -> Expression:
    """An axis of length 1 more, for a sum that has lost one."""
    operand, axis = given.tree("x"), given.axis()
    return operand if axis is None else upright(operand, axis)


def upright(operand: Expression, axis: int) -> Expression:
    """What has one axis with a new one of length 1, a row or a column; anything else as it is."""
    sizes = (ex.Number(1), ex.Number(-1)) if axis == 0 else (ex.Number(-1), ex.Number(1))
    return operand if lies(operand) is None else Reshaped(operand, *sizes)


# Losses


def reduced(reader: Reader, given: Arguments, losses: Expression) -> Expression:
    """A loss added up as PyTorch says: the mean over all entries, or their sum."""
    how = given.given.get("reduction", Quoted("mean"))
    if how == Quoted("sum"):
        return Total(losses)
    if how != Quoted("mean"):
        raise Unread("keyword", text="reduction", span=how.span)
    return ex.Divide(Total(losses), count(reader, given.tree("x"), None))


def squared_error(given: Arguments) -> Expression:
    return reduced(given.reader, given, square(ex.Subtract(given.tree("x"), given.tree("y"))))


def binary_entropy(given: Arguments, output: Expression | None = None) -> Expression:
    """−(y log a + (1 − y) log(1 − a))"""
    a, y = output or given.tree("x"), given.tree("y")
    one = ex.Number(1)
    first = ex.Multiply(y, ex.apply("log", a))
    second = ex.Multiply(ex.Subtract(one, y), ex.apply("log", ex.Subtract(one, a)))
    return reduced(given.reader, given, ex.Negate(ex.Add(first, second)))


# einsum


def contracted(given: Arguments) -> Expression:
    """einsum("mi,mj->ij", x, y): a product of whole arrays."""
    rule = given.given.get("rule")
    if not isinstance(rule, Quoted) or "->" not in rule.text:
        raise Unread("indices")
    labels, result = rule.text.replace(" ", "").split("->")
    parts = labels.split(",")
    names = [name for name in ("x", "y", "z", "u", "v") if name in given]
    if len(parts) != len(names) or any(not 1 <= len(part) <= 2 or len(set(part)) < len(part) for part in parts):
        raise Unread("indices")
    factors = [labelled(given.tree(name), part) for name, part in zip(names, parts, strict=True)]
    bound = set("".join(parts)) - set(result)
    return placed(Contraction(TREES, tuple(result)).contracted(factors, bound), result)


def labelled(tree: Expression, part: str) -> Labelled:
    return Labelled(tree, (part[0], part[1]) if len(part) == 2 else ("", part[0]))


def placed(found: Labelled, result: str) -> Expression:
    """A contraction with its labels in the order that is asked for."""
    axes = [label for label in found.axes if label]
    if sorted(axes) != sorted(result):
        raise Unread("indices")
    tree: Expression = found.array
    return turned(tree) if len(axes) == 2 and axes != list(result) else tree


def unrepeated(_tree: Expression, _axis: int, _label: str) -> Expression:
    raise Unread("indices")


TREES = Algebra(
    product=ex.MatMul,
    times=ex.Multiply,
    turned=turned,
    total=lambda tree, axis, _: Total(tree) if axis is None else AxisSum(tree, axis),
    repeated=unrepeated,
    diagonal=Diagonal,
)


def log_softmax(given: Arguments) -> Expression:
    axis = given.axis() if "axis" in given else None
    return ex.apply("log", activations.activated(given.reader.scope, "softmax", given.tree("x"), axis))


def log_of_sum(given: Arguments) -> Expression:
    """logaddexp(a, b): log(eᵃ + eᵇ), of 0 and z softplus."""
    left, right = given.tree("x"), given.tree("y")
    if left == ex.Number(0):
        return activations.activated(given.reader.scope, "softplus", right)
    return ex.apply("log", ex.Add(ex.apply("exp", left), ex.apply("exp", right)))


def entropy_of_logits(given: Arguments) -> Expression:
    """The binary cross-entropy, sigmoid included."""
    a = activations.activated(given.reader.scope, "sigmoid", given.tree("x"))
    return binary_entropy(given, a)


def cross_entropy(given: Arguments) -> Expression:
    """The cross-entropy of logits, softmax included; its mean is over the samples."""
    a = activations.activated(given.reader.scope, "softmax", given.tree("x"))
    total = ex.Negate(Total(ex.Multiply(given.tree("y"), ex.apply("log", a))))
    return total if given.given.get("reduction") == Quoted("sum") else ex.Divide(total, ex.Symbol("m"))


# Arrays of a given shape


def shape_of(given: Arguments, *names: str) -> tuple[Expression, Expression]:
    """The rows and columns that a call gives: in two arguments, in a bracket, or as the shape of an array."""
    reader, first = given.reader, given.given.get(names[0])
    match first:
        case Attribute(array, "shape"):
            operand = reader.tree(array)
            return count(reader, operand, 0), count(reader, operand, 1)
        case Sequence((rows, columns)):
            return reader.tree(rows), reader.tree(columns)
        case Sequence((size,)):
            return reader.tree(size), ex.Number(1)
        case None:
            raise Unread("few arguments")
    second = given.given.get(names[1])
    return reader.tree(first), reader.tree(second) if second is not None else ex.Number(1)


MOST_ROWS = 1000
"""Most rows or columns of an array of equal numbers."""


def is_size(node: Expression) -> bool:
    return isinstance(node, ex.Symbol | Count) or (isinstance(node, ex.Number) and 0 < node.value <= MOST_ROWS)


def is_one_size(given: Arguments) -> bool:
    """Whether an array is asked for that has one axis."""
    match given.given.get("x"):
        case Attribute():
            return False
        case Sequence(items):
            return len(items) == 1
    return "y" not in given


def filled(value: float) -> Meaning:
    def tree(given: Arguments) -> Expression:
        rows, columns = (length_of(given.reader, size) for size in shape_of(given, "x", "y"))
        if not all(map(is_size, (rows, columns))):
            raise Unread("size", limit=MOST_ROWS)
        made = Filled(rows, columns, value)
        return Flat(made) if is_python(given.reader) and is_one_size(given) else made

    return tree


def filled_like(value: float) -> Meaning:
    def tree(given: Arguments) -> Expression:
        operand = given.tree("x")
        return Filled(count(given.reader, operand, 0), count(given.reader, operand, 1), value)

    return tree


def eye(given: Arguments) -> Expression:
    return Diagonal(Filled(length_of(given.reader, given.tree("x")), ex.Number(1)))


def reshaped(given: Arguments) -> Expression:
    """An array in another shape; what is made flat and then folded again is folded at once."""
    operand = given.tree("x")
    operand = operand.operand if isinstance(operand, Reshaped) else operand
    rows, columns = (length_of(given.reader, size) for size in shape_of(given, "y", "z"))
    rest = ex.Number(-1)
    if ex.Number(1) in (rows, columns):  # a row or a column, however long
        rows, columns = (size if size == ex.Number(1) else rest for size in (rows, columns))
    return Reshaped(operand, rows, columns)


ROUTINES = {
    "dot": Routine("dot matmul mm mv bmm mult mtimes", "x y transpose_a transpose_b", multiplied),
    "multiply": Routine("multiply mul times hadamard", "x y", binary(activations.times)),
    "divide": Routine("divide true_divide div rdivide", "x y", binary(ex.Divide)),
    "add": Routine("add plus bias_add", "x y", binary(ex.Add)),
    "subtract": Routine("subtract sub minus", "x y", binary(ex.Subtract)),
    "negative": Routine("negative neg", "x", unary(ex.Negate)),
    "outer": Routine("outer ger", "x y", binary(Outer)),
    "crossprod": Routine("crossprod", "x y", binary(lambda x, y: ex.MatMul(turned(x), y))),
    "tcrossprod": Routine("tcrossprod", "x y", binary(lambda x, y: ex.MatMul(x, turned(y)))),
    "addmm": Routine("addmm baddbmm", "x y z", affine),
    "bsxfun": Routine("bsxfun", "function x y", spread),
    "sweep": Routine("sweep", "x axis y sign", swept),
    "transpose": Routine("transpose t permute adjoint ctranspose", "x axis axis1", transposed),
    "swapaxes": Routine("swapaxes swapdims moveaxis", "x axis axis1", swapped),
    "sum": Routine("sum reduce_sum nansum", "x axis keepdims", summed),
    "colSums": Routine("colSums", "x", along(0)),
    "rowSums": Routine("rowSums", "x", along(1)),
    "mean": Routine("mean reduce_mean average", "x axis keepdims", mean),
    "colMeans": Routine("colMeans", "x", average(0)),
    "rowMeans": Routine("rowMeans", "x", average(1)),
    "size": Routine("size", "x axis", sized),
    "numel": Routine("numel", "x", lambda given: count(given.reader, given.tree("x"), None)),
    "prod": Routine("prod", "shape", product_of_shape),
    "apply": Routine("apply", "x axis function", applied_along),
    "len": Routine("len nrow", "x", lambda given: count(given.reader, given.tree("x"), 0)),
    "ncol": Routine("ncol", "x", lambda given: count(given.reader, given.tree("x"), 1)),
    "square": Routine("square sqr", "x", unary(square)),
    "power": Routine("power pow float_power", "x y", binary(power)),
    "sqrt": Routine("sqrt", "x", applied("sqrt")),
    "exp": Routine("exp", "x", applied("exp")),
    "log": Routine("log ln", "x", applied("log")),
    "abs": Routine("abs absolute fabs", "x", applied("abs")),
    "reciprocal": Routine("reciprocal", "x", unary(lambda x: ex.Divide(ex.Number(1), x))),
    "maximum": Routine("maximum fmax pmax reduce_max", "x y axis keepdims", largest),
    "max": Routine("max amax", "x y axis keepdims", largest_along),
    "cosh": Routine("cosh", "x", unary(halves(ex.Add))),
    "sinh": Routine("sinh", "x", unary(halves(ex.Subtract))),
    "sech": Routine("sech", "x", unary(lambda x: ex.Divide(ex.Number(1), halves(ex.Add)(x)))),
    "linear": Routine("linear", "x y bias", affine_map),
    "greater": Routine("greater gt greater_equal ge", "x y", compared(">")),
    "less": Routine("less lt less_equal le", "x y", compared("<")),
    "mse_loss": Routine("mse_loss MSELoss", "x y reduction", squared_error),
    "binary_cross_entropy": Routine("binary_cross_entropy BCELoss bce_loss", "x y reduction", binary_entropy),
    "log_softmax": Routine("log_softmax", "x axis", log_softmax),
    "logaddexp": Routine("logaddexp", "x y", log_of_sum),
    "bce_with_logits": Routine(
        "binary_cross_entropy_with_logits BCEWithLogitsLoss sigmoid_cross_entropy_with_logits",
        "x y reduction",
        entropy_of_logits,
    ),
    "cross_entropy": Routine("cross_entropy CrossEntropyLoss", "x y reduction", cross_entropy),
    "einsum": Routine("einsum", "rule x y z u v", contracted),
    "norm": Routine("norm", "x kind axis keepdims", norm),
    "expand_dims": Routine("expand_dims unsqueeze", "x axis", expanded),
    "abs2": Routine("abs2", "x", unary(square)),
    "minimum": Routine("minimum fmin min pmin", "x y", binary(lambda x, y: ex.apply("minimum", x, y))),
    "clip": Routine("clip clamp clip_by_value clamp_ clip_", "x low high", clipped),
    "where": Routine("where select ifelse", "x y z", selected),
    "heaviside": Routine("heaviside", "x y", lambda given: activations.rectified(given.reader.scope, given.tree("x"))),
    "diag": Routine("diag diagflat diagm Diagonal", "x", unary(Diagonal)),
    "ones": Routine("ones", "x y", filled(1)),
    "zeros": Routine("zeros", "x y", filled(0)),
    "ones_like": Routine("ones_like", "x", filled_like(1)),
    "zeros_like": Routine("zeros_like", "x", filled_like(0)),
    "eye": Routine("eye identity", "x y", eye),
    "reshape": Routine("reshape view", "x y z", reshaped),
    "repmat": Routine("repmat broadcast_to tile expand repeat", "x y z", unary(lambda x: x)),
    "copy": Routine(
        "copy clone detach data numpy item astype float double int array asarray tensor constant Variable cast to cpu "
        "as_tensor convert_to_tensor float32 float64 int32 int64 stop_gradient contiguous squeeze atleast_2d "
        "matrix as_matrix vec type_as flatten ravel full Float64 Float32 single logical numeric",
        "x axis",
        unary(lambda x: x),
    ),
}
"""Every function by its name here."""

BY_NAME = {name: key for key, routine in ROUTINES.items() for name in routine.names.split()}
"""The key of each function by each of its names."""
