"""Exported parameters and histories are read back by the programs they are for."""

import csv
import io

import numpy as np
import pytest

from mlpviz.engine.initializers import initialize
from mlpviz.engine.passes import run
from mlpviz.engine.trace import Trace
from mlpviz.jobs import worker
from mlpviz.jobs.progress import ProgressReader
from mlpviz.maths.activations import ACTIVATIONS
from mlpviz.maths.architecture import Architecture
from mlpviz.maths.losses import LOSSES
from mlpviz.setup import export as weights
from tests.support.oracle import TORCH_ACTIVATIONS, require_torch
from tests.support.runs import made


def network(hidden="tanh", output="softmax", bias=True, dtype="float32"):
    """A small network with biases that are not 0."""
    loss = "cross_entropy" if output == "softmax" else "half_squared_error"
    architecture = Architecture((4, 5, 3), (hidden, output), loss, "mean_samples", bias)
    parameters = initialize(architecture, "he_normal", 3, dtype)
    for b in parameters.b[1:]:
        if b is not None:
            b[...] = np.linspace(-0.5, 0.7, b.size)
    return parameters


ENDS = [(output, loss.name) for loss in LOSSES.values() for output in (loss.outputs or ACTIVATIONS)]
"""Every activation at the output, with every loss that takes it."""


def drawn(hidden, output, loss, dtype="float64"):
    """A network of three layers with all its numbers drawn, and inputs of which some are large."""
    generator = np.random.default_rng(7)
    architecture = Architecture((4, 6, 5, 3), (hidden, hidden, output), loss, "mean_samples")
    parameters = initialize(architecture, "normal", 3, dtype)
    parameters.flat[...] = generator.standard_normal(parameters.flat.size) / 2
    X = generator.standard_normal((9, 4)) * np.array([[0.1], [1], [10]]).repeat(3, 0)
    return parameters, X.astype("float32").astype(dtype)


def answers(parameters, X):
    """A[L], as the engine has it."""
    trace = Trace(parameters, len(X))
    trace.A[0][...] = X
    run(trace, ("forward",))
    return trace.A[-1]


def test_safetensors_and_npz_hold_every_number():
    from safetensors.numpy import load

    for parameters in (network(), network(dtype="float64")):
        files = load(weights.as_safetensors(parameters)), np.load(io.BytesIO(weights.as_npz(parameters)))
        for found in files:
            assert set(found) == {"W1", "b1", "W2", "b2"}
            for l in (1, 2):
                assert np.array_equal(found[f"W{l}"], parameters.W[l])
                assert np.array_equal(found[f"b{l}"], parameters.b[l][0])
                assert found[f"W{l}"].dtype == parameters.dtype
    assert set(load(weights.as_safetensors(network(bias=False)))) == {"W1", "W2"}


def through_safetensors(parameters):
    """The parameters as PyTorch reads them from a safetensors file."""
    from safetensors.torch import load

    return load(weights.as_safetensors(parameters))


def through_npz(parameters):
    """The parameters as PyTorch takes them from an .npz file, which is opened without pickle."""
    torch = require_torch()
    with np.load(io.BytesIO(weights.as_npz(parameters)), allow_pickle=False) as file:
        return {name: torch.from_numpy(file[name]) for name in file.files}


@pytest.mark.parametrize("read", [through_safetensors, through_npz])
@pytest.mark.parametrize("hidden", ACTIVATIONS)
def test_pytorch_makes_the_same_of_the_saved_parameters(read, hidden):
    """Each W[l] and b[l] is put into a torch.nn.Linear as it is."""
    torch = require_torch()
    for output, loss in ENDS:
        parameters, X = drawn(hidden, output, loss)
        saved, a = read(parameters), torch.from_numpy(X)
        for l, name in enumerate((hidden, hidden, output), start=1):
            linear = torch.nn.Linear(*saved[f"W{l}"].shape[::-1], dtype=torch.float64)
            linear.load_state_dict({"weight": saved[f"W{l}"], "bias": saved[f"b{l}"]})
            a = TORCH_ACTIVATIONS[name](torch, linear(a))
        np.testing.assert_allclose(answers(parameters, X), a.detach().numpy(), 1e-9, 1e-12, err_msg=output)


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("hidden", ACTIVATIONS)
def test_onnx_gives_the_same_outputs(hidden, dtype):
    onnxruntime = pytest.importorskip("onnxruntime")
    for output, loss in ENDS:
        parameters, X = drawn(hidden, output, loss, dtype)
        found = onnxruntime.InferenceSession(weights.as_onnx(parameters)).run(None, {"X": X.astype("float32")})[0]
        expected = answers(parameters.astype("float64"), X)
        np.testing.assert_allclose(found, expected, 1e-4, 1e-5 * max(1, np.abs(expected).max()), err_msg=output)


def test_onnx_without_biases_takes_any_number_of_samples():
    onnxruntime = pytest.importorskip("onnxruntime")
    session = onnxruntime.InferenceSession(weights.as_onnx(network(bias=False)))
    for samples in (1, 9):
        assert session.run(None, {"X": np.zeros((samples, 4), "float32")})[0].shape == (samples, 3)


def test_without_onnx_the_refusal_says_what_to_install(monkeypatch):
    monkeypatch.setattr(weights, "find_spec", lambda name: None)
    with pytest.raises(ValueError, match="pip install onnx"):
        weights.as_onnx(network())


def test_a_saved_history_is_the_run_s_own_as_pandas_reads_it(tmp_path):
    """Every number of a real run, bit for bit; what was not measured is an empty cell."""
    pandas = pytest.importorskip("pandas")
    job = made(tmp_path, 12)
    worker.work(job)
    lines = ProgressReader(job.path).read().lines
    table = pandas.read_csv(io.StringIO(weights.as_csv(lines)), dtype=str, keep_default_na=False)
    assert table["at"].tolist() == [str(epoch) for epoch in range(1, 13)]
    for name in ("cost", "validation_cost", "validation_accuracy", "accuracy", "seconds", "learning_rate"):
        assert table[name].map(float).tolist() == [line[name] for line in lines]
    for l in (1, 2):
        assert table[f"gradient_norms {l}"].map(float).tolist() == [line["gradient_norms"][l - 1] for line in lines]
    assert "stopped" not in table, "nothing ended it early"


def test_a_history_is_a_table():
    lines = [
        {"at": 1, "cost": 2.5, "gradient_norms": [0.5, None], "accuracy": None},
        {"at": 2, "cost": 0.1, "stopped": "x"},
    ]
    rows = list(csv.DictReader(io.StringIO(weights.as_csv(lines))))
    assert rows[0] == {"at": "1", "cost": "2.5", "gradient_norms 1": "0.5", "gradient_norms 2": "", "stopped": ""}
    assert [float(row["cost"]) for row in rows] == [2.5, 0.1]
    assert weights.as_csv([]) == "\n"
