"""The stand-in for a GPU, for the runs that want one."""

from tests.engine.gpu.conftest import emulator, recorder  # noqa: F401
