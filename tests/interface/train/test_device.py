"""Where runs are made: the CPU in plain words, and a GPU as a choice where there is one."""

import numpy as np
import pytest

from mlpviz.engine import devices
from mlpviz.engine.devices import Device
from mlpviz.interface.shell.presets import preset_setup
from mlpviz.interface.train import device as train_device
from mlpviz.jobs.spec import Spec
from mlpviz.setup.setup import BY_NAME, replaced
from tests.support.runs import data, spec

CARD = Device("cuda", "Some card", memory=80 * 10**9, free=50 * 10**9)
NONE = Device("cuda", missing="This machine has no NVIDIA driver, so no GPU can be used.")
SETUP = replaced(preset_setup("xor"), {"device": "cuda"})


@pytest.fixture
def card(monkeypatch):
    """Put a card, or none, into this machine: ``card(found)``."""
    monkeypatch.delenv("MLPVIZ_SCHEDULER", raising=False)
    return lambda found: monkeypatch.setattr(devices, "cuda", lambda: found)


@pytest.mark.parametrize(
    ("precision", "given", "rounded"),
    [
        ("float32", {"dtype": "float32", "device": "cuda", "otherwise": ""}, {"tf32": False}),
        ("tf32", {"dtype": "float32", "device": "cuda", "otherwise": ""}, {"tf32": True}),
        ("float64", {"dtype": "float64", "device": "cuda", "otherwise": ""}, {"tf32": False}),
    ],
)
def test_a_run_on_the_gpu_in_every_precision(card, precision, given, rounded):
    card(CARD)
    setup = replaced(SETUP, {"precision": precision})
    assert train_device.options(setup) == given
    assert train_device.products(setup) == rounded
    card(NONE)
    assert train_device.options(setup) == {"dtype": given["dtype"]}


def test_it_may_go_on_on_the_cpu_and_is_what_it_was_without_a_gpu(card):
    card(CARD)
    assert train_device.options(replaced(SETUP, {"or_cpu": True}))["otherwise"] == "cpu"
    plain = replaced(SETUP, {"device": "cpu", "precision": "float64", "or_cpu": True})
    assert train_device.options(plain) == {}
    assert train_device.products(plain) == {}


@pytest.mark.parametrize(("name", "text"), [("device", "gpu"), ("precision", "float16"), ("or_cpu", "perhaps")])
def test_what_is_no_device_is_refused_by_name(name, text):
    with pytest.raises(ValueError, match=f"^{name}: found '{text}'; accepted is "):
        BY_NAME[name].read(text)


def test_the_titles_have_the_memory_that_is_known(card):
    assert train_device.gpu_title(CARD) == "GPU (Some card, 50.00 GB of 80.00 GB free)"
    assert train_device.gpu_title(Device("cuda", "Some card", memory=8 * 10**10)) == "GPU (Some card, 80.00 GB)"
    assert train_device.gpu_title(Device("cuda", "Some card")) == "GPU (Some card)"
    assert train_device.gpu_title(NONE) == "GPU"
    assert train_device.cpu_title().startswith("CPU (")


def test_a_cluster_has_gpus_where_that_is_said(card, monkeypatch):
    card(CARD)
    monkeypatch.setenv("MLPVIZ_SCHEDULER", "tcp://127.0.0.1:1")
    monkeypatch.delenv("MLPVIZ_GPU_WORKERS", raising=False)
    assert "MLPVIZ_GPU_WORKERS" in train_device.gpu().missing
    monkeypatch.setenv("MLPVIZ_GPU_WORKERS", "1")
    assert train_device.gpu().missing == ""
    assert train_device.gpu().free is None


def given(**more):
    """A small run on the GPU."""
    small = spec(epochs=3)
    return Spec(small.architecture, small.settings, device="cuda", **more)


def test_what_would_not_fit_is_refused_with_the_bytes_wanted_and_free(card):
    card(Device("cuda", "Some card", memory=10**9, free=10**6))
    with pytest.raises(ValueError, match=r"^The GPU has 1\.00 MB of memory free, and this run wants \d+\.\d\d MB; "):
        train_device.check_room(given(), *data())
    train_device.check_room(given(otherwise="cpu"), *data())
    train_device.check_room(spec(), *data())
    for free in (10**12, None):
        card(Device("cuda", "Some card", memory=10**12, free=free))
        train_device.check_room(given(), *data())


def test_more_data_larger_numbers_and_more_of_the_optimizers_want_more():
    X, Y = data(200)
    wanted = given().memory_estimate(X, Y)
    twice = np.concatenate([X, X]), np.concatenate([Y, Y])
    assert given().memory_estimate(*twice) - wanted > X.size * 4
    assert given(dtype="float64").memory_estimate(X, Y) > wanted
    plain = Spec(given().architecture, {**given().settings, "optimizer": "sgd"}, device="cuda")
    assert plain.memory_estimate(X, Y) < wanted
    larger = Spec(plain.architecture, {**plain.settings, "batch_size": 100})
    assert larger.memory_estimate(X, Y) > plain.memory_estimate(X, Y)
