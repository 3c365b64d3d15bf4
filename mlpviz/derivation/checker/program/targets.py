"""What a line gives its values to: names, attributes, entries, several at once; in place where NumPy does so."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from ..reading import syntax as sx
from .arithmetic import array_of, whole
from .facts import (
    changes,
    leaves,
)
from .indexing import entry, keys
from .paths import scripted_name, written
from .shaping import entries
from .spelled import spelled
from .things import Fresh, Growing, Instance, Lookup, Runner, is_array, is_number, numbers_in
from .troubles import LONGEST_LIST, Trouble, shown


def assign(machine: Runner, statement: sx.Assignment) -> None:
    """Give the value of a line to its targets, one after the other."""
    if isinstance(statement.value, sx.Call) and changes(statement.value) and not statement.targets:
        return changed(machine, statement)
    value = read_or_given(machine, statement)
    if statement.sign:
        return augmented(machine, statement, value)
    for place, target in enumerate(statement.targets):
        give(machine, statement, place, target, value)
    return None


def read_or_given(machine: Runner, statement: sx.Assignment) -> Any:
    """The value of a line; where the program reads its data from elsewhere, the network's own."""
    try:
        return machine.value(statement.value)
    except Trouble as trouble:
        names = [scripted_name(each) for target in statement.targets for each in leaves(target)]
        values = [machine.scene.data(name) if name else None for name in names]
        if trouble.key not in ("function", "name") or any(value is None for value in values) or statement.sign:
            raise
        return values[0] if len(values) == 1 else values


def give(machine: Runner, statement: sx.Assignment, place: int, target: sx.Syntax, value: Any) -> None:
    if isinstance(target, sx.Sequence):
        parts = split(machine, target, value, statement.line)
        for k, (each, part) in enumerate(zip(target.items, parts, strict=True)):
            give(machine, statement, place + k, each, part)
        return
    if isinstance(target, sx.Index):
        put(machine, statement, place, target, value)
        return
    if not isinstance(target, sx.Word | sx.Attribute | sx.Scripted | sx.Derivative):
        machine.happened(statement, place, target, machine.value(target))
        return
    if isinstance(value, Lookup) and machine.helper is not None and isinstance(target, sx.Word):
        value = machine.scene.at_top(target.text, False) if spelled(target.text) else value
    value = machine.scene.settled(machine, path(machine, target), value, statement)
    value = machine.happened(statement, place, target, value)
    store(machine, target, value)
    machine.owned(value)


def store(machine: Runner, target: sx.Syntax, value: Any) -> None:
    if isinstance(target, sx.Attribute):
        owner = machine.value(target.object)
        if isinstance(owner, Instance):
            owner.fields[target.name] = value
            return
        if is_array(owner) and target.name in ("data", "value"):
            store(machine, target.object, value)
            return
        if is_array(owner):
            machine.tags[id(owner), target.name] = value
            machine.kept.append(owner)
            return
        if isinstance(owner, dict):
            owner[target.name] = value
            return
        raise Trouble("target")
    name = f"d{scripted_name(target.below)}" if isinstance(target, sx.Derivative) else scripted_name(target)
    if name is None:
        raise Trouble("target")
    machine.scope[name] = value


def put_back(machine: Runner, target: sx.Syntax, value: Any) -> None:
    """Give a target what a line that failed should have given it, or that it gave nothing."""
    try:
        if isinstance(target, sx.Index):
            owner = container(machine, target.object)
            if isinstance(owner, dict | list):
                at = keys(machine, owner, target.items)
                grow(owner, at[0])
                place_in(machine, owner, at, value)
            elif is_array(value):
                overwrite(machine, owner, value, target.object)
        else:
            store(machine, target, value)
        machine.owned(value)
    except Trouble:
        return


def split(machine: Runner, target: sx.Sequence, value: Any, line: int) -> list[Any]:
    """The parts of a value that is given to several targets."""
    count = len(target.items)
    if isinstance(value, Lookup) or value is None or is_number(value):  # a batch that nothing says what it holds
        parts = [machine.given(scripted_name(each) or "") for each in target.items]
        if any(part is None for part in parts):
            raise Trouble("unpack", count=0, names=count)
        return parts
    parts = entries(value)
    if not parts and isinstance(value, list):
        machine.troubled(line, Trouble("unpack", count=0, names=count))
        return [Growing() for _ in target.items]
    if len(parts) != count:
        raise Trouble("unpack", count=len(parts), names=count)
    return list(parts)


def put(machine: Runner, statement: sx.Assignment, place: int, target: sx.Index, value: Any) -> None:
    """``owner[at] = value``."""
    owner = container(machine, target.object)
    at = keys(machine, owner, target.items)
    if isinstance(owner, list) and is_number(value) and fills(target):
        lengthen(machine, owner, at, target.object, statement.line)
        place_in(machine, owner, at, value)
        return told_in_list(machine, statement, place, root_of(target), value)
    if isinstance(owner, dict | list):
        value = machine.scene.settled(machine, path(machine, target), value, statement)
        value = machine.happened(statement, place, target, value)
        lengthen(machine, owner, at, target.object, statement.line)
        place_in(machine, owner, at, value)
        machine.owned(value)
        return None
    if not is_array(owner):
        raise Trouble("target")
    machine.noted(owner)
    write(machine, owner, at, value)
    return told_in_place(machine, statement, place, target.object, owner)


def root_of(target: sx.Syntax) -> sx.Syntax:
    """The name of what an entry is of: W2 of W2[i][j]."""
    return root_of(target.object) if isinstance(target, sx.Index) else target


def fills(target: sx.Syntax) -> bool:
    """Whether a number in a list is an entry of an array, and not what a layer has in a list of layers."""
    own = spelled(written(root_of(target)))
    return own is None or own.number is not None or bool(own.place)


def told_in_list(machine: Runner, statement: sx.Assignment, place: int, target: sx.Syntax, value: Any) -> None:
    """Tell what a list of numbers holds to which one has been added; what is due is put into it."""
    whole_list = machine.value(target)
    if numbers_in(whole_list) is None:
        machine.happened(statement, place, target, value)
        return
    told = machine.happened(statement, place, target, whole_list, before=whole_list)
    if told is not whole_list and isinstance(told, list):
        whole_list[:] = told
    machine.owned(whole_list)


def told_in_place(machine: Runner, statement: sx.Assignment, place: int, target: sx.Syntax, array: Any) -> None:
    """Tell what an array holds that has been changed where it stands; what is due is put into it."""
    told = machine.happened(statement, place, target, array, before=array)
    if told is not array:
        overwrite(machine, array, told, target)
    machine.owned(array)


def container(machine: Runner, node: sx.Syntax) -> Any:
    """What entries are given to; a name that holds nothing yet becomes a table of its own."""
    name = scripted_name(node) if isinstance(node, sx.Word | sx.Scripted) else None
    if name and not machine.holds(name):
        given = machine.scene.given(name)
        machine.scope[name] = given if given is not None else Lookup(lambda key: machine.scene.given(f"{name}{key}"))
        return machine.scope[name]
    owner = machine.value(node)
    if isinstance(owner, Fresh):
        owner = whole(owner, machine.budget)
        store(machine, node, owner)
    return owner


def lengthen(machine: Runner, owner: Any, at: tuple[Any, ...], node: sx.Syntax, line: int) -> None:
    """Make a list long enough for what is put into it, and note that it was not."""
    wanted = at[0] if len(at) == 1 else at
    if not isinstance(owner, list) or machine.dialect.first_axis or not isinstance(wanted, int | np.integer):
        return
    if len(owner) <= wanted < LONGEST_LIST and not isinstance(owner, Growing):
        name = scripted_name(node) or "…"
        machine.troubled(line, Trouble("short list", name=name, key=str(wanted), count=len(owner)))
    grow(owner, wanted)


def grow(owner: Any, wanted: Any) -> None:
    """Make a list long enough for an entry."""
    if isinstance(owner, list) and isinstance(wanted, int | np.integer) and wanted < LONGEST_LIST:
        owner.extend([None] * (int(wanted) + 1 - len(owner)))


def place_in(machine: Runner, owner: Any, at: tuple[Any, ...], value: Any) -> None:
    wanted = at[0] if len(at) == 1 else at
    if isinstance(owner, dict):
        hashable = isinstance(wanted, str | int) or (
            isinstance(wanted, tuple) and all(isinstance(k, str | int) for k in wanted)
        )
        if not hashable or len(owner) > 10_000:
            raise Trouble("value")
        owner[wanted] = value
        return
    if isinstance(wanted, int) and machine.dialect.first_axis and wanted == len(owner):
        owner.append(value)
    elif isinstance(wanted, int) and -len(owner) <= wanted < len(owner):
        owner[wanted] = value
    else:
        raise Trouble("index", key=str(wanted)[:40], name="…", count=len(owner))


def write(machine: Runner, array: Any, at: tuple[Any, ...], value: Any) -> None:
    """Write into an array where it stands. Raises Trouble where the value does not fit."""
    value = array_of(value, machine.budget)
    machine.budget.room(array.shape)
    if array.dtype.kind in "biu" and np.asarray(value).dtype.kind == "f":
        raise Trouble("into", a="int", b="float")
    try:
        array[at if len(at) != 1 else at[0]] = value
    except (ValueError, IndexError, TypeError):
        raise Trouble("into", a=shown(array.shape), b=shown(np.shape(value))) from None


def overwrite(machine: Runner, array: Any, value: Any, target: sx.Syntax) -> None:
    """Put what an array should hold into it, or in its place if it has another shape."""
    if is_array(value) and value.shape == array.shape and array.dtype.kind == "f":
        array[...] = value
    else:
        store(machine, target, value)
        machine.owned(value)


def augmented(machine: Runner, statement: sx.Assignment, value: Any) -> None:
    """``a += b``: an array is changed where it stands, and keeps its shape."""
    for place, target in enumerate(statement.targets):
        if isinstance(target, sx.Index) and is_array(owner := machine.value(target.object)):
            entry_augmented(machine, statement, place, target, owner, value)
            continue
        old = machine.value(target)
        if isinstance(old, list) and statement.sign == "+":
            old.extend(entries(value))
            continue
        new = machine.combined(statement.sign, old, value)
        if is_array(old) and is_array(new) and new.shape != old.shape and not machine.dialect.first_axis:
            raise Trouble("into", a=shown(old.shape), b=shown(new.shape))
        if is_array(old) and is_array(new) and old.dtype.kind == "f" and new.shape == old.shape:
            write(machine, old, (Ellipsis,), new)
            told_in_place(machine, statement, place, target, old)
        elif isinstance(target, sx.Index):
            put(machine, replace(statement, sign=""), place, target, new)
        else:
            told = machine.happened(statement, place, target, new, before=old)
            store(machine, target, told)
            machine.owned(told)


def entry_augmented(
    machine: Runner, statement: sx.Assignment, place: int, target: sx.Index, owner: Any, value: Any
) -> None:
    """``a[at] += b`` of an array."""
    at = keys(machine, owner, target.items)
    part = machine.combined(statement.sign, entry(machine, owner, at, target), value)
    machine.noted(owner)
    write(machine, owner, at, part)
    told_in_place(machine, statement, place, target.object, owner)


def changed(machine: Runner, statement: sx.Assignment) -> None:
    """W.assign_sub(…), deltas.append(…): a call that changes its object."""
    call = statement.value
    assert isinstance(call, sx.Call)
    assert isinstance(call.function, sx.Attribute)
    target = call.function.object
    owner = machine.value(target)
    if isinstance(owner, list):
        return inserted(machine, statement, target, owner)
    machine.value(call)
    if is_array(owner):
        told_in_place(machine, statement, 0, target, owner)
    return None


def inserted(machine: Runner, statement: sx.Assignment, target: sx.Syntax, owner: list[Any]) -> None:
    """A value that a list gets at its end, or at a place."""
    call = statement.value
    assert isinstance(call, sx.Call)
    assert isinstance(call.function, sx.Attribute)
    value = machine.value(call.arguments[-1] if call.arguments else call)
    placed = call.function.name == "insert" and len(call.arguments) == 2
    wanted = machine.value(call.arguments[0]) if placed else len(owner)
    at = wanted if isinstance(wanted, int) else 0
    if is_number(value) and fills(target):
        machine.budget.room((len(owner) + 1,))
        owner.insert(at, value)
        return told_in_list(machine, statement, 0, root_of(target), value)
    value = machine.scene.settled(machine, f"{written(target)}[{wanted}]", value, statement)
    value = machine.happened(statement, 0, sx.Index(target, (sx.Numeral(at),)), value)
    machine.budget.room((len(owner) + 1,))
    owner.insert(wanted if isinstance(wanted, int) else len(owner), value)
    machine.owned(value)
    return None


def bind(machine: Runner, target: sx.Syntax, value: Any) -> None:
    """Give a loop's variables their values."""
    if isinstance(target, sx.Sequence):
        parts = entries(value)
        if len(parts) != len(target.items):
            raise Trouble("unpack", count=len(parts), names=len(target.items))
        for each, part in zip(target.items, parts, strict=True):
            bind(machine, each, part)
        return
    name = scripted_name(target)
    if name is None:
        raise Trouble("target")
    machine.scope[name] = value


def path(machine: Runner, target: sx.Syntax) -> str:
    """The name of a target with the value of its index: W1, self.W1, grads['dW2'], Z[1]."""
    if isinstance(target, sx.Index) and target.items:
        try:
            at = machine.value(target.items[0]) if not isinstance(target.items[0], sx.Slice) else ""
            if isinstance(at, int) and at < 0 and isinstance(owner := machine.value(target.object), list):
                at += len(owner)
        except Trouble:
            at = ""
        return f"{path(machine, target.object)}[{at!r}]" if isinstance(at, str | int) else written(target.object)
    if isinstance(target, sx.Attribute) and target.name in ("data", "value"):
        return path(machine, target.object)
    return written(target)
