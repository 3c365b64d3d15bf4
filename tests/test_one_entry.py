"""A new activation, loss or primitive is one entry: the engine, formulas, code, the checker and ONNX all follow it."""

import numpy as np
import pytest

import mlpviz
from mlpviz.derivation.notation import Notation
from mlpviz.derivation.printing.code import code
from mlpviz.derivation.printing.latex import equation_latex
from mlpviz.derivation.view import View
from mlpviz.maths.activations import ACTIVATIONS, Activation, greater, sigmoid, z
from mlpviz.maths.equations import equation
from mlpviz.maths.expressions import Sum, apply
from mlpviz.maths.functions import FUNCTIONS
from mlpviz.maths.losses import LOSSES, Loss, a, y
from mlpviz.maths.primitives import PRIMITIVES, common, x
from mlpviz.setup.export import as_onnx
from tests.support.oracle import require_torch

X = np.random.default_rng(0).normal(size=(6, 4))
Y = np.random.default_rng(1).normal(size=(6, 3))

squashed = apply("tanh", apply("softplus", z))
far = apply("greater", apply("abs", a - y), 1)


def mish():
    """z · tanh(softplus(z))."""
    slope = squashed + z * (1 - squashed * squashed) * sigmoid
    return Activation("mish", "Mish", r"\operatorname{Mish}", "Mish", z * squashed, slope)


def sine():
    """sin(z), of two primitives that no activation uses."""
    return Activation("sine", "sine", r"\operatorname{sine}", "sine", apply("sin", z), apply("cos", z))


def primitives():
    return {name: common(name, rf"\{name}", apply(name.title(), x)) for name in ("sin", "cos")}


def huber():
    """½ d² where |d| ≤ 1 and |d| − ½ beyond, d = a − y."""
    d = a - y
    value = Sum((1 - far) * d * d / 2 + far * (apply("abs", d) - 0.5), 1)
    return Loss("huber", "Huber", value, apply("minimum", apply("maximum", d, -1), 1))


def absolute():
    """|a − y|, whose slope jumps."""
    d = a - y
    return Loss("absolute", "absolute error", Sum(apply("abs", d), 1), 2 * greater(d, 0) - 1, kink=d)


@pytest.fixture
def enter(monkeypatch):
    """Enters what belongs into a table, for one test."""
    for table in (FUNCTIONS, PRIMITIVES, ACTIVATIONS, LOSSES):
        for name in ("mish", "mish'", "sine", "sine'", "sin", "cos", "huber", "absolute"):
            monkeypatch.setitem(table, name, None)
            del table[name]

    def entered(table, *entries):
        for entry in entries:
            table[entry.name] = entry

    return entered


@pytest.fixture(params=["mish", "sine"])
def activation(request, enter):
    if request.param == "mish":
        enter(ACTIVATIONS, mish())
    else:
        enter(PRIMITIVES, *primitives().values())
        enter(ACTIVATIONS, sine())
    return request.param


TORCH = {
    "mish": lambda torch: torch.nn.functional.mish,
    "sine": lambda torch: torch.sin,
    "huber": lambda torch: torch.nn.HuberLoss(reduction="sum"),
    "absolute": lambda torch: torch.nn.L1Loss(reduction="sum"),
}


def network(name="tanh", loss="half_squared_error"):
    architecture = mlpviz.Architecture((4, 5, 3), (name, "identity"), loss, "sum")
    return mlpviz.initialize(architecture, "he_normal", seed=2, dtype="float64")


def gradients_of_torch(parameters, activate, loss):
    """The cost and the gradients of the weights, by autograd."""
    torch = require_torch()
    tensors = [torch.from_numpy(array.copy()).requires_grad_() for array in (*parameters.W[1:], *parameters.b[1:])]
    first, last, b, c = tensors
    cost = loss(activate(torch.from_numpy(X) @ first.T + b) @ last.T + c, torch.from_numpy(Y))
    cost.backward()
    return cost.item(), [tensor.grad.numpy() for tensor in tensors]


def same_as_torch(parameters, activate, loss):
    trace = mlpviz.backpropagate(parameters, X, Y)
    cost, gradients = gradients_of_torch(parameters, activate, loss)
    assert np.isclose(trace.cost, cost)
    for ours, theirs in zip((*trace.dW[1:], *trace.db[1:]), gradients, strict=True):
        np.testing.assert_allclose(ours, theirs, 1e-9, 1e-12)


def test_an_activation_is_computed_as_by_torch(activation):
    torch = require_torch()
    half = lambda output, target: torch.nn.functional.mse_loss(output, target, reduction="sum") / 2  # noqa: E731
    same_as_torch(network(activation), TORCH[activation](torch), half)
    assert all(check.passed for check in mlpviz.gradient_check(network(activation), X, Y).values())


def test_an_activation_is_written(activation):
    architecture = network(activation).architecture
    view = View(architecture, 6, Notation())
    line = equation(architecture, "activation", 1)
    assert ACTIVATIONS[activation].latex in equation_latex(line, view)
    scope = {"np": np, "A": [X, None], "Z": [None, X]}
    exec(code(line, view, "numpy"), scope)
    torch = require_torch()
    np.testing.assert_allclose(scope["A"][1], TORCH[activation](torch)(torch.from_numpy(X)).numpy())


def test_an_activation_is_judged(activation):
    architecture = network(activation).architecture
    verdict = mlpviz.check_formula("(delta[2] @ W[2]) * f'(Z[1])", target="delta[1]", architecture=architecture)
    assert verdict.kind == "right"
    assert mlpviz.check_formula("delta[2] @ W[2]", target="delta[1]", architecture=architecture).kind == "wrong"


def test_an_activation_is_exported(activation):
    runtime = pytest.importorskip("onnxruntime")
    parameters = network(activation)
    output = runtime.InferenceSession(as_onnx(parameters)).run(None, {"X": X.astype("float32")})[0]
    np.testing.assert_allclose(output, mlpviz.backpropagate(parameters, X, Y).A[2], 1e-5, 1e-6)


@pytest.mark.parametrize("make", [huber, absolute])
def test_a_loss_is_computed_as_by_torch(make, enter):
    torch = require_torch()
    enter(LOSSES, make())
    same_as_torch(network(loss=make.__name__), torch.tanh, TORCH[make.__name__](torch))
    architecture = network(loss=make.__name__).architecture
    view = View(architecture, 6, Notation())
    assert r"\ell" in equation_latex(equation(architecture, "loss", 2), view)


def test_the_kink_of_a_loss_is_left_out(enter):
    enter(LOSSES, absolute())
    parameters = network(loss="absolute")
    trace = mlpviz.backpropagate(parameters, X, Y)
    at_the_kink = trace.A[2] + 1e-5
    report = mlpviz.gradient_check(parameters, X, at_the_kink)
    assert all(check.passed for check in report.values())
    assert any(check.skipped for check in report.values())
