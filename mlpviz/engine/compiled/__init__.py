"""Runs the equations on the processor, long trainings as machine code: loops from the equations, compiled by Numba."""

from __future__ import annotations

from ...maths.messages import Refusal
from ..cpu import Cpu
from ..devices import has_compiler as available
from ..plan import Steps, TrainingPlan


class Processor(Cpu):
    """The processor. A training is machine code if that is wanted, and by and by where it saves time."""

    def loop(self, plan: TrainingPlan) -> Steps:
        """The steps of a plan.

        Raises ValueError if they have to be machine code and the compiler is missing.
        """
        if plan.compiled and not available():
            raise Refusal("compiled=True needs Numba: python -m pip install numba")
        if plan.compiled is False or not available():
            return super().loop(plan)
        from .choice import takeover

        at = None if plan.compiled else takeover(plan)
        if at is None and not plan.compiled:
            return super().loop(plan)
        from .steps import CompiledSteps, LaterSteps  # with the compiler, which takes longer to load than many a run

        return CompiledSteps(plan) if at is None else LaterSteps(plan, at)
