"""Whoever works on the runs: this machine's own queue, or a Dask cluster if ``MLPVIZ_SCHEDULER`` names one."""

from __future__ import annotations

import os
import threading
import time
from concurrent.futures import Future
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from ..maths.messages import Message
from . import folder as runs_folder
from .files import Unreachable
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
        """Queue the runs whose worker has died."""

    def lacks(self, run: Run) -> Message:
        """What there must be before a waiting run can begin, or an empty message."""


PROMPT = 0.5
"""Seconds that a click waits for a cluster to answer."""

Key = tuple[str, str]

_lock = threading.Lock()
_executors: dict[Key, Executor] = {}
_failures: dict[Key, tuple[float, OSError]] = {}
_beginning: dict[Key, Future[Executor]] = {}


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
            _executors[key] = prompt(key, folder, scheduler)
            threading.Thread(target=look_after, args=(_executors[key], folder), daemon=True).start()
        return _executors[key]


def prompt(key: Key, folder: Path, scheduler: str) -> Executor:
    """An executor, or its failure; one that takes long goes on beginning, and is asked again at the next click."""
    if key not in _beginning:
        _beginning[key] = Future()
        threading.Thread(target=begin, args=(_beginning[key], folder, scheduler), daemon=True).start()
    try:
        found = _beginning[key].result(PROMPT if scheduler else None)
    except TimeoutError:
        raise Unreachable("the cluster's scheduler has not answered yet") from None
    except OSError as error:
        _failures[key] = time.monotonic() + AGAIN, error
        del _beginning[key]
        raise
    except ValueError:
        del _beginning[key]
        raise
    del _beginning[key]
    return found


def begin(future: Future[Executor], folder: Path, scheduler: str) -> None:
    try:
        future.set_result(begun(folder, scheduler))
    except Exception as error:
        future.set_exception(error)


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
