"""Devices on the Train page, without a GPU and with the description of one."""

import pytest

from mlpviz.engine import devices
from mlpviz.engine.devices import Device
from mlpviz.interface.train import throughput
from mlpviz.jobs.throughput import Time
from tests.support.runs import until
from tests.support.train import TrainPage

CARD = Device("cuda", "Some card", memory=80 * 10**9, free=50 * 10**9)
NONE = Device("cuda", missing="This machine has no NVIDIA driver, so no GPU can be used.")


@pytest.fixture(autouse=True)
def _no_gpu(monkeypatch):
    monkeypatch.setattr(devices, "cuda", lambda: NONE)


@pytest.fixture
def card(monkeypatch):
    monkeypatch.setattr(devices, "cuda", lambda: CARD)


def captions(page):
    """What the page says in small print."""
    return [caption.value.replace("\\", "") for caption in page.app.caption]


def figures(page):
    """The keys of the figures on the page."""
    return [figure.proto.id.rpartition("-")[2] for figure in page.app.get("bidi_component")]


def devices_offered(page):
    """The devices that can be chosen; none if there is no choice."""
    return [radio.options for radio in page.app.radio if radio.key == "setup.device"]


def test_without_a_gpu_the_page_says_cpu_and_offers_nothing_else(page):
    assert devices_offered(page) == []
    assert any(text.startswith("Device: CPU (") and NONE.missing in text for text in captions(page))
    assert not page.app.info


def test_a_link_that_asks_for_a_gpu_is_one_sentence_and_trains_on_the_cpu():
    page = TrainPage(dataset="moons", widths="2,4,1", device="cuda", precision="float64", epochs="3", pace="0")
    (info,) = page.app.info
    said = f"A GPU is asked for, and runs are made on the CPU: {NONE.missing}"
    assert info.value.replace("\\", "") == said
    page.press("train.start")
    page.ended()
    assert page.job.status.state == "finished", page.job.status.message
    assert (page.job.spec.device, page.job.spec.dtype) == ("cpu", "float64")
    assert any("CPU" in text and text == page.job.status.how for text in captions(page))
    assert page.setup.device == "cuda"
    assert page.link["device"] == "cuda"
    (offered,) = devices_offered(page)
    assert offered[1] == "GPU"
    page.app.radio(key="setup.device").set_value("cpu")
    page.run()
    assert not page.app.info
    assert devices_offered(page) == []


@pytest.mark.usefixtures("card")
def test_with_a_gpu_it_is_chosen_with_its_precision(page):
    page.choose("dataset", "moons")
    (offered,) = devices_offered(page)
    assert offered[0].startswith("CPU (")
    assert offered[1] == "GPU (Some card, 50.00 GB of 80.00 GB free)"
    assert not [radio for radio in page.app.radio if radio.key == "setup.precision"]
    page.app.radio(key="setup.device").set_value("cuda")
    page.run()
    page.app.radio(key="setup.precision").set_value("tf32")
    page.app.toggle(key="setup.or_cpu").set_value(True)
    page.run()
    assert (page.setup.device, page.setup.precision, page.setup.or_cpu) == ("cuda", "tf32", True)
    again = TrainPage(**page.link)
    assert again.setup == page.setup
    page.press("undo")
    assert not page.setup.or_cpu


@pytest.mark.usefixtures("card")
def test_a_run_that_would_not_fit_is_refused_before_anything_is_made(page, monkeypatch):
    monkeypatch.setattr(devices, "cuda", lambda: Device("cuda", "Some card", memory=10**9, free=1000))
    page.choose("dataset", "moons")
    page.app.radio(key="setup.device").set_value("cuda")
    page.run()
    page.press("train.start")
    assert page.job is None
    assert page.errors[0].startswith("The GPU has 1.00 kB of memory free, and this run wants ")


@pytest.mark.usefixtures("card")
def test_a_run_whose_gpu_is_gone_ends_with_a_sentence_or_goes_on_on_the_cpu(page):
    page.choose("dataset", "moons")
    page.fill("pace", "0")
    page.fill("epochs", "2")
    page.app.radio(key="setup.device").set_value("cuda")
    page.run()
    page.press("train.start")
    until(lambda: not page.job.status.active)
    assert (page.job.spec.device, page.job.status.state) == ("cuda", "failed")
    assert page.job.status.message.startswith("device cuda needs ")


# how fast


class Measured:
    """A measurement that is at its end."""

    running, share, faults = False, 1.0, ()

    def __init__(self, architecture, ways):
        self.architecture, self.ways = architecture, ways
        slow = [Time("loop", size, 1e-5) for size in (1, 32, 1024)]
        quick = [Time("matrix", size, 1e-6) for size in (1, 32, 1024)]
        card = [Time("gpu", 32, 1e-5), Time("gpu", 1024, 1e-7)]
        self.times = [*slow, *quick, *card]

    def curve(self, way):
        return {time.size: time.seconds for time in self.times if time.way == way}


def test_loop_and_matrix_are_measured_on_request(page, monkeypatch):
    monkeypatch.setattr(throughput, "Measuring", Measured)
    assert "train.times" not in figures(page)
    page.press("train.measure")
    assert "train.times" in figures(page)
    said = captions(page)
    assert any("With 1,024 samples one product is 10 times as fast as the loop." in text for text in said)
    assert any("and on no GPU" in text and NONE.missing in text for text in said)
    assert not any("ahead of the CPU" in text for text in said)


@pytest.mark.usefixtures("card")
def test_with_a_gpu_the_crossing_is_told(page, monkeypatch):
    monkeypatch.setattr(throughput, "Measuring", Measured)
    page.press("train.measure")
    said = captions(page)
    assert any("and on the GPU (Some card)" in text for text in said)
    assert any("From batches of about 181 on the GPU is ahead of the CPU." in text for text in said)


@pytest.mark.parametrize(
    ("curves", "told"),
    [
        ({"matrix": {32: 1.0, 64: 1.0}, "gpu": {}}, ""),
        ({"matrix": {32: 1.0, 64: 1.0}, "gpu": {32: 2.0}}, "The GPU is not ahead of the CPU at the largest batch."),
        ({"matrix": {32: 1.0}, "gpu": {32: 0.5}}, "The GPU is ahead of the CPU at every batch size measured."),
        (
            {"matrix": {32: 1.0, 128: 1.0}, "gpu": {32: 2.0, 128: 0.5}},
            "From batches of about 64 on the GPU is ahead of the CPU.",
        ),
    ],
)
def test_every_way_to_be_overtaken(curves, told):
    assert throughput.overtaking(throughput.overtaken(curves)) == told


def test_a_measurement_is_followed_and_stopped(page):
    page.choose("dataset", "moons")
    page.press("train.measure")
    measuring = page.app.session_state[throughput.KEY]
    until(lambda: measuring.times)
    page.run()
    assert "train.times" in figures(page)
    page.press("train.measure stop")
    until(lambda: not measuring.running)
    page.run()
    assert "train.times" in figures(page)
    assert any(button.key == "train.measure" for button in page.app.button)


def test_what_numba_brings_is_said_whether_it_is_there_or_not(page, monkeypatch):
    for there, words in ((True, "Numba makes it"), (False, "pip install numba")):
        monkeypatch.setattr("mlpviz.interface.train.device.has_compiler", lambda there=there: there)
        page.run()
        assert any(words in each.value for each in page.app.caption)
