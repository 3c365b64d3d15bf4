"""A step gathers its samples by number: however many there are, an epoch takes no memory of its own."""

import subprocess
import sys
import tracemalloc

import numpy as np
import pytest

import mlpviz
from mlpviz.engine.cpu.loop import TrainStep
from mlpviz.engine.plan import TrainingPlan
from mlpviz.engine.training.optimizers import OPTIMIZERS
from mlpviz.engine.training.settings import Settings
from mlpviz.engine.training.training import Training
from mlpviz.engine.updates import Updates

ARCHITECTURE = mlpviz.Architecture((20, 16, 2), ("relu", "softmax"), "cross_entropy", "mean_samples")
SAMPLES = 1_000_000
LITTLE = 2**20
"""Bytes: 80 times as much is in X, 8 times in the order of the samples."""


def run():
    generator = np.random.default_rng(0)
    X = generator.standard_normal((SAMPLES, 20), np.float32)
    Y = np.eye(2, dtype=np.float32)[(X[:, 0] > 0).astype(int)]
    parameters = mlpviz.initialize(ARCHITECTURE, "he_normal", seed=0, dtype="float32")
    return parameters, X, Y, Settings(batch_size=4096, epochs=100, compiled=False)  # the compiler takes memory, once


def test_epochs_over_a_million_samples_allocate_next_to_nothing():
    given = run()
    tracemalloc.start()
    try:
        training = Training(*given)
        training.advance()
        before, made = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        records = [training.advance() for _ in range(3)]
        after, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert made < 3 * training.order.nbytes  # the order itself, and one copy of it; of X and Y none
    assert peak - before < LITTLE and after - before < LITTLE
    assert [record.step for record in records] == [245 * epoch for epoch in (2, 3, 4)]
    assert records[-1].cost < records[0].cost


RESIDENT = """
import resource
from tests.engine.cpu.test_loop import Training, run

training = Training(*run())
for _ in range(5):
    training.advance()
    print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="ru_maxrss is in kB on Linux alone")
def test_a_million_samples_need_no_more_memory_with_every_epoch():
    """As the system counts it, BLAS included, in a process of its own."""
    lines = subprocess.run([sys.executable, "-c", RESIDENT], capture_output=True, text=True, check=True).stdout.split()
    first, *later = map(int, lines)
    assert len(later) == 4 and max(later) - first < LITTLE / 1024


def test_forward_backward_and_update_are_the_halves_of_a_step():
    """The first half changes no parameter; its cost is that of the samples asked for."""
    parameters, X, Y, _ = run()
    X, Y = X[:50], Y[:50]
    updates = Updates(OPTIMIZERS["sgd"], parameters, [(0, parameters.flat.size)])
    updates.set_numbers(0.5, 1)
    plan = TrainingPlan(parameters, X, Y, 50, 5, updates, rate=lambda done: 0.5, scheduled=False)
    step = TrainStep(plan, 5)
    start, rows = parameters.flat.copy(), np.array([7, 3, 3, 49, 0])
    right = mlpviz.backpropagate(parameters, X[rows], Y[rows])
    assert step.forward_backward(rows) == pytest.approx(right.cost, rel=1e-6)
    np.testing.assert_array_equal(parameters.flat, start)
    step.update()
    np.testing.assert_allclose(parameters.flat, start - 0.5 * right.gradient, rtol=1e-5, atol=1e-7)
