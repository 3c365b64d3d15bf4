"""Two oracles that share no line with mlpviz: a hand-written NumPy forward pass, and PyTorch with its autograd."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import ModuleType
from typing import Any

import numpy as np
import pytest
from scipy.special import erfc

import mlpviz
from mlpviz.maths.activations import ACTIVATIONS
from mlpviz.maths.losses import LOSSES, REDUCTIONS

Array = np.ndarray


@dataclass
class Pass:
    """What an oracle computed; lists are indexed by the mathematical l, entry 0 is None (A[0] is X)."""

    Z: list[Any]
    A: list[Any]
    losses: Any = None
    cost: float = float("nan")
    delta: list[Any] = field(default_factory=list)
    dW: list[Any] = field(default_factory=list)
    db: list[Any] = field(default_factory=list)

    def named(self) -> Iterator[tuple[str, Array]]:
        """Every array with its name."""
        for name in ("Z", "A", "delta", "dW", "db"):
            for l, array in enumerate(getattr(self, name)):
                if array is not None:
                    yield f"{name}[{l}]", array
        yield "losses", self.losses
        yield "cost", np.array(self.cost)


def of_trace(trace: mlpviz.Trace) -> Pass:
    """What the engine computed, in the oracles' form; its own copies."""
    fields = {name: [None if x is None else x.copy() for x in getattr(trace, name)] for name in ("Z", "A")}
    backward = {name: [None if x is None else x.copy() for x in getattr(trace, name)] for name in ("delta", "dW", "db")}
    return Pass(**fields, losses=trace.losses.copy(), cost=trace.cost, **backward)


def sigmoid(z: Array) -> Array:
    return np.where(z >= 0, 1, np.exp(-np.abs(z))) / (1 + np.exp(-np.abs(z)))


def softmax(z: Array) -> Array:
    e = np.exp(z - z.max(axis=1, keepdims=True))
    return e / e.sum(axis=1, keepdims=True)


NUMPY_ACTIVATIONS: dict[str, Callable[[Array], Array]] = {
    "identity": lambda z: z,
    "relu": lambda z: np.where(z > 0, z, 0),
    "leaky_relu": lambda z: np.where(z > 0, z, 0.01 * z),
    "elu": lambda z: np.where(z > 0, z, np.expm1(np.minimum(z, 0))),
    "gelu": lambda z: z * 0.5 * erfc(-z / np.sqrt(2)),
    "silu": lambda z: z * sigmoid(z),
    "softplus": lambda z: np.logaddexp(z, 0),
    "sigmoid": sigmoid,
    "tanh": np.tanh,
    "softmax": softmax,
}


def surprise(p: Array, y: Array) -> Array:
    """−y log p, and 0 where y = 0."""
    return -y * np.log(np.where(y == 0, 1, p))


NUMPY_LOSSES: dict[str, Callable[[Array, Array], Array]] = {
    "half_squared_error": lambda a, y: (a - y) ** 2 / 2,
    "squared_error": lambda a, y: (a - y) ** 2,
    "binary_cross_entropy": lambda a, y: surprise(a, y) + surprise(1 - a, 1 - y),
    "cross_entropy": surprise,
}


def divisor(architecture: mlpviz.Architecture, m: int) -> int:
    """What a reduction divides by."""
    return {"sum": 1, "mean_samples": m, "mean_elements": m * architecture.widths[-1]}[architecture.reduction]


def numpy_forward(parameters: mlpviz.Parameters, X: Array, Y: Array) -> Pass:
    """The forward pass, losses and cost, written out by hand for moderate numbers."""
    architecture = parameters.architecture
    Z, A = [None], [np.asarray(X)]
    for l, name in enumerate(architecture.activations, start=1):
        bias = parameters.b[l] if architecture.bias else 0
        Z.append(np.einsum("mi,oi->mo", A[-1], parameters.W[l]) + bias)
        A.append(NUMPY_ACTIVATIONS[name](Z[-1]))
    losses = NUMPY_LOSSES[architecture.loss](A[-1], np.asarray(Y)).sum(axis=1, keepdims=True)
    decay = sum(np.square(W).sum() for W in parameters.W[1:])
    cost = losses.sum() / divisor(architecture, len(X)) + architecture.l2 / 2 * decay
    return Pass(Z, A, losses, float(cost))


def require_torch() -> ModuleType:
    """PyTorch on one thread; a test without it is skipped, or fails where everything is required."""
    if os.environ.get("MLPVIZ_REQUIRE_ALL") == "1":
        import torch
    else:
        torch = pytest.importorskip("torch", reason="PyTorch, the outside oracle, is not installed")
    torch.set_num_threads(1)
    return torch


TORCH_ACTIVATIONS: dict[str, Callable[[ModuleType, Any], Any]] = {
    "identity": lambda torch, z: z,
    "relu": lambda torch, z: torch.nn.functional.relu(z),
    "leaky_relu": lambda torch, z: torch.nn.functional.leaky_relu(z),
    "elu": lambda torch, z: torch.nn.functional.elu(z),
    "gelu": lambda torch, z: torch.nn.functional.gelu(z),
    "silu": lambda torch, z: torch.nn.functional.silu(z),
    "softplus": lambda torch, z: torch.logaddexp(z, torch.zeros_like(z)),  # without PyTorch's threshold
    "sigmoid": lambda torch, z: torch.sigmoid(z),
    "tanh": lambda torch, z: torch.tanh(z),
    "softmax": lambda torch, z: torch.softmax(z, dim=1),
}

TORCH_LOG_ACTIVATIONS: dict[str, Callable[[ModuleType, Any], Any]] = {
    "softmax": lambda torch, z: torch.log_softmax(z, dim=1),
    "sigmoid": lambda torch, z: torch.nn.functional.logsigmoid(z),
}
"""log f(z) from the logits, for the outputs that a cross-entropy takes."""


def torch_each(torch: ModuleType, name: str, *given: Any) -> Any:
    """A loss of PyTorch's by its name, entry by entry."""
    return getattr(torch.nn.functional, name)(*given, reduction="none")


TORCH_LOSSES: dict[str, Callable[..., Any]] = {
    "half_squared_error": lambda torch, output, z, a, y: torch_each(torch, "mse_loss", a, y) / 2,
    "squared_error": lambda torch, output, z, a, y: torch_each(torch, "mse_loss", a, y),
    "binary_cross_entropy": lambda torch, output, z, a, y: torch_each(torch, "binary_cross_entropy_with_logits", z, y),
    "cross_entropy": lambda torch, output, z, a, y: -y * TORCH_LOG_ACTIVATIONS[output](torch, z),
}
"""Of each entry of the output, given the name of its activation, z, a and y; the entropies from the logits."""


def torch_backpropagate(parameters: mlpviz.Parameters, X: Array, Y: Array) -> Pass:
    """The whole pass by PyTorch's autograd in float64 on the CPU."""
    torch = require_torch()
    architecture = parameters.architecture
    leaf = lambda array: torch.tensor(np.asarray(array, np.float64), requires_grad=True)  # noqa: E731
    W = [None, *map(leaf, parameters.W[1:])]
    b = [None if array is None else leaf(array) for array in parameters.b]
    Z, A, y = [None], [torch.tensor(np.asarray(X, np.float64))], torch.tensor(np.asarray(Y, np.float64))
    for l, name in enumerate(architecture.activations, start=1):
        z = torch.nn.functional.linear(A[-1], W[l], None if b[l] is None else b[l][0])
        z.retain_grad()
        Z.append(z)
        A.append(TORCH_ACTIVATIONS[name](torch, z))
    each = TORCH_LOSSES[architecture.loss](torch, architecture.activations[-1], Z[-1], A[-1], y)
    losses = each.sum(dim=1, keepdim=True)
    decay = sum((array * array).sum() for array in W[1:])
    cost = losses.sum() / divisor(architecture, len(X)) + architecture.l2 / 2 * decay
    cost.backward()
    values = lambda arrays: [None if x is None else x.detach().numpy() for x in arrays]  # noqa: E731
    return Pass(values(Z), values(A), losses.detach().numpy(), cost.item(), *map(gradients, (Z, W, b)))


def gradients(arrays: list[Any]) -> list[Any]:
    """What autograd left; an array that the cost does not depend on has nothing there, which is 0."""
    return [None if x is None else np.zeros(x.shape) if x.grad is None else x.grad.numpy() for x in arrays]


def targets(architecture: mlpviz.Architecture, m: int, generator: np.random.Generator) -> Array:
    """Targets that the loss has a meaning for; class probabilities need not add up to 1."""
    shape = (m, architecture.widths[-1])
    if architecture.loss_entry.labels is None:
        return generator.normal(size=shape)
    return generator.uniform(0.05, 0.95, size=shape)


def problem(
    architecture: mlpviz.Architecture, m: int, seed: int, dtype: str = "float64"
) -> tuple[mlpviz.Parameters, Array, Array]:
    """Parameters (biases too), a batch and its targets, all of moderate size."""
    generator = np.random.default_rng(seed)
    parameters = mlpviz.Parameters(architecture, dtype)
    parameters.flat[...] = generator.normal(scale=0.6, size=parameters.flat.shape)
    X = generator.normal(size=(m, architecture.widths[0])).astype(dtype)
    return parameters, X, targets(architecture, m, generator).astype(dtype)


def random_architecture(generator: np.random.Generator, **fixed: Any) -> mlpviz.Architecture:
    """Any depth up to 4, widths up to 7, activations, loss, reduction, bias and l2; ``fixed`` are given."""
    depth = int(generator.integers(1, 5))
    loss = fixed.get("loss", str(generator.choice(list(LOSSES))))
    outputs = LOSSES[loss].outputs or tuple(ACTIVATIONS)
    hidden = [str(name) for name in generator.choice(list(ACTIVATIONS), depth - 1)]
    given = {
        "widths": tuple(int(n) for n in generator.integers(1, 8, depth + 1)),
        "activations": (*hidden, str(generator.choice(outputs))),
        "loss": loss,
        "reduction": str(generator.choice(list(REDUCTIONS))),
        "bias": bool(generator.random() < 0.75),
        "l2": float(generator.choice([0.0, 0.3])),
    }
    return mlpviz.Architecture(**{**given, **fixed})


def distance(found: Any, right: Any) -> float:
    """‖found − right‖ / ‖right‖; 0 where both are zero throughout."""
    found, right = np.asarray(found, np.float64), np.asarray(right, np.float64)
    assert found.shape == right.shape
    size, apart = np.linalg.norm(right), np.linalg.norm(found - right)
    return float(apart / size) if size else float(np.inf if apart else 0.0)
