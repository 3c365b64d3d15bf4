"""Products in all their names: of matrices, of vectors, along labelled axes; transposes."""

from __future__ import annotations

from functools import reduce

from ....maths import expressions as ex
from ....maths.expressions import Expression
from .. import nodes as nd
from . import syntax as sx
from .arguments import AXES, MARGINS, Arguments
from .contraction import Algebra, Contraction, Labelled
from .refusals import Unread
from .shapes import upright
from .sums import is_flattened


def product(left: Expression, right: Expression) -> Expression:
    """The matrix product of two arrays; with a single number the product by it."""
    return nd.Juxtaposition(left, right) if nd.is_scalar(left) or nd.is_scalar(right) else ex.MatMul(left, right)


def multiplied(given: Arguments) -> Expression:
    """A matrix product, its operands transposed if the call says so."""
    left, right = given.tree("x"), given.tree("y")
    left = nd.turned(left) if given.flag("transpose_a") else left
    return product(left, nd.turned(right) if given.flag("transpose_b") else right)


def dotted(given: Arguments) -> Expression:
    """dot(x, y): in Julia the sum of all products, in MATLAB those of each column, else that of matrices."""
    dialect = given.reader.dialect
    if dialect.first_axis == 0:
        return multiplied(given)
    entries = ex.Multiply(given.tree("x"), given.tree("y"))
    return (
        nd.AxisSum(entries, 0) if dialect.adds == "first" and not is_flattened(given.given["x"]) else nd.Total(entries)
    )


def chained(given: Arguments) -> Expression:
    """multi_dot([a, b, c]): a b c."""
    factors = given.given.get("x")
    if not isinstance(factors, sx.Sequence) or not factors.items:
        raise Unread("few arguments")
    return reduce(product, map(given.reader.tree, factors.items))


def tensordot(given: Arguments) -> Expression:
    """tensordot(x, y, axes): summed along an axis of each, or along the last of one and the first of the other."""
    x, y, axes = given.tree("x"), given.tree("y"), given.given.get("axis", sx.Numeral(2))
    match axes:
        case sx.Numeral(1):
            return product(x, y)
        case sx.Numeral(2):
            return nd.Total(ex.Multiply(x, y))
        case sx.Sequence((one, other)):
            pairs = [(AXES.get(a), AXES.get(b)) for a, b in zip(listed(one), listed(other), strict=False)]
            if len(pairs) == 2 and pairs in ([(0, 0), (1, 1)], [(1, 1), (0, 0)]):
                return nd.Total(ex.Multiply(x, y))
            if len(pairs) == 1 and None not in pairs[0]:
                return product(x if pairs[0][0] == 1 else nd.turned(x), y if pairs[0][1] == 0 else nd.turned(y))
    raise Unread("axis", span=axes.span)


def listed(node: sx.Syntax) -> tuple[sx.Syntax, ...]:
    return node.items if isinstance(node, sx.Sequence) else (node,)


def kronecker(given: Arguments) -> Expression:
    """kron(ones, b), which repeats b."""
    match given.tree("x"), given.tree("y"):
        case nd.Filled(_, _, 1), repeated:
            return repeated
        case repeated, nd.Filled(_, _, 1):
            return repeated
    raise Unread("call", text="“kron”")


SIGNED_FUNCTIONS = {"times": ex.Multiply, "plus": ex.Add, "minus": ex.Subtract, "rdivide": ex.Divide}


def spread(given: Arguments) -> Expression:
    """bsxfun(@times, a, b)"""
    handle = given.given.get("function")
    if not isinstance(handle, sx.Word) or handle.text not in SIGNED_FUNCTIONS:
        raise Unread("call", text=handle.text if isinstance(handle, sx.Word) else "")
    return SIGNED_FUNCTIONS[handle.text](given.tree("x"), given.tree("y"))


def swept(given: Arguments) -> Expression:
    """sweep(Z, 2, b, "+"), R's way to repeat a row."""
    sign = given.given.get("function", sx.Quoted("-"))
    signs = {"+": ex.Add, "-": ex.Subtract, "*": ex.Multiply, "/": ex.Divide}
    margin = MARGINS.get(given.given.get("axis"))
    if not isinstance(sign, sx.Quoted) or sign.text not in signs or margin is None:
        raise Unread("few arguments")
    return signs[sign.text](given.tree("x"), upright(given.tree("y"), margin))


def transposed(given: Arguments) -> Expression:
    """The transpose; with axes, as NumPy orders them or as PyTorch swaps them."""
    first, second = given.given.get("axis"), given.given.get("axis1")
    match first:
        case None:
            return nd.turned(given.tree("x"))
        case sx.Sequence((one, other)):
            first, second = one, other
    axes = AXES.get(first), AXES.get(second)
    if {*axes} != {0, 1}:
        raise Unread("axis", span=first.span)
    ordered = given.reader.dialect.name == "numpy" and axes == (0, 1)  # no one writes it where nothing is swapped
    return given.tree("x") if ordered else nd.turned(given.tree("x"))


def swapped(given: Arguments) -> Expression:
    axes = {AXES.get(given.given.get(name)) for name in ("axis", "axis1")}
    if axes != {0, 1}:
        raise Unread("axis")
    return nd.turned(given.tree("x"))


def contracted(given: Arguments) -> Expression:
    """einsum("mi,mj->ij", x, y): a product of whole arrays."""
    rule = given.given.get("rule")
    if not isinstance(rule, sx.Quoted):
        raise Unread("indices")
    labels, arrow, result = rule.text.replace(" ", "").replace("...", "…").partition("->")
    if not arrow:  # what stands once, in the order of the alphabet
        result = "".join(sorted(label for label in set(labels) - {","} if labels.count(label) == 1))
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
    return nd.turned(tree) if len(axes) == 2 and axes != list(result) else tree


def unrepeated(_tree: Expression, _axis: int, _label: str) -> Expression:
    raise Unread("indices")


TREES = Algebra(
    product=ex.MatMul,
    times=ex.Multiply,
    turned=nd.turned,
    total=lambda tree, axis, _: nd.Total(tree) if axis is None else nd.AxisSum(tree, axis),
    repeated=unrepeated,
    diagonal=nd.Diagonal,
)
