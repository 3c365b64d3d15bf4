"""A pass seen through a notation: the values, shapes and expressions that the lines of derivations are made of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from ..engine.descent import Update
from ..engine.evaluate import evaluate
from ..maths.equations import Equation, equation
from ..maths.expressions import Expression, Symbol, Transpose, substitute
from ..maths.functions import transposed
from ..maths.messages import Message
from ..maths.shapes import size
from ..maths.symbols import SCALARS, Dimension, Shape
from .calculus import Assembled, assemble, assembled
from .derived import Derived, is_turned, stored_shape, stored_value
from .indices import Entry, Index, SumOver
from .notation import in_notation
from .plain import M, displayed
from .printing.prose import letter, say
from .view import View


@dataclass(frozen=True)
class DerivationView(View):
    """A view that also knows the shapes and the numbers of derived arrays."""

    def layer_number(self, symbol: Symbol) -> int:
        return super().layer_number(symbol.operands[0] if isinstance(symbol, Derived) else symbol)

    def times(self, symbol: Symbol) -> int:
        slice_of = isinstance(symbol, Derived) and symbol.kind.turns_like == "own"
        return self.times(symbol.operands[0]) if slice_of else super().times(symbol)  # type: ignore[attr-defined]

    def symbol_shape(self, symbol: Symbol) -> Shape:
        if isinstance(symbol, Assembled):
            return symbol.dimensions
        if not isinstance(symbol, Derived):
            return super().symbol_shape(symbol)
        rows, columns = stored_shape(symbol, self.architecture)
        if self.single:
            rows = 1 if rows == Symbol("m") else rows
        return (columns, rows) if is_turned(symbol, self.notation) else (rows, columns)


@dataclass(frozen=True, eq=False)
class Scene:
    """A pass seen through a view, and the layer a walkthrough is about: what lines are made from."""

    update: Update
    view: DerivationView
    layer: int
    cache: dict[Symbol, Any] = field(default_factory=dict)

    @cached_property
    def architecture(self) -> Any:
        return self.update.trace.architecture

    @property
    def single(self) -> bool:
        return self.view.single

    # Values

    def stored(self, symbol: Symbol) -> Any:
        """The stored array of a symbol, or its number."""
        if symbol not in self.cache:
            value = stored_value(symbol, self.update.value, self.architecture)
            device = self.update.trace.parameters.arrays
            self.cache[symbol] = value if symbol.name in SCALARS else np.asarray(device.to_host(value), float)
        return self.cache[symbol]

    def shown(self, symbol: Symbol) -> Any:
        if isinstance(symbol, Assembled):
            return assemble(symbol, self.shown, self.size)
        value = self.stored(symbol)
        value = self.view.times(symbol) * value if self.view.times(symbol) != 1 else value
        return value.T if self.turned(symbol) else value

    def value(self, node: Expression) -> np.ndarray:
        return np.atleast_2d(evaluate(node, self.shown))

    def size(self, dimension: Dimension) -> int:
        return size(dimension, self.architecture, self.view.batch_size)

    # Sentences

    def say(self, template: str, /, **details: Any) -> Message:
        """A sentence about a line: expressions among its details are written as the notation writes them.

        What the sentence itself brings in, and explains, has a name that begins with ``new``.
        """
        return say(template, self.view, **details)

    def letter(self, name: str, layer: int | None = None) -> str:
        """What one entry of an array is called in general: the a of any unit; of a layer, its own name."""
        return letter(Symbol(name, layer), self.view)

    @property
    def has_short(self) -> bool:
        """Whether ∂J/∂z has a name of its own, as δ."""
        return not self.letter("delta").startswith(("∂", "∇"))

    # Expressions in the notation

    def turned(self, symbol: Symbol) -> bool:
        return not isinstance(symbol, Assembled) and is_turned(symbol, self.view.notation)

    def written(self, node: Expression) -> Expression:
        """An expression in stored arrays as the notation shows it, to stand for an array stored as it is."""
        derived = lambda symbol: isinstance(symbol, Derived) and self.turned(symbol)  # noqa: E731
        turned = substitute(node, lambda symbol: Transpose(symbol) if derived(symbol) else symbol)
        return in_notation(turned, self.view.notation)

    def for_target(self, target: Symbol, node: Expression) -> Expression:
        """An expression in stored arrays as it is written for a target."""
        value = self.written(node)
        return transposed(value) if self.turned(target) else value

    def equation(self, name: str, layer: int) -> Equation:
        return displayed(equation(self.architecture, name, layer), self.view)

    # Formulas in entries

    def at(self, symbol: Symbol, row: Index, column: Index) -> Entry:
        return Entry(symbol, column, row) if self.turned(symbol) else Entry(symbol, row, column)

    def frame(self, target: Symbol) -> tuple[Index, Index]:
        """The names of a target's free indices, for its stored row and column; None along an axis of size 1."""
        rows, columns = self.view.symbol_shape(target)
        i, j = (None if rows == 1 else "i"), (None if columns == 1 else "j")
        return (j, i) if self.turned(target) else (i, j)

    def assembled(self, target: Symbol, body: Expression) -> Assembled:
        """The matrix, shaped as the target is shown, of entries ``body``."""
        rows, columns = shape = self.view.symbol_shape(target)
        return assembled(body, None if rows == 1 else "i", None if columns == 1 else "j", shape)

    def over(self, symbol: Symbol, index: str, body: Expression) -> Expression:
        """The sum over the units of a symbol's layer."""
        return SumOver(index, Symbol("n", symbol.layer), body)

    def over_samples(self, index: str, body: Callable[[Index], Expression]) -> Expression:
        """The sum over the samples; with one sample, its only term."""
        return body(None) if self.single else SumOver(index, Symbol("m"), body(index))

    def slope(self, layer: int, row: Index, column: Index) -> Expression:
        """f′ of one unit of a layer whose activation works entry by entry."""
        Z, A = (self.at(Symbol(name, layer), row, column) for name in "ZA")
        return self.architecture.activation(layer).slope_at(Z, A)

    def weight_gradient(self, entry: Expression) -> Assembled:
        """The weight gradient of the layer by its entries, to which the l2 term is added if the network has one."""
        dW = Symbol("dW", self.layer)
        decay = Symbol("l2") * self.at(Symbol("W", self.layer), *self.frame(dW))
        return self.assembled(dW, entry + decay if self.architecture.l2 else entry)

    def mean(self, node: Expression) -> Expression:
        """What is made of errors for a gradient; divided by m if the notation divides there."""
        return node / M if self.view.divides_gradients else node

    def with_decay(self, node: Expression) -> Expression:
        """A weight gradient in stored arrays with the l2 term, if the network has one."""
        return node + Symbol("l2") * Symbol("W", self.layer) if self.architecture.l2 else node


def total(terms: Iterable[Expression]) -> Expression:
    first, *rest = terms
    return sum(rest, first)
