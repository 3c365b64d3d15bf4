"""One update of gradient descent after a pass, and the pass with the new parameters: what the last steps show."""

from __future__ import annotations

from functools import partial
from typing import Any

from ..maths import shapes
from ..maths.equations import Equation, steps
from ..maths.expressions import Symbol
from ..maths.symbols import BEFORE
from .evaluate import evaluate
from .passes import run
from .trace import Trace


class Update:
    """old − η · gradient = new for every array of parameters, and the cost before and after.

    ``trace`` holds the pass before, ``after`` the forward pass with the new parameters.
    """

    def __init__(self, trace: Trace, learning_rate: float) -> None:
        self.trace, self.learning_rate = trace, learning_rate
        self.after = Trace(trace.parameters.copy(), trace.batch_size)
        *others, change = steps(trace.architecture)
        for step in others:
            if step.phase == "update":
                self.value(step.equation.target)[...] = self.computed(step.equation)
        self.after.A[0][...], self.after.Y[...] = trace.A[0], trace.Y
        run(self.after, ("forward", "loss"))
        self.change = float(self.computed(change.equation))

    def computed(self, equation: Equation) -> Any:
        """Compute the value of an equation.

        Raises ShapeError where it does not multiply or is not of its target's shape.
        """
        of = partial(shapes.symbol_shape, architecture=self.trace.architecture)
        shapes.check_value(equation.target, of(equation.target), shapes.shape(equation.value, of))
        return evaluate(equation.value, self.value, device=self.trace.parameters.device)

    def value(self, symbol: Symbol) -> Any:
        """The array or number that a symbol of any step stands for."""
        numbers = {"eta": self.learning_rate, "cost": self.trace.cost, "new cost": self.after.cost}
        if symbol.name == "change":
            return self.change
        if symbol.name in numbers:
            return numbers[symbol.name]
        if symbol.name in BEFORE:
            return self.after.buffer(Symbol(BEFORE[symbol.name], symbol.layer))
        scalar = self.trace.scalar(symbol)
        return self.trace.buffer(symbol) if scalar is None else scalar
