"""The parameters of a network and the history of its training, as files that other programs read."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.util import find_spec
from typing import Any

import numpy as np

from ..engine.parameters import Parameters
from ..maths import expressions as ex
from ..maths.equations import Equation, steps
from ..maths.expressions import Symbol
from ..maths.functions import FUNCTIONS, at_arguments, definition
from ..maths.messages import Refusal

OPSET = 20  # the first ONNX operator set with Gelu


def named(parameters: Parameters) -> dict[str, np.ndarray]:
    """W1, b1, W2 … by name: W (n_l, n_{l−1}), b (n_l,), as PyTorch's Linear has them."""
    host, found = parameters.arrays.to_host, {}
    for l in range(1, parameters.architecture.depth + 1):
        found[f"W{l}"] = np.ascontiguousarray(host(parameters.W[l]))
        if parameters.b[l] is not None:
            found[f"b{l}"] = np.ascontiguousarray(host(parameters.b[l])[0])
    return found


def as_safetensors(parameters: Parameters) -> bytes:
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
    return find_spec("onnx") is not None


def as_onnx(parameters: Parameters) -> bytes:
    """The network from X to A[L] as an ONNX model in float32, for any number of samples.

    Raises Refusal if the optional package onnx is missing.
    """
    if not has_onnx():
        raise Refusal("ONNX needs the package onnx, which is not installed: pip install onnx")
    onnx = import_module("onnx")
    helper, architecture = onnx.helper, parameters.architecture
    graph = OnnxGraph(onnx, named(parameters.astype("float32", "cpu")))
    for step in steps(architecture):
        if step.phase == "forward":
            graph.compute(step.equation)
    ends = [
        helper.make_tensor_value_info(graph.names[Symbol("A", l)], onnx.TensorProto.FLOAT, ["m", n])
        for l, n in enumerate(architecture.widths)
        if l in (0, architecture.depth)
    ]
    model = helper.make_model(
        helper.make_graph(graph.nodes, "mlpviz", ends[:1], ends[1:], graph.tensors),
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=9,
    )
    onnx.checker.check_model(model, full_check=True)
    return model.SerializeToString()


class OnnxGraph:
    """Writes equations as ONNX nodes; ``names`` are the tensors in which the arrays stand."""

    def __init__(self, onnx: Any, weights: Mapping[str, np.ndarray]) -> None:
        self.onnx = onnx
        self.nodes: list[Any] = []
        self.tensors: list[Any] = []
        self.names = {Symbol("A", 0): "X"}
        for name, array in weights.items():
            self.names[Symbol(name[0], int(name[1:]))] = self.constant(array, name)

    def compute(self, equation: Equation) -> None:
        """Add what an equation computes."""
        self.names[equation.target] = self.tensor(equation.value)

    def tensor(self, node: ex.Expression) -> str:
        """The name of the tensor that holds the value of a tree, whose nodes are added."""
        match node:
            case ex.Symbol():
                return self.names[node]
            case ex.Number(value):
                return self.constant(np.float32(value), f"number {value}")
            case ex.Add(ex.MatMul(left, ex.Transpose(right)), bias):
                return self.add("Gemm", left, right, bias, transB=1)
            case ex.MatMul(left, ex.Transpose(right)):
                return self.add("Gemm", left, right, transB=1)
            case ex.Sum(operand, axis):
                axes = self.constant(np.array([axis]), f"axis {axis}")
                return self.add(OPERATORS[type(node)], operand, axes, keepdims=1)
            case ex.Apply(name, arguments) if name not in FUNCTIONS:
                return self.add(name, *arguments)
            case ex.Apply(name):
                spelled = FUNCTIONS[name].onnx
                body = definition(node, kernel=True) if spelled is None else at_arguments(spelled, node)
                assert body is not None, f"{name} has neither an ONNX operator nor a formula"
                return self.tensor(body)
        return self.add(OPERATORS[type(node)], *ex.children(node))

    def add(self, operator: str, *operands: ex.Expression | str, **attributes: Any) -> str:
        """Add a node; its operands are trees, or tensors by name."""
        inputs = [each if isinstance(each, str) else self.tensor(each) for each in operands]
        output = f"{operator}{len(self.nodes)}"
        self.nodes.append(self.onnx.helper.make_node(operator, inputs, [output], **attributes))
        return output

    def constant(self, value: Any, name: str) -> str:
        """A tensor that stands in the model, once under each name."""
        if all(tensor.name != name for tensor in self.tensors):
            self.tensors.append(self.onnx.numpy_helper.from_array(np.asarray(value), name))
        return name


OPERATORS = {
    ex.Add: "Add",
    ex.Subtract: "Sub",
    ex.Multiply: "Mul",
    ex.Divide: "Div",
    ex.MatMul: "MatMul",
    ex.Negate: "Neg",
    ex.Transpose: "Transpose",
    ex.Sum: "ReduceSum",
    ex.Max: "ReduceMax",
}
"""The ONNX operator of each node."""


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
