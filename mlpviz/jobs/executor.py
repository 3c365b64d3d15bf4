"""Whoever works on the runs: this machine's own queue, or a Dask cluster if ``MLPVIZ_SCHEDULER`` names one."""

from __future__ import annotations

import os
import threading
from typing import Protocol

from mlpviz.jobs.folder import default_folder
from mlpviz.jobs.run import Run


class Executor(Protocol):
    """What the pages need of it."""

    def submit(self, run: Run) -> None:
        """Let a run be worked on; raises Full with one sentence if too many wait."""

    def stop(self, run: Run) -> None:
        """Ask a run to stop."""

    def place(self, run: Run) -> int | None:
        """Its place in the queue, from 1; None if it does not wait."""


_lock = threading.Lock()
_executors: dict[tuple[str, str], Executor] = {}


def executor() -> Executor:
    """The executor of this process, begun when it is first asked for.

    Raises OSError if the runs' folder or the cluster cannot be reached, ValueError if ``distributed`` is missing.
    """
    folder, scheduler = default_folder(), os.environ.get("MLPVIZ_SCHEDULER", "")
    key = (str(folder), scheduler)
    with _lock:
        if key not in _executors:
            if scheduler:
                from mlpviz.jobs.cluster import Cluster

                _executors[key] = Cluster(folder, scheduler).open()
            else:
                from mlpviz.jobs.local import Local

                _executors[key] = Local(folder).open()
        return _executors[key]
