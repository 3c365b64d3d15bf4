"""Programs that go through samples and entries one by one: where a slip is marked, and what it takes to find it."""

import mlpviz
from mlpviz.derivation.checker.program.judging import Judge
from mlpviz.derivation.checker.program.limits import MOST_STEPS
from mlpviz.derivation.checker.program.source import Source
from mlpviz.derivation.checker.reading.statements import read_program
from mlpviz.derivation.notation import Notation

ENTRIES = """dW1 = np.zeros(W1.shape)
for s in range(m):
    a = A1[s]
    d1 = np.zeros(n_h)
    for i in range(n_h):
        back = 0
        for k in range(n_y):
            back += W2[k, i] * delta2[s, k]
        d1[i] = back * a[i] * (1 - a[i])
        for j in range(n_x):
            dW1[i, j] += d1[i] * X[s, j]
"""
LARGE = mlpviz.Architecture((8, 16, 4), ("sigmoid", "sigmoid"), "half_squared_error", "sum")


def test_a_slip_is_marked_where_an_array_is_filled_though_its_entries_are_used_before_all_are_there():
    """Within the budget of statements, which the ways of seeing the network do not use up."""
    assert mlpviz.check_code(ENTRIES, LARGE).kind == "right"
    slips = (("* a[i] * (1 - a[i])", "* a[i]"), ("W2[k, i] * delta2[s, k]", "W2[k, i] * A2[s, k]"))
    for right, wrong in slips:
        judge = Judge(Source(read_program(ENTRIES.replace(right, wrong))), LARGE, Notation())
        marked = [ENTRIES.split("\n")[each.blamed.event.line - 1].split()[0] for each in judge.result.faults]
        assert marked == ["d1[i]"], (wrong, marked)
        assert judge.steps < MOST_STEPS
