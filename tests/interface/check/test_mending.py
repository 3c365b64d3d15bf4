"""A line mended in its place, and nothing else changed."""

import pytest

from mlpviz.derivation.checker.program.report import ReportLine
from mlpviz.interface.check.mending import mended, sided
from mlpviz.maths.messages import Message


def line(number, text):
    """A line of a report."""
    return ReportLine(number, text, "wrong", "", Message("no"))


PROGRAM = "\n".join(
    [
        "def backward(A):",
        "    dW2 = dZ2 @ A1  # the gradient",
        "    W2 -= lr * dW2",
        "    return dZ2 @ W2",
        "    grads['dW1'] = np.dot(dZ1, X)",
        "    ok = A == B",
        "    long = (A +",
        "        B)",
    ]
)

MENDED = {
    2: ("dZ2.T @ A1", "    dW2 = dZ2.T @ A1  # the gradient"),
    3: ("lr * dW2 / m", "    W2 -= lr * dW2 / m"),
    4: ("dZ2 @ W2.T", "    return dZ2 @ W2.T"),
    5: ("dZ1.T @ X", "    grads['dW1'] = dZ1.T @ X"),
    6: ("A + B", "    ok = A + B"),
}


@pytest.mark.parametrize("number", MENDED)
def test_a_right_side_is_replaced_in_its_line(number):
    lines = PROGRAM.split("\n")
    formula, wanted = MENDED[number]
    after = mended(PROGRAM, line(number, lines[number - 1]), formula).split("\n")
    assert after[number - 1] == wanted
    assert [*after[: number - 1], *after[number:]] == [*lines[: number - 1], *lines[number:]]


def test_a_statement_of_several_lines_becomes_one():
    whole = line(7, "long = (A +\n        B)")
    assert mended(PROGRAM, whole, "A @ B").split("\n")[6:] == ["    long = A @ B"]


def test_a_mended_line_with_a_left_side_brings_its_own():
    assert mended("  dW = a b", line(1, "  dW = a b"), "dW = b a") == "  dW = b a"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("dW2' * A1 % ascent", "x % ascent"),
        ("W2 .* A1; // so", "x // so"),
        ("A %*% B", "x"),
        ("s = '#1'", "s = x"),
    ],
)
def test_comments_of_every_dialect_stay(text, wanted):
    assert mended(text, line(1, text), "x") == wanted


def test_a_formula_keeps_its_left_side_unless_it_is_latex():
    assert sided("dW2 = a b", "b a") == "dW2 = b a"
    assert sided("a b", "b a") == "b a"
    assert sided("dW2 = x\n    = y", "b a") == "dW2 = b a"
    assert sided(r"$\delta = a b$", "b a") == "b a"
