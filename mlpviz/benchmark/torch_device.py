"""The steps of PyTorch on a GPU, where the host reads nothing before the end of an epoch.

Source: PyTorch's notes on CUDA semantics, "CUDA Graphs": static inputs, a warm-up on a stream of its own, gradients
that are None when the capture begins, optimisers whose numbers stand on the device.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import torch
from torch.nn import functional

from mlpviz.benchmark.configurations import Configuration
from mlpviz.benchmark.torch_steps import LOSSES, OPTIMIZERS, UPDATES, Batches, sequential
from mlpviz.engine.parameters import pairs

Epoch = Callable[[], list[float]]
Step = Callable[[], object]

Capture = Callable[[Step], Step]
"""Turns a step into one that can be repeated without the host."""

CAPTURABLE: dict[str, Callable[..., torch.optim.Optimizer]] = {
    "sgd": partial(torch.optim.SGD, fused=True),
    "momentum": partial(torch.optim.SGD, momentum=0.9, fused=True),
    "adam": partial(torch.optim.Adam, capturable=True, fused=True),
}
"""Optimisers as a single kernel that a graph can capture."""

WARM = 3
"""Steps before a capture, in which libraries allocate their memory; every epoch has at least as many."""

MOST_REPEATED = 32
"""Steps of products in one graph, so that its launch costs little."""


def eager(configuration: Configuration, data: Any, batches: Batches, device: str) -> Epoch:
    """One call a step of every operation, as PyTorch is usually written."""
    run = Epochs(configuration, data, batches, device)
    model, loss = sequential(configuration).to(device), LOSSES[configuration.loss]
    optimizer = OPTIMIZERS[configuration.optimizer](model.parameters(), lr=configuration.learning_rate)

    def epoch() -> list[float]:
        run.begin()
        for i, rows in enumerate(run.order):
            optimizer.zero_grad()
            cost = loss(model(run.X[rows]), run.Y[rows])
            cost.backward()
            optimizer.step()
            run.costs[i] = cost.detach()
        return run.costs.tolist()

    return epoch


def graphed(configuration: Configuration, data: Any, batches: Batches, device: str) -> Epoch:
    """The same model and loss with the whole step in one CUDA graph: gather, cost, gradient and update."""
    run = Epochs(configuration, data, batches, device)
    model, loss = sequential(configuration).to(device), LOSSES[configuration.loss]
    optimizer = CAPTURABLE[configuration.optimizer](model.parameters(), lr=configuration.learning_rate)
    start = [p.detach().clone() for p in model.parameters()]

    def step() -> None:
        x, y = run.batch()
        optimizer.zero_grad(set_to_none=True)
        cost = loss(model(x), y)
        cost.backward()
        optimizer.step()
        run.note(cost)

    replay = CAPTURES[device](step)
    with torch.no_grad():  # as it was before the steps of the warm-up
        for p, values in zip(model.parameters(), start, strict=True):
            p.copy_(values)
        for kept in optimizer.state.values():
            for value in kept.values():
                value.zero_()
    return run.epochs(replay)


def compiled(configuration: Configuration, data: Any, batches: Batches, device: str) -> Epoch:
    """Gather, gradient and update compiled together with ``mode="reduce-overhead"``, which makes CUDA graphs of it."""
    torch._dynamo.reset()
    run, loss = Epochs(configuration, data, batches, device), LOSSES[configuration.loss]
    update, count = UPDATES[configuration.optimizer]
    values = [p.detach().clone() for p in sequential(configuration).to(device).parameters()]
    state, t = [[torch.zeros_like(p) for _ in range(count)] for p in values], torch.zeros((), device=device)

    def cost_of(values: list[torch.Tensor], x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        for l, _ in enumerate(pairs(configuration.widths)):
            x = functional.linear(x if l == 0 else torch.relu(x), values[2 * l], values[2 * l + 1])
        return loss(x, y)

    @torch.compile(fullgraph=True, mode="reduce-overhead")
    def step() -> None:
        gradients, cost = torch.func.grad_and_value(cost_of)(values, *run.batch())
        t.add_(1)
        for p, g, s in zip(values, gradients, state, strict=True):
            update(p, g, s, t, configuration.learning_rate)
        run.note(cost)

    for tensor in (*run.tensors, *values, *(each for kept in state for each in kept), t):
        torch._dynamo.mark_static_address(tensor)  # else what a step writes into keeps it out of a graph
    return run.epochs(step)


def products(configuration: Configuration, _data: Any, _batches: Batches, device: str) -> Epoch:
    """Only the matrix products of a step, in graphs of many steps."""
    m, ones = configuration.batch_size, partial(torch.ones, device=device)
    calls: list[Step] = []
    for layer, (below, n) in enumerate(pairs(configuration.widths)):
        A, Z, W = ones(m, below), ones(m, n), ones(n, below)
        calls += [partial(torch.mm, A, W.t(), out=Z.clone()), partial(torch.mm, Z.t(), A, out=W.clone())]
        calls += [partial(torch.mm, Z, W, out=A.clone())] if layer else []
    repeated = max(k for k in range(1, MOST_REPEATED + 1) if configuration.steps % k == 0)

    def several() -> None:
        for _ in range(repeated):
            for call in calls:
                call()

    replay = CAPTURES[device](several)

    def epoch() -> list[float]:
        for _ in range(configuration.steps // repeated):
            replay()
        if device != "cpu":
            torch.cuda.synchronize()
        return []

    return epoch


class Epochs:
    """The buffers of an epoch on the device: data, the order of the rows, costs, and a counter."""

    def __init__(self, configuration: Configuration, data: Any, batches: Batches, device: str) -> None:
        self.X, self.Y = (torch.from_numpy(values).to(device) for values in data)
        self.steps, self.batches = configuration.steps, batches
        self.order = torch.zeros((self.steps, configuration.batch_size), dtype=torch.int64, device=device)
        self.costs = torch.zeros(self.steps, device=device)
        self.now = torch.zeros(1, dtype=torch.int64, device=device)

    @property
    def tensors(self) -> Iterable[torch.Tensor]:
        return self.X, self.Y, self.order, self.costs, self.now

    def begin(self) -> None:
        """Copy an epoch's order to the device and reset the counter."""
        self.order.copy_(torch.from_numpy(np.stack(list(self.batches()))))
        self.now.zero_()

    def batch(self) -> tuple[torch.Tensor, torch.Tensor]:
        """The samples of the present step."""
        rows = self.order.index_select(0, self.now).reshape(-1)
        return self.X.index_select(0, rows), self.Y.index_select(0, rows)

    def note(self, cost: torch.Tensor) -> None:
        """Store the cost of the present step and count it."""
        self.costs.index_copy_(0, self.now, cost.detach().reshape(1))
        self.now.add_(1)

    def epochs(self, step: Step) -> Epoch:
        """Epochs of a step that needs no host; their costs are read at the end."""

        def epoch() -> list[float]:
            self.begin()
            for _ in range(self.steps):
                step()
            return self.costs.tolist()

        return epoch


def captured(step: Step) -> Step:
    """Capture a step as a CUDA graph, after some steps on a separate stream."""
    stream = torch.cuda.Stream()
    stream.wait_stream(torch.cuda.current_stream())
    with torch.cuda.stream(stream):
        repeat(step)
    torch.cuda.current_stream().wait_stream(stream)
    graph = torch.cuda.CUDAGraph()
    with torch.cuda.graph(graph):
        step()
    return Replay(graph, step)


@dataclass(frozen=True)
class Replay:
    """A captured step; a graph keeps only what it allocated itself, so the step is kept with the tensors it uses."""

    graph: Any
    step: Step

    def __call__(self) -> None:
        self.graph.replay()


def repeat(step: Step) -> Step:
    """The step itself after some steps, as ``captured`` without a graph."""
    for _ in range(WARM):
        step()
    return step


CAPTURES: dict[str, Capture] = {"cpu": repeat, "cuda": captured}
"""How a step is made to be repeated, by device."""


def set_precision(tf32: bool) -> None:
    torch.set_float32_matmul_precision("high" if tf32 else "highest")
