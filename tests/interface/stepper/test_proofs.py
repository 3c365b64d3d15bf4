"""The browser's proof of the gradients is the engine's: the same entries, the same verdict, the same relative error."""

import json
import subprocess
from dataclasses import replace

import numpy as np
import pytest

import mlpviz
from mlpviz.engine.descent import Update
from mlpviz.engine.gradient_check import ALL_UP_TO
from mlpviz.interface.stepper.program import program
from mlpviz.interface.stepper.proving import rule
from mlpviz.maths.losses import LOSSES, a, y
from tests.support.browser import ROOT
from tests.support.networks import CASES, case
from tests.support.node import host, node
from tests.support.oracle import problem, random_architecture


@pytest.fixture(scope="module")
def prover():
    """A process that proves gradients as the browser does."""
    command = [node(), str(ROOT / "tests/support/proving.mjs")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as process:
        yield process
        process.stdin.close()


def proven(process, update, amiss=0.0):
    """What the browser says of each gradient of a pass, each off by a part of itself."""
    trace = update.trace
    made, parameters = program(update), trace.parameters
    given = {"A[0]": trace.A[0], "Y": trace.Y}
    gradients = []
    for l in range(1, trace.architecture.depth + 1):
        for name in ("W", "b") if trace.architecture.bias else ("W",):
            given[f"{name}[{l}]"] = getattr(parameters, name)[l]
            values = (1 + amiss) * np.ravel(host(getattr(trace, f"d{name}")[l]))
            gradients.append({"key": f"d{name}[{l}]", "by": f"{name}[{l}]", "values": values.tolist()})
    asked = {"given": {key: np.ravel(host(each)).tolist() for key, each in given.items()}, "gradients": gradients}
    process.stdin.write(json.dumps(asked | {"program": made, "rule": rule(trace)}) + "\n")
    process.stdin.flush()
    answer = json.loads(process.stdout.readline())
    assert answer["steps"] == sum(len(each["values"]) for each in gradients)
    return answer["proofs"]


def updates():
    """The presets and test networks that the browser proves, and random ones."""
    generator = np.random.default_rng(3)
    drawn = [(random_architecture(generator), int(generator.integers(1, 9)), seed) for seed in range(30)]
    made = [Update(mlpviz.backpropagate(*problem(*each)), 0.5) for each in drawn]
    return [each for each in [*map(case, CASES), *made] if rule(each.trace)]


def test_it_is_the_engines(prover):
    for update in updates():
        trace = update.trace
        right = mlpviz.gradient_check(trace.parameters, trace.A[0], trace.Y)
        found = proven(prover, update)
        assert found.keys() == right.keys()
        for key, check in right.items():
            one = found[key]
            assert (one["checked"], one["of"], one["skipped"]) == (check.checked, check.of, check.skipped), key
            assert one["passed"] == check.passed
            assert (one["error"] is None) == (check.error is None)
            if check.error is not None and not check.distance <= check.resolution:
                assert one["error"] == pytest.approx(check.error, rel=0.5, abs=1e-9), key


def test_a_gradient_that_is_off_by_a_millionth_is_found_out(prover):
    found = proven(prover, case("two-three-two"), amiss=1e-6)
    for key, one in found.items():
        assert not one["passed"], key
        assert one["error"] == pytest.approx(0.5e-6, rel=1e-3), key


def test_larger_networks_and_losses_with_a_kink_are_the_servers(monkeypatch):
    few, many = ((2, n, 2) for n in (99, 100))
    sizes = {}
    for widths in (few, many):
        architecture = mlpviz.Architecture(widths, ("tanh", "tanh"), "half_squared_error", "sum")
        parameters, X, Y = problem(architecture, 2, seed=0)
        sizes[parameters.flat.size] = rule(mlpviz.backpropagate(parameters, X, Y)) is not None
    assert sizes == {size: size <= ALL_UP_TO for size in sizes}
    assert set(sizes.values()) == {True, False}
    monkeypatch.setitem(LOSSES, "half_squared_error", replace(LOSSES["half_squared_error"], kink=a - y))
    assert rule(case("two-three-two").trace) is None
