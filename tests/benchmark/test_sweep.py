"""GPU against CPU over the batch size, with another network's times standing in for the device."""

import pytest

from mlpviz.benchmark import sweep as module
from mlpviz.benchmark.device_race import RACED
from mlpviz.benchmark.sweep import SIZES, Sweep, measured, sweep

GIVEN = RACED["b"]


def test_batches_reach_from_32_to_65536():
    assert (SIZES[0], SIZES[-1]) == (32, 65_536)


@pytest.mark.parametrize(
    ("cpu", "device", "told"),
    [
        ({32: 1.0, 64: 1.0, 128: 1.0}, {32: 4.0, 64: 2.0, 128: 0.5}, "the GPU is ahead from about 91 samples on"),
        ({32: 1.0, 64: 1.0}, {32: 0.5, 64: 0.5}, "the GPU is ahead from 32 samples on, the smallest batch"),
        ({32: 1.0, 64: 1.0, 128: 1.0}, {32: 3.0, 64: 2.0}, "the GPU is not ahead at 64 samples"),
        ({32: 1.0}, {}, "no batch size was measured on both"),
    ],
)
def test_the_crossing_in_words(cpu, device, told):
    assert Sweep(GIVEN, cpu, device).told() == told


def test_a_real_sweep(monkeypatch):
    monkeypatch.setattr(module, "SIZES", (32, 64))
    monkeypatch.setattr(module, "SECONDS", 0.002)
    found = sweep(GIVEN, "cpu")
    assert found.cpu.keys() == found.device.keys() == {32, 64}
    assert min(*found.cpu.values(), *found.device.values()) > 0
    assert found.fault == ""


def test_it_ends_where_a_step_would_take_too_long(monkeypatch):
    monkeypatch.setattr(module, "endless_training", lambda architecture, size, device: size)
    monkeypatch.setattr(module, "seconds_a_step", lambda size, seconds: size / 100)
    found, why = measured(GIVEN, "cpu")
    assert found.keys() == {32, 64, 128, 256}
    assert why == "a step with 512 samples takes more than 5 s"


def test_it_ends_where_the_memory_ends(monkeypatch):
    def made(architecture, size, device):
        if size > 32:
            raise ValueError("9 bytes are wanted, and 8 are free")
        return size

    monkeypatch.setattr(module, "endless_training", made)
    monkeypatch.setattr(module, "seconds_a_step", lambda size, seconds: 1e-3)
    assert measured(GIVEN, "cuda") == ({32: 1e-3 / 32}, "9 bytes are wanted, and 8 are free")
