"""Steps of many networks: by NumPy at first, as machine code once that has been made and saves time."""

from __future__ import annotations

from ...maths.messages import Refusal
from .. import compiled
from ..compiled.choice import Takeover, paying
from ..compiled.successor import Successor
from ..plan import TrainingPlan
from .host import HostMany
from .networks import ManyBatches, Networks

READY = 8.0
"""Seconds until the steps of one batch size are machine code."""

SAVED = 5e-9
"""Seconds that machine code saves of each entry that a step of NumPy's computes, at least."""

OVERHEAD = 200e-6
"""Seconds of a step that NumPy needs for its calls alone."""


class ManySteps:
    """The steps of a run of many networks; equal runs take machine code at the same step, and so are equal."""

    def __init__(self, plan: TrainingPlan, networks: Networks) -> None:
        self._take(machine_code(plan, networks) if plan.compiled else HostMany(plan, networks))
        at = takeover(plan, networks.count)
        self.successor = None if at is None else Successor(at, lambda: machine_code(plan, self.networks()))

    def ready(self, done: int, deadline: float) -> bool:
        """Whether the steps of an epoch after ``done`` others are there before the deadline."""
        if self.successor is None:
            return True
        if not self.successor.ready(done, deadline):
            return False
        if done >= self.successor.at.used:
            if (made := self.successor.made) is not None:  # as it is where the compiler failed
                made.put(self.networks())
                self._take(made)
            self.successor = None
        return True

    def put(self, networks: Networks) -> None:
        """Go on from where other networks stand."""
        self.inner.put(networks)

    def _take(self, steps: ManyBatches) -> None:
        self.inner = steps
        self.how, self.run, self.networks = steps.how, steps.run, steps.networks


def machine_code(plan: TrainingPlan, networks: Networks) -> ManyBatches:
    """The steps as machine code.

    Raises ValueError if the compiler is missing.
    """
    if not compiled.available():
        raise Refusal("compiled=True needs Numba: python -m pip install numba")
    from .blocks import CompiledMany

    return CompiledMany(plan, networks)


def takeover(plan: TrainingPlan, count: int) -> Takeover | None:
    """When machine code takes the steps of so many networks over; None if it does not pay."""
    if plan.compiled is not None or not compiled.available():
        return None
    architecture = plan.parameters.architecture
    entries = count * (plan.batch_size * sum(architecture.widths) + plan.parameters.flat.size)
    seconds = OVERHEAD + SAVED * entries
    return paying(plan.wanted, seconds, seconds, READY * (1 + bool(plan.rest)))
