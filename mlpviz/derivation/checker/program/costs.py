"""The losses of the libraries, as PyTorch defines them: each of a batch, reduced as it is asked for."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from .arithmetic import array_of, combined, product
from .computing import Numeric, row, softmax_of
from .troubles import Budget, Trouble, shown


def reduced(losses: Callable[[Any, Any], Any]) -> Numeric:
    """A loss of outputs x and labels y: its mean, its sum, or each of them."""

    def compute(budget: Budget, x: Any, y: Any, reduction: Any = "mean") -> Any:
        x, y = (np.asarray(array_of(each, budget), dtype=float) for each in (x, y))
        if x.shape != y.shape:
            raise Trouble("entrywise", a=shown(x.shape), b=shown(y.shape))
        budget.room(x.shape, effort=4)
        values = losses(x, y)
        if str(reduction) == "none":
            return values
        return values.sum() if str(reduction) == "sum" else values.mean()

    return row("x y reduction", compute)


def cross_entropy_of(budget: Budget, x: Any, y: Any, reduction: Any = "mean") -> Any:
    """The cross-entropy from logits, of labels as rows or as the numbers of classes."""
    x, y = np.asarray(array_of(x, budget), dtype=float), np.asarray(array_of(y, budget))
    if x.ndim == 2 and y.ndim == 1 and y.dtype.kind in "iu" and len(y) == len(x) and y.size and y.max() < x.shape[1]:
        y = np.eye(x.shape[1])[y]
    if x.shape != y.shape:
        raise Trouble("entrywise", a=shown(x.shape), b=shown(y.shape))
    values = -(y * np.log(softmax_of(budget, x))).sum(-1)
    if str(reduction) == "none":
        return values
    return values.sum() if str(reduction) == "sum" else values.mean()


def added_product(budget: Budget, x: Any, y: Any, z: Any) -> Any:
    """torch.addmm(b, X, W): b + X @ W."""
    return combined("+", x, product(y, z, budget), budget)


COSTS: dict[str, Numeric] = {
    "mse_loss": reduced(lambda x, y: (x - y) ** 2),
    "binary_cross_entropy": reduced(lambda x, y: -(y * np.log(x) + (1 - y) * np.log(1 - x))),
    "binary_cross_entropy_with_logits": reduced(lambda x, y: np.logaddexp(0, x) - y * x),
    "cross_entropy": row("x y reduction", cross_entropy_of),
    "addmm": row("x y z", added_product),
}
"""The rows of the table of functions."""

OTHER_COSTS = {
    "mse_loss": "MSELoss",
    "binary_cross_entropy": "BCELoss bce_loss",
    "binary_cross_entropy_with_logits": "BCEWithLogitsLoss",
    "cross_entropy": "CrossEntropyLoss",
    "addmm": "baddbmm",
}
