"""A number is written alike in Python and in the browser: both are held by the same vectors (and by node there)."""

import json

import pytest

from mlpviz.drawing.numbers import number, scientific
from tests.support.browser import ROOT

VECTORS = json.loads((ROOT / "tests/support/numbers.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("value", "digits", "text"), VECTORS)
def test_a_number_is_written_as_in_the_browser(value, digits, text):
    assert number(float(value), digits) == text


@pytest.mark.parametrize(
    ("size", "digits", "text"),
    [(3.14e-8, 0, "3·10⁻⁸"), (3.14e-8, 1, "3.1·10⁻⁸"), (1.0, 2, "1.00·10⁰"), (9.96, 1, "1.0·10¹")],
)
def test_a_mantissa_has_as_many_digits_as_are_asked_for(size, digits, text):
    assert scientific(size, digits) == text


@pytest.mark.parametrize("digits", range(8))
def test_nothing_is_written_as_minus_zero(digits):
    for power in range(12):
        text = number(-4 * 10.0**-power, digits)
        assert set(text) & set("123456789"), text
