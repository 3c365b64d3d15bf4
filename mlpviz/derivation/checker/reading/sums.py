"""Sums, means, maxima and counts: along an axis, of everything, or what a sum of no library adds up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ....maths import expressions as ex
from ....maths.expressions import Expression
from .. import nodes as nd
from . import activations
from . import syntax as sx
from .arguments import MARGINS, Arguments, Meaning
from .by_samples import summed_samples
from .counts import count
from .lowering import Reader
from .refusals import Unread


def summed(given: Arguments) -> Expression:
    """The sum along an axis; without one that of everything, or what a sum of no library adds up in its dialect."""
    if (found := over_samples(given)) is not None:
        return found
    if (found := summed_samples(given.reader, given.given.get("x"))) is not None:
        return found
    match given.given.get("x"):
        case sx.Call(sx.Word("eachcol" | "eachrow" as each), (array,)):
            return nd.AxisSum(given.reader.tree(array), int(each == "eachcol"))
    operand, axis = given.tree("x"), given.axis()
    if is_flattened(given.given["x"]) or given.given.get("axis") == sx.Quoted("all"):
        return nd.Total(operand)
    if nd.lies(operand) is not None and given.given.get("axis") != sx.Numeral(1):  # its only axis
        return nd.Total(operand)
    if axis is not None:
        return reduced_along(given, nd.AxisSum(operand, axis))
    return added(operand, given.reader.dialect.adds if BARE in given else "everything")


def added(operand: Expression, adds: str) -> Expression:
    """A sum that says no axis, by what such a sum adds up."""
    if adds == "rows":
        return nd.Flat(nd.AxisSum(operand, 0))
    if adds == "samples":
        return nd.SampleSum(operand)
    if adds == "first" and not is_row(operand):
        return nd.SampleSum(operand, "first")
    return nd.Total(operand.operand if adds == "first" and isinstance(operand, nd.SampleSum) else operand)


def is_row(node: Expression) -> bool:
    """Whether a tree is made of sums along the first axis, so that there is but the other to add up."""
    arrays = [each for each in ex.children(node) if not nd.is_scalar(each)]
    along_first = isinstance(node, nd.AxisSum) or (isinstance(node, nd.SampleSum) and node.over == "first")
    return along_first or (bool(arrays) and all(map(is_row, arrays)))


def is_flattened(node: sx.Syntax) -> bool:
    """Whether all entries stand in one column, A(:)."""
    return any(isinstance(each, sx.Index) and each.items == (sx.Slice(),) for each in sx.walked(node))


def over_samples(given: Arguments) -> Expression | None:
    """The sum along the samples of a stack of outer products, one for each: δ[:, :, None] * a[:, None, :]."""
    match given.given.get("x"):
        case sx.Operation("*" | "@", left, right) | sx.Call(
            sx.Attribute(_, "bmm" | "matmul" | "multiply" | "mul"), (left, right)
        ):
            pass
        case _:
            return None
    ways = {axis: stacked(each) for each in (left, right) if (axis := new_axis(each)) is not None}
    if ways.keys() != {1, 2} or given.axis() != 0:
        return None
    return ex.MatMul(nd.turned(given.reader.tree(ways[2])), given.reader.tree(ways[1]))


def stacked(node: sx.Syntax) -> sx.Syntax:
    """The array to which an axis is added."""
    match node:
        case sx.Index(array) | sx.Call(sx.Attribute(array)):
            return array
    return node


def new_axis(node: sx.Syntax) -> int | None:
    """Which axis of a stack is added: 2 makes a column of each sample and 1 a row."""
    match node:
        case sx.Index(_, (sx.Slice(), sx.Slice(), item)) | sx.Index(_, (sx.Word("…"), item)) if item in NEW_AXIS:
            return 2
        case sx.Index(_, (sx.Slice(), item, *_)) if item in NEW_AXIS:
            return 1
        case sx.Call(sx.Attribute(_, "unsqueeze"), (axis,)):
            return {
                sx.Numeral(1): 1,
                sx.Numeral(2): 2,
                sx.Signed("-", sx.Numeral(1)): 2,
                sx.Signed("-", sx.Numeral(2)): 1,
            }.get(axis)
    return None


NEW_AXIS = (sx.Word("None"), *(sx.Attribute(sx.Word(module), "newaxis") for module in ("np", "numpy", "jnp", "tf")))
"""What stands in an index for an axis of length 1."""


def reduced_along(given: Arguments, kept: Expression) -> Expression:
    """A sum or a maximum along an axis, which is gone unless the call keeps it or the dialect always does."""
    return kept if given.reader.dialect.first_axis == 1 or given.flag("keepdims") else nd.Flat(kept)


BARE = "bare"
"""Stands among the arguments of a function of no library."""


def applied_along(given: Arguments) -> Expression:
    """apply(x, 2, sum), R's sum for each column; what softmax gives for a row is put in a column."""
    operand, margin = given.tree("x"), given.given.get("axis")
    axis = MARGINS.get(margin)
    if axis is None:
        raise Unread("axis", span=margin.span if margin else None)
    match given.given.get("function"):
        case sx.Word("sum"):
            return nd.Flat(nd.AxisSum(operand, axis), lies=0)
        case sx.Word("mean"):
            return ex.Divide(nd.Flat(nd.AxisSum(operand, axis), lies=0), count(given.reader, operand, axis))
        case sx.Word("max"):
            return nd.Flat(ex.Max(operand, axis), lies=0)
        case sx.Word("softmax" as name):
            inside = activations.activated(given.reader.scope, name, operand, axis)
            return nd.turned(inside) if axis == 1 else inside
    raise Unread("few arguments")


def mapped(given: Arguments) -> Expression:
    """mapslices(softmax, x, dims=1)"""
    function = given.given.get("function")
    act = activations.activation_named(function.text) if isinstance(function, sx.Word) else ""
    if not act:
        raise Unread("few arguments")
    return activations.activated(given.reader.scope, act, given.tree("x"), given.axis())


def each_along(given: Arguments) -> Expression:
    """apply_along_axis(np.sum, 0, x)"""
    match given.given.get("function"):
        case sx.Word(name) | sx.Attribute(_, name) if name in ("sum", "mean"):
            return {"sum": summed, "mean": mean}[name](given)
    raise Unread("few arguments")


def added_up(given: Arguments) -> Expression:
    """np.add.reduce(x), which goes along the first axis unless another is given."""
    return summed(given if "axis" in given else replace(given, given={**given.given, "axis": sx.Numeral(0)}))


def columns_of_squares(given: Arguments) -> Expression:
    """sumsq(x), the sum of squares along an axis, the first unless another is given."""
    return nd.AxisSum(square(given.tree("x")), given.axis() or 0)


def log_of_sums(given: Arguments) -> Expression:
    """logsumexp(x, axis)"""
    axis, powers = given.axis(), ex.apply("exp", given.tree("x"))
    total: Expression = nd.Total(powers) if axis is None else reduced_along(given, nd.AxisSum(powers, axis))
    return ex.apply("log", total)


def trace(given: Arguments) -> Expression:
    """The trace of a product A Bᵀ: the sum of all entries of A ⊙ B."""
    match given.tree("x"):
        case ex.MatMul(left, right) | nd.Juxtaposition(left, right):
            return nd.Total(ex.Multiply(left, nd.turned(right)))
    raise Unread("call", text="“trace”")


def along(axis: int) -> Callable[[Expression], Expression]:
    """R's sum along an axis, a vector that lies along the columns."""
    return lambda x: nd.Flat(nd.AxisSum(x, axis), lies=0)


def mean(given: Arguments) -> Expression:
    """A sum over the number of what is added up."""
    total, inner = summed(given), given.tree("x")
    if isinstance(total, ex.MatMul):  # of a stack of outer products
        return ex.Divide(total, ex.Symbol("m"))
    if isinstance(total, nd.Total) and total.operand != inner:  # MATLAB's mean of a vector of sums
        return ex.Divide(total, nd.Count(inner, None))
    match total:
        case nd.SampleSum(operand, "first"):
            return ex.Divide(total, nd.Count(operand, 0))
        case nd.SampleSum():
            return ex.Divide(total, ex.Symbol("m"))
        case nd.AxisSum(operand, axis) | nd.Flat(nd.AxisSum(operand, axis)):
            return ex.Divide(total, count(given.reader, operand, axis))
        case nd.Total(operand):
            return ex.Divide(total, count(given.reader, operand, None))
    return total


def average(along: int) -> Meaning:
    def tree(given: Arguments) -> Expression:
        operand = given.tree("x")
        return ex.Divide(nd.Flat(nd.AxisSum(operand, along), lies=0), count(given.reader, operand, along))

    return tree


def largest(given: Arguments) -> Expression:
    """The larger one of two, entry by entry; of one array the largest entry along an axis, or of all."""
    match given.given.get("x"):
        case sx.Sequence((one, other)) if given.given.get("axis") == sx.Numeral(0):
            tree = given.reader.tree
            return activations.maximum(given.reader.scope, tree(one), tree(other))
    if "y" not in given or "axis" in given:
        operand, axis = given.tree("x"), given.axis()
        if axis is None:
            return nd.Largest(operand)
        return reduced_along(given, ex.Max(operand, axis))
    return activations.maximum(given.reader.scope, given.tree("x"), given.tree("y"))


def largest_along(given: Arguments) -> Expression:
    """max(x, axis) of a library, where a whole number is an axis; else the larger one of two."""
    if (
        isinstance(axis := given.given.get("y"), sx.Numeral | sx.Signed)
        and BARE not in given
        and is_python(given.reader)
    ):
        more = {"keepdims": given.given["axis"]} if "axis" in given else {}
        rest = {name: value for name, value in given.given.items() if name not in ("y", "axis")}
        return largest(Arguments(given.reader, {**rest, "axis": axis, **more}))
    return largest(given)


def is_python(reader: Reader) -> bool:
    return reader.dialect.adds == "rows"


def square(x: Expression) -> Expression:
    return ex.Multiply(x, x)


def norm(given: Arguments) -> Expression:
    """The root of the sum of squares, of everything or along an axis."""
    squares, axis = square(given.tree("x")), given.axis()
    return ex.apply("sqrt", nd.Total(squares) if axis is None else reduced_along(given, nd.AxisSum(squares, axis)))
