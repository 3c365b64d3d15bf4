"""The GPU that this process works on: its name and memory, kernels made ready, buffers that it can write to from afar.

The array library comes in as an argument, so that another one can stand in for it.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import cached_property, partial
from typing import Any

import numpy as np

from mlpviz.engine.gpu.schedule.launches import Kernel
from mlpviz.engine.memory import NoRoom, in_words
from mlpviz.maths.messages import Message

MOST_SHARED = 48 * 1024
"""Bytes of shared memory that a block gets without asking for more."""


class GpuDevice:
    """The current GPU; operations run in order on the library's current stream."""

    def __init__(self, xp: Any) -> None:
        self.xp = xp

    @cached_property
    def name(self) -> str:
        name = self._properties["name"]
        return name.decode() if isinstance(name, bytes) else str(name)

    @cached_property
    def memory(self) -> int:
        return int(self._properties["totalGlobalMem"])

    @cached_property
    def _properties(self) -> dict[str, Any]:
        return dict(self.xp.cuda.runtime.getDeviceProperties(self.xp.cuda.Device().id))

    @property
    def free(self) -> int:
        """Bytes available now, after the library's own reserve is given back."""
        self.xp.get_default_memory_pool().free_all_blocks()
        return int(self.xp.cuda.runtime.memGetInfo()[0])

    def check_room(self, wanted: int) -> None:
        """Refuse what would not fit, before anything is allocated.

        Raises NoRoom, a ValueError.
        """
        free = self.free
        if wanted > free:
            message = Message(
                "device cuda has {free} of memory free, and this network with its data and batch size wants {wanted}",
                free=in_words(free),
                wanted=in_words(wanted),
            )
            raise NoRoom(message)

    def pool(self) -> Callable[[], AbstractContextManager[Any]]:
        """A context manager of a memory pool, all of which is freed together with its arrays."""
        return partial(self.xp.cuda.using_allocator, self.xp.cuda.MemoryPool().malloc)

    def kernel(self, kernel: Kernel) -> Callable[..., object]:
        """Compile and load a kernel as a function of grid, block, arguments and bytes of shared memory."""
        raw = self.xp.RawKernel(kernel.source, kernel.name)
        if kernel.shared > MOST_SHARED:
            raw.max_dynamic_shared_size_bytes = kernel.shared
        function: Callable[..., object] = raw.kernel
        return function

    def pinned(self, count: int, dtype: str) -> np.ndarray:
        """Allocate a vector in the host's memory that the device copies into while the host goes on."""
        size = max(count, 1) * np.dtype(dtype).itemsize
        return np.frombuffer(self.xp.cuda.alloc_pinned_memory(size), dtype, count)
