"""What devices there are, found without loading an array library; where there is no GPU, why not in one sentence."""

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from mlpviz.engine import devices as module
from mlpviz.engine.devices import devices

nvml = pytest.importorskip("pynvml")

MEMORY, FREE = 150_754_820_096, 140_000_000_000


class Nvml:
    """NVIDIA's management library of a machine with some cards; a function named in ``errors`` raises what it says."""

    def __init__(self, cards=1, **errors):
        self.cards, self.errors, self.free = cards, errors, FREE
        self.asked = []

    def play(self, monkeypatch):
        for name in ("Init", "DeviceGetCount", "DeviceGetHandleByIndex", "DeviceGetHandleByUUID", "DeviceGetName"):
            monkeypatch.setattr(nvml, f"nvml{name}", self.answering(name))
        monkeypatch.setattr(nvml, "nvmlDeviceGetMemoryInfo", self.answering("DeviceGetMemoryInfo"))

    def answering(self, name):
        def answer(*arguments):
            self.asked.append(name)
            if name in self.errors:
                raise self.errors[name]
            return getattr(self, name)(*arguments)

        return answer

    def Init(self):
        pass

    def DeviceGetCount(self):
        return self.cards

    def DeviceGetHandleByIndex(self, index):
        if index not in range(self.cards):
            raise nvml.NVMLError_InvalidArgument
        return index

    def DeviceGetHandleByUUID(self, uuid):
        if uuid != "GPU-second":
            raise nvml.NVMLError_NotFound
        return 1

    def DeviceGetName(self, handle):
        return f"Card {handle}"

    def DeviceGetMemoryInfo(self, handle):
        return SimpleNamespace(total=MEMORY, free=self.free)


@pytest.fixture
def machine(monkeypatch):
    """A machine whose packages and management library are given: ``machine(library, installed)``."""

    def made(library, installed=("cupy", "pynvml")):
        library.play(monkeypatch)
        monkeypatch.setattr(module, "find_spec", lambda name: name in installed or None)
        module.card.cache_clear()
        return devices()

    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    yield made
    module.card.cache_clear()


def test_a_gpu_with_its_memory(machine):
    found = machine(Nvml())["cuda"]
    assert (found.title, found.memory, found.free, found.missing) == ("Card 0", MEMORY, FREE, "")


def test_the_memory_may_be_unknown(machine):
    found = machine(Nvml(DeviceGetMemoryInfo=nvml.NVMLError_NotSupported()))["cuda"]
    assert (found.title, found.memory, found.free, found.missing) == ("Card 0", None, None, "")


@pytest.mark.parametrize(
    ("visible", "title"), [("1,0", "Card 1"), (" 0", "Card 0"), ("GPU-second", "Card 1"), ("GPU-third", ""), ("", "")]
)
def test_the_first_gpu_is_the_one_that_cuda_counts_first(machine, monkeypatch, visible, title):
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", visible)
    found = machine(Nvml(cards=2))["cuda"]
    assert found.title == title
    assert found.missing == ("" if title else "The NVIDIA driver finds no GPU on this machine.")


@pytest.mark.parametrize(
    ("library", "installed", "sentence"),
    [
        (Nvml(), ["pynvml"], "The package cupy is not installed, so no GPU can be used."),
        (Nvml(), ["cupy"], "The package nvidia-ml-py is not installed, so no GPU can be used."),
        (
            Nvml(Init=nvml.NVMLError_LibraryNotFound()),
            ["cupy", "pynvml"],
            "This machine has no NVIDIA driver, so no GPU can be used.",
        ),
        (
            Nvml(Init=nvml.NVMLError_DriverNotLoaded()),
            ["cupy", "pynvml"],
            "This machine has no NVIDIA driver, so no GPU can be used.",
        ),
        (Nvml(cards=0), ["cupy", "pynvml"], "The NVIDIA driver finds no GPU on this machine."),
        (
            Nvml(DeviceGetName=nvml.NVMLError_Unknown()),
            ["cupy", "pynvml"],
            "The NVIDIA driver does not answer (error 999).",
        ),
    ],
)
def test_why_there_is_no_gpu(machine, library, installed, sentence):
    found = machine(library, installed)["cuda"]
    assert found.missing == sentence
    assert (found.title, found.memory, found.free) == ("", None, None)


def test_the_card_is_looked_for_once_and_its_free_memory_at_every_call(machine):
    library = Nvml()
    machine(library)
    library.free, library.asked = 5, []
    assert devices()["cuda"].free == 5
    assert library.asked == ["DeviceGetMemoryInfo"]


def test_the_processor_is_named_and_its_cores_counted():
    found = devices()["cpu"]
    assert found.title
    assert found.cores >= 1
    assert not found.missing


def test_looking_loads_no_array_library():
    code = "import sys; from mlpviz.engine.devices import devices; devices(); print(*sys.modules)"
    root = Path(__file__).parents[2]
    loaded = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True).stdout
    assert "cupy" not in {name.partition(".")[0] for name in loaded.split()}
