"""Which samples are trained on, and which are only looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from ...maths.messages import Refusal, counted
from ..arrays import Array
from ..parameters import Parameters
from ..passes import checked_batch
from .evaluation import Evaluation, chunk_sizes


@dataclass(frozen=True, eq=False)
class HeldOut:
    """Validation samples: the rows ``index`` of the run's data, or of their ``own`` X and Y."""

    index: np.ndarray
    own: tuple[Array, Array] | None = None

    @property
    def entries(self) -> int:
        """Entries of ``own`` data."""
        return sum(values.size for values in self.own or ())

    @property
    def batch_sizes(self) -> set[int]:
        """The batch sizes in which they are evaluated."""
        return chunk_sizes(len(self.index))

    def evaluation(self, parameters: Parameters, X: Array, Y: Array) -> Evaluation:
        """The evaluation of the network on them; X and Y are the run's data on the network's device."""
        if self.own is not None:
            X, Y = (parameters.arrays.asarray(values, parameters.dtype) for values in self.own)
        return Evaluation(parameters, X, Y, self.index)


def split(
    parameters: Parameters, X: Array, validation: Any, generator: np.random.Generator
) -> tuple[np.ndarray, HeldOut | None]:
    """The training rows' numbers, and the validation samples: ``validation`` is None, a share or a pair X, Y.

    Raises ValueError for anything else, or a share that leaves either side without a sample.
    """
    m = X.shape[0]
    if validation is None:
        return np.arange(m), None
    if isinstance(validation, tuple | list) and len(validation) == 2:
        other_X, other_Y = checked_batch(parameters, *validation)
        return np.arange(m), HeldOut(np.arange(other_X.shape[0]), (other_X, other_Y))
    share = float(validation) if isinstance(validation, float) else 0.0
    count = round(share * m) if 0 < share < 1 else 0
    if not 0 < count < m:
        raise Refusal(
            counted(
                "validation must be a share between 0 and 1 of the {count} sample that leaves some on both sides, "
                "or a pair (X, Y); got {validation!r}",
                "validation must be a share between 0 and 1 of the {count} samples that leaves some on both sides, "
                "or a pair (X, Y); got {validation!r}",
                m,
                validation=validation,
            )
        )
    order = generator.permutation(m)
    return order[count:], HeldOut(np.sort(order[:count]))
