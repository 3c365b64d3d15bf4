"""Index notation reads as the whole arrays that it means, and so does einsum."""

import mlpviz
from mlpviz.derivation.notation import Notation

NETWORK = mlpviz.Architecture((2, 3, 2), ("relu", "sigmoid"), "half_squared_error", "sum")
MEAN = mlpviz.Architecture((2, 4, 3), ("relu", "softmax"), "cross_entropy", "mean_samples")
CLASSES = mlpviz.Architecture((2, 4, 3), ("relu", "softmax"), "cross_entropy", "sum")

COLUMNS = {
    "dW[2]": (
        r"\frac{\partial C}{\partial w_{jk}^l} = a_k^{l-1}\delta_j^l",
        "∂J/∂w_jk = a_k δ_j",
        "∂J/∂w_{jk}^l = a_k^{l-1} δ_j^l",
        r"\delta_j a_k",
        r"\left[\delta_j^{(2)} a_k^{(1)}\right]_{jk}",
        r"\left[\frac{\partial J}{\partial W}\right]_{ij} = \left[\frac{\partial J}{\partial z}\right]_i \cdot a_j",
        r"\frac{\partial J}{\partial W^{(L)}_{ij}} = \sum_k \frac{\partial J}{\partial z^{(L)}_k} "
        r"\frac{\partial z^{(L)}_k}{\partial W^{(L)}_{ij}}",
        r"dW^{[2]} = \sum_{i=1}^m dz^{[2](i)} a^{[1](i)T}",
        r"\sum_{i=1}^m \delta_j^{[2](i)} a_k^{[1](i)}",
    ),
    "db[2]": (r"\sum_{i} \delta^{[2](i)}", r"\left[\sum_{s=1}^{m} \delta^{(2)}_{is}\right]_{i}"),
    "delta[1]": (
        r"\delta^l_j = \sum_k w^{l+1}_{kj} \delta^{l+1}_k \sigma'(z^l_j)",
        r"\delta_j = f'(z_j) \sum_k \delta_k w_{kj}",
        "δ_j = (Σ_k w_kj δ_k) f'(z_j)",
        r"\frac{\partial J}{\partial z^{(1)}_i} = \sum_k \frac{\partial J}{\partial z^{(2)}_k} "
        r"\frac{\partial z^{(2)}_k}{\partial a^{(1)}_i} \frac{\partial a^{(1)}_i}{\partial z^{(1)}_i}",
        r"[\mathbf{W}^{(2)\top}_{:,j} \mathbf{\delta}^{(2)}]_{j=1}^m\odot f'(\mathbf{z}^{(1)})",
        r"[\sum_k \delta_k^{(2)} W_{k,j}^{(2)}]_{j=1}^m \odot [f'(z_j^{(1)})]_{j=1}^m",
    ),
    "delta[2]": (r"\delta_j = (a_j - y_j) a_j (1-a_j)", r"\delta^{(2)} = [(a_i - y_i) \sigma'(z^{(2)}_i)]_i"),
    "Z[1]": ("z_j = Σ_k w_jk a_k + b_j", r"z_j^{(1)} = \sum_{k=1}^{n} W_{jk}^{(1)} x_k + b_j^{(1)}"),
    "cost": (r"\frac12 \sum_j (a_j^{(2)} - y_j)^2", r"C = \tfrac{1}{2} \sum_j (y_j - a^L_j)^2"),
}

SOFTMAX = {
    "delta[2]": (
        r"\sum_{i=1}^c\frac{\partial J}{\partial a_i^{(L)}}\frac{\partial a_i^{(L)}}{\partial z_j^{(L)}}",
        r"\sum_i (-\frac{y_i}{a_i^{(L)}})\frac{\partial a_i^{(L)}}{\partial z_j^{(L)}}",
        r"-\sum_{i=1}^c y_i(\mathbf{1}_{ij}-a^{(L)}_j)",
        r"-\sum_i y_i\mathbf{1}_{ij}+a_j^{(L)}\sum_i y_i",
        r"[a_j^{(L)}-y_j]_{j=1}^{c}",
        r"[a_j^{(L)}]_{j=1}^{c} - [y_j]_{j=1}^{c}",
    ),
    "A[2]": (r"a^{(L)}_i=\frac{e^{z_i}}{\sum_{k=1}^c e^{z_k}}",),
    "cost": (r"C = -\sum_k y_k \log a_k^{(L)}",),
}

ROWS = {
    "dW[2]": (
        r"\sum_{k=1}^b \Delta_{k,i}^{(2)} A_{k,j}^{(1)}",
        r"\sum_{k=1}^{b}\frac{\partial J}{\partial Z_{k,i}^{(2)}}\frac{\partial Z_{k,i}^{(2)}}{\partial W_{i,j}^{(2)}}",
        'np.einsum("si,sj->ij", delta[2], A[1])',
    ),
    "delta[2]": (r"\frac{1}{m}(A_{i,j}^{(L)} - Y_{i,j})", r"\frac1m \frac{\partial \ell}{\partial Z^{(2)}}"),
    "losses": (r"\ell_{i} = -\sum_{k} y_{ik}\,\log\left(a^{(2)}_{ik}\right)",),
    "cost": (
        r"J = \frac{1}{m}\,\sum_{k=1}^{m} \ell_{k}",
        r"J = -\frac{1}{m} \sum_{i=1}^{m} \sum_{k} Y_{ik} \log A^{(2)}_{ik}",
    ),
}

WRONG = {
    "dW[2]": (r"\frac{\partial C}{\partial w_{jk}^l} = a_j^{l-1}\delta_k^l", "∂J/∂w_jk = δ_j δ_k", "a_k^{l} δ_j^{l}"),
    "delta[1]": (
        r"\delta^l_j = \sum_k w^{l+1}_{jk} \delta^{l+1}_k \sigma'(z^l_j)",
        r"\delta^l_j = \sum_k w^{l+1}_{kj} \delta^{l+1}_k",
        r"\delta^l_j = \sum_k w^{l+1}_{kj} \delta^{l+1}_k \sigma'(z^{l+1}_k)",
    ),
}


def judged(formulas, network, notation):
    return [
        (formula, mlpviz.check_formula(formula, target, network, notation))
        for target, some in formulas.items()
        for formula in some
    ]


def test_entries_read_as_the_arrays_that_have_them():
    for formulas, network, notation in (
        (COLUMNS, NETWORK, "columns"),
        (SOFTMAX, CLASSES, "columns"),
        (ROWS, MEAN, "rows"),
    ):
        for formula, verdict in judged(formulas, network, notation):
            assert verdict.kind == "right", (formula, verdict.message)


def test_entries_that_are_not_the_array_are_never_right():
    for formula, verdict in judged(WRONG, NETWORK, "columns"):
        assert verdict.kind in ("wrong", "shape"), (formula, verdict.message)
    (derivative,) = judged(
        {"delta[2]": (r"\frac{\partial J}{\partial a_j} \frac{\partial a_j}{\partial z_j}",)}, CLASSES, "columns"
    )
    assert derivative[1].kind == "wrong"


def test_an_index_counts_rows_and_columns_as_the_notation_shows_them():
    numbered = "∂J/∂w_{ij}^l = a_i^{l-1} δ_j^l"
    assert mlpviz.check_formula(numbered, "dW[2]", NETWORK, Notation("columns", weights="in_out")).kind == "right"
    assert mlpviz.check_formula(numbered, "dW[2]", NETWORK, "columns").kind == "wrong"


def test_one_sample_is_said_where_no_sum_is_written():
    verdict = mlpviz.check_formula("∂C/∂b_j = δ_j", "db[2]", NETWORK, "columns")
    assert verdict.causes == ("missing sum", "one sample")


def test_what_adds_up_to_no_whole_array_is_refused():
    for formula in ("a_i^{(1)} a_j^{(1)} z_k^{(1)}", r"\sum_k a_k^{(1)} z_k^{(1)} w_{jk}^{(2)} w_{ki}^{(2)}"):
        assert mlpviz.check_formula(formula, "dW[2]", NETWORK, "columns").kind == "refused", formula
