"""The command line: which configurations, how long, and a table of what came out."""

from __future__ import annotations

import argparse
import os
import platform
from pathlib import Path

from mlpviz.benchmark.configurations import CONFIGURATIONS
from mlpviz.benchmark.contestants import CONTESTANTS, available
from mlpviz.benchmark.race import Result, race

COLUMNS = [name for name in CONTESTANTS if name != "mlpviz"]

LIMITS: dict[str, list[int | None]] = {"one": [1], "all": [None], "both": [1, None]}


def arguments() -> argparse.ArgumentParser:
    """The options."""
    parser = argparse.ArgumentParser(prog="python -m mlpviz.benchmark", description=__doc__)
    parser.add_argument("--configurations", default="a,b,c,d,e", help="letters a to f with commas; f takes minutes")
    parser.add_argument("--threads", choices=("one", "all", "both"), default="one", help="threads of every library")
    parser.add_argument("--only", default=",".join(CONTESTANTS), help="contestants, with commas")
    parser.add_argument("--rounds", type=int, default=15, help="epochs timed of each contestant")
    parser.add_argument("--quick", action="store_true", help="three rounds")
    parser.add_argument("--markdown", type=Path, help="write the table to this file as well")
    return parser


def main(given: list[str] | None = None) -> str:
    """Run the races and print the table."""
    options = arguments().parse_args(given)
    names = [name for name in CONTESTANTS if name in ("mlpviz", *options.only.split(",")) and available(name)]
    limits = LIMITS[options.threads]
    text, results = machine(), []
    if limits == [1]:
        pin()
    for letter in options.configurations.split(","):
        for threads in limits:
            results.append(race(CONFIGURATIONS[letter], threads, names, 3 if options.quick else options.rounds))
            print(row(results[-1]), flush=True)
    text = f"{text}. {table(results)}"
    print(f"\n{text}")
    if options.markdown:
        options.markdown.write_text(text + "\n", encoding="utf-8")
    return text


def pin() -> None:
    """Keep this process on one core: XLA sizes its pool of threads by the cores it may use."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    os.environ["OMP_NUM_THREADS"] = "1"


def table(results: list[Result]) -> str:
    """The results in Markdown."""
    head = ["", "threads", "mlpviz", *(f"{name} ×" for name in COLUMNS)]
    lines = ["Times are of one step; × is how many times as long as mlpviz a step takes.", ""]
    lines += [f"| {' | '.join(head)} |", "|" + "---|" * len(head), *map(row, results), ""]
    reasons = {f"{r.configuration.name}, {name}: {why}." for r in results for name, why in r.absent.items()}
    return "\n".join([*lines, *sorted(reasons)])


def row(result: Result) -> str:
    """One line of the table."""
    ratios = [result.ratio(name) for name in COLUMNS]
    cells = [
        result.configuration.name,
        "1" if result.threads == 1 else "all",
        duration(result.seconds["mlpviz"]),
        *("–" if ratio is None else f"{ratio:.2f}" for ratio in ratios),
    ]
    return f"| {' | '.join(cells)} |"


def duration(seconds: float) -> str:
    """A time with a unit that suits it."""
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e6:.3g} µs"


def machine() -> str:
    """What the figures were measured on."""
    import numpy

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{processor()}, {cores} cores, Python {platform.python_version()}, NumPy {numpy.__version__}"


def processor() -> str:
    """The processor's name, if the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


if __name__ == "__main__":
    main()
