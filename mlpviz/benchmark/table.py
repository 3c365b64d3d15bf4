"""The results as a table in Markdown, and what they were measured on."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterable, Sequence
from importlib import metadata

from mlpviz.benchmark.contestants import CONTESTANTS
from mlpviz.benchmark.race import Result
from mlpviz.engine.devices import processor

COLUMNS = [name for name in CONTESTANTS if name != "mlpviz"]

PACKAGES = {"numpy": "NumPy", "torch": "PyTorch", "jax": "JAX", "scikit-learn": "scikit-learn"}


def table(results: Sequence[Result]) -> str:
    head = ["", "network", "batch", "optimiser", "threads", "mlpviz", *(f"{name} ×" for name in COLUMNS)]
    told = (
        "Times are of one step, with one thread the processor's own; × is how many times as long as mlpviz others take."
    )
    lines = [told, ""]
    lines += [f"| {' | '.join(head)} |", "|" + "---|" * len(head), *map(row, results), ""]
    reasons = {f"{r.configuration.name}, {name}: {why}." for r in results for name, why in r.absent.items()}
    return "\n".join([*lines, *sorted(reasons)])


def row(result: Result) -> str:
    given, ratios = result.configuration, [result.ratio(name) for name in COLUMNS]
    cells = [
        given.name,
        "-".join(map(str, given.widths)),
        f"{given.batch_size:,}",
        given.optimizer,
        "1" if result.threads == 1 else "all",
        duration(result.seconds["mlpviz"]),
        *("–" if ratio is None else f"{ratio:.2f}" for ratio in ratios),
    ]
    return f"| {' | '.join(cells)} |"


def duration(seconds: float) -> str:
    """A time in a suitable unit."""
    for unit, size in (("s", 1.0), ("ms", 1e-3)):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e6:.3g} µs"


def machine() -> str:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return f"{processor()}, {cores} cores, Python {platform.python_version()}, {', '.join(versions())}"


def versions() -> Iterable[str]:
    for package, name in PACKAGES.items():
        try:
            yield f"{name} {metadata.version(package).partition('+')[0]}"
        except metadata.PackageNotFoundError:
            continue
