"""What the tests of the benchmark share: one thread for every library, since more would wait for each other's cores."""

import pytest

from mlpviz.benchmark.configurations import one_thread
from mlpviz.benchmark.device_race import available


@pytest.fixture(autouse=True)
def _one_thread():
    if available("PyTorch eager"):
        import torch

        torch.set_num_threads(1)
    with one_thread(True):
        yield
