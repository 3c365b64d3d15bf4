"""The data sets: each has what it says, the same seed gives the same, and its recipe learns it."""

from dataclasses import replace

import numpy as np
import pytest

from mlpviz.engine.initializers import initialize
from mlpviz.engine.training.settings import Settings
from mlpviz.engine.training.training import Training
from mlpviz.examples.data import CLASSES, TWO, VALUES
from mlpviz.examples.datasets import DATASETS, MOST_SAMPLES
from mlpviz.maths.architecture import Architecture
from tests.support.opened import Opened

OUTPUTS = {
    TWO: ("sigmoid", "binary_cross_entropy"),
    CLASSES: ("softmax", "cross_entropy"),
    VALUES: ("identity", "half_squared_error"),
}
REACHED = {"moons": 0.95, "circles": 0.95, "spiral": 0.97, "xor": 0.9, "blobs": 0.97, "iris": 0.9, "wine": 0.95,
           "cancer": 0.94, "digits-8": 0.96, "digits-16": 0.96, "sine": 0.02, "bump": 0.02, "stairs": 0.05}  # fmt: skip


@pytest.mark.parametrize("name", DATASETS)
def test_a_data_set_is_what_it_says(name):
    entry = DATASETS[name]
    data = entry.data(entry.samples, entry.noise or 0.0)
    m = entry.samples
    assert data.X.shape == (m, len(data.inputs))
    assert data.Y.shape[0] == m
    assert np.isfinite(data.X).all() and np.isfinite(data.Y).all()
    assert np.array_equal(data.X, np.round(data.X, 5))
    if data.kind != VALUES:
        counts = np.bincount(data.classes, minlength=len(data.outputs))
        assert len(counts) == len(data.outputs)
        assert counts.min() > 0
    if data.image:
        assert data.image[0] * data.image[1] == data.X.shape[1]
        assert data.X.min() == 0 and data.X.max() == 1
    if data.standardised:
        assert np.allclose(data.X.mean(0), 0, atol=1e-4)
        assert np.allclose(data.X.std(0), 1, atol=1e-4)


@pytest.mark.parametrize("name", DATASETS)
def test_the_same_seed_gives_the_same_and_another_seed_others(name):
    entry = DATASETS[name]
    make = lambda seed: entry.make(np.random.default_rng(seed), 50, 0.1)  # noqa: E731
    assert np.array_equal(make(1).X, make(1).X)
    assert not np.array_equal(make(1).X, make(2).X)


@pytest.mark.parametrize("name", DATASETS)
@pytest.mark.parametrize("samples", [-1, 0, 1, MOST_SAMPLES + 1])
def test_a_number_of_samples_that_cannot_be_is_refused(name, samples):
    with pytest.raises(ValueError, match=r"samples: found .*accepted for .* is from 2 to"):
        DATASETS[name].data(samples)


def test_noise_scatters_by_its_size():
    still, moved = (DATASETS["moons"].data(5000, noise, seed=3).X for noise in (0.0, 0.2))
    assert np.std(moved - still) == pytest.approx(0.2, rel=0.05)


@pytest.mark.parametrize("name", DATASETS)
def test_the_recipe_learns_the_data_set(name):
    entry = DATASETS[name]
    data, recipe = entry.data(entry.samples, entry.noise or 0.0), entry.recipe
    output, loss = OUTPUTS[data.kind]
    widths = (data.X.shape[1], *recipe.hidden, data.Y.shape[1])
    architecture = Architecture(widths, (*[recipe.activation] * len(recipe.hidden), output), loss, "mean_samples")
    parameters = initialize(architecture, "he_normal" if recipe.activation == "relu" else "xavier_normal", 0)
    names = ("optimizer", "learning_rate", "batch_size", "epochs", "validation")
    settings = Settings(**{name: getattr(recipe, name) for name in names})
    *_, last = Training(parameters, data.X, data.Y, settings).records()
    if data.kind == VALUES:
        assert last.validation_cost <= REACHED[name]
    else:
        assert last.validation_accuracy >= REACHED[name]


def test_a_data_set_more_is_one_entry_of_the_table(monkeypatch, tmp_path):
    monkeypatch.setenv("MLPVIZ_RUNS", str(tmp_path))
    monkeypatch.setitem(DATASETS, "ours", replace(DATASETS["moons"], name="ours", title="Our own"))
    page = Opened("train").choose("dataset", "ours")
    assert "Our own" in page.app.selectbox(key="setup.dataset").options
    assert page.setup.dataset == "ours"
    assert page.setup.widths == (2, *DATASETS["ours"].recipe.hidden, 1)
