"""Whoever works on the runs: this machine's own queue, or a Dask cluster if ``MLPVIZ_SCHEDULER`` names one."""

from __future__ import annotations

import os
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from . import folder as runs_folder
from .run import Run

LOOK_AROUND = 10.0
"""Seconds between two checks for runs whose server or worker has died."""

CLEAR = 3600.0
"""Seconds between two clearings of old runs."""

AGAIN = 15.0
"""Seconds until an unreachable cluster or folder is tried again."""


class Executor(Protocol):
    """What the pages need of an executor."""

    def submit(self, run: Run) -> None:
        """Queue a run. Raises Full if too many wait."""

    def stop(self, run: Run) -> None: ...

    def place(self, run: Run) -> int | None:
        """The run's place in the queue, from 1; None if it does not wait."""

    def take_up(self) -> None:
        """Queue the waiting runs, and those whose worker has died, that no server looks after."""


Key = tuple[str, str]

_lock = threading.Lock()
_executors: dict[Key, Executor] = {}
_failures: dict[Key, tuple[float, OSError]] = {}


def executor() -> Executor:
    """The executor of this process, created on first use.

    Raises OSError if the runs' folder or the cluster cannot be reached, ValueError if ``distributed`` is missing.
    """
    folder, scheduler = runs_folder.default_folder(), os.environ.get("MLPVIZ_SCHEDULER", "")
    key = (str(folder), scheduler)
    with _lock:
        if key not in _executors:
            until, failure = _failures.get(key, (0.0, OSError()))
            if time.monotonic() < until:
                raise failure.with_traceback(None)
            try:
                _executors[key] = begun(folder, scheduler)
            except OSError as error:
                _failures[key] = time.monotonic() + AGAIN, error
                raise
            threading.Thread(target=look_after, args=(_executors[key], folder), daemon=True).start()
        return _executors[key]


def begun(folder: Path, scheduler: str) -> Executor:
    if scheduler:
        from .cluster import Cluster

        return Cluster(folder, scheduler).open()
    from .local import Local

    return Local(folder).open()


def look_after(executor: Executor, folder: Path) -> None:
    """Take up orphaned runs every few seconds and clear old ones now and then, as long as this process lives."""
    cleared = time.monotonic()
    while True:
        time.sleep(LOOK_AROUND)
        with suppress(Exception):  # whatever it was, the next look may succeed
            executor.take_up()
        if time.monotonic() > cleared + CLEAR:
            cleared = time.monotonic()
            with suppress(OSError):
                runs_folder.clear(folder)
