"""What a run on a device goes back to: its costs are looked at only after many more steps have been made."""

from __future__ import annotations

from collections.abc import Iterable

from mlpviz.engine.arrays import Array
from mlpviz.engine.training.rollback import Rollback, copy_all


class KeptAround(Rollback):
    """Beside the vectors before the last update whose cost is known, those around a stretch whose costs are not.

    ``start`` are the vectors before the stretch's first update, ``ahead`` those before its last.
    """

    def __init__(self, vectors: Iterable[Array]) -> None:
        super().__init__(vectors)
        self.start, self.ahead = ([vector.copy() for vector in self.vectors] for _ in range(2))
        self.first = 0

    def save_start(self, position: int) -> None:
        """Copy the vectors before the first update of a stretch."""
        self.first = position
        copy_all(self.vectors, self.start)

    def save_ahead(self) -> None:
        """Copy the vectors before the last update of a stretch."""
        copy_all(self.vectors, self.ahead)

    def accept(self, position: int) -> None:
        """Go back to the end of the stretch from now on: all its costs are finite."""
        self.copies, self.ahead, self.position = self.ahead, self.copies, position

    def restore_start(self) -> int:
        """Make the vectors what they were before the stretch, and say before the update of which step."""
        copy_all(self.start, self.vectors)
        return self.first
