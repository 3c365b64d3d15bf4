"""What one epoch of training leaves behind."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from mlpviz.engine.training.measures import MEASURES

if TYPE_CHECKING:
    from mlpviz.engine.training.training import Training


@dataclass(frozen=True, eq=False)
class Record:
    """One epoch: ``costs`` holds J of every step, before its update; ``cost`` is their mean over the samples (their
    sum if the architecture's reduction is ``sum``).

    ``epoch`` counts from 1, ``step`` counts all updates so far; ``seconds`` is the time of this epoch's steps.
    ``stopped`` is None unless the run ends here before its time, and ``message`` says it in a sentence:

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
    accuracy: float | None = None
    gradient_norms: tuple[float, ...] | None = None
    dead_units: tuple[int, ...] | None = None
    saturation: tuple[float, ...] | None = None
    stopped: str | None = None
    message: str = ""

    @property
    def samples_per_second(self) -> float:
        """The speed of the epoch's steps."""
        return self.samples / self.seconds if self.seconds else float("inf")


def summary(training: Training) -> Record:
    """The record of the epoch whose last step has just been made, or at whose last step the run has diverged."""
    costs = training.costs[: training.position + 1]
    samples = min(len(costs) * training.batch_size, len(training.order))
    validation = training.validation.cost_and_accuracy() if training.validation is not None else (None, None)
    return Record(
        epoch=training.epoch + 1,
        step=training.step,
        cost=mean_cost(training, costs, samples),
        costs=costs,
        seconds=training.seconds,
        samples=samples,
        learning_rate=training.learning_rate,
        validation_cost=validation[0],
        validation_accuracy=validation[1],
        **{name: MEASURES[name](training) for name in training.settings.measure},
    )


def mean_cost(training: Training, costs: np.ndarray, samples: int) -> float:
    """The sample-weighted mean of the steps' costs, or their sum if the cost of a batch is a sum."""
    if training.parameters.architecture.reduction == "sum":
        return float(costs.sum())
    m, before = training.batch_size, len(costs) - 1
    return (float(costs[:-1].sum()) * m + float(costs[-1]) * (samples - before * m)) / samples
