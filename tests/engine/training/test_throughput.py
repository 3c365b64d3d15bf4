"""Where one device overtakes another; that what is timed is training, and nothing diverges meanwhile."""

import math

import numpy as np
import pytest

from mlpviz.engine.training import throughput as speed
from mlpviz.engine.training.throughput import crossover, endless_training, seconds_a_step
from mlpviz.maths.architecture import Architecture
from mlpviz.maths.losses import LOSSES, REDUCTIONS

SIZES = [32 * 2**k for k in range(12)]


def cpu(size):
    """Seconds a sample of a device that has hardly any overhead."""
    return 1e-6 + 1e-6 / size


def gpu(size, overhead):
    """Seconds a sample of a device ten times as fast, but for what every step costs."""
    return 1e-7 + overhead / size


@pytest.mark.parametrize("right", [40.0, 64.0, 1000.0, 60_000.0])
def test_the_crossing_is_found_between_two_sizes(right):
    overhead = 1e-6 + 9e-7 * right
    found = crossover(SIZES, [cpu(size) for size in SIZES], [gpu(size, overhead) for size in SIZES])
    assert found == pytest.approx(right, rel=0.05)


def test_straight_lines_on_logarithmic_axes_cross_exactly():
    assert crossover([1, 100], [1.0, 1.0], [10.0, 0.1]) == pytest.approx(10)
    assert crossover([1, 10, 1000], [1.0, 1.0, 1.0], [100.0, 10.0, 0.1]) == pytest.approx(100)


def test_never_always_and_at_a_size_itself():
    slow, fast = [2.0] * 3, [1.0] * 3
    assert crossover([1, 2, 4], fast, slow) == math.inf
    assert crossover([1, 2, 4], slow, fast) == 0
    assert crossover([1, 2, 4], fast, fast) == math.inf
    assert crossover([1, 2, 4], slow, [2.0, 1.0, 1.0]) == 1
    assert crossover([1, 2, 4], slow, [4.0, 2.0, 1.0]) == 2
    assert crossover([8], [2.0], [1.0]) == 0
    assert crossover([8], [1.0], [2.0]) == math.inf


def test_of_several_crossings_the_last_counts():
    assert crossover([1, 10, 100, 1000], [1.0] * 4, [10.0, 0.1, 10.0, 0.1]) == pytest.approx(10**2.5)
    assert crossover([1, 10, 100], [1.0] * 3, [10.0, 0.1, 10.0]) == math.inf


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize("loss", LOSSES)
def test_every_loss_can_be_timed(loss, reduction):
    output = (LOSSES[loss].outputs or ("tanh",))[0]
    training = endless_training(Architecture((5, 7, 3), ("relu", output), loss, reduction, l2=0.1), 4096)
    assert seconds_a_step(training, 0.001) > 0
    assert training.step >= 4
    assert not training.stopped


def test_an_epoch_has_many_samples_and_several_steps():
    architecture = Architecture((2, 1), ("tanh",), "squared_error", "sum")
    assert [endless_training(architecture, size).steps_per_epoch for size in (1, 32, 3000, 65_536)] == [8192, 256, 4, 4]


def test_samples_repeat_beyond_those_drawn():
    architecture = Architecture((3, 2), ("softmax",), "cross_entropy", "sum")
    X, Y = speed.samples(architecture, 3 * speed.DRAWN)
    assert (X.shape, Y.shape, X.dtype) == ((3 * speed.DRAWN, 3), (3 * speed.DRAWN, 2), np.float32)
    assert (X[: speed.DRAWN] == X[-speed.DRAWN :]).all()
    assert len(np.unique(X[:, 0])) > speed.DRAWN / 2
