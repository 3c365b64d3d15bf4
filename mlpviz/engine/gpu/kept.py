"""What a run on a device goes back to: its costs are looked at only after many more steps have been made."""

from __future__ import annotations

from mlpviz.engine.parameters import Parameters
from mlpviz.engine.training.state import Kept, copy_all
from mlpviz.engine.training.updates import Updates


class KeptAround(Kept):
    """Beside the vectors before the last update whose cost is known, those around a stretch whose costs are not.

    ``start`` are the vectors before the stretch's first update, ``ahead`` those before its last.
    """

    def __init__(self, parameters: Parameters, updates: Updates) -> None:
        super().__init__(parameters, updates)
        self.start, self.ahead = ([vector.copy() for vector in self.vectors] for _ in range(2))
        self.first = 0

    def keep_start(self, position: int) -> None:
        """Copy the vectors before the first update of a stretch."""
        self.first = position
        copy_all(self.vectors, self.start)

    def keep_ahead(self) -> None:
        """Copy the vectors before the last update of a stretch."""
        copy_all(self.vectors, self.ahead)

    def accept(self, position: int) -> None:
        """Go back to the end of the stretch from now on: all its costs are finite."""
        self.copies, self.ahead, self.position = self.ahead, self.copies, position

    def put_back_start(self) -> int:
        """Make the vectors what they were before the stretch, and say before the update of which step."""
        copy_all(self.start, self.vectors)
        return self.first
