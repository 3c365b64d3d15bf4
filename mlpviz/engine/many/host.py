"""Steps of many networks by NumPy: every statement of a pass is carried out for a block of networks at a time."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import Any

import numpy as np

from ...maths.architecture import Architecture
from ...maths.equations import steps
from ...maths.expressions import Symbol
from ...maths.messages import Message
from ..compiled.parts import LoopNest, Parts
from ..cpu.arrays import HOST
from ..evaluate import evaluate
from ..normal_form import Trees
from ..parameters import pairs, views
from ..plan import GRADIENT, THETA, TrainingPlan
from ..trace import PHASES, Sizes
from .networks import FIRST, LAST, RATE, InBlocks, Networks

SMALL = 256
"""Multiplications of a network's largest product up to which sums of products are quicker than BLAS for each."""

ENTRIES = 2**18
"""Entries of a block's largest array."""


def statements_of(plan: TrainingPlan, size: int, phases: tuple[str, ...] = PHASES) -> tuple[Trees, list[LoopNest]]:
    """What a pass over ``size`` samples computes, in order, and the shapes of its arrays."""
    architecture = plan.parameters.architecture
    sizes = Sizes(architecture, size)
    trees = Trees(sizes.shape, sizes.scalar)
    return trees, Parts(trees).of([step.equation for step in steps(architecture) if step.phase in phases])


def sums_of_products(left: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Matrix products of stacks in whose memory the axis of the networks is the innermost."""
    names = ("ab" if left.ndim == 2 else "kab", "bc" if right.ndim == 2 else "kbc")
    return np.asarray(np.einsum(f"{names[0]},{names[1]}->{'kac' if 'k' in ''.join(names) else 'ac'}", left, right))


def parts(flat: np.ndarray, architecture: Architecture, names: tuple[str, str]) -> dict[Symbol, np.ndarray]:
    """The arrays of parameters, or of their gradient, in vectors (Q, P)."""
    layers = zip(names, views(flat, architecture), strict=True)
    return {Symbol(name, l): array for name, each in layers for l, array in enumerate(each) if array is not None}


class HostPass:
    """One pass of a block of Q networks over the same samples: (Q, …) arrays, but A[0] and Y common to all."""

    def __init__(self, plan: TrainingPlan, size: int, count: int, axis: str, phases: tuple[str, ...] = PHASES) -> None:
        self.plan, self.count, self.axis = plan, count, axis
        self.trees, self.statements = statements_of(plan, size, phases)
        self.product: Callable[..., Any] = sums_of_products if axis == LAST else np.matmul
        widths, dtype = plan.parameters.architecture.widths, plan.parameters.dtype
        self.inputs, self.targets = np.zeros((size, widths[0]), dtype), np.zeros((size, widths[-1]), dtype)
        self.arrays: dict[Symbol, np.ndarray] = {Symbol("A", 0): self.inputs, Symbol("Y"): self.targets}

    def array(self, shape: tuple[int, ...]) -> np.ndarray:
        dtype = self.plan.parameters.dtype
        if self.axis == FIRST:
            return np.empty((self.count, *shape), dtype)
        return np.moveaxis(np.empty((*shape, self.count), dtype), -1, 0)

    def gather(self, rows: np.ndarray) -> None:
        np.take(self.plan.X, rows, axis=0, out=self.inputs)
        np.take(self.plan.Y, rows, axis=0, out=self.targets)

    def run(self) -> None:
        for statement in self.statements:
            value = evaluate(statement.value, self.arrays.__getitem__, product=self.product)
            if statement.target in self.arrays:
                self.arrays[statement.target][...] = value
            else:
                buffer = self.array(self.trees.of(statement.target))
                buffer[...] = value
                self.arrays[statement.target] = buffer


class HostMany(InBlocks):
    """The steps of many networks as operations of NumPy."""

    how = Message("Each step of all networks is a row of NumPy's operations on the CPU.")

    def __init__(self, plan: TrainingPlan, networks: Networks) -> None:
        self.plan, widths = plan, plan.parameters.architecture.widths
        axis = LAST if plan.batch_size * max(a * b for a, b in pairs(widths)) <= SMALL else FIRST
        super().__init__(
            networks, max(1, ENTRIES // max(plan.batch_size * max(widths), plan.parameters.flat.size)), axis
        )
        sizes = {plan.batch_size, plan.rest} - {0}
        self.passes = {size: HostPass(plan, size, self.blocks.size, axis) for size in sizes}

    def put(self, networks: Networks) -> None:
        super().put(networks)
        self.gradient = self.rows(np.empty_like(self.theta[0]))
        self.arrays = [self.arrays_of(block) for block in range(self.blocks.number)]

    def arrays_of(self, block: int) -> dict[Symbol, np.ndarray]:
        """The parameters of a block, and the gradient, which all blocks have in turn."""
        architecture = self.plan.parameters.architecture
        own = parts(self.rows(self.theta[block]), architecture, ("W", "b"))
        return {**own, **parts(self.gradient, architecture, ("dW", "db"))}

    def run(self, totals: np.ndarray, batches: np.ndarray, done: int, weight: float, deadline: float) -> int:
        sums, numbers = self.blocks.cut(totals), self.plan.numbers(done, len(batches))
        made = 0
        with HOST.quiet():
            for step, batch in enumerate(batches):
                row = numbers[step if self.plan.varying else 0]
                for block in range(self.blocks.number):
                    self.step(block, batch, done + step + 1, row, sums[block], weight)
                made += 1
                if perf_counter() >= deadline:
                    break
        totals[...] = self.blocks.joined(sums)
        return made

    def step(
        self, block: int, batch: np.ndarray, number: int, row: np.ndarray, sums: np.ndarray, weight: float
    ) -> None:
        """One step of a block of networks."""
        own, theta, previous = self.passes[len(batch)], self.rows(self.theta[block]), self.rows(self.previous[block])
        own.arrays |= self.arrays[block]
        own.gather(batch)
        own.run()
        cost, ended = own.arrays[Symbol("cost")][:, 0, 0], self.ended[block]
        now = (ended == 0) & ~np.isfinite(cost)
        ended[now] = number
        sums += np.where(ended == 0, cost * weight, np.nan)
        theta[now] = previous[now]
        moved = ended == 0
        previous[...] = theta
        self.update(block, theta, row)
        theta[~moved] = previous[~moved]

    def update(self, block: int, theta: np.ndarray, row: np.ndarray) -> None:
        optimizer = self.plan.updates.optimizer
        numbers = dict(zip(self.plan.updates.numbers, row, strict=True))
        rates = self.rates[block][:, None]
        for start, stop in self.plan.updates.spans:
            values: dict[Symbol, Any] = {Symbol(name): value for name, value in numbers.items()}
            values[RATE] = values[RATE] * rates  # the plan's own rate is 1
            values |= {Symbol(name): self.rows(blocks[block])[:, start:stop] for name, blocks in self.state.items()}
            values |= {THETA: theta[:, start:stop], GRADIENT: self.gradient[:, start:stop]}
            for equation in optimizer.equations:
                values[equation.target][...] = evaluate(equation.value, values.__getitem__)
