"""A pass through a lent trace is that of a trace of one's own, bit for bit, and nothing of another's is seen in it."""

import threading

import numpy as np
import pytest

import mlpviz
from mlpviz.engine import lending
from mlpviz.engine.descent import Update
from mlpviz.engine.gradient_check import gradient_check
from mlpviz.engine.lending import Lender
from mlpviz.engine.passes import backward, copy_batch, forward
from mlpviz.engine.trace import Trace
from mlpviz.maths.equations import EQUATIONS, Equation, steps
from tests.support.equations import OTHERS
from tests.support.oracle import problem

NETWORK = mlpviz.Architecture((2, 3, 4), ("tanh", "softmax"), "cross_entropy", "mean_samples", l2=0.1)
ARRAYS = ("A", "Z", "delta", "dW", "db")


def alone(parameters, X, Y):
    """A pass of a trace whose own operations are bound."""
    trace = Trace(parameters, len(X))
    copy_batch(trace, X, Y)
    forward(trace)
    backward(trace)
    return trace


def arrays(trace):
    layers = [each for name in ARRAYS for each in getattr(trace, name) if each is not None]
    return [*layers, trace.losses, trace.cost_buffer, trace.gradient]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
def test_lent_passes_are_those_of_ones_own(dtype):
    for seed in range(6):
        parameters, X, Y = problem(NETWORK, 3 + seed % 2, seed=seed)
        parameters = parameters.astype(dtype)
        lent, own = mlpviz.backpropagate(parameters, X, Y), alone(parameters, X, Y)
        assert "calls" not in vars(lent), "nothing was bound for it"
        assert all(np.array_equal(one, other) for one, other in zip(arrays(lent), arrays(own), strict=True))
        forward(lent)
        assert "calls" in vars(lent), "it can be run again all the same"


def test_what_a_pass_does_not_compute_is_not_anothers():
    mlpviz.backpropagate(*problem(NETWORK, 3, seed=1))
    after = Update(mlpviz.backpropagate(*problem(NETWORK, 3, seed=2)), 0.1).after
    assert not after.gradient.any()
    assert not any(each.any() for each in after.delta[1:])
    assert after.cost > 0


def test_an_equation_that_is_replaced_is_bound_anew(monkeypatch):
    parameters, X, Y = problem(NETWORK, 3, seed=1)
    before = mlpviz.backpropagate(parameters, X, Y)
    for name in ("affine map", "weight gradient"):
        with monkeypatch.context() as patched:
            patched.setitem(EQUATIONS, name, Equation(name, EQUATIONS[name].target, OTHERS[name]))
            target = next(each.equation.target for each in steps(NETWORK) if each.equation.name == name)
            assert not np.allclose(mlpviz.backpropagate(parameters, X, Y).buffer(target), before.buffer(target))
    assert np.array_equal(mlpviz.backpropagate(parameters, X, Y).gradient, before.gradient)


def test_a_trace_is_lent_to_one_at_a_time_and_few_are_kept():
    lender = Lender(most=2)
    parameters, X, _Y = problem(NETWORK, 3, seed=1)
    with lender.lent(parameters, len(X)) as one, lender.lent(parameters, len(X)) as other:
        assert one is not other
        assert one.parameters is not parameters
    assert len(lender.idle) == 2
    with pytest.raises(KeyError), lender.lent(parameters, len(X)):
        raise KeyError
    assert len(lender.idle) == 1, "one whose pass has failed does not come back"
    for m in range(4, 8):
        with lender.lent(parameters, m):
            pass
    assert [trace.batch_size for _key, trace in lender.idle] == [6, 7]


def test_large_networks_are_not_lent(monkeypatch):
    monkeypatch.setattr(lending, "LARGEST", 0)
    trace = mlpviz.backpropagate(*problem(NETWORK, 3, seed=1))
    assert "calls" in vars(trace)


def test_many_threads_at_once_have_their_own_numbers():
    problems = [problem(NETWORK, 3, seed=seed) for seed in range(8)]
    own = [alone(*each).gradient.copy() for each in problems]
    wrong = []

    def work(k):
        for _ in range(40):
            trace = mlpviz.backpropagate(*problems[k])
            checks = gradient_check(*problems[k])
            if not (np.array_equal(trace.gradient, own[k]) and all(each.passed for each in checks.values())):
                wrong.append(k)

    threads = [threading.Thread(target=work, args=(k,)) for k in range(len(problems))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
