"""What the functions of the table compute."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from .arithmetic import array_of, combined, entrywise, fitted, product
from .things import Fresh, is_array, is_number
from .troubles import Budget, Trouble, shown

Compute = Callable[..., Any]


SAME_KEYWORD = {
    "dim": "axis",
    "dims": "axis",
    "keepdim": "keepdims",
    "keep_dims": "keepdims",
    "a": "x",
    "input": "x",
    "other": "y",
    "b": "y",
    "min": "low",
    "max": "high",
    "a_min": "low",
    "a_max": "high",
    "clip_value_min": "low",
    "clip_value_max": "high",
    "size": "shape",
    "perm": "axes",
    "depth": "count",
    "num_classes": "count",
    "reduction_indices": "axis",
}
"""Keywords of other libraries for a parameter of the table."""


IDLE = frozenset(
    "dtype device requires_grad order copy name out initial where trainable non_blocking stddev mean seed precision "
    "low_ high_ loc scale endpoint minval maxval".split()
)
"""Keywords that change no value here."""


@dataclass(frozen=True)
class Numeric:
    """One function: its parameters by name, and its value."""

    parameters: tuple[str, ...]
    compute: Compute
    many: bool = False
    """Whether its arguments are a shape written out: zeros(2, 3)."""

    def __call__(self, budget: Budget, arguments: Sequence[Any], keywords: Mapping[str, Any], name: str) -> Any:
        try:
            return self.computed(budget, arguments, keywords, name)
        except Trouble:
            raise
        except (TypeError, ValueError, ArithmeticError, LookupError):  # what NumPy itself would not take
            raise Trouble("arguments", name=name) from None

    def computed(self, budget: Budget, arguments: Sequence[Any], keywords: Mapping[str, Any], name: str) -> Any:
        if self.many:
            shape = keywords.get("shape", keywords.get("size"))
            return self.compute(budget, *arguments, *(() if shape is None else (shape,)))
        given = {
            SAME_KEYWORD.get(key, key) if key not in self.parameters else key: each for key, each in keywords.items()
        }
        given = {key: each for key, each in given.items() if key in self.parameters or key not in IDLE}
        if len(arguments) > len(self.parameters) or not set(given) <= set(self.parameters[len(arguments) :]):
            raise Trouble("arguments", name=name)
        return self.compute(budget, **dict(zip(self.parameters, arguments, strict=False)), **given)


def row(parameters: str, compute: Compute) -> Numeric:
    return Numeric(tuple(parameters.split()), compute)


def entry(function: Callable[[Any], Any]) -> Numeric:
    """A function entry by entry."""

    def compute(budget: Budget, x: Any) -> Any:
        x = array_of(x, budget)
        budget.room(np.shape(x), effort=2)
        return function(np.asarray(x, dtype=float)) if is_array(x) else np.float64(function(float(x)))

    return row("x", compute)


def pair(function: Callable[[Any, Any], Any]) -> Numeric:
    """A function of two, entry by entry."""

    def compute(budget: Budget, x: Any, y: Any) -> Any:
        x, y = array_of(x, budget), array_of(y, budget)
        budget.room(fitted(np.shape(x), np.shape(y)))
        return function(x, y)

    return row("x y", compute)


def sign(text: str) -> Numeric:
    return row("x y", lambda budget, x, y: combined(text, x, y, budget))


def along(function: Callable[..., Any]) -> Numeric:
    """A function along an axis, or over everything."""

    def compute(budget: Budget, x: Any, axis: Any = None, keepdims: Any = False) -> Any:
        x = np.asarray(array_of(x, budget))
        budget.room(x.shape)
        axis = axis_of(axis, x)
        if x.size == 0:
            return np.float64(0) if function is np.sum else np.float64(np.nan)
        return function(x, axis=axis, keepdims=bool(keepdims))

    return row("x axis keepdims", compute)


def axis_of(axis: Any, x: Any) -> Any:
    """An axis, or several, if the array has them."""
    if axis is None:
        return None
    axes = tuple(axis) if isinstance(axis, list | tuple) else (axis,)
    if not axes or not all(isinstance(each, int | np.integer) and -x.ndim <= each < x.ndim for each in axes):
        raise Trouble("axis", a=shown(x.shape), axis=str(axis)[:20])
    return tuple(int(each) for each in axes) if len(axes) > 1 else int(axes[0])


def place(function: Callable[..., Any]) -> Numeric:
    """The place of the largest or smallest entry."""

    def compute(budget: Budget, x: Any, axis: Any = None, keepdims: Any = False) -> Any:
        x = np.asarray(array_of(x, budget))
        budget.room(x.shape)
        if not x.size:
            raise Trouble("value")
        return function(x, axis=axis_of(axis, x), keepdims=bool(keepdims))

    return row("x axis keepdims", compute)


def extreme(whole: Callable[..., Any], between: Callable[[Any, Any], Any]) -> Numeric:
    """max(x, axis), and max(a, b) of two numbers or arrays."""
    reduced, paired = along(whole), pair(between)

    def compute(budget: Budget, x: Any, axis: Any = None, keepdims: Any = False, dim3: Any = None) -> Any:
        if is_array(axis) or isinstance(axis, float) or (is_number(x) and axis is not None):
            return paired.compute(budget, x, axis)
        if isinstance(axis, list) and not axis and dim3 is None:
            axis = None
        return reduced.compute(budget, x, axis, keepdims)

    return row("x axis keepdims", compute)


def clipped(budget: Budget, x: Any, low: Any = None, high: Any = None) -> Any:
    x = array_of(x, budget)
    budget.room(np.shape(x))
    if low is None and high is None:
        return x
    return np.clip(x, low, high)


def chosen(budget: Budget, condition: Any, x: Any = None, y: Any = None) -> Any:
    if x is None or y is None:
        condition = np.asarray(array_of(condition, budget))
        return np.nonzero(condition)
    parts = [array_of(each, budget) for each in (condition, x, y)]
    try:
        budget.room(np.broadcast_shapes(*map(np.shape, parts)))
    except ValueError:
        raise Trouble("entrywise", a=shown(np.shape(parts[0])), b=shown(np.shape(parts[1]))) from None
    return np.where(*parts)


def matmul_turned(
    budget: Budget, x: Any, y: Any, transpose_a: Any = False, transpose_b: Any = False, adjoint_a: Any = False
) -> Any:
    x, y = np.asarray(array_of(x, budget)), np.asarray(array_of(y, budget))
    return product(x.T if transpose_a or adjoint_a else x, y.T if transpose_b else y, budget)


def same(_budget: Budget, x: Any, *_more: Any) -> Any:
    return x.copy() if is_array(x) else x


def kept(budget: Budget, x: Any) -> Any:
    return array_of(x, budget) if isinstance(x, list | tuple | range | Fresh) else x


def as_array(budget: Budget, x: Any) -> Any:
    """A copy as an array; what is nested deeper, or ragged, stays a list."""
    try:
        x = array_of(x, budget)
    except Trouble:
        if isinstance(x, list | tuple):
            return list(x)
        raise
    return np.array(x) if is_array(x) else np.asarray(x)


def as_numbers(budget: Budget, x: Any, dtype: Any = None) -> Any:
    x = array_of(x, budget)
    whole = getattr(dtype, "name", dtype) in ("int", "int32", "int64", "long")
    return np.asarray(x).astype(int if whole else float)


def one_hot(budget: Budget, x: Any, count: Any = None) -> Any:
    x = np.asarray(array_of(x, budget))
    if x.dtype.kind not in "iu" or x.ndim > 1 or (x.size and x.min() < 0):
        return x
    count = int(count) if is_number(count) else int(x.max()) + 1
    budget.room((x.size, count))
    if x.size and x.max() >= count:
        raise Trouble("index", key=int(x.max()), name="one_hot", count=count)
    return np.eye(count)[x]


def norm(budget: Budget, x: Any, axis: Any = None, keepdims: Any = False) -> Any:
    x = np.asarray(array_of(x, budget), dtype=float)
    return np.sqrt(np.sum(x * x, axis=axis_of(axis, x), keepdims=bool(keepdims)))


def whole_number(_budget: Budget, x: Any) -> Any:
    if is_array(x) and x.size != 1:
        return np.floor(np.asarray(x, dtype=float)).astype(int) if np.isfinite(x).all() else x
    if not (is_number(x) or (is_array(x) and x.size == 1)) or not np.isfinite(x):
        raise Trouble("value")
    return int(x)


def power(budget: Budget, x: Any, y: Any) -> Any:
    return combined("**", array_of(x, budget), array_of(y, budget), budget)


def squared(budget: Budget, x: Any) -> Any:
    x = array_of(x, budget)
    return entrywise("*", x, x, budget)


def scalar(budget: Budget, x: Any) -> Any:
    x = array_of(x, budget)
    if np.size(x) != 1:
        raise Trouble("value")
    return np.float64(np.asarray(x).reshape(()))


def softmax_of(budget: Budget, x: Any, axis: Any = None) -> Any:
    """Softmax along an axis, the last one unless it is said."""
    x = np.asarray(array_of(x, budget), dtype=float)
    budget.room(x.shape, effort=4)
    axis = axis_of(-1 if axis is None else axis, x)
    powers = np.exp(x - x.max(axis, keepdims=True))
    return powers / powers.sum(axis, keepdims=True)


def log_softmax_of(budget: Budget, x: Any, axis: Any = None) -> Any:
    return np.log(softmax_of(budget, x, axis))
