"""The equations of any layer: letters take the place of numbers, and nothing else changes."""

import re

import pytest

from mlpviz.derivation.general import backward_lines, forward_lines, last_layers, middle, update_lines
from mlpviz.derivation.notation import Notation
from mlpviz.derivation.printing.latex import equation_latex
from mlpviz.derivation.view import View
from mlpviz.maths.equations import equation
from tests.support.networks import CASES, NOTATIONS, case


def lines(name, notation):
    view = View.of(case(name).trace, notation)
    return [*forward_lines(view), *backward_lines(view), *update_lines(view)]


@pytest.mark.parametrize("name", CASES)
def test_with_numbers_for_the_letters_they_are_the_equations_of_a_layer(name):
    for notation in NOTATIONS:
        view = View.of(case(name).trace, notation)
        L = view.architecture.depth
        output = backward_lines(view)[0]
        for back in range(L + 1):
            output = re.sub(r"(?<=[({])" + (f"L-{back}" if back else "L") + "(?=[)}])", str(L - back), output)
        assert output == equation_latex(equation(view.architecture, "output error", L), view)
        lettered = middle(view, "tanh")
        plain = View(lettered.architecture, view.batch_size, lettered.notation, view.whole_targets)
        for equation_name in ("affine map", "hidden error", "weight gradient", "weight update"):
            own = equation(plain.architecture, equation_name, 2)
            told = equation_latex(own, lettered)
            for letters, number in (("l+1", "3"), ("l-1", "1"), ("(l)", "(2)")):
                told = told.replace(letters, number)
            assert told == equation_latex(own, plain)


def test_the_whole_algorithm_as_the_texts_write_it():
    assert lines("two-three-two", Notation("columns", activation="f"))[2:6] == [
        r"\delta^{(L)} = \left(a^{(L)} - y\right) \odot f_{2}'\left(z^{(L)}\right)",
        r"\delta^{(l)} = \left(W^{(l+1)\top}\,\delta^{(l+1)}\right) \odot f'\left(z^{(l)}\right)",
        r"\frac{\partial J}{\partial W^{(l)}} = \delta^{(l)}\,a^{(l-1)\top}",
        r"\frac{\partial J}{\partial b^{(l)}} = \delta^{(l)}",
    ]


def test_activations_that_differ_have_a_letter_and_softmax_a_line_of_its_own():
    shown = lines("everything", Notation())
    assert shown[1] == r"A^{(l)} = f\left(Z^{(l)}\right)"
    assert sum(line.startswith(r"\Delta^{(l)} = ") for line in shown) == 2
    assert not any("b^" in line for line in lines("no bias", Notation()))


def test_the_last_layers_are_counted_back_from_the_last():
    view = last_layers(View.of(case("binary-classifier").trace, Notation()), "r")
    assert view.letters == ("r-3", "r-2", "r-1", "r")
