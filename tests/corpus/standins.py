"""NumPy stand-ins for the calls of other array libraries that lines of the corpus make, so that Python can run them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np

from tests.corpus.oracle import ACTIVATIONS, H


def function(name: str) -> Any:
    """An activation of real arrays."""
    return lambda z, *_axis, **_options: ACTIVATIONS[name](np.asarray(z))


def slope(name: str) -> Any:
    """f′(z) by a complex step, entry by entry."""
    return lambda z: ACTIVATIONS[name](np.asarray(z) + 1j * H).imag / H


def reduced(axis_name: str, keep_name: str, how: Any) -> Any:
    """A sum or a mean with the library's own words for axis and keepdims."""

    def call(x: Any, axis: Any = None, **options: Any) -> Any:
        axis = options.pop(axis_name, axis)
        return how(np.asarray(x), axis=axis, keepdims=options.pop(keep_name, False), **options)

    return call


class Tensor(np.ndarray):
    """An array with the methods of a tensor."""

    def t(self) -> Any:
        return self.T

    def mm(self, other: Any) -> Any:
        return self @ other

    matmul = mm

    def transpose(self, first: int = 0, second: int = 1) -> Any:
        return np.swapaxes(self, first, second)

    def sum(self, *axis: Any, dim: Any = None, keepdim: bool = False) -> Any:
        return np.sum(np.asarray(self), axis=axis[0] if axis else dim, keepdims=keepdim).view()

    def mean(self, *axis: Any, dim: Any = None, keepdim: bool = False) -> Any:
        return np.mean(np.asarray(self), axis=axis[0] if axis else dim, keepdims=keepdim)

    def pow(self, exponent: Any) -> Any:
        return self**exponent

    def mul(self, other: Any) -> Any:
        return self * other

    def sub(self, other: Any) -> Any:
        return self - other

    def div(self, other: Any) -> Any:
        return self / other

    def float(self) -> Any:
        return self.astype(np.float64)

    def type_as(self, other: Any) -> Any:
        return self.astype(np.float64)

    def clamp(self, min: Any = None) -> Any:  # noqa: A002
        return np.maximum(self, min)

    def relu(self) -> Any:
        return np.maximum(self, 0)

    def sigmoid(self) -> Any:
        return 1 / (1 + np.exp(-self))

    def tanh(self) -> Any:
        return np.tanh(self)

    def gt(self, other: Any) -> Any:
        return self > other

    def clone(self) -> Any:
        return self

    def square(self) -> Any:
        return self * self

    def log(self) -> Any:
        return np.log(self)

    def size(self, axis: int) -> int:
        return self.shape[axis]


def mse_loss(a: Any, y: Any, reduction: str = "mean") -> Any:
    squares = np.square(np.asarray(a) - np.asarray(y))
    return squares.mean() if reduction == "mean" else squares.sum()


FUNCTIONAL = SimpleNamespace(
    relu=function("relu"),
    sigmoid=function("sigmoid"),
    tanh=function("tanh"),
    softmax=lambda z, dim=1: function("softmax")(z),
    leaky_relu=lambda z, slope=0.01: function("leaky_relu")(z),
    softplus=function("softplus"),
    mse_loss=mse_loss,
    linear=lambda x, W, b: x @ W.T + b,
)

TORCH = SimpleNamespace(
    mm=np.matmul,
    matmul=np.matmul,
    mul=np.multiply,
    sub=np.subtract,
    add=np.add,
    div=np.divide,
    pow=np.power,
    square=np.square,
    exp=np.exp,
    log=np.log,
    tanh=np.tanh,
    sigmoid=function("sigmoid"),
    relu=function("relu"),
    softmax=lambda z, dim=1: function("softmax")(z),
    where=np.where,
    sum=reduced("dim", "keepdim", np.sum),
    mean=reduced("dim", "keepdim", np.mean),
    transpose=lambda x, first, second: np.swapaxes(x, first, second),
    ones_like=np.ones_like,
    zeros_like=np.zeros_like,
    einsum=np.einsum,
    outer=np.outer,
    clamp=lambda x, **bounds: np.maximum(x, bounds["min"]),
    addmm=lambda b, x, y: b + x @ y,
    t=np.transpose,
    nn=SimpleNamespace(functional=FUNCTIONAL),
)


def tf_matmul(a: Any, b: Any, transpose_a: bool = False, transpose_b: bool = False) -> Any:
    return (a.T if transpose_a else a) @ (b.T if transpose_b else b)


TF_MATH = SimpleNamespace(
    multiply=np.multiply,
    subtract=np.subtract,
    add=np.add,
    square=np.square,
    exp=np.exp,
    log=np.log,
    tanh=np.tanh,
    sigmoid=function("sigmoid"),
    reduce_sum=np.sum,
    reduce_mean=np.mean,
    pow=np.power,
    divide=np.divide,
    greater=np.greater,
)

TENSORFLOW = SimpleNamespace(
    **vars(TF_MATH),
    math=TF_MATH,
    linalg=SimpleNamespace(matmul=tf_matmul, matrix_transpose=np.transpose),
    matmul=tf_matmul,
    transpose=np.transpose,
    cast=lambda x, kind: np.asarray(x).astype(float),
    float32="float32",
    ones_like=np.ones_like,
    zeros_like=np.zeros_like,
    where=np.where,
    maximum=np.maximum,
    nn=SimpleNamespace(
        relu=function("relu"),
        sigmoid=function("sigmoid"),
        softmax=function("softmax"),
        tanh=np.tanh,
        bias_add=lambda x, b: x + b,
    ),
    einsum=np.einsum,
)

JAX = SimpleNamespace(
    nn=SimpleNamespace(**{name: function(name) for name in ("relu", "sigmoid", "softmax", "softplus", "leaky_relu")})
)
