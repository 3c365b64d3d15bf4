"""What the functions of the table compute that NumPy has not quite as libraries do."""

from __future__ import annotations

from typing import Any

import numpy as np

from .arithmetic import array_of, combined, entrywise, product
from .rows import axis_of
from .things import Fresh, is_array, is_number
from .troubles import Budget, Trouble, shown


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


def linear(budget: Budget, x: Any, weight: Any = None, bias: Any = None) -> Any:
    """X Wᵀ + b; of one array, the array as it is, as the activation of that name gives it."""
    if weight is None:
        return array_of(x, budget)
    total = product(x, np.asarray(array_of(weight, budget)).T, budget)
    return total if bias is None else combined("+", total, bias, budget)


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
