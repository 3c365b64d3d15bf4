"""The functions that a program may call: one row each, with the value that it has in NumPy.

The sizes of what a function makes are known before it is made.
"""

from __future__ import annotations

import numpy as np

from . import computing, products, shaping
from .arithmetic import array_of, dot, outer, signed
from .einsums import einsum
from .rows import Numeric, Rows, along, entry, extreme, many, pair, place, row, sign
from .things import is_number

ROWS: Rows = {
    # products
    "dot": row("x y", lambda budget, x, y: dot(x, y, budget)),
    "matmul mm bmm matvec mv mult mtimes": row("x y transpose_a transpose_b adjoint_a", computing.matmul_turned),
    "linear": row("x weight bias", computing.linear),
    "outer ger": row("x y", lambda budget, x, y: outer(x, y, budget)),
    "einsum": many(einsum),
    # entry by entry
    "multiply mul times hadamard": sign("*"),
    "divide div true_divide truediv rdivide": sign("/"),
    "add plus bias_add": sign("+"),
    "subtract sub minus": sign("-"),
    "power pow float_power": row("x y", computing.power),
    "square sqr abs2": row("x", computing.squared),
    "negative neg": row("x", lambda budget, x: signed("-", array_of(x, budget), budget)),
    "greater gt": sign(">"),
    "greater_equal ge": sign(">="),
    "less lt": sign("<"),
    "less_equal le": sign("<="),
    "equal eq": sign("=="),
    "exp": entry(np.exp),
    "log ln": entry(np.log),
    "log1p": entry(np.log1p),
    "expm1": entry(np.expm1),
    "log2": entry(np.log2),
    "sqrt": entry(np.sqrt),
    "abs absolute fabs": entry(np.abs),
    "sign": entry(np.sign),
    "tanh": entry(np.tanh),
    "sinh": entry(np.sinh),
    "cosh": entry(np.cosh),
    "sech": entry(lambda x: 1 / np.cosh(x)),
    "reciprocal": entry(np.reciprocal),
    "maximum pmax fmax": pair(np.maximum),
    "minimum pmin fmin": pair(np.minimum),
    "logaddexp": pair(np.logaddexp),
    "heaviside": pair(np.heaviside),
    "logical_and": pair(np.logical_and),
    "logical_or": pair(np.logical_or),
    "logical_not": row("x", lambda budget, x: np.logical_not(array_of(x, budget))),
    "where ifelse select": row("condition x y", computing.chosen),
    "clip clamp clip_by_value clamp_ clip_": row("x low high", computing.clipped),
    "softmax": row("x axis", computing.softmax_of),
    "log_softmax": row("x axis", computing.log_softmax_of),
    # along an axis
    "sum reduce_sum nansum fsum": along(np.sum),
    "mean reduce_mean average": along(np.mean),
    "prod": along(np.prod),
    "max amax reduce_max": extreme(np.max, np.maximum),
    "min amin reduce_min": extreme(np.min, np.minimum),
    "std": along(np.std),
    "var": along(np.var),
    "any": along(np.any),
    "all": along(np.all),
    "argmax": place(np.argmax),
    "argmin": place(np.argmin),
    "norm": row("x axis keepdims", computing.norm),
    # as it is
    "copy clone detach numpy cpu cuda requires_grad_ contiguous deepcopy stop_gradient to identity "
    "collect type_as logical numeric real as.numeric as.matrix as.double as.logical as.vector bool bool_": row(
        "x", computing.same
    ),
    "asarray asmatrix as_tensor ascontiguousarray asanyarray as_matrix asfarray": row("x", computing.kept),
    "array tensor constant Variable convert_to_tensor from_numpy Tensor matrix FloatTensor device_put": row(
        "x", computing.as_array
    ),
    "astype cast as_type": row("x dtype", computing.as_numbers),
    "float double float32 float64 single Float64 Float32 float_ float16 longdouble": row(
        "x", lambda budget, x: computing.as_numbers(budget, x) if not is_number(x) else np.float64(x)
    ),
    "int long int32 int64 floor round as_integer as.integer int_ int8 uint8": row("x", computing.whole_number),
    "item": row("x", computing.scalar),
    "one_hot to_categorical onehot one_hot_encode get_dummies": row("x count", computing.one_hot),
    **products.ROWS,
    **shaping.ROWS,
}
"""The functions, with all their names."""

NUMERICS: dict[str, Numeric] = {name: each for names, each in ROWS.items() for name in names.split()}


def numeric(name: str) -> Numeric | None:
    """The function of a name, whatever library it is written for."""
    return NUMERICS.get(name)
