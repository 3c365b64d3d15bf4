"""Programs that go through samples and entries one by one: where a slip is marked, and what it takes to find it."""

import mlpviz
from mlpviz.derivation.checker.program.judging import Judge
from mlpviz.derivation.checker.program.limits import MOST_STEPS
from mlpviz.derivation.checker.program.source import Source
from mlpviz.derivation.checker.reading.statements import read_program
from mlpviz.derivation.notation import Notation

ENTRIES = """dW1 = np.zeros(W1.shape)
db1 = np.zeros(b1.shape)
dW2 = np.zeros(W2.shape)
db2 = np.zeros(b2.shape)
for s in range(m):
    h = np.zeros(n_h)
    for i in range(n_h):
        t = b1[0, i]
        for j in range(n_x):
            t += W1[i, j] * X[s, j]
        h[i] = 1 / (1 + np.exp(-t))
    o = np.zeros(n_y)
    for k in range(n_y):
        t = b2[0, k]
        for i in range(n_h):
            t += W2[k, i] * h[i]
        o[k] = 1 / (1 + np.exp(-t))
    d2 = np.zeros(n_y)
    for k in range(n_y):
        d2[k] = (o[k] - Y[s, k]) * o[k] * (1 - o[k])
        db2[0, k] += d2[k]
        for i in range(n_h):
            dW2[k, i] += d2[k] * h[i]
    d1 = np.zeros(n_h)
    for i in range(n_h):
        back = 0
        for k in range(n_y):
            back += W2[k, i] * d2[k]
        d1[i] = back * h[i] * (1 - h[i])
        db1[0, i] += d1[i]
        for j in range(n_x):
            dW1[i, j] += d1[i] * X[s, j]
"""
LARGE = mlpviz.Architecture((8, 16, 4), ("sigmoid", "sigmoid"), "half_squared_error", "sum")

SLIPS = (
    ("* h[i] * (1 - h[i])", "* h[i]", "d1[i] = "),
    ("(o[k] - Y[s, k])", "(Y[s, k] - o[k])", "d2[k] = "),
    ("dW1[i, j] += ", "dW1[i, j] = ", "dW1[i, j] = "),
)
"""What stands in the program, what is written in its place, and how the line begins that is marked."""


def marked(text):
    """The lines at fault of a program, and the statements that were carried out to find them."""
    judge = Judge(Source(read_program(text)), LARGE, Notation())
    lines = text.split("\n")
    return [lines[each.blamed.event.line - 1].strip() for each in judge.result.faults], judge.steps


def test_a_slip_is_marked_where_an_array_is_filled_though_its_entries_are_used_before_all_are_there():
    """Within the budget of statements, which the ways of seeing the network do not use up."""
    assert marked(ENTRIES)[0] == []
    for right, wrong, line in SLIPS:
        found, steps = marked(ENTRIES.replace(right, wrong))
        assert [each.startswith(line) for each in found] == [True], (wrong, found)
        assert steps < MOST_STEPS
    several = ENTRIES
    for right, wrong, _line in SLIPS:
        several = several.replace(right, wrong)
    found, steps = marked(several)
    assert len(found) == len(SLIPS)
    assert steps < MOST_STEPS
