"""The race on a GPU: the same steps by everyone, costs read once an epoch, equal costs before any time is taken."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from multiprocessing import get_context
from typing import Any

import numpy as np

from mlpviz.benchmark import contestants
from mlpviz.benchmark.configurations import CONFIGURATIONS, Configuration, NotComparable
from mlpviz.benchmark.contestants import FOREVER, Data, Epoch, batches
from mlpviz.benchmark.race import TOLERANCE, Result, timed
from mlpviz.engine.training.settings import Settings
from mlpviz.engine.training.training import Training

LARGEST = Configuration("g", (784, 4096, 4096, 10), "softmax", "cross_entropy", 8192, "adam", 1e-4, 4)
RACED = {**CONFIGURATIONS, "g": LARGEST}

SAMPLES, STEPS = 61_440, 2_000
"""Samples and most steps of a timed epoch, as with a data set of usual size."""

ROUNDED = 2e-2
"""Accepted relative difference of costs if products are rounded to TensorFloat-32."""


@dataclass(frozen=True)
class Place:
    """The device of a race, and whether it uses TensorFloat-32."""

    device: str = "cuda"
    tf32: bool = False


@dataclass(frozen=True)
class Outcome(Result):
    """Seconds a step of each contestant, round by round, or why it did not run; and how mlpviz makes its steps."""

    how: str = ""

    def ratio(self, name: str) -> float | None:
        """A contestant's time relative to mlpviz; None if either did not run."""
        return super().ratio(name) if OURS in self.rounds else None


class Mlpviz:
    """``mlpviz.train`` itself, one epoch per call."""

    def __init__(self, configuration: Configuration, data: Data, shuffle: bool, place: Place) -> None:
        parameters = configuration.parameters().astype("float32", place.device)
        self.training = Training(
            parameters, *data, Settings(
                configuration.optimizer, configuration.learning_rate, configuration.batch_size, FOREVER, shuffle,
                tf32=place.tf32,
            ),
        )  # fmt: skip
        self.records = self.training.records()

    @property
    def how(self) -> str:
        return self.training.steps.how

    def __call__(self) -> list[float]:
        costs: list[float] = next(self.records).costs.tolist()
        return costs


def other(module: str, name: str) -> Callable[..., Epoch]:
    """A contestant of another library, whose module is imported on first use."""

    def made(configuration: Configuration, data: Data, shuffle: bool, place: Place) -> Epoch:
        library = import_module(f"mlpviz.benchmark.{module}")
        library.set_precision(place.tf32)
        epoch: Epoch = getattr(library, name)(
            configuration, data, partial(batches, configuration, shuffle), place.device
        )
        return epoch

    return made


OURS, FLOOR = "mlpviz", "products alone"

CONTESTANTS: dict[str, tuple[Callable[..., Epoch], str | None]] = {
    OURS: (Mlpviz, None),
    FLOOR: (other("torch_device", "products"), "torch"),
    "PyTorch eager": (other("torch_device", "eager"), "torch"),
    "PyTorch CUDA graph": (other("torch_device", "graphed"), "torch"),
    "PyTorch reduce-overhead": (other("torch_device", "compiled"), "torch"),
    "JAX step": (other("jax_device", "per_step"), "jax"),
    "JAX scan": (other("jax_device", "per_epoch"), "jax"),
}
"""Each contestant with the package that it needs."""


def available(name: str) -> bool:
    package = CONTESTANTS[name][1]
    return package is None or importlib.util.find_spec(package) is not None


def race(letter: str, place: Place, names: Iterable[str], rounds: int) -> Outcome:
    """Compare all contestants' costs with those of mlpviz on the CPU, then time them in turn."""
    given, absent, runners = RACED[letter], dict[str, str](), dict[str, Epoch]()
    data = given.data()
    right = contestants.mlpviz(given, data, None, False)()
    for name in (names := list(names)):
        found, reason = attempted(first_epoch, name, given, data, False, place)
        absent |= {name: reason} if (reason := reason or unlike(right, found, place)) else {}
    longer = replace(given, steps=min(STEPS, SAMPLES // given.batch_size))
    data = longer.data()
    for name in [name for name in names if name not in absent]:
        runner, reason = attempted(warmed, name, longer, data, True, place)
        absent |= {name: reason} if reason else {}
        runners |= {} if reason else {name: runner}
    seconds = {name: [epoch / longer.steps for epoch in epochs] for name, epochs in timed(runners, rounds).items()}
    ours: Any = runners.get(OURS)
    return Outcome(longer, None, seconds, absent, ours.how if ours is not None else "")


def apart(letter: str, place: Place, names: Iterable[str], rounds: int) -> Outcome:
    """Race in a new process, isolated from what a contestant leaves on the device and from what kills it."""
    with ProcessPoolExecutor(1, get_context("spawn")) as pool:
        try:
            return pool.submit(race, letter, place, list(names), rounds).result()
        except BrokenExecutor:
            return Outcome(RACED[letter], None, {}, {OURS: "the process of the race died"})
        except Exception as error:  # a device that failed while it was timed answers nobody any more
            return Outcome(RACED[letter], None, {}, {OURS: in_words(error)})


def first_epoch(name: str, *given: Any) -> list[float]:
    """The costs of a contestant's first epoch."""
    return CONTESTANTS[name][0](*given)()


def warmed(name: str, *given: Any) -> Epoch:
    """A contestant that has run, and so compiled, one epoch."""
    epoch = CONTESTANTS[name][0](*given)
    epoch()
    return epoch


def unlike(right: list[float], found: list[float], place: Place) -> str:
    """Why a contestant with other costs than the right ones is excluded; empty if it is not."""
    if not found or np.allclose(found, right, rtol=ROUNDED if place.tf32 else TOLERANCE):
        return ""
    worst = float(np.max(np.abs(np.array(found) / np.array(right) - 1)))
    return f"its costs differ from those of mlpviz on the CPU by a factor of up to {1 + worst:.6f}"


def attempted(act: Callable[..., Any], *given: Any) -> tuple[Any, str]:
    """The result of a call, or its failure as text: no library's failure ends the race."""
    try:
        return act(*given), ""
    except NotComparable as reason:
        return None, str(reason)
    except Exception as error:
        return None, in_words(error)


def in_words(error: Exception) -> str:
    return f"{type(error).__name__}: {str(error).partition(chr(10))[0]}"
