"""How many steps to make at a time where nothing is heard in between."""

from __future__ import annotations

import math
import sys

FIRST = 4
"""Steps to begin with, while their speed is unknown."""

GROWTH = 4
"""The most by which the number of steps grows at a time: the last steps may have been slow for another reason."""


class Chunking:
    """How long a step took the last time."""

    def __init__(self) -> None:
        self.count, self.seconds = 0, math.inf

    def note(self, count: int, seconds: float) -> None:
        self.count, self.seconds = count, seconds

    def fitting(self, seconds: float) -> int:
        """The number of steps that fit into ``seconds``, at least one."""
        if seconds == math.inf:
            return sys.maxsize
        if not self.count:
            return FIRST
        return max(1, min(int(seconds / self.seconds * self.count), GROWTH * self.count))
