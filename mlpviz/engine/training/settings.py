"""What is chosen for a run of training: one row a setting, with its default and what it may be."""

from __future__ import annotations

import math
import operator
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from ...maths.architecture import one_of
from ...maths.messages import Message, Refusal
from ..initializers import checked_seed
from .measures import MEASURES
from .optimizers import OPTIMIZERS
from .schedules import bound_schedule


class DefaultBatchSize(int):
    """A default batch size: with fewer samples it takes all of them, where a chosen one would be refused."""


BATCH_SIZE = DefaultBatchSize(128)


# what a setting may be


def number(name: str, value: Any, above: float = -math.inf) -> float:
    """A finite number above a bound."""
    try:
        finite = math.nan if isinstance(value, bool | str) else float(value)
    except (TypeError, ValueError, OverflowError):
        finite = math.nan
    if above < finite < math.inf:
        return finite
    if above == -math.inf:
        raise Refusal("{name} must be a finite number, got {value!r}", name=name, value=value)
    raise Refusal("{name} must be a finite number above {above:g}, got {value!r}", name=name, above=above, value=value)


def whole(name: str, value: Any, unit: Message) -> int:
    """A whole number from 1 up."""
    try:
        count = 0 if isinstance(value, bool) else operator.index(value)
    except TypeError:
        count = 0
    if count < 1:
        raise Refusal(
            "{name} must be a whole number of {unit} from 1 up, got {value!r}", name=name, unit=unit, value=value
        )
    return count


def flag(name: str, value: Any) -> None:
    if not isinstance(value, bool):
        raise Refusal("{name} must be True or False, got {value!r}", name=name, value=value)


def names(name: str, values: Any, table: Mapping[str, Any]) -> None:
    if isinstance(values, str) or not isinstance(values, Collection):
        raise Refusal("{name} must be a sequence of names, got {values!r}", name=name, values=values)
    for value in values:
        one_of(name, value, table)


def anything(name: str, value: Any) -> None:
    """Accept any value: it is checked once network and data are known."""


def setting(default: Any, check: Callable[..., object] = anything, optional: bool = False, **bounds: Any) -> Any:
    """A field with its default; ``check`` refuses what ``bounds`` do not allow."""

    def checked(name: str, value: Any) -> None:
        if not (optional and value is None):
            check(name, value, **bounds)

    return field(default=default, metadata={"check": checked})


EPOCHS, SAMPLES, THREADS = Message("epochs"), Message("samples"), Message("threads")


@dataclass(frozen=True)
class Settings:
    """The arguments of ``mlpviz.train`` beside the network and the data.

    ``tf32`` lets a GPU round the factors of float32 products to 11 significant bits (TensorFloat-32), which is quicker.
    ``compiled`` makes the steps on the CPU machine code, for which Numba has to be installed; None does so by and by
    where that saves time.

    Raises ValueError naming the argument, what it got and what would be right.
    """

    optimizer: str = setting("adam", one_of, table=OPTIMIZERS)
    learning_rate: float = setting(1e-3, number, above=0.0)
    batch_size: int | None = setting(BATCH_SIZE, whole, optional=True, unit=SAMPLES)
    epochs: int = setting(5, whole, unit=EPOCHS)
    shuffle: bool = setting(True, flag)
    seed: int = setting(0, lambda name, value: checked_seed(value))
    freeze: Iterable[str] = setting(())
    schedule: str = setting("constant")
    schedule_options: Mapping[str, float] | None = setting(None)
    validation: float | Sequence[Any] | None = setting(None)
    measure: Iterable[str] = setting((), names, table=MEASURES)
    patience: int | None = setting(None, whole, optional=True, unit=EPOCHS)
    target_cost: float | None = setting(None, number, optional=True)
    threads: int | None = setting(None, whole, optional=True, unit=THREADS)
    tf32: bool = setting(False, flag)
    compiled: bool | None = setting(None, flag, optional=True)

    def __post_init__(self) -> None:
        for each in fields(self):
            each.metadata["check"](each.name, getattr(self, each.name))
        bound_schedule(self.schedule, self.epochs, self.schedule_options)

    def batch_size_of(self, samples: int) -> int:
        """The batch size for ``samples`` training samples."""
        if self.batch_size is None or (isinstance(self.batch_size, DefaultBatchSize) and samples < self.batch_size):
            return samples
        size = operator.index(self.batch_size)
        if size > samples:
            raise Refusal(
                "batch_size must be from 1 to {samples}, the number of samples to train on, or None for all; "
                "got {size}",
                samples=samples,
                size=size,
            )
        return size
