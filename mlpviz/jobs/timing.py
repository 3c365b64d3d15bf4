"""Loop or matrix: how long a pass takes for one sample, sample by sample and as one product of matrices.

``python -m mlpviz.jobs.timing`` reads an architecture as JSON and prints the measured times, so that they are taken in
a process of their own. Source: text S2 claims that the batch form is the quicker one; this measures it on this machine.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import asdict, dataclass
from time import perf_counter
from typing import Any

import numpy as np

from mlpviz.engine.arrays import arrays, gpu_library
from mlpviz.engine.initializers import initialize
from mlpviz.engine.passes import backward, forward
from mlpviz.engine.trace import Trace
from mlpviz.jobs.folder import ROOT
from mlpviz.maths.architecture import Architecture

SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)
SECONDS = 0.05
"""For each of the times, of which the best of three is kept."""

UNITS = 4_000_000
TIMEOUT = 60.0


@dataclass(frozen=True)
class Times:
    """Seconds a sample, of a forward and a backward pass, for every batch size: ``ways`` by name."""

    sizes: tuple[int, ...]
    ways: dict[str, list[float]]


def times(architecture: Architecture) -> Times:
    """Measure, here and now."""
    sizes = tuple(size for size in SIZES if size == 1 or size * sum(architecture.widths) <= UNITS)
    ways = {name: [way(architecture, size) for size in sizes] for name, way in (("loop", loop), ("matrix", matrix))}
    try:
        gpu_library()
    except ValueError:
        return Times(sizes, ways)
    return Times(sizes, {**ways, "gpu": [matrix(architecture, size, "cuda") for size in sizes]})


def loop(architecture: Architecture, size: int) -> float:
    """Seconds a sample if each has its own pass and the gradients are added up."""
    trace = trace_of(architecture, 1, "cpu")
    total = np.zeros_like(trace.gradient)

    def batch() -> None:
        total.fill(0)
        for _sample in range(size):
            forward(trace)
            backward(trace)
            np.add(total, trace.gradient, total)

    return best(batch) / size


def matrix(architecture: Architecture, size: int, device: str = "cpu") -> float:
    """Seconds a sample if all go through in one product."""
    trace = trace_of(architecture, size, device)

    def batch() -> None:
        forward(trace)
        backward(trace)
        if device == "cuda":
            arrays(device).to_host(trace.cost_buffer)  # waits for the device

    return best(batch) / size


def trace_of(architecture: Architecture, size: int, device: str) -> Trace:
    """A trace with some batch in it."""
    trace = Trace(initialize(architecture, "xavier_normal", 0, "float32", device), size)
    generator = np.random.default_rng(0)
    trace.A[0] = arrays(device).asarray(generator.standard_normal(trace.A[0].shape), "float32")
    trace.Y[...] = arrays(device).asarray(generator.random(trace.Y.shape) < 0.5, "float32")
    return trace


def best(batch: Callable[[], None]) -> float:
    """The shortest mean time of one call, of three rounds."""
    batch()
    found = []
    for _round in range(3):
        count, started = 0, perf_counter()
        while (passed := perf_counter() - started) < SECONDS or count == 0:
            batch()
            count += 1
        found.append(passed / count)
    return min(found)


def measured(architecture: Architecture) -> Times:
    """Measure in a process of its own.

    Raises ValueError with a sentence if that does not succeed.
    """
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    command, text = [sys.executable, "-m", "mlpviz.jobs.timing"], json.dumps(asdict(architecture))
    try:
        found = subprocess.run(
            command, input=text, env=environment, capture_output=True, text=True, timeout=TIMEOUT, check=True
        )
    except (OSError, subprocess.SubprocessError) as error:
        raise ValueError(f"the times could not be taken ({error})") from None
    value: dict[str, Any] = json.loads(found.stdout)
    return Times(tuple(value["sizes"]), value["ways"])


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asdict(times(Architecture(**json.loads(sys.stdin.read()))))))
