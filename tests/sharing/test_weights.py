"""Exported parameters and histories are read back by the programs they are for."""

import csv
import io

import numpy as np
import pytest

from mlpviz.engine.initializers import initialize
from mlpviz.engine.passes import backpropagate
from mlpviz.maths.activations import ACTIVATIONS
from mlpviz.maths.architecture import Architecture
from mlpviz.sharing import weights


def network(hidden="tanh", output="softmax", bias=True, dtype="float32"):
    """A small network with biases that are not 0."""
    loss = "cross_entropy" if output == "softmax" else "half_squared_error"
    architecture = Architecture((4, 5, 3), (hidden, output), loss, "mean_samples", bias)
    parameters = initialize(architecture, "he_normal", 3, dtype)
    for b in parameters.b[1:]:
        if b is not None:
            b[...] = np.linspace(-0.5, 0.7, b.size)
    return parameters


def test_safetensors_and_npz_hold_every_number():
    from safetensors.numpy import load

    parameters = network()
    files = load(weights.as_safetensors(parameters)), np.load(io.BytesIO(weights.as_npz(parameters)))
    for found in files:
        assert set(found) == {"W1", "b1", "W2", "b2"}
        for l in (1, 2):
            assert np.array_equal(found[f"W{l}"], parameters.W[l])
            assert np.array_equal(found[f"b{l}"], parameters.b[l][0])
    assert set(load(weights.as_safetensors(network(bias=False)))) == {"W1", "W2"}


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("name", ACTIVATIONS)
def test_onnx_gives_the_same_outputs(name, dtype):
    onnxruntime = pytest.importorskip("onnxruntime")
    parameters = network(name if name != "softmax" else "tanh", name, dtype=dtype)
    X = np.random.default_rng(0).standard_normal((7, 4)).astype("float32")
    found = onnxruntime.InferenceSession(weights.as_onnx(parameters)).run(None, {"X": X})[0]
    expected = backpropagate(parameters, X, np.eye(3)[np.arange(7) % 3]).A[2]
    assert np.allclose(found, expected, rtol=1e-5, atol=1e-6)


def test_onnx_without_biases_takes_any_number_of_samples():
    onnxruntime = pytest.importorskip("onnxruntime")
    session = onnxruntime.InferenceSession(weights.as_onnx(network(bias=False)))
    for samples in (1, 9):
        assert session.run(None, {"X": np.zeros((samples, 4), "float32")})[0].shape == (samples, 3)


def test_without_onnx_the_refusal_says_what_to_install(monkeypatch):
    monkeypatch.setattr(weights, "find_spec", lambda name: None)
    with pytest.raises(ValueError, match="pip install onnx"):
        weights.as_onnx(network())


def test_a_history_is_a_table():
    lines = [
        {"at": 1, "cost": 2.5, "gradient_norms": [0.5, None], "accuracy": None},
        {"at": 2, "cost": 0.1, "stopped": "x"},
    ]
    rows = list(csv.DictReader(io.StringIO(weights.as_csv(lines))))
    assert rows[0] == {"at": "1", "cost": "2.5", "gradient_norms 1": "0.5", "gradient_norms 2": "", "stopped": ""}
    assert [float(row["cost"]) for row in rows] == [2.5, 0.1]
    assert weights.as_csv([]) == "\n"
