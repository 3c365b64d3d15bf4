"""Equations as launches on one workspace's buffers, as the CPU's binder makes operations of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from itertools import accumulate, pairwise

from mlpviz.engine.arrays import Array, Call
from mlpviz.engine.backend import Workspace
from mlpviz.engine.gpu.runtime.device import GpuDevice
from mlpviz.engine.gpu.runtime.products import LibraryProducts, Products
from mlpviz.engine.gpu.schedule.launches import Kernel, Plan, Product
from mlpviz.engine.gpu.schedule.plan import plan
from mlpviz.maths.equations import Equation
from mlpviz.maths.expressions import Symbol


class Launcher:
    """Binds plans to a workspace's buffers, to those of a run if there is one, and to scratch."""

    def __init__(
        self,
        workspace: Workspace,
        device: GpuDevice,
        products: Products | None = None,
        others: Mapping[Symbol, Array] | None = None,
    ) -> None:
        self.workspace, self.device = workspace, device
        self.products = products or LibraryProducts()
        self.others = dict(others or {})

    def bind_all(self, equations: Iterable[Equation]) -> list[list[Call]]:
        """The launches of each of several equations that always run in a row; one of an earlier may serve a later.

        Raises ShapeError where an equation does not multiply or is not of its target's shape.
        """
        workspace = self.workspace
        planned = plan(list(equations), workspace.shape, workspace.scalar, workspace.dtype)
        calls = self.bind_plan(planned)
        return [calls[start:end] for start, end in pairwise([0, *accumulate(planned.ends, max)])]

    def bind_plan(self, planned: Plan) -> list[Call]:
        """Bind a plan's launches to their buffers, and allocate its scratch."""
        dtype = self.workspace.dtype
        with self.workspace.memory():
            self.others |= {symbol: self.device.xp.zeros(size, dtype) for symbol, size in planned.scratch.items()}
        return [self.bind_launch(launch) for launch in planned.launches]

    def bind_launch(self, launch: Product | Kernel) -> Call:
        match launch:
            case Product(left, right, out, left_transposed, right_transposed):
                matrices = (self.buffer(left), self.buffer(right), self.buffer(out))
                return self.products.bind(*matrices, left_transposed, right_transposed)
            case Kernel():
                arguments = tuple(map(self.buffer, launch.arguments))
                return partial(self.device.kernel(launch), launch.grid, launch.block, arguments, launch.shared)

    def buffer(self, symbol: Symbol) -> Array:
        return self.others[symbol] if symbol in self.others else self.workspace.buffer(symbol)
