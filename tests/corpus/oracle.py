"""The gradients of a multilayer perceptron's cost by complex steps: Im J(x + ih) / h. It imports nothing of mlpviz.

The stored form is canonical: samples are rows, W[l] is (n_l, n_{l-1}), b[l] is (1, n_l); lists are indexed by the
mathematical l, and entry 0 of Z, W, b, delta, dW and db is None. Each derivative is ∂J of the array's own entry, so
delta carries the reduction's division and dW that of the l2 term.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

H = 1e-30
"""The step: so small that its square vanishes, and no difference is taken that could cancel."""


@dataclass(frozen=True)
class Network:
    """A network without numbers, by the names that ``mlpviz.Architecture`` has for the same."""

    widths: tuple[int, ...]
    activations: tuple[str, ...]
    loss: str
    reduction: str
    bias: bool = True
    l2: float = 0.0

    @property
    def depth(self) -> int:
        return len(self.widths) - 1


@dataclass(frozen=True)
class Given:
    """The numbers of one pass: inputs, targets and parameters."""

    X: Any
    Y: Any
    W: list[Any]
    b: list[Any]


@dataclass(frozen=True)
class Truth:
    """Every array of one pass; ``dA[0]`` is ∂J/∂X."""

    X: Any
    Y: Any
    W: list[Any]
    b: list[Any]
    Z: list[Any]
    A: list[Any]
    losses: Any
    cost: float
    delta: list[Any]
    dA: list[Any]
    dW: list[Any]
    db: list[Any]

    def named(self) -> Iterator[tuple[str, Any]]:
        """Every array with its canonical name, such as "dW[2]"."""
        for name in ("W", "b", "Z", "A", "delta", "dA", "dW", "db"):
            for l, array in enumerate(getattr(self, name)):
                if array is not None:
                    yield f"{name}[{l}]", array
        yield from (("X", self.X), ("Y", self.Y), ("losses", self.losses), ("cost", np.array(self.cost)))


def softmax(z: Any) -> Any:
    e = np.exp(z - z.real.max(axis=-1, keepdims=True))
    return e / e.sum(axis=-1, keepdims=True)


ACTIVATIONS: dict[str, Callable[[Any], Any]] = {
    "identity": lambda z: z,
    "relu": lambda z: np.where(z.real > 0, z, 0),
    "leaky_relu": lambda z: np.where(z.real > 0, z, 0.01 * z),
    "elu": lambda z: np.where(z.real > 0, z, np.exp(np.where(z.real > 0, 0, z)) - 1),
    "silu": lambda z: z / (1 + np.exp(-z)),
    "softplus": lambda z: np.log(1 + np.exp(z)),
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "softmax": softmax,
}
"""Of complex z; a kinked one branches on the real part."""

LOSSES: dict[str, Callable[[Any, Any], Any]] = {
    "half_squared_error": lambda a, y: (a - y) ** 2 / 2,
    "squared_error": lambda a, y: (a - y) ** 2,
    "binary_cross_entropy": lambda a, y: -y * np.log(a) - (1 - y) * np.log(1 - a),
    "cross_entropy": lambda a, y: -y * np.log(a),
}
"""Entry by entry; a sample's loss is the sum over the outputs."""

DIVISORS: dict[str, Callable[[int, int], int]] = {
    "sum": lambda m, n: 1,
    "mean_samples": lambda m, n: m,
    "mean_elements": lambda m, n: m * n,
}


def random_given(network: Network, m: int, seed: int, scale: float = 0.8) -> Given:
    """Random numbers for m samples; targets are one-hot, or between 0 and 1, where the loss wants labels."""
    generator = np.random.default_rng(seed)
    shapes = list(zip(network.widths[1:], network.widths, strict=False))
    W = [None, *(generator.normal(scale=scale, size=shape) for shape in shapes)]
    b = [None, *(generator.normal(scale=scale, size=(1, n)) if network.bias else None for n, _below in shapes)]
    X = generator.normal(size=(m, network.widths[0]))
    return Given(X, random_targets(network, m, generator), W, b)


def random_targets(network: Network, m: int, generator: np.random.Generator) -> Any:
    n = network.widths[-1]
    if network.loss == "cross_entropy":
        return np.eye(n)[generator.integers(0, n, m)]
    if network.loss == "binary_cross_entropy":
        return generator.integers(0, 2, (m, n)).astype(float)
    return generator.normal(size=(m, n))


def forward(network: Network, given: Given, bumps: dict[str, Any]) -> tuple[list[Any], list[Any], Any, Any]:
    """Z, A, losses and cost; a bump is added to the array of its name, and leading axes are passes side by side."""
    bumped = lambda name, array: array + bumps.get(name, 0)  # noqa: E731
    Z, A = [None], [bumped("A[0]", given.X)]
    decay: Any = 0
    for l, name in enumerate(network.activations, start=1):
        W = bumped(f"W[{l}]", given.W[l])
        z = A[-1] @ np.swapaxes(W, -1, -2)
        if network.bias:
            z = z + bumped(f"b[{l}]", given.b[l])
        Z.append(bumped(f"Z[{l}]", z))
        A.append(bumped(f"A[{l}]", ACTIVATIONS[name](Z[-1])))
        decay = decay + (W * W).sum(axis=(-1, -2))
    losses = LOSSES[network.loss](A[-1], given.Y).sum(axis=-1, keepdims=True)
    divisor = DIVISORS[network.reduction](len(given.X), network.widths[-1])
    return Z, A, losses, losses.sum(axis=(-1, -2)) / divisor + network.l2 / 2 * decay


def gradient(network: Network, given: Given, name: str, array: Any) -> Any:
    """∂J of every entry of an array of the pass, each by a complex step of its own."""
    steps = np.eye(array.size).reshape(array.size, *array.shape) * (1j * H)
    *_arrays, cost = forward(network, given, {name: steps})
    return (np.broadcast_to(cost, array.size).imag / H).reshape(array.shape)


def truth(network: Network, given: Given) -> Truth:
    """Every array of the pass and every gradient."""
    Z, A, losses, cost = forward(network, given, {})

    def gradients(name: str, arrays: list[Any]) -> list[Any]:
        return [None if x is None else gradient(network, given, f"{name}[{l}]", x) for l, x in enumerate(arrays)]

    return Truth(
        **vars(given),
        Z=Z,
        A=A,
        losses=losses,
        cost=float(cost),
        delta=gradients("Z", Z),
        dA=gradients("A", A),
        dW=gradients("W", given.W),
        db=gradients("b", given.b),
    )


def random_truth(network: Network, m: int, seed: int) -> Truth:
    """The pass of random numbers; for m = 1, one sample."""
    return truth(network, random_given(network, m, seed))
