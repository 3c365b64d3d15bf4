"""Whole runs of training by generated kernels, launch by launch and in the persistent kernel, against the CPU's."""

import numpy as np
import pytest

import mlpviz
from mlpviz.benchmark.configurations import CONFIGURATIONS
from mlpviz.engine.gpu.codegen.persistent import MOST_BYTES, MOST_MULTIPLICATIONS, parts, persistent
from mlpviz.engine.gpu.schedule.launches import GatherLaunch, UpdateLaunch
from mlpviz.engine.plan import THETA
from mlpviz.engine.training.optimizers import OPTIMIZERS
from tests.support.emulated import Run, reference
from tests.support.oracle import distance, problem, random_architecture
from tests.support.plans import equations, scalar_of, shape_of

pytestmark = pytest.mark.xdist_group("emulator")

TRAJECTORY = {"float32": 1e-4, "float64": 1e-10}
SAME = {"float32": 1e-5, "float64": 1e-12}
FREEZES = ((), ("W[1]",), ("W",), ())
CASES = [
    # seed, optimiser, dtype, samples, batch size, what is frozen, schedule
    (k, name, ("float32", "float64")[k % 2], (23, 40, 9)[k % 3], (8, 1, 5, 4)[k % 4], FREEZES[k % 4], schedule)
    for k, (name, schedule) in enumerate((name, schedule) for schedule in ("constant", "cosine") for name in OPTIMIZERS)
]


class Case:
    """A run, and what the CPU makes of it."""

    def __init__(self, emulator, seed, optimizer, dtype, samples, batch_size, freeze, schedule):
        architecture = random_architecture(np.random.default_rng(seed + 40))
        self.parameters, *self.data = problem(architecture, samples, seed, dtype)
        self.settings = {"optimizer": optimizer, "learning_rate": 0.02, "batch_size": batch_size, "freeze": freeze}
        self.settings |= {"schedule": schedule, "epochs": 2}
        self.emulator, self.dtype = emulator, dtype

    def run(self):
        """A fresh run by emulated launches."""
        return Run(self.emulator, self.parameters.copy(), self.data, **self.settings)

    def right(self):
        """The costs and the trained parameters of the CPU."""
        parameters = self.parameters.copy()
        return reference(parameters, self.data, 7, **self.settings), parameters.flat


@pytest.fixture(scope="module")
def cases(emulator):
    """All cases, their kernels compiled at once."""
    made = [Case(emulator, *case) for case in CASES]
    emulator.compile(kernel for case in made for kernel in case.run().kernels())
    return made


@pytest.mark.parametrize("together", [False, True], ids=["launches", "persistent"])
@pytest.mark.parametrize("number", range(len(CASES)), ids=[f"{case[1]}-{case[6]}" for case in CASES])
def test_training_follows_the_cpu(number, together, cases):
    case = cases[number]
    costs, theta = case.right()
    run = case.run()
    assert distance(run.train(7, together), costs) <= TRAJECTORY[case.dtype]
    assert distance(run.shared.arrays[THETA], theta) <= TRAJECTORY[case.dtype]


@pytest.mark.parametrize("number", range(len(CASES)), ids=[f"{case[1]}-{case[6]}" for case in CASES])
def test_the_persistent_kernel_leaves_what_the_launches_leave(number, cases):
    """Every array of the last step's trace, the vectors, the numbers of the steps and the costs."""
    case = cases[number]
    one, other = case.run(), case.run()
    one.train(7)
    other.train(7, together=True)
    last = one.sizes()[-1]
    found, right = other.trace(last).arrays, one.trace(last).arrays
    symbols = [symbol for symbol in right if not symbol.name.startswith(("scratch", "steps"))]
    assert len(symbols) > 10
    for symbol in symbols:
        assert distance(found[symbol], right[symbol]) <= 100 * SAME[case.dtype], symbol


def kernel(architecture, m, optimizer="sgd"):
    """The persistent kernel of a network, or None."""
    entry = OPTIMIZERS[optimizer]
    update = UpdateLaunch(entry.equations, ((0, architecture.parameter_count),), tuple(entry.numbers(1.0, 1)))
    given = (equations(architecture), shape_of(architecture, m), scalar_of(architecture, m), "float32")
    return persistent(*given, GatherLaunch(m), update, parts(architecture))


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_only_tiny_networks_train_in_one_launch(name):
    configuration = CONFIGURATIONS[name]
    made = kernel(configuration.architecture, configuration.batch_size, configuration.optimizer)
    assert (made is not None) == (name in {"a", "b"})


def test_the_limits_are_what_a_block_holds_and_can_do():
    """The first is too large for the shared memory, the second takes too many multiplications."""
    assert (
        kernel(mlpviz.Architecture((2, 3, 1), ("tanh", "identity"), "squared_error", "sum"), MOST_BYTES // 40) is None
    )
    wide = mlpviz.Architecture((60, 60, 60), ("tanh", "identity"), "squared_error", "sum")
    assert 60 * 60 * 5 * 15 > MOST_MULTIPLICATIONS
    assert kernel(wide, 15) is None
    assert kernel(mlpviz.Architecture((20, 20, 20), ("tanh", "identity"), "squared_error", "sum"), 15) is not None


def test_parts_are_where_the_views_are():
    architecture = mlpviz.Architecture((2, 3, 4), ("tanh", "identity"), "squared_error", "sum")
    parameters = mlpviz.Parameters(architecture)
    parameters.flat[...] = np.arange(parameters.flat.size)
    for symbol, (vector, first) in parts(architecture).items():
        assert (vector == THETA) == (symbol.name in "Wb")
        assert getattr(parameters, symbol.name[-1])[symbol.layer].flat[0] == first
