"""Small stand-ins in NumPy for the libraries that programs of the corpus import, with what these programs call."""

from __future__ import annotations

import builtins
import sys
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any

import numpy as np
from scipy.special import expit


class Tensor(np.ndarray):
    """An array that also answers to PyTorch's and TensorFlow's methods."""

    def mm(self, other: Any) -> Any:
        return self @ other

    matmul = mm

    def t(self) -> Any:
        return self.T

    def clamp(self, min: float | None = None, max: float | None = None) -> Any:  # noqa: A002
        return np.clip(self, min, max)

    def pow(self, power: float) -> Any:
        return self**power

    def clone(self) -> Any:
        return self.copy()

    def float(self) -> Any:
        return self.astype(builtins.float).view(Tensor)

    def exp(self) -> Any:
        return np.exp(self)

    def sum(self, dim: Any = None, keepdim: bool = False, axis: Any = None, **more: Any) -> Any:
        return np.sum(np.asarray(self), axis=dim if axis is None else axis, keepdims=keepdim).view(Tensor)

    def assign_sub(self, change: Any) -> None:
        self -= change


def tensor(value: Any, **more: Any) -> Any:
    return np.array(value, dtype=float).view(Tensor)


def drawn(*shape: int, **more: Any) -> Any:
    return np.random.default_rng(0).normal(size=shape).view(Tensor)


def softmax(z: Any, dim: int = -1, axis: int | None = None) -> Any:
    axis = dim if axis is None else axis
    e = np.exp(z - np.max(np.asarray(z), axis=axis, keepdims=True))
    return e / np.sum(np.asarray(e), axis=axis, keepdims=True)


def reduced(function: Any) -> Any:
    return lambda x, axis=None, keepdims=False: function(np.asarray(x), axis=axis, keepdims=keepdims)


def tf_matmul(a: Any, b: Any, transpose_a: bool = False, transpose_b: bool = False) -> Any:
    return (a.T if transpose_a else a) @ (b.T if transpose_b else b)


torch = SimpleNamespace(
    randn=drawn,
    zeros=lambda *shape: tensor(np.zeros(shape)),
    ones_like=np.ones_like,
    mm=np.matmul,
    matmul=np.matmul,
    sigmoid=lambda z: expit(np.asarray(z)).view(Tensor),
    tanh=np.tanh,
    exp=np.exp,
    log=np.log,
    softmax=softmax,
    sum=lambda x, dim=None, keepdim=False: x.sum(dim=dim, keepdim=keepdim),
    manual_seed=lambda seed: None,
    float=float,
    no_grad=lambda: None,
)

tf = SimpleNamespace(
    matmul=tf_matmul,
    transpose=np.transpose,
    reduce_sum=reduced(np.sum),
    reduce_mean=reduced(np.mean),
    multiply=np.multiply,
    subtract=np.subtract,
    add=np.add,
    square=np.square,
    cast=lambda x, kind: np.asarray(x, dtype=float),
    sigmoid=expit,
    float32=float,
    nn=SimpleNamespace(relu=lambda z: np.maximum(z, 0), softmax=softmax, sigmoid=expit, tanh=np.tanh),
    math=SimpleNamespace(exp=np.exp, log=np.log, tanh=np.tanh),
    Variable=tensor,
    random=SimpleNamespace(normal=lambda shape, **more: drawn(*shape)),
    zeros=lambda shape: tensor(np.zeros(shape)),
    ones_like=np.ones_like,
)

jax = SimpleNamespace(nn=SimpleNamespace(softmax=softmax, sigmoid=expit, relu=lambda z: np.maximum(z, 0)), numpy=np)

MODULES = {"torch": torch, "tensorflow": tf, "jax": jax, "jax.numpy": np}
LIBRARIES: dict[str, Any] = {"np": np, "torch": torch, "tf": tf, "jax": jax, "jnp": np}


@contextmanager
def importable() -> Any:
    """Lets ``import torch`` and the like give the stand-ins."""
    before = {name: sys.modules.get(name) for name in MODULES}
    sys.modules.update(MODULES)  # type: ignore[arg-type]
    try:
        yield
    finally:
        for name, module in before.items():
            if module is None:
                sys.modules.pop(name, None)
            else:
                sys.modules[name] = module
