"""One step of training, bound: gather the samples, pass forward and backward, move the parameters."""

from __future__ import annotations

from collections.abc import Callable

from mlpviz.engine.arrays import Array, arrays
from mlpviz.engine.parameters import Parameters
from mlpviz.engine.straight import in_a_row
from mlpviz.engine.trace import Trace
from mlpviz.engine.updates import Updates


class Minibatch:
    """The trace of one batch size, and its two halves of a step.

    ``look`` takes the numbers of the samples, gathers them, makes the trace's own pass and returns the cost; ``move``
    updates the parameters.
    """

    def __init__(self, parameters: Parameters, X: Array, Y: Array, size: int, updates: Updates) -> None:
        self.size, self.trace = size, Trace(parameters, size)
        device, calls = arrays(parameters.device), self.trace.calls
        gathered = [*device.bind_rows(X, self.trace.A[0]), *device.bind_rows(Y, self.trace.Y)]
        passes = [*calls["forward"], *calls["loss"], *calls["backward"]]
        self.look: Callable[[Array], float] = in_a_row([*gathered, *passes, self.trace.cost_buffer.item])
        self.move: Callable[[], object] = in_a_row(updates.bind(self.trace.gradient))
