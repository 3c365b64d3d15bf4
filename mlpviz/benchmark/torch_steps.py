"""The steps of PyTorch."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn import functional

from mlpviz.benchmark.configurations import Configuration
from mlpviz.engine.parameters import pairs

OPTIMIZERS: dict[str, Callable[..., torch.optim.Optimizer]] = {
    "sgd": torch.optim.SGD,
    "momentum": lambda parameters, lr: torch.optim.SGD(parameters, lr, momentum=0.9),
    "adam": torch.optim.Adam,
}

LOSSES: dict[str, Callable[..., torch.Tensor]] = {
    "half_squared_error": lambda z, y: 0.5 * ((torch.sigmoid(z) - y) ** 2).sum() / len(y),
    "binary_cross_entropy": lambda z, y: functional.binary_cross_entropy_with_logits(z, y, reduction="sum") / len(y),
    "cross_entropy": functional.cross_entropy,
}
"""The cost of a batch in its logits and labels."""

Batches = Callable[[], Iterable[np.ndarray]]


def eager(configuration: Configuration, data: Any, threads: int | None, batches: Batches) -> Callable[[], list[float]]:
    """One call a step of every operation."""
    set_threads(threads)
    model, (X, Y) = sequential(configuration), map(torch.from_numpy, data)
    loss = LOSSES[configuration.loss]
    optimizer = OPTIMIZERS[configuration.optimizer](model.parameters(), lr=configuration.learning_rate)

    def step(rows: torch.Tensor) -> float:
        optimizer.zero_grad()
        cost = loss(model(X[rows]), Y[rows])
        cost.backward()
        optimizer.step()
        return cost.item()

    return lambda: [step(torch.from_numpy(rows)) for rows in batches()]


def sequential(configuration: Configuration) -> nn.Sequential:
    """The network up to its logits."""
    layers: list[nn.Module] = []
    start = configuration.parameters()
    for l, (below, n) in enumerate(pairs(configuration.widths), start=1):
        linear = nn.Linear(below, n)
        with torch.no_grad():
            linear.weight.copy_(torch.from_numpy(start.W[l]))
            linear.bias.copy_(torch.from_numpy(start.b[l][0]))
        layers += [linear, nn.ReLU()]
    return nn.Sequential(*layers[:-1])


def momentum(p: torch.Tensor, g: torch.Tensor, s: Sequence[torch.Tensor], _t: torch.Tensor, lr: float) -> None:
    p.sub_(lr * s[0].mul_(0.9).add_(g))


def adam(p: torch.Tensor, g: torch.Tensor, s: Sequence[torch.Tensor], t: torch.Tensor, lr: float) -> None:
    m, v = s[0].mul_(0.9).add_(0.1 * g), s[1].mul_(0.999).add_(0.001 * g * g)
    p.sub_(lr / (1 - 0.9**t) * m / ((v / (1 - 0.999**t)).sqrt() + 1e-8))


UPDATES: dict[str, tuple[Callable[..., Any], int]] = {
    "sgd": (lambda p, g, s, t, lr: p.sub_(lr * g), 0),
    "momentum": (momentum, 1),
    "adam": (adam, 2),
}
"""The in-place update of one array, and the number of its state arrays."""


def compiled(
    configuration: Configuration, data: Any, threads: int | None, batches: Batches
) -> Callable[[], list[float]]:
    """Gather, gradient and update in one graph."""
    set_threads(threads)
    torch._dynamo.reset()
    (X, Y), loss = map(torch.from_numpy, data), LOSSES[configuration.loss]
    update, count = UPDATES[configuration.optimizer]
    values = [p.detach().clone() for p in sequential(configuration).parameters()]
    state, t = [[torch.zeros_like(p) for _ in range(count)] for p in values], torch.zeros(())

    def cost_of(values: list[torch.Tensor], x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        for l, _ in enumerate(pairs(configuration.widths)):
            x = functional.linear(x if l == 0 else torch.relu(x), values[2 * l], values[2 * l + 1])
        return loss(x, y)

    @torch.compile(fullgraph=True)
    def step(rows: torch.Tensor) -> torch.Tensor:
        gradients, cost = torch.func.grad_and_value(cost_of)(values, X[rows], Y[rows])
        t.add_(1)
        for p, g, s in zip(values, gradients, state, strict=True):
            update(p, g, s, t, configuration.learning_rate)
        return cost

    return lambda: [step(torch.from_numpy(rows)).item() for rows in batches()]


def set_threads(threads: int | None) -> None:
    """Set PyTorch's own threads, of which the default is many."""
    torch.set_num_threads(threads or torch.get_num_threads())
