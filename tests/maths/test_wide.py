"""What an East Asian keyboard types is read as the plain characters it stands for, everywhere by one table."""

import pytest

import mlpviz
from mlpviz.derivation.checker.reading.characters import table
from mlpviz.maths.wide import IN_NUMBERS, WIDE, narrow
from mlpviz.setup.matrix_text import parse_matrix
from tests.support.opened import Opened

ARCHITECTURE = mlpviz.Architecture((2, 3, 2), ("relu", "sigmoid"), "half_squared_error", "sum")


def test_wide_characters_are_plain_ones_and_nothing_else_changes():
    assert narrow("（a2－y）＊０．５　＋　１") == "(a2-y)*0.5 + 1"
    assert narrow("１。５、２；３：４") == "1.5,2;3:4"
    assert narrow("Ｗ1。Ｔ\n完。\n") == "W1.T\n完 \n"
    for text in ("aᵀ x² δ⁽²⁾ ½ ﬁ ⊙ −1", "權重 行/列"):
        assert narrow(text) == text


def test_every_wide_sign_is_in_the_one_table():
    assert set("０１２３４５６７８９（）［］｛｝＋－＊／＠＝＜＞！，．；：＿＾｜＇＂＃％＆～") <= WIDE.keys()
    assert WIDE.items() <= table().items()
    assert IN_NUMBERS.items() <= WIDE.items()


@pytest.mark.parametrize("formula", ["（a2－y）⊙a2⊙（１－a2）。", "（Ａ［２］　－　Ｙ）＊Ａ［２］＊（１－Ａ［２］）；"])
def test_formulas(formula):
    assert mlpviz.check_formula(formula, "delta[2]", ARCHITECTURE).kind == "right"


def test_programs():
    program = "Ｚ1 ＝ Ｘ ＠ Ｗ1．Ｔ ＋ ｂ1；Ａ1 ＝ np.maximum（0，Ｚ1）　＃ 前向\nＺ2 ＝ Ａ1＠Ｗ2。Ｔ＋ｂ2。"
    report = mlpviz.check_code(program, architecture=ARCHITECTURE)
    assert [(line.kind, line.name) for line in report.lines] == [("right", "Z[1], A[1]"), ("right", "Z[2]")]
    assert [line.text for line in report.lines] == program.split("\n")


def test_matrices():
    assert parse_matrix("１，－２．５；３，４。") == ((1, -2.5), (3, 4))
    assert parse_matrix("［［０．１、０．２］，［０．３、０．４］］") == ((0.1, 0.2), (0.3, 0.4))


def test_fields():
    page = Opened("network").fill("widths", "２，４，２").fill("seed", "７").fill("l2", "０．５").run()
    assert not page.app.error
    setup = page.session.history.present
    assert (setup.widths, setup.seed, setup.l2) == ((2, 4, 2), 7, 0.5)
    page.app.text_area(key="paste X").set_value("０．２５，－１")
    assert page.press("put X").session.history.present.X == ((0.25, -1.0),)
