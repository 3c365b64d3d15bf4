"""A copy of what a run has learned, to go back to when a cost is not finite."""

from __future__ import annotations

from collections.abc import Iterable

from ..arrays import Array

EVERY = 100
"""Steps after which the vectors are copied: to go back further than one step, at most EVERY are made again."""


class Rollback:
    """A copy of the vectors as they were before the update of one step, whose cost was finite."""

    def __init__(self, vectors: Iterable[Array]) -> None:
        self.vectors = list(vectors)
        self.copies = [vector.copy() for vector in self.vectors]
        self.position: int | None = None

    def due(self, position: int, steps: int) -> int:
        """The next step of an epoch at which to save: at once if nothing is saved, and at its last step at any rate."""
        return position if self.position is None else min(-(-position // EVERY) * EVERY, steps - 1)

    def save(self, position: int) -> None:
        """Copy the vectors as they are now."""
        copy_all(self.vectors, self.copies)
        self.position = position

    def restore(self) -> int | None:
        """Make the vectors what they were, and say before the update of which step; None if nothing was saved."""
        if self.position is not None:
            copy_all(self.copies, self.vectors)
        return self.position


def copy_all(sources: Iterable[Array], targets: Iterable[Array]) -> None:
    for source, target in zip(sources, targets, strict=True):
        target[...] = source
