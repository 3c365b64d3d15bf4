"""Which samples are trained on, and which are only looked at."""

from __future__ import annotations

from typing import Any

import numpy as np

from mlpviz.engine.arrays import Array
from mlpviz.engine.evaluation import Evaluation
from mlpviz.engine.parameters import Parameters
from mlpviz.engine.passes import checked_batch


def split(
    parameters: Parameters, X: Array, Y: Array, validation: Any, generator: np.random.Generator
) -> tuple[np.ndarray, Evaluation | None]:
    """The row numbers to train on, and the rest: ``validation`` is None, a share of the samples, or a pair (X, Y).

    Raises ValueError for anything else, or a share that leaves either side without a sample.
    """
    m = X.shape[0]
    if validation is None:
        return np.arange(m), None
    if isinstance(validation, tuple | list) and len(validation) == 2:
        other_X, other_Y = checked_batch(parameters, *validation)
        return np.arange(m), Evaluation(parameters, other_X, other_Y, np.arange(other_X.shape[0]))
    share = float(validation) if isinstance(validation, float) else 0.0
    count = round(share * m)
    if not 0 < share < 1 or not 0 < count < m:
        raise ValueError(
            f"validation must be a share between 0 and 1 of the {m} samples that leaves some on both sides, "
            f"or a pair (X, Y); got {validation!r}"
        )
    order = generator.permutation(m)
    return order[count:], Evaluation(parameters, X, Y, np.sort(order[:count]))
