"""What the tests of generated kernels share: the compiled kernels of a session, and a stand-in for the GPU."""

from tests.support.emulator import emulator  # noqa: F401
from tests.support.recorder import counter, cuda, gpu, recorder  # noqa: F401
