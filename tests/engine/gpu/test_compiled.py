"""The generated kernels as NVIDIA's compiler sees them: no error, no warning, and nothing in float64 by accident."""

import re

import numpy as np
import pytest

from mlpviz.benchmark.configurations import CONFIGURATIONS
from mlpviz.engine.gpu.codegen.persistent import parts, persistent
from mlpviz.engine.gpu.schedule.launches import GatherLaunch, Kernel, UpdateLaunch
from mlpviz.engine.training.optimizers import OPTIMIZERS
from mlpviz.examples.presets import PRESETS
from tests.support.nvrtc import architectures, compiled, hurry, together
from tests.support.oracle import random_architecture
from tests.support.plans import PASS, equations, planned, scalar_of, shape_of

NEWEST = 90
"""The compute capability of the devices that are aimed at."""


def kernels(architecture, m, optimizer="adam", dtype="float32", fused=True):
    """Every kernel that training a network may launch."""
    entry, count = OPTIMIZERS[optimizer], architecture.parameter_count
    spans = ((0, count),) if count < 8 else ((1, 3), (4, count))
    steps = (GatherLaunch(m), UpdateLaunch(entry.equations, spans, tuple(entry.numbers(1.0, 1))))
    plan = planned(architecture, m, dtype, PASS, *steps, fused)
    given = (equations(architecture), shape_of(architecture, m), scalar_of(architecture, m), dtype)
    return [
        each for each in (*plan.launches, persistent(*given, *steps, parts(architecture))) if isinstance(each, Kernel)
    ]


def check(found, dtype, target=NEWEST, optimised=False):
    """Compile kernels for a target."""
    source = together(dict.fromkeys(each.source for each in found))
    ptx, log = compiled(source, target, () if optimised else hurry())
    assert not log, f"{log}\n{source}"
    assert dtype == "float64" or not re.search(rb"\.f64\b", ptx), source


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_the_benchmark_compiles(name, dtype):
    configuration = CONFIGURATIONS[name]
    given = (configuration.architecture, configuration.batch_size, configuration.optimizer, dtype)
    check(kernels(*given), dtype)


@pytest.mark.parametrize("name", PRESETS)
def test_presets_compile(name):
    check(kernels(PRESETS[name].architecture, 33), "float32")


@pytest.mark.parametrize("seed", range(6))
def test_random_networks_compile_for_the_oldest_device_too(seed):
    generator = np.random.default_rng(seed)
    optimizer, m = list(OPTIMIZERS)[seed % len(OPTIMIZERS)], (1, 7, 300)[seed % 3]
    dtype = ("float32", "float64")[seed % 2]
    architecture = random_architecture(generator, l2=0.1)
    check(kernels(architecture, m, optimizer, dtype, fused=seed != 5), dtype, architectures()[0], optimised=True)
