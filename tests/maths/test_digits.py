"""Raised and lowered digits stand in one table, and can be read again."""

import re
import unicodedata
from pathlib import Path

import pytest

from mlpviz.maths.digits import DIGITS, LOWERED, PLAIN, RAISED

ROOT = Path(__file__).parents[2] / "mlpviz"
TABLE = re.compile(r"maketrans\(.*[⁰⁴₀]")


@pytest.mark.parametrize(("table", "plain"), [(RAISED, DIGITS + "()"), (LOWERED, DIGITS)], ids=["raised", "lowered"])
def test_a_number_is_moved_and_read_again(table, plain):
    moved = plain.translate(table)
    assert unicodedata.normalize("NFKC", moved) == plain
    assert moved.translate(PLAIN) == plain


def test_a_raised_minus_is_read_again():
    assert "-12".translate(RAISED) == "⁻¹²"
    assert "⁻¹²".translate(PLAIN) == "-12"


def test_no_other_file_moves_them_by_a_table_of_its_own():
    texts = {file.relative_to(ROOT): file.read_text(encoding="utf-8") for file in ROOT.rglob("*.py")}
    assert [str(file) for file, text in texts.items() if TABLE.search(text)] == ["maths/digits.py"]
