"""Whole programs: each line told by value on random networks, a wrong one reported once, nothing run by Python."""

import pytest

import mlpviz
from mlpviz.derivation.checker.program import calling, methods
from mlpviz.derivation.checker.program.judging import Judge
from mlpviz.derivation.checker.program.limits import MOST_STEPS
from mlpviz.derivation.checker.program.numerics import numeric
from mlpviz.derivation.checker.program.slopes import activation_of
from mlpviz.derivation.checker.program.source import Source
from mlpviz.derivation.checker.reading.operations import ROUTINES
from mlpviz.derivation.checker.reading.statements import read_program
from mlpviz.derivation.notation import Notation
from tests.corpus.programs import PROGRAMS
from tests.measure.corpus_programs import architecture_of

NETWORK = mlpviz.Architecture((2, 3, 2), ("relu", "sigmoid"), "half_squared_error", "mean_samples")

LISTING = """
import numpy as np

def sigmoid(z):
    return 1 / (1 + np.exp(-z))

m = X.shape[0]
Z1 = X @ W1.T + b1
A1 = np.maximum(0, Z1)
Z2 = np.dot(A1, W2.T) + b2
A2 = sigmoid(Z2)
dZ2 = (A2 - Y) * A2 * (1 - A2)
dW2 = dZ2.T @ A1 / m
db2 = np.sum(dZ2, axis=0, keepdims=True) / m
dA1 = dZ2 @ W2
dZ1 = dA1 * (Z1 > 0)
dW1 = dZ1.T @ X / m
db1 = np.sum(dZ1, axis=0, keepdims=True) / m
W1 -= lr * dW1
b1 -= lr * db1
W2 -= lr * dW2
b2 -= lr * db2
"""
NAMES = {
    "Z1": "Z[1]",
    "A1": "A[1]",
    "A2": "A[2]",
    "dZ2": "m*delta[2]",
    "dW2": "dW[2]",
    "db2": "db[2]",
    "dA1": "m*dA[1]",
    "dZ1": "m*delta[1]",
    "dW1": "dW[1]",
    "W1": "W[1] - eta*dW[1]",
}


def report(text=LISTING, architecture=NETWORK, **more):
    return mlpviz.check_code(text, architecture=architecture, **more)


def line(found, start):
    return next(each for each in found.lines if each.text.startswith(start))


def test_each_line_of_a_right_program_is_told_by_what_it_holds():
    found = report()
    assert found.kind == "right"
    assert {each.kind for each in found.lines} == {"right", "other"}
    for name, held in NAMES.items():
        assert line(found, f"{name} ").name == held


def test_lines_are_numbered_as_in_the_text_and_neither_blank_nor_comments():
    found = report("# a comment\n\nZ1 = X @ W1.T + b1  # more\n\n# more\nA1 = np.maximum(Z1, 0)\n")
    assert [(each.number, each.text) for each in found.lines] == [
        (3, "Z1 = X @ W1.T + b1  # more"),
        (6, "A1 = np.maximum(Z1, 0)"),
    ]


@pytest.mark.parametrize(
    ("right", "wrong", "words"),
    [
        ("dZ1 = dA1 * (Z1 > 0)", "dZ1 = dA1", "f'"),
        ("dW2 = dZ2.T @ A1 / m", "dW2 = dZ2.T @ A1", "division by m"),
        ("db2 = np.sum(dZ2, axis=0, keepdims=True) / m", "db2 = np.sum(dZ2) / m", "one number"),
        ("dZ2 = (A2 - Y) * A2", "dZ2 = (Y - A2) * A2", "sign"),
        ("W1 -= lr * dW1", "W1 += lr * dW1", "uphill"),
        ("dA1 = dZ2 @ W2", "dA1 = dZ2 @ W2.T", "multiply"),
        ("dW1 = dZ1.T @ X / m", "dW1 = dZ1.T @ A1 / m", "wrong layer"),
    ],
)
def test_a_wrong_line_is_reported_once_and_the_rest_goes_on(right, wrong, words):
    found = report(LISTING.replace(right, wrong))
    faulty = [each for each in found.lines if each.kind in ("wrong", "shape")]
    assert [each.text.split(" ")[0] for each in faulty] == [wrong.split(" ")[0]]
    assert words in faulty[0].message
    assert found.kind == faulty[0].kind


def test_an_update_before_the_error_has_used_the_weights_is_told():
    lines = LISTING.strip().split("\n")
    moved = "W2 -= lr * dW2"
    lines.remove(moved)
    lines.insert(lines.index("dA1 = dZ2 @ W2"), moved)
    found = report("\n".join(lines))
    assert [each.text for each in found.lines if each.kind == "wrong"] == ["dA1 = dZ2 @ W2"]
    assert "updated already" in line(found, "dA1").message


HOSTILE = [
    "W1 = np.ones((10**5, 10**5))",
    "for i in range(10**9):\n    a = X[i % 3]",
    "a = [0] * 10**9",
    "a = np.outer(np.arange(10**4), np.arange(10**4))",
    "a = 9 ** 9 ** 9 ** 9",
    "def f(x):\n    return f(x)\ny1 = f(X)",
    "().__class__.__bases__[0].__subclasses__()",
    "a = X.__class__",
    "__import__('os').system('true')",
    "a = (lambda: 0)()",
    "if (n := 10) > 3:\n    pass",
    "a = f'{X}'",
    "np.load('x')",
    "exec('1')",
    "a = []\na.append(a)\nb = np.array(a)",
    "a = [1]\nfor i in range(1000):\n    a = a + a",
    "a = " + "(" * 200 + "X" + ")" * 200,
    "a = " + "+".join(["X"] * 3000),
    "a = X\n" + "\n".join("    " * k + f"for i{k} in range(9):" for k in range(30)),
    "while True:\n    a = 1",
    "a = np.tile(X, (10**5, 10**5))",
    "X.T.T.T." * 200,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_programs_are_refused_or_passed_over(text):
    found = report(text)
    assert all(each.kind in ("other", "refused", "right", "shape", "wrong") for each in found.lines)


def test_what_is_no_program_is_refused_by_name():
    assert report("").kind == "refused"
    assert report("a = 1\n" * 101).kind == "refused"
    assert report("a" * 20_001).kind == "refused"
    with pytest.raises(ValueError, match="notation"):
        report(notation="diagonals")
    with pytest.raises(ValueError, match="text"):
        report(3)


def test_a_sample_of_the_corpus_is_told_and_every_planted_bug_marked():
    """The whole corpus is measured by ``python -m tests.measure.corpus_programs``."""
    for program in PROGRAMS[::6]:
        found = mlpviz.check_code(
            program.text, architecture_of(program), program.notation, given=dict(program.given) or None
        )
        kinds = {each.number: each.kind for each in found.lines}
        faulty = {number for number, kind in kinds.items() if kind in ("wrong", "shape")}
        assert faulty == set(program.bugs), program.name
        told = [each.number for each in found.lines if each.name]
        assert len(set(told) & set(program.holds)) >= 0.9 * len(set(program.holds) - set(program.bugs)), program.name


def test_every_function_that_formulas_know_is_computed_in_programs():
    known = {name for routine in ROUTINES for name in routine.names.split()}
    assert {name for name in known if not computed_somewhere(name)} == {"apply", "data"}  # R's loop, and an attribute


def computed_somewhere(name):
    tables = (calling.SPECIAL, calling.BY_SIDE, methods.LIST_METHODS, calling.SILENT)
    return numeric(name) is not None or activation_of(name) is not None or any(name in table for table in tables)


def test_a_program_says_what_it_computes_what_is_missing_and_where_it_goes():
    found = report()
    assert found.computes["dW[2]"] == 13 and found.computes["db[2]"] == 14
    assert found.missing == () and found.downhill is True and found.dialect == "numpy"
    uphill = report(LISTING.replace("-= lr", "+= lr"))
    assert uphill.downhill is False
    assert set(report("Z1 = X @ W1.T + b1").missing) == {
        f"{name}[{layer}]" for layer in (1, 2) for name in "A Z delta dW db".split()
    } - {"Z[1]"}


def test_the_other_order_of_weights_is_a_switch_and_no_fault():
    found = report("Z1 = X @ W1 + b1\nA1 = np.maximum(Z1, 0)\nZ2 = A1 @ W2 + b2\nA2 = sigmoid(Z2)")
    assert found.kind == "right" and found.switches == {"weights": "in_out"}


def test_names_of_ones_own_are_told_by_given_and_asked_for_without():
    text = "grad = probe.T @ quiet"
    assert set(report(text).unknown) == {"probe", "quiet"}
    found = report(text, given={"probe": "delta[2]", "quiet": "A[1]"})
    assert [each.name for each in found.lines] == ["dW[2]"]


def test_lists_are_numbered_as_the_notation_says():
    from_one = "Z[2] = X @ W[2].T + b[2]\nA[2] = np.maximum(0, Z[2])\nZ[3] = A[2] @ W[3].T + b[3]"
    found = report(from_one, notation=Notation(first_layer=1))
    assert [each.name for each in found.lines] == ["Z[1]", "A[1]", "Z[2]"]
    leaving = "Z[1] = X @ W[0].T + b[0]\nA[1] = np.maximum(0, Z[1])\nZ[2] = A[1] @ W[1].T + b[1]"
    found = report(leaving, notation=Notation(numbered="leaves"))
    assert [each.name for each in found.lines] == ["Z[1]", "A[1]", "Z[2]"]


def test_a_share_of_one_sample_in_place_of_the_sum_is_wrong():
    found = report(
        "dW2 = np.zeros(W2.shape)\n"
        "for i in range(len(X)):\n"
        "    a1 = np.maximum(0, W1 @ X[i] + b1)\n"
        "    a2 = 1 / (1 + np.exp(-(W2 @ a1 + b2)))\n"
        "    d2 = (a2 - Y[i]) * a2 * (1 - a2) / len(X)\n"
        "    dW2 = np.outer(d2, a1)\n"
    )
    assert [each.text for each in found.lines if each.kind == "wrong"] == ["dW2 = np.outer(d2, a1)"]


def test_nothing_is_called_right_where_nothing_is_read():
    assert report("found = np.load('a')\nothers = found").kind == "right"
    assert "Nothing is wrong" not in report("found = np.load('a')\nothers = found").message
    assert "Nothing is wrong" not in report("a = 3").message


SLIPS = {
    "Z2 = np.dot(A1, W2.T) + b2": ("Z1 = np.dot(A1, W2.T) + b2", "Z1", "what is due is Z[1]"),
    "dW2 = dZ2.T @ A1 / m": ("dW1 = dZ2.T @ A1 / m", "dW1", "what is due is dW[1]"),
    "b2 -= lr * db2": ("b2 -= db2", "b2", "learning rate is missing"),
    "W2 -= lr * dW2": ("W2 += 0 * dW2", "W2", "changes nothing"),
    "W1 -= lr * dW1": ("W1 = lr * dW1 - W1", "W1", "downhill"),
    "b1 -= lr * db1": ("b1 = b1 - lr", "b1", "downhill"),
    "db2 = np.sum(dZ2, axis=0, keepdims=True) / m": ("db2 = np.zeros((1, 2))", "db2", "Nothing is put into this"),
}
"""Lines of the listing, what is written in place of each, the name of the line at fault, and words of what is said."""


def test_a_slip_that_leaves_every_other_line_right_is_marked():
    for right, (wrong, name, words) in SLIPS.items():
        found = report(LISTING.replace(right, wrong))
        faulty = [each for each in found.lines if each.kind in ("wrong", "shape")]
        assert name in [each.text.split(" ")[0] for each in faulty], wrong
        assert words in " ".join(str(each.message) for each in faulty), wrong


def test_a_cost_by_name_is_the_cost_and_one_that_guards_its_logarithms_too():
    network = mlpviz.Architecture((3, 4, 2), ("tanh", "sigmoid"), "binary_cross_entropy", "mean_samples")
    cost = "cost = -np.sum(Y * np.log(A2 + 1e-8) + (1 - Y) * np.log(1 - A2 + 1e-8)) / len(Y)"
    assert report(cost, network).kind == "right"
    for wrong in (cost.replace("/ len(Y)", ""), cost.replace("(1 - Y)", "(1 + Y)"), cost.replace("-np.sum", "np.sum")):
        assert report(wrong, network).kind == "wrong", wrong


def test_a_step_by_a_number_that_is_written_out_is_the_gradient_times_that_number():
    listing = LISTING.replace("dZ2.T @ A1 / m", "dZ2.T @ A1").replace("lr * dW2", "0.1 * dW2")
    assert [each.text.split(" ")[0] for each in report(listing).lines if each.kind == "wrong"] == ["dW2"]


RATES = ("0.5", "1/2", "2", "1", "0.2", "7", "22", "lr")
SUMMED = mlpviz.Architecture((3, 4, 2), ("sigmoid", "sigmoid"), "half_squared_error", "sum")
BY_RATE = {
    "g = (Y - A2) * A2 * (1 - A2)\nW2 = W2 + RATE * A1.T @ g": "right",
    "g = (Y - A2) * A2 * (1 - A2)\nstep = RATE * A1.T @ g\nW2 += step": "right",
    "lr = RATE\nloss = 0.5 * np.sum((A2 - Y)**2)\ng = (Y - A2) * A2 * (1 - A2)\nW2 += lr * A1.T @ g": "right",
    "lr = RATE\ndelta2 = (Y - A2) * A2 * (1 - A2)\ndW2 = A1.T @ delta2\nW2 += lr * dW2": "right",
    "g = (A2 - Y) * A2 * (1 - A2)\nW2 -= RATE * A1.T @ g": "right",
    "g = (Y - A2) * A2 * (1 - A2)\nW2 -= RATE * A1.T @ g": "wrong",
    "g = (A2 - Y) * A2 * (1 - A2)\nW2 = W2 + RATE * A1.T @ g": "wrong",
    "lr = RATE\ndelta2 = 2 * (A2 - Y) * A2 * (1 - A2)\ndW2 = A1.T @ delta2\nW2 -= lr * dW2": "wrong",
    "lr = RATE\ndelta2 = (Y - A2) * A2 * (1 - A2)\ndW2 = 2 * A1.T @ delta2\nW2 += lr * dW2": "wrong",
}


def test_what_number_the_learning_rate_is_makes_nothing_right_or_wrong():
    for text, kind in BY_RATE.items():
        for rate in RATES:
            if (written := text.replace("RATE", rate)).startswith("lr = lr"):
                written = written.partition("\n")[2]
            found = report(written, SUMMED, notation=Notation(weights="in_out"))
            assert found.kind == kind, (written, found.message)


def test_shares_of_samples_that_are_not_added_up_are_wrong_entry_by_entry_too():
    text = (
        "dW2 = np.zeros(W2.shape)\nfor i in range(len(X)):\n    for j in range(W2.shape[0]):\n"
        "        for k in range(W2.shape[1]):\n            dW2[j, k] += delta2[i, j] * A1[i, k]\n"
    )
    assert report(text).kind == "right"
    assert report(text.replace("+=", "=")).kind == "wrong"


def test_products_and_losses_of_the_libraries_have_their_value():
    listing = (
        "dW2 = np.tensordot(delta2, A1, axes=(0, 0))\ndb2 = np.add.reduce(delta2)\ndA1 = np.inner(delta2, W2.T)\n"
        "A2 = np.apply_along_axis(sigmoid, 1, Z2)\ndZ1 = dA1.masked_fill(Z1 <= 0, 0)\nm = rows(X)\n"
    )
    found = report(listing)
    assert [each.name for each in found.lines] == ["dW[2]", "db[2]", "dA[1]", "A[2]", "delta[1]", "m"]


def test_a_program_that_goes_through_entries_runs_on_small_networks():
    nested = "for i in range(m):\n    for j in range(3):\n        total = X[i, j]"
    assert source(nested).goes_through_entries
    assert source("for x, y in zip(X, Y):\n    total = x").goes_through_entries
    assert not source("for l in range(L):\n    total = W[l]").goes_through_entries
    assert not source("for epoch in range(9):\n    for l in range(L):\n        total = W[l]").goes_through_entries


def source(text):
    return Source(read_program(text))


def test_little_is_run_for_a_long_program_with_faults():
    """Counted in statements, to say the same on any machine; a fault that is found costs one more run."""
    lines = [
        *(f"Z{l} = A{l - 1} @ W{l}.T + b{l}\nA{l} = np.maximum(0, Z{l})" for l in range(1, 13)),
        "dZ12 = (A12 - Y) * (Z12 > 0)",
        *(f"dW{l} = dZ{l}.T @ A{l - 1}\ndA{l - 1} = dZ{l} @ W{l}\ndZ{l - 1} = dA{l - 1}" for l in range(12, 1, -1)),
        *(f"W{l} += lr * dW{l}" for l in range(1, 13)),
    ]
    text = "A0 = X\n" + "\n".join(lines)
    network = mlpviz.Architecture((2, *range(3, 14), 2), ("relu",) * 12, "half_squared_error", "sum")
    judge = Judge(source(text), network, Notation())
    assert len(judge.result.faults) > 3
    assert judge.steps < 1.25 * MOST_STEPS
    assert MOST_STEPS <= 15_000, "about a second"


def test_helpers_alone_are_judged_at_the_output_as_their_names_say():
    helper = (
        "def linear_backward(dZ, cache):\n    A_prev, W, b = cache\n    m = A_prev.shape[1]\n"
        "    dW = 1 / m * np.dot(dZ, A_prev.T)\n    db = 1 / m * np.sum(dZ, axis=1, keepdims=True)\n"
        "    dA_prev = np.dot(W.T, dZ)\n    return dA_prev, dW, db\n"
    )
    found = report(helper, notation="columns")
    names = [each.name for each in found.lines if each.name]
    assert names == ["A[1], W[2], b[2]", "m", "dW[2]", "db[2]", "m*dA[1]"]
    assert line(report(helper.replace("1 / m * np.dot", "np.dot"), notation="columns"), "dW").kind == "wrong"


def test_objects_in_a_list_each_move_their_own_weights():
    found = report(
        "class Dense:\n    def __init__(self, W, b):\n        self.W, self.b = W, b\n"
        "    def step(self, dW, db):\n        self.W -= lr * dW\n        self.b -= lr * db\n"
        "layers = [Dense(W1, b1), Dense(W2, b2)]\nlayers[0].step(dW1, db1)\nlayers[1].step(dW2, db2)"
    )
    assert found.kind == "right"
    assert line(found, "self.W -=").name == "W[1] - eta*dW[1], W[2] - eta*dW[2]"


def test_arrays_carry_gradients_under_names_of_the_program():
    found = report("W2.g = delta2.T @ A1\nW2 -= lr * W2.g", NETWORK)
    assert [each.name for each in found.lines] == ["dW[2]", "W[2] - eta*dW[2]"]


def test_labels_are_rows_and_numbers_of_classes_side_by_side():
    network = mlpviz.Architecture((4, 3), ("softmax",), "cross_entropy", "mean_samples")
    found = report("T = np.eye(3)[t]\nP = softmax(X @ W1.T + b1)\nE = P - T", network)
    assert [each.name for each in found.lines] == ["Y", "A[1]", "m*delta[1]"]
    found = report("P = softmax(X @ W1.T + b1)\nloss = -np.mean(np.log(P[np.arange(m), y]))\nE = P - onehot", network)
    assert [each.name for each in found.lines] == ["A[1]", "cost", "m*delta[1]"]


def test_a_loop_over_pairs_of_parameters_and_gradients_is_an_update():
    text = "for p, q in zip([W1, b1, W2, b2], [dW1, db1, dW2, db2]):\n    p -= lr * q"
    assert line(report(text), "p -=").name.startswith("W[1] - eta*dW[1], b[1] - eta*db[1]")
    assert line(report(text.replace("-=", "+=")), "p +=").kind == "wrong"


def test_gradients_in_a_dictionary_by_the_names_of_their_parameters():
    text = "g = {}\ng['W2'] = delta2.T @ A1\ng['W1'] = delta1.T @ X"
    assert [each.name for each in report(text).lines] == ["", "dW[2]", "dW[1]"]


def test_the_reader_s_own_order_of_weights_is_preferred_where_it_has_fewer_faults():
    text = "dW2 = delta2 @ A1.T\ndelta1 = W2 @ delta2 * f'(Z1)\ndW1 = delta1 @ X.T"
    found = report(text, notation="columns")
    assert [each.kind for each in found.lines] == ["right", "shape", "right"]


def test_names_of_one_s_own_are_held_against_their_fellows():
    text = "b2 = b2\nT2 = np.sum(delta2, axis=0)\nT1 = np.sum(delta1, axis=1)"
    assert [each.kind for each in report(text).lines] == ["right", "right", "wrong"]


def test_a_key_that_is_filled_in_is_the_key_that_it_comes_to():
    found = report(
        "cache = {'A0': X}\n"
        "for l in range(1, 3):\n"
        '    Z = cache[f"A{l-1}"] @ params[f"W{l}"].T + params[f\'b{l}\']\n'
        "    cache[f'layer{l}_Z'] = Z\n"
        '    cache[f"A{ l }"] = sigmoid(cache[f"layer{l}_Z"])\n',
        mlpviz.Architecture((2, 3, 2), ("sigmoid", "sigmoid"), "half_squared_error", "mean_samples"),
    )
    assert found.kind == "right", found.message
    assert [line.name for line in found.lines[2:]] == ["Z[1], Z[2]", "Z[1], Z[2]", "A[1], A[2]"]


def test_objects_of_one_class_each_keep_the_weights_that_they_were_given():
    listing = (
        "class Linear:\n    def __init__(self, W, b):\n        self.W, self.b = W, b\n"
        "    def step(self, dW, db):\n        self.W = self.W - lr * dW\n        self.b = self.b - lr * db\n"
        "one, two = Linear(W1, b1), Linear(W2, b2)\none.step(dW1, db1)\ntwo.step(dW2, db2)"
    )
    found = report(listing)
    assert found.kind == "right"
    assert line(found, "self.W = ").name == "W[1] - eta*dW[1], W[2] - eta*dW[2]"
    assert line(report(listing.replace("self.W -", "self.W +")), "self.W = ").kind == "wrong"


def test_parameters_are_found_in_tables_of_layers_and_in_lists_of_pairs():
    tables = (
        "def forward(params, batch):\n    x, y = batch\n"
        '    h = np.maximum(0, x @ params["layer1"]["w"].T + params["layer1"]["b"])\n'
        '    return sigmoid(h @ params["layer2"]["w"].T + params["layer2"]["b"])\n'
    )
    assert [each.name for each in report(tables).lines] == ["", "X, Y", "A[1]", "A[2]"]
    pairs = "a = X\nfor W, b in params[:-1]:\n    a = relu(a @ W.T + b)\nW, b = params[-1]\nout = sigmoid(a @ W.T + b)"
    assert [each.name for each in report(pairs).lines] == ["X", "", "A[1]", "W[2], b[2]", "A[2]"]


def test_the_penalty_on_the_weights_is_told_by_its_name():
    network = mlpviz.Architecture((2, 3, 2), ("relu", "sigmoid"), "half_squared_error", "mean_samples", l2=0.1)
    listing = "reg_loss = 0.5 * reg * np.sum(W1**2) + 0.5 * reg * np.sum(W2**2)\nloss = data_loss + reg_loss"
    assert report(listing, network).lines[0].name == "penalty"
    for wrong in ("reg * np.sum(W1**2)", "0.5 * np.sum(W1**2)", "0.5 * reg * np.sum(W1)"):
        found = report(listing.replace("0.5 * reg * np.sum(W1**2)", wrong), network)
        assert found.lines[0].kind == "wrong", wrong
    flat = "Z1 = X @ W1.T + b1\nb1 -= lr * np.sum(dZ1, axis=0)\nb1 -= lr * db1.T\n"
    assert report(flat + listing, network).lines[-2].name == "penalty"


def test_a_number_that_is_only_put_in_its_place_is_the_fault_of_the_line_that_made_it():
    text = (
        "for i in range(m):\n    for j in range(n_y):\n        total = b2[0, j]\n        for k in range(n_h):\n"
        "            total += W2[j, k] * A1[i, k]\n        Z2[i, j] = total\n"
    )
    assert report("Z2 = np.zeros((m, n_y))\n" + text).kind == "right"
    found = report("Z2 = np.zeros((m, n_y))\n" + text.replace("* A1", "* Z1"))
    assert [each.text for each in found.lines if each.kind == "wrong"] == ["total += W2[j, k] * Z1[i, k]"]
    assert "Line 7 makes Z[2]" in line(found, "total +=").message


def test_a_loop_that_does_not_end_is_named_and_one_that_counts_layers_is_gone_through():
    endless = report("while True:\n    x = X")
    assert [each.kind for each in endless.lines] == ["refused", "right"]
    assert "does not end" in endless.lines[0].message and "Nothing is wrong" not in endless.message
    until = report("while cost > 0.01:\n    Z1 = X @ W1.T + b1\n    if cost < 0.1:\n        break")
    assert until.lines[0].kind == "other" and "gone through once" in until.lines[0].message
    counted = "A = [X, None, None]\nl = 1\nwhile l <= 2:\n    A[l] = f(A[l - 1] @ W[l - 1].T + b[l - 1])\n    l += 1"
    assert line(report(counted), "A[l]").name == "A[1], A[2]"
    assert "does not end" in report(counted.replace("l += 1", "l += 0")).lines[2].message


def test_a_name_that_gets_two_values_at_once_keeps_the_last():
    found = report("Z2, Z2 = A1 @ W2.T + b2, A1")
    assert found.kind == "wrong" and "Z2 stands here twice" in found.lines[0].message
    assert report("Z1, Z2 = X @ W1.T + b1, A1 @ W2.T + b2").kind == "right"


def test_a_constant_step_of_a_variable_is_no_descent():
    text = "for v, g in zip([W1, b1], [dW1, db1]):\n    v.assign_sub(lr * g)"
    assert report(text).kind == "right"
    assert report(text.replace("lr * g", "lr")).kind == "wrong"


def test_what_a_library_calls_its_arguments_is_known_in_programs_too():
    network = mlpviz.Architecture((2, 3, 2), ("sigmoid", "softmax"), "cross_entropy", "mean_samples")
    found = report(
        "Z1 = tf.matmul(X, W1, transpose_b=True) + b1\n"
        "A1 = tf.sigmoid(Z1)\n"
        "Z2 = tf.matmul(A1, W2, transpose_b=True) + b2\n"
        "J = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(labels=Y, logits=Z2))\n",
        network,
    )
    assert found.kind == "right" and found.lines[-1].name == "cost", found.message


@pytest.mark.parametrize(
    "text",
    [
        "Z1 = F.linear(X, W1, b1)\nA1 = F.relu(Z1)\nZ2 = F.linear(A1, weight=W2, bias=b2)\n",
        "A1 = np.maximum(0, X @ params['W{}'.format(1)].T + params['b%d' % 1])\nZ2 = A1 @ params['W%s' % '2'].T + b2\n",
        "class Cache:\n    A1: np.ndarray\n    Z2: 'list[np.ndarray]'\n"
        "A1: np.ndarray = np.maximum(0, X @ W1.T + b1)\nZ2 = A1 @ W2.T + b2\n",
    ],
    ids=["linear", "formats", "declarations"],
)
def test_ordinary_ways_to_write_a_pass_are_read(text):
    found = report(text)
    assert found.kind == "right" and found.computes.keys() >= {"A[1]", "Z[2]"}, found.message
    assert all(line.kind != "refused" for line in found.lines), [line.message for line in found.lines]


def test_methods_without_self_and_those_called_by_their_name_are_a_class_s_own():
    found = report(
        "class Net:\n"
        "    def __init__(self):\n        self.W1, self.W2 = W1, W2\n        self.b1, self.b2 = b1, b2\n\n"
        "    @staticmethod\n    def relu(z):\n        return np.maximum(0, z)\n\n"
        "    @property\n    def m(self):\n        return len(X)\n\n"
        "    def __call__(self, X):\n"
        "        cache = dict(A1=self.relu(X @ self.W1.T + self.b1))\n"
        "        cache.update(A2=sigmoid(cache['A1'] @ self.W2.T + self.b2))\n        return cache['A2']\n\n"
        "net = Net()\nA2 = net(X)\ndelta2 = (A2 - Y) * A2 * (1 - A2) / net.m\n"
    )
    assert found.kind == "right", found.message
    assert found.computes.keys() >= {"A[2]", "delta[2]"}


def test_a_parameter_with_a_star_takes_all_further_arguments():
    found = report(
        "def forward(x, *layers):\n    for W, b in layers:\n        x = np.maximum(0, x @ W.T + b)\n    return x\n"
        "A1 = forward(X, (W1, b1))\nZ2 = A1 @ W2.T + b2\n"
    )
    assert found.kind == "right" and found.computes.keys() >= {"A[1]", "Z[2]"}, found.message
