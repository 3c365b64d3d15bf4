"""Runs the equations on a GPU: kernels are planned, written in CUDA C, compiled and launched."""

from ..backend import Workspace
from ..plan import TrainingPlan
from .arrays import LIBRARY, Gpu, gpu_library
from .runtime.launcher import Launcher
from .runtime.loop import DeviceSteps


class Cuda:
    """The current GPU.

    Raises ValueError saying what is missing.
    """

    library = LIBRARY

    def __init__(self) -> None:
        self.arrays = Gpu(gpu_library())

    def binder(self, workspace: Workspace) -> Launcher:
        return Launcher(workspace, self.arrays.device)

    def loop(self, plan: TrainingPlan) -> DeviceSteps:
        return DeviceSteps(plan, self.arrays.device)
