"""mlpviz's functions as the engine's tests call them, computing on the GPU, with every number brought home afterwards.

So the same tests, written for NumPy's arrays, are tests of the device as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType, SimpleNamespace
from typing import Any

import numpy as np
import pytest

import mlpviz
from mlpviz.engine import gradient_check, initializers, passes
from mlpviz.engine.backend import backend
from mlpviz.engine.parameters import Parameters
from mlpviz.engine.trace import Trace
from mlpviz.engine.training import training as engine
from mlpviz.engine.training.record import Record

DEVICE = "cuda"
DEVICES = ["cpu", pytest.param(DEVICE, marks=pytest.mark.gpu)]
"""What the fixture ``device`` takes."""

BY_LAYER, SINGLE = ("A", "Z", "delta"), ("Y", "losses", "cost_buffer", "gradient")


def there(parameters: Parameters) -> Parameters:
    """The same numbers on the device."""
    return parameters.astype(parameters.dtype, DEVICE)


def home(array: Any) -> np.ndarray:
    """An array of the device as NumPy has it."""
    return backend(DEVICE).arrays.to_host(array)


def buffers(trace: Trace) -> Iterator[Any]:
    """Every array of a pass."""
    for name in BY_LAYER:
        yield from (array for array in getattr(trace, name) if array is not None)
    yield from (getattr(trace, name) for name in SINGLE)


def bring(source: Trace, target: Trace) -> Trace:
    """Copy every array of a pass from the device to the host, or the other way round."""
    for one, other in zip(buffers(source), buffers(target), strict=True):
        values = source.parameters.arrays.to_host(one)
        other[...] = target.parameters.arrays.asarray(values, target.parameters.dtype)
    return target


def backpropagate(parameters: Parameters, X: Any, Y: Any) -> Trace:
    """One pass on the device."""
    trace = passes.backpropagate(there(parameters), X, Y)
    return bring(trace, Trace(parameters, trace.batch_size))


def forward(trace: Trace) -> None:
    """The forward pass of a trace, made on the device."""
    twin = bring(trace, Trace(there(trace.parameters), trace.batch_size))
    passes.forward(twin)
    bring(twin, trace)


def backward(trace: Trace) -> None:
    """The backward pass of a trace, made on the device."""
    twin = bring(trace, Trace(there(trace.parameters), trace.batch_size))
    passes.backward(twin)
    bring(twin, trace)


def initialize(architecture: Any, initializer: Any = "he_normal", seed: Any = 0, dtype: Any = "float32") -> Parameters:
    """Parameters that were drawn for the device."""
    return initializers.initialize(architecture, initializer, seed, dtype, DEVICE).astype(dtype, "cpu")


def check_gradient(parameters: Parameters, X: Any, Y: Any, **options: Any) -> Any:
    """The gradients of the device against central differences of the device."""
    return gradient_check.gradient_check(there(parameters), X, Y, **options)


def train(parameters: Parameters, X: Any, Y: Any, *given: Any, **options: Any) -> Iterator[Record]:
    """A run on the device, whose parameters come home after every epoch."""
    on_device = there(parameters)
    records = engine.train(on_device, X, Y, *given, **options)

    def brought() -> Iterator[Record]:
        for record in records:
            parameters.flat[...] = home(on_device.flat)
            yield record

    return brought()


class Training:
    """A run on the device, whose vectors come home when they are looked at."""

    def __init__(self, parameters: Parameters, X: Any, Y: Any, settings: Any = None) -> None:
        self.home = parameters
        self.run = engine.Training(there(parameters), X, Y, settings)

    @property
    def parameters(self) -> Parameters:
        self.home.flat[...] = home(self.run.parameters.flat)
        return self.home

    @property
    def updates(self) -> SimpleNamespace:
        return SimpleNamespace(state={name: home(vector) for name, vector in self.run.updates.state.items()})

    def __getattr__(self, name: str) -> Any:
        return getattr(self.run, name)


PUBLIC = {
    "backpropagate": backpropagate,
    "forward": forward,
    "backward": backward,
    "initialize": initialize,
    "gradient_check": check_gradient,
    "train": train,
}


def through(module: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let everything that a test's module calls compute on the device."""
    for name, function in PUBLIC.items():
        monkeypatch.setattr(mlpviz, name, function)
    if hasattr(module, "Training"):
        monkeypatch.setattr(module, "Training", Training)
