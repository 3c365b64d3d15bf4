"""The devices of this machine, found without loading any array library: NVIDIA's management library is asked.

What costs memory on a GPU (a context, a kernel) is left to the process that computes there.
"""

from __future__ import annotations

import os
import platform
from dataclasses import dataclass
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ..maths.messages import Message
from .backend import BACKENDS, library

NO_DRIVER = Message("This machine has no NVIDIA driver, so no GPU can be used.")
NO_GPU = Message("The NVIDIA driver finds no GPU on this machine.")

COMPILER = "numba"
"""The package that makes machine code for the CPU."""


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
    """Every device by name; one that cannot be used says why in ``missing``."""
    return dict(zip(BACKENDS, (cpu(), cuda()), strict=True))


def has_compiler() -> bool:
    """Whether the compiler is installed; it is not loaded for that."""
    return find_spec(COMPILER) is not None


def cpu() -> Device:
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return Device("cpu", processor(), cores)


@lru_cache
def processor() -> str:
    """The processor's name if the system has it, or else its architecture."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), platform.machine())


def cuda() -> Device:
    """Describe the first NVIDIA GPU; its free memory is asked anew at every call."""
    array_library = library("cuda")
    for package, module in ((array_library, array_library), ("nvidia-ml-py", "pynvml")):
        if find_spec(module) is None:
            missing = Message("The package {package} is not installed, so no GPU can be used.", package=package)
            return Device("cuda", missing=missing)
    found = card()
    if isinstance(found, Message):
        return Device("cuda", missing=found)
    title, handle = found
    total, free = memory(handle)
    return Device("cuda", title, memory=total, free=free)


@lru_cache
def card() -> tuple[str, Any] | Message:
    """The name and the NVML handle of the GPU that CUDA counts first, or a message saying why there is none."""
    import pynvml as nvml

    try:
        nvml.nvmlInit()
        if not nvml.nvmlDeviceGetCount():
            return NO_GPU
        handle = first_handle(nvml)
        return str(nvml.nvmlDeviceGetName(handle)), handle
    except (nvml.NVMLError_LibraryNotFound, nvml.NVMLError_DriverNotLoaded):
        return NO_DRIVER
    except (nvml.NVMLError_InvalidArgument, nvml.NVMLError_NotFound, ValueError):
        return NO_GPU
    except nvml.NVMLError as error:
        return Message("The NVIDIA driver does not answer (error {code}).", code=error.value)


def first_handle(nvml: Any) -> Any:
    """The first GPU that CUDA_VISIBLE_DEVICES allows.

    Raises ValueError or NVMLError if it leaves none.
    """
    first = os.environ.get("CUDA_VISIBLE_DEVICES", "0").split(",")[0].strip()
    if first.startswith(("GPU-", "MIG-")):
        return nvml.nvmlDeviceGetHandleByUUID(first)
    return nvml.nvmlDeviceGetHandleByIndex(int(first))


def memory(handle: Any) -> tuple[int | None, int | None]:
    """A GPU's total and free memory in bytes; None where it does not say."""
    import pynvml as nvml

    try:
        found = nvml.nvmlDeviceGetMemoryInfo(handle)
    except nvml.NVMLError:
        return None, None
    return int(found.total), int(found.free)
