"""Networks to plan, and what planning needs to know of them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

import mlpviz
from mlpviz.engine.gpu.schedule.launches import GatherLaunch, Kernel, Plan, UpdateLaunch
from mlpviz.engine.gpu.schedule.plan import plan
from mlpviz.maths import shapes
from mlpviz.maths.equations import Equation, steps
from mlpviz.maths.expressions import Symbol
from tests.support.emulator import Emulator, Memory

FORWARD = ("forward", "loss")
PASS = (*FORWARD, "backward")
TOLERANCE = {"float32": 1e-5, "float64": 1e-12}


def equations(architecture: mlpviz.Architecture, phases: tuple[str, ...] = PASS) -> list[Equation]:
    """The equations of some phases of a pass."""
    return [step.equation for step in steps(architecture) if step.phase in phases]


def shape_of(architecture: mlpviz.Architecture, m: int) -> Callable[[Symbol], tuple[int, int]]:
    """The shape of each array."""
    return lambda symbol: shapes.numbers(shapes.symbol_shape(symbol, architecture), architecture, m)


def scalar_of(architecture: mlpviz.Architecture, m: int) -> Callable[[Symbol], float | None]:
    """The value of each symbol that is a fixed number."""

    def scalar(symbol: Symbol) -> float | None:
        if symbol.name == "n":
            return architecture.widths[symbol.layer]
        return {"m": m, "l2": architecture.l2}.get(symbol.name)

    return scalar


def planned(
    architecture: mlpviz.Architecture,
    m: int,
    dtype: str = "float32",
    phases: tuple[str, ...] = PASS,
    gather: GatherLaunch | None = None,
    update: UpdateLaunch | None = None,
    fused: bool = True,
) -> Plan:
    """The plan of some phases of a pass over m samples."""
    shape, scalar = shape_of(architecture, m), scalar_of(architecture, m)
    return plan(equations(architecture, phases), shape, scalar, dtype, gather, update, fused)


def emulated(emulator: Emulator, plans: list[Plan], trace: mlpviz.Trace, seed: int = 0) -> Memory:
    """The buffers after some plans, one after the other, from a trace's own batch and parameters."""
    memory, dtype = Memory(emulator), trace.parameters.dtype
    emulator.compile(each for one in plans for each in one.launches if isinstance(each, Kernel))
    given = [step.equation.target for step in steps(trace.architecture) if step.phase in PASS]
    for l in range(1, trace.architecture.depth + 1):
        memory.put({Symbol("W", l): trace.parameters.W[l]})
        memory.put({Symbol("b", l): trace.parameters.b[l]} if trace.architecture.bias else {})
    memory.put({Symbol("A", 0): trace.A[0], Symbol("Y"): np.ascontiguousarray(trace.Y)})
    for target in given:
        memory.add(target, trace.buffer(target).shape, dtype)
    for each in plans:
        memory.add_all(each.scratch, dtype)
        memory.make(each.launches, seed)
    return memory
