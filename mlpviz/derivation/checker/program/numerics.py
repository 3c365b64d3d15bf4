"""The functions that a program may call: one row each, with the value that it has in NumPy.

A row names its parameters, so that keywords find their place whatever library they are from; the sizes of what it
makes are known before it is made.
"""

from __future__ import annotations

import numpy as np

from . import shaping
from .arithmetic import array_of, dot, outer, signed
from .computing import (
    Numeric,
    along,
    as_array,
    as_numbers,
    chosen,
    clipped,
    entry,
    extreme,
    kept,
    log_softmax_of,
    matmul_turned,
    norm,
    one_hot,
    pair,
    place,
    power,
    row,
    same,
    scalar,
    sign,
    softmax_of,
    squared,
    whole_number,
)
from .einsums import einsum
from .products import OTHER_PRODUCTS, PRODUCTS
from .things import is_number

NUMERICS: dict[str, Numeric] = {
    # products
    "dot": row("x y", lambda budget, x, y: dot(x, y, budget)),
    "matmul": row("x y transpose_a transpose_b adjoint_a", matmul_turned),
    "outer": row("x y", lambda budget, x, y: outer(x, y, budget)),
    "einsum": Numeric((), einsum, many=True),
    # entry by entry
    "multiply": sign("*"),
    "divide": sign("/"),
    "add": sign("+"),
    "subtract": sign("-"),
    "power": row("x y", power),
    "square": row("x", squared),
    "negative": row("x", lambda budget, x: signed("-", array_of(x, budget), budget)),
    "greater": sign(">"),
    "greater_equal": sign(">="),
    "less": sign("<"),
    "less_equal": sign("<="),
    "equal": sign("=="),
    "exp": entry(np.exp),
    "log": entry(np.log),
    "log1p": entry(np.log1p),
    "expm1": entry(np.expm1),
    "log2": entry(np.log2),
    "sqrt": entry(np.sqrt),
    "abs": entry(np.abs),
    "sign": entry(np.sign),
    "tanh": entry(np.tanh),
    "sinh": entry(np.sinh),
    "cosh": entry(np.cosh),
    "sech": entry(lambda x: 1 / np.cosh(x)),
    "reciprocal": entry(np.reciprocal),
    "maximum": pair(np.maximum),
    "minimum": pair(np.minimum),
    "logaddexp": pair(np.logaddexp),
    "heaviside": pair(np.heaviside),
    "logical_and": pair(np.logical_and),
    "logical_or": pair(np.logical_or),
    "logical_not": row("x", lambda budget, x: np.logical_not(array_of(x, budget))),
    "where": row("condition x y", chosen),
    "clip": row("x low high", clipped),
    "softmax": row("x axis", softmax_of),
    "log_softmax": row("x axis", log_softmax_of),
    # along an axis
    "sum": along(np.sum),
    "mean": along(np.mean),
    "prod": along(np.prod),
    "max": extreme(np.max, np.maximum),
    "min": extreme(np.min, np.minimum),
    "std": along(np.std),
    "var": along(np.var),
    "any": along(np.any),
    "all": along(np.all),
    "argmax": place(np.argmax),
    "argmin": place(np.argmin),
    "norm": row("x axis keepdims", norm),
    # as it is
    "copy": row("x", same),
    "asarray": row("x", kept),
    "array": row("x", as_array),
    "astype": row("x dtype", as_numbers),
    "float": row("x", lambda budget, x: as_numbers(budget, x) if not is_number(x) else np.float64(x)),
    "int": row("x", whole_number),
    "item": row("x", scalar),
    "one_hot": row("x count", one_hot),
    **PRODUCTS,
    **{name: Numeric(names, compute, many) for name, (names, compute, many) in shaping.ROWS.items()},
}
"""The functions by their first name."""

SAME_FUNCTION = {
    name: first
    for first, others in {
        "matmul": "mm bmm matvec mv mult mtimes",
        "multiply": "mul times hadamard",
        "divide": "div true_divide truediv rdivide",
        "add": "plus bias_add",
        "subtract": "sub minus",
        "power": "pow float_power",
        "negative": "neg",
        "greater": "gt",
        "greater_equal": "ge",
        "less": "lt",
        "less_equal": "le",
        "equal": "eq",
        "abs": "absolute fabs",
        "square": "sqr abs2",
        "log": "ln",
        "clip": "clamp clip_by_value clamp_ clip_",
        "where": "ifelse select",
        "maximum": "pmax fmax",
        "minimum": "pmin fmin",
        "sum": "reduce_sum nansum fsum",
        "mean": "reduce_mean average",
        "max": "amax reduce_max",
        "min": "amin reduce_min",
        "copy": "clone detach numpy cpu cuda requires_grad_ contiguous deepcopy stop_gradient to identity collect "
        "type_as logical numeric real as.numeric as.matrix as.double as.logical as.vector bool bool_",
        "asarray": "asmatrix as_tensor ascontiguousarray asanyarray as_matrix asfarray",
        "array": "tensor constant Variable convert_to_tensor from_numpy Tensor matrix FloatTensor device_put",
        "astype": "cast as_type",
        "float": "double float32 float64 single Float64 Float32 float_ float16 longdouble",
        "int": "long int32 int64 floor round as_integer as.integer int_ int8 uint8",
        "one_hot": "to_categorical onehot one_hot_encode get_dummies",
        "outer": "ger",
        **OTHER_PRODUCTS,
        **shaping.OTHERS,
    }.items()
    for name in others.split()
}
"""The names of other libraries, and other names, for a function of the table."""


def numeric(name: str) -> Numeric | None:
    """The function of a name, whatever library it is written for."""
    return NUMERICS.get(SAME_FUNCTION.get(name, name))
