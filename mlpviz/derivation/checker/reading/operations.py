"""The functions of the libraries: one row each with its names, its parameters, and the tree that it means."""

from __future__ import annotations

from collections.abc import Callable

from ....maths import expressions as ex
from ....maths.expressions import Expression
from .. import nodes as nd
from . import activations, counts, losses, products, shapes, sums
from . import syntax as sx
from .arguments import Arguments, Meaning, Routine, binary, unary
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


def xw_plus_b(given: Arguments) -> Expression:
    return ex.Add(ex.MatMul(given.tree("x"), given.tree("y")), given.tree("bias"))


def is_infinite(node: sx.Syntax | None) -> bool:
    """Whether a bound is none: None, np.inf, float("inf")."""
    match node:
        case sx.Word(name) | sx.Attribute(_, name):
            return name.lower() in ("none", "inf", "infty", "infinity")
        case sx.Call(sx.Word("float"), (sx.Quoted("inf"),)):
            return True
    return node is None


def applied(name: str) -> Meaning:
    return unary(lambda x: ex.apply(name, x))


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


ROUTINES = {
    "dot": Routine("dot", "x y transpose_a transpose_b", products.dotted),
    "matmul": Routine("matmul mm mv bmm mult mtimes", "x y transpose_a transpose_b", products.multiplied),
    "inner": Routine("inner", "x y", binary(lambda x, y: products.product(x, nd.turned(y)))),
    "vdot": Routine("vdot", "x y", binary(lambda x, y: nd.Total(ex.Multiply(x, y)))),
    "multi_dot": Routine("multi_dot", "x", products.chained),
    "tensordot": Routine("tensordot", "x y axis", products.tensordot),
    "kron": Routine("kron", "x y", products.kronecker),
    "trace": Routine("trace tr", "x", sums.trace),
    "multiply": Routine("multiply mul times hadamard", "x y", binary(activations.times)),
    "divide": Routine("divide true_divide div rdivide", "x y", binary(ex.Divide)),
    "add": Routine("add plus bias_add", "x y", binary(ex.Add)),
    "subtract": Routine("subtract sub minus", "x y", binary(ex.Subtract)),
    "negative": Routine("negative neg", "x", unary(ex.Negate)),
    "outer": Routine("outer ger", "x y", binary(nd.Outer)),
    "crossprod": Routine("crossprod", "x y", binary(lambda x, y: ex.MatMul(nd.turned(x), y))),
    "tcrossprod": Routine("tcrossprod", "x y", binary(lambda x, y: ex.MatMul(x, nd.turned(y)))),
    "addmm": Routine("addmm baddbmm", "x y z", products.affine),
    "bsxfun": Routine("bsxfun", "function x y", products.spread),
    "sweep": Routine("sweep", "x axis y function", products.swept),
    "transpose": Routine("transpose t permute adjoint ctranspose", "x axis axis1", products.transposed),
    "swapaxes": Routine("swapaxes swapdims moveaxis", "x axis axis1", products.swapped),
    "sum": Routine("sum reduce_sum nansum fsum", "x axis keepdims", sums.summed),
    "add.reduce": Routine("add.reduce", "x axis", sums.added_up),
    "apply_along_axis": Routine("apply_along_axis", "function axis x", sums.each_along),
    "sumsqr": Routine("sumsqr", "x", unary(lambda x: nd.Total(sums.square(x)))),
    "sumsq": Routine("sumsq", "x axis", sums.columns_of_squares),
    "logsumexp": Routine("logsumexp reduce_logsumexp logaddexp.reduce", "x axis keepdims", sums.log_of_sums),
    "colSums": Routine("colSums", "x", sums.along(0)),
    "rowSums": Routine("rowSums", "x", sums.along(1)),
    "mean": Routine("mean reduce_mean average", "x axis keepdims", sums.mean),
    "colMeans": Routine("colMeans", "x", sums.average(0)),
    "rowMeans": Routine("rowMeans", "x", sums.average(1)),
    "size": Routine("size", "x axis", counts.sized),
    "numel": Routine("numel", "x", lambda given: counts.count(given.reader, given.tree("x"), None)),
    "prod": Routine("prod", "shape", counts.product_of_shape),
    "mapslices": Routine("mapslices", "function x axis", sums.mapped),
    "apply": Routine("apply", "x axis function", sums.applied_along),
    "len": Routine("len nrow rows", "x", lambda given: counts.count(given.reader, given.tree("x"), 0)),
    "ncol": Routine("ncol columns", "x", lambda given: counts.count(given.reader, given.tree("x"), 1)),
    "square": Routine("square sqr abs2", "x", unary(sums.square)),
    "power": Routine("power pow float_power", "x y", binary(power)),
    "sqrt": Routine("sqrt", "x", applied("sqrt")),
    "exp": Routine("exp", "x", applied("exp")),
    "log": Routine("log ln", "x", applied("log")),
    "abs": Routine("abs absolute fabs", "x", applied("abs")),
    "reciprocal": Routine("reciprocal", "x", unary(lambda x: ex.Divide(ex.Number(1), x))),
    "maximum": Routine("maximum fmax pmax reduce_max", "x y axis keepdims", sums.largest),
    "max": Routine("max amax", "x y axis keepdims", sums.largest_along),
    "cosh": Routine("cosh", "x", unary(halves(ex.Add))),
    "sinh": Routine("sinh", "x", unary(halves(ex.Subtract))),
    "sech": Routine("sech", "x", unary(lambda x: ex.Divide(ex.Number(1), halves(ex.Add)(x)))),
    "linear": Routine("linear", "x y bias", affine_map),
    "greater": Routine("greater gt greater_equal ge", "x y", compared(">")),
    "less": Routine("less lt less_equal le", "x y", compared("<")),
    "squared_difference": Routine("squared_difference", "x y", losses.squared_difference),
    "dist": Routine("dist", "x y", lambda given: ex.apply("sqrt", nd.Total(losses.squared_difference(given)))),
    "l2_loss": Routine("l2_loss", "x", losses.halved),
    "xlogy": Routine("xlogy", "x y", losses.weighted_log),
    "mean_squared_error": Routine("mean_squared_error MeanSquaredError MSE mse", "y x", losses.squared_error),
    "mse_loss": Routine("mse_loss MSELoss", "x y reduction", losses.squared_error),
    "binary_cross_entropy": Routine("binary_cross_entropy BCELoss bce_loss", "x y reduction", losses.binary_entropy),
    "log_softmax": Routine("log_softmax", "x axis", losses.log_softmax),
    "logaddexp": Routine("logaddexp", "x y", losses.log_of_sum),
    "bce_with_logits": Routine(
        "binary_cross_entropy_with_logits BCEWithLogitsLoss", "x y reduction", losses.entropy_of_logits
    ),
    "entropies_of_logits": Routine("sigmoid_cross_entropy_with_logits", "y x", losses.entropies_of_logits),
    "sigmoid_binary_cross_entropy": Routine("sigmoid_binary_cross_entropy", "x y", losses.entropies_of_logits),
    "categorical_crossentropy": Routine("categorical_crossentropy", "y x", losses.entropies),
    "softmax_entropies": Routine("softmax_cross_entropy_with_logits", "y x axis", losses.softmax_entropies),
    "softmax_cross_entropy": Routine("softmax_cross_entropy", "x y", losses.softmax_entropies),
    "cross_entropy": Routine("cross_entropy CrossEntropyLoss", "x y reduction", losses.cross_entropy),
    "einsum": Routine("einsum", "rule x y z u v", products.contracted),
    "norm": Routine("norm", "x kind axis keepdims", sums.norm),
    "expand_dims": Routine("expand_dims unsqueeze", "x axis", shapes.expanded),
    "minimum": Routine("minimum fmin min pmin", "x y", binary(lambda x, y: ex.apply("minimum", x, y))),
    "clip": Routine("clip clamp clip_by_value clamp_ clip_ clamp_min", "x low high", clipped),
    "sign": Routine("sign", "x", sign),
    "not": Routine("logical_not", "x", lambda given: denied(given.reader, given.given.get("x"))),
    "masked_fill": Routine("masked_fill masked_fill_", "x mask value", masked),
    "xw_plus_b": Routine("xw_plus_b", "x y bias", xw_plus_b),
    "rep": Routine("rep", "x times each", shapes.repeated),
    "vector": Routine("as.vector", "x", unary(lambda x: nd.Flat(x, lies=0))),
    "where": Routine("where select ifelse", "x y z", selected),
    "heaviside": Routine("heaviside", "x y", lambda given: activations.rectified(given.reader.scope, given.tree("x"))),
    "diag": Routine("diag diagflat diagm Diagonal", "x", unary(nd.Diagonal)),
    "ones": Routine("ones", "x y", shapes.filled(1)),
    "zeros": Routine("zeros", "x y", shapes.filled(0)),
    "ones_like": Routine("ones_like", "x", shapes.filled_like(1)),
    "zeros_like": Routine("zeros_like", "x", shapes.filled_like(0)),
    "eye": Routine("eye identity", "x y", shapes.eye),
    "reshape": Routine("reshape view", "x y z", shapes.reshaped),
    "repmat": Routine("repmat broadcast_to tile expand repeat", "x y z axis", unary(lambda x: x)),
    "copy": Routine(
        "copy clone detach data numpy item astype float double int array asarray tensor constant Variable cast to cpu "
        "as_tensor convert_to_tensor float32 float64 int32 int64 stop_gradient contiguous squeeze atleast_2d "
        "matrix as_matrix vec type_as flatten ravel full Float64 Float32 single logical numeric int_ "
        "float_ bool bool_ int8 uint8 float16 longdouble as.numeric as.matrix as.double as.integer as.logical asfarray "
        "asanyarray ascontiguousarray real",
        "x axis",
        unary(lambda x: x),
    ),
}
"""Every function by its name here."""

BY_NAME = {name: key for key, routine in ROUTINES.items() for name in routine.names.split()}
"""The key of each function by each of its names."""
