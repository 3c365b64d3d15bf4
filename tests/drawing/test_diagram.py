"""Where the neurons stand: evenly, in the unit square, a stated selection of a wide layer."""

import pytest

from mlpviz.drawing import diagram as drawing
from mlpviz.drawing.diagram import NEURONS_SHOWN, diagram


@pytest.mark.parametrize("widths", [(2, 3, 2), (1, 1), (256, 16, 10), (12, 13, 14, 1), (784, 512, 512, 10), (5,)])
def test_every_neuron_stands_in_the_unit_square(widths):
    columns = diagram(widths)
    assert [column.layer for column in columns] == list(range(len(widths)))
    assert [column.total for column in columns] == list(widths)
    assert [column.x for column in columns] == sorted({column.x for column in columns})
    assert columns[0].x == 0
    assert columns[-1].x == (1 if len(widths) > 1 else 0)
    for column in columns:
        assert len(column.y) == len(column.shown) <= NEURONS_SHOWN
        assert list(column.y) == sorted(set(column.y))
        assert all(0 < y < 1 for y in column.y)
        assert column.y[0] + column.y[-1] == pytest.approx(1)


def test_a_narrow_layer_is_drawn_in_full():
    for n in range(1, NEURONS_SHOWN + 1):
        assert diagram((n, 1))[0].shown == tuple(range(n))


def test_a_wide_layer_is_drawn_by_its_first_and_last_neurons():
    (wide, _) = diagram((256, 10))
    half = len(wide.shown) // 2
    assert wide.shown == (*range(half), *range(256 - half, 256))
    gaps = [below - above for above, below in zip(wide.y, wide.y[1:], strict=False)]
    assert gaps[half - 1] == pytest.approx(2 * gaps[0])
    assert gaps[0] >= 1 / NEURONS_SHOWN  # no denser than a layer drawn in full
    assert gaps[: half - 1] + gaps[half:] == pytest.approx([gaps[0]] * (2 * half - 2))


def test_a_layer_just_too_wide_leaves_neurons_out():
    (column, _) = diagram((NEURONS_SHOWN + 1, 1))
    assert len(column.shown) < NEURONS_SHOWN + 1
    assert len(set(column.shown)) == len(column.shown)


@pytest.mark.parametrize("most", [3, 4, 5, 12, 20])
def test_any_number_of_neurons_can_be_drawn(monkeypatch, most):
    monkeypatch.setattr(drawing, "NEURONS_SHOWN", most)
    wide = drawing.column(0, 100, 0.0)
    assert 2 <= len(wide.shown) <= most
    assert wide.shown[0] == 0
    assert wide.shown[-1] == 99
