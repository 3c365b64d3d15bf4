"""How much of a GPU's memory a run wants, found without a GPU: before anything is allocated there."""

from __future__ import annotations

from typing import Any

import numpy as np

from mlpviz.engine.memory import wanted
from mlpviz.engine.parameters import Parameters
from mlpviz.engine.passes import checked_batch
from mlpviz.engine.training.optimizers import OPTIMIZERS
from mlpviz.engine.training.settings import Settings
from mlpviz.engine.training.split import split
from mlpviz.jobs.spec import Spec


def bytes_wanted(spec: Spec, X: Any, Y: Any) -> int:
    """Bytes that a run wants on a GPU, its parameters included: X (m, n_0), Y (m, n_L).

    Raises ValueError if they do not fit together, naming the argument.
    """
    parameters, settings = Parameters(spec.architecture, spec.dtype), Settings(**spec.settings)
    X, Y = checked_batch(parameters, X, Y)
    order, held_out = split(parameters, X, Y, settings.validation, np.random.default_rng(settings.seed))
    size, optimizer = settings.batch_size_of(len(order)), OPTIMIZERS[settings.optimizer]
    return int(parameters.flat.nbytes) + wanted(parameters, X, Y, held_out, len(order), size, optimizer)
