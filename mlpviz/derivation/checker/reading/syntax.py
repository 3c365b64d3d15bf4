"""What was written, before it means anything: one syntax for formulas and programs in every dialect.

A node says where it stands in the text as it was typed (``span``), so that a refusal can mark the place. Signs are
canonical: ``*`` is entry by entry, ``@`` the matrix product, `` `` (a blank) two factors side by side, whatever the
dialect writes for them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Any

Span = tuple[int, int]
"""The first character of a piece of text, and the one after its last."""


@dataclass(frozen=True, kw_only=True)
class Syntax:
    """A piece of what was written."""

    span: Span = field(default=(0, 0), compare=False)


# Expressions


@dataclass(frozen=True)
class Numeral(Syntax):
    """A number: 2, 1., ½."""

    value: int | float


@dataclass(frozen=True)
class Quoted(Syntax):
    """A string, such as the key of a dictionary or the rule of an einsum."""

    text: str


@dataclass(frozen=True)
class Word(Syntax):
    r"""A word or letter as it was typed, without its scripts: ``dW2``, ``h_relu``, ``δ``, which \delta is too."""

    text: str


@dataclass(frozen=True)
class Scripted(Syntax):
    r"""A base with what stands above and below it: W⁽²⁾, \delta_j^{l+1}, a^{(l-1)T}, x², z₁."""

    base: Syntax
    above: tuple[Syntax, ...] = ()
    below: tuple[Syntax, ...] = ()


@dataclass(frozen=True)
class Attribute(Syntax):
    """``object.name``: ``np.dot``, ``self.W1``, ``X.shape``; ``.T`` is Transposed."""

    object: Syntax
    name: str


@dataclass(frozen=True)
class Call(Syntax):
    """A function or method with its arguments; σ(z) and f'(z) too."""

    function: Syntax
    arguments: tuple[Syntax, ...] = ()
    keywords: tuple[tuple[str, Syntax], ...] = ()


@dataclass(frozen=True)
class Index(Syntax):
    """``object[…]``: an entry of a list by layer, a key, a mask, a slice, or several of them."""

    object: Syntax
    items: tuple[Syntax, ...]


@dataclass(frozen=True)
class Slice(Syntax):
    """``start:stop:step``; None where nothing is written."""

    start: Syntax | None = None
    stop: Syntax | None = None
    step: Syntax | None = None


@dataclass(frozen=True)
class Transposed(Syntax):
    """``.T``, ᵀ, ^\\top, ``'`` where it is one."""

    operand: Syntax


@dataclass(frozen=True)
class Primed(Syntax):
    """f', σ′, relu', g^{\\prime}: the function that is the derivative of another."""

    function: Syntax


@dataclass(frozen=True)
class Signed(Syntax):
    """``+ - not ~`` before an operand."""

    sign: str
    operand: Syntax


@dataclass(frozen=True)
class Operation(Syntax):
    """Two operands and a sign: ``+ - * @ / // % **`` or a blank, and ``outer`` for ⊗."""

    sign: str
    left: Syntax
    right: Syntax


@dataclass(frozen=True)
class Compared(Syntax):
    """``< <= > >= == !=`` between two operands."""

    sign: str
    left: Syntax
    right: Syntax


@dataclass(frozen=True)
class Derivative(Syntax):
    """∂above/∂below, ∇_below above: what is derived, and by what."""

    above: Syntax
    below: Syntax


@dataclass(frozen=True)
class Summed(Syntax):
    r"""\sum_{k=1}^{n} body, Σ_k body; no index where none is written."""

    body: Syntax
    index: str = ""
    start: Syntax | None = None
    stop: Syntax | None = None


@dataclass(frozen=True)
class Chosen(Syntax):
    """``this if condition else otherwise``."""

    condition: Syntax
    this: Syntax
    otherwise: Syntax


@dataclass(frozen=True)
class Sequence(Syntax):
    """(a, b) or [a, b]: a literal vector, a list by layer, several results."""

    items: tuple[Syntax, ...]


@dataclass(frozen=True)
class Pairs(Syntax):
    """{"dW1": dW1, "db1": db1}: a dictionary."""

    items: tuple[tuple[Syntax, Syntax], ...]


@dataclass(frozen=True)
class Comprehension(Syntax):
    """[body for target in iterable]."""

    body: Syntax
    target: Syntax
    iterable: Syntax


# Statements


@dataclass(frozen=True, kw_only=True)
class Statement(Syntax):
    """One line of a program, or a block; ``line`` counts from 1."""

    line: int = 1


@dataclass(frozen=True)
class Assignment(Statement):
    """``a = b = value``, ``W1 -= step``, ``grad[h < 0] = 0``: the targets, and the sign before the =, if any.

    A formula in several equal parts, δ = (a − y) ⊙ f'(z) = …, has its last part as the value and the others as targets.
    """

    targets: tuple[Syntax, ...]
    value: Syntax
    sign: str = ""


@dataclass(frozen=True)
class Expressed(Statement):
    """An expression that stands alone: a formula without a left side, a call of print."""

    value: Syntax


@dataclass(frozen=True)
class Loop(Statement):
    """``for target in iterable:``; MATLAB's ``for k = 1:n`` has a Slice."""

    target: Syntax
    iterable: Syntax
    body: tuple[Statement, ...]


@dataclass(frozen=True)
class While(Statement):
    """``while condition:``: nothing says beforehand how often."""

    condition: Syntax
    body: tuple[Statement, ...]


@dataclass(frozen=True)
class Definition(Statement):
    """``def name(parameters):``; a default stands beside its parameter."""

    name: str
    parameters: tuple[tuple[str, Syntax | None], ...]
    body: tuple[Statement, ...]


@dataclass(frozen=True)
class Return(Statement):
    value: Syntax | None = None


@dataclass(frozen=True)
class Branch(Statement):
    """``if condition: … else: …``."""

    condition: Syntax
    body: tuple[Statement, ...]
    otherwise: tuple[Statement, ...] = ()


@dataclass(frozen=True)
class Ignored(Statement):
    """A line that computes nothing here: import, pass, a docstring, the head of a class."""

    text: str


@dataclass(frozen=True)
class Unreadable(Statement):
    """A line that cannot be read, and why."""

    text: str
    reason: Exception


def parts(node: Syntax) -> Iterator[Syntax]:
    """The nodes directly below a node, in the order in which they are written."""
    for each in fields(node):
        yield from below(getattr(node, each.name))


def below(value: object) -> Iterator[Syntax]:
    if isinstance(value, Syntax):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from below(each)


def walked(node: Syntax) -> Iterator[Syntax]:
    """A node and everything below it, each before what is below it."""
    waiting = [node]
    while waiting:
        yield (each := waiting.pop())
        waiting.extend(reversed(list(parts(each))))


def changed(node: Syntax, change: Callable[[Syntax], Syntax]) -> Syntax:
    """A node with ``change`` applied to everything directly below it."""

    def inside(value: Any) -> Any:
        if isinstance(value, tuple):
            return tuple(map(inside, value))
        return change(value) if isinstance(value, Syntax) else value

    return replace(
        node, **{each.name: inside(getattr(node, each.name)) for each in fields(node) if each.name != "span"}
    )
