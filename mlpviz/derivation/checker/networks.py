"""The networks that formulas are tried on: random ones whose sizes all differ, and the learner's own."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import lru_cache
from typing import Any

import numpy as np

from ...engine.evaluate import evaluate
from ...engine.parameters import Parameters
from ...engine.passes import backpropagate
from ...engine.trace import Trace
from ...maths.activations import ACTIVATIONS
from ...maths.architecture import Architecture
from ...maths.equations import EQUATIONS, carried_back
from ...maths.expressions import Symbol
from ...maths.symbols import QUANTITIES, UNITS, Dimension, Role, named

COUNT = 3
"""The number of random networks that a formula must agree on."""

MOST_SAMPLES = 64

RATE = np.float64(0.3141)
"""A learning rate, so that a formula with one in it has a value."""

LAYERED = ("A", *named(Role.VALUE, Role.ERROR, Role.GRADIENT, Role.PARAMETER))
"""The arrays of a layer; what is a and z alike is called a."""


@dataclass
class Network:
    """A network with the arrays of one pass, as stored."""

    architecture: Architecture
    batch_size: int
    arrays: dict[Symbol, Any]
    turned: dict[tuple[frozenset[str], frozenset[str]], dict[Symbol, Any]] = field(default_factory=dict)
    tables: dict[Any, Any] = field(default_factory=dict)
    """What its arrays are looked up in, by the way in which they are shown."""

    def shown(self, transposed: frozenset[str], multiplied: frozenset[str] = frozenset()) -> dict[Symbol, Any]:
        """Every array by symbol, as a notation shows it; those named ``multiplied`` are m times as large in a mean."""
        times_m = multiplied if self.architecture.scale is not None else frozenset()
        if (transposed, times_m) not in self.turned:
            arrays = {symbol: value.T if symbol.name in transposed else value for symbol, value in self.arrays.items()}
            larger = {symbol: self.batch_size * value for symbol, value in arrays.items() if symbol.name in times_m}
            self.turned[transposed, times_m] = arrays | larger
        return self.turned[transposed, times_m]

    def dimension(self, size: int) -> Dimension:
        """The dimension that has this size; all sizes differ."""
        if size == 1:
            return 1
        if size == self.batch_size:
            return Symbol("m")
        return Symbol("n", self.architecture.widths.index(size)) if size in self.architecture.widths else size

    def size(self, dimension: Dimension) -> int:
        if isinstance(dimension, int):
            return dimension
        if dimension.name == "m":
            return self.batch_size
        assert isinstance(dimension.layer, int)
        return self.architecture.widths[dimension.layer]


def network(trace: Trace) -> Network:
    """The network of a pass, its arrays in the order in which a formula is held against them."""
    architecture = trace.architecture
    names = [name for name in LAYERED if architecture.bias or QUANTITIES[name].shape != UNITS]
    symbols = [*map(Symbol, named(Role.LABEL, Role.LOSS, Role.COST)), Symbol("A", 0)]
    symbols += [Symbol(name, l) for l in range(1, architecture.depth + 1) for name in names]
    numbers = [*(Symbol("n", l) for l in range(architecture.depth + 1)), Symbol("m"), Symbol("l2")]
    arrays: dict[Symbol, Any] = {symbol: trace.buffer(symbol) for symbol in symbols}
    arrays |= {symbol: np.float64(trace.scalar(symbol)) for symbol in numbers}
    arrays[Symbol("eta")] = RATE
    slopes = [carried_back(architecture, l) for l in range(architecture.depth + 1)]
    arrays |= {each.target: evaluate(each.value, arrays.__getitem__) for each in slopes}
    return Network(architecture, trace.batch_size, arrays)


def random_networks(
    architecture: Architecture, one_sample: bool = False, smooth: bool = True, outputs: int | None = None
) -> tuple[Network, ...]:
    """Random networks like this one with different sizes; kinked activations are replaced if ``smooth``.

    They have as many ``outputs`` as that says, if it does. They are made once for an architecture and the equations as
    they stand.
    """
    return drawn_networks(architecture, one_sample, smooth, outputs, tuple(map(id, EQUATIONS.values())))


@lru_cache(maxsize=64)
def drawn_networks(
    architecture: Architecture, one_sample: bool, smooth: bool, outputs: int | None, _equations: tuple[int, ...]
) -> tuple[Network, ...]:
    return tuple(random_network(resized(architecture, k, smooth, outputs), k, one_sample) for k in range(COUNT))


def resized(architecture: Architecture, k: int, smooth: bool, outputs: int | None) -> Architecture:
    """The architecture with other widths from 2 up, all different; the last one is the number of ``outputs``."""
    generator = np.random.default_rng(1000 + k)
    pool = [n for n in range(2, architecture.depth + 6) if n != outputs]
    widths = [int(n) for n in generator.permutation(pool)[: architecture.depth + 1]]
    if outputs is not None:
        widths[-1] = outputs
    wider = replace(architecture, widths=tuple(widths))
    return smoothed(wider) if smooth else wider


def smoothed(architecture: Architecture) -> Architecture:
    """The architecture with smooth activations in place of kinked ones."""
    return replace(
        architecture, activations=tuple(ACTIVATIONS[name].smooth or name for name in architecture.activations)
    )


def random_network(architecture: Architecture, seed: int, one_sample: bool = False, m: int | None = None) -> Network:
    """A pass with random parameters and data; the number of samples differs from every width."""
    generator = np.random.default_rng(2000 + seed)
    m = m or (1 if one_sample else max(*architecture.widths, architecture.depth + 5) + 1 + seed)
    parameters = Parameters(architecture)
    for W, b in zip(parameters.W[1:], parameters.b[1:], strict=True):
        W[...] = generator.normal(0, 1.3 / np.sqrt(W.shape[1]), W.shape)
        if b is not None:
            b[...] = generator.normal(0, 0.6, b.shape)
    X = generator.normal(0, 1.2, (m, architecture.widths[0]))
    return network(backpropagate(parameters, X, labels(architecture, generator, m)))


def labels(architecture: Architecture, generator: np.random.Generator, m: int) -> Any:
    shape = (m, architecture.widths[-1])
    if architecture.loss_entry.labels is None:
        return generator.normal(0, 1, shape)
    rows = generator.uniform(0.1, 0.9, shape)
    return rows / rows.sum(1, keepdims=True) if architecture.activations[-1] == "softmax" else rows


def softmax_into_entropy(architecture: Architecture) -> bool:
    """Whether the last layer's softmax goes into the cross-entropy, which gives a − y for labels that add up to 1."""
    return (architecture.loss, architecture.activations[-1]) == ("cross_entropy", "softmax")


def imagined(architecture: Architecture) -> Network:
    """A network of the learner's sizes with random numbers, if their own are not given; a small one is made once."""
    return made_once(imagined_with, architecture)(architecture, tuple(map(id, EQUATIONS.values())))


MOST_KEPT = 20_000
"""Parameters of a network of the learner's sizes that is kept for the next formula: 64 of them take some 20 MB."""


def made_once(make: Any, architecture: Architecture) -> Any:
    """A function that remembers what it made, or the one behind it, which does not, for a large network."""
    return make if architecture.parameter_count <= MOST_KEPT else make.__wrapped__


@lru_cache(maxsize=64)
def imagined_with(architecture: Architecture, _equations: tuple[int, ...]) -> Network:
    m = next(m for m in range(7, 1000) if m not in architecture.widths)
    return random_network(architecture, COUNT, m=m)


@dataclass(frozen=True)
class Own:
    """The learner's own network and data, as far as they are given."""

    architecture: Architecture
    parameters: Parameters | None = None
    X: Any = None
    Y: Any = None

    @property
    def known(self) -> bool:
        return self.parameters is not None or self.X is not None or self.Y is not None

    def network(self, most: int = MOST_SAMPLES) -> Network:
        """A pass in float64 over the first ``most`` samples; what is not given is random."""
        architecture = self.architecture
        if not self.known and most > 1:
            return imagined(architecture)
        generator = np.random.default_rng(3000)
        given = next((each for each in (self.X, self.Y) if each is not None), None)
        m = min(len(given) if given is not None else imagined(architecture).batch_size, most)
        X = generator.normal(0, 1, (m, architecture.widths[0])) if self.X is None else self.X[:m]
        Y = labels(architecture, generator, m) if self.Y is None else self.Y[:m]
        return network(backpropagate(self.filled(generator), X, Y))

    def filled(self, generator: np.random.Generator) -> Parameters:
        if self.parameters is not None:
            return self.parameters.astype("float64", "cpu")
        parameters = Parameters(self.architecture)
        parameters.flat[...] = generator.normal(0, 0.8, parameters.flat.shape)
        return parameters
