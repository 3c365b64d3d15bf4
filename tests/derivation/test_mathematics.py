"""Whole derivations in mathematical notation, graded line by line as programs are."""

import mlpviz

NETWORK = mlpviz.Architecture((2, 3, 2), ("relu", "sigmoid"), "half_squared_error", "sum")

ENTRIES = r"""z_j^{(1)} = \sum_k w_{jk}^{(1)} x_k + b_j^{(1)}
a_j^{(1)} = f(z_j^{(1)})
\delta_j^{(2)} = (a_j^{(2)} - y_j) f'(z_j^{(2)})
\delta_j^{(1)} = \sum_k w_{kj}^{(2)} \delta_k^{(2)} f'(z_j^{(1)})
\frac{\partial C}{\partial w_{jk}^{(2)}} = a_k^{(1)} \delta_j^{(2)}
\frac{\partial C}{\partial b^{(2)}} = \delta^{(2)} \mathbf{1}
\frac{\partial C}{\partial W^{(2)}} = \frac{\partial C}{\partial a^{(2)}} \frac{\partial a^{(2)}}{\partial z^{(2)}} %s
\delta^{(1)} = W^{(2)\top}\delta^{(2)} \odot \mathbb{1}[z^{(1)}>0]"""

NAMES = ["Z[1]", "A[1]", "delta[2]", "delta[1]", "dW[2]", "db[2]", "dW[2]", "delta[1]"]

ALIGNED = r"""\begin{align*}
\delta^{(2)} &= (a^{(2)} - y) \odot \sigma'(z^{(2)}) \\
\frac{\partial J}{\partial W^{(2)}} &= \delta^{(2)} a^{(1)\top} \\
&= (a^{(2)} - y) \odot a^{(2)} \odot (1-a^{(2)}) a^{(1)\top}
\end{align*}"""


def held(text, network=NETWORK):
    report = mlpviz.check_code(text, network, "columns")
    return report, [(line.kind, line.name) for line in report.lines if line.kind != "other"]


def test_entries_chains_and_bold_ones_are_told_by_what_they_hold():
    report, lines = held(ENTRIES % r"\frac{\partial z^{(2)}}{\partial W^{(2)}}")
    assert report.kind == "right"
    assert lines == [("right", name) for name in NAMES]


def test_a_slip_in_entries_is_marked_at_its_line():
    report, lines = held(ENTRIES.replace("w_{kj}", "w_{jk}") % r"\frac{\partial z^{(2)}}{\partial W^{(2)}}")
    assert report.kind in ("wrong", "shape")
    assert [number for number, (kind, _) in enumerate(lines) if kind != "right"] == [3]


def test_a_chain_that_does_not_join_is_not_right():
    _, lines = held(ENTRIES % r"\frac{\partial z^{(1)}}{\partial W^{(1)}}")
    assert lines[6][0] != "right"


def test_a_line_that_begins_with_equals_goes_on_with_the_formula_before():
    report, lines = held(ALIGNED)
    assert report.kind == "right"
    assert lines == [("right", "delta[2]"), ("right", "dW[2]")]
    slip, lines = held(ALIGNED.replace(r"(1-a^{(2)})", r"(1+a^{(2)})"))
    assert slip.kind == "wrong"
    assert [kind for kind, _ in lines] == ["right", "wrong"]


def test_formulas_side_by_side_are_each_told():
    text = r"z^{(1)} = W^{(1)}x + b^{(1)}, \quad a^{(1)} = f(z^{(1)}) \text{ where } l = 1, \dots, L"
    assert held(text)[1] == [("right", "Z[1], A[1]")]
    (line,) = held("δ₂ = (a₂ − y)\n   ⊙ σ'(z₂)")[1]
    assert line == ("right", "delta[2]")
