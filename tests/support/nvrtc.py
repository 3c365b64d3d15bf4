"""Compiles kernels with NVIDIA's run-time compiler, from an installed CUDA or its Python package: no GPU is needed."""

from __future__ import annotations

import ctypes
import ctypes.util
import os
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

SONAMES = ("libnvrtc.so.13", "libnvrtc.so.12", "libnvrtc.so")


@cache
def library() -> ctypes.CDLL:
    """The compiler's library; a test is skipped where there is none."""
    for name in candidates():
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    pytest.skip("no NVRTC to compile kernels with (pip install nvidia-cuda-nvrtc)")


def candidates() -> list[str]:
    """Where the library may stand: in the package nvidia-cuda-nvrtc, where the loader looks, in CUDA's own folder."""
    package = find_spec("nvidia")
    folders = [Path(folder) for folder in package.submodule_search_locations or ()] if package else []
    packaged = [str(file) for folder in folders for file in sorted(folder.glob("*/lib/libnvrtc.so.*"), reverse=True)]
    home = Path(os.environ.get("CUDA_HOME", "/usr/local/cuda"))
    return [*packaged, *SONAMES, *(str(home / "lib64" / name) for name in SONAMES)]


def architectures() -> list[int]:
    """The compute capabilities that the library compiles for, such as 90."""
    count = ctypes.c_int()
    check(library().nvrtcGetNumSupportedArchs(ctypes.byref(count)))
    numbers = (ctypes.c_int * count.value)()
    check(library().nvrtcGetSupportedArchs(numbers))
    return sorted(numbers)


@cache
def hurry() -> tuple[str, ...]:
    """Options to leave the code as it is read, if the compiler knows them: what it says of a source is the same."""
    major, minor = ctypes.c_int(), ctypes.c_int()
    check(library().nvrtcVersion(ctypes.byref(major), ctypes.byref(minor)))
    return ("--minimal", "-Ofc=max") if major.value >= 13 else ()


def together(sources: Iterable[str]) -> str:
    """Kernels as one source, each in a namespace of its own: the compiler starts, and reads its own headers, once."""
    apart = (source.replace('extern "C"', "") for source in sources)
    return "\n".join(f"namespace kernel_{k} {{\n{source}\n}}" for k, source in enumerate(apart))


def compiled(source: str, architecture: int, more: Sequence[str] = ()) -> tuple[bytes, str]:
    """The PTX of a kernel, and what the compiler, given ``more`` options, had to say about it.

    Raises AssertionError with the compiler's words if it refuses the kernel.
    """
    program = ctypes.c_void_p()
    check(library().nvrtcCreateProgram(ctypes.byref(program), source.encode(), b"kernel.cu", 0, None, None))
    try:
        named = [option.encode() for option in (f"--gpu-architecture=compute_{architecture}", *more)]
        options = (ctypes.c_char_p * len(named))(*named)
        failed = library().nvrtcCompileProgram(program, len(named), options)
        log = text(program, "ProgramLog").decode().strip()
        assert not failed, log
        return text(program, "PTX"), log
    finally:
        library().nvrtcDestroyProgram(ctypes.byref(program))


def text(program: ctypes.c_void_p, what: str) -> bytes:
    """One of the texts that belong to a program."""
    size = ctypes.c_size_t()
    check(getattr(library(), f"nvrtcGet{what}Size")(program, ctypes.byref(size)))
    buffer = ctypes.create_string_buffer(size.value)
    check(getattr(library(), f"nvrtcGet{what}")(program, buffer))
    return buffer.value


def check(status: int) -> None:
    """Raises AssertionError if a call did not succeed."""
    assert status == 0, f"NVRTC gives status {status}"
