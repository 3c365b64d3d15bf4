"""What a device has to offer to run the equations; each is loaded by its name, once it is asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from functools import cache
from pkgutil import resolve_name
from typing import Any, ClassVar, Protocol

from ..maths.equations import Equation
from ..maths.expressions import Expression, Symbol
from ..maths.messages import Refusal, alternatives, as_given
from .arrays import Array, Arrays, Call

BACKENDS = {"cpu": "mlpviz.engine.compiled:Processor", "cuda": "mlpviz.engine.gpu:Cuda"}
"""The backend of each device: a further one is a folder and a row."""


class Workspace(Protocol):
    """The buffers that equations are bound to: those of one pass, or of one update."""

    @property
    def dtype(self) -> str: ...

    @property
    def memory(self) -> Callable[[], AbstractContextManager[Any]]:
        """A context manager: arrays allocated in it are freed together."""

    def buffer(self, symbol: Symbol) -> Array: ...

    def scalar(self, symbol: Symbol) -> float | None:
        """The fixed number that a symbol stands for, or None if it stands for an array."""

    def shape(self, node: Expression) -> tuple[int, int]:
        """The shape of a tree's value.

        Raises ShapeError where it does not multiply.
        """


class Binder(Protocol):
    """Turns equations into calls that compute them in place."""

    def bind_all(self, equations: Iterable[Equation]) -> list[list[Call]]:
        """The calls of each of several equations that always run in a row.

        Raises ShapeError where an equation does not multiply or is not of its target's shape.
        """


class Backend(Protocol):
    """One device: its arrays, and its way to bind equations; ``plan.Trainer`` adds the loop of its training."""

    library: ClassVar[str]

    @property
    def arrays(self) -> Arrays: ...

    def binder(self, workspace: Workspace) -> Binder: ...


@cache
def backend(device: str) -> Backend:
    """The backend of a device: "cpu" or "cuda".

    Raises ValueError if there is no such device, or if it cannot be used here.
    """
    if device not in BACKENDS:
        raise Refusal("device must be {devices}, got {device}", devices=alternatives(BACKENDS), device=as_given(device))
    found: Backend = resolve_name(BACKENDS[device])()
    return found


def library(device: str) -> str:
    """The name of the package that has a device's arrays, without loading it."""
    return str(resolve_name(BACKENDS[device]).library)
