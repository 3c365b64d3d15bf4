"""Formulas as MathML: every command is known, every glyph arrives, and browsers draw all of it."""

import random
import re
import subprocess
import sys
from collections import Counter
from xml.etree.ElementTree import fromstring

import pytest

from mlpviz.derivation.notation import Notation
from mlpviz.derivation.printing.mathml import BREAK, mathml
from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from mlpviz.examples.presets import PRESETS
from mlpviz.maths.symbols import COMMANDS
from tests.support.mathml import formulas_of
from tests.support.networks import NOTATIONS

CORE = set(
    "math merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle "
    "msub msubsup msup mtable mtd mtext mtr munder munderover wbr".split()
)
"""What browsers draw: the elements of MathML Core."""

SIGNS = {value: key for key, value in COMMANDS.items() if len(key) == 1} | {r"\sigma": "σ", r"\Phi": "Φ", r"\phi": "φ"}
SIGNS |= {r"\theta": "θ", r"\ell": "ℓ", r"\mathcal{L}": "ℒ", r"\mathcal{B}": "ℬ", r"\hat": "", r"\exp": "exp"}
NAMES = ("max", "min", "log", "tanh", "exp")
"""The functions that are commands."""


def elements(html):
    """A formula as one element."""
    return fromstring("<html>" + html.replace("<wbr>", "<wbr/>") + "</html>")


def letters(text):
    return Counter(each for each in text if each.isalnum())


def letters_of_latex(latex):
    """The letters and digits that a formula shows, read without any converter."""
    for command, sign in sorted(SIGNS.items(), key=lambda pair: -len(pair[0])):
        latex = re.sub(re.escape(command) + r"(?![A-Za-z])", sign, latex)
    latex = re.sub(r"\\\\\[[\d.]+em\]|\\textcolor\{#\w+\}|\\(begin|end)\{\w+\}", "", latex)
    latex = re.sub(rf"\\({'|'.join(NAMES)})\b", r"\1", latex)
    return letters(re.sub(r"\\[A-Za-z]+", "", latex))


def faults(latex):
    """What is wrong with a formula as MathML."""
    tree = elements(mathml(latex))
    text = "".join(tree.itertext())
    found = [each.tag for each in tree.iter() if each.tag not in CORE | {"html"}]
    found += [each.attrib for each in tree.iter() if each.get("mathvariant", "normal") != "normal"]
    found += [sign for sign in ("\\", "&", BREAK, "$") if sign in text]
    if letters(text) != letters_of_latex(latex):
        found.append((letters(text), letters_of_latex(latex)))
    return found


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
