"""``python -m mlpviz.jobs``: for whoever runs a server, a list of the runs and a way to stop some; and the worker.

``list`` prints a table of the runs, ``stop`` with names, ``--owner`` or ``--all`` stops them; with the directory of a
run it is the worker that works on it to its end, to its STOP, or until others want its place.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from . import folder as runs_folder
from .files import reason_of
from .run import ACTIVE, AlreadyRunning, Run, stop
from .worker import ALREADY_RUNNING, work

SHOWN = 8  # characters of an owner
HEADS = ("run", "owner", "state", "epoch", "of", "worked", "watched", "changed", "MB")
UNITS = ((86_400, "d"), (3_600, "h"), (60, "min"), (1, "s"))


def main(arguments: list[str]) -> int:
    """Do what ``arguments`` say; return the exit status."""
    if len(arguments) == 1 and Path(arguments[0]).is_dir():
        return work_on(Run(Path(arguments[0])))
    chosen = parser().parse_args(arguments)
    folder = Path(chosen.folder)
    if chosen.what == "list":
        print_lines(table(listed(folder, chosen.all)))
        return 0
    if not (chosen.runs or chosen.owner or chosen.all):
        sys.stderr.write("stop: name runs, or --owner, or --all\n")
        return 2
    return stop_all(named(folder, chosen.runs, chosen.owner, chosen.all), chosen.runs)


def parser() -> argparse.ArgumentParser:
    found = argparse.ArgumentParser(prog="python -m mlpviz.jobs", description=__doc__.partition("\n")[0])
    found.add_argument("--folder", default=str(runs_folder.default_folder()), help="the runs' folder (MLPVIZ_RUNS)")
    commands = found.add_subparsers(dest="what", required=True, metavar="list | stop | RUN")
    command = commands.add_parser("list", help="print a table of the runs that wait or are worked on")
    command.add_argument("--all", action="store_true", help="those at rest as well")
    command = commands.add_parser("stop", help="stop runs; they keep their last checkpoint and can go on")
    command.add_argument("runs", nargs="*", metavar="ID", help="a run by its name")
    command.add_argument("--owner", default="", help="all runs of a learner, by the first characters of the owner")
    command.add_argument("--all", action="store_true", help="all runs")
    return found


def work_on(run: Run) -> int:
    with contextlib.suppress(AttributeError, OSError):
        os.nice(10)  # the pages come first
    try:
        work(run)
    except AlreadyRunning:
        return ALREADY_RUNNING
    return 0


# list


def listed(folder: Path, everything: bool) -> list[Run]:
    """The runs of a folder, the latest change last."""
    found = [(run.status, run) for run in runs_folder.runs(folder)]
    shown = [(status.time, run.id, run) for status, run in found if everything or status.state in ACTIVE]
    return [run for _time, _id, run in sorted(shown, key=lambda each: each[:2])]


def table(runs: Iterable[Run]) -> list[tuple[str, ...]]:
    return [HEADS, *(row(run) for run in runs)]


def row(run: Run) -> tuple[str, ...]:
    """How a run stands, in words for a terminal."""
    status, now = run.status, time.time()
    spec = run.spec if run.readable else None
    epochs = f"{spec.settings.get('epochs', 1):,}" if spec else "?"
    owner = (spec.owner[:SHOWN] or "-") if spec else "?"
    state = "lost" if status.state == "running" and not run.alive else status.state
    watched = ago(now - run.watched_at) if run.watched_at else "-"
    size = f"{runs_folder.size(run) / 1e6:.1f}"
    return (
        run.id,
        owner,
        state,
        f"{status.epoch:,}",
        epochs,
        ago(status.worked),
        watched,
        ago(now - status.time),
        size,
    )


def ago(seconds: float) -> str:
    """A length of time in its largest unit."""
    size, unit = next((each for each in UNITS if seconds >= each[0]), UNITS[-1])
    return f"{max(seconds, 0) / size:.0f} {unit}"


def print_lines(rows: list[tuple[str, ...]]) -> None:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for line in rows:
        sys.stdout.write("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip() + "\n")
    sys.stdout.write(f"{len(rows) - 1} runs\n")


# stop


def named(folder: Path, names: list[str], owner: str, everything: bool) -> list[Run]:
    """The runs that are asked for, of those that wait or are worked on."""
    return [
        run
        for run in listed(folder, everything=False)
        if everything or run.id in names or (owner and run.readable and run.spec.owner.startswith(owner))
    ]


def stop_all(runs: list[Run], names: list[str]) -> int:
    """Stop runs and say so, line by line; return 1 if one could not be stopped or is not there."""
    failed = [f"{name}: no run of this name waits or is worked on" for name in set(names) - {run.id for run in runs}]
    for run in runs:
        try:
            stop(run)
            sys.stdout.write(f"{run.id}: asked to stop\n")
        except OSError as error:
            failed.append(f"{run.id}: cannot be stopped ({reason_of(error)})")
    sys.stderr.writelines(f"{line}\n" for line in sorted(failed))
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
