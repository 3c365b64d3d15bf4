"""How much memory of its device a run wants."""

from __future__ import annotations

from ..arrays import Array
from ..memory import of_run
from ..parameters import Parameters
from ..updates import Optimizer
from .split import HeldOut


def bytes_wanted(
    parameters: Parameters,
    X: Array,
    Y: Array,
    held_out: HeldOut | None,
    samples: int,
    batch_size: int,
    optimizer: Optimizer,
) -> int:
    """Bytes of a device's memory that a run wants beside its parameters."""
    return of_run(
        parameters.architecture,
        parameters.dtype,
        data=X.size + Y.size + (held_out.entries if held_out is not None else 0),
        samples=samples,
        vectors=len(optimizer.state),
        numbers=len(optimizer.numbers(1.0, 1)),
        batch_sizes=[
            batch_size,
            *({samples % batch_size} - {0, batch_size}),
            *(held_out.batch_sizes if held_out is not None else ()),
        ],
    )
