"""The program of a step of training runs as it stands, and gives what the engine gives."""

import contextlib
import io

import numpy as np
import pytest

from mlpviz.derivation.listing import PHASES, program, text
from mlpviz.derivation.notation import Notation
from mlpviz.derivation.view import View
from mlpviz.maths.equations import steps
from mlpviz.maths.expressions import Symbol
from mlpviz.maths.symbols import QUANTITIES
from tests.support.networks import CASES, case, same, shown

NOTATIONS = [
    Notation(),
    Notation("columns", cost="L", first_layer=1),
    Notation("columns", "numerator", "in_out", input="a", output="yhat", error="nabla"),
    Notation("columns", numbered="leaves", division="gradients"),
    Notation(first_layer=1, numbered="leaves", division="gradients"),
]


def ran(update, notation, dialect):
    """What the names of a program stand for after it has run."""
    blocks = program(update, View.of(update.trace, notation), dialect)
    scope = {}
    with contextlib.redirect_stdout(io.StringIO()):
        exec(text(blocks, PHASES.values()), scope)
    return scope


@pytest.mark.parametrize("dialect", ["numpy", "torch"])
@pytest.mark.parametrize("name", CASES)
def test_a_program_gives_the_arrays_of_the_engine(name, dialect):
    if dialect == "torch":
        pytest.importorskip("torch")
    update = case(name)
    architecture = update.trace.architecture
    first = [*CASES].index(name) + (dialect == "torch")
    for notation in (NOTATIONS[first % len(NOTATIONS)], NOTATIONS[(first + 2) % len(NOTATIONS)]):
        scope, value = ran(update, notation, dialect), shown(update, notation)
        for l in range(1, architecture.depth + 1):
            for array in ("delta", "dW", "db"):
                if QUANTITIES[array].of not in architecture.absent:
                    found = np.asarray(scope[array][notation.number(Symbol(array, l))])
                    assert same(found, value(Symbol(array, l))), (notation, array, l)
            for array in ("W", "b"):
                if array not in architecture.absent:
                    found = np.asarray(scope[array][notation.number(Symbol(array, l))])
                    assert same(found, value(Symbol(f"new {array}", l))), (notation, array, l)
        assert same(np.asarray(scope[notation.cost]), value(Symbol("cost")))


@pytest.mark.parametrize("name", CASES)
def test_pytorch_s_own_layers_and_backward_give_the_same(name):
    pytest.importorskip("torch")
    update = case(name)
    trace = update.trace
    for notation in (Notation(), Notation(numbered="leaves")):
        scope = ran(update, notation, "modules")
        for l in range(1, trace.architecture.depth + 1):
            linear = scope["linear"][notation.number(Symbol("W", l))]
            assert same(linear.weight.grad.numpy(), trace.dW[l])
            assert same(linear.weight.detach().numpy(), update.value(Symbol("new W", l)))
            if trace.architecture.bias:
                assert same(linear.bias.grad.numpy(), trace.db[l][0])


def test_layers_that_are_written_alike_are_a_loop():
    update = case("binary-classifier")
    blocks = program(update, View.of(update.trace, Notation()), "numpy")
    forward, _loss, output, hidden, _update = [block for block in blocks if block.phase]
    assert forward.lines[0] == "for l in range(1, 4):"
    assert (forward.first, forward.last, forward.step) == (1, 3, 0)
    assert output.lines[0] == "delta[3] = A[3] - Y"
    assert hidden.lines[0] == "for l in range(2, 0, -1):"
    assert hidden.lines[1] == "    delta[l] = (delta[l + 1] @ W[l + 1]) * (A[l] * (1 - A[l]))"
    at = [steps(update.trace.architecture)[block.step] for block in (output, hidden)]
    assert [(step.phase, step.layer, step.equation.name) for step in at] == [
        ("backward", 3, "output error"),
        ("backward", 2, "hidden error"),
    ]


def test_only_what_is_used_is_imported_and_given():
    update = case("two-three-two")
    texts = {
        dialect: text(program(update, View.of(update.trace, Notation()), dialect), PHASES.values())
        for dialect in ("numpy", "torch", "modules")
    }
    assert "import scipy.special" in texts["numpy"]
    assert "scipy" not in texts["torch"]
    assert not any("\nm = " in each for each in texts.values())
    assert "J.backward()" in texts["modules"]
    assert "torch.nn.Linear(2, 3, dtype=torch.float64)" in texts["modules"]
    assert "import scipy" not in text(
        program(case("everything"), View.of(case("everything").trace, Notation()), "torch"), PHASES.values()
    )
    assert all(text.count("# ") == len(PHASES) for text in texts.values())


def test_a_large_array_is_given_by_its_bytes():
    blocks = program(case("digit"), View.of(case("digit").trace, Notation()), "numpy")
    head = "\n".join(blocks[0].lines)
    assert "import base64" in head
    assert head.count("base64.b64decode") == 1
    assert max(map(len, blocks[0].lines)) < 50_000
    small = "\n".join(program(case("xor"), View.of(case("xor").trace, Notation()), "numpy")[0].lines)
    assert "base64" not in small
