"""How many steps fit into a time: nothing tells the host how far the device is while it works."""

from __future__ import annotations

import math
import sys

FIRST = 4
"""Steps that are made to begin with, where there is no telling how long they take."""

GROWTH = 4
"""How many times more steps than the last time are made at most: that may have been slow for a reason of its own."""


class Pace:
    """The time that steps took the last time."""

    def __init__(self) -> None:
        self.count, self.seconds = 0, math.inf

    def note(self, count: int, seconds: float) -> None:
        """So many steps took so long."""
        self.count, self.seconds = count, seconds

    def fitting(self, seconds: float) -> int:
        """Steps that fit into a time, at least one."""
        if seconds == math.inf:
            return sys.maxsize
        if not self.count:
            return FIRST
        return max(1, min(int(seconds / self.seconds * self.count), GROWTH * self.count))
