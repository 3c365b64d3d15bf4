"""What a step of training asks of the device: few launches, and not a word between host and device.

Counted on the networks of the benchmark, none of which is computed here.
"""

from functools import partial

import numpy as np
import pytest

from mlpviz.benchmark.configurations import CONFIGURATIONS
from mlpviz.engine.gpu.runtime import program as module
from mlpviz.engine.gpu.schedule.plan import plan
from mlpviz.engine.parameters import Parameters
from mlpviz.engine.training.settings import Settings
from mlpviz.engine.training.training import Training

MOST = 15
"""Launches of a step of three layers: gather, 8 products, 2 activations, outputs, 2 layers back, update."""

KINDS = ("kernels", "products", "library")
TALK = ("allocations", "synchronizations", "to device", "to host")


def training(name, steps=40, **settings):
    """A run of one of the benchmark's configurations over so many steps and a short one."""
    configuration = CONFIGURATIONS[name]
    parameters = Parameters(configuration.architecture, "float32", "cuda")
    samples = steps * configuration.batch_size + configuration.batch_size // 2
    first, *_, last = configuration.widths
    X, Y = np.zeros((samples, first), np.float32), np.zeros((samples, last), np.float32)
    chosen = Settings(configuration.optimizer, configuration.learning_rate, configuration.batch_size, **settings)
    return Training(parameters, X, Y, chosen)


def launches(counts):
    return sum(counts[kind] for kind in KINDS)


def counted(counter, run, steps):
    """What so many steps in the middle of an epoch take: by themselves, and as a stretch with its costs."""
    with counter.counting() as alone:
        run.steps.whole.make(steps)
    with counter.counting() as stretch:
        run.advance(steps=steps)
    return alone, stretch


def few(counter, name):
    """Whether steps keep the bounds in the steady state."""
    run = training(name)
    run.advance(steps=18)
    alone, stretch = counted(counter, run, 10)
    silent = not any(alone[kind] for kind in ("library", *TALK))
    longer = training(name)
    longer.advance(steps=18)
    longer_alone, longer_stretch = counted(counter, longer, 20)
    once = all(stretch[kind] == longer_stretch[kind] for kind in TALK)
    return silent and once and launches(longer_alone) <= 20 * MOST and launches(alone) <= 10 * MOST


@pytest.fixture
def launched(monkeypatch):
    """No network is small enough for one kernel."""
    monkeypatch.setattr(module, "persistent", lambda *_given: None)


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_a_step_is_few_launches_and_nothing_else(counter, launched, name):
    assert few(counter, name)


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_without_fusing_the_bounds_are_broken(counter, launched, monkeypatch, name):
    monkeypatch.setattr(module, "planned", partial(plan, fused=False))
    assert not few(counter, name)


def test_three_small_layers_are_nine_launches(counter, launched):
    run = training("d")
    run.advance(steps=18)
    alone, _ = counted(counter, run, 10)
    assert (alone["kernels"], alone["products"]) == (90, 0)


def test_a_host_that_looks_at_every_cost_breaks_the_bounds(counter, launched):
    run = training("d")
    run.advance(steps=18)
    with counter.counting() as counts:
        for _ in range(10):
            run.advance(steps=1)
    assert counts["synchronizations"] == 10 and counts["to host"] == 10


@pytest.mark.parametrize("name", ["a", "b"])
def test_tiny_networks_train_in_one_launch(counter, name):
    run = training(name, steps=300)
    run.advance(steps=18)
    alone, stretch = counted(counter, run, 250)
    assert alone["kernels"] == 1 and alone["library"] == 1, "the kernel, and how many steps it is to make"
    assert stretch["kernels"] == 2 and not alone["products"] + stretch["products"]
    assert not any(alone[kind] for kind in TALK)


def test_one_kernel_is_not_asked_for_too_much_at_once(counter, monkeypatch):
    monkeypatch.setattr(module, "AT_ONCE", 100)
    run = training("a", steps=300)
    alone, _ = counted(counter, run, 250)
    assert alone["kernels"] == 3


@pytest.mark.parametrize("name", ["c", "e"])
def test_an_epoch_is_one_look_at_its_costs(counter, name):
    """One copy of the costs and one of whether the parameters are finite; the order goes there, and the numbers."""
    run = training(name, steps=6, epochs=3)
    run.advance()
    with counter.counting() as counts:
        run.advance()
    assert counts["to host"] == counts["synchronizations"] == 2
    assert counts["to device"] == 2


def test_steps_are_captured_sixteen_at_a_time(counter, launched):
    run = training("d", steps=70)
    run.advance(steps=40)
    with counter.counting() as counts:
        run.steps.whole.make(35)
    assert counts["graphs"] == 2 + 3


def test_the_short_last_batch_has_a_graph_of_its_own(counter, launched):
    run = training("d", steps=3, epochs=4)
    for _epoch in range(3):
        with counter.counting() as counts:
            run.advance()
    assert counts["graphs"] == 4 and run.last is not run.steps.whole
    assert run.last.make.one is not None and run.last.make.many is None
