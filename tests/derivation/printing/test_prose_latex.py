"""Sentences for documents: formulas between dollar signs, the rest escaped, and nothing that a font for text lacks."""

import re

import pytest

from mlpviz.derivation.notation import Notation
from mlpviz.derivation.printing.prose import FORMULA
from mlpviz.derivation.printing.prose_latex import math_of, with_formulas
from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from tests.support.programs import walked


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("δ^{(2)}", r"\delta ^{(2)}"),
        ("∂J/∂W^{(1)}_{ij}", r"\partial J/\partial W^{(1)}_{ij}"),
        ("W⁽²⁾ᵀ", r"W^{(2)\top}"),
        ("W^{(2)}ᵀ", r"W^{(2)\top}"),
        ("δ^{(4)}_{:,1}ᵀ", r"\delta ^{(4)\top}_{:,1}"),
        ("σ′(z^{(1)})", r"\sigma '(z^{(1)})"),
        ("f^{(1)}′", r"f^{(1)\prime}"),
        ("Σ_{k} δ_{k} w_{kj}", r"\sum _{k} \delta _{k} w_{kj}"),
        ("softmax(z)", r"\mathrm{softmax}(z)"),
        ("n₁ × n₂", r"n_{1} \times  n_{2}"),
        ("−½ %", r"-\tfrac{1}{2} \%"),
        ("ŷ", r"\hat{y}"),
    ],
)
def test_a_formula_of_a_sentence_as_latex(text, latex):
    assert math_of(text) == latex


def test_only_formulas_are_between_dollar_signs():
    shout = str.upper
    sentence = f"The {FORMULA.format('δ^{(2)}')} of a unit, z_{{k}} too, and back (Bᵀ) → there."
    assert (
        with_formulas(sentence, shout)
        == r"THE $\delta ^{(2)}$ OF A UNIT, $z_{k}$ TOO, AND BACK (B$^{\top}$) $\rightarrow$ THERE."
    )


def test_every_sentence_of_every_walkthrough_has_letters_that_fonts_have():
    for walkthrough in WALKTHROUGHS.values():
        for scene, chains in walked(
            walkthrough, "softmax-batch", Notation("columns", error="nabla", brackets="square")
        ):
            for line in (line for chain in chains for line in chain.lines):
                for sentence in (line.title, line.reason, *line.notes.values()):
                    text = with_formulas(sentence, lambda each: each)
                    assert not re.search(r"[^\x00-\xff‘’“”–—…]", text), (scene.layer, text)
                    assert text.count("$") % 2 == 0
                    assert not re.search(r"([_^])\{[^{}]*\}([_^]\{[^{}]*\})?\1\{|\^\{[^{}]*\}'", text), text
