"""Runs the equations with NumPy."""

from ..plan import Steps, TrainingPlan
from .arrays import HOST
from .binding import HostBinder
from .loop import HostSteps


class Cpu:
    """The processor."""

    library = "numpy"
    arrays = HOST
    binder = HostBinder

    def loop(self, plan: TrainingPlan) -> Steps:
        return HostSteps(plan)
