"""The functions of the libraries: one row each with its names, its parameters, and the tree that it means."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from ....maths import expressions as ex
from ....maths.expressions import Expression
from .. import nodes as nd
from . import activations, counts, losses, products, shapes, sums
from . import syntax as sx
from .arguments import Arguments, Meaning, Routine, formula, itself
from .lowering import Reader
from .refusals import Unread


def power(base: Expression, exponent: Expression) -> Expression:
    match exponent:
        case ex.Number(1):
            return base
        case ex.Number(2):
            return ex.Multiply(base, base)
        case ex.Number(value) if abs(value) <= LARGEST_POWER:
            return nd.Power(base, value)
        case ex.Negate(ex.Number(value)) if value <= LARGEST_POWER:
            return nd.Power(base, -value)
    raise Unread("power")


LARGEST_POWER = 9


def sign(given: Arguments) -> Expression:
    """1, 0 or −1; of what ReLU gives its derivative."""
    x, zero = given.tree("x"), ex.Number(0)
    if activations.is_activation(x):
        return nd.Selected(x, zero, ex.Number(1), zero)
    return nd.Selected(x, zero, ex.Number(1), nd.Selected(zero, x, ex.Number(-1), zero))


def masked(given: Arguments) -> Expression:
    """masked_fill(mask, value): the value where the mask is."""
    return condition(given.reader, given.given.get("mask"), given.tree("value"), given.tree("x"))


def denied(reader: Reader, node: sx.Syntax | None) -> Expression:
    """not (z <= 0), a mask turned round."""
    return condition(reader, node, ex.Number(0), ex.Number(1))


def is_infinite(node: sx.Syntax | None) -> bool:
    """Whether a bound is none: None, np.inf, float("inf")."""
    match node:
        case sx.Word(name) | sx.Attribute(_, name):
            return name.lower() in ("none", "inf", "infty", "infinity")
        case sx.Call(sx.Word("float"), (sx.Quoted("inf"),)):
            return True
    return node is None


def clipped(given: Arguments) -> Expression:
    """Between two bounds: ReLU if the only one is 0."""
    x = given.tree("x")
    if not is_infinite(given.given.get("low")):
        x = activations.maximum(given.reader.scope, x, given.tree("low"))
    return x if is_infinite(given.given.get("high")) else ex.apply("minimum", x, given.tree("high"))


def selected(given: Arguments) -> Expression:
    """where(condition, this, otherwise)"""
    return condition(given.reader, given.given.get("x"), given.tree("y"), given.tree("z"))


def condition(reader: Reader, node: sx.Syntax | None, this: Expression, otherwise: Expression) -> Expression:
    """``this`` where a comparison holds."""
    if not isinstance(node, sx.Compared):
        raise Unread("condition", span=node.span if node else None)
    left, right = reader.tree(node.left), reader.tree(node.right)
    if node.sign not in (*GREATER, *LESS):
        raise Unread("condition", span=node.span)
    if node.sign in LESS:
        this, otherwise = otherwise, this
    if node.sign in ("==", "!=") and not (right == ex.Number(0) and activations.is_never_negative(reader.scope, left)):
        return nd.Selected(left, right, this, nd.Selected(right, left, this, otherwise))
    return activations.selected(reader.scope, left, right, this, otherwise)


GREATER, LESS = (">", ">=", "!="), ("<", "<=", "==")
"""The comparisons by whether they hold, or fail, where the left side is greater."""


def compared(sign: str) -> Meaning:
    """greater(x, 0), which is x > 0."""

    def tree(given: Arguments) -> Expression:
        comparison = sx.Compared(sign, given.given.get("x", sx.Word("")), given.given.get("y", sx.Numeral(0)))
        return condition(given.reader, comparison, ex.Number(1), ex.Number(0))

    return tree


def halves(sign: type[ex.Binary]) -> Callable[[Expression], Expression]:
    """(eˣ ± e⁻ˣ) / 2"""
    return lambda x: ex.Divide(sign(ex.apply("exp", x), ex.apply("exp", ex.Negate(x))), ex.Number(2))


def affine_map(given: Arguments) -> Expression:
    """linear(X, W, b): X Wᵀ + b."""
    product = ex.MatMul(given.tree("x"), nd.turned(given.tree("y")))
    return ex.Add(product, given.tree("bias")) if "bias" in given else product


ROUTINES = (
    Routine("dot", "x y transpose_a transpose_b", products.dotted),
    Routine("matmul mm mv bmm mult mtimes", "x y transpose_a transpose_b", products.multiplied),
    formula("inner", "x y", lambda x, y: products.product(x, nd.turned(y))),
    formula("vdot", "x y", lambda x, y: nd.Total(ex.Multiply(x, y))),
    Routine("multi_dot", "x", products.chained),
    Routine("tensordot", "x y axis", products.tensordot),
    Routine("kron", "x y", products.kronecker),
    Routine("trace tr", "x", sums.trace),
    formula("multiply mul times hadamard", "x y", activations.times),
    formula("divide true_divide div rdivide", "x y", ex.Divide),
    formula("add plus bias_add", "x y", ex.Add),
    formula("subtract sub minus", "x y", ex.Subtract),
    formula("negative neg", "x", ex.Negate),
    formula("outer ger", "x y", nd.Outer),
    formula("crossprod", "x y", lambda x, y: ex.MatMul(nd.turned(x), y)),
    formula("tcrossprod", "x y", lambda x, y: ex.MatMul(x, nd.turned(y))),
    formula("addmm baddbmm", "x y z", lambda x, y, z: ex.Add(ex.MatMul(y, z), x)),
    Routine("bsxfun", "function x y", products.spread),
    Routine("sweep", "x axis y function", products.swept),
    Routine("transpose t permute adjoint ctranspose", "x axis axis1", products.transposed),
    Routine("swapaxes swapdims moveaxis", "x axis axis1", products.swapped),
    Routine("sum reduce_sum nansum fsum", "x axis keepdims", sums.summed),
    Routine("add.reduce", "x axis", sums.added_up),
    Routine("apply_along_axis", "function axis x", sums.each_along),
    formula("sumsqr", "x", lambda x: nd.Total(sums.square(x))),
    Routine("sumsq", "x axis", sums.columns_of_squares),
    Routine("logsumexp reduce_logsumexp logaddexp.reduce", "x axis keepdims", sums.log_of_sums),
    formula("colSums", "x", sums.along(0)),
    formula("rowSums", "x", sums.along(1)),
    Routine("mean reduce_mean average", "x axis keepdims", sums.mean),
    Routine("colMeans", "x", sums.average(0)),
    Routine("rowMeans", "x", sums.average(1)),
    Routine("size", "x axis", counts.sized),
    Routine("numel", "x", lambda given: counts.count(given.reader, given.tree("x"), None)),
    Routine("prod", "shape", counts.product_of_shape),
    Routine("mapslices", "function x axis", sums.mapped),
    Routine("apply", "x axis function", sums.applied_along),
    Routine("len nrow rows", "x", lambda given: counts.count(given.reader, given.tree("x"), 0)),
    Routine("ncol columns", "x", lambda given: counts.count(given.reader, given.tree("x"), 1)),
    formula("square sqr abs2", "x", sums.square),
    formula("power pow float_power", "x y", power),
    formula("sqrt", "x", partial(ex.apply, "sqrt")),
    formula("exp", "x", partial(ex.apply, "exp")),
    formula("log ln", "x", partial(ex.apply, "log")),
    formula("abs absolute fabs", "x", partial(ex.apply, "abs")),
    formula("reciprocal", "x", lambda x: ex.Divide(ex.Number(1), x)),
    Routine("maximum fmax pmax reduce_max", "x y axis keepdims", sums.largest),
    Routine("max amax", "x y axis keepdims", sums.largest_along),
    formula("cosh", "x", halves(ex.Add)),
    formula("sinh", "x", halves(ex.Subtract)),
    formula("sech", "x", lambda x: ex.Divide(ex.Number(1), halves(ex.Add)(x))),
    Routine("linear", "x y bias", affine_map),
    Routine("greater gt greater_equal ge", "x y", compared(">")),
    Routine("less lt less_equal le", "x y", compared("<")),
    formula("squared_difference", "x y", losses.squared_difference),
    formula("dist", "x y", lambda x, y: ex.apply("sqrt", nd.Total(losses.squared_difference(x, y)))),
    formula("l2_loss", "x", lambda x: ex.Divide(nd.Total(sums.square(x)), ex.Number(2))),
    formula("xlogy", "x y", lambda x, y: ex.Multiply(x, ex.apply("log", y))),
    Routine("mean_squared_error MeanSquaredError MSE mse", "y x", losses.squared_error),
    Routine("mse_loss MSELoss", "x y reduction", losses.squared_error),
    Routine("binary_cross_entropy BCELoss bce_loss", "x y reduction", losses.binary_entropy),
    Routine("log_softmax", "x axis", losses.log_softmax),
    Routine("logaddexp", "x y", losses.log_of_sum),
    Routine("binary_cross_entropy_with_logits BCEWithLogitsLoss", "x y reduction", losses.entropy_of_logits),
    Routine("sigmoid_cross_entropy_with_logits", "y x", losses.entropies_of_logits),
    Routine("sigmoid_binary_cross_entropy", "x y", losses.entropies_of_logits),
    Routine("categorical_crossentropy", "y x", losses.entropies),
    Routine("softmax_cross_entropy_with_logits", "y x axis", losses.softmax_entropies),
    Routine("softmax_cross_entropy", "x y", losses.softmax_entropies),
    Routine("cross_entropy CrossEntropyLoss", "x y reduction", losses.cross_entropy),
    Routine("einsum", "rule x y z u v", products.contracted),
    Routine("norm", "x kind axis keepdims", sums.norm),
    Routine("expand_dims unsqueeze", "x axis", shapes.expanded),
    formula("minimum fmin min pmin", "x y", lambda x, y: ex.apply("minimum", x, y)),
    Routine("clip clamp clip_by_value clamp_ clip_ clamp_min", "x low high", clipped),
    Routine("sign", "x", sign),
    Routine("logical_not", "x", lambda given: denied(given.reader, given.given.get("x"))),
    Routine("masked_fill masked_fill_", "x mask value", masked),
    formula("xw_plus_b", "x y bias", lambda x, y, bias: ex.Add(ex.MatMul(x, y), bias)),
    Routine("rep", "x times each", shapes.repeated),
    formula("as.vector", "x", lambda x: nd.Flat(x, lies=0)),
    Routine("where select ifelse", "x y z", selected),
    Routine("heaviside", "x y", lambda given: activations.rectified(given.reader.scope, given.tree("x"))),
    formula("diag diagflat diagm Diagonal", "x", nd.Diagonal),
    Routine("ones", "x y", shapes.filled(1)),
    Routine("zeros", "x y", shapes.filled(0)),
    Routine("ones_like", "x", shapes.filled_like(1)),
    Routine("zeros_like", "x", shapes.filled_like(0)),
    Routine("eye identity", "x y", shapes.eye),
    Routine("reshape view", "x y z", shapes.reshaped),
    Routine("repmat broadcast_to tile expand repeat", "x y z axis", itself),
    Routine(
        "copy clone detach data numpy item astype float double int array asarray tensor constant Variable cast to cpu "
        "as_tensor convert_to_tensor float32 float64 int32 int64 stop_gradient contiguous squeeze atleast_2d "
        "matrix as_matrix vec type_as flatten ravel full Float64 Float32 single logical numeric int_ "
        "float_ bool bool_ int8 uint8 float16 longdouble as.numeric as.matrix as.double as.integer as.logical asfarray "
        "asanyarray ascontiguousarray real",
        "x axis",
        itself,
    ),
)
"""Every function that is read."""

BY_NAME = {name: routine for routine in ROUTINES for name in routine.names.split()}
"""Each function by each of its names."""
