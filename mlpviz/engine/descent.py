"""One update after a pass, and the pass with the new parameters: what the last steps show."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any

from ..maths import shapes
from ..maths.equations import DESCENT, Equation, Rule, Step, steps
from ..maths.expressions import Symbol
from ..maths.symbols import BEFORE, Role, named
from .arrays import Array
from .evaluate import evaluate
from .parameters import Parameters, views
from .passes import once
from .trace import Trace

t = Symbol("t")
"""The number of an update, counted from 1."""


@dataclass(frozen=True)
class Stand:
    """Where an optimiser stands before update ``t``, counted from 1: its rule, its constants, and what it keeps.

    ``state`` has vectors as long as θ by the names that the rule has for them; ``varying`` are equations of the numbers
    that change with t.
    """

    rule: Rule = DESCENT
    constants: Mapping[str, float] = field(default_factory=dict)
    state: Mapping[str, Array] = field(default_factory=dict)
    t: int = 1
    varying: tuple[Equation, ...] = ()

    @cached_property
    def numbers(self) -> dict[str, float]:
        """Every number of this update but the learning rate, by its name."""
        numbers = {**self.constants, t.name: float(self.t)}
        for equation in self.varying:
            numbers[equation.target.name] = float(evaluate(equation.value, lambda symbol: numbers[symbol.name]))
        return numbers

    def arrays(self, parameters: Parameters) -> Iterator[tuple[Symbol, Array]]:
        """Each array of the state, for every array of the parameters, on their device."""
        for name, vector in self.state.items():
            flat = parameters.arrays.asarray(vector, parameters.dtype)
            for letter, layers in zip("Wb", views(flat, parameters.architecture), strict=True):
                for l, array in enumerate(layers):
                    if array is not None:
                        yield Symbol(f"{name} {letter}", l), array


class Update:
    """A new value for every array of parameters, by the rule of an optimiser, and the cost before and after.

    ``trace`` holds the pass before, ``after`` the forward pass with the new parameters.
    """

    def __init__(self, trace: Trace, learning_rate: float, stand: Stand | None = None) -> None:
        self.trace, self.learning_rate, self.stand = trace, learning_rate, stand or Stand()
        self.after = Trace(trace.parameters.copy(), trace.batch_size)
        self.state = dict(self.stand.arrays(trace.parameters))
        *others, change = self.steps
        for step in others:
            if step.phase == "update":
                self.keep(step.equation.target, self.computed(step.equation))
        self.after.A[0][...], self.after.Y[...] = trace.A[0], trace.Y
        once(self.after, ("forward", "loss"))
        self.change = float(self.computed(change.equation))

    @property
    def steps(self) -> tuple[Step, ...]:
        """All steps, from the input to the change of the cost."""
        return steps(self.trace.architecture, self.stand.rule)

    def keep(self, target: Symbol, value: Any) -> None:
        """Keep what an equation of the update computes: new parameters, or the optimiser's state."""
        if BEFORE.get(target.name) in named(Role.PARAMETER):
            self.value(target)[...] = value
        else:
            self.state[target] = value

    def computed(self, equation: Equation) -> Any:
        """Compute the value of an equation.

        Raises ShapeError where it does not multiply or is not of its target's shape.
        """
        of = partial(shapes.symbol_shape, architecture=self.trace.architecture)
        shapes.check_value(equation.target, of(equation.target), shapes.shape(equation.value, of))
        return evaluate(equation.value, self.value, device=self.trace.parameters.device)

    def value(self, symbol: Symbol) -> Any:
        """The array or number that a symbol of any step stands for."""
        if symbol in self.state:
            return self.state[symbol]
        numbers = {"eta": self.learning_rate, "cost": self.trace.cost, "new cost": self.after.cost}
        if symbol.name == "change":
            return self.change
        if symbol.name in numbers:
            return numbers[symbol.name]
        if symbol.name in self.stand.numbers:
            return self.stand.numbers[symbol.name]
        if symbol.name in BEFORE:
            return self.after.buffer(Symbol(BEFORE[symbol.name], symbol.layer))
        scalar = self.trace.scalar(symbol)
        return self.trace.buffer(symbol) if scalar is None else scalar
