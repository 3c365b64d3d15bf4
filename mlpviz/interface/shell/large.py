"""The arrays of large networks: kept, and computed, within a bound for all sessions of a server.

What is made of a small network stays in its session. What is made of a large one is kept on one shelf for everybody:
the longest unused makes room for the next, and is computed anew if its session comes back for it; what belongs to a
session that has ended goes at once. A page that needs a large network waits for its turn while others are computed, so
that many who open one together take no more memory than a few.
"""

from __future__ import annotations

import ctypes
import sys
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from ...setup.checks import parameter_count
from ...setup.setup import Setup
from .translation import _

LARGE = 50_000
"""Numbers from which the arrays of a setup are large."""

KEPT = 24_000_000
"""Numbers of large networks that are kept between runs, of all sessions: three of the largest, some 200 MB."""

AT_ONCE = 24_000_000
"""Numbers of large networks that pages compute with at the same time; one network may have more."""

PATIENCE = 30.0
"""Seconds that a page waits for its turn."""


def numbers_of(setup: Setup) -> int:
    """About how many numbers a page computes for a setup: θ, ∇J, the update and a copy, and as much for each layer."""
    return 4 * (parameter_count(setup.widths) + len(setup.X) * sum(setup.widths))


class Tenant:
    """Stands for a session on the shelf, and goes with it."""


@dataclass
class Shelf:
    """Values of all sessions by session and name, the longest unused first."""

    most: int = KEPT
    entries: dict[tuple[int, str], tuple[Any, Any, int]] = field(default_factory=dict)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def get(self, tenant: Tenant, name: str, key: Any) -> Any:
        """What is kept under a name and a key, or None."""
        with self.lock:
            entry = self.entries.pop((id(tenant), name), None)
            if entry is None or entry[0] != key:
                return None
            self.entries[id(tenant), name] = entry
            return entry[1]

    def put(self, tenant: Tenant, name: str, key: Any, value: Any, numbers: int) -> None:
        """Keep a value; the longest unused ones make room."""
        with self.lock:
            self.entries.pop((id(tenant), name), None)
            self.entries[id(tenant), name] = key, value, numbers
            while len(self.entries) > 1 and sum(each[2] for each in self.entries.values()) > self.most:
                del self.entries[next(iter(self.entries))]

    def drop(self, tenant: int) -> None:
        """Forget what belongs to a session that has ended."""
        with self.lock:
            for place in [each for each in self.entries if each[0] == tenant]:
                del self.entries[place]


@dataclass
class Turns:
    """Lets pages compute at the same time as long as their numbers are no more than ``most`` together."""

    most: int = AT_ONCE
    patience: float = PATIENCE
    busy: int = 0
    changed: threading.Condition = field(default_factory=threading.Condition)

    @contextmanager
    def turn(self, numbers: int) -> Iterator[bool]:
        """Wait for one's turn; yields whether it came."""
        with self.changed:
            came = self.changed.wait_for(lambda: self.busy == 0 or self.busy + numbers <= self.most, self.patience)
            self.busy += numbers * came
        try:
            yield came
        finally:
            with self.changed:
                self.busy -= numbers * came
                self.changed.notify_all()


SHELF, TURNS = Shelf(), Turns()


def cached(tenant: Tenant, name: str, key: Any, numbers: int, make: Callable[[], Any]) -> Any:
    """What ``make`` gives, kept on the shelf until the key is another or others need the room."""
    value = SHELF.get(tenant, name, key)
    if value is None:
        value = make()
        SHELF.put(tenant, name, key, value, numbers)
    return value


def tenant() -> Tenant:
    """What stands for the session of this run."""
    found = st.session_state.get(TENANT)
    if found is None:
        found = st.session_state[TENANT] = Tenant()
        weakref.finalize(found, SHELF.drop, id(found)).atexit = False
    return found


TENANT = "mlpviz.tenant"


def in_turn(setup: Setup, show: Callable[[], None]) -> None:
    """Show what the network of a setup is needed for, in its turn if that is large; else say that it did not come."""
    numbers = numbers_of(setup)
    if numbers <= LARGE:
        show()
        return
    with TURNS.turn(numbers) as came:
        if came:
            show()
        else:
            st.warning(_("Others are computing large networks on this server just now. Reload this page in a moment."))
    give_back()


def give_back() -> None:
    """Return freed memory to the system, which the C library of Linux otherwise keeps for each thread that had it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).malloc_trim(0)
