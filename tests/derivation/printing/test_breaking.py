"""Formulas that may be broken: outside of braces, in long brackets, between factors, and with the same glyphs."""

import re

import pytest

from mlpviz.derivation.printing.breaking import TOKEN, breakable, glyphs
from mlpviz.derivation.printing.latex import entry_latex, equation_latex
from tests.support.networks import CASES, NOTATIONS, case, passes, view_of


@pytest.mark.parametrize(
    ("latex", "broken"),
    [
        (r"\delta = \left(a - y\right) \odot f\left(z\right)", r"\delta = \left(a - y\right) \odot f\left(z\right)"),
        (r"a\,b", r"a\,\allowbreak b"),
        (r"x^{a\,b}\,c", r"x^{a\,b}\,\allowbreak c"),
        (r"\frac{a\,b}{c}", r"\frac{a\,b}{c}"),
        (r"\left[\sum_{k=1}^{n_{2}} \delta_{k}\,W_{kj}\,\left(a + b\right)\,c\,d\,e\,f\right]_{ij}",
         r"\Biggl[\sum_{k=1}^{n_{2}} \delta_{k}\,\allowbreak W_{kj}\,\allowbreak \left(a + b\right)\,\allowbreak c"
         r"\,\allowbreak d\,\allowbreak e\,\allowbreak f\Biggr]_{ij}"),
        (r"\left(a + b + c + d + e + f + g + h\right)^{2}", r"\bigl(a + b + c + d + e + f + g + h\bigr)^{2}"),
    ],
)  # fmt: skip
def test_where_a_formula_may_be_broken(latex, broken):
    assert breakable(latex) == broken


def test_a_fraction_is_as_long_as_its_longer_half():
    assert glyphs(TOKEN.findall(r"\frac{a + b}{c}")) == 3
    assert glyphs(TOKEN.findall(r"a^{(2)}")) == 3


def test_a_brace_without_its_other_half_is_noticed():
    with pytest.raises(ValueError, match="without"):
        breakable(r"\left(a")


@pytest.mark.parametrize("name", CASES)
def test_breaking_changes_no_glyph(name):
    bare = lambda text: re.sub(r"\\left|\\right|\\[bB]igg?[lr]|\\allowbreak| ", "", text)  # noqa: E731
    for notation in (NOTATIONS[0], NOTATIONS[-1]):
        view = view_of(case(name), notation)
        for step in passes(name):
            for text in (equation_latex(step.equation, view, shapes=True), entry_latex(step.equation, view)):
                assert bare(breakable(text)) == bare(text)
