"""The signs of a program with NumPy's own meaning; the size of each result is known before it is made."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from .things import Fresh, is_array, is_number
from .troubles import MOST_ENTRIES, Budget, Trouble, shown

SIGNS: dict[str, Callable[[Any, Any], Any]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "//": operator.floordiv,
    "%": operator.mod,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "==": operator.eq,
    "!=": operator.ne,
}
LARGEST_WHOLE = 2**53


def combined(sign: str, a: Any, b: Any, budget: Budget) -> Any:
    """``a sign b`` as NumPy has it. Raises Trouble where it has no such thing, or where it would be too large."""
    if (isinstance(a, Fresh) and is_number(b)) or (isinstance(b, Fresh) and is_number(a)):
        return scaled(a if isinstance(a, Fresh) else b)
    a, b = whole(a, budget), whole(b, budget)
    if sign == "@":
        return product(a, b, budget)
    if sign == "outer":
        return outer(a, b, budget)
    if is_plain(a) and is_plain(b):
        return numbers(sign, a, b)
    if isinstance(a, str) and sign == "%":
        return filled_in(a, PLACES, b if isinstance(b, list | tuple) else [b])
    if isinstance(a, list | tuple) or isinstance(b, list | tuple):
        return of_lists(sign, a, b, budget)
    if isinstance(a, str) and isinstance(b, str) and sign in ("==", "!=", "+"):
        return (a + b)[:LONGEST_TEXT] if sign == "+" else SIGNS[sign](a, b)
    if sign in ("==", "!=") and (a is None or b is None or isinstance(a, str) or isinstance(b, str)):
        return SIGNS[sign](a is b, True)
    if a is None or b is None:
        raise Trouble("none", sign=sign)
    if not all(is_number(x) or is_array(x) for x in (a, b)):
        raise Trouble("kind", sign=sign)
    return entrywise(sign, a, b, budget)


PLACES, BRACES = re.compile("%[dis]"), re.compile(r"\{\d?\}")
"""Where a text is filled in, "W%d" % l and "W{}".format(l)."""

LONGEST_TEXT = 200


def filled_in(text: str, places: re.Pattern[str], values: Sequence[Any]) -> str:
    """A text with values, whole numbers or texts, in its places."""
    if not all(isinstance(each, int | str) for each in values):
        raise Trouble("value")
    left = iter(values)
    return places.sub(lambda found: str(next(left, found[0]))[:LONGEST_TEXT], text[:LONGEST_TEXT])[:LONGEST_TEXT]


def scaled(fresh: Fresh) -> Fresh:
    """What is drawn stays so whatever it is multiplied by or moved by; zeros do not stay zeros for sure."""
    return fresh


def whole(value: Any, budget: Budget) -> Any:
    return value.made(budget) if isinstance(value, Fresh) else value


def is_plain(value: Any) -> bool:
    return isinstance(value, int | float) and not isinstance(value, np.generic)


def numbers(sign: str, a: Any, b: Any) -> Any:
    """Two plain numbers; what grows too large for a whole number goes on as a float."""
    try:
        value = power_of(a, b) if sign == "**" else SIGNS[sign](a, b)
    except ZeroDivisionError:
        return np.float64(np.nan if a == 0 else np.inf)
    except OverflowError:
        return np.float64(np.inf)
    if isinstance(value, bool):
        return value
    return np.float64(value) if isinstance(value, float) or abs(value) > LARGEST_WHOLE else value


def power_of(a: Any, b: Any) -> Any:
    if isinstance(a, int) and isinstance(b, int) and not (0 <= b <= 50 and abs(a) <= 1000):
        return np.power(np.float64(a), b)
    value = a**b
    return np.float64(np.nan) if isinstance(value, complex) else value


def entrywise(sign: str, a: Any, b: Any, budget: Budget) -> Any:
    shape = fitted(np.shape(a), np.shape(b))
    budget.room(shape)
    note_stretched(np.shape(a), np.shape(b), shape, budget)
    if sign == "**":
        return np.power(np.asarray(a, dtype=float), b)
    if sign == "-" and boolean(a) and boolean(b):
        raise Trouble("boolean")
    return SIGNS[sign](a, b)


def fitted(a: tuple[int, ...], b: tuple[int, ...]) -> tuple[int, ...]:
    """The shape that two arrays have entry by entry. Raises Trouble where they do not fit."""
    try:
        return np.broadcast_shapes(a, b)
    except ValueError:
        long, short = (a, b) if len(a) >= len(b) else (b, a)
        along = len(long) == 2 and len(short) == 1 and long[0] == short[0]
        if along:
            raise Trouble("laid", a=shown(long), b=shown(short)) from None
        raise Trouble("entrywise", a=shown(a), b=shown(b)) from None


def note_stretched(a: tuple[int, ...], b: tuple[int, ...], c: tuple[int, ...], budget: Budget) -> None:
    """Note where both arrays are repeated, or one of one axis meets one of two: what strict shapes would not take."""
    sizes = [int(np.prod(shape)) for shape in (a, b)]
    if min(sizes) > 1 and (int(np.prod(c)) > max(sizes) or len(a) != len(b)) and len(budget.stretched) < 10:
        budget.stretched.append((a, b, c))


def boolean(value: Any) -> bool:
    return is_array(value) and value.dtype == bool


def of_lists(sign: str, a: Any, b: Any, budget: Budget) -> Any:
    """Lists: put together, repeated, or taken as an array beside one."""
    if sign == "+" and type(a) is type(b):
        budget.room((len(a) + len(b),))
        return a + b
    if sign == "*" and (isinstance(a, int) or isinstance(b, int)):
        row, times = (b, a) if isinstance(a, int) else (a, b)
        if len(row) * times > MOST_ENTRIES:
            raise Trouble("entries", limit=MOST_ENTRIES)
        return row * times
    if sign in ("==", "!="):
        return SIGNS[sign](a is b, True)
    if is_array(a) or is_array(b):
        return combined(sign, array_of(a, budget), array_of(b, budget), budget)
    raise Trouble("kind", sign=sign)


def array_of(value: Any, budget: Budget, deep: int = 3) -> Any:
    """A value as an array or number: lists become arrays, level by level and within bounds."""
    value = whole(value, budget)
    if not isinstance(value, list | tuple | range):
        if is_array(value) or is_number(value):
            return value
        raise Trouble("value")
    if deep == 0:
        raise Trouble("nested")
    budget.room((len(value),))
    rows = [np.asarray(array_of(each, budget, deep - 1)) for each in value]
    if len({row.shape for row in rows}) > 1:
        raise Trouble("value")
    budget.room((len(rows), *(rows[0].shape if rows else ())))
    return np.stack(rows) if rows else np.zeros(0)


def product(a: Any, b: Any, budget: Budget) -> Any:
    """The matrix product of NumPy's ``@``, of vectors too."""
    if a is None or b is None:
        raise Trouble("none", sign="@")
    a, b = array_of(a, budget), array_of(b, budget)
    if np.ndim(a) == 0 or np.ndim(b) == 0:
        raise Trouble("number product")
    if np.ndim(a) > 2 or np.ndim(b) > 2:
        raise Trouble("value")
    x, y = a.shape[-1], b.shape[0]
    if x != y:
        raise Trouble("inner", a=shown(a.shape), b=shown(b.shape), x=x, y=y)
    budget.room((*a.shape[:-1], *b.shape[1:]), effort=1 + x)
    return np.matmul(number_array(a), number_array(b))


def dot(a: Any, b: Any, budget: Budget) -> Any:
    """``np.dot``: the matrix product, or a number times an array."""
    a, b = array_of(a, budget), array_of(b, budget)
    return entrywise("*", a, b, budget) if np.ndim(a) == 0 or np.ndim(b) == 0 else product(a, b, budget)


def outer(a: Any, b: Any, budget: Budget) -> Any:
    a, b = np.ravel(array_of(a, budget)), np.ravel(array_of(b, budget))
    budget.room((len(a), len(b)))
    return np.outer(a, b)


def number_array(value: Any) -> Any:
    return value.astype(float) if value.dtype == bool else value


def signed(sign: str, value: Any, budget: Budget) -> Any:
    """A sign before a value."""
    if isinstance(value, Fresh):
        return value
    if sign == "not":
        return not truth(value)
    if not (is_number(value) or is_array(value)):
        raise Trouble("kind", sign=sign)
    if sign == "~":
        return np.logical_not(value) if boolean(value) or isinstance(value, bool | np.bool_) else not truth(value)
    budget.room(np.shape(value))
    if sign == "-":
        return -(value.astype(float) if boolean(value) else value)
    return value


def truth(value: Any) -> bool:
    """Whether a condition holds. Raises Trouble where it is not one truth value."""
    if isinstance(value, Fresh) or (is_array(value) and value.size != 1):
        raise Trouble("value")
    return bool(value)
