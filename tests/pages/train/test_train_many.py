"""Many starts on the Train page: trained together, told as a share and as bands, and any of them opened."""

from dataclasses import replace

import numpy as np
import pytest

from mlpviz.engine.initializers import initialize
from mlpviz.engine.training.starts import NUMBERS
from mlpviz.jobs import checkpoint
from mlpviz.jobs.progress import ProgressReader
from mlpviz.setup.arrays import parameters_of
from tests.support.train import TrainPage

XOR = {
    "preset": "xor", "widths": "2,3,1", "activations": "tanh,sigmoid", "loss": "binary_cross_entropy",
    "reduction": "mean_samples", "optimizer": "adam", "learning_rate": "0.1", "epochs": "120", "starts": "24",
}  # fmt: skip


@pytest.fixture(scope="module")
def ended(runs):
    """A run of many starts that has ended, on its page."""
    page = TrainPage(**XOR)
    page.press("train.start")
    page.ended()
    return page


def share_of(page):
    (share,) = [
        each.value.replace("\\", "").strip("*") for each in page.app.markdown if "networks have learned" in each.value
    ]
    return share


def test_many_starts_are_told_as_a_share_as_bands_and_as_a_histogram(ended):
    learned = ProgressReader(ended.job.path).read().column("learned")[1][-1]
    assert 0 < learned < 1
    assert share_of(ended) == f"{round(24 * learned)} of 24 networks have learned."
    assert {"train.bands", "train.histogram"} <= set(ended.figures())
    assert any("95 % of the samples are answered right" in each.value for each in ended.app.caption)


def test_each_start_has_the_weights_of_its_own_seed(ended):
    theta = ended.job.arrays["theta"]
    assert theta.shape == (24, 13)
    assert len({row.tobytes() for row in theta}) == 24
    spec, arrays = replace(ended.job.spec, starts=1), ended.job.arrays
    own = initialize(spec.architecture, ended.setup.initializer, ended.setup.seed + 5, "float32").flat
    np.testing.assert_array_equal(own, theta[5])
    alone = spec.training(arrays["X"], arrays["Y"], own)
    list(alone.records())
    kept = checkpoint.newest(ended.job.path, "networks theta")["networks theta"][5]
    np.testing.assert_allclose(alone.parameters.flat, kept, 1e-3, 1e-3)


def test_the_best_the_middle_one_and_one_that_failed_open_with_their_own_weights(ended):
    last = checkpoint.newest(ended.job.path, "last", "networks theta")
    ranked = np.argsort(last["last"], kind="stable")
    for which, number in (("best", ranked[0]), ("median", ranked[(len(ranked) - 1) // 2]), ("failed", ranked[-1])):
        page = ended.again()
        page.press(f"train.open {which}")
        assert page.setup.stepped == ended.job.id
        assert page.setup.updates == 120
        shown = parameters_of(page.setup, "float32").flat
        np.testing.assert_array_equal(shown, last["networks theta"][number])


def test_the_share_is_still_told_after_a_reload_and_of_a_run_made_again(ended):
    assert share_of(ended.again()) == share_of(ended)
    fresh = TrainPage(**{**ended.link, "run": ""})
    fresh.press("train.start")
    fresh.ended()
    assert share_of(fresh) == share_of(ended)


def test_too_many_networks_for_their_size_are_refused_in_a_sentence():
    page = TrainPage(**{**XOR, "widths": "2,200,1", "starts": "4096"})
    page.press("train.start")
    (refusal,) = page.errors
    assert refusal.startswith("networks: found 4,096; accepted are 2 to ")
    assert NUMBERS // 801 == 1248
    assert "1,248" in refusal


def test_networks_that_have_all_diverged_are_said_to_have_and_their_bands_end_before(runs):
    page = TrainPage(
        **{**XOR, "activations": "relu,identity", "loss": "half_squared_error", "optimizer": "sgd",
           "learning_rate": "100000", "starts": "4"}
    )  # fmt: skip
    page.press("train.start")
    page.ended()
    assert ProgressReader(page.job.path).read().column("spread")[1][-1] == [None] * 5
    assert share_of(page) == "0 of 4 networks have learned. 4 have diverged."
    assert "train.bands" in page.figures()
