"""Formulas as MathML: every command is known, every glyph arrives, and browsers draw all of it."""

import random
import subprocess
import sys

import pytest

from mlpviz.derivation.notation import Notation
from mlpviz.derivation.printing.mathml import mathml
from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from mlpviz.examples.presets import PRESETS
from tests.support.mathml import faults, formulas_of
from tests.support.networks import NOTATIONS


def test_every_formula_of_every_preset_and_walkthrough_arrives_whole():
    """A seeded sample of the notations; all of them: ``python -m tests.measure.exports``."""
    drawn = random.Random(5)
    for preset in PRESETS:
        for formula in formulas_of(preset, drawn.choice(NOTATIONS), drawn.sample(list(WALKTHROUGHS), 3)):
            assert not faults(formula), formula


@pytest.mark.parametrize(
    "latex",
    [
        r"\textcolor{#b5500f}{\boldsymbol{n_{1}}}",
        r"\boxed{\underbrace{W^{(2)}}_{\substack{n_{1}\times n_{2}\\[0.25em]2\times 3}}}",
        r"\begin{aligned}a &= b\\c &= d\end{aligned}",
        r"\begin{bmatrix}1 & 2\\3 & \vdots\end{bmatrix}",
        r"\begin{bmatrix}\text{—}\ x\ \text{—}\end{bmatrix}",
        r"\max\nolimits_{1}\left(z\right)",
        r"\mathcal{B}\left[\mathsf{MM}_{W,\,b},\,x\right]\left(1\right)",
        r"a \overset{?}{=} b \otimes c",
        r"\begin{cases}1 & a > 0\\0 & a < 0\end{cases}",
    ],
)
def test_what_stands_elsewhere_on_the_pages_is_known_too(latex):
    assert not faults(latex)


def test_a_command_that_is_not_known_and_a_lost_letter_would_be_seen(monkeypatch):
    assert faults(r"\unheardof x")
    monkeypatch.setattr("mlpviz.derivation.printing.mathml.MACROS", ())
    mathml.cache_clear()
    assert faults(r"a\,\allowbreak b")
    mathml.cache_clear()


def test_a_formula_is_cut_where_it_may_be_broken_and_nowhere_else():
    pieces = lambda latex: mathml(latex).split("<wbr>")  # noqa: E731
    assert len(pieces(r"z = a\,\allowbreak b")) == 3
    assert len(pieces(r"-a")) == 1
    assert len(pieces(r"a - b \odot c")) == 3
    assert len(pieces(r"\left(a + b\right)")) == 1
    assert len(pieces(r"\frac{a + b}{c}^{x = y}")) == 1
    assert all('form="infix"' in each for each in pieces(r"a + b = c")[:2])


def test_names_are_words_and_letters_are_bold_without_what_browsers_leave_out():
    assert "<mi>softmax</mi>" in mathml(r"\operatorname{softmax}\left(z\right)")
    assert '<mi>flat</mi><mspace width="0.167em" />' in mathml(r"\operatorname{flat} W")
    assert mathml(r"\mathbf{1}") == '<math displaystyle="true"><mn style="font-weight: bold">1</mn></math>'
    assert '<mi mathvariant="normal">⊤</mi>' in mathml(r"W^{\top}")


def test_it_is_loaded_only_where_a_formula_is_wanted():
    code = "import sys, mlpviz.derivation.printing.mathml; print('latex2mathml' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"


def test_the_letters_of_a_notation_are_known():
    for options in (
        {"error": "nabla", "activation": "sigma"},
        {"error": "d", "output": "yhat"},
        {"activation": "phi", "cost": "ℒ"},
        {"letters": "ah", "brackets": "square"},
    ):
        for formula in formulas_of("softmax-batch", Notation(**options), ["batch"]):
            assert not faults(formula), formula
