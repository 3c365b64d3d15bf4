"""The value of an expression of a program: one function for each kind of node, nothing but tables behind it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from ..reading import syntax as sx
from . import calling
from .arithmetic import array_of, combined, dot, signed, truth, whole
from .collecting import (
    alone_slice,
    comprehension,
    pairs,
    sequence,
    summed,
)
from .indexing import (
    entry,
    index,
)
from .numerics import numeric
from .paths import scripted_name
from .slopes import activation_of, slope_of
from .things import Builtin, Fresh, Instance, Library, Lookup, Method, Missing, Runner, is_array, is_number
from .troubles import DEEPEST_EXPRESSION, Trouble

NAMES = (sx.Word, sx.Attribute, sx.Index, sx.Scripted)


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


def evaluated(machine: Runner, node: sx.Syntax) -> Any:
    """The value of a node. Raises Trouble where it has none."""
    machine.depth += 1
    try:
        if machine.depth > DEEPEST_EXPRESSION:
            raise Trouble("nested")
        value = KINDS.get(type(node), nothing)(machine, node)
    finally:
        machine.depth -= 1
    machine.noted(value)
    if not machine.light and isinstance(node, NAMES) and (is_array(value) or is_number(value)):
        machine.operands.append((node.span, value.copy() if is_array(value) else value))
    return value


def nothing(_machine: Runner, _node: sx.Syntax) -> Any:
    raise Trouble("statement")


def word(machine: Runner, node: sx.Word) -> Any:
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


def scripted(machine: Runner, node: sx.Scripted) -> Any:
    """W⁽²⁾ and x²: an array by the name that its scripts make, or a power."""
    name = scripted_name(node)
    if name is not None and (machine.holds(name) or machine.found(name) is not None):
        return word(machine, sx.Word(name, span=node.span))
    if len(node.above) == 1 and not node.below:
        base = evaluated(machine, node.base)
        return combined("**", base, evaluated(machine, node.above[0]), machine.budget)
    raise Trouble("name", name=(name or "")[:40])


def attribute(machine: Runner, node: sx.Attribute) -> Any:
    owner = evaluated(machine, node.object)
    if isinstance(owner, Library):
        return CONSTANTS[node.name] if node.name in ("pi", "inf", "newaxis") else library_entry(owner, node.name)
    if isinstance(owner, Instance):
        return of_instance(machine, owner, node.name)
    if (id(owner), node.name) in machine.tags:
        return machine.tags[id(owner), node.name]
    if node.name in ATTRIBUTES:
        value = ATTRIBUTES[node.name](machine, owner)
        if value is not None:
            return value
    if isinstance(owner, Lookup):
        return entry(machine, owner, (node.name,), node)
    return Builtin(node.name, (owner,))


def of_instance(machine: Runner, owner: Instance, name: str) -> Any:
    """What an object has under a name; of a property, what it comes to."""
    value = machine.field(owner, name)
    called = isinstance(value, Method) and name in machine.properties
    return machine.run(value.definition, [owner], {}) if called else value


def library_entry(owner: Library, name: str) -> Any:
    if name in LIBRARIES or name in ("linalg", "functional", "special", "init", "numpy", "losses", "activations"):
        return Library(f"{owner.name}.{name}"[:60])
    return Builtin(name)


def shape_attribute(_machine: Runner, owner: Any) -> Any:
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


def transposed(machine: Runner, node: sx.Transposed) -> Any:
    value = whole(evaluated(machine, node.operand), machine.budget)
    if is_number(value):
        return value
    value = array_of(value, machine.budget)
    return value.reshape(1, -1) if value.ndim == 1 and machine.linear else value.T


def operation(machine: Runner, node: sx.Operation) -> Any:
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


def side_by_side(machine: Runner, left: Any, right: Any) -> Any:
    """The product of linear algebra: a number times an array, or a matrix product."""
    left, right = (array_of(each, machine.budget) for each in (left, right))
    if np.size(left) == 1 and not (np.ndim(left) == 2 == np.ndim(right) and right.shape[0] == 1):
        left = np.float64(np.asarray(left).reshape(()))
    return dot(left, right, machine.budget)


def compared(machine: Runner, node: sx.Compared) -> Any:
    left, right = evaluated(machine, node.left), evaluated(machine, node.right)
    if node.sign in ("and", "or"):
        return truth(left) and truth(right) if node.sign == "and" else truth(left) or truth(right)
    if node.sign in ("in", "not in") and isinstance(right, list | tuple | dict | str):
        inside = any(left is each or (isinstance(each, str | int) and each == left) for each in right)
        return inside == (node.sign == "in")
    if node.sign in ("is", "is not"):
        return (left is right) == (node.sign == "is")
    return combined(node.sign, left, right, machine.budget)


def picked(machine: Runner, node: sx.Chosen) -> Any:
    return evaluated(machine, node.this if truth(evaluated(machine, node.condition)) else node.otherwise)


def primed(_machine: Runner, node: sx.Primed) -> Any:
    name = node.function.text if isinstance(node.function, sx.Word) else ""
    return Builtin(f"{name}_prime")


def derivative(machine: Runner, node: sx.Derivative) -> Any:
    """∂J/∂W⁽²⁾ as a name of its own."""
    name = scripted_name(node.below)
    value = machine.found(f"d{name}") if name else None
    if value is None or isinstance(value, Missing):
        raise Trouble("name", name=f"∂/∂{name or ''}"[:40])
    return value


def method_of(machine: Runner, owner: Instance, name: str) -> Method | None:
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
    sx.Pairs: pairs,
    sx.Comprehension: comprehension,
}
"""What each kind of node is worth."""
