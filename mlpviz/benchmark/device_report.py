"""What a GPU machine is asked for: the engine's tests on it, the race and the sweep, as a text and as JSON."""

from __future__ import annotations

import json
import math
import os
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from signal import SIGINT, default_int_handler, signal
from subprocess import PIPE, STDOUT, Popen
from threading import Timer
from typing import Any

from mlpviz.benchmark.device_race import CONTESTANTS, FLOOR, OURS, RACED, Outcome, Place, apart, available
from mlpviz.benchmark.kernels import COMPARED, Gain, compare, gains, line
from mlpviz.benchmark.race import FEW
from mlpviz.benchmark.sweep import SIZES, Sweep, sweep
from mlpviz.benchmark.table import duration
from mlpviz.engine.backend import backend, library
from mlpviz.engine.devices import devices

ROOT = Path(__file__).parents[2]
SWEPT = "bcde"

TESTS = ("-m", "pytest", "-m", "gpu", "tests/engine", "-q", "--tb=short", "-o", "addopts=--import-mode=importlib")
"""The engine's tests that need a GPU; they need only pytest."""

AT_ONCE = ("-n", "logical", "--dist", "loadgroup")
"""Options to compile their kernels in as many processes as there are cores, where pytest-xdist is installed."""

ALONE = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONUNBUFFERED": "1"}
"""The environment of these processes: each keeps to its core."""


@dataclass
class Report:
    """The results so far; it can be written at any time."""

    place: Place
    machine: str
    tests: str = ""
    outcomes: list[Outcome] = field(default_factory=list)
    kernels: list[Gain] = field(default_factory=list)
    sweeps: list[Sweep] = field(default_factory=list)

    def markdown(self) -> str:
        """The report for a README."""
        parts = [
            f"Measured on {self.machine}.",
            self.tests and f'The engine\'s tests with `device="cuda"`: {self.tests}',
        ]
        parts += [table(self.outcomes, self.place)] if self.outcomes else []
        parts += [gains(self.kernels)] if self.kernels else []
        parts += [curves(self.sweeps)] if self.sweeps else []
        return "\n\n".join(filter(None, parts)) + "\n"

    def write(self, path: Path | None) -> None:
        """Write the report, and its figures as JSON into a file of the same name beside it."""
        if path is None:
            return
        path.write_text(self.markdown(), encoding="utf-8")
        crossings = {each.configuration.name: finite(each.crossing) for each in self.sweeps if each.cpu and each.device}
        value = {**asdict(self), "crossings": crossings}
        path.with_suffix(".json").write_text(json.dumps(value, indent=1), encoding="utf-8")


def finite(crossing: float) -> float | None:
    """A crossing for JSON: null instead of infinity."""
    return crossing if crossing < math.inf else None


def refusal(device: str) -> str:
    """Why there can be no race on ``device``, in one sentence; empty if there can."""
    missing = devices()[device].missing
    if missing:
        return missing
    try:
        backend(device)
    except ValueError as error:
        return f"{error}."
    return ""


def machine(device: str) -> str:
    found = devices()[device]
    memory = f" ({found.memory / 2**30:.0f} GiB)" if found.memory else ""
    beside = f", beside {devices()['cpu'].title} with {devices()['cpu'].cores} cores"
    return f"{found.title}{memory}{beside}, Python {sys.version.split()[0]}, {', '.join(versions())}"


def versions() -> Iterable[str]:
    """The versions of the compared libraries and of those that mlpviz uses."""
    for distribution in metadata.distributions():
        name = distribution.metadata["Name"] or ""
        if name in ("numpy", "torch", "jax", "nvmath-python") or name.startswith(f"{library('cuda')}-cuda"):
            yield f"{name} {distribution.version}"


def tested(seconds: float) -> str:
    """The summary line of the engine's GPU tests and their failures; what they say is printed as it comes.

    After so many seconds they are interrupted, also where this program is not, as in the background of a script.
    """
    several = AT_ONCE if find_spec("xdist") is not None else ()
    given = [sys.executable, *TESTS, *several]
    lines, told = [], ""
    before = signal(SIGINT, default_int_handler)  # what is started by who does not hear it would not hear it either
    with Popen(given, cwd=ROOT, env={**os.environ, **ALONE}, stdout=PIPE, stderr=STDOUT, text=True) as running:
        signal(SIGINT, before)
        limit = Timer(seconds, running.send_signal, (SIGINT,))
        limit.start()
        for line in running.stdout or ():
            print(line, end="", flush=True)
            lines.append(line.rstrip())
        told = "" if limit.is_alive() else f" (interrupted after {seconds:g} s)"
        limit.cancel()
    lines = [line for line in lines if line] or ["no output"]
    failed = [line for line in lines if line.startswith(("FAILED", "ERROR"))]
    return "\n".join([lines[-1] + told, *failed])


def table(outcomes: list[Outcome], place: Place) -> str:
    """The race as a Markdown table, followed by the reasons of missing contestants."""
    others = [name for name in CONTESTANTS if name != OURS]
    head = ["", "network", "batch", OURS, *(f"{name} ×" for name in others), "share of the products"]
    precision = "TensorFloat-32" if place.tf32 else "full float32 (TF32 off)"
    told = f"Times are of one step, everyone with {precision}; × is how many times as long as mlpviz a step takes."
    lines = [told, "", f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    lines += [row(outcome, others) for outcome in outcomes]
    how = [f"- {outcome.configuration.name}: {outcome.how}" for outcome in outcomes if outcome.how]
    absent = [f"- {o.configuration.name}, {name}: {why}" for o in outcomes for name, why in o.absent.items()]
    return "\n".join([*lines, "", *how, *absent])


def row(outcome: Outcome, others: list[str]) -> str:
    """One line of the table; its last cell is the share that matrix products alone take of a step."""
    given = outcome.configuration
    own, floor = outcome.seconds.get(OURS), outcome.ratio(FLOOR)
    ratios = [outcome.ratio(name) for name in others]
    cells = [
        given.name,
        "-".join(map(str, given.widths)),
        f"{given.batch_size:,}",
        "–" if own is None else duration(own),
    ]
    cells += ["–" if ratio is None else f"{ratio:.2f}" for ratio in ratios]
    cells += ["–" if floor is None else f"{100 * floor:.0f} %"]
    return f"| {' | '.join(cells)} |"


def curves(sweeps: list[Sweep]) -> str:
    """Samples a second by batch size on CPU and GPU, and where one overtakes the other."""
    head = ["batch", *(f"{each.configuration.name}, {where}" for each in sweeps for where in ("CPU", "GPU"))]
    lines = ["Samples a second, `mlpviz.train` with gradient descent on the CPU and on the GPU:", ""]
    lines += [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    for size in SIZES:
        cells = [rate(times.get(size)) for each in sweeps for times in (each.cpu, each.device)]
        lines.append(f"| {' | '.join([f'{size:,}', *cells])} |")
    told = [
        f"- {each.configuration.name} ({'-'.join(map(str, each.configuration.widths))}): {each.told()}"
        for each in sweeps
    ]
    return "\n".join([*lines, "", *told])


def rate(seconds: float | None) -> str:
    return "–" if seconds is None else f"{float(f'{1 / seconds:.3g}'):,.0f}"


def main(options: Any, device: str = "cuda") -> int:
    """Carry out ``options``, print each result at once and add it to the report; return the exit status."""
    place, reason = Place(device, options.tf32), refusal(device)
    if reason:
        print(reason, file=sys.stderr)
        return 2
    report = Report(place, machine(place.device))
    print(report.machine, flush=True)
    if options.tests:
        report.tests = tested(options.test_seconds)
        report.write(options.report)
    only = options.only.split(",") if options.only else CONTESTANTS
    names = [name for name in CONTESTANTS if name in (OURS, *only) and available(name)]
    for letter in filter(None, options.configurations.split(",")):
        report.outcomes.append(apart(letter, place, names, 3 if options.quick else options.rounds))
        print(row(report.outcomes[-1], [name for name in CONTESTANTS if name != OURS]), flush=True)
        report.write(options.report)
    for configuration in COMPARED if options.kernels else []:
        report.kernels.append(compare(configuration, place, 3 if options.quick else FEW))
        print(line(report.kernels[-1]), flush=True)
        report.write(options.report)
    for letter in SWEPT if options.sweep else "":
        report.sweeps.append(sweep(RACED[letter], place.device))
        print(f"{letter}: {report.sweeps[-1].told()}", flush=True)
        report.write(options.report)
    print("\n" + report.markdown())
    return 0
