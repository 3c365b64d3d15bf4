"""The initialisers against their formulas, and against PyTorch's in distribution."""

import math

import numpy as np
import pytest

import mlpviz
from mlpviz.engine.initializers import INITIALIZERS
from tests.support.oracle import require_torch

N_IN, N_OUT = 160, 90
WIDE = mlpviz.Architecture((N_IN, N_OUT), ("relu",), "half_squared_error", "sum")
SMALL = mlpviz.Architecture((3, 5, 2), ("relu", "softmax"), "cross_entropy", "sum")
STANDARD_DEVIATION = {
    "zeros": 0.0,
    "normal": 1.0,
    "xavier_uniform": math.sqrt(2 / (N_IN + N_OUT)),
    "xavier_normal": math.sqrt(2 / (N_IN + N_OUT)),
    "he_uniform": math.sqrt(2 / N_IN),
    "he_normal": math.sqrt(2 / N_IN),
}
TORCH = {
    "zeros": "zeros_",
    "normal": "normal_",
    "xavier_uniform": "xavier_uniform_",
    "xavier_normal": "xavier_normal_",
    "he_uniform": "kaiming_uniform_",
    "he_normal": "kaiming_normal_",
}


def test_the_table_is_the_contract():
    assert list(INITIALIZERS) == list(STANDARD_DEVIATION) == list(TORCH)


@pytest.mark.parametrize("name", INITIALIZERS)
def test_spread(name):
    W = mlpviz.initialize(WIDE, name, seed=0, dtype="float64").W[1]
    expected = STANDARD_DEVIATION[name]
    # n draws give the standard deviation to about 1/√(2n), their mean to 1/√n: four of each
    assert W.std() == pytest.approx(expected, rel=4 / math.sqrt(2 * W.size))
    assert abs(W.mean()) <= 4 * expected / math.sqrt(W.size)
    if "uniform" in name:
        bound = expected * math.sqrt(3)
        assert 0.999 * bound < np.abs(W).max() <= bound
    elif name != "zeros":
        assert np.abs(W).max() > 3 * expected


@pytest.mark.parametrize("name", INITIALIZERS)
def test_the_same_distribution_as_pytorch(name):
    torch = require_torch()
    torch.manual_seed(0)
    options = {"nonlinearity": "relu"} if "kaiming" in TORCH[name] else {}
    theirs = getattr(torch.nn.init, TORCH[name])(torch.empty(N_OUT, N_IN, dtype=torch.float64), **options).numpy()
    ours = mlpviz.initialize(WIDE, name, seed=0, dtype="float64").W[1]
    np.testing.assert_allclose(ours.std(), theirs.std(), rtol=8 / math.sqrt(2 * ours.size))
    quantiles = np.linspace(0.05, 0.95, 19)
    apart = np.quantile(ours, quantiles) - np.quantile(theirs, quantiles)
    assert np.abs(apart).max() <= 0.1 * STANDARD_DEVIATION[name]  # four standard errors of the outermost quantile
    if "uniform" in name:
        np.testing.assert_allclose(np.abs(ours).max(), np.abs(theirs).max(), rtol=1e-3)


@pytest.mark.parametrize("name", INITIALIZERS)
def test_exactly_the_formula_applied_to_the_seeded_draws(name):
    generator = np.random.default_rng(7)
    parameters = mlpviz.initialize(SMALL, name, seed=7, dtype="float64")
    for W in parameters.W[1:]:
        n_out, n_in = W.shape
        draw = generator.uniform(-1, 1, W.shape) if "uniform" in name else generator.standard_normal(W.shape)
        scale = {"zeros": 0, "normal": 1, "xavier": math.sqrt(2 / (n_in + n_out)), "he": math.sqrt(2 / n_in)}
        factor = scale[name.partition("_")[0]] * (math.sqrt(3) if "uniform" in name else 1)
        np.testing.assert_allclose(W, factor * draw, rtol=1e-15)


@pytest.mark.parametrize("name", INITIALIZERS)
def test_biases_are_zero(name):
    parameters = mlpviz.initialize(SMALL, name, seed=3)
    assert not any(b.any() for b in parameters.b[1:])
    assert all(W.any() for W in parameters.W[1:]) == (name != "zeros")


@pytest.mark.parametrize("name", INITIALIZERS)
def test_a_seed_gives_the_same_numbers_in_both_types(name):
    double = mlpviz.initialize(SMALL, name, seed=5, dtype="float64").flat
    np.testing.assert_array_equal(mlpviz.initialize(SMALL, name, seed=5, dtype="float64").flat, double)
    single = mlpviz.initialize(SMALL, name, seed=5).flat
    assert single.dtype == np.float32
    np.testing.assert_array_equal(single, double.astype(np.float32))


def test_another_seed_gives_other_numbers():
    first, second = (mlpviz.initialize(SMALL, "he_normal", seed=seed).flat for seed in (0, 1))
    assert (first != second).any()
    assert (mlpviz.initialize(SMALL, "he_normal").flat == first).all()


def test_numpy_integers_are_seeds():
    assert (mlpviz.initialize(SMALL, "normal", np.int64(4)).flat == mlpviz.initialize(SMALL, "normal", 4).flat).all()


@pytest.mark.parametrize("seed", [-1, 1.5, "0", None, True])
def test_what_is_no_seed(seed):
    with pytest.raises(ValueError, match="seed must be a whole number from 0 up, got "):
        mlpviz.initialize(SMALL, "normal", seed)


@pytest.mark.parametrize("name", ["kaiming", None, ["zeros"]])
def test_what_is_no_initialiser(name):
    with pytest.raises(ValueError, match=r"initializer must be one of zeros, normal, .*; got "):
        mlpviz.initialize(SMALL, name)


def test_without_biases():
    architecture = mlpviz.Architecture((3, 2), ("tanh",), "squared_error", "sum", bias=False)
    assert mlpviz.initialize(architecture, "normal").b == [None, None]
