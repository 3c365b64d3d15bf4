"""The slopes of every activation at every layer of one network, told by their values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from ...engine.evaluate import evaluate
from ...maths import expressions as ex
from ...maths.activations import ACTIVATIONS, Activation
from ...maths.activations import a as a_
from ...maths.activations import z as z_
from ...maths.expressions import Expression, Symbol
from ...maths.functions import FUNCTIONS
from . import nodes as nd
from .values import Evaluator

CLOSE = 1e-9


class Known(NamedTuple):
    """A slope: its layer, whose it is, and what stands in it for a: "a" itself, "z", or the activation's own value."""

    layer: int
    activation: str
    manner: str
    transposed: bool = False


class SlopeTable:
    """The slopes of every activation at every layer of one network, by value."""

    def __init__(self, evaluator: Evaluator) -> None:
        self.evaluator, self.architecture = evaluator, evaluator.network.architecture
        self.rows: dict[tuple[int, ...], list[tuple[Any, Known]]] = {}
        with np.errstate(all="ignore"):
            for layer in range(1, self.architecture.depth + 1):
                self.enter(layer)

    def enter(self, layer: int) -> None:
        """Every slope of a layer; the layer's own comes first, so that what is alike is called its own."""
        own = self.architecture.activation(layer)
        for entry in (own, *(each for each in ACTIVATIONS.values() if each is not own)):
            for manner, value in slopes_of(entry, self.evaluator, layer):
                self.rows.setdefault(value.shape, []).append((value, Known(layer, entry.name, manner)))

    def find(self, value: Any) -> Known | None:
        """The slope that has a value, or its transpose."""
        if value is None or np.ndim(value) != 2 or not np.isfinite(value).all():
            return None
        for turned, seen in ((False, value), (True, value.T)):
            for slope, known in self.rows.get(seen.shape, ()):
                if abs(slope[0, 0] - seen[0, 0]) <= CLOSE and np.abs(slope - seen).max() <= CLOSE:
                    return known._replace(transposed=turned)
        return None

    def is_own(self, known: Known) -> bool:
        return known.manner != "z" and self.architecture.activation(known.layer).name == known.activation

    def replacement(self, known: Known) -> Expression:
        """The slope that the layer has, written in a where that is all it takes, lying as the known one does."""
        slope = own_slope(self.architecture.activation(known.layer), known.layer)
        return ex.Transpose(slope) if known.transposed else slope


def slopes_of(entry: Activation, evaluator: Evaluator, layer: int) -> Iterator[tuple[str, Any]]:
    """The values of an activation's slope at a layer, by what is put in the place of a."""
    if entry.slope is None or isinstance(entry.slope, ex.Number):
        return
    Z, A = (evaluator.value(Symbol(name, layer)) for name in ("Z", "A"))
    places = {"f": evaluate(entry.formula, {z_: Z}.__getitem__, kernel=True)}
    if a_ in set(ex.leaves(entry.slope)):
        places = {"a": A, "z": Z, **places}
    for manner, value in places.items():
        yield manner, evaluate(entry.slope, {z_: Z, a_: value}.__getitem__, kernel=True)


def own_slope(entry: Activation, layer: int) -> Expression:
    body = FUNCTIONS[entry.slope_name].formula
    if body is None or any(isinstance(node, ex.Apply) or node == z_ for node in ex.walk(body)):
        return nd.Slope(Symbol("Z", layer), layer)
    return ex.substitute(body, lambda symbol: Symbol("A", layer))
