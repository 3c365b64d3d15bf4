"""The stand-in for a GPU, for the runs that want one."""

from tests.support.emulator import emulator  # noqa: F401
from tests.support.recorder import recorder  # noqa: F401
