"""What figures share: limits that change rarely."""

import pytest

from mlpviz.drawing.figure import nice


@pytest.mark.parametrize(
    ("value", "limit"), [(0.3, 0.5), (1, 1), (1.01, 2), (7, 10), (1e-7, 1e-7), (0, 1), (float("nan"), 1), (3e5, 5e5)]
)
def test_nice_numbers(value, limit):
    assert nice(value) == pytest.approx(limit)
