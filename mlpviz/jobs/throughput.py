"""Loop or matrix, CPU or GPU: how many samples a second a training step takes, measured against the batch size.

``python -m mlpviz.jobs.throughput REQUEST`` prints a line of JSON for every time it takes, so that they are taken in a
process of their own and can be looked at as they come. Source: text S2 claims that the batch form is the quicker one;
this measures it on this machine.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from functools import partial
from time import perf_counter
from typing import Any

import numpy as np

from ..engine.initializers import initialize
from ..engine.passes import backward, forward
from ..engine.timing import seconds_a_call
from ..engine.trace import Trace
from ..engine.training.throughput import endless_training, samples, seconds_a_step
from ..maths.architecture import Architecture
from ..maths.messages import Message, Refusal, message_of
from .files import message_as_json
from .folder import ROOT

SECONDS = 0.05
"""Seconds of each measurement; the best of three is used."""

UNITS = 10_000_000
"""Most activations of a measured batch."""

PATIENCE, ENDING = 60.0, 2.0
"""Seconds after which no further measurement begins."""


@dataclass(frozen=True)
class Way:
    """One way to make a step: a function from batch size to seconds, and the batch sizes measured."""

    seconds: Callable[[Architecture, int], float]
    sizes: tuple[int, ...]


@dataclass(frozen=True)
class Time:
    """Seconds per sample of one way at one batch size; or ``fault``, why it could not be measured."""

    way: str
    size: int
    seconds: float = 0.0
    fault: str = ""

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "fault": message_as_json(self.fault)}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> Time:
        return cls(**{**value, "fault": Message.from_json(value["fault"])})


def loop(architecture: Architecture, size: int) -> float:
    """Seconds of a batch whose samples each have their own pass, their gradients added up."""
    trace = Trace(initialize(architecture, "xavier_normal", 0, "float32"), 1)
    trace.A[0], trace.Y[...] = samples(architecture, 1)
    total = np.zeros_like(trace.gradient)

    def batch() -> None:
        total.fill(0)
        for _sample in range(size):
            forward(trace)
            backward(trace)
            np.add(total, trace.gradient, total)

    return seconds_a_call(batch, SECONDS)


def product(architecture: Architecture, size: int, device: str = "cpu") -> float:
    """Seconds of an actual training step, in which all samples go through together."""
    return seconds_a_step(endless_training(architecture, size, device), SECONDS)


WAYS = {
    "loop": Way(loop, tuple(2**k for k in range(11))),
    "matrix": Way(product, tuple(2**k for k in range(17))),
    "gpu": Way(partial(product, device="cuda"), tuple(2**k for k in range(5, 17))),
}


def wanted(architecture: Architecture, ways: Iterable[str]) -> list[tuple[str, int]]:
    """The measurements in order: small batches first, so that all curves grow together."""
    units = sum(architecture.widths)
    pairs = [(size, name) for name in ways for size in WAYS[name].sizes if size == 1 or size * units <= UNITS]
    return [(name, size) for size, name in sorted(pairs, key=lambda pair: pair[0])]


def times(architecture: Architecture, ways: Iterable[str]) -> Iterator[Time]:
    """Measure in this process; a way that fails is left out from there on."""
    deadline, given_up = perf_counter() + PATIENCE, set[str]()
    for name, size in wanted(architecture, ways):
        if name in given_up or perf_counter() > deadline:
            continue
        try:
            yield Time(name, size, WAYS[name].seconds(architecture, size) / size)
        except (ValueError, MemoryError) as error:
            given_up.add(name)
            yield Time(name, size, fault=message_of(error) or Message("there is not enough memory"))


AT_ONCE = 2
"""Measurements that a server makes at the same time: more would be times of each other."""

SLOTS = threading.BoundedSemaphore(AT_ONCE)


class Measuring:
    """A measurement in a process of its own; ``times`` grows until it is no longer ``running``."""

    def __init__(self, architecture: Architecture, ways: Iterable[str]) -> None:
        self.architecture, self.ways = architecture, tuple(ways)
        if not SLOTS.acquire(blocking=False):
            raise Refusal(
                "{count} networks are being measured on this server already: try it in a minute.", count=AT_ONCE
            )
        try:
            self._start()
        except BaseException:
            SLOTS.release()
            raise

    def _start(self) -> None:
        self.expected = len(wanted(self.architecture, self.ways))
        self.times: list[Time] = []
        request = json.dumps({"architecture": asdict(self.architecture), "ways": self.ways})
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
        self.process = subprocess.Popen(
            [sys.executable, "-m", "mlpviz.jobs.throughput", request],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        try:
            with self.process as process:
                for line in process.stdout or ():
                    self.times.append(Time.from_json(json.loads(line)))
        finally:
            SLOTS.release()

    @property
    def running(self) -> bool:
        return self.reader.is_alive()

    @property
    def share(self) -> float:
        """The share of the measurements that are done."""
        return min(len(self.times) / self.expected, 1.0)

    @property
    def faults(self) -> list[str]:
        """The messages of measurements that failed."""
        faults = [time.fault for time in self.times if time.fault]
        if not self.running and self.process.returncode > 0:
            faults.append(
                Message("the times could not be taken (exit status {number})", number=self.process.returncode)
            )
        return faults

    def curve(self, way: str) -> dict[int, float]:
        """Seconds per sample by batch size, as far as measured."""
        return {time.size: time.seconds for time in list(self.times) if time.way == way and not time.fault}

    def stop(self) -> None:
        """Stop measuring; the results stay."""
        self.process.terminate()
        self.reader.join(ENDING)


def main(request: str) -> None:
    """Carry out the measurements of a request and print each at once."""
    value = json.loads(request)
    for time in times(Architecture(**value["architecture"]), value["ways"]):
        sys.stdout.write(json.dumps(time.as_json()) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
