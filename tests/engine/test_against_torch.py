"""Every array of a pass against PyTorch's autograd."""

import numpy as np
import pytest

import mlpviz
from mlpviz.maths.activations import ACTIVATIONS
from mlpviz.maths.losses import LOSSES, REDUCTIONS
from tests.support.oracle import of_trace, problem, random_architecture, require_torch, torch_backpropagate

PAIRS = [(loss, output) for loss, entry in LOSSES.items() for output in entry.outputs or ACTIVATIONS]


@pytest.fixture(autouse=True, scope="module")
def torch():
    return require_torch()


def assert_equal(architecture, m, seed, dtype, tolerance):
    parameters, X, Y = problem(architecture, m, seed, dtype)
    found = of_trace(mlpviz.backpropagate(parameters, X, Y))
    right = dict(torch_backpropagate(parameters, X, Y).named())
    named = dict(found.named())
    assert named.keys() == right.keys()
    rounding = 8 * np.finfo(dtype).eps  # of numbers near 1: all that is left of a gradient that is zero on paper
    for name, array in right.items():
        apart = np.linalg.norm(np.asarray(named[name], np.float64) - array)
        assert apart <= max(tolerance * np.linalg.norm(array), rounding), (architecture, name)
    return sum(float(np.linalg.norm(right[f"dW[{l}]"])) > 1e-6 for l in range(1, architecture.depth + 1))


@pytest.mark.parametrize("seed", range(150))
def test_random_networks(seed):
    generator = np.random.default_rng(seed)
    architecture, m = random_architecture(generator), int(generator.integers(1, 9))
    assert_equal(architecture, m, seed, "float64", 1e-9)


@pytest.mark.parametrize("reduction", REDUCTIONS)
@pytest.mark.parametrize(("loss", "output"), PAIRS)
def test_every_loss_over_every_output(loss, output, reduction):
    hidden = list(ACTIVATIONS)[PAIRS.index((loss, output)) % len(ACTIVATIONS)]
    architecture = mlpviz.Architecture((3, 5, 4, 2), (hidden, "tanh", output), loss, reduction, l2=0.2)
    assert assert_equal(architecture, 6, 1, "float64", 1e-9) == 3


@pytest.mark.parametrize("seed", range(60))
def test_random_networks_in_float32(seed):
    generator = np.random.default_rng(1000 + seed)
    architecture, m = random_architecture(generator), int(generator.integers(1, 9))
    assert_equal(architecture, m, seed, "float32", 1e-5)
