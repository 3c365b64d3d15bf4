"""Entries of arrays, lists and dictionaries, and the keys that they are found by, as each dialect counts."""

from __future__ import annotations

from typing import Any

import numpy as np

from ..reading import syntax as sx
from . import calling
from .arithmetic import array_of, whole
from .paths import written
from .things import Builtin, Fresh, Lookup, Missing, Runner, is_array, is_number
from .troubles import MOST_ENTRIES, Trouble, shown

TYPES = frozenset("Any Float64 Float32 Matrix Array Vector".split())
"""Before a bracket these make a list in Julia."""


def index(machine: Runner, node: sx.Index) -> Any:
    if isinstance(node.object, sx.Word) and node.object.text in TYPES and not machine.holds(node.object.text):
        return [machine.value(each) for each in node.items]
    owner = machine.value(node.object)
    if isinstance(owner, Builtin):  # np.c_[a, b], jnp's x.at[i]
        return calling.bracketed(machine, owner, [machine.value(each) for each in node.items])
    return entry(machine, owner, keys(machine, owner, node.items), node)


def keys(machine: Runner, owner: Any, items: tuple[sx.Syntax, ...]) -> tuple[Any, ...]:
    """The keys of an index as Python counts them."""
    wide = is_array(owner) or isinstance(owner, Fresh)
    return tuple(key(machine, owner, each, k if len(items) > 1 and wide else None) for k, each in enumerate(items))


def key(machine: Runner, owner: Any, node: sx.Syntax, axis: int | None) -> Any:
    first = machine.dialect.first_axis if not isinstance(owner, dict | Lookup) else 0
    if isinstance(node, sx.Slice):
        return slice_key(machine, owner, node, axis, first)
    if isinstance(node, sx.Word) and node.text == "end":
        return -1
    with machine.inside(owner, axis):
        value = machine.value(node)
    value = array_of(value, machine.budget) if isinstance(value, list | range) else value
    if is_array(value):
        if value.dtype == bool:
            return value
        if value.dtype.kind not in "iu" and not np.all(value == np.floor(value)):
            return machine.class_numbers(value)
        return (value if value.dtype.kind in "iu" else machine.class_numbers(value)) - first
    if isinstance(value, float | np.floating) and float(value).is_integer():
        value = int(value)
    if isinstance(value, int | np.integer) and not isinstance(value, bool):
        return int(value) - first
    return value


def slice_key(machine: Runner, owner: Any, node: sx.Slice, axis: int | None, first: int) -> slice:
    with machine.inside(owner, axis):
        start, stop, step = (
            None if each is None or (isinstance(each, sx.Word) and each.text == "end") else machine.value(each)
            for each in (node.start, node.stop, node.step)
        )
    if not all(each is None or (is_number(each) and np.isfinite(each)) for each in (start, stop, step)):
        raise Trouble("value")
    start, stop, step = (None if each is None else int(each) for each in (start, stop, step))
    return slice(None if start is None else start - first, stop, None if step == 0 else step)


def entry(machine: Runner, owner: Any, at: tuple[Any, ...], node: sx.Syntax) -> Any:
    """``owner[at]``, with a copy of nothing: what is read is a view."""
    name = written(node)[:40]
    if isinstance(owner, Missing):
        raise Trouble("early", name=name, line=owner.line)
    if isinstance(owner, dict):
        return dictionary_entry(owner, at, name)
    if isinstance(owner, list | tuple | range | str):
        return list_entry(owner, at, name)
    owner = whole(owner, machine.budget)
    if is_array(owner):
        return array_entry(machine, owner, at, name)
    raise Trouble("value")


def dictionary_entry(owner: dict[Any, Any], at: tuple[Any, ...], name: str) -> Any:
    wanted = at[0] if len(at) == 1 else at
    try:
        value = owner[wanted]
    except (KeyError, TypeError):
        raise Trouble("key", name=name, key=str(wanted)[:40]) from None
    if isinstance(value, Missing):
        raise Trouble("early", name=name, line=value.line)
    return value


def list_entry(owner: Any, at: tuple[Any, ...], name: str) -> Any:
    wanted = at[0] if len(at) == 1 else None
    if isinstance(wanted, slice):
        return owner[wanted]
    if isinstance(wanted, float | np.floating):
        raise Trouble("whole", name=name, value=f"{float(wanted):.4g}")
    if not isinstance(wanted, int | np.integer) or isinstance(wanted, bool):
        raise Trouble("value")
    if not -len(owner) <= wanted < len(owner):
        raise Trouble("index", key=int(wanted), name=name, count=len(owner))
    value = owner[wanted]
    if isinstance(value, Missing):
        raise Trouble("early", name=name, line=value.line)
    return value


def array_entry(machine: Runner, owner: Any, at: tuple[Any, ...], name: str) -> Any:
    machine.budget.room(selected_shape(owner, at))
    try:
        value = owner[at if len(at) != 1 else at[0]]
    except (IndexError, TypeError, ValueError):
        raise Trouble("index", key=", ".join(map(str, at))[:40], name=name, count=shown(owner.shape)) from None
    if machine.linear and is_array(value):
        return as_matrix(value, owner, at)
    return value


def as_matrix(value: Any, owner: Any, at: tuple[Any, ...]) -> Any:
    """What MATLAB keeps two-dimensional: a row of a matrix is a row, a column a column."""
    if value.ndim == 1 and len(at) == 2 and owner.ndim == 2:
        return value.reshape(1, -1) if not isinstance(at[0], slice) and not is_array(at[0]) else value.reshape(-1, 1)
    return value


def selected_shape(owner: Any, at: tuple[Any, ...]) -> tuple[int, ...]:
    """A bound on the shape of what an index selects: arrays as indices may repeat entries."""
    picked = [each.size for each in at if is_array(each) and each.dtype != bool]
    size = owner.size
    for count in picked[:1]:
        size *= max(1, count)
    return (min(size, MOST_ENTRIES + 1),) if picked else (owner.size,)


def turned_bounds(machine: Runner, node: sx.Slice) -> tuple[sx.Syntax | None, sx.Syntax]:
    """The stop and the step of a slice; where lists count from 1, the step stands in the middle."""
    if node.step is None:
        return node.stop, sx.Numeral(1)
    return (node.step, node.stop or sx.Numeral(1)) if machine.dialect.first_axis else (node.stop, node.step)
