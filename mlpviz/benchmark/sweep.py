"""GPU against CPU: how many samples a second mlpviz trains on each, against the batch size."""

from __future__ import annotations

import math
from dataclasses import dataclass

from mlpviz.benchmark.configurations import Configuration
from mlpviz.engine.training.throughput import crossover, endless_training, seconds_a_step

SIZES = tuple(2**k for k in range(5, 17))

SECONDS = 0.2
"""Seconds of each measurement; the best of three is used."""

LONGEST = 5.0
"""Most seconds of a measured step, judged by the batch size before."""


@dataclass(frozen=True)
class Sweep:
    """Seconds per sample by batch size, on the CPU and on a device; ``fault``: why the device stopped early."""

    configuration: Configuration
    cpu: dict[int, float]
    device: dict[int, float]
    fault: str = ""

    @property
    def crossing(self) -> float:
        """The batch size from which the device is faster, among those of both: 0 if always, infinite if never."""
        sizes = sorted(self.cpu.keys() & self.device.keys())
        return crossover(sizes, *([times[size] for size in sizes] for times in (self.cpu, self.device)))

    def told(self) -> str:
        both = sorted(self.cpu.keys() & self.device.keys())
        if not both:
            return "no batch size was measured on both"
        if self.crossing == math.inf:
            return f"the GPU is not ahead at {both[-1]:,} samples"
        if self.crossing == 0:
            return f"the GPU is ahead from {both[0]:,} samples on, the smallest batch"
        return f"the GPU is ahead from about {self.crossing:,.0f} samples on"


def sweep(configuration: Configuration, device: str) -> Sweep:
    """Measure a configuration's network at every batch size."""
    cpu, _ = measured(configuration, "cpu")
    other, fault = measured(configuration, device)
    return Sweep(configuration, cpu, other, fault)


def measured(configuration: Configuration, device: str) -> tuple[dict[int, float], str]:
    """Seconds per sample by batch size until a step takes too long or memory runs out, and why it ended."""
    found: dict[int, float] = {}
    for size in SIZES:
        if found and list(found.values())[-1] * size > LONGEST:
            return found, f"a step with {size:,} samples takes more than {LONGEST:g} s"
        try:
            step = seconds_a_step(endless_training(configuration.architecture, size, device), SECONDS)
        except (ValueError, MemoryError) as error:
            return found, str(error) or "there is not enough memory"
        found[size] = step / size
    return found, ""
