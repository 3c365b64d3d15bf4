"""Products, sums and losses of the libraries that are made of others, as they define them: one row each."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from typing import Any

import numpy as np

from .arithmetic import array_of, combined, product
from .computing import softmax_of, squared
from .rows import Numeric, Rows, along, axis_of, pair, row
from .troubles import Budget, Trouble, shown


def arrays(budget: Budget, *values: Any) -> list[Any]:
    return [np.asarray(array_of(each, budget), dtype=float) for each in values]


def inner(budget: Budget, x: Any, y: Any) -> Any:
    """np.inner: along the last axes of both."""
    x, y = arrays(budget, x, y)
    return product(x, y.T, budget)


def total_of(budget: Budget, x: Any, y: Any) -> Any:
    x, y = arrays(budget, x, y)
    return np.sum(combined("*", x.ravel(), y.ravel(), budget))


def contracted(budget: Budget, x: Any, y: Any, axes: Any = 2) -> Any:
    """np.tensordot of two matrices: over one axis of each, or over both."""
    x, y = arrays(budget, x, y)
    if not isinstance(axes, list | tuple):
        count = int(axes)
        axes = (list(range(x.ndim - count, x.ndim)), list(range(count)))
    first, second = (list(each) if isinstance(each, list | tuple) else [each] for each in axes)
    lengths = [[array.shape[int(k)] for k in own] for array, own in ((x, first), (y, second))]
    if lengths[0] != lengths[1]:
        raise Trouble("inner", a=shown(x.shape), b=shown(y.shape), x=lengths[0][0], y=lengths[1][0])
    summed = max(1, int(np.prod(lengths[0])))
    budget.room((x.size // summed, y.size // summed), effort=1 + summed)
    return np.tensordot(x, y, (first, second))


def kronecker(budget: Budget, x: Any, y: Any) -> Any:
    x, y = arrays(budget, x, y)
    budget.room((x.size, y.size))
    return np.kron(x, y)


def log_of_sums(budget: Budget, x: Any, axis: Any = None, keepdims: Any = False) -> Any:
    """logsumexp: the largest taken off first."""
    (x,) = arrays(budget, x)
    budget.room(x.shape, effort=4)
    axis = axis_of(axis, x)
    most = x.max(axis=axis, keepdims=True)
    value = np.log(np.exp(x - most).sum(axis=axis, keepdims=True)) + most
    return value if keepdims else np.squeeze(value, axis=axis)


def masked(budget: Budget, x: Any, mask: Any, value: Any = 0) -> Any:
    x, mask = arrays(budget, x, mask)
    if x.shape != mask.shape:
        raise Trouble("entrywise", a=shown(x.shape), b=shown(mask.shape))
    return np.where(mask != 0, value, x)


def of_differences(reduced: Callable[[Any], Any]) -> Numeric:
    """A function of the squared differences of two arrays, in either order."""

    def compute(budget: Budget, x: Any, y: Any) -> Any:
        x, y = arrays(budget, x, y)
        return reduced(squared(budget, combined("-", x, y, budget)))

    return row("x y", compute)


def by_sample(budget: Budget, y: Any, x: Any, axis: Any = -1) -> Any:
    """The cross-entropy of each sample's outputs, of labels first."""
    y, x = arrays(budget, y, x)
    return -combined("*", y, np.log(x), budget).sum(axis)


def as_asked(values: Any, reduction: Any) -> Any:
    """Losses as PyTorch's ``reduction`` says: each of them, their sum, or their mean."""
    return {"none": lambda: values, "sum": values.sum}.get(str(reduction).lower(), values.mean)()


def of_logits(x: Any, y: Any) -> Any:
    """The binary cross-entropy, sigmoid included."""
    return np.logaddexp(0, x) - y * x


def reduced(losses: Callable[[Any, Any], Any]) -> Numeric:
    """A loss of outputs x and labels y: its mean, its sum, or each of them."""

    def compute(budget: Budget, x: Any, y: Any, reduction: Any = "mean") -> Any:
        x, y = (np.asarray(array_of(each, budget), dtype=float) for each in (x, y))
        if x.shape != y.shape:
            raise Trouble("entrywise", a=shown(x.shape), b=shown(y.shape))
        budget.room(x.shape, effort=4)
        return as_asked(losses(x, y), reduction)

    return row("x y reduction", compute)


def cross_entropy_of(budget: Budget, x: Any, y: Any, reduction: Any = "mean") -> Any:
    """The cross-entropy from logits, of labels as rows or as the numbers of classes."""
    x, y = np.asarray(array_of(x, budget), dtype=float), np.asarray(array_of(y, budget))
    if x.ndim == 2 and y.ndim == 1 and y.dtype.kind in "iu" and len(y) == len(x) and y.size and y.max() < x.shape[1]:
        y = np.eye(x.shape[1])[y]
    if x.shape != y.shape:
        raise Trouble("entrywise", a=shown(x.shape), b=shown(y.shape))
    return as_asked(-(y * np.log(softmax_of(budget, x))).sum(-1), reduction)


def added_product(budget: Budget, x: Any, y: Any, z: Any) -> Any:
    """torch.addmm(b, X, W): b + X @ W."""
    return combined("+", x, product(y, z, budget), budget)


ROWS: Rows = {
    "inner": row("x y", inner),
    "vdot": row("x y", total_of),
    "multi_dot": row("x", lambda budget, x: reduce(lambda a, b: product(a, b, budget), arrays(budget, *x))),
    "tensordot": row("x y axes", contracted),
    "kron": row("x y", kronecker),
    "trace tr": row("x", lambda budget, x: np.trace(np.atleast_2d(array_of(x, budget)))),
    "sumsqr": row("x", lambda budget, x: np.sum(squared(budget, x))),
    "sumsq": row("x", lambda budget, x: np.sum(np.atleast_2d(squared(budget, x)), axis=0, keepdims=True)),
    "logsumexp reduce_logsumexp logaddexp.reduce": row("x axis keepdims", log_of_sums),
    "add.reduce": row("x axis", lambda budget, x, axis=0: along(np.sum).compute(budget, x, axis)),
    "squared_difference": of_differences(lambda squares: squares),
    "dist": of_differences(lambda squares: np.sqrt(np.sum(squares))),
    "mean_squared_error MeanSquaredError MSE mse": of_differences(np.mean),
    "l2_loss": row("x", lambda budget, x: np.sum(squared(budget, x)) / 2),
    "xlogy": pair(lambda x, y: x * np.log(y)),
    "sigmoid_cross_entropy sigmoid_cross_entropy_with_logits": row(
        "y x", lambda budget, y, x: pair(of_logits).compute(budget, x, y)
    ),
    "sigmoid_binary_cross_entropy": pair(of_logits),
    "categorical_crossentropy": row("y x axis", by_sample),
    "softmax_cross_entropy_of softmax_cross_entropy_with_logits": row(
        "y x axis", lambda budget, y, x, axis=-1: by_sample(budget, y, softmax_of(budget, x, axis), axis)
    ),
    "softmax_cross_entropy": row("x y", lambda budget, x, y: by_sample(budget, y, softmax_of(budget, x))),
    "masked_fill masked_fill_": row("x mask value", masked),
    "xw_plus_b": row("x y z", lambda budget, x, y, z: added_product(budget, z, x, y)),
    "mse_loss MSELoss": reduced(lambda x, y: (x - y) ** 2),
    "binary_cross_entropy BCELoss bce_loss": reduced(lambda x, y: -(y * np.log(x) + (1 - y) * np.log(1 - x))),
    "binary_cross_entropy_with_logits BCEWithLogitsLoss": reduced(of_logits),
    "cross_entropy CrossEntropyLoss": row("x y reduction", cross_entropy_of),
    "addmm baddbmm": row("x y z", added_product),
    "clamp_min": row("x low", lambda budget, x, low: np.maximum(array_of(x, budget), low)),
}
"""The rows of the table of functions."""
