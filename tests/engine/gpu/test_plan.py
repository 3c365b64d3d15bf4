"""What a plan launches, how often, and when each value stands."""

from math import prod

import numpy as np
import pytest

import mlpviz
from mlpviz.benchmark.configurations import CONFIGURATIONS
from mlpviz.engine.gpu.schedule.launches import COSTS, NEXT, GatherLaunch, Kernel, Product, UpdateLaunch
from mlpviz.engine.training.optimizers import OPTIMIZERS
from mlpviz.maths.activations import ACTIVATIONS
from mlpviz.maths.equations import EQUATIONS, Equation
from mlpviz.maths.losses import LOSSES, REDUCTIONS
from mlpviz.maths.shapes import ShapeError
from tests.support.equations import MISSHAPEN
from tests.support.oracle import distance, problem
from tests.support.plans import FORWARD, PASS, emulated, equations, planned, shape_of

MOST = 15
"""Launches of a training step of three layers."""


def step_plan(name, fused=True):
    """The plan of a whole training step of a configuration."""
    configuration = CONFIGURATIONS[name]
    architecture, optimizer = configuration.architecture, OPTIMIZERS[configuration.optimizer]
    update = UpdateLaunch(optimizer.equations, ((0, architecture.parameter_count),), tuple(optimizer.numbers(1.0, 1)))
    return planned(
        architecture, configuration.batch_size, "float32", PASS, GatherLaunch(configuration.batch_size), update, fused
    )


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_a_training_step_takes_few_launches(name):
    launches = step_plan(name).launches
    layers = CONFIGURATIONS[name].architecture.depth
    assert len(launches) <= 5 * layers <= MOST
    products = sum(1 if isinstance(each, Product) else each.name.count("product_") for each in launches)
    assert products == 3 * layers - 1, "no other products than the equations'"
    assert not step_plan(name).scratch


@pytest.mark.parametrize("name", CONFIGURATIONS)
def test_a_launch_for_every_primitive_is_too_many(name):
    assert len(step_plan(name, fused=False).launches) > MOST


def test_the_terms_of_l2_cost_no_launch():
    architecture = mlpviz.Architecture((4, 5, 6, 3), ("relu", "relu", "softmax"), "cross_entropy", "mean_samples")
    decayed = mlpviz.Architecture(
        architecture.widths, architecture.activations, "cross_entropy", "mean_samples", l2=0.1
    )
    assert len(planned(decayed, 8).launches) == len(planned(architecture, 8).launches)


def test_the_first_launch_gathers_and_the_last_one_counts():
    first, *_, last = step_plan("d").launches
    assert first.name == "gather"
    assert last.name == "update"
    assert last.arguments[-2:] == (COSTS, NEXT)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_every_network_can_be_planned(name, loss):
    """Each target is written, by kernels whose names and arguments differ."""
    outputs = LOSSES[loss].outputs or tuple(ACTIVATIONS)
    output = name if name in outputs else outputs[0]
    for reduction in REDUCTIONS:
        for bias, l2, m in ((True, 0.0, 7), (False, 0.2, 1)):
            architecture = mlpviz.Architecture((3, 4, 2), (name, output), loss, reduction, bias, l2)
            plan = planned(architecture, m)
            kernels = [each for each in plan.launches if isinstance(each, Kernel)]
            written = {symbol for each in kernels for symbol in each.arguments} | {
                each.out for each in plan.launches if isinstance(each, Product)
            }
            assert {equation.target for equation in equations(architecture)} <= written
            assert len({kernel.name for kernel in kernels}) == len(kernels)
            assert all(len(set(kernel.arguments)) == len(kernel.arguments) for kernel in kernels)


@pytest.mark.xdist_group("emulator")
@pytest.mark.parametrize("phases", [FORWARD, PASS])
def test_a_value_stands_once_its_launches_have_been_made(phases, emulator):
    architecture = mlpviz.Architecture(
        (3, 4, 5, 2), ("softmax", "tanh", "sigmoid"), "squared_error", "mean_samples", l2=0.2
    )
    trace = mlpviz.backpropagate(*problem(architecture, 6, 1))
    plan = planned(architecture, 6, "float64", phases)
    assert len(plan.ends) == len(equations(architecture, phases))
    emulator.compile(each for each in plan.launches if isinstance(each, Kernel))
    memory = emulated(emulator, [], trace)
    memory.add_all(plan.scratch, "float64")
    for made, launch in enumerate(plan.launches, 1):
        memory.make([launch])
        for equation, end in zip(equations(architecture, phases), plan.ends, strict=True):
            right = np.reshape(trace.buffer(equation.target), memory.arrays[equation.target].shape)
            assert end > made or distance(memory.arrays[equation.target], right) <= 1e-12


def test_a_tall_narrow_matrix_is_added_up_in_pieces():
    """The pieces' sums are one buffer and one launch more, which no benchmark's own batch pays for."""
    architecture = CONFIGURATIONS["c"].architecture
    usual, tall = planned(architecture, 7000), planned(architecture, 65_536)
    assert not usual.scratch
    assert list(tall.scratch.values()) == [(8, 128)]
    assert len(tall.launches) == len(usual.launches) + 1


@pytest.mark.parametrize("name", [name for name in MISSHAPEN if "update" not in name and "change" not in name])
def test_what_does_not_multiply_is_refused(name, monkeypatch):
    monkeypatch.setitem(EQUATIONS, name, Equation(name, EQUATIONS[name].target, MISSHAPEN[name]))
    architecture = mlpviz.Architecture((2, 3, 5, 4), ("tanh", "sigmoid", "softmax"), "cross_entropy", "mean_samples")
    with pytest.raises(ShapeError, match=r"is \(.*\) and "):
        planned(architecture, 6)


def test_entries_are_counted_in_64_bits_where_32_are_too_few():
    architecture = mlpviz.Architecture(
        (70_000, 70_000, 2), ("relu", "softmax"), "cross_entropy", "mean_samples", l2=0.1
    )
    shape, found = shape_of(architecture, 70_000), []
    for kernel in (each for each in planned(architecture, 70_000).launches if isinstance(each, Kernel)):
        large = any(prod(shape(symbol)) >= 2**31 for symbol in kernel.arguments if "scratch" not in symbol.name)
        assert ("const long long at" in kernel.source) == large
        found.append(large)
    assert {True, False} == set(found)
