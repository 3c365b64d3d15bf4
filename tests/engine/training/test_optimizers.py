"""The optimisers against torch.optim, and how their equations are bound."""

import numpy as np
import pytest

import mlpviz
from mlpviz.engine.cpu import update
from mlpviz.engine.cpu.update import update_calls
from mlpviz.engine.plan import TrainingPlan
from mlpviz.engine.training.freezing import movable
from mlpviz.engine.training.optimizers import OPTIMIZERS
from mlpviz.engine.updates import Updates
from tests.support.oracle import problem, require_torch

ARCHITECTURE = mlpviz.Architecture((5, 7, 3), ("tanh", "softmax"), "cross_entropy", "mean_samples", l2=0.01)
RATES = {"sgd": 0.1, "momentum": 0.05, "nesterov": 0.05, "adam": 0.01, "rmsprop": 0.01}


def torch_optimizer(torch, name, vector, rate):
    classes = {
        "sgd": lambda: torch.optim.SGD([vector], rate),
        "momentum": lambda: torch.optim.SGD([vector], rate, momentum=0.9, dampening=0),
        "nesterov": lambda: torch.optim.SGD([vector], rate, momentum=0.9, nesterov=True),
        "adam": lambda: torch.optim.Adam([vector], rate),
        "rmsprop": lambda: torch.optim.RMSprop([vector], rate),
    }
    return classes[name]()


def calls_of(updates, gradient):
    """One update, bound as a run on the CPU binds it."""
    plan = TrainingPlan(updates.parameters, None, None, 1, 1, updates, rate=lambda done: 0.0, scheduled=True)
    return update_calls(plan, gradient)


def test_every_optimizer_has_its_counterpart():
    assert set(RATES) == set(OPTIMIZERS) == {"sgd", "momentum", "nesterov", "adam", "rmsprop"}


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_updates_are_pytorchs(name):
    """The same gradients, some of them tiny or 0, through both for 500 updates."""
    torch = require_torch()
    parameters = mlpviz.initialize(ARCHITECTURE, "he_normal", 0, "float64")
    vector = torch.from_numpy(parameters.flat.copy()).requires_grad_()
    theirs = torch_optimizer(torch, name, vector, RATES[name])
    ours = Updates(OPTIMIZERS[name], parameters, [(0, parameters.flat.size)])
    gradient, generator = np.zeros_like(parameters.flat), np.random.default_rng(0)
    calls = calls_of(ours, gradient)
    for t in range(1, 501):
        gradient[...] = generator.normal(size=gradient.size) * 10.0 ** generator.integers(-9, 2, gradient.size)
        gradient[::7] = 0
        vector.grad = torch.from_numpy(gradient.copy())
        theirs.step()
        ours.set_numbers(RATES[name], t)
        for call in calls:
            call()
    np.testing.assert_allclose(parameters.flat, vector.detach().numpy(), rtol=1e-9, atol=1e-12)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_training_is_pytorchs(name):
    """Whole runs, minibatches and a short last batch included, to 1e-9 after 100 steps."""
    torch = require_torch()
    parameters, X, Y = problem(ARCHITECTURE, 23, 0)
    start = parameters.copy()
    records = list(mlpviz.train(parameters, X, Y, name, RATES[name], 5, epochs=20, shuffle=False))
    right = torch_costs(torch, start, X, Y, name)
    np.testing.assert_allclose(np.concatenate([record.costs for record in records]), right, rtol=1e-9)


def torch_costs(torch, start, X, Y, name):
    W = [torch.from_numpy(w.copy()).requires_grad_() for w in start.W[1:]]
    b = [torch.from_numpy(each.copy()).requires_grad_() for each in start.b[1:]]
    optimizer = torch_optimizer(torch, name, W[0], RATES[name])
    optimizer.add_param_group({"params": [*W[1:], *b]})
    X, Y, costs = torch.from_numpy(np.asarray(X)), torch.from_numpy(np.asarray(Y)), []
    for _ in range(20):
        for x, y in zip(X.split(5), Y.split(5), strict=True):
            optimizer.zero_grad()
            z = torch.tanh(x @ W[0].T + b[0]) @ W[1].T + b[1]
            cost = -(y * torch.log_softmax(z, 1)).sum() / len(x) + 0.005 * sum((w * w).sum() for w in W)
            cost.backward()
            optimizer.step()
            costs.append(cost.item())
    return costs


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_blocks_change_no_bit(name, monkeypatch):
    def trained():
        parameters, X, Y = problem(ARCHITECTURE, 20, 0)
        list(mlpviz.train(parameters, X, Y, name, RATES[name], 5, epochs=3))
        return parameters.flat

    whole = trained()
    monkeypatch.setattr(update, "LONG", 1)
    monkeypatch.setattr(update, "BLOCK", 7)
    np.testing.assert_array_equal(trained(), whole)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_blocks_share_their_scratch(name):
    parameters = mlpviz.Parameters(ARCHITECTURE)
    ours = Updates(OPTIMIZERS[name], parameters, [(0, 20), (20, 40), (40, 60)])
    calls = calls_of(ours, np.zeros_like(parameters.flat))
    held = [parameters.flat, *ours.state.values()]
    outputs = [call.args[-1] for call in calls]
    scratch = {id(x) for x in outputs if not any(np.shares_memory(x, vector) for vector in held)}
    assert len(calls) == 3 * len(
        calls_of(Updates(OPTIMIZERS[name], parameters, [(0, 20)]), np.zeros_like(parameters.flat))
    )
    assert len(scratch) <= 2


@pytest.mark.parametrize(
    ("freeze", "spans"),
    [
        ((), [(0, 66)]),
        (("b",), [(0, 35), (42, 63)]),
        (("W[1]",), [(35, 66)]),
        (("b[2]",), [(0, 63)]),
        (("W", "b[1]"), [(63, 66)]),
        (("W", "b"), []),
    ],
)
def test_what_is_frozen_has_no_part_in_the_update(freeze, spans):
    assert movable(ARCHITECTURE, freeze) == spans


@pytest.mark.parametrize("name", ["c", "W[0]", "W[3]", "b[]", "W[-1]", "", 1, None])
def test_unknown_names_are_not_frozen(name):
    message = r"^freeze must name parameters of this network, W or b, or W\[1\] to b\[2\]; got"
    with pytest.raises(ValueError, match=message):
        movable(ARCHITECTURE, [name])


def test_no_bias_no_freezing_it():
    bare = mlpviz.Architecture((2, 1), ("identity",), "squared_error", "sum", bias=False)
    with pytest.raises(ValueError, match="^freeze must name"):
        movable(bare, ["b"])
    for given in ("W", None, 1):
        with pytest.raises(ValueError, match=f"^freeze must be a sequence.*, got {given!r}$"):
            movable(bare, given)


@pytest.mark.parametrize("name", OPTIMIZERS)
def test_what_is_frozen_does_not_move(name):
    parameters, X, Y = problem(ARCHITECTURE, 20, 0)
    start = parameters.copy()
    list(mlpviz.train(parameters, X, Y, name, RATES[name], 5, epochs=2, freeze=("W[1]", "b[2]")))
    np.testing.assert_array_equal(parameters.W[1], start.W[1])
    np.testing.assert_array_equal(parameters.b[2], start.b[2])
    assert (parameters.W[2] != start.W[2]).all() and (parameters.b[1] != start.b[1]).all()
