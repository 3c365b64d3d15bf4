"""The devices of this machine, found without loading any array library: the NVIDIA driver itself is asked.

What costs memory on a GPU (a context, a kernel) is left to the process that computes there.
"""

from __future__ import annotations

import ctypes
import os
import platform
import sys
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from mlpviz.engine.backend import BACKENDS, library

DRIVER = "nvcuda.dll" if sys.platform == "win32" else "libcuda.so.1"
MANAGEMENT = "nvml.dll" if sys.platform == "win32" else "libnvidia-ml.so.1"
"""NVIDIA's driver, and its library that tells how much memory is free."""

TEXT = 96
"""Bytes of the longest name that a driver gives."""


@dataclass(frozen=True)
class Device:
    """A device under the name that ``Parameters`` takes; memory in bytes, None where it is not known.

    ``missing`` says in a sentence why it cannot be used here; it is empty for a device that can.
    """

    name: str
    title: str = ""
    cores: int | None = None
    memory: int | None = None
    free: int | None = None
    missing: str = ""


def devices() -> dict[str, Device]:
    """Every device by name, those that cannot be used here with the reason why not."""
    return dict(zip(BACKENDS, (cpu(), cuda()), strict=True))


def cpu() -> Device:
    """The processor, and how many of its cores this process may use."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return Device("cpu", processor(), cores)


@lru_cache
def processor() -> str:
    """The processor's name, if the system tells it, or else its kind."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def cuda() -> Device:
    """The first NVIDIA GPU; how much of its memory is free is asked anew at every call."""
    package = library("cuda")
    if find_spec(package) is None:
        return Device("cuda", missing=f"The package {package} is not installed, so no GPU can be used.")
    found = card()
    if isinstance(found, str):
        return Device("cuda", missing=found)
    title, memory, bus = found
    return Device("cuda", title, memory=memory, free=free_memory(bus))


@lru_cache
def card() -> tuple[str, int, bytes] | str:
    """The first GPU's name, memory in bytes and place on the bus, or a sentence if there is none."""
    try:
        driver = ctypes.CDLL(DRIVER)
    except OSError:
        return "This machine has no NVIDIA driver, so no GPU can be used."
    count, device, memory = ctypes.c_int(), ctypes.c_int(), ctypes.c_size_t()
    title, bus = ctypes.create_string_buffer(TEXT), ctypes.create_string_buffer(TEXT)
    if driver.cuInit(0) or driver.cuDeviceGetCount(ctypes.byref(count)) or not count.value:
        return "The NVIDIA driver finds no GPU on this machine."
    status = driver.cuDeviceGet(ctypes.byref(device), 0)
    status = status or driver.cuDeviceGetName(title, TEXT, device)
    status = status or driver.cuDeviceTotalMem_v2(ctypes.byref(memory), device)
    status = status or driver.cuDeviceGetPCIBusId(bus, TEXT, device)
    if status:
        return f"The NVIDIA driver does not answer (error {status})."
    return title.value.decode(errors="replace"), memory.value, bus.value


class Memory(ctypes.Structure):
    """What NVIDIA's management library tells of a card's memory, in bytes."""

    _fields_ = (("total", ctypes.c_ulonglong), ("free", ctypes.c_ulonglong), ("used", ctypes.c_ulonglong))


def free_memory(bus: bytes) -> int | None:
    """Bytes that are free on the card at this place of the bus, if NVIDIA's management library is there to say it."""
    library = management()
    if library is None:
        return None
    handle, memory = ctypes.c_void_p(), Memory()
    failed = library.nvmlDeviceGetHandleByPciBusId_v2(bus, ctypes.byref(handle))
    failed = failed or library.nvmlDeviceGetMemoryInfo(handle, ctypes.byref(memory))
    return None if failed else memory.free


@lru_cache
def management() -> Any:
    """NVIDIA's management library, ready to be asked; None if it is not there."""
    try:
        library = ctypes.CDLL(MANAGEMENT)
    except OSError:
        return None
    return None if library.nvmlInit_v2() else library
