"""How many threads BLAS may use while a network trains: one, unless its products are long."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from ..maths.architecture import Architecture
from .parameters import pairs

SHORT = 1e6
"""Operations per step up to which BLAS uses a single thread."""

LONG = 2e8
"""Operations per step from which several threads gain more than they lose by waiting on shared cores."""


def operations(architecture: Architecture, batch_size: int) -> int:
    """Count additions and multiplications in one step's products: Z, dW, and delta of all layers but the first."""
    products = [2 * batch_size * n * below for below, n in pairs(architecture.widths)]
    return 3 * sum(products) - products[0]


def default_threads(architecture: Architecture, batch_size: int, looked_at: int = 0) -> int | None:
    """The number of threads that training asks of BLAS, or None where it leaves BLAS as it is.

    ``looked_at`` samples go through the network at once at the end of an epoch: short steps need one thread, too, where
    those passes are long enough for BLAS to wake others, which then keep the cores from the steps.
    """
    step, look = (operations(architecture, size) for size in (batch_size, looked_at))
    return 1 if step < LONG and max(step, look) > SHORT else None


@lru_cache
def controller() -> Any:
    """The thread pools of this process, cached: to find them takes half a millisecond."""
    from threadpoolctl import ThreadpoolController

    return ThreadpoolController()


@contextmanager
def blas_threads(count: int | None) -> Iterator[None]:
    """Limit BLAS to ``count`` threads inside the block; None changes nothing."""
    if count is None:
        yield
        return
    with controller().limit(limits=count, user_api="blas"):
        yield
