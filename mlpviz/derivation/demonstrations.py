"""What is tried out beside a derivation: a nudge, a bias of the wrong shape, other losses, a loop against a product."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np

from ..engine.passes import backpropagate, forward
from ..engine.timing import seconds_a_call
from ..engine.trace import Trace
from ..maths.architecture import Architecture
from ..maths.expressions import Symbol
from .derived import Derived, flat_gradient, gradient, jacobian, layer_of, stored_value
from .notation import Notation
from .scene import Scene

# A nudge


@dataclass(frozen=True)
class Moved:
    """How far one number moved, and how far its slope said it would."""

    symbol: Symbol
    unit: int
    moved: float
    predicted: float


def nudge(scene: Scene, out: int, into: int, step: float) -> list[Moved]:
    """What moves when one weight of the layer does: its z, its layer's a, every z above, and the cost (unit −1)."""
    trace, l = scene.update.trace, scene.layer
    changed = Trace(trace.parameters.copy(), trace.batch_size)
    changed.A[0][...], changed.Y[...] = trace.A[0], trace.Y
    changed.parameters.W[l][out, into] += step
    forward(changed)
    slopes = slopes_along(scene, out, into)
    found = []
    for symbol, slope in slopes.items():
        apart = changed.buffer(symbol)[0] - trace.buffer(symbol)[0]
        moving = [out] if symbol == Symbol("Z", l) else range(len(apart))
        found += [Moved(symbol, k, float(apart[k]), float(slope[k] * step)) for k in moving]
    by_weight = float(trace.dW[l][out, into])
    return [*found, Moved(Symbol("cost"), -1, changed.cost - trace.cost, by_weight * step)]


def slopes_along(scene: Scene, out: int, into: int) -> dict[Symbol, np.ndarray]:
    """The slope by one weight of every z and a of its layer, and of every z above."""
    l, L = scene.layer, scene.architecture.depth
    Z, A, above = Symbol("Z", l), Symbol("A", l), Symbol("Z", l + 1)
    by_z = np.zeros(scene.stored(Z).shape[1])
    by_z[out] = scene.stored(Symbol("A", l - 1))[0, into]
    by_a = scene.stored(jacobian(A, Z)) @ by_z
    slopes = {Z: by_z, A: by_a}
    return slopes | ({above: scene.stored(jacobian(above, A)) @ by_a} if l < L else {})


# A bias of the wrong shape


@dataclass(frozen=True)
class Broadcast:
    """What NumPy does with W X + b for samples as columns; ``error`` is its own message, if it refuses."""

    code: str
    shape: tuple[int, ...]
    right: bool
    error: str = ""
    value: np.ndarray | None = None


def broadcasts(scene: Scene) -> list[Broadcast]:
    """The bias as a plain list of numbers, and as a column."""
    l = scene.layer
    W, b, X = (scene.stored(Symbol(name, layer)) for name, layer in (("W", l), ("b", l), ("A", l - 1)))
    right = W @ X.T + b.T
    tried = {"W @ X + b          # b.shape == ({n},)": b[0], "W @ X + b[:, None] # shape == ({n}, 1)": b[0][:, None]}
    return [added(code.format(n=b.size), W @ X.T, bias, right) for code, bias in tried.items()]


def added(code: str, product: np.ndarray, bias: np.ndarray, right: np.ndarray) -> Broadcast:
    """One way to add the bias, run by NumPy itself."""
    try:
        found = product + bias
    except ValueError as error:
        return Broadcast(code, bias.shape, False, str(error))
    same = found.shape == right.shape and bool(np.allclose(found, right))
    return Broadcast(code, bias.shape, same, "", found)


# A loop against a product

SECONDS = 0.005
"""For each of the rounds that measure a way."""


@dataclass(frozen=True)
class Timing:
    """Seconds for one gradient of a weight matrix (units, inputs, samples), by a loop and by a product."""

    units: int
    inputs: int
    samples: int
    loop: float
    product: float


def timing(units: int, inputs: int, samples: int) -> Timing:
    """The gradient of a weight matrix of random numbers, by a loop over its entries and as one matrix product."""
    generator = np.random.default_rng(0)
    delta, below = generator.normal(size=(samples, units)), generator.normal(size=(samples, inputs))
    rows, columns = delta.tolist(), below.tolist()

    def loop() -> object:
        return [
            [sum(d[i] * a[j] for d, a in zip(rows, columns, strict=True)) for j in range(inputs)] for i in range(units)
        ]

    def product() -> object:
        return delta.T @ below

    return Timing(units, inputs, samples, seconds_a_call(loop, SECONDS), seconds_a_call(product, SECONDS))


# Other losses


@dataclass(frozen=True)
class Collapse:
    """δ of the output for a loss and an output activation, beside a − y, on the same z and targets."""

    output: str
    loss: str
    delta: np.ndarray
    difference: np.ndarray

    @property
    def collapses(self) -> bool:
        """Whether δ is a − y."""
        return bool(np.allclose(self.delta, self.difference, rtol=1e-9, atol=1e-12))


PAIRS = (
    ("softmax", "cross_entropy"),
    ("sigmoid", "binary_cross_entropy"),
    ("identity", "half_squared_error"),
    ("softmax", "half_squared_error"),
    ("sigmoid", "half_squared_error"),
    ("sigmoid", "cross_entropy"),
)


def collapses(scene: Scene) -> Iterator[Collapse]:
    """The present network and sample with each pair of output and loss that its targets allow."""
    trace, architecture = scene.update.trace, scene.architecture
    for output, loss in PAIRS:
        other: Architecture = replace(
            architecture, activations=(*architecture.activations[:-1], output), loss=loss, reduction="sum", l2=0.0
        )
        parameters = type(trace.parameters)(other)
        parameters.flat[...] = trace.parameters.flat
        try:
            found = backpropagate(parameters, trace.A[0], trace.Y)
        except ValueError:
            continue  # the targets are no labels of this loss
        yield Collapse(output, loss, found.delta[-1], found.A[-1] - found.Y)


# Shapes in both layouts


@dataclass(frozen=True)
class ChainFactor:
    """One factor of a chain and its shape in each of two layouts."""

    symbol: Symbol
    shapes: tuple[tuple[int, int], tuple[int, int]]

    @property
    def differs(self) -> bool:
        """Whether the layouts shape it differently."""
        return self.shapes[0] != self.shapes[1]


def in_layout(scene: Scene, layout: str) -> Scene:
    """The same scene in another layout."""
    notation: Notation = replace(scene.view.notation, layout=layout)
    view = replace(scene.view, notation=notation)
    return Scene(scene.update, view, scene.layer)


def factors(scene: Scene) -> list[ChainFactor]:
    """What stands in the chain of a layer, with its shape in denominator and in numerator layout."""
    l, L = scene.layer, scene.architecture.depth
    A, Z, W = Symbol("A", l), Symbol("Z", l), Symbol("W", l)
    above = [gradient(Symbol("Z", l + 1)), jacobian(Symbol("Z", l + 1), A)] if l < L else [gradient(A)]
    symbols = [*above, jacobian(A, Z), Symbol("delta", l), jacobian(Z, W), Symbol("dW", l), W, Symbol("A", l - 1)]
    views = [in_layout(scene, layout).view for layout in ("denominator", "numerator")]
    return [ChainFactor(symbol, (views[0].size(symbol), views[1].size(symbol))) for symbol in symbols]


# What the ways to a gradient cost


@dataclass(frozen=True)
class Cost:
    """What one way to the weight gradient stores besides its result, and how many products it forms."""

    way: str
    stored: int
    nonzero: int
    products: int


def costs(scene: Scene) -> list[Cost]:
    """The three ways of text S2 for the present layer and one sample."""
    l = scene.layer
    n, k = scene.architecture.widths[l], scene.architecture.widths[l - 1]
    whole, nonzero = counts(jacobian(Symbol("Z", l), Symbol("W", l)), scene.architecture)
    return [
        Cost("whole", whole, nonzero, whole),
        Cost("differential", 0, 0, n * k * (n * k + n)),
        Cost("entries", 0, 0, n * k),
    ]


def counts(node: Derived, architecture: Architecture) -> tuple[int, int]:
    """How many numbers a Jacobian has, and how many of them can differ from 0."""
    of, by = node.operands
    n, k = (architecture.widths[layer_of(symbol)] for symbol in (of, by))
    if by.name == "W":
        below = architecture.widths[layer_of(by) - 1]
        return n * n * below, n * below
    if by.name == "b" or (of.name == "A" and architecture.activation(layer_of(of)).elementwise):
        return n * n, n
    return n * k, n * k


def jacobians_of(scene: Scene) -> list[tuple[Derived, int, int]]:
    """The Jacobians of the layer's modules: how many numbers each has, and how many can differ from 0."""
    l = scene.layer
    A, Z, W, b, below = (Symbol("A", l), Symbol("Z", l), Symbol("W", l), Symbol("b", l), Symbol("A", l - 1))
    by = [below, W, *([b] if scene.architecture.bias else [])]
    found = [jacobian(A, Z), *(jacobian(Z, each) for each in by)]
    return [(each, *counts(each, scene.architecture)) for each in found]


@dataclass(frozen=True)
class Stair:
    """A weight's row of the staircase ∂z/∂W, and what it comes to times v; the weight by its unit and its input."""

    unit: int
    into: int
    row: np.ndarray
    product: float


def staircase(scene: Scene) -> list[Stair]:
    """The transposed ∂z/∂W, weight by weight, times v."""
    l = scene.layer
    rows = scene.stored(jacobian(Symbol("Z", l), Symbol("W", l))).T
    products = scene.stored(flat_gradient(Symbol("W", l)))[0]
    below = scene.architecture.widths[l - 1]
    return [Stair(at // below, at % below, row, float(products[at])) for at, row in enumerate(rows)]


def slice_of(scene: Scene, unit: int) -> np.ndarray:
    """∂z_k/∂W for one unit k: a matrix shaped as W, with the inputs in the unit's own row and zeros elsewhere."""
    l = scene.layer
    whole = stored_value(jacobian(Symbol("Z", l), Symbol("W", l)), scene.stored, scene.architecture)
    return whole[unit].reshape(scene.architecture.widths[l], scene.architecture.widths[l - 1])
