"""One update of gradient descent after a pass, and the pass with the new parameters: what the last steps show."""

from __future__ import annotations

from typing import Any

from ..maths.equations import steps
from ..maths.expressions import Symbol
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
        for step in steps(trace.architecture):
            if step.phase == "update" and step.equation.target.layer is not None:
                device = trace.parameters.device
                self.value(step.equation.target)[...] = evaluate(step.equation.value, self.value, device=device)
        self.after.A[0][...], self.after.Y[...] = trace.A[0], trace.Y
        run(self.after, ("forward", "loss"))

    def value(self, symbol: Symbol) -> Any:
        """The array or number that a symbol of any step stands for."""
        numbers = {"eta": self.learning_rate, "cost": self.trace.cost, "new cost": self.after.cost}
        if symbol.name == "change":
            return self.after.cost - self.trace.cost
        if symbol.name in numbers:
            return numbers[symbol.name]
        if symbol.name.startswith("new "):
            return self.after.buffer(Symbol(symbol.name[4:], symbol.layer))
        scalar = self.trace.scalar(symbol)
        return self.trace.buffer(symbol) if scalar is None else scalar
