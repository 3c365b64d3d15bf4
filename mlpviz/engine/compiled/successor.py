"""What takes over from NumPy's steps: made beside them by a thread of its own, and waited for where its turn comes."""

from __future__ import annotations

import math
from collections.abc import Callable
from threading import Thread
from time import perf_counter
from typing import Generic, TypeVar

from .choice import Takeover

Made = TypeVar("Made")


class Successor(Generic[Made]):
    """``made`` is what ``make`` gave, None before that and where making failed."""

    def __init__(self, at: Takeover, make: Callable[[], Made]) -> None:
        self.at, self.make, self.thread = at, make, Thread(target=self._make)
        self.made: Made | None = None

    def _make(self) -> None:
        self.made = self.make()

    def ready(self, done: int, deadline: float) -> bool:
        """Whether whoever makes the steps after ``done`` updates is there before the deadline."""
        if done >= self.at.begun and self.thread.ident is None:
            self.thread.start()
        return done < self.at.used or ended(self.thread, deadline)


def ended(thread: Thread, deadline: float) -> bool:
    """Wait for a thread up to a deadline, and say whether it has ended."""
    thread.join(None if deadline == math.inf else max(0.0, deadline - perf_counter()))
    return not thread.is_alive()
