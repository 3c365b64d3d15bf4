"""The arrays of a network as a program sees them: turned, with one axis, by the layers that its names count."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from ....maths.activations import Activation
from ....maths.expressions import Symbol
from ...notation import Notation
from ..reading.dialects import Language
from .facts import Facts
from .spelled import OUTPUTS, Spelled, shifts, spelled
from .stances import Stance
from .things import is_array
from .worlds import World, kind_of

UPRIGHT = frozenset({"W", "dW", "bare dW"})
"""What lies as the order of W says; all else as the samples do."""


@dataclass
class Viewed:
    """A network as a program sees it."""

    world: World
    stance: Stance
    dialect: Language
    names: frozenset[str]
    """Every name that the program has."""
    given_names: Mapping[str, str] = field(default_factory=dict)
    by_layer: frozenset[str] = frozenset()
    """The names that are indexed by layer."""
    functions: frozenset[str] = frozenset()
    facts: Facts = field(default_factory=Facts)
    multiplied: frozenset[str] = frozenset()
    """The names that stand in matrix products."""
    paired: frozenset[str] = frozenset()
    """The names whose entries are pairs."""

    @cached_property
    def shifts(self) -> dict[str, int]:
        return shifts(self.names, self.world.depth)

    def shown(self, name: str, layer: int | None = None) -> Any:
        """A quantity as the program should have it, or None if there is none of that layer."""
        key = name if layer is None else f"{name}[{layer}]"
        array = self.world.arrays.get(key)
        return None if array is None else self.seen(key, array)

    def seen(self, key: str, array: Any) -> Any:
        """An array of the world as the stance has it: turned, or with one axis."""
        if not is_array(array):
            return array
        name, stance = kind_of(key), self.stance
        if name in ("W", "dW") and stance.ones and not key.startswith("["):
            bias = self.world.arrays.get(key.replace("W", "b"))
            if bias is not None:
                array = np.hstack([bias.T, array] if stance.ones == "first" else [array, bias.T])
        if name in UPRIGHT:
            if stance.flat != "none" and stance.extent.one_output and array.shape[0] == 1:
                return array[0].copy()
            return (array.T if stance.turned else array).copy()
        if stance.flat == "all" or (stance.flat == "biases" and (name in ("b", "db") or array.shape[1] == 1)):
            return array.reshape(-1).copy()
        return (array.T if stance.columns else array).copy()

    def class_numbers(self, value: Any) -> Any:
        """The class of each sample, if a value is the labels that are used as an index."""
        numbers = self.world.class_numbers
        return numbers if np.size(value) in (self.world.Y.size, len(numbers)) else None

    def samples_axis(self, value: Any) -> int | None:
        """The axis along which samples lie in a value; None for a sum over everything."""
        shape = np.shape(value)
        if self.world.m not in shape:
            return None
        return shape.index(self.world.m)

    @property
    def softmax_axis(self) -> int:
        return 0 if self.stance.columns else -1

    def activation_at(self, argument: Any) -> tuple[Activation | None, str]:
        """The activation of the layer whose z or a this is, and which of both."""
        for l in range(1, self.world.depth + 1):
            for name, of in (("Z", "z"), ("A", "a")):
                own = self.world.arrays[f"{name}[{l}]"]
                if same_entries(argument, own):
                    return self.world.architecture.activation(l), of
        hidden = {self.world.architecture.activations[l] for l in range(self.world.depth)}
        return (self.world.architecture.activation(1), "z") if len(hidden) == 1 else (None, "z")

    def layer(self, own: Spelled, name: str) -> int | None:
        """The layer that a name says."""
        depth = self.world.depth
        if own.number is not None and self.stance.counted is not None:
            return self.by_notation(own.name, own.number, self.stance.counted)
        if own.number is not None:
            if own.listed:
                number = own.number - self.dialect.first_axis
                return number + (1 if self.stance.lists == "zero" and own.name not in ("A", "dA") else 0)
            return own.number + self.shifts.get(own.name, 0)
        if own.place:
            return depth if own.place == "out" else 1 if depth == 2 or own.place == "hidden" else None
        if own.name == "A" and name.lower().replace("_", "") in OUTPUTS:
            return depth
        return self.unnumbered(own.name)

    def by_notation(self, base: str, number: int, notation: Notation) -> int | None:
        """The layer whose array of a kind has a number in a notation."""
        layers = range(self.world.depth + 1)
        return next((l for l in layers if notation.number(Symbol(base, l)) == number), None)

    def unnumbered(self, base: str) -> int | None:
        """The layer of a name without a number: the only one, or the one that no other name of its kind has."""
        depth = self.world.depth
        numbers = {
            each.number for name in self.names if (each := spelled(name)) and each.name == base and not each.listed
        }
        left = [l for l in range(1, depth + 1) if l - self.shifts.get(base, 0) not in numbers]
        return 1 if depth == 1 else left[0] if len(left) == 1 and numbers - {None} else None


def same_entries(value: Any, own: Any) -> bool:
    """Whether two arrays hold the same numbers, turned or not, or one row of them."""
    value = np.asarray(value)
    if value.size == own.size:
        for other in (own, own.T):
            if np.array_equal(value.ravel(), other.ravel()) or np.allclose(value.ravel(), other.ravel(), rtol=1e-9):
                return True
        return False
    if value.size == own.shape[1]:
        return bool(np.any(np.all(np.isclose(own, value.ravel(), rtol=1e-9), axis=1)))
    return False
