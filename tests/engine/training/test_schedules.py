"""Learning-rate schedules, against torch.optim.lr_scheduler where it has the same."""

import numpy as np
import pytest

import mlpviz
from mlpviz.engine.training.schedules import SCHEDULES, bound_schedule
from tests.support.oracle import problem, require_torch

ARCHITECTURE = mlpviz.Architecture((2, 3, 1), ("tanh", "identity"), "squared_error", "mean_samples")


def test_every_schedule_starts_with_a_whole_learning_rate_or_warms_up():
    for name in SCHEDULES:
        factor = bound_schedule(name, 20)
        assert factor(0.0) == (0.01 if name == "warm_up" else 1.0)
        assert all(0 <= factor(done) <= 1 for done in np.linspace(0, 20, 50))


@pytest.mark.parametrize(
    ("name", "options", "make"),
    [
        ("step", {"every": 3, "gamma": 0.5}, lambda of, s: of.StepLR(s, 3, 0.5)),
        ("cosine", {"lowest": 0.1}, lambda of, s: of.CosineAnnealingLR(s, 12, 0.1)),
        ("warm_up", {"over": 4}, lambda of, s: of.LinearLR(s, 0.01, 1.0, 4)),
        ("constant", {}, lambda of, s: of.ConstantLR(s, 1.0)),
    ],
)
def test_schedules_are_pytorchs(name, options, make):
    torch = require_torch()
    optimizer = torch.optim.SGD([torch.zeros(1, requires_grad=True)], 1.0)
    theirs, ours = make(torch.optim.lr_scheduler, optimizer), bound_schedule(name, 12, options)
    for epoch in range(12):
        assert ours(float(epoch)) == pytest.approx(theirs.get_last_lr()[0], rel=1e-12)
        optimizer.step()
        theirs.step()


@pytest.mark.parametrize("optimizer", ["sgd", "momentum", "adam"])
def test_the_rate_follows_the_schedule_step_by_step(optimizer):
    """Two epochs at the full rate and two at a tenth are those two runs one after the other (plain descent)."""
    (parameters, X, Y), steps = problem(ARCHITECTURE, 12, 0), {"every": 2.0, "gamma": 0.1}
    other = parameters.copy()
    options = {"batch_size": 4, "shuffle": False}
    records = list(
        mlpviz.train(parameters, X, Y, optimizer, 0.1, epochs=4, schedule="step", schedule_options=steps, **options)
    )
    assert [record.learning_rate for record in records] == pytest.approx([0.1, 0.1, 0.01, 0.01])
    if optimizer == "sgd":
        list(mlpviz.train(other, X, Y, optimizer, 0.1, epochs=2, **options))
        list(mlpviz.train(other, X, Y, optimizer, 0.01, epochs=2, **options))
        np.testing.assert_allclose(parameters.flat, other.flat, rtol=1e-12)


@pytest.mark.parametrize(
    ("schedule", "options", "message"),
    [
        ("linear", {}, "^schedule must be one of constant, step, cosine, warm_up; got 'linear'$"),
        ("step", {"often": 1}, "^schedule_options of the schedule step are every, gamma; got 'often'$"),
        ("constant", {"every": 1}, "^schedule_options of the schedule constant are none; got 'every'$"),
        ("step", {"every": 0}, r"^schedule_options\['every'\] must be a finite number above 0, got 0$"),
        ("step", {"gamma": float("nan")}, r"^schedule_options\['gamma'\] must be"),
        ("warm_up", {"over": "2"}, r"^schedule_options\['over'\] must be"),
        ("cosine", {"lowest": -1}, r"^schedule_options\['lowest'\] must be"),
    ],
)
def test_what_is_wrong_is_named(schedule, options, message):
    with pytest.raises(ValueError, match=message):
        bound_schedule(schedule, 5, options)


def test_a_power_beyond_every_number_is_infinite_and_not_an_error():
    assert bound_schedule("step", 20, {"every": 1e-6, "gamma": 1e6})(20.0) == np.inf
    assert bound_schedule("step", 20, {"every": 1e-6, "gamma": 0.5})(20.0) == 0.0
