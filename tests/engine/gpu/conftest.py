"""What the tests of generated kernels share: the compiled kernels of a session, and a stand-in for the GPU."""

import pytest

from tests.support.emulator import Emulator
from tests.support.recorder import counter, cuda, gpu, recorder  # noqa: F401


@pytest.fixture(scope="session")
def emulator(tmp_path_factory):
    """Runs kernels on the CPU; compiled ones are kept until the end."""
    return Emulator(tmp_path_factory.mktemp("emulator"))
