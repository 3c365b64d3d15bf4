"""A copy of what a run has learned, to go back to when a cost is not finite."""

from __future__ import annotations

from collections.abc import Iterable

from .arrays import Array

EVERY = 100
"""Steps between two copies of the vectors: to go back one step, at most EVERY steps are repeated."""


def next_due(position: int, steps: int) -> int:
    """The first step from ``position`` on at which a copy is due, in an epoch of so many steps."""
    return min(-(-position // EVERY) * EVERY, steps - 1)


class Rollback:
    """A copy of the vectors from before one step's update, whose cost was finite."""

    def __init__(self, vectors: Iterable[Array]) -> None:
        self.vectors = list(vectors)
        self.copies = [vector.copy() for vector in self.vectors]
        self.position: int | None = None

    def due(self, position: int, steps: int) -> int:
        """The next step at which to save: at once if nothing is saved, and in any case the epoch's last."""
        return position if self.position is None else next_due(position, steps)

    def save(self, position: int) -> None:
        copy_all(self.vectors, self.copies)
        self.position = position

    def restore(self) -> int | None:
        """Restore the vectors; return the step before whose update they were copied, or None if nothing was saved."""
        if self.position is not None:
            copy_all(self.copies, self.vectors)
        return self.position


def copy_all(sources: Iterable[Array], targets: Iterable[Array]) -> None:
    for source, target in zip(sources, targets, strict=True):
        target[...] = source
