"""What devices there are, found without loading an array library; where there is no GPU, why not in one sentence."""

import ctypes
import subprocess
import sys
from pathlib import Path

import pytest

from mlpviz.engine import devices as module
from mlpviz.engine.devices import devices

BUS, MEMORY, FREE = b"00000000:3B:00.0", 150_754_820_096, 140_000_000_000


class Driver:
    """A driver with one card, in place of libcuda; ``failing`` is the call that returns an error."""

    def __init__(self, cards=1, failing=None):
        self.cards, self.failing = cards, failing

    def answer(self, name, place, value):
        if name == self.failing:
            return 999
        place.value = value
        return 0

    def cuInit(self, flags):
        return 999 if self.failing == "cuInit" else 0

    def cuDeviceGetCount(self, count):
        return self.answer("cuDeviceGetCount", count._obj, self.cards)

    def cuDeviceGet(self, device, number):
        return self.answer("cuDeviceGet", device._obj, 7 + number)

    def cuDeviceGetName(self, text, length, device):
        assert (length, device.value) == (len(text), 7)
        return self.answer("cuDeviceGetName", text, b"Some card")

    def cuDeviceTotalMem_v2(self, memory, device):
        return self.answer("cuDeviceTotalMem_v2", memory._obj, MEMORY)

    def cuDeviceGetPCIBusId(self, text, length, device):
        return self.answer("cuDeviceGetPCIBusId", text, BUS)


class Management:
    """NVIDIA's management library, that knows the same card."""

    def __init__(self, failing=None):
        self.failing = failing

    def nvmlInit_v2(self):
        return 9 if self.failing == "nvmlInit_v2" else 0

    def nvmlDeviceGetHandleByPciBusId_v2(self, bus, handle):
        handle._obj.value = 2**40
        return 0 if bus == BUS else 6

    def nvmlDeviceGetMemoryInfo(self, handle, memory):
        assert handle.value == 2**40
        memory._obj.free = FREE
        return 9 if self.failing == "nvmlDeviceGetMemoryInfo" else 0


@pytest.fixture
def machine(monkeypatch):
    """A machine whose package and libraries are given: ``machine(driver, management, package)``."""

    def made(driver=None, management=None, package=True):
        libraries = {module.DRIVER: driver, module.MANAGEMENT: management}

        def load(name):
            if libraries[name] is None:
                raise OSError(name)
            return libraries[name]

        monkeypatch.setattr(module.ctypes, "CDLL", load)
        monkeypatch.setattr(module, "find_spec", lambda name: package or None)
        forget()
        return devices()

    yield made
    forget()


def forget():
    module.card.cache_clear()
    module.management.cache_clear()


def test_a_gpu_with_its_memory(machine):
    found = machine(Driver(), Management())["cuda"]
    assert (found.title, found.memory, found.free, found.missing) == ("Some card", MEMORY, FREE, "")


@pytest.mark.parametrize("management", [None, Management("nvmlInit_v2"), Management("nvmlDeviceGetMemoryInfo")])
def test_what_is_free_may_be_unknown(machine, management):
    found = machine(Driver(), management)["cuda"]
    assert (found.title, found.memory, found.free, found.missing) == ("Some card", MEMORY, None, "")


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"driver": Driver(), "package": False}, "The package cupy is not installed, so no GPU can be used."),
        ({"driver": None}, "This machine has no NVIDIA driver, so no GPU can be used."),
        ({"driver": Driver(failing="cuInit")}, "The NVIDIA driver finds no GPU on this machine."),
        ({"driver": Driver(failing="cuDeviceGetCount")}, "The NVIDIA driver finds no GPU on this machine."),
        ({"driver": Driver(cards=0)}, "The NVIDIA driver finds no GPU on this machine."),
        ({"driver": Driver(failing="cuDeviceGetName")}, "The NVIDIA driver does not answer (error 999)."),
        ({"driver": Driver(failing="cuDeviceTotalMem_v2")}, "The NVIDIA driver does not answer (error 999)."),
    ],
)
def test_why_there_is_no_gpu(machine, given, sentence):
    found = machine(**given)["cuda"]
    assert found.missing == sentence
    assert (found.title, found.memory, found.free) == ("", None, None)


def test_the_driver_is_asked_once_and_the_free_memory_at_every_call(machine, monkeypatch):
    machine(Driver(), Management())
    monkeypatch.setattr(Driver, "cuInit", lambda self, flags: pytest.fail("asked again"))
    monkeypatch.setattr(f"{__name__}.FREE", 5)
    assert devices()["cuda"].free == 5


def test_the_processor_is_named_and_its_cores_counted():
    found = devices()["cpu"]
    assert found.title
    assert found.cores >= 1
    assert not found.missing


def test_the_structure_is_that_of_the_management_library():
    assert ctypes.sizeof(module.Memory) == 24
    assert (module.Memory.total.offset, module.Memory.free.offset, module.Memory.used.offset) == (0, 8, 16)


def test_looking_loads_no_array_library():
    code = "import sys; from mlpviz.engine.devices import devices; devices(); print(*sys.modules)"
    root = Path(__file__).parents[2]
    loaded = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True).stdout
    assert "cupy" not in {name.partition(".")[0] for name in loaded.split()}
