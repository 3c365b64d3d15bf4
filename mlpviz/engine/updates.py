"""An optimiser: its equations in flat vectors, and these vectors and its numbers for one network."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ..maths.equations import Equation
from ..maths.expressions import Symbol
from .arrays import Span
from .parameters import Parameters

theta, g = Symbol("theta"), Symbol("g")  # θ and ∇J


@dataclass(frozen=True)
class Optimizer:
    """A rule for moving θ; ``steady`` says that its numbers change only with the learning rate."""

    name: str
    title: str
    equations: tuple[Equation, ...]
    numbers: Callable[[float, int], Mapping[str, float]] = lambda learning_rate, t: {"eta": learning_rate}
    steady: bool = True

    @property
    def state(self) -> tuple[str, ...]:
        """The names of the vectors that are kept between updates."""
        return tuple(equation.target.name for equation in self.equations if equation.target != theta)


class Updates:
    """An optimiser bound to one network: its state vectors, its numbers, and the trainable ranges of θ."""

    def __init__(self, optimizer: Optimizer, parameters: Parameters, spans: Sequence[Span]) -> None:
        self.optimizer, self.parameters, self.spans = optimizer, parameters, spans
        device = parameters.arrays
        count, dtype = parameters.flat.size, parameters.dtype
        self.state = {name: device.full((count,), 0.0, dtype) for name in optimizer.state}
        self.numbers = {name: device.full((), 0.0, dtype) for name in optimizer.numbers(1.0, 1)}

    def set_numbers(self, learning_rate: float, t: int) -> None:
        """Set the optimiser's numbers for update ``t``."""
        for name, value in self.optimizer.numbers(learning_rate, t).items():
            self.numbers[name].fill(value)
