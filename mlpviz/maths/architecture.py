"""What a multilayer perceptron is, before it has any numbers."""

from __future__ import annotations

import math
import operator
import reprlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .activations import ACTIVATIONS, Activation
from .expressions import Expression
from .losses import LOSSES, REDUCTIONS, Loss
from .messages import Refusal, alternatives, counted, enumerated


@dataclass(frozen=True)
class Architecture:
    """The widths n_0…n_L, the activations of layers 1…L, the loss, and how a batch of losses becomes one cost.

    ``l2`` adds ½·l2·ΣW² to the cost, weights only, whatever the reduction.

    Raises ValueError naming the argument, what it got and what would be right.
    """

    widths: tuple[int, ...]
    activations: tuple[str, ...]
    loss: str
    reduction: str
    bias: bool = True
    l2: float = 0.0

    def __post_init__(self) -> None:
        set_ = object.__setattr__
        set_(self, "widths", tuple(checked_width(n, l) for l, n in enumerate(checked_sequence("widths", self.widths))))
        if len(self.widths) < 2:
            raise Refusal(
                "widths must name at least an input and an output layer, got {widths}", widths=str(self.widths)
            )
        set_(self, "activations", tuple(checked_sequence("activations", self.activations)))
        if len(self.activations) != self.depth:
            raise Refusal(
                counted(
                    "activations must name one activation for the {count} layer after the input, got {given}",
                    "activations must name one activation for each of the {count} layers after the input, got {given}",
                    self.depth,
                    given=len(self.activations),
                )
            )
        for l, name in enumerate(self.activations, start=1):
            one_of(f"activations[{l - 1}]", name, ACTIVATIONS)
        one_of("loss", self.loss, LOSSES)
        one_of("reduction", self.reduction, REDUCTIONS)
        if not isinstance(self.bias, bool):
            raise Refusal("bias must be True or False, got {given}", given=repr(self.bias))
        set_(self, "l2", checked_l2(self.l2))
        self._check_output()

    def _check_output(self) -> None:
        outputs, output = self.loss_entry.outputs, self.activations[-1]
        if outputs is not None and output not in outputs:
            raise Refusal(
                "loss {loss} needs {outputs} as the output activation, got {output}",
                loss=self.loss,
                outputs=alternatives(outputs),
                output=output,
            )

    @property
    def depth(self) -> int:
        """L, the number of layers with parameters."""
        return len(self.widths) - 1

    @property
    def parameter_count(self) -> int:
        """P, the length of θ."""
        return sum(n * (below + self.bias) for below, n in zip(self.widths, self.widths[1:], strict=False))

    @property
    def loss_entry(self) -> Loss:
        return LOSSES[self.loss]

    @property
    def scale(self) -> Expression | None:
        """The divisor of the summed losses, or None."""
        return REDUCTIONS[self.reduction].scale

    @property
    def absent(self) -> frozenset[str]:
        present = {"b": self.bias, "l2": self.l2 != 0, "scale": self.scale is not None}
        return frozenset(name for name, there in present.items() if not there)

    def activation(self, layer: int) -> Activation:
        return ACTIVATIONS[self.activations[layer - 1]]


def one_of(argument: str, name: Any, table: Mapping[str, Any]) -> None:
    if not isinstance(name, str) or name not in table:
        raise Refusal(
            "{argument} must be one of {names}; got {given}",
            argument=argument,
            names=enumerated(table),
            given=repr(name),
        )


def checked_sequence(argument: str, values: Any) -> Iterable[Any]:
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise Refusal(
            "{argument} must be a sequence with one entry a layer, got {given}", argument=argument, given=repr(values)
        )
    return values


def checked_width(width: Any, layer: int) -> int:
    try:
        n = 0 if isinstance(width, bool) else operator.index(width)
    except TypeError:
        n = 0
    if n < 1:
        raise Refusal(
            "widths[{layer}] must be a whole number of units from 1 up, got {given}", layer=layer, given=repr(width)
        )
    return n


def checked_l2(l2: Any) -> float:
    try:
        value = float(l2)
    except (TypeError, ValueError, OverflowError):
        value = math.nan
    if isinstance(l2, bool | str | bytes) or not (math.isfinite(value) and value >= 0):
        raise Refusal("l2 must be a finite number from 0 up, got {given}", given=reprlib.repr(l2))
    return value
