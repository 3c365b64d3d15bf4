"""Characters as people type, paste and copy them: each reads as the plain one, at its own place."""

import mlpviz
from mlpviz.derivation.checker.reading.characters import plain
from mlpviz.derivation.checker.reading.rendered import equations, readable

NETWORK = mlpviz.Architecture((2, 3, 2), ("tanh", "sigmoid"), "half_squared_error", "sum")

PLAIN = {
    "𝛿₂ᵀ 𝐴₁": "δ_{2}ᵀ A_{1}",
    "＠（）＝＋": "@()=+",
    "；，。、：": ";,.,:",
    "− – ‒ ‑ —": "- - - - -",
    "⋅ ∙ ‧": "· · ·",
    "∗ ∘ ◦ •": "* ⊙ ⊙ ⊙",
    "¹⁄ₘ (a)": "(1/m) (a)",
    "′ ’ ‵": "' ' '",
    "𝑦̂ − ŷ": "ŷ - ŷ",
    "y\u0302": "ŷ",
    "yˆ - ˆy": "ŷ - ŷ",
    "W⁽ˡ⁺¹⁾ᵀ": "W^{(l+1)}ᵀ",
    "a²": "a^{2}",
    "¼": " 0.25 ",
    "a ≥ 0": "a >= 0",
    "∆ ∑ µ": "Δ Σ μ",
    "A\u200b[1]\u00a0Y\ufeff\u00ad": "A[1] Y",
    "𝟙[z > 0] 𝟏": "𝟏[z > 0] 𝟏",
    "𝓛 ℒ ℓ": "ℒ ℒ ℓ",
    "ａ＿１": "a_1",
}

COPIED = {
    "δ(2)=(a(2)−y)⊙a(2)⊙(1−a(2))": "δ^{(2)}=(a^{(2)}-y)⊙a^{(2)}⊙(1-a^{(2)})",
    "∂J/∂W(2) = δ(2) a(1)T": "∂J/∂W^{(2)} = δ^{(2)} a^{(1)}ᵀ",
    "∂𝐽∂𝑊(2)=𝛿(2)𝑎(1)𝑇": "(∂J/∂W^{(2)})=δ^{(2)}a^{(1)}ᵀ",
    "W(l+1)Tδ(l+1)⊙f′(z(l))": "W^{(l+1)}ᵀδ^{(l+1)}⊙f'(z^{(l)})",
    "δ \n(2)\n =(a \n(2)\n −y)": "δ^{(2)}  =(a^{(2)}  -y)",
    "z \nj\n(l)\n\u200b\n =∑ \nk\n\u200b\n w \njk\n(l)\n\u200b": "z_{j}^{(l)}  =Σ_{k}   w_{jk}^{(l)}",
    "W^T δ": "Wᵀ δ",
    "y_{hat} - y_{true}": "ŷ - y",
    "J(W, b) = y": "J = y",
    "f(2) h(1)": "f(2) h(1)",
}


def test_characters_read_as_the_plain_ones_and_remember_their_places():
    for typed, expected in PLAIN.items():
        found = plain(typed)
        assert found.text == expected, typed
        assert len(found.spans) == len(found.text)
    signs = plain("a − 𝛿₂")
    assert signs.place(*(signs.text.index("δ") + k for k in (0, 1))) == (4, 5)
    assert signs.place(signs.text.index("_"), len(signs)) == (5, 6)


def test_what_is_copied_from_a_rendered_formula_has_its_ups_and_downs_again():
    for typed, expected in COPIED.items():
        found = readable(typed)
        assert found.text == expected, typed
        assert len(found.spans) == len(found.text)


def test_code_has_no_traces_of_printing():
    assert readable("f(2)\n(2)\nW(2)", formula=False).text == "f(2)\n(2)\nW(2)"


def test_formulas_pasted_as_unicode_are_judged():
    for formula in ("δ(2)=(a(2)−y)⊙a(2)⊙(1−a(2))", "（𝑨⁽²⁾ – 𝒀）∘ 𝐴₂∘（1 — 𝐴₂）", "𝛿 ⁽²⁾＝(a₂ − y) ∗ a₂ ∗ (1 ‒ a₂)；"):
        assert mlpviz.check_formula(formula, "delta[2]", NETWORK, "columns").kind == "right", formula
    wrong = mlpviz.check_formula("𝛿(2)=(𝑎(2)−𝑦)⊙𝑎(2)", "delta[2]", NETWORK, "columns")
    assert wrong.kind == "wrong"
    assert "slope" in " ".join(wrong.causes)


def test_letters_of_other_alphabets_stay_refused_by_name():
    verdict = mlpviz.check_formula("\u0430[1]", "delta[2]", NETWORK)
    assert verdict.kind == "refused"
    assert "looks like “a”" in verdict.message


def test_several_formulas_are_told_apart_with_their_places():
    texts = {
        r"\begin{align*} \delta &= a - y \\ &= b \\ W &= \delta a^\top \end{align*}": 2,
        r"z = Wx + b, \quad a = f(z), \quad l = 1, \dots, L": 2,
        r"\begin{aligned} z &= W x \\ &+ b \\ &\vdots \\ J &= c\end{aligned}": 2,
        "a = b ⇒ c = d; e = f": 3,
        r"$$ a = b, \tag{1} $$ $$ c = d \text{ where } W \in \mathbb{R}^{2} $$": 2,
        "δ = f(a, b)": 1,
    }
    for text, count in texts.items():
        found = equations(text)
        assert len(found) == count, (text, found)
        assert all(text[start:end] == formula and formula.count("=") for formula, (start, end) in found)
