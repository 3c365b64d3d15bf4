"""Looking at a run from outside: the network as it is now, and the batch that its next step will take."""

from __future__ import annotations

import copy

import numpy as np

from mlpviz.engine.training.training import Training
from mlpviz.jobs import checkpoint
from mlpviz.jobs.run import Run


def training_of(run: Run) -> Training:
    """The run as its newest checkpoint has it, to be looked at and not trained on.

    Raises ValueError if it is damaged.
    """
    training = run.spec.training(**run.arrays, device="cpu")
    checkpoint.resume(run.path, training)
    return training


def next_batch(training: Training) -> np.ndarray:
    """The row numbers of the samples that the next step takes: of the next epoch's order if this one is over."""
    order, size = training.order, training.batch_size
    if training.position == 0 and training.settings.shuffle:
        order = order.copy()
        copy.deepcopy(training.generator).shuffle(order)
    return order[training.position * size : (training.position + 1) * size]
