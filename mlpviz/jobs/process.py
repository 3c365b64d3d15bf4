"""A worker as a process: how it is started, and what it has said at last."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import suppress

from mlpviz.jobs.folder import ROOT
from mlpviz.jobs.run import Run

WORDS = 200
"""Characters of a worker's last words that a run repeats."""


def cores() -> int:
    """How many workers this machine takes."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def start_worker(run: Run, *held: int) -> subprocess.Popen[bytes]:
    """A worker on a run: one BLAS thread, its own session, and the files that it holds: a slot and perhaps the GPU."""
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    environment["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    with (run.path / "worker.log").open("ab") as log:
        return subprocess.Popen(
            [sys.executable, "-m", "mlpviz.jobs", str(run.path.resolve())],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            pass_fds=held if os.name == "posix" else (),
        )


def last_words(run: Run) -> str:
    """The last line that a worker has said."""
    with suppress(OSError):
        lines = (run.path / "worker.log").read_text(errors="replace").strip().splitlines()
        return lines[-1][:WORDS] if lines else ""
    return ""
