"""One step of training, bound: gather the samples, pass forward and backward, move the parameters."""

from __future__ import annotations

from collections.abc import Callable

from mlpviz.engine.arrays import Array, arrays
from mlpviz.engine.parameters import Parameters
from mlpviz.engine.trace import Trace
from mlpviz.engine.training.updates import Updates
from mlpviz.engine.unrolled import in_a_row


class Minibatch:
    """The trace of one batch size, and its two halves of a step.

    ``look`` takes the numbers of the samples, gathers them, makes the trace's own pass and returns the cost; ``move``
    updates the parameters.
    """

    def __init__(self, parameters: Parameters, X: Array, Y: Array, size: int, updates: Updates) -> None:
        self.size, self.trace = size, Trace(parameters, size)
        device = arrays(parameters.device)
        gathered = [*device.bind_rows(X, self.trace.A[0]), *device.bind_rows(Y, self.trace.Y)]
        read_cost = self.trace.cost_buffer.item
        self.look: Callable[[Array], float] = in_a_row([*gathered, *self.trace.whole_pass(), read_cost])
        self.move: Callable[[], object] = in_a_row(updates.bind(self.trace.gradient))
