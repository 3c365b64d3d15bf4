"""Lists, matrices written out, dictionaries, and what loops go through."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from ..reading import syntax as sx
from .arithmetic import array_of, combined, whole
from .indexing import (
    turned_bounds,
)
from .numerics import numeric
from .shaping import entries
from .things import Runner, is_array, is_number
from .troubles import Trouble


def sequence(machine: Runner, node: sx.Sequence) -> Any:
    """[a, b] and (a, b): a list, or in MATLAB a row, whose entries blanks may part."""
    items = [part for each in node.items for part in (beside(each) if machine.linear else [each])]
    values = [machine.value(each) for each in items]
    values = [whole(each, machine.budget) for each in values] if machine.linear else values
    machine.budget.room((len(values),))
    if machine.linear and values and all(is_array(each) or is_number(each) for each in values):
        return numeric_call(machine, "hstack", [np.atleast_2d(array_of(each, machine.budget)) for each in values])
    return values


def beside(node: sx.Syntax) -> list[sx.Syntax]:
    """What stands side by side with nothing between."""
    if isinstance(node, sx.Operation) and node.sign == " ":
        return [*beside(node.left), node.right]
    if isinstance(node, sx.Operation | sx.Compared):  # what follows a blank binds to the last of them
        *before, last = beside(node.left)
        return [*before, replace(node, left=last)] if before else [node]
    return [node]


def numeric_call(machine: Runner, name: str, arguments: list[Any]) -> Any:
    function = numeric(name)
    assert function is not None
    return function(machine.budget, arguments, {}, name)


def pairs(machine: Runner, node: sx.Pairs) -> Any:
    made = {}
    for left, right in node.items:
        at = machine.value(left)
        if not isinstance(at, str | int | tuple):
            raise Trouble("value")
        made[at] = machine.value(right)
    return made


def comprehension(machine: Runner, node: sx.Comprehension) -> Any:
    made = []
    for each in looped(machine, node.iterable):
        machine.budget.step()
        machine.bind_loop(node.target, each)
        made.append(machine.value(node.body))
    return made


def looped(machine: Runner, node: sx.Syntax) -> Iterator[Any]:
    """What a loop goes through; a range is not written out."""
    first = machine.dialect.first_axis
    if isinstance(node, sx.Slice):
        return iter(sliced_range(machine, node))
    value = machine.value(node)
    if isinstance(value, range):
        return iter(value)
    if first and is_array(value) and value.ndim == 2:  # MATLAB goes through columns
        return iter([value[:, k : k + 1] if value.shape[0] > 1 else value[0, k] for k in range(value.shape[1])])
    if first and is_number(value):
        return iter([value])
    return iter(entries(value))


def sliced_range(machine: Runner, node: sx.Slice) -> range:
    """1:n and n:-1:1 as MATLAB, Julia and R count: the last one is in it."""
    bounds = (node.start, *turned_bounds(machine, node))
    start, stop, step = (machine.value(each) if each is not None else np.float64(np.nan) for each in bounds)
    if not all(is_number(each) and np.isfinite(each) for each in (start, stop, step)):
        raise Trouble("loop")
    start, stop, step = (int(each) for each in (start, stop, step))
    if step == 0:
        raise Trouble("loop")
    if machine.dialect.name == "r" and stop < start and node.step is None:
        step = -1
    return range(start, stop + (1 if step > 0 else -1), step)


def alone_slice(machine: Runner, node: sx.Slice) -> Any:
    return sliced_range(machine, node) if node.start is not None else slice(None)


def summed(machine: Runner, node: sx.Summed) -> Any:
    """Σ over an index with bounds, or of everything."""
    if not node.index or node.start is None or node.stop is None:
        return numeric_call(machine, "sum", [machine.value(node.body)])
    total: Any = 0
    for k in sliced_range(machine, sx.Slice(node.start, node.stop)):
        machine.budget.step()
        machine.bind_loop(sx.Word(node.index), k)
        total = combined("+", total, machine.value(node.body), machine.budget)
    return total
