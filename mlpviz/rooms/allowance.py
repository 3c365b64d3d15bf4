"""How often somebody may do something: so many times at once, and then as often as time goes by."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field

KEPT = 20_000
"""Names that are known at a time; those that did nothing for the longest are forgotten first."""


@dataclass
class Allowance:
    """``most`` times at once for each name, and ``rate`` times a second after that."""

    most: float
    rate: float
    clock: Callable[[], float] = time.monotonic
    left: OrderedDict[Hashable, tuple[float, float]] = field(default_factory=OrderedDict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, name: Hashable) -> bool:
        """Whether it may be done once more."""
        with self.lock:  # sessions are threads
            now = self.clock()
            left, since = self.left.pop(name, (self.most, now))
            left = min(self.most, left + (now - since) * self.rate)
            self.left[name] = (left - 1 if left >= 1 else left), now
            if len(self.left) > KEPT:
                self.left.popitem(last=False)
        return left >= 1
