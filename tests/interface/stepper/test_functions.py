"""f and f′ beside a unit come from the activations' own table, and are evaluated in the browser as the engine does."""

import json

import numpy as np
import pytest

import mlpviz
from mlpviz.engine.evaluate import evaluate
from mlpviz.interface.stepper.functions import functions, program_of
from mlpviz.maths.activations import ACTIVATIONS, a, v, z
from tests.support.networks import case, view_of
from tests.support.node import ROWS, evaluating

POINTS = [-750.0, -30.0, -2.0, -0.5, 0.0, 0.3, 2.0, 30.0, 750.0]


def network(name):
    loss = "cross_entropy" if name == "softmax" else "half_squared_error"
    return mlpviz.Architecture((2, 3), (name,), loss, "sum")


def of_browser(name, row, unit):
    """f and what comes back through it for 1 at a unit, of a row of z."""
    program = program_of(1, network(name))
    given = {"z": [repr(float(x)) for x in row], "v": [str(float(i == unit)) for i in range(len(row))]}
    process = evaluating()
    process.stdin.write(json.dumps({"program": program, "given": given, "updates": 0}) + "\n")
    process.stdin.flush()
    found = json.loads(process.stdout.readline())["values"]
    return [np.array(list(map(float, found[key]))) for key in ("a", "back")]


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_f_and_its_slope_are_the_engines(name):
    activation = ACTIVATIONS[name]
    rows = [[x] for x in POINTS] if activation.elementwise else [[x, 0.5, -1.0] for x in POINTS]
    for row in rows:
        values = {z: np.array([row]), v: np.eye(len(row))[:1]}
        with np.errstate(all="ignore"):
            values[a] = np.asarray(evaluate(activation.kernel or activation.formula, values.get))
            back = np.asarray(evaluate(activation.pull_back(v, z, a), values.get))
            slope = np.broadcast_to(back, np.shape(values[z]))
        found, came = of_browser(name, row, 0)
        np.testing.assert_allclose(found, np.ravel(values[a]), rtol=1e-12, atol=1e-15)
        np.testing.assert_allclose(came, np.ravel(slope), rtol=1e-12, atol=1e-15)


def test_a_payload_names_the_functions_of_its_layers():
    given = functions(view_of(case("two-three-two"), ROWS))
    assert [(each["name"], each["slope"], each["mixes"]) for each in given.values()] == [
        ("ReLU", "ReLU′", False),
        ("σ", "σ′", False),
    ]
    softmax = functions(view_of(case("softmax-batch"), ROWS))
    assert softmax[max(softmax)]["mixes"] and softmax[max(softmax)]["slope"] == "∂a/∂z"
