"""Setups too long for a link, kept by the server for a while, so that a reload finds them again."""

from __future__ import annotations

import secrets
import threading
from dataclasses import dataclass, field

from ...setup.history import numbers_in
from ...setup.setup import Setup

NUMBERS = 500_000  # in all setups; the oldest make room


@dataclass
class Store:
    """Setups by an unguessable name, in order of their last use."""

    setups: dict[str, Setup] = field(default_factory=dict)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def put(self, setup: Setup, name: str = "") -> str:
        """Store a setup, in place of an earlier one of this name; return its name."""
        name = name or secrets.token_urlsafe(12)
        with self.lock:
            self.setups.pop(name, None)
            self.setups[name] = setup
            while len(self.setups) > 1 and numbers_in(*self.setups.values()) > NUMBERS:
                del self.setups[next(iter(self.setups))]
        return name

    def get(self, name: str) -> Setup | None:
        with self.lock:
            return self.setups.get(name)


STORE = Store()
