"""An optimiser: its equations in flat vectors, and these vectors and its numbers for one network."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ..maths.equations import Equation, Rule, theta
from .arrays import Array, Span
from .descent import Stand
from .parameters import Parameters


@dataclass(frozen=True)
class Optimizer:
    """A rule for moving θ; after ``settled`` updates its numbers change only with the learning rate.

    ``rule`` is its definition in the field's terms, with its ``constants`` and, as equations in t, its ``varying``
    numbers; ``equations`` compute the same in fewer passes over the vectors, and keep each vector of state divided by
    its ``factor``, 1 if it has none.
    """

    name: str
    title: str
    equations: tuple[Equation, ...]
    numbers: Callable[[float, int], Mapping[str, float]] = lambda learning_rate, t: {"eta": learning_rate}
    settled: int = 0
    rule: tuple[Equation, ...] = ()
    constants: Mapping[str, float] = field(default_factory=dict)
    varying: tuple[Equation, ...] = ()
    factors: Mapping[str, float] = field(default_factory=dict)

    @property
    def state(self) -> tuple[str, ...]:
        """The names of the vectors that are kept between updates."""
        return tuple(equation.target.name for equation in self.equations if equation.target != theta)

    def defined(self, state: Mapping[str, Array]) -> dict[str, Array]:
        """What is kept between updates, as the rule defines it."""
        return {name: self.factors.get(name, 1.0) * state[name] for name in self.state}

    def stand(self, t: int, state: Mapping[str, Array], frozen: Iterable[str] = ()) -> Stand:
        """Where it stands before update ``t`` with a state as the rule defines it."""
        return Stand(Rule(self.rule, frozenset(frozen)), self.constants, state, t, self.varying)


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
