"""Networks side by side: what a run changes of each, cut into blocks that fit the processor's caches."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Protocol

import numpy as np

from ...maths.expressions import Symbol
from ...maths.messages import Message

FIRST, LAST = "first", "last"
"""Where the axis of the networks stands in a block: before all others, or after them, contiguous in memory."""


RATE = Symbol("eta")
"""The number of an optimiser that is as many times larger as the learning rate is; the others do not depend on it."""


@dataclass(eq=False)
class Networks:
    """K networks as the rows of ``theta`` (K, P), with the vectors that an optimiser keeps of each.

    ``rates`` (K,) are their learning rates. ``ended`` (K,) is the number of the step at which a network's cost was not
    finite, or 0; from then on its row of theta stays what it was before the update before.
    """

    theta: np.ndarray
    rates: np.ndarray
    state: dict[str, np.ndarray] = field(default_factory=dict)
    ended: np.ndarray = field(default_factory=lambda: np.empty(0, np.int64))
    previous: np.ndarray = field(default_factory=lambda: np.empty((0, 0)))

    @classmethod
    def new(cls, theta: np.ndarray, rates: np.ndarray, state: Iterable[str]) -> Networks:
        """Networks before their first update."""
        zeros = {name: np.zeros_like(theta) for name in state}
        return cls(theta.copy(), rates.copy(), zeros, np.zeros(len(theta), np.int64), theta.copy())

    @property
    def count(self) -> int:
        return len(self.theta)

    @property
    def vectors(self) -> dict[str, np.ndarray]:
        """Every array (K, P) of them, by name."""
        return {"theta": self.theta, "previous": self.previous, **self.state}


class NetworkBlocks:
    """K networks in blocks of Q: arrays (K, …) as (B, Q, …), or as (B, …, Q); the last block is filled up."""

    def __init__(self, count: int, size: int, axis: str) -> None:
        self.count, self.size, self.axis = count, min(size, count), axis
        self.number = -(-count // self.size)

    def cut(self, rows: np.ndarray) -> np.ndarray:
        """Rows (K, …) as contiguous blocks."""
        filled = np.concatenate([rows, np.repeat(rows[-1:], self.number * self.size - self.count, axis=0)])
        blocks = filled.reshape(self.number, self.size, *rows.shape[1:])
        return np.ascontiguousarray(np.moveaxis(blocks, 1, -1) if self.axis == LAST else blocks)

    def joined(self, blocks: np.ndarray) -> np.ndarray:
        """The inverse of ``cut``."""
        rows = np.moveaxis(blocks, -1, 1) if self.axis == LAST else blocks
        return rows.reshape(self.number * self.size, *rows.shape[2:])[: self.count].copy()


class InBlocks:
    """Networks that are trained block by block: ``rows`` (K, …) as blocks, and back."""

    def __init__(self, networks: Networks, size: int, axis: str) -> None:
        self.blocks = NetworkBlocks(networks.count, size, axis)
        self.put(networks)

    def put(self, networks: Networks) -> None:
        """Go on from where these networks stand."""
        cut = self.blocks.cut
        self.theta, self.previous = cut(networks.theta), cut(networks.previous)
        self.state = {name: cut(rows) for name, rows in networks.state.items()}
        self.rates, self.ended = cut(networks.rates), cut(networks.ended)

    def networks(self) -> Networks:
        """Where all networks stand, as a copy."""
        joined = self.blocks.joined
        state = {name: joined(blocks) for name, blocks in self.state.items()}
        rows = map(joined, (self.theta, self.rates, self.ended, self.previous))
        theta, rates, ended, previous = rows
        return Networks(theta, rates, state, ended, previous)

    def rows(self, block: np.ndarray) -> np.ndarray:
        """A block as (Q, …)."""
        return np.moveaxis(block, -1, 0) if self.blocks.axis == LAST else block


class ManyBatches(Protocol):
    """Makes steps of many networks, and says in a sentence how."""

    @property
    def how(self) -> Message: ...
    def put(self, networks: Networks) -> None: ...
    def networks(self) -> Networks: ...

    def run(self, totals: np.ndarray, batches: np.ndarray, done: int, weight: float, deadline: float) -> int:
        """Make a step with each of the ``batches`` (steps, size), row numbers of samples, after ``done`` others.

        Adds ``weight`` times the costs to ``totals`` (K,), NaN from where a cost is not finite. Returns how many were
        made before the deadline.
        """
