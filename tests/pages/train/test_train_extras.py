"""What the Train page offers with optional packages: where one is missing it says what to install."""

import sys

import pytest

from tests.support.train import TrainPage


@pytest.fixture(scope="module")
def trained(runs):
    """The page with a run at its end."""
    page = TrainPage()
    page.choose("dataset", "moons")
    page.fill("pace", "0")
    page.fill("epochs", "2")
    page.press("train.start")
    page.ended()
    return page


def downloads(page):
    """What can be saved of a run, and whether it can."""
    offered = [each.proto for each in page.app.get("download_button")]
    return {each.label: not each.disabled for each in offered if each.label != "Save as a file"}


def test_every_format_is_offered(trained):
    pytest.importorskip("onnx")
    formats = ["History as CSV", "Parameters as safetensors", "Parameters as .npz", "Network as ONNX"]
    assert downloads(trained) == dict.fromkeys(formats, True)
    assert not any("pip install" in caption.value for caption in trained.app.caption)


def test_without_onnx_the_others_are_offered_and_it_is_said_what_to_install(trained, monkeypatch):
    monkeypatch.setitem(sys.modules, "onnx", None)
    trained.run()
    assert list(downloads(trained)) == ["History as CSV", "Parameters as safetensors", "Parameters as .npz"]
    (button,) = [each for each in trained.app.button if each.label == "Network as ONNX"]
    assert button.disabled
    assert [each.value for each in trained.app.caption if "pip" in each.value] == [
        "ONNX needs the package onnx: pip install onnx"
    ]


@pytest.mark.parametrize("pressed", ["train.start", "train.batch"])
def test_without_distributed_a_cluster_is_refused_by_its_name(page, monkeypatch, pressed):
    page.choose("dataset", "moons")
    monkeypatch.setenv("MLPVIZ_SCHEDULER", "tcp://127.0.0.1:9")
    monkeypatch.setitem(sys.modules, "distributed", None)
    before = page.setup
    page.press(pressed)
    assert page.setup == before
    (error,) = page.errors
    assert "MLPVIZ_SCHEDULER needs the package distributed: pip install distributed" in error


def test_a_run_is_looked_at_where_its_cluster_cannot_be_reached(trained, monkeypatch):
    monkeypatch.setenv("MLPVIZ_SCHEDULER", "tcp://127.0.0.1:9")
    monkeypatch.setitem(sys.modules, "distributed", None)
    again = TrainPage(**trained.link)
    assert again.job.status.state == "finished"
    assert sorted(again.figures()) == ["train.curves", "train.data"]
    assert not again.errors
