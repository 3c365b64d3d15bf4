"""Texts that are made to do harm, or to take long: formulas and programs, each told at once, whatever their length."""

from contextlib import suppress

import numpy as np

import mlpviz
from mlpviz.derivation.checker import values
from mlpviz.derivation.checker.reading import Unread, read
from mlpviz.derivation.checker.reading.names import Namespace
from mlpviz.derivation.checker.reading.statements import read_program
from mlpviz.derivation.checker.room import MOST_NUMBERS
from mlpviz.derivation.notation import Notation
from tests.support.work import memory, work

NETWORK = mlpviz.Architecture((2, 3, 2), ("relu", "sigmoid"), "half_squared_error", "sum")


def judged(formula):
    return mlpviz.check_formula(formula, "delta[1]", NETWORK)


def told(program):
    return mlpviz.check_code(program, NETWORK)


def read_or_refused(reader, *args):
    with suppress(Unread):
        reader(*args)


def nested(before, inside, after, depth):
    return before * depth + inside + after * depth


REFUSED = [
    "X.__class__.__mro__", "X.__init__()", "__import__('os').system('id')", "import os", "lambda: X", "f'{X}'",
    "(x := X)", "[x for x in X]", "9**9**9", "1e999", nested("(", "m", ")", 51), nested("[", "m", "]", 51),
    "m" + " " * 2000,
    "np.ones((10**5, 10**5))", "np.zeros(10**9)", "np.kron(X, X)", "'a' * 10**9",
    "np.einsum('" + ",".join("abcdefghijklmnopqrst") + "->abcdefghijklmnopqrst', " + ", ".join(["X"] * 20) + ")",
    nested("np.mean(", "X", ")", 45), "X" + ".mean()" * 45, nested("(", "X", ")**2", 45),
    nested("np.ones_like(", "X", ")", 45),
    nested("a^{", "1", "}", 400), nested(r"\frac{", "a", "}{b}", 160), nested(r"\left(", "m", r"\right)", 140),
    nested(r"\hat{", "y", "}", 300), nested(r"\underbrace{", "a", "}", 150), "\\" * 2000, "^" * 2000, "{" * 2000,
    "_" * 2000, "'" * 2000, "Σ" * 2000, "∂" * 2000, "∇" * 2000, "~" * 2000, "|" * 2000, "‖" * 2000, '"' * 2000,
    "X" + "[0]" * 600, "X" + "\u0301" * 1900, "\u202e" * 1900 + "X", "X\0", "\ud800", "𝐗" + "\U0010ffff",
    "Z2" + "=Z1" * 600,
    r"\sum_{k=1}^{" * 160, r"\text{" * 300 + "}" * 300, "a(l" * 600, "J(" * 900, "1e" * 900, "#" * 2000, "%" * 2000,
]  # fmt: skip


def test_a_hostile_formula_is_refused_at_once_in_one_sentence():
    for formula in REFUSED:
        verdict, calls = work(judged, formula)
        assert verdict.kind == "refused", formula[:60]
        assert calls < 200_000, formula[:60]
        assert len(verdict.sentences) == 1, formula[:60]
        assert verdict.message.isprintable(), formula[:60]
        assert len(verdict.message) < 250, formula[:60]


GROWING = {
    "links of the chain rule": lambda n: nested("∂a1/∂z1 (A1 + ", "A1", ")", n),
    "links after brackets": lambda n: nested("(A1 + ", "A1", ") ∂a1/∂z1", n),
    "products in brackets": lambda n: nested("A1 (W2 ", "Y", ")", n),
    "masks": lambda n: "(Z1>0)" * n,
    "functions": lambda n: nested("np.exp(", "Z1", ")", n),
    "squares": lambda n: "A1^2" * n,
    "sums with an index": lambda n: r"\delta_j=" + nested(r"\sum_k w_{kj}(\delta_k+", r"\delta_k", ")", n),
    "diagonals": lambda n: "@".join(["diag(a1)"] * n),
    "outer products": lambda n: nested("np.outer(", "A1", ",A1)", n),
    "outer signs": lambda n: "A1" + "⊗A1" * n,
    "methods": lambda n: "A1" + ".dot(W2)" * n,
    "choices": lambda n: nested("np.where(Z1>0,", "1", ",0)", n),
    "fractions": lambda n: nested(r"\frac{", "A1", "}{m}", n),
}
"""Formulas by length: twice as long may take but a small multiple of the work, or be refused."""


def test_the_work_to_read_a_formula_does_not_grow_as_a_power_of_its_depth():
    for name, formula in GROWING.items():
        counts = [work(read_or_refused, read, formula(n), Namespace(NETWORK, Notation(), 1))[1] for n in (10, 20, 40)]
        assert counts[1] < max(6 * counts[0], 20_000), (name, counts)
        assert counts[2] < max(6 * counts[1], 20_000), (name, counts)


GROWN = {
    name: "x = X\n" + line * 20
    for name, line in {
        "outer products": "x = np.outer(x, x)\n",
        "kron": "x = np.kron(x, x)\n",
        "tile": "x = np.tile(x, (10, 10))\n",
        "rows": "x = np.vstack((x, x, x, x))\n",
        "products": "x = x @ x.T\n",
        "texts": "x = 'a' + 'a'\nx = x * 9\n",
    }.items()
}
PROGRAMS = {
    "a million rows": "x = np.ones((10**5, 10**5))",
    "a billion numbers": "x = np.zeros(10**9)",
    "counted up": "x = np.arange(10**10)",
    "counted further": "x = np.arange(10**30)",
    "repeated": "x = np.repeat(X, 10**9)",
    "MATLAB's": "x = repmat(X, 10000, 10000);",
    "R's": "x <- matrix(0, 100000, 100000)",
    "reshaped": "x = np.zeros((0, 5)).reshape(10**9, 0)",
    "einsum": "x = np.einsum('ab,cd,ef,gh,ij,kl->abcdefghijkl', X, X, X, X, X, X)",
    "a long text": "x = 'a' * 10**9",
    "a long list": "x = [1] * 10**9",
    "a list in itself": "x = []\nx.append(x)\ny = np.array(x)\nz = x == x",
    "a dictionary in itself": "d = {}\nd['a'] = d\ny = d['a']['a']\nprint(d)",
    "pairs of pairs": "x = (1,)\n" + "x = (x, x)\n" * 60 + "y = x == x\nz = np.array(x)",
    "a function of itself": "def f(x):\n    return f(x) + f(x)\ny = f(X)",
    "two functions of each other": "def f(x):\n    return g(x)\ndef g(x):\n    return f(x)\ny = f(X)",
    "a class of itself": "class A:\n    def __init__(self):\n        self.a = A()\nx = A()",
    "a list that grows": "x = [1]\nfor i in x:\n    x.append(i)",
    "for ever": "while True:\n    x = X",
    "loops in loops": "for i in range(10**4):\n    for j in range(10**4):\n        x = X",
    "MATLAB for ever": "for i = 1:1000000000\n x = X;\nend",
    "powers": "x = 9**9**9\ny = 10**10**10\nz = 1 << 10**9",
    "squares of squares": "x = 2\n" + "x = x * x\n" * 90,
    "nothing": "\n" * 20_000,
    "old line ends": "\r" * 20_000,
    "semicolons": "x=X;" * 5000,
    "no end": "(" * 20_000,
    "quotes": '"""' * 6000,
    "signs": "x = " + "-" * 10_000 + "X",
    "transposes": "x = X" + ".T" * 5000,
    "equals signs": "x" + "=x" * 5000 + "= X",
    "marks": "x = X" + "\u0301" * 5000 + "\u202e\u2066\0\ud800",
    "every plane": "".join(chr(plane * 0x10000 + 0x41) for plane in range(17)),
    "blocks in blocks": "".join(" " * i + "if X:\n" for i in range(99)),
    "too many lines": "x = X\n" * 101,
    "too many letters": "a" * 20_001,
    **GROWN,
}
LONG = ["nothing", "old line ends", "semicolons", "no end", "quotes", "signs", "transposes", "equals signs", "marks"]

FORBIDDEN = [
    "X.__class__", "X.__class__.__mro__[1].__subclasses__()", "eval('1')", "exec('1')", "open('/etc/passwd').read()",
    "os.system('id')", "__import__('os')", "getattr(X, 'T')", "globals()", "type(X)('a')", "input()", "np.load('a')",
    "np.memmap('a')", "X.ctypes", "X.dumps()", "np.__builtins__", "'{0.__class__}'.format(X)", "f'{X.__class__}'",
]  # fmt: skip


def test_the_work_to_read_a_program_does_not_grow_as_a_power_of_its_length():
    for name in LONG:
        text = PROGRAMS[name]
        half, whole = (work(read_or_refused, read_program, text[:n])[1] for n in (len(text) // 2, len(text)))
        assert whole < max(3 * half, 20_000), (name, half, whole)
        assert whole < 2_000_000, name


def test_a_hostile_program_is_told_in_sentences():
    for name, program in PROGRAMS.items():
        report = told(program)
        assert str(report.message).isprintable(), name
        assert all(str(line.message).isprintable() for line in report.lines), name


def test_nothing_of_python_is_to_be_had_from_a_program():
    for value in FORBIDDEN:
        line = told(f"import os\nfound = {value}").lines[1]
        assert line.kind in ("refused", "other", "wrong"), (value, line)
        assert not line.value, (value, line)


def test_functions_of_two_arrays_of_different_shapes_do_not_multiply():
    for formula in ("np.maximum(Z1, W2)", "np.minimum(Z1.T, Z1)", "np.exp(np.maximum(A1, Y)) @ W2"):
        assert judged(formula).kind == "shape", formula


def test_a_function_that_is_called_otherwise_than_numpy_allows_is_told_in_a_sentence():
    for program in ("A1 = np.exp()", "A1 = np.maximum(X)"):
        assert told(program).lines[0].kind == "refused", program


def test_a_long_sum_is_told_with_work_that_grows_as_its_length():
    counts = [work(judged, " - ".join(["delta[2] @ W[2]"] * n)) for n in (20, 40)]
    assert all(verdict.kind == "wrong" for verdict, _ in counts)
    assert counts[1][1] < 3 * counts[0][1]
    assert counts[1][1] < 6_000_000


LARGE = {
    "diagonals": ((2, 4096, 2), " @ ".join(["diag(b1)"] * 12) + " @ W1", "dW[1]"),
    "outer": ((2, 4096, 2), "W2 @ np.outer(b1, b1)", "dW[2]"),
    "products": ((1200, 1200, 1200, 2), "delta2.T @ A1" + " @ W1" * 30, "dW[2]"),
    "sums": ((1400, 1400, 2), "W1" + " + W1" * 12, "dW[1]"),
}
"""Formulas of which a learner's own wide network would make gigabytes, or minutes of products."""


def own(widths):
    architecture = mlpviz.Architecture(widths, ("tanh",) * (len(widths) - 1), "half_squared_error", "sum")
    parameters = mlpviz.initialize(architecture, "he_normal", seed=0, dtype="float64")
    return architecture, "rows", parameters, np.ones((4, widths[0])), np.ones((4, widths[-1]))


def test_an_array_that_would_be_too_large_is_not_made():
    """On the learner's own wide network; on the random ones, which are small, the formula is judged."""
    most = 8 * MOST_NUMBERS + 60_000_000  # what a pass of the network itself takes, and the random ones
    for name, (widths, text, target) in LARGE.items():
        network = own(widths)
        verdict, peak, _ = memory(mlpviz.check_formula, text, target, *network)
        assert verdict.kind in ("wrong", "shape"), name
        assert peak < most, (name, peak)


def test_a_right_formula_that_is_too_large_here_says_where():
    verdict = mlpviz.check_formula("delta2.T @ A1 + 0 * W2 @ np.outer(b1, b1)", "dW[2]", *own((2, 4096, 2)))
    assert verdict.kind == "right"
    assert "np.outer(b1, b1) would be 4,096 × 4,096" in verdict.message


def test_a_program_for_a_large_network_leaves_nothing_large_behind():
    program = "A1 = np.tanh(X @ W1.T + b1)\nA2 = np.tanh(A1 @ W2.T + b2)\ndW2 = A2.T @ A1\ndW1 = A1 @ A2\ndb1 = b2 - b1"
    for function, arguments in ((mlpviz.check_code, (program,)), (mlpviz.check_formula, ("A1", "A[2]"))):
        function(*arguments, own((4, 3, 2))[0])  # what is made once for all networks
        _, most, kept = memory(function, *arguments, own((901, 900, 10))[0])
        assert most < 60_000_000
        assert kept < 5_000_000


def test_an_l2_that_no_word_of_its_own_says_ends_with_an_answer():
    assert judged("l2_delta = (l2 - y) * (l2 * (1l2- l2))").kind in ("wrong", "shape", "refused")


def test_the_search_for_what_is_amiss_ends(monkeypatch):
    evaluators = []
    made = values.Evaluator.__init__

    def noted(self, *args, **options):
        evaluators.append(self)
        made(self, *args, **options)

    monkeypatch.setattr(values.Evaluator, "__init__", noted)
    monkeypatch.setattr(values, "MOST_WORK", 5000)
    assert judged(nested("np.heaviside(", "Z1", ", 0)", 20)).kind == "wrong"
    assert 5000 < max(each.work for each in evaluators) < 6000
