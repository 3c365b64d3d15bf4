"""The parameters of a network and the history of its training, as files that other programs read."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np

from ..engine.backend import backend
from ..engine.parameters import Parameters

OPSET = 20  # the first ONNX operator set with Gelu

NODES: dict[str, Sequence[tuple[str, tuple[str, ...], Mapping[str, Any]]]] = {
    "identity": (("Identity", ("Z",), {}),),
    "relu": (("Relu", ("Z",), {}),),
    "leaky_relu": (("LeakyRelu", ("Z",), {"alpha": 0.01}),),
    "elu": (("Elu", ("Z",), {"alpha": 1.0}),),
    "gelu": (("Gelu", ("Z",), {}),),
    "silu": (("Sigmoid", ("Z",), {}), ("Mul", ("Z", "Sigmoid"), {})),
    "softplus": (("Softplus", ("Z",), {}),),
    "sigmoid": (("Sigmoid", ("Z",), {}),),
    "tanh": (("Tanh", ("Z",), {}),),
    "softmax": (("Softmax", ("Z",), {"axis": 1}),),
}
"""Each activation as ONNX operators, which read Z or an operator before them."""


def named(parameters: Parameters) -> dict[str, np.ndarray]:
    """W1, b1, W2 … by name: W (n_l, n_{l−1}), b (n_l,), as PyTorch's Linear has them."""
    host, found = backend(parameters.device).arrays.to_host, {}
    for l in range(1, parameters.architecture.depth + 1):
        found[f"W{l}"] = np.ascontiguousarray(host(parameters.W[l]))
        if parameters.b[l] is not None:
            found[f"b{l}"] = np.ascontiguousarray(host(parameters.b[l])[0])
    return found


def as_safetensors(parameters: Parameters) -> bytes:
    """The parameters in the safetensors format."""
    from safetensors.numpy import save

    architecture = parameters.architecture
    words = {"widths": architecture.widths, "activations": architecture.activations, "loss": (architecture.loss,)}
    return save(named(parameters), {name: ",".join(map(str, values)) for name, values in words.items()})


def as_npz(parameters: Parameters) -> bytes:
    """The parameters as NumPy's ``.npz``, without pickle."""
    file = io.BytesIO()
    np.savez(file, allow_pickle=False, **named(parameters))
    return file.getvalue()


def has_onnx() -> bool:
    """Whether the optional package onnx is there."""
    return find_spec("onnx") is not None


def as_onnx(parameters: Parameters) -> bytes:
    """The network from X to A[L] as an ONNX model in float32, for any number of samples.

    Raises ValueError if the optional package onnx is missing.
    """
    if not has_onnx():
        raise ValueError("ONNX needs the package onnx, which is not installed: pip install onnx")
    onnx = import_module("onnx")
    helper = onnx.helper

    architecture, weights = parameters.architecture, named(parameters.astype("float32", "cpu"))
    nodes, above = [], "X"
    for l in range(1, architecture.depth + 1):
        names = [above, f"W{l}", *([f"b{l}"] if architecture.bias else [])]
        nodes.append(helper.make_node("Gemm", names, [f"Z{l}"], transB=1))
        made = {"Z": f"Z{l}"}
        for operator, inputs, attributes in NODES[architecture.activations[l - 1]]:
            made[operator] = f"{operator}{l}"
            nodes.append(helper.make_node(operator, [made[name] for name in inputs], [made[operator]], **attributes))
        above = made[operator]
    ends = [
        helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, ["m", width])
        for name, width in (("X", architecture.widths[0]), (above, architecture.widths[-1]))
    ]
    tensors = [onnx.numpy_helper.from_array(array, name) for name, array in weights.items()]
    graph = helper.make_graph(nodes, "mlpviz", ends[:1], ends[1:], tensors)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=9)
    onnx.checker.check_model(model, full_check=True)
    return model.SerializeToString()


def as_csv(lines: Sequence[Mapping[str, Any]]) -> str:
    """The history of a run: a row for every epoch, a column for everything measured, lists by layer."""
    rows = [flat(line) for line in lines]
    names = list(dict.fromkeys(name for row in rows for name in row))
    file = io.StringIO()
    writer = csv.DictWriter(file, names, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return file.getvalue()


def flat(line: Mapping[str, Any]) -> dict[str, Any]:
    """A line of a run's progress with its lists spread over columns."""
    row: dict[str, Any] = {}
    for name, value in line.items():
        if isinstance(value, list):
            row |= {f"{name} {k}": each for k, each in enumerate(value, start=1)}
        elif value is not None:
            row[name] = value
    return row
