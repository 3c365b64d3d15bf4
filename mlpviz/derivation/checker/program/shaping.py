"""The rows of the functions that make, measure, turn and put together arrays and lists."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np

from .arithmetic import array_of
from .making import counted, drawn_between, drawn_like, evenly, eye, filled, full, like, sizes, stretched
from .rows import Rows, many, row
from .things import Fresh, Lookup, is_array, is_number
from .troubles import MOST_ENTRIES, Budget, Trouble, shown


def shape_of(_budget: Budget, x: Any, axis: Any = None) -> Any:
    shape = x.shape if isinstance(x, Fresh) else np.shape(x) if is_array(x) or is_number(x) else None
    if shape is None:
        raise Trouble("value")
    if axis is None:
        return tuple(int(n) for n in shape)
    if not isinstance(axis, int) or not -len(shape) <= axis < len(shape):
        raise Trouble("axis", a=shown(shape), axis=str(axis)[:20])
    return int(shape[axis])


def length(_budget: Budget, x: Any) -> int:
    if isinstance(x, Fresh):
        return x.shape[0]
    if isinstance(x, list | tuple | dict | str | range) or (is_array(x) and x.ndim):
        return len(x)
    raise Trouble("value")


def longest(_budget: Budget, x: Any) -> int:
    """MATLAB's length: the larger of the two sizes."""
    return max(np.shape(x), default=1) if is_array(x) or is_number(x) else length(_budget, x)


def count(_budget: Budget, x: Any) -> int:
    return math.prod(np.shape(x)) if is_array(x) or is_number(x) else length(_budget, x)


def side(axis: int) -> Callable[..., Any]:
    return lambda budget, x: shape_of(budget, x, axis)


def turned(budget: Budget, x: Any, *_axes: Any) -> Any:
    x = np.asarray(array_of(x, budget))
    return x.T


def reshaped(budget: Budget, x: Any, *shape: Any) -> Any:
    x = np.asarray(array_of(x, budget))
    wanted = sizes(shape)
    known = math.prod(n for n in wanted if n != -1)
    fits = known == x.size if -1 not in wanted else wanted.count(-1) == 1 and known > 0 and x.size % known == 0
    if not fits or any(n < -1 for n in wanted):
        raise Trouble("reshape", a=shown(x.shape), b=shown(wanted))
    return x.reshape(wanted)


def flat(budget: Budget, x: Any) -> Any:
    return np.asarray(array_of(x, budget)).reshape(-1)


def squeezed(budget: Budget, x: Any, *_axis: Any) -> Any:
    return np.squeeze(np.asarray(array_of(x, budget)))


def widened(budget: Budget, x: Any, axis: Any = 0) -> Any:
    x = np.asarray(array_of(x, budget))
    if not isinstance(axis, int) or not -x.ndim - 1 <= axis <= x.ndim or x.ndim > 3:
        raise Trouble("axis", a=shown(x.shape), axis=str(axis)[:20])
    return np.expand_dims(x, axis)


def as_matrix(budget: Budget, x: Any) -> Any:
    return np.atleast_2d(np.asarray(array_of(x, budget)))


def joined(budget: Budget, parts: Any, axis: Any = 0) -> Any:
    arrays = [np.asarray(array_of(each, budget)) for each in parts]
    budget.room((sum(each.size for each in arrays),))
    try:
        return np.concatenate(arrays, axis=axis)
    except (ValueError, TypeError):
        a, b = (arrays + arrays)[:2] if arrays else (np.zeros(0), np.zeros(0))
        raise Trouble("entrywise", a=shown(a.shape), b=shown(b.shape)) from None


def beside(budget: Budget, *parts: Any) -> Any:
    arrays = [as_matrix(budget, each) for each in (parts[0] if len(parts) == 1 else parts)]
    return joined(budget, arrays, 1)


def in_columns(budget: Budget, *parts: Any) -> Any:
    arrays = [np.asarray(array_of(each, budget)) for each in (parts[0] if len(parts) == 1 else parts)]
    return joined(budget, [each.reshape(-1, 1) if each.ndim == 1 else each for each in arrays], 1)


def below(budget: Budget, *parts: Any) -> Any:
    return joined(budget, [as_matrix(budget, each) for each in (parts[0] if len(parts) == 1 else parts)], 0)


def stacked(budget: Budget, parts: Any, axis: Any = 0) -> Any:
    return np.moveaxis(np.asarray(array_of(list(parts), budget)), 0, axis) if parts else np.zeros(0)


def repeated(budget: Budget, x: Any, *times: Any) -> Any:
    x, times = np.asarray(array_of(x, budget)), sizes(times)
    shape = np.array(x.shape or (1,), dtype=object)
    wanted = [int(n) for n in times]
    long = max(len(shape), len(wanted))
    full_shape = [1] * (long - len(shape)) + [int(n) for n in shape]
    budget.room([a * b for a, b in zip(full_shape, [1] * (long - len(wanted)) + wanted, strict=True)])
    return np.tile(x, wanted)


def spread(budget: Budget, x: Any, *shape: Any) -> Any:
    """broadcast_to(x, shape): the array repeated to a shape that it fits."""
    x, wanted = np.asarray(array_of(x, budget)), sizes(shape)
    budget.room(wanted)
    try:
        return np.broadcast_to(x, wanted).copy()
    except ValueError:
        raise Trouble("reshape", a=shown(x.shape), b=shown(wanted)) from None


def repeated_entries(budget: Budget, x: Any, times: Any, axis: Any = None) -> Any:
    x = np.asarray(array_of(x, budget))
    if not is_number(times):
        raise Trouble("value")
    budget.room((x.size, int(times)))
    return np.repeat(x, int(times), axis=axis)


def diagonal(budget: Budget, x: Any) -> Any:
    x = np.asarray(array_of(x, budget))
    if x.ndim == 2 and 1 in x.shape:
        x = x.ravel()
    if x.ndim not in (1, 2):
        raise Trouble("value")
    budget.room((len(x), len(x)))
    return np.diag(x)


def in_order(_budget: Budget, x: Any) -> Any:
    """A permutation: here the samples keep their order."""
    return np.arange(int(x)) if is_number(x) and x <= MOST_ENTRIES else x


def zipped(_budget: Budget, *parts: Any) -> Any:
    return [tuple(each) for each in zip(*map(entries, parts), strict=False)]


def numbered(_budget: Budget, x: Any, start: Any = 0) -> Any:
    return [(k + int(start), each) for k, each in enumerate(entries(x))]


def backwards(_budget: Budget, x: Any) -> Any:
    if is_array(x):
        return x[::-1]
    return x[::-1] if isinstance(x, range) else list(entries(x))[::-1]


def entries(x: Any) -> Any:
    """What a loop goes through, one by one."""
    if (isinstance(x, Lookup) and not x) or not (
        isinstance(x, list | tuple | range | dict) or (is_array(x) and x.ndim)
    ):
        raise Trouble("loop")
    if len(x) > MOST_ENTRIES:
        raise Trouble("entries", limit=MOST_ENTRIES)
    return list(x)


def listed(_budget: Budget, x: Any = ()) -> Any:
    return list(entries(x))


ROWS: Rows = {
    "zeros": many(filled(0.0)),
    "ones": many(filled(1.0)),
    "empty": many(filled(0.0)),
    "randn rand standard_normal random_sample random ranf random_normal rnorm_matrix "
    "truncated_normal xavier_uniform kaiming_normal glorot": many(filled(None)),
    "drawn normal uniform rnorm runif randint integers random_uniform lecun": many(drawn_between),
    "full": row("shape fill_value", full),
    "zeros_like": row("x", like(0.0)),
    "ones_like": row("x", like(1.0)),
    "randn_like": row("x", drawn_like),
    "eye identity_matrix eyes": row("count columns", eye),
    "arange": many(counted),
    "range xrange seq": many(stretched),
    "linspace": row("start stop count", evenly),
    "shape size dim": row("x axis", shape_of),
    "len": row("x", length),
    "length": row("x", longest),
    "numel": row("x", count),
    "nrow NROW rows": row("x", side(0)),
    "ncol NCOL columns": row("x", side(1)),
    "transpose t adjoint permute_dims swapaxes permute ctranspose swapdims moveaxis": row(
        "x axes more", lambda budget, x, axes=None, more=None: turned(budget, x, axes, more)
    ),
    "reshape view reshape_": many(reshaped),
    "ravel flatten vec flat": row("x", flat),
    "squeeze": row("x axis", lambda budget, x, axis=None: squeezed(budget, x, axis)),
    "expand_dims unsqueeze": row("x axis", widened),
    "atleast_2d": row("x", as_matrix),
    "concatenate concat cat": row("parts axis", joined),
    "hstack hcat cbind": many(beside),
    "column_stack": many(in_columns),
    "vstack vcat rbind row_stack": many(below),
    "stack": row("parts axis", stacked),
    "tile repmat": many(repeated),
    "broadcast_to expand": many(spread),
    "repeat": row("x times axis", repeated_entries),
    "diag diagm Diagonal diagflat": row("x", diagonal),
    "permutation randperm shuffled": row("x", in_order),
    "zip": many(zipped),
    "enumerate eachindex_pairs": row("x start", numbered),
    "reversed reverse flip flipud rev": row("x", backwards),
    "list collect_list": row("x", listed),
    "tuple": row("x", lambda budget, x=(): tuple(entries(x))),
}
"""The rows of the table of functions."""
