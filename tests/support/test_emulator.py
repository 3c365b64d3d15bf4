"""The emulator notices what a GPU would punish: barriers missing or not met by all, and writing where nothing is."""

import numpy as np
import pytest

from mlpviz.engine.gpu.schedule.launches import Kernel
from mlpviz.maths.expressions import Symbol
from tests.support.emulator import Emulator, Memory

pytestmark = pytest.mark.xdist_group("emulator")

x, y = Symbol("x"), Symbol("y")

REVERSE = """
extern "C" __global__ void reverse(const float* x, float* y)
{
    __shared__ float shared[64];
    shared[threadIdx.x] = x[threadIdx.x];
    %s
    y[threadIdx.x] = shared[63 - threadIdx.x];
}
"""

WARP_SUM = """
extern "C" __global__ void warp_sum(const float* x, float* y)
{
    float sum = x[blockIdx.x * blockDim.x + threadIdx.x];
    for (int apart = 16; apart > 0; apart /= 2)
        sum += __shfl_xor_sync(0xffffffffu, sum, apart);
    if (threadIdx.x % 32 == 0)
        y[blockIdx.x * 2 + threadIdx.x / 32] = sum;
}
"""

CHAIN = """
extern "C" __global__ void chain(const float* x, float* y)
{
    y[blockIdx.x] = blockIdx.x == 0 ? x[0] : y[blockIdx.x - 1] + x[blockIdx.x];
}
"""


@pytest.fixture(scope="module")
def emulator(tmp_path_factory):
    return Emulator(tmp_path_factory.mktemp("emulator"))


def run(emulator, name, source, given, size, blocks=1, threads=64, seed=0):
    """What a kernel with an input and an output leaves in the output."""
    memory = Memory(emulator)
    memory.put({x: np.asarray(given, "float32")})
    memory.add(y, (size,), "float32")
    memory.make([Kernel(name, source, (x, y), (blocks, 1, 1), (threads, 1, 1))], seed)
    return memory.arrays[y]


def test_threads_of_a_block_meet_at_a_barrier(emulator):
    given = np.arange(64)
    assert (run(emulator, "reverse", REVERSE % "__syncthreads();", given, 64) == given[::-1]).all()


def test_a_missing_barrier_shows(emulator):
    given = np.arange(64)
    assert (run(emulator, "reverse", REVERSE % "__syncwarp();", given, 64) != given[::-1]).any()


def test_a_barrier_that_some_threads_pass_by_is_refused(emulator):
    with pytest.raises(AssertionError, match="wait at different places"):
        run(emulator, "reverse", REVERSE % "if (threadIdx.x < 40) __syncthreads();", np.arange(64), 64)


def test_warps_exchange_their_own_numbers(emulator):
    given = np.arange(192)
    right = given.reshape(6, 32).sum(1)
    assert (run(emulator, "warp_sum", WARP_SUM, given, 6, blocks=3) == right).all()


def test_blocks_that_wait_for_one_another_show(emulator):
    found = [run(emulator, "chain", CHAIN, np.ones(50), 50, blocks=50, threads=1, seed=seed) for seed in (1, 2)]
    assert all(np.isnan(each).any() for each in found)


def test_writing_beyond_a_buffer_is_noticed(emulator):
    source = CHAIN.replace("y[blockIdx.x]", "y[blockIdx.x + 1]")
    with pytest.raises(AssertionError, match="beyond y"):
        run(emulator, "chain", source, np.ones(50), 50, blocks=50, threads=1)
