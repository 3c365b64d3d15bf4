"""How long a newcomer's first run waits beside learners who take all they can: ``python -m tests.measure.queue``.

A row each: who is there, and the seconds from the newcomer's Start to the end of a run of 2 epochs. It asserts nothing.
"""

import os
import secrets
import tempfile
import time
from pathlib import Path

from mlpviz.jobs import bounds
from mlpviz.jobs.local import Local
from mlpviz.jobs.queue import Full
from tests.support.runs import made, until

ENDLESS, PATIENCE = 1_000_000, 600


def main():
    print(f"{bounds.slice_seconds():.0f} s a slice, {os.cpu_count()} cores")
    for name, crowd in CROWDS.items():
        with tempfile.TemporaryDirectory() as folder:
            print(f"{name:65} {waited(Path(folder), crowd):6.1f} s", flush=True)


def waited(path, crowd):
    """The seconds that a newcomer waits beside a crowd."""
    queue = Local(path).open()
    runs = crowd(path, queue)
    until(lambda: sum(run.status.state == "running" for run in runs) >= min(len(runs), queue.slots), PATIENCE)
    started = time.monotonic()
    newcomer = made(path, 2, secrets.token_hex(32))
    queue.submit(newcomer)
    until(lambda: not newcomer.status.active, PATIENCE)
    seconds = time.monotonic() - started
    for run in runs:
        queue.stop(run)
    until(lambda: not any(run.alive for run in runs), PATIENCE)
    queue.close()
    return seconds


def submitted(path, queue, count, pace=0.0, owner=""):
    """Endless runs of one owner, or each of another, as many as are taken."""
    found = []
    for _run in range(count):
        run = made(path, ENDLESS, owner or secrets.token_hex(32), pace=pace)
        try:
            queue.submit(run)
        except Full:
            break
        found.append(run)
    return found


CROWDS = {
    "nobody": lambda path, queue: [],
    "one browser, 9 runs of 1,000,000 epochs at a pace of 1": lambda path, queue: submitted(path, queue, 9, 1.0, "A"),
    "one browser, as many runs at full speed as are taken": lambda path, queue: submitted(path, queue, 300, 0.0, "A"),
    "two browsers, one endless run each": lambda path, queue: submitted(path, queue, 2),
    "30 browsers, one endless run each at a pace of 20": lambda path, queue: submitted(path, queue, 30, 20.0),
}

if __name__ == "__main__":
    main()
