"""Expressions: the small frozen trees that every equation is made of and every reader walks.

Arithmetic on expressions builds bigger ones: ``A.below @ W.T + b`` is a tree, not a number. ``*`` and ``/`` are
entry by entry, ``@`` is the matrix product. A symbol stands for a matrix; single numbers broadcast.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields, replace
from typing import Any


@dataclass(frozen=True)
class Here:
    """A layer given relative to the one an equation is written for: offset −1 is the layer below."""

    offset: int = 0


Layer = int | Here | None


@dataclass(frozen=True)
class Expression:
    """A node of a tree; its subclasses are the whole vocabulary."""

    def __init_subclass__(cls) -> None:
        cls.__hash__ = hashed_once  # type: ignore[assignment]

    def __getstate__(self) -> dict[str, Any]:
        """What a copy is made of: without the hash, which is another one in another process."""
        return {name: getattr(self, name) for name in field_names(self)}

    def __add__(self, other: Operand) -> Expression:
        return Add(self, wrap(other))

    def __radd__(self, other: Operand) -> Expression:
        return Add(wrap(other), self)

    def __sub__(self, other: Operand) -> Expression:
        return Subtract(self, wrap(other))

    def __rsub__(self, other: Operand) -> Expression:
        return Subtract(wrap(other), self)

    def __mul__(self, other: Operand) -> Expression:
        return Multiply(self, wrap(other))

    def __rmul__(self, other: Operand) -> Expression:
        return Multiply(wrap(other), self)

    def __truediv__(self, other: Operand) -> Expression:
        return Divide(self, wrap(other))

    def __rtruediv__(self, other: Operand) -> Expression:
        return Divide(wrap(other), self)

    def __matmul__(self, other: Expression) -> Expression:
        return MatMul(self, other)

    def __neg__(self) -> Expression:
        return Negate(self)

    @property
    def T(self) -> Expression:
        return Transpose(self)


def hashed_once(node: Any) -> int:
    """The hash of a tree, remembered in its root: else a long sum would be gone through at each of its terms."""
    known: int | None = node.__dict__.get("_hash")
    if known is None:
        known = hash((type(node), *(getattr(node, name) for name in field_names(node))))
        object.__setattr__(node, "_hash", known)
    return known


Operand = Expression | int | float


@dataclass(frozen=True)
class Number(Expression):
    """A constant."""

    value: int | float


@dataclass(frozen=True)
class Symbol(Expression):
    """A named array of one layer, such as W of layer 2, or (layer None) of the whole network, such as Y."""

    name: str
    layer: Layer = None

    @property
    def below(self) -> Symbol:
        """The same array one layer nearer the input."""
        return Symbol(self.name, Here(-1))

    @property
    def above(self) -> Symbol:
        """The same array one layer nearer the output."""
        return Symbol(self.name, Here(+1))

    def __getitem__(self, layer: int) -> Symbol:
        """The same array of the absolute layer l."""
        return Symbol(self.name, layer)

    def __str__(self) -> str:
        return self.name if self.layer is None else f"{self.name}[{self.layer}]"


@dataclass(frozen=True)
class Transpose(Expression):
    operand: Expression


@dataclass(frozen=True)
class Negate(Expression):
    operand: Expression


@dataclass(frozen=True)
class Binary(Expression):
    """Two operands, in the order in which they are written."""

    left: Expression
    right: Expression


class Add(Binary):
    """Entry by entry; an axis of size 1 is repeated."""


class Subtract(Binary):
    """Entry by entry; an axis of size 1 is repeated."""


class Multiply(Binary):
    """Entry by entry (⊙), or a scalar times a matrix."""


class Divide(Binary):
    """Entry by entry, or a matrix over a scalar."""


class MatMul(Binary):
    """The matrix product: the columns of the left meet the rows of the right."""


@dataclass(frozen=True)
class Sum(Expression):
    """The sum along one axis, which stays with size 1: axis 0 adds the rows up, axis 1 the columns."""

    operand: Expression
    axis: int


class Max(Sum):
    """The largest entry along one axis, which stays with size 1; only kernels use it."""


@dataclass(frozen=True)
class Apply(Expression):
    """A named function, entry by entry or (softmax) row by row; ``flipped`` runs it column by column."""

    name: str
    arguments: tuple[Expression, ...]
    flipped: bool = False


@dataclass(frozen=True)
class Macro(Expression):
    """A node of the equations that is expanded before any reader sees it."""


def wrap(operand: Operand) -> Expression:
    return operand if isinstance(operand, Expression) else Number(operand)


def apply(name: str, *arguments: Operand) -> Apply:
    return Apply(name, tuple(wrap(argument) for argument in arguments))


def children(node: Expression) -> tuple[Expression, ...]:
    """The operands of a node, in written order."""
    found: list[Expression] = []
    for name in field_names(node):
        value = getattr(node, name)
        if isinstance(value, Expression):
            found.append(value)
        elif isinstance(value, tuple):
            found.extend(item for item in value if isinstance(item, Expression))
    return tuple(found)


FIELD_NAMES: dict[type, tuple[str, ...]] = {}


def field_names(node: Expression) -> tuple[str, ...]:
    """The names of what a node is made of, found once for its kind: every reader asks for them at every node."""
    names = FIELD_NAMES.get(type(node))
    if names is None:
        names = FIELD_NAMES[type(node)] = tuple(field.name for field in fields(node))
    return names


def walk(node: Expression) -> Iterator[Expression]:
    """Every node of a tree, each before its operands."""
    yield node
    for child in children(node):
        yield from walk(child)


def leaves(node: Expression) -> Iterator[Expression]:
    """The symbols and numbers of a tree."""
    return (each for each in walk(node) if not children(each))


def rebuild(node: Expression, change: Callable[[Expression], Expression]) -> Expression:
    """The node with ``change`` applied to every operand."""

    def changed(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(changed, value))
        return change(value) if isinstance(value, Expression) else value

    return replace(node, **{name: changed(getattr(node, name)) for name in field_names(node)})


def substitute(node: Expression, change: Callable[[Symbol], Expression]) -> Expression:
    return change(node) if isinstance(node, Symbol) else rebuild(node, lambda child: substitute(child, change))


def at(node: Expression, layer: int) -> Expression:
    """The tree written for an absolute layer: ``.below`` and ``.above`` become numbers."""

    def absolute(symbol: Symbol) -> Symbol:
        match symbol.layer:
            case Here(offset):
                return Symbol(symbol.name, layer + offset)
        return symbol

    return substitute(node, absolute)
