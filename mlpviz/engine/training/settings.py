"""What is chosen for a run of training, checked."""

from __future__ import annotations

import math
import operator
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from mlpviz.engine.initializers import checked_seed
from mlpviz.engine.training.measures import MEASURES
from mlpviz.engine.training.optimizers import OPTIMIZERS
from mlpviz.engine.training.schedules import bound_schedule
from mlpviz.maths.architecture import one_of


class UnlessFewer(int):
    """A batch size that nobody asked for: of fewer samples all are taken, where a number that was given is refused."""


BATCH_SIZE = UnlessFewer(128)


@dataclass(frozen=True)
class Settings:
    """The arguments of ``mlpviz.train`` beside the network and the data.

    ``tf32`` lets a GPU round the factors of float32 products to 11 significant bits (TensorFloat-32), which is quicker.

    Raises ValueError naming the argument, what it got and what would be right.
    """

    optimizer: str = "adam"
    learning_rate: float = 1e-3
    batch_size: int | None = BATCH_SIZE
    epochs: int = 5
    shuffle: bool = True
    seed: int = 0
    freeze: Iterable[str] = ()
    schedule: str = "constant"
    schedule_options: Mapping[str, float] | None = None
    validation: Any = None
    measure: Iterable[str] = ()
    patience: int | None = None
    target_cost: float | None = None
    threads: int | None = None
    tf32: bool = False

    def __post_init__(self) -> None:
        one_of("optimizer", self.optimizer, OPTIMIZERS)
        number("learning_rate", self.learning_rate, above=0.0)
        whole("epochs", self.epochs, "epochs")
        optional = {"batch_size": "samples", "patience": "epochs", "threads": "threads"}
        for name, unit in optional.items():
            if getattr(self, name) is not None:
                whole(name, getattr(self, name), unit)
        if self.target_cost is not None:
            number("target_cost", self.target_cost, above=-math.inf)
        for name in ("shuffle", "tf32"):
            if not isinstance(getattr(self, name), bool):
                raise ValueError(f"{name} must be True or False, got {getattr(self, name)!r}")
        checked_seed(self.seed)
        bound_schedule(self.schedule, self.epochs, self.schedule_options)
        for name in sequence("measure", self.measure):
            one_of("measure", name, MEASURES)

    def batch_size_of(self, samples: int) -> int:
        """Samples a step, out of so many to train on."""
        if self.batch_size is None or (isinstance(self.batch_size, UnlessFewer) and samples < self.batch_size):
            return samples
        size = operator.index(self.batch_size)
        if size > samples:
            least = f"from 1 to {samples}, the number of samples to train on"
            raise ValueError(f"batch_size must be {least}, or None for all; got {size}")
        return size


def number(name: str, value: Any, above: float) -> float:
    """A finite number above a bound."""
    try:
        found = math.nan if isinstance(value, bool | str) else float(value)
    except (TypeError, ValueError):
        found = math.nan
    if not above < found < math.inf:
        least = f" above {above:g}" if above > -math.inf else ""
        raise ValueError(f"{name} must be a finite number{least}, got {value!r}")
    return found


def whole(name: str, value: Any, unit: str) -> int:
    """A whole number from 1 up."""
    try:
        found = 0 if isinstance(value, bool) else operator.index(value)
    except TypeError:
        found = 0
    if found < 1:
        raise ValueError(f"{name} must be a whole number of {unit} from 1 up, got {value!r}")
    return found


def sequence(name: str, values: Any) -> tuple[Any, ...]:
    """Several names, and not a single text."""
    if isinstance(values, str) or not isinstance(values, Iterable):
        raise ValueError(f"{name} must be a sequence of names, got {values!r}")
    return tuple(values)
