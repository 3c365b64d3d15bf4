"""What whole programs need of array libraries beyond the lines' stand-ins: imports, given arrays, changes in place."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from types import SimpleNamespace
from typing import Any

import numpy as np

from . import standins


class Tensor(standins.Tensor):
    """An array with the methods of a tensor that a program changes in place."""

    def clone(self) -> Any:
        return self.copy()

    def sum(
        self, axis: Any = None, *, dim: Any = None, keepdim: bool = False, keepdims: bool = False, **more: Any
    ) -> Any:
        axis, kept = axis if dim is None else dim, keepdim or keepdims
        return np.asarray(np.sum(np.asarray(self), axis=axis, keepdims=kept)).view(Tensor)

    def assign_sub(self, change: Any) -> None:
        self -= change


def tensor(value: Any) -> Any:
    return np.array(value, dtype=float).view(Tensor)


def drawn(*shape: int, **more: Any) -> Any:
    return tensor(np.random.default_rng(0).normal(size=shape))


def as_tensors(function: Any) -> Any:
    return lambda *given, **options: np.asarray(function(*given, **options)).view(Tensor)


torch = SimpleNamespace(
    **{
        **vars(standins.TORCH),
        **{name: as_tensors(getattr(standins.TORCH, name)) for name in ("sigmoid", "softmax", "sum")},
    },
    randn=drawn,
    zeros=lambda *shape: tensor(np.zeros(shape)),
    float="float",
    no_grad=nullcontext,
)

tf = SimpleNamespace(**vars(standins.TENSORFLOW), Variable=tensor, shape=np.shape)

jax = SimpleNamespace(**vars(standins.JAX), numpy=np)

LIBRARIES: dict[str, Any] = {"np": np, "torch": torch, "tf": tf, "jax": jax, "jnp": np}

MODULES: dict[str, Any] = {"torch": torch, "tensorflow": tf, "jax": jax, "jax.numpy": np}


@contextmanager
def importable() -> Iterator[None]:
    """Lets ``import torch`` and the like give the stand-ins."""
    before = {name: sys.modules.get(name) for name in MODULES}
    sys.modules.update(MODULES)
    try:
        yield
    finally:
        for name, module in before.items():
            if module is None:
                del sys.modules[name]
            else:
                sys.modules[name] = module
