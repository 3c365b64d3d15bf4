"""What a plan is made of: matrix products, generated kernels, and the names of a training run's buffers.

Every matrix on the device is C-contiguous; W[l], b[l] are parts of ``THETA`` and dW[l], db[l] of ``GRADIENT``. No other
two buffers overlap.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mlpviz.engine.arrays import Span
from mlpviz.maths.equations import Equation
from mlpviz.maths.expressions import Symbol

DATA_X, DATA_Y = Symbol("data X"), Symbol("data Y")
"""All samples that a run may gather from: (samples, n_0) and (samples, n_L), of the network's dtype."""

ORDER = Symbol("order")
"""int64 (samples to train on,): the row numbers of the epoch in the order in which they are trained on."""

NEXT, NOW = Symbol("next step"), Symbol("step now")
"""int64 (1,) each, counted from 0 within the epoch: the step to make next, and the one that is being made.

The gather reads NEXT and writes NOW, the update reads NOW and writes NEXT: set NEXT to 0 before an epoch (or to where
it goes on), and no launch needs to be told which step it makes.
"""

NUMBERS = Symbol("numbers")
"""(steps of the epoch, len(UpdateLaunch.numbers)) of the network's dtype: row u is of step u."""

COSTS = Symbol("costs")
"""(steps of the epoch,) of the network's dtype: entry u is the cost of step u, before its update."""

STEPS = Symbol("steps")
"""int64 (1,): how many steps a launch of the persistent kernel makes; the others do not read it."""


@dataclass(frozen=True)
class Product:
    """The matrix product out = left @ right, either operand read transposed where its flag says so."""

    left: Symbol
    right: Symbol
    out: Symbol
    left_transposed: bool = False
    right_transposed: bool = False

    def __str__(self) -> str:
        left, right = (f"{each}{'.T' * flag}" for each, flag in self.operands)
        return f"{self.out} = {left} @ {right}"

    @property
    def operands(self) -> tuple[tuple[Symbol, bool], ...]:
        return (self.left, self.left_transposed), (self.right, self.right_transposed)


@dataclass(frozen=True)
class Kernel:
    """A kernel as complete CUDA C that compiles alone, without includes; sizes and constants stand in its source.

    ``arguments`` are its pointers in order, all its arguments; ``shared`` is dynamic shared memory in bytes.
    """

    name: str
    source: str
    arguments: tuple[Symbol, ...]
    grid: tuple[int, int, int]
    block: tuple[int, int, int]
    shared: int = 0


@dataclass(frozen=True)
class Plan:
    """What to launch, in order, to carry out some equations.

    ``scratch`` names the buffers that it needs beside the equations' own, with their shapes (the network's dtype).
    ``ends`` says for each equation how many launches must have been made before its value stands.
    """

    launches: tuple[Product | Kernel, ...]
    scratch: Mapping[Symbol, tuple[int, int]]
    ends: tuple[int, ...]


@dataclass(frozen=True)
class GatherLaunch:
    """The first launch of a training step: A[0] and Y are the rows of DATA_X and DATA_Y whose numbers stand in ORDER.

    ``batch_size`` is that of a complete batch: step u begins at ORDER[u · batch_size], a short last one too. How many
    rows are gathered is the shape of A[0].
    """

    batch_size: int


@dataclass(frozen=True)
class UpdateLaunch:
    """The last launch of a training step: an optimiser's equations on the parts of the flat vectors that may move.

    ``numbers`` are the names of the columns of NUMBERS. The launch also puts the cost into COSTS and counts NEXT up;
    with no spans it does only that.
    """

    equations: tuple[Equation, ...]
    spans: tuple[Span, ...]
    numbers: tuple[str, ...]
