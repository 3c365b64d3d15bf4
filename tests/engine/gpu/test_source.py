"""The generated kernels, compiled for the CPU and run, against the CPU's own trace."""

from unittest.mock import patch

import numpy as np
import pytest

import mlpviz
from mlpviz.engine.gpu.schedule import lowering as cutting
from mlpviz.engine.gpu.schedule.launches import Kernel
from mlpviz.engine.passes import backward, forward
from mlpviz.maths.activations import ACTIVATIONS
from mlpviz.maths.equations import EQUATIONS, Equation
from mlpviz.maths.losses import LOSSES, REDUCTIONS
from tests.support.equations import OTHERS
from tests.support.oracle import distance, problem, random_architecture
from tests.support.plans import FORWARD, TOLERANCE, emulated, equations, planned

pytestmark = pytest.mark.xdist_group("emulator")

SAMPLES = (1, 2, 31, 33, 257)
WIDTHS = (1, 2, 3, 5, 17, 32, 33, 100, 300)


def networks():
    """Random networks that between them have every activation inside and outside, every loss and every reduction."""
    generator = np.random.default_rng(5)
    for k, (name, loss, reduction) in enumerate(every_entry()):
        drawn = random_architecture(generator, loss=loss, reduction=reduction)
        inside = [name if l == k % drawn.depth else other for l, other in enumerate(drawn.activations[:-1])]
        outputs = LOSSES[loss].outputs or tuple(ACTIVATIONS)
        widths = tuple(int(n) for n in generator.choice(WIDTHS, drawn.depth + 1)) if k % 3 == 0 else drawn.widths
        chain = (*inside, outputs[k % len(outputs)])
        yield mlpviz.Architecture(widths, chain, loss, reduction, drawn.bias, drawn.l2)


def every_entry():
    """Enough triples of an activation, a loss and a reduction that each occurs."""
    losses, reductions = list(LOSSES), list(REDUCTIONS)
    return [
        (name, losses[k % len(losses)], reductions[k % len(reductions)]) for k, name in enumerate([*ACTIVATIONS] * 2)
    ]


WIDE = mlpviz.Architecture((1100, 3, 1100), ("softmax", "softmax"), "cross_entropy", "mean_samples", l2=0.1)
"""Rows so long that a block works on each."""

CASES = [
    (architecture, SAMPLES[k % len(SAMPLES)], ("float32", "float64")[k % 2], ("fused", "apart", "large")[k % 3])
    for k, architecture in enumerate(networks())
] + [(WIDE, 5, "float32", "fused")]
IDS = [f"{k}-{'-'.join(map(str, case[0].widths))}-{case[3]}" for k, case in enumerate(CASES)]


def plans(architecture, m, dtype, way):
    """A trace's plans: in few launches, one a primitive, or as if it were large.

    Then rows are added up in pieces, and no product is small.
    """
    usual = {"TALL": cutting.TALL}
    large = {"TALL": 1, "PIECE": 7, "tiled": lambda product, trees: product} if way == "large" else usual
    with patch.multiple(cutting, **large):
        return [planned(architecture, m, dtype, phases, fused=way != "apart") for phases in (FORWARD, ("backward",))]


@pytest.fixture(scope="module")
def planned_cases(emulator):
    """The plans of all cases, compiled at once."""
    found = [plans(*case) for case in CASES]
    emulator.compile(each for both in found for one in both for each in one.launches if isinstance(each, Kernel))
    return found


def trace_of(architecture, m, dtype, seed=1):
    """The CPU's own trace."""
    return mlpviz.backpropagate(*problem(architecture, m, seed, dtype))


@pytest.mark.parametrize("number", range(len(CASES)), ids=IDS)
def test_every_array_equals_the_trace(number, emulator, planned_cases):
    """All that is poisoned before is written, too."""
    architecture, m, dtype, _ = CASES[number]
    trace = trace_of(architecture, m, dtype)
    arrays = emulated(emulator, planned_cases[number], trace, seed=number).arrays
    for equation in equations(architecture):
        right = np.reshape(trace.buffer(equation.target), arrays[equation.target].shape)
        assert distance(arrays[equation.target], right) <= TOLERANCE[dtype], equation.target


@pytest.mark.parametrize("number", range(0, len(CASES), 4), ids=IDS[::4])
def test_the_order_of_threads_and_blocks_changes_no_bit(number, emulator, planned_cases):
    architecture, m, dtype, _ = CASES[number]
    trace = trace_of(architecture, m, dtype)
    one, other = (emulated(emulator, planned_cases[number], trace, seed).arrays for seed in (1, 2))
    for symbol, array in one.items():
        np.testing.assert_array_equal(array, other[symbol], str(symbol))


EXTREME = [
    (("sigmoid", "softmax"), "cross_entropy"),
    (("softmax", "sigmoid"), "binary_cross_entropy"),
    (("relu", "sigmoid"), "cross_entropy"),
    (("elu", "softplus"), "squared_error"),
    (("gelu", "tanh"), "half_squared_error"),
    (("silu", "leaky_relu"), "half_squared_error"),
]


@pytest.mark.parametrize(("activations", "loss"), EXTREME)
def test_overflow_and_nan_are_where_the_cpu_has_them(activations, loss, emulator):
    """Infinite logits with labels of 0, rows of NaN, sums that overflow."""
    architecture = mlpviz.Architecture((2, 3, 4), activations, loss, "mean_samples")
    parameters, X, Y = problem(architecture, 6, 3)
    Y[:, 1:] = 0
    trace = mlpviz.backpropagate(parameters, X, Y)
    trace.A[0][1], trace.A[0][2], trace.A[0][3, 0] = 1e200, np.nan, np.inf
    parameters.b[2][0, 3] = -np.inf
    forward(trace)
    backward(trace)
    arrays = emulated(emulator, [planned(architecture, 6, "float64")], trace).arrays
    for equation in equations(architecture):
        right = np.reshape(trace.buffer(equation.target), arrays[equation.target].shape)
        np.testing.assert_allclose(arrays[equation.target], right, 1e-9, 1e-12, err_msg=str(equation.target))


REPLACED = mlpviz.Architecture((2, 3, 5, 4), ("tanh", "sigmoid", "softmax"), "cross_entropy", "mean_samples", l2=0.3)


@pytest.mark.parametrize("name", dict.fromkeys(equation.name for equation in equations(REPLACED)))
def test_the_kernels_follow_a_replaced_equation(name, emulator, monkeypatch):
    monkeypatch.setitem(EQUATIONS, name, Equation(name, EQUATIONS[name].target, OTHERS[name]))
    trace = trace_of(REPLACED, 6, "float64")
    arrays = emulated(emulator, plans(REPLACED, 6, "float64", "fused"), trace).arrays
    for equation in equations(REPLACED):
        right = np.reshape(trace.buffer(equation.target), arrays[equation.target].shape)
        assert distance(arrays[equation.target], right) <= 1e-12, equation.target
