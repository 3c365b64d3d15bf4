"""What the tests of the benchmark share: a stand-in for the GPU, and one thread for every library.

More threads would wait for each other's cores.
"""

import pytest

from mlpviz.benchmark.configurations import one_thread
from mlpviz.benchmark.device_race import available
from tests.support.emulator import emulator  # noqa: F401
from tests.support.recorder import counter, recorder  # noqa: F401


@pytest.fixture(autouse=True)
def _one_thread():
    if available("PyTorch eager"):
        import torch

        torch.set_num_threads(1)
    with one_thread(True):
        yield
