"""Training by emulated launches, as a device would make them, and what the CPU's training gives for the same run."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

import mlpviz
from mlpviz.engine.gpu.codegen.persistent import parts, persistent
from mlpviz.engine.gpu.schedule.launches import (
    COSTS,
    DATA_X,
    DATA_Y,
    NEXT,
    NOW,
    NUMBERS,
    ORDER,
    STEPS,
    GatherLaunch,
    Kernel,
    UpdateLaunch,
)
from mlpviz.engine.plan import GRADIENT, THETA
from mlpviz.engine.training.freezing import movable
from mlpviz.engine.training.optimizers import OPTIMIZERS
from mlpviz.engine.training.schedules import bound_schedule
from mlpviz.maths.expressions import Symbol
from tests.support.emulator import Emulator, Memory
from tests.support.plans import equations, planned, scalar_of, shape_of


class Run:
    """A run's buffers and launches: ``batch_size`` samples a step, fewer at the end of an epoch if they are left."""

    def __init__(
        self,
        emulator: Emulator,
        parameters: mlpviz.Parameters,
        data: tuple[np.ndarray, np.ndarray],
        batch_size: int,
        optimizer: str = "sgd",
        learning_rate: float = 0.1,
        freeze: Iterable[str] = (),
        schedule: str = "constant",
        epochs: int = 2,
    ) -> None:
        self.architecture, self.dtype, self.samples = parameters.architecture, parameters.dtype, len(data[0])
        self.optimizer, self.learning_rate = OPTIMIZERS[optimizer], learning_rate
        self.batch_size, self.epochs = batch_size, epochs
        self.factor = bound_schedule(schedule, epochs)
        self.steps = -(-self.samples // batch_size)
        self.names = tuple(self.optimizer.numbers(1.0, 1))
        self.gather = GatherLaunch(batch_size)
        self.update = UpdateLaunch(self.optimizer.equations, tuple(movable(self.architecture, freeze)), self.names)
        self.shared = Memory(emulator)
        self.shared.put({DATA_X: data[0], DATA_Y: data[1], THETA: parameters.flat})
        self.shared.put({Symbol(name): np.zeros_like(parameters.flat) for name in self.optimizer.state})
        self.shared.add(GRADIENT, parameters.flat.shape, self.dtype)
        self.shared.add(NUMBERS, (self.steps, len(self.names)), self.dtype)
        self.shared.add(COSTS, (self.steps,), self.dtype)
        for symbol, count in ((ORDER, self.samples), (NEXT, 1), (NOW, 1), (STEPS, 1)):
            self.shared.add(symbol, (count,), "int64")
        self.traces: dict[int, Memory] = {}

    def sizes(self) -> list[int]:
        """The number of samples of every step of an epoch."""
        whole, rest = divmod(self.samples, self.batch_size)
        return [self.batch_size] * whole + [rest] * bool(rest)

    def trace(self, m: int) -> Memory:
        """The buffers of a batch size, beside those that all share."""
        if m not in self.traces:
            memory, shape = Memory(self.shared.emulator), shape_of(self.architecture, m)
            memory.arrays |= self.shared.arrays
            for symbol, (vector, first) in parts(self.architecture).items():
                rows, columns = shape(symbol)
                whole = self.shared.arrays[vector]
                memory.arrays[symbol] = whole[first : first + rows * columns].reshape(rows, columns)
            for symbol in (Symbol("A", 0), Symbol("Y"), *(each.target for each in equations(self.architecture))):
                if symbol not in memory.arrays:
                    memory.add(symbol, shape(symbol), self.dtype)
            self.traces[m] = memory
        return self.traces[m]

    def epoch(self, number: int, generator: np.random.Generator, order: np.ndarray, together: bool) -> np.ndarray:
        """The costs of an epoch's steps."""
        generator.shuffle(order)
        table = [self.numbers(number * self.steps + k) for k in range(self.steps)]
        arrays = self.shared.arrays
        arrays[ORDER][...], arrays[NUMBERS][...], arrays[NEXT][...] = order, table, 0
        sizes = self.sizes()
        for m in dict.fromkeys(sizes):
            (self.together if together else self.one_by_one)(m, sizes.count(m))
        assert arrays[NEXT][0] == self.steps
        assert arrays[NOW][0] == self.steps - 1
        return arrays[COSTS].copy()

    def numbers(self, done: int) -> list[float]:
        """The optimiser's numbers for the update after so many."""
        rate = self.learning_rate * self.factor(done / self.steps)
        return list(self.optimizer.numbers(rate, done + 1).values())

    def one_by_one(self, m: int, count: int) -> None:
        """Steps by the launches of a plan."""
        plan, memory = planned(self.architecture, m, self.dtype, gather=self.gather, update=self.update), self.trace(m)
        memory.add_all(plan.scratch, self.dtype)
        for _ in range(count):
            memory.make(plan.launches)

    def together(self, m: int, count: int) -> None:
        """Steps by the persistent kernel, in two launches where there are enough."""
        kernel, memory = self.persistent(m), self.trace(m)
        assert kernel is not None
        for steps in [part for part in (count // 2, count - count // 2) if part]:
            self.shared.arrays[STEPS][...] = steps
            memory.make([kernel])

    def persistent(self, m: int) -> Kernel | None:
        """The persistent kernel of a batch size."""
        a = self.architecture
        given = (equations(a), shape_of(a, m), scalar_of(a, m), self.dtype)
        return persistent(*given, self.gather, self.update, parts(a))

    def kernels(self) -> list[Kernel]:
        """All kernels that the run may launch, to be compiled at once."""
        found = [
            planned(self.architecture, m, self.dtype, gather=self.gather, update=self.update).launches
            for m in dict.fromkeys(self.sizes())
        ]
        both = [*(each for launches in found for each in launches), *map(self.persistent, dict.fromkeys(self.sizes()))]
        return [each for each in both if isinstance(each, Kernel)]

    def train(self, seed: int, together: bool = False) -> np.ndarray:
        """The costs of all steps of the run."""
        generator, order = np.random.default_rng(seed), np.arange(self.samples)
        return np.concatenate([self.epoch(number, generator, order, together) for number in range(self.epochs)])


def reference(parameters: mlpviz.Parameters, data: tuple[np.ndarray, np.ndarray], seed: int, **settings: Any) -> Any:
    """The costs of all steps by the CPU, whose parameters are trained in place."""
    return np.concatenate([record.costs for record in mlpviz.train(parameters, *data, seed=seed, **settings)])
