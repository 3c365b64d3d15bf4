"""The workspace of one pass: every array of it, allocated once for a network and a batch size."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..maths import shapes
from ..maths.architecture import Architecture
from ..maths.equations import steps
from ..maths.expressions import Expression, Symbol
from ..maths.messages import Refusal
from ..maths.symbols import Role, named
from .arrays import Array, Arrays, Call
from .backend import backend
from .given import Layers
from .memory import of_trace
from .parameters import Parameters, views

PHASES = ("forward", "loss", "backward")

PASSES = (("forward", "loss"), ("backward",))
"""Groups of phases that always run as a whole; between two groups the forward pass's arrays may be changed."""


@dataclass(frozen=True)
class Sizes:
    """The numbers behind the symbols of a pass. It holds no array, so that keeping it keeps no memory."""

    architecture: Architecture
    batch_size: int

    def scalar(self, symbol: Symbol) -> float | None:
        """The number that a scalar symbol stands for, or None for an array."""
        match symbol:
            case Symbol("m"):
                return self.batch_size
            case Symbol("n", int(layer)):
                return self.architecture.widths[layer]
            case Symbol("l2"):
                return self.architecture.l2
        return None

    def shape(self, node: Expression) -> tuple[int, int]:
        """The shape of a tree's value.

        Raises ShapeError where it does not multiply.
        """
        symbolic = shapes.shape(node, lambda symbol: shapes.symbol_shape(symbol, self.architecture))
        return shapes.numbers(symbolic, self.architecture, self.batch_size)


class Trace:
    """A, Z, delta, dW, db by layer; Y, losses and cost: the buffers that a pass writes and everything else reads.

    A[l], Z[l], delta[l] are (m, n_l), dW and db as W and b, losses (m, 1). A[0] is the input batch; entry 0 of the
    others is None. ``gradient`` is ∇J as one vector, of which dW and db are views. The pass reads the parameters
    themselves, not a copy.
    """

    def __init__(self, parameters: Parameters, batch_size: int) -> None:
        architecture, dtype = parameters.architecture, parameters.dtype
        self.parameters, self.architecture, self.batch_size, self.dtype = parameters, architecture, batch_size, dtype
        sizes = Sizes(architecture, batch_size)
        self.scalar, self.shape = sizes.scalar, sizes.shape
        device = parameters.arrays
        device.check_room(lambda: of_trace(architecture, batch_size, dtype))
        self.memory = device.memory()
        with self.memory():
            self._allocate(device)

    def _allocate(self, device: Arrays) -> None:
        architecture, batch_size, dtype = self.architecture, self.batch_size, self.dtype

        def per_layer() -> list[Array]:
            return [device.matrix((batch_size, n), dtype) for n in architecture.widths[1:]]

        inputs = device.full((batch_size, architecture.widths[0]), 0.0, dtype)
        self.A = Layers([inputs, *per_layer()], "A", device)
        self.Z, self.delta = (Layers([None, *per_layer()], name, device) for name in ("Z", "delta"))
        self.Y = device.matrix((batch_size, architecture.widths[-1]), dtype)
        self.losses = device.full((batch_size, 1), 0.0, dtype)
        self.cost_buffer = device.full((1, 1), 0.0, dtype)
        self.gradient = device.full((architecture.parameter_count,), 0.0, dtype)
        self.dW, self.db = views(self.gradient, architecture, device, ("dW", "db"))

    @cached_property
    def calls(self) -> dict[str, list[Call]]:
        """The operations of every phase, in order, each bound to its buffers."""
        return self.bound(PASSES)

    def whole_pass(self) -> list[Call]:
        """The operations of all phases run in a row: what two phases need is computed once."""
        calls = self.bound([PHASES])
        return [call for phase in PHASES for call in calls[phase]]

    def bound(self, groups: Iterable[Iterable[str]]) -> dict[str, list[Call]]:
        """Bind groups of phases, each of which always runs as a whole."""
        binder = backend(self.parameters.device).binder(self)
        calls: dict[str, list[Call]] = {}
        for phases in groups:
            group = [step for step in steps(self.architecture) if step.phase in phases]
            for step, bound in zip(group, binder.bind_all(step.equation for step in group), strict=True):
                calls.setdefault(step.phase, []).extend(bound)
        return calls

    @property
    def cost(self) -> float:
        """J, the batch's reduced loss and the l2 term."""
        return float(self.cost_buffer[0, 0])

    def buffer(self, symbol: Symbol) -> Array:
        if symbol.layer is None:
            return {"Y": self.Y, "losses": self.losses, "cost": self.cost_buffer}[symbol.name]
        owner = self.parameters if symbol.name in named(Role.PARAMETER) else self
        layers: Any = getattr(owner, symbol.name, ())
        if symbol.layer not in range(len(layers)) or layers[symbol.layer] is None:
            raise Refusal("this network has no {symbol}", symbol=str(symbol))
        return layers[symbol.layer]
