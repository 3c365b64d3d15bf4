"""``python -m mlpviz.jobs RUN`` works on one run to its end, to its STOP, or until its pause has lasted long."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path

from .run import AlreadyRunning, Run
from .worker import work

ALREADY_RUNNING = 75
"""The exit status if another process works on the run."""


def main(arguments: list[str]) -> int:
    """Work on the run named in ``arguments``; return the exit status."""
    if len(arguments) != 1 or not Path(arguments[0]).is_dir():
        sys.stderr.write("usage: python -m mlpviz.jobs RUN, the directory of a run\n")
        return 2
    with contextlib.suppress(AttributeError, OSError):
        os.nice(10)  # the pages come first
    try:
        work(Run(Path(arguments[0])))
    except AlreadyRunning:
        return ALREADY_RUNNING
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
