"""The value of an expression of a program: one function for each kind of node, nothing but tables behind it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from ..reading import syntax as sx
from . import calling
from .arithmetic import array_of, combined, dot, signed, truth, whole
from .numerics import numeric
from .shaping import entries
from .slopes import activation_of, slope_of
from .things import Builtin, Fresh, Instance, Library, Lookup, Method, Missing, is_array, is_number
from .troubles import DEEPEST_EXPRESSION, MOST_ENTRIES, Trouble, shown

Machine = Any
"""The machine that runs the program."""

NAMES = (sx.Word, sx.Attribute, sx.Index, sx.Scripted)

TYPES = frozenset("Any Float64 Float32 Matrix Array Vector".split())
"""Before a bracket these make a list in Julia."""

CONSTANTS = {
    "True": True,
    "False": False,
    "TRUE": True,
    "FALSE": False,
    "true": True,
    "false": False,
    "None": None,
    "nothing": None,
    "pi": np.float64(np.pi),
    "newaxis": None,
    "inf": np.float64(np.inf),
    "__name__": "__main__",
}
LIBRARIES = frozenset(
    "np numpy torch tf tensorflow jnp jax math F nn random scipy special plt keras K onp cp xp autograd sklearn "
    "LinearAlgebra Statistics Random tnp".split()
)


def evaluated(machine: Machine, node: sx.Syntax) -> Any:
    """The value of a node. Raises Trouble where it has none."""
    machine.depth += 1
    try:
        if machine.depth > DEEPEST_EXPRESSION:
            raise Trouble("nested")
        value = KINDS.get(type(node), nothing)(machine, node)
    finally:
        machine.depth -= 1
    machine.noted(value)
    if isinstance(node, NAMES) and (is_array(value) or is_number(value)):
        machine.operands.append((node.span, value.copy() if is_array(value) else value))
    return value


def nothing(_machine: Machine, _node: sx.Syntax) -> Any:
    raise Trouble("statement")


def word(machine: Machine, node: sx.Word) -> Any:
    value = machine.found(node.text)
    if isinstance(value, Missing):
        raise Trouble("early", name=node.text, line=value.line)
    if value is not None or machine.holds(node.text):
        return value
    if node.text in CONSTANTS:
        return CONSTANTS[node.text]
    if node.text in LIBRARIES:
        return Library(node.text)
    if numeric(node.text) is not None or activation_of(node.text) or slope_of(node.text):
        return Builtin(node.text)
    raise Trouble("name", name=node.text[:40])


def scripted(machine: Machine, node: sx.Scripted) -> Any:
    """W⁽²⁾ and x²: an array by the name that its scripts make, or a power."""
    name = scripted_name(node)
    if name is not None and (machine.holds(name) or machine.found(name) is not None):
        return word(machine, sx.Word(name, span=node.span))
    if len(node.above) == 1 and not node.below:
        base = evaluated(machine, node.base)
        return combined("**", base, evaluated(machine, node.above[0]), machine.budget)
    raise Trouble("name", name=(name or "")[:40])


def scripted_name(node: sx.Syntax) -> str | None:
    """A name with its scripts written out: W⁽²⁾ is W2."""
    match node:
        case sx.Word(text):
            return text
        case sx.Numeral(value):
            return str(value)
        case sx.Scripted(base, above, below) if (name := scripted_name(base)) is not None:
            parts = [scripted_name(each) for each in (*below, *above)]
            return None if None in parts else name + "".join(map(str, parts))
    return None


def attribute(machine: Machine, node: sx.Attribute) -> Any:
    owner = evaluated(machine, node.object)
    if isinstance(owner, Library):
        return CONSTANTS[node.name] if node.name in ("pi", "inf", "newaxis") else library_entry(owner, node.name)
    if isinstance(owner, Instance):
        return machine.field(owner, node.name)
    if node.name in ATTRIBUTES:
        value = ATTRIBUTES[node.name](machine, owner)
        if value is not None:
            return value
    if isinstance(owner, Lookup):
        return entry(machine, owner, (node.name,), node)
    return Builtin(node.name, (owner,))


def library_entry(owner: Library, name: str) -> Any:
    if name in LIBRARIES or name in ("linalg", "functional", "special", "init", "numpy", "losses", "activations"):
        return Library(f"{owner.name}.{name}"[:60])
    return Builtin(name)


def shape_attribute(_machine: Machine, owner: Any) -> Any:
    if isinstance(owner, Fresh):
        return owner.shape
    return tuple(map(int, owner.shape)) if is_array(owner) else None


ATTRIBUTES: dict[str, Callable[[Any, Any], Any]] = {
    "shape": shape_attribute,
    "size": lambda machine, owner: int(owner.size) if is_array(owner) and machine.dialect.name != "torch" else None,
    "ndim": lambda _, owner: owner.ndim if is_array(owner) else None,
    "T": lambda _, owner: owner.T if is_array(owner) else None,
    "mT": lambda _, owner: owner.T if is_array(owner) else None,
    "data": lambda _, owner: owner if is_array(owner) else None,
    "value": lambda _, owner: owner if is_array(owner) else None,
    "dtype": lambda _, owner: "float",
    "device": lambda _, owner: "cpu",
}
"""What an array has without being called; None for what it has not."""


def transposed(machine: Machine, node: sx.Transposed) -> Any:
    value = whole(evaluated(machine, node.operand), machine.budget)
    if is_number(value):
        return value
    value = array_of(value, machine.budget)
    return value.reshape(1, -1) if value.ndim == 1 and machine.linear else value.T


def operation(machine: Machine, node: sx.Operation) -> Any:
    left, right = evaluated(machine, node.left), evaluated(machine, node.right)
    if node.sign == "×" and is_array(left) and is_array(right) and left.shape == right.shape and left.size > 1:
        return combined("*", left, right, machine.budget)
    if node.sign in (" ", "·", "×"):
        return side_by_side(machine, left, right)
    if machine.dialect.name == "r":
        left, right = recycled(left, right), recycled(right, left)
    return combined(node.sign, left, right, machine.budget)


def recycled(value: Any, other: Any) -> Any:
    """A vector beside a matrix of as many rows: R takes one entry for each row."""
    fits = is_array(value) and is_array(other) and value.ndim == 1 and other.ndim == 2 and len(value) == len(other)
    return value.reshape(-1, 1) if fits else value


def side_by_side(machine: Machine, left: Any, right: Any) -> Any:
    """The product of linear algebra: a number times an array, or a matrix product."""
    left, right = (array_of(each, machine.budget) for each in (left, right))
    if np.size(left) == 1 and not (np.ndim(left) == 2 == np.ndim(right) and right.shape[0] == 1):
        left = np.float64(np.asarray(left).reshape(()))
    return dot(left, right, machine.budget)


def compared(machine: Machine, node: sx.Compared) -> Any:
    left, right = evaluated(machine, node.left), evaluated(machine, node.right)
    if node.sign in ("and", "or"):
        return truth(left) and truth(right) if node.sign == "and" else truth(left) or truth(right)
    if node.sign in ("in", "not in") and isinstance(right, list | tuple | dict | str):
        inside = any(left is each or (isinstance(each, str | int) and each == left) for each in right)
        return inside == (node.sign == "in")
    if node.sign in ("is", "is not"):
        return (left is right) == (node.sign == "is")
    return combined(node.sign, left, right, machine.budget)


def index(machine: Machine, node: sx.Index) -> Any:
    if isinstance(node.object, sx.Word) and node.object.text in TYPES and not machine.holds(node.object.text):
        return [evaluated(machine, each) for each in node.items]
    owner = evaluated(machine, node.object)
    if isinstance(owner, Builtin):  # np.c_[a, b], jnp's x.at[i]
        return calling.bracketed(machine, owner, [evaluated(machine, each) for each in node.items])
    return entry(machine, owner, keys(machine, owner, node.items), node)


def keys(machine: Machine, owner: Any, items: tuple[sx.Syntax, ...]) -> tuple[Any, ...]:
    """The keys of an index as Python counts them."""
    wide = is_array(owner) or isinstance(owner, Fresh)
    return tuple(key(machine, owner, each, k if len(items) > 1 and wide else None) for k, each in enumerate(items))


def key(machine: Machine, owner: Any, node: sx.Syntax, axis: int | None) -> Any:
    first = machine.dialect.first_axis if not isinstance(owner, dict | Lookup) else 0
    if isinstance(node, sx.Slice):
        return slice_key(machine, owner, node, axis, first)
    if isinstance(node, sx.Word) and node.text == "end":
        return -1
    with machine.inside(owner, axis):
        value = evaluated(machine, node)
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


def slice_key(machine: Machine, owner: Any, node: sx.Slice, axis: int | None, first: int) -> slice:
    with machine.inside(owner, axis):
        start, stop, step = (
            None if each is None or (isinstance(each, sx.Word) and each.text == "end") else evaluated(machine, each)
            for each in (node.start, node.stop, node.step)
        )
    if not all(each is None or (is_number(each) and np.isfinite(each)) for each in (start, stop, step)):
        raise Trouble("value")
    start, stop, step = (None if each is None else int(each) for each in (start, stop, step))
    return slice(None if start is None else start - first, stop, None if step == 0 else step)


def entry(machine: Machine, owner: Any, at: tuple[Any, ...], node: sx.Syntax) -> Any:
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
    if not isinstance(wanted, int | np.integer) or isinstance(wanted, bool):
        raise Trouble("value")
    if not -len(owner) <= wanted < len(owner):
        raise Trouble("index", key=int(wanted), name=name, count=len(owner))
    value = owner[wanted]
    if isinstance(value, Missing):
        raise Trouble("early", name=name, line=value.line)
    return value


def array_entry(machine: Machine, owner: Any, at: tuple[Any, ...], name: str) -> Any:
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


def sequence(machine: Machine, node: sx.Sequence) -> Any:
    """[a, b] and (a, b): a list, or in MATLAB a row, whose entries blanks may part."""
    items = [part for each in node.items for part in (beside(each) if machine.linear else [each])]
    values = [evaluated(machine, each) for each in items]
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


def rows(machine: Machine, node: sx.Rows) -> Any:
    lines = [
        numeric_call(
            machine, "hstack", [np.atleast_2d(array_of(evaluated(machine, each), machine.budget)) for each in line]
        )
        for line in node.rows
        if line
    ]
    return numeric_call(machine, "vstack", lines) if lines else np.zeros((0, 0))


def numeric_call(machine: Machine, name: str, arguments: list[Any]) -> Any:
    function = numeric(name)
    assert function is not None
    return function(machine.budget, arguments, {}, name)


def pairs(machine: Machine, node: sx.Pairs) -> Any:
    made = {}
    for left, right in node.items:
        at = evaluated(machine, left)
        if not isinstance(at, str | int | tuple):
            raise Trouble("value")
        made[at] = evaluated(machine, right)
    return made


def comprehension(machine: Machine, node: sx.Comprehension) -> Any:
    made = []
    for each in looped(machine, node.iterable):
        machine.budget.step()
        machine.bind_loop(node.target, each)
        made.append(evaluated(machine, node.body))
    return made


def looped(machine: Machine, node: sx.Syntax) -> Iterator[Any]:
    """What a loop goes through; a range is not written out."""
    first = machine.dialect.first_axis
    if isinstance(node, sx.Slice):
        return iter(sliced_range(machine, node))
    value = evaluated(machine, node)
    if isinstance(value, range):
        return iter(value)
    if first and is_array(value) and value.ndim == 2:  # MATLAB goes through columns
        return iter([value[:, k : k + 1] if value.shape[0] > 1 else value[0, k] for k in range(value.shape[1])])
    if first and is_number(value):
        return iter([value])
    return iter(entries(value))


def turned_bounds(machine: Machine, node: sx.Slice) -> tuple[sx.Syntax | None, sx.Syntax]:
    """The stop and the step of a slice; where lists count from 1, the step stands in the middle."""
    if node.step is None:
        return node.stop, sx.Numeral(1)
    return (node.step, node.stop or sx.Numeral(1)) if machine.dialect.first_axis else (node.stop, node.step)


def sliced_range(machine: Machine, node: sx.Slice) -> range:
    """1:n and n:-1:1 as MATLAB, Julia and R count: the last one is in it."""
    bounds = (node.start, *turned_bounds(machine, node))
    start, stop, step = (evaluated(machine, each) if each is not None else np.float64(np.nan) for each in bounds)
    if not all(is_number(each) and np.isfinite(each) for each in (start, stop, step)):
        raise Trouble("loop")
    start, stop, step = (int(each) for each in (start, stop, step))
    if step == 0:
        raise Trouble("loop")
    if machine.dialect.name == "r" and stop < start and node.step is None:
        step = -1
    return range(start, stop + (1 if step > 0 else -1), step)


def alone_slice(machine: Machine, node: sx.Slice) -> Any:
    return sliced_range(machine, node) if node.start is not None else slice(None)


def picked(machine: Machine, node: sx.Chosen) -> Any:
    return evaluated(machine, node.this if truth(evaluated(machine, node.condition)) else node.otherwise)


def primed(_machine: Machine, node: sx.Primed) -> Any:
    name = node.function.text if isinstance(node.function, sx.Word) else ""
    return Builtin(f"{name}_prime")


def summed(machine: Machine, node: sx.Summed) -> Any:
    """Σ over an index with bounds, or of everything."""
    if not node.index or node.start is None or node.stop is None:
        return numeric_call(machine, "sum", [evaluated(machine, node.body)])
    total: Any = 0
    for k in sliced_range(machine, sx.Slice(node.start, node.stop)):
        machine.budget.step()
        machine.bind_loop(sx.Word(node.index), k)
        total = combined("+", total, evaluated(machine, node.body), machine.budget)
    return total


def derivative(machine: Machine, node: sx.Derivative) -> Any:
    """∂J/∂W⁽²⁾ as a name of its own."""
    name = scripted_name(node.below)
    value = machine.found(f"d{name}") if name else None
    if value is None or isinstance(value, Missing):
        raise Trouble("name", name=f"∂/∂{name or ''}"[:40])
    return value


def written(node: sx.Syntax) -> str:
    """A name as a path: W1, self.W1, grads['dW2'], Z[0]."""
    match node:
        case sx.Word(text):
            return text
        case sx.Attribute(owner, name):
            return f"{written(owner)}.{name}"
        case sx.Index(owner, (first, *_)):
            return f"{written(owner)}[{written(first)}]"
        case sx.Quoted(text):
            return repr(text)
        case sx.Numeral(value):
            return str(value)
        case sx.Scripted():
            return scripted_name(node) or ""
        case sx.Derivative(_, below):
            return f"d{written(below)}"
    return "…"


def method_of(machine: Machine, owner: Instance, name: str) -> Method | None:
    definition = machine.methods(owner).get(name)
    return Method(definition, owner) if definition is not None else None


KINDS: dict[type, Callable[[Any, Any], Any]] = {
    sx.Numeral: lambda _, node: node.value if isinstance(node.value, int) else np.float64(node.value),
    sx.Quoted: lambda _, node: node.text,
    sx.Word: word,
    sx.Scripted: scripted,
    sx.Attribute: attribute,
    sx.Call: calling.called,
    sx.Index: index,
    sx.Slice: alone_slice,
    sx.Transposed: transposed,
    sx.Primed: primed,
    sx.Signed: lambda machine, node: signed(node.sign, evaluated(machine, node.operand), machine.budget),
    sx.Operation: operation,
    sx.Compared: compared,
    sx.Summed: summed,
    sx.Derivative: derivative,
    sx.Chosen: picked,
    sx.Sequence: sequence,
    sx.Rows: rows,
    sx.Pairs: pairs,
    sx.Comprehension: comprehension,
}
"""What each kind of node is worth."""
