"""Arrays that a program makes: drawn, filled with a number, counted up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from .arithmetic import array_of
from .things import Fresh, is_array, is_number
from .troubles import MOST_ENTRIES, Budget, Trouble


def sizes(shape: Sequence[Any]) -> tuple[int, ...]:
    """A shape, written out or as one tuple, list or vector."""
    if len(shape) == 1 and isinstance(shape[0], list | tuple):
        shape = shape[0]
    elif len(shape) == 1 and is_array(shape[0]) and shape[0].ndim == 1:
        shape = shape[0].tolist()
    numbers = [each for each in shape if is_number(each)]
    if len(numbers) > 4 or not all(np.isfinite(each) and abs(each) < 1e9 for each in numbers):
        raise Trouble("entries", limit=MOST_ENTRIES)
    return tuple(int(each) for each in numbers)


def filled(value: float | None) -> Callable[..., Any]:
    """An array that is drawn, or filled with a number, when it is known what for."""

    def compute(_budget: Budget, *shape: Any) -> Any:
        wanted = sizes([each for each in shape if not isinstance(each, str)])
        return Fresh(wanted, value) if wanted else np.float64(0.5 if value is None else value)

    return compute


def drawn_between(_budget: Budget, *arguments: Any) -> Any:
    """normal(loc, scale, size), uniform(low, high, size): what is drawn has the size that is given last."""
    shape = arguments[-1] if arguments else ()
    if is_number(shape):
        return Fresh(sizes((shape,))) if len(arguments) == 3 else np.float64(0.5)
    return Fresh(sizes((shape,))) if isinstance(shape, list | tuple) else np.float64(0.5)


def like(value: float) -> Callable[..., Any]:
    def compute(budget: Budget, x: Any) -> Any:
        if isinstance(x, Fresh):
            return Fresh(x.shape, value)
        shape = np.shape(array_of(x, budget))
        budget.room(shape)
        return np.full(shape, value)

    return compute


def drawn_like(_budget: Budget, x: Any) -> Any:
    return Fresh(x.shape if isinstance(x, Fresh) else np.shape(x))


def full(_budget: Budget, shape: Any, fill_value: Any) -> Any:
    if not is_number(fill_value):
        raise Trouble("value")
    return Fresh(sizes((shape,)), float(fill_value))


def eye(budget: Budget, count: Any, columns: Any = None) -> Any:
    shape = sizes((count, count if columns is None else columns))
    budget.room(shape)
    return np.eye(shape[0], shape[1])


def counted(budget: Budget, *bounds: Any) -> Any:
    numbers = stretched(budget, *bounds)
    budget.room((max(0, -((numbers.start - numbers.stop) // numbers.step)),))  # len() holds no more than a word does
    return np.array(list(numbers))


def stretched(_budget: Budget, *bounds: Any) -> range:
    """range(…): whole numbers between bounds."""
    if not 1 <= len(bounds) <= 3 or not all(is_number(each) and np.isfinite(each) for each in bounds):
        raise Trouble("loop")
    whole = [int(each) for each in bounds]
    if len(whole) == 3 and whole[2] == 0:
        raise Trouble("loop")
    return range(*whole)


def evenly(budget: Budget, start: Any, stop: Any, count: Any = 50) -> Any:
    budget.room(sizes((count,)))
    return np.linspace(float(start), float(stop), int(count))
