"""Runs the equations with NumPy."""

from .arrays import HOST
from .binding import HostBinder
from .loop import HostSteps


class Cpu:
    """The processor."""

    library = "numpy"
    arrays = HOST
    binder = HostBinder
    loop = HostSteps
