"""The random networks that programs run on: kinked activations as they are, and all sizes different.

Extent and the learning rate are such that no two products of them are alike, so that a factor can be told by its value.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Any

import numpy as np

from ....engine.parameters import Parameters
from ....engine.passes import backpropagate
from ....engine.trace import Trace
from ....maths.activations import ACTIVATIONS
from ....maths.architecture import Architecture
from ....maths.equations import EQUATIONS
from ....maths.symbols import CONSTANTS
from ..networks import labels, network
from .slopes import slope

COUNT = 3
WIDTHS = (3, 5, 7, 4, 9, 6, 8, 10)
SAMPLES = (11, 13, 17)
SMALL_WIDTHS, SMALL_OUTPUTS, FEW_SAMPLES = (4, 6, 9), (3, 7), (5, 11, 5)
"""The same of the networks for programs that go through them entry by entry: the time grows with all three."""

LEARNING_RATES = (0.0731, 0.0517, 0.0891)
TRIES = 20


@dataclass(frozen=True)
class Extent:
    """How large a random network is: its samples, and whether its widths are the learner's own."""

    one_sample: bool = False
    own_widths: bool = False
    one_output: bool = False
    small: bool = False
    """For programs with loops within loops."""


@dataclass
class World:
    """A random network with all arrays of a pass, as stored, and what follows from them."""

    architecture: Architecture
    trace: Trace
    X: Any
    Y: Any
    eta: float
    known: dict[str, Any] = field(default_factory=dict)

    @property
    def m(self) -> int:
        return len(self.X)

    @property
    def depth(self) -> int:
        return self.architecture.depth

    @cached_property
    def arrays(self) -> dict[str, Any]:
        """Every quantity by name: the arrays of the pass, derivatives by A, slopes, and what an update makes."""
        stored = network(self.trace).arrays
        made = {str(symbol): array for symbol, array in stored.items() if symbol.name not in CONSTANTS}
        return {**made, **self.beside()}

    def beside(self) -> dict[str, Any]:
        """What programs compute besides: slopes of activations, gradients without the penalty, errors of the output."""
        trace, top, l2 = self.trace, self.depth, self.architecture.l2
        layers = range(1, top + 1)
        made = {f"slope[{l}]": slope(self.architecture.activation(l), trace.Z[l], "z") for l in layers}
        if l2:
            made |= {f"bare dW[{l}]": trace.dW[l] - l2 * trace.parameters.W[l] for l in layers}
            made["penalty"] = np.float64(float(trace.cost) - self.cost_without_l2)
        made[f"A[{top}] - Y"] = trace.A[top] - self.Y
        for l in layers if self.architecture.bias else ():
            made |= {f"[W[{l}] b[{l}]]": np.hstack([trace.parameters.W[l], trace.parameters.b[l].T])}
            made |= {f"[b[{l}] W[{l}]]": np.hstack([trace.parameters.b[l].T, trace.parameters.W[l]])}
            made |= {f"[dW[{l}] db[{l}]]": np.hstack([trace.dW[l], trace.db[l].T])}
            made |= {f"[db[{l}] dW[{l}]]": np.hstack([trace.db[l].T, trace.dW[l]])}
        if self.architecture.activations[-1] == "softmax":
            made["exp(Z)"] = np.exp(trace.Z[top])
        return made

    @property
    def cost_without_l2(self) -> float:
        weights = self.trace.parameters.W[1:]
        return float(self.trace.cost) - self.architecture.l2 / 2 * sum(float((W * W).sum()) for W in weights)

    @cached_property
    def class_numbers(self) -> Any:
        return self.Y.argmax(1)

    def __hash__(self) -> int:
        return id(self)


def kind_of(name: str) -> str:
    """The kind of array that a name is of: m*delta[2] of delta, [W[1] b[1]] of W."""
    bare = name.rpartition("*")[2]
    if bare.startswith("["):
        return "dW" if "dW" in bare else "W"
    return bare.split("[")[0]


def worlds(architecture: Architecture, sizes: Extent) -> tuple[World, ...]:
    """The networks for an architecture; they are made once for it and the equations as they stand."""
    return drawn_worlds(architecture, sizes, tuple(map(id, EQUATIONS.values())))


@lru_cache(maxsize=64)
def drawn_worlds(architecture: Architecture, sizes: Extent, _equations: tuple[int, ...]) -> tuple[World, ...]:
    return tuple(lively_world(resized(plain_mean(architecture), sizes, k), sizes, k) for k in range(COUNT))


def plain_mean(architecture: Architecture) -> Architecture:
    """The architecture; where it has one output, a mean over all entries is one over samples."""
    by_entries = architecture.reduction == "mean_elements" and architecture.widths[-1] == 1
    return replace(architecture, reduction="mean_samples") if by_entries else architecture


def resized(architecture: Architecture, sizes: Extent, k: int) -> Architecture:
    if sizes.own_widths:
        return architecture
    depth = architecture.depth
    own = SMALL_WIDTHS if sizes.small else WIDTHS
    pool = [*own, *range(12, 12 + depth)][: max(len(own), depth + 1)]
    chance = np.random.default_rng(40 + k)
    widths = [int(n) for n in chance.permutation(pool)[: depth + 1]]
    if sizes.small:
        widths[-1] = int(chance.choice(SMALL_OUTPUTS))
    if sizes.one_output:
        widths[-1] = 1
    return replace(architecture, widths=tuple(widths))


def lively_world(architecture: Architecture, sizes: Extent, k: int) -> World:
    """A random network none of whose layers is at rest: kinked units of both kinds, errors everywhere."""
    tries = (random_world(architecture, sizes, k, seed) for seed in range(TRIES))
    drawn = []
    for world in tries:
        if is_lively(world):
            return world
        drawn.append(world)
    return drawn[0]


def is_lively(world: World) -> bool:
    for l in range(1, world.depth + 1):
        z = world.trace.Z[l]
        kinked = ACTIVATIONS[world.architecture.activations[l - 1]].kinks
        if kinked and not (0.2 < float((z > 0).mean()) < 0.8):
            return False
        if not np.abs(world.trace.dW[l]).max() > 1e-6:
            return False
    return True


def random_world(architecture: Architecture, sizes: Extent, k: int, seed: int) -> World:
    generator = np.random.default_rng(7000 + 100 * k + seed)
    m = 1 if sizes.one_sample else (FEW_SAMPLES if sizes.small else SAMPLES)[k]
    parameters = Parameters(architecture)
    for W, b in zip(parameters.W[1:], parameters.b[1:], strict=True):
        W[...] = generator.normal(0, 1.3 / np.sqrt(W.shape[1]), W.shape)
        if b is not None:
            b[...] = generator.normal(0, 0.4, b.shape)
    X = generator.normal(0, 1.2, (m, architecture.widths[0]))
    Y = targets(architecture, generator, m)
    trace = backpropagate(parameters, X, Y)
    return World(architecture, trace, X, Y, LEARNING_RATES[k])


def targets(architecture: Architecture, generator: np.random.Generator, m: int) -> Any:
    """Labels: classes where the output is a softmax, so that a program may use their numbers."""
    rows = labels(architecture, generator, m)
    n = architecture.widths[-1]
    if architecture.activations[-1] == "softmax" and n > 1:
        return np.eye(n)[generator.integers(0, n, m)]
    return rows
