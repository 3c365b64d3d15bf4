"""Where the engine meets a device: what is asked for is loaded, and a further device is one row of the table."""

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import mlpviz
from mlpviz.engine.backend import BACKENDS, backend
from mlpviz.engine.cpu import Cpu
from tests.support.oracle import problem

ARCHITECTURE = mlpviz.Architecture((3, 4, 2), ("tanh", "softmax"), "cross_entropy", "mean_samples")


class Counted(Cpu):
    """The processor, which counts how often it is asked for what a pass and a run need of a device."""

    binders = loops = 0

    def binder(self, workspace):
        Counted.binders += 1
        return super().binder(workspace)

    def loop(self, plan):
        Counted.loops += 1
        return super().loop(plan)


@pytest.fixture
def another(monkeypatch):
    """A further device."""
    monkeypatch.setitem(BACKENDS, "another", f"{__name__}:{Counted.__name__}")
    monkeypatch.setattr(Counted, "binders", 0)
    monkeypatch.setattr(Counted, "loops", 0)
    backend.cache_clear()
    yield "another"
    backend.cache_clear()


def test_a_further_device_is_one_row(another):
    here, X, Y = problem(ARCHITECTURE, 8, 0)
    there = here.astype(here.dtype, another)
    trace = mlpviz.backpropagate(there, X, Y)
    np.testing.assert_array_equal(trace.gradient, mlpviz.backpropagate(here, X, Y).gradient)
    assert (Counted.binders, Counted.loops) == (1, 0)
    costs = [[record.cost for record in mlpviz.train(each, X, Y, batch_size=4, epochs=2)] for each in (here, there)]
    assert costs[0] == costs[1]
    assert Counted.loops == 1
    np.testing.assert_array_equal(there.flat, here.flat)


def test_no_device_is_loaded_before_it_is_asked_for():
    code = "import sys, mlpviz; print(*sys.modules)"
    root = Path(__file__).parents[2]
    loaded = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True).stdout
    packages = tuple(path.partition(":")[0] for path in BACKENDS.values())
    assert not [name for name in loaded.split() if name.startswith(packages)]


def test_the_cpu_loads_nothing_of_the_gpu():
    code = "import sys, mlpviz; from mlpviz.engine.backend import backend; backend('cpu'); print(*sys.modules)"
    root = Path(__file__).parents[2]
    loaded = subprocess.run([sys.executable, "-c", code], cwd=root, capture_output=True, text=True, check=True).stdout
    assert "mlpviz.engine.cpu" in loaded.split()
    assert not [name for name in loaded.split() if name.startswith("mlpviz.engine.gpu")]
