"""A row of the table of functions: its parameters, so that keywords find their place whatever library they are from."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..reading import arguments
from .arithmetic import array_of, combined, fitted
from .things import is_array, is_number
from .troubles import Budget, Trouble, shown

Compute = Callable[..., Any]


SAME_KEYWORD = {**arguments.SAME_KEYWORD, "size": "shape", "perm": "axes", "depth": "count", "num_classes": "count"}
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
        names = {key: key if key in self.parameters else SAME_KEYWORD.get(key, key) for key in keywords}
        given = {names[key]: each for key, each in keywords.items()}
        given = {key: each for key, each in given.items() if key in self.parameters or key not in IDLE}
        if len(arguments) > len(self.parameters) or not set(given) <= set(self.parameters[len(arguments) :]):
            raise Trouble("arguments", name=name)
        return self.compute(budget, **dict(zip(self.parameters, arguments, strict=False)), **given)


Rows = Mapping[str, Numeric]
"""Functions by all their names, those of each library among them."""


def row(parameters: str, compute: Compute) -> Numeric:
    return Numeric(tuple(parameters.split()), compute)


def many(compute: Compute) -> Numeric:
    """A function whose arguments are a shape written out, or however many there are."""
    return Numeric((), compute, many=True)


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
