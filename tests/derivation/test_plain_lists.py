"""Programs without a library, in which lists of numbers are vectors and lists of rows are matrices."""

import mlpviz

NETWORK = mlpviz.Architecture((3, 4, 2), ("sigmoid", "sigmoid"), "half_squared_error", "sum")

BY_LOOPS = """
import math
# one sample: x and y are lists of numbers
a1 = []
for i in range(len(W1)):
    total = b1[i]
    for j in range(len(x)):
        total += W1[i][j] * x[j]
    a1.append(1 / (1 + math.exp(-total)))
a2 = []
for k in range(len(W2)):
    total = b2[k]
    for i in range(len(a1)):
        total += W2[k][i] * a1[i]
    a2.append(1 / (1 + math.exp(-total)))
delta2 = [0.0] * len(a2)
for k in range(len(a2)):
    delta2[k] = (a2[k] - y[k]) * a2[k] * (1 - a2[k])
delta1 = []
for i in range(len(a1)):
    back = 0
    for k in range(len(a2)):
        back += W2[k][i] * delta2[k]
    delta1.append(back * a1[i] * (1 - a1[i]))
dW2 = [[d * a for a in a1] for d in delta2]
dW1 = [[0.0] * len(x) for _ in a1]
for i in range(len(a1)):
    for j in range(len(x)):
        dW1[i][j] = delta1[i] * x[j]
"""

BY_LISTS = """
z1 = [sum(w * v for w, v in zip(row, x)) + b for row, b in zip(W1, b1)]
a1 = [1 / (1 + math.exp(-z)) for z in z1]
z2 = [sum(w * v for w, v in zip(row, a1)) + b for row, b in zip(W2, b2)]
a2 = [1 / (1 + math.exp(-z)) for z in z2]
delta2 = [(a - t) * a * (1 - a) for a, t in zip(a2, y)]
delta1 = [sum(W2[k][i] * delta2[k] for k in range(len(a2))) * a1[i] * (1 - a1[i]) for i in range(len(a1))]
dW2 = [[d * a for a in a1] for d in delta2]
dW1 = [[d * v for v in x] for d in delta1]
db2 = delta2
"""

HOLDS = ["Z[1]", "A[1]", "Z[2]", "A[2]", "delta[2]", "delta[1]", "dW[2]", "dW[1]", "db[2]"]


def judged(text, **more):
    report = mlpviz.check_code(text, NETWORK, **more)
    return report, [each.text for each in report.lines if each.kind in ("wrong", "shape")]


def test_lists_of_numbers_are_told_as_the_arrays_that_they_stand_for():
    report, faulty = judged(BY_LISTS)
    assert (report.kind, faulty, report.one_sample) == ("right", [], True)
    assert [line.name for line in report.lines] == HOLDS


def test_lists_that_are_filled_number_by_number_are_told_where_they_are_filled():
    report, faulty = judged(BY_LOOPS)
    assert (report.kind, faulty) == ("right", [])
    assert {"A[1]", "A[2]", "delta[2]", "delta[1]", "dW[2]", "dW[1]"} <= {line.name for line in report.lines}


SLIPS = (
    (BY_LOOPS, "back * a1[i] * (1 - a1[i])", "back * (1 - a1[i])", "A[1]"),
    (BY_LOOPS, "(a2[k] - y[k]) * a2[k] * (1 - a2[k])", "(a2[k] - y[k])", "f', is missing"),
    (BY_LOOPS, "dW1[i][j] = delta1[i] * x[j]", "dW1[i][j] = delta1[i] * a1[i]", "dW[1]"),
    (BY_LISTS, "(a - t) * a * (1 - a)", "(t - a) * a * (1 - a)", "sign"),
    (BY_LISTS, "* a1[i] * (1 - a1[i])", "* a1[i]", "1 - A[1]"),
    (BY_LISTS, "[d * a for a in a1]", "[d * a for a in x]", "dW[2]"),
)
"""A program, what stands in it, what is written in its place, and a word of what is said."""


def test_a_slip_in_a_program_of_lists_is_marked_at_its_line_and_its_factor_named():
    for program, right, wrong, word in SLIPS:
        assert right in program
        report, faulty = judged(program.replace(right, wrong))
        assert len(faulty) == 1 and wrong in faulty[0], (wrong, faulty)
        (said,) = (each.message for each in report.lines if each.text == faulty[0])
        assert word in said, (wrong, said)


def test_parameters_that_are_written_out_or_drawn_as_lists_are_those_of_the_network():
    begun = (
        "W1 = [[random.gauss(0, 1) for _ in range(3)] for _ in range(4)]\nb1 = [0.0] * 4\n"
        "W2 = [[0.1, 0.2, 0.3, 0.4], [0.5, 0.6, 0.7, 0.8]]\nb2 = [0.0, 0.0]\n"
    )
    report, faulty = judged(begun + BY_LISTS.lstrip())
    assert (report.kind, faulty) == ("right", [])
    assert [line.name for line in report.lines][4:] == HOLDS
