"""LaTeX as plain text: one table of commands, and a place for everything."""

import pytest

import mlpviz
from mlpviz.derivation.checker.reading.latex_commands import unlatexed
from mlpviz.derivation.checker.reading.refusals import Unread

NETWORK = mlpviz.Architecture((2, 3, 2), ("relu", "sigmoid"), "half_squared_error", "sum")

PLAIN = {
    r"\frac{\partial L}{\partial W^{(2)}}": "(∂L/∂W^{(2)})",
    r"\dfrac12 \tfrac1m \frac{a+b}{m}": "(1/2) (1/m) ((a+b)/m)",
    r"\frac{1}{2m} \frac{10}{m}": "(1/(2m)) (10/m)",
    r"\frac{\mathrm d L}{\mathrm d W}": "(∂L/∂W)",
    r"\frac{\partial}{\partial W^{(l)}} J(W)": "(∂J/∂W^{(l)})",
    r"\mathbf W\mathbf x+\bm b": "W x+b",
    r"\hat{\mathbf y} - \hat y": "ŷ - ŷ",
    r"W^\mathsf{T}\delta": "W^{T}δ",
    r"g^{[l]\prime}(z)": "g'^{[l]}(z)",
    r"{f'}^{(2)}(z)": "(f')^{(2)}(z)",
    r"\sigma^\prime(z)": "σ'(z)",
    r"\underbrace{\frac{\partial C}{\partial z}}_{\text{the hard one}} x": " (∂C/∂z) x",
    r"\begin{bmatrix} 1 & 2 \\[2pt] 3 & 4 \end{bmatrix}": "[[ 1 , 2 ],[ 3 , 4 ]]",
    r"\text{ReLU}'(z) + \operatorname{diag}(x)": "ReLU'(z) + diag(x)",
    r"\mathbb{1}[z > 0] \mathbf 1": "𝟏[z > 0] 𝟏",
    r"\sum\limits_{k=1}^n w_{kj}": "Σ _{k=1}^{n} w_{kj}",
    r"\mathcal{L}": "ℒ",
    r"a_jk": "a_{j}k",
    r"\left( a \right)\big[ b \big]": " ( a  ) [ b  ]",
    r"\textcolor{red}{a} \tag{1} \label{x}": "a    ",
    r"{\partial J \over \partial W}": "(∂J/∂W)",
    r"\mathrm{d}W + \mathrm d Z": "dW + dZ",
    r"\theta \leftarrow \eta": "θ := η",
}


def test_commands_read_as_what_they_stand_for():
    for typed, expected in PLAIN.items():
        found = unlatexed(typed)
        assert found.text == expected, typed
        assert len(found.spans) == len(found.text)
        assert all(0 <= start <= end <= len(typed) for start, end in found.spans)


def test_an_unknown_command_is_refused_with_its_place():
    for typed, word in ((r"a + \foo{b}", r"\foo"), (r"\begin{cases} 1 \end{cases}", r"\begin{cases}")):
        with pytest.raises(Unread) as caught:
            unlatexed(typed)
        start, end = caught.value.span
        assert typed[start:end] == word


def test_what_stands_too_deep_is_refused():
    for text in ("{" * 5000, r"\frac" * 5000, r"\hat{" * 900, "^" * 1000 + "{"):
        with pytest.raises(Unread):
            unlatexed(text)


RIGHT = {
    "dW[2]": (
        r"\frac {\partial L}{\partial W^{(2)}} = (a^{(2)} - y) \odot a^{(2)} \odot (1 - a^{(2)}) a^{(1)T}",
        r"\nabla_{W^{(2)}} J = \nabla_{z^{(2)}} J \cdot a^{(1)T}, \tag{1a-m}",
        r"\nabla_{\mathbf{W}^{[2]}} \mathcal{L} &= \boldsymbol{\delta}^{[2]} \left(\mathbf{a}^{[1]}\right)^{\!\top}",
        r"$\dfrac{\partial \mathcal L}{\partial \bm W^{(2)}} = \bm\delta^{(2)}\,{\bm a^{(1)}}^{\intercal}$",
    ),
    "delta[1]": (
        r"\mathbf{\delta}^{(1)} = \mathbf{W}^{(2)\top}\mathbf{\delta}^{(2)}\odot f'(\mathbf{z}^{(1)})",
        r"\delta^{[1]} = W^{[2]T} \delta^{[2]} \circ g^{[1]\prime}(z^{[1]})",
        r"\delta^1 = \left( (w^2)^T \delta^2 \right) \odot \sigma'(z^1)",
    ),
    "cost": (r"C = \tfrac12 \lVert y - a^{(2)} \rVert^2", r"L = \frac {1}{2} \sum (y_{hat} - y_{true})^2"),
}


def test_formulas_in_latex_are_judged():
    for target, formulas in RIGHT.items():
        for formula in formulas:
            verdict = mlpviz.check_formula(formula, target, NETWORK, "columns")
            assert verdict.kind == "right", (formula, verdict.message)


TEXTS = {
    "delta[1]": (
        r"$$\delta^{l} = ((w^{l+1})^T \delta^{l+1}) \odot \sigma'(z^{l}) \quad (BP2)$$",
        r"\delta^{(1)} \gets W^{(2)T}\delta^{(2)} .* \mathbb{I}(z^{(1)} > 0)",
        "W₂ᵀδ₂ ⊙ 1[z₁ > 0]",
        "delta^(1) = W(2)^T delta^(2) .* f'(z^(1))",
        "delta1 = W2' delta2 o f'(z1)",
    ),
    "delta[2]": (
        "δᴸ = ∇ₐC ⊙ σ'(zᴸ)   (BP1)",
        "(1) δ₂ = (a₂ − y) ⊙ σ'(z₂)",
        "2. δ₂ = (a₂ − y) ⊙ σ'(z₂)",
        r"\delta^L = \Sigma'(z^L) \nabla_a C \text{ with } \Sigma'(z^L) = \operatorname{diag}(\sigma'(z^L))",
        "delta2 = (A2 - Y) o A2 o (1 - A2)",
        r"{\large\delta^{(2)}} = \small (a^{(2)} - y) \odot a^{(2)} \odot (1 - a^{(2)})",
    ),
    "dW[2]": (
        r"\frac{\partial J}{\partial W_2} = \delta_2 \mathbf{h}_1^\top \text{ where } \mathbf{h}_1 = f(\mathbf{z}_1)",
        "∇W₂ = δ₂ a₁ᵀ",
        r"{\partial J \over \partial W^{(2)}} = \delta^{(2)} \cdot a^{(1)T}",
        r"\mathrm{d}W^{[2]} = \mathrm{d}Z^{[2]} A^{[1]\top}",
        r"\nabla_{W^{(2)}}J(W,b;x,y)=\delta^{(2)}(a^{(1)})^T",
        "dJ/dW2 = dJ/da2 * da2/dz2 * dz2/dW2",
        "∇_(W2) J = δ2 a1ᵀ",
    ),
    "db[2]": (r"db^{[2]} = np.sum(dZ^{[2]}, axis=1, keepdims=True)", "dC/db_2 = sum_i delta_2^(i)"),
    "cost": ("E = 1/2 ||a2 - y||^2",),
    "A[2]": ("a2 = 1/(1+e^-z2)", r"a^{(2)} = \frac{1}{1 + e^{-z^{(2)}}}"),
}


def test_what_texts_write_around_and_instead_of_formulas_is_read():
    for target, formulas in TEXTS.items():
        for formula in formulas:
            verdict = mlpviz.check_formula(formula, target, NETWORK, "columns")
            assert verdict.kind == "right", (formula, verdict.message)


def test_the_cost_of_the_course_is_read():
    network = mlpviz.Architecture((3, 4, 1), ("sigmoid", "sigmoid"), "binary_cross_entropy", "mean_samples")
    cost = (
        r"J = - \frac{1}{m} \sum\limits_{i = 1}^{m} \large\left(\small y^{(i)}\log\left(a^{[2] (i)}\right) "
        r"+ (1-y^{(i)})\log\left(1- a^{[2] (i)}\right) \large \right) \small"
    )
    assert mlpviz.check_formula(cost, "cost", network, "columns").kind == "right"
    assert mlpviz.check_formula(cost.replace("= -", "="), "cost", network, "columns").kind == "wrong"
