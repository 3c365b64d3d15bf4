"""What one epoch of training leaves behind."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from .measures import MEASURES


@dataclass(frozen=True)
class Recorded:
    """Which epochs of a run leave a record: all or, of a run longer than ``most``, every second, every third and so on,
    and always the first and the last.
    """

    epochs: int
    most: int | None = None

    @cached_property
    def every(self) -> int:
        return 1 if self.most is None else -(-self.epochs // self.most)

    def __contains__(self, epoch: float) -> bool:
        return epoch % self.every == 0 or epoch in (1, self.epochs)

    def since(self, epoch: int) -> int:
        """The number of epochs up to this one since one before it left a record."""
        return epoch - max((epoch - 1) // self.every * self.every, min(epoch - 1, 1))


@dataclass(frozen=True, eq=False)
class Record:
    """One epoch: ``costs`` holds J of every step, before its update; ``cost`` is their mean over the samples (their
    sum if the architecture's reduction is ``sum``).

    ``epoch`` counts from 1, ``step`` counts all updates so far; ``seconds`` is the time of the steps since the record
    before, and ``samples`` how many went through them. ``measures`` holds what was asked for of MEASURES, by name;
    ``record.accuracy`` is ``record.measures["accuracy"]``, or None if that was not asked for. ``stopped`` is None
    unless the run ends here before its time, and ``message`` says it in a sentence:

    "target"    the cost has come down to ``target_cost`` (the validation cost, if there is one)
    "patience"  the cost has not come down for ``patience`` epochs
    "diverged"  a cost or a parameter is no longer finite; ``costs`` then ends with the step at which it happened, and
                the parameters are back where the cost was last finite
    """

    epoch: int
    step: int
    cost: float
    costs: np.ndarray
    seconds: float
    samples: int
    learning_rate: float
    validation_cost: float | None = None
    validation_accuracy: float | None = None
    measures: Mapping[str, Any] = field(default_factory=dict)
    stopped: str | None = None
    message: str = ""

    def __getattr__(self, name: str) -> Any:
        if name in MEASURES:
            return self.measures.get(name)
        raise AttributeError(name)
