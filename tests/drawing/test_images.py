"""Numbers as pictures: each in its place, and every count readable on its cell."""

import numpy as np
import pytest

from mlpviz.drawing import images


def test_pictures_stand_beside_each_other():
    pictures = np.arange(5 * 2 * 3).reshape(5, 2, 3)
    whole = images.montage(pictures, 4)
    assert whole.shape == (5, 15)
    assert whole[:2, :3].tolist() == pictures[0].tolist()
    assert whole[3:, :3].tolist() == pictures[4].tolist()
    assert np.isnan(whole[2]).all()
    drawn = images.tiles(pictures, [str(k) for k in range(5)], 29)
    assert len(drawn.layout.annotations) == 5
    assert (drawn.data[0].zmin, drawn.data[0].zmax) == (-29, 29)
    assert np.nanmax(drawn.data[0].z) == 29
    assert images.limit_of(np.array([np.nan, -2.9])) == 3


def test_confusion_counts_every_sample_once():
    right, given = np.array([0, 0, 1, 2, 2, 2]), np.array([0, 1, 1, 2, 2, 0])
    matrix = images.counts(right, given, 3)
    assert matrix.tolist() == [[1, 1, 0], [0, 1, 0], [1, 0, 2]]
    drawn = images.confusion(matrix, ("a", "b", "c"), "given", "right")
    assert np.allclose(np.asarray(drawn.data[0].z).sum(1), 1)
    assert (drawn.data[0].zmin, drawn.data[0].zmax) == (0, 1)


def test_counts_can_be_read_on_every_cell_and_names_are_shown_as_they_are():
    matrix = images.counts(np.array([0, 0, 0, 1]), np.array([0, 0, 0, 0]), 2)
    for dark in (False, True):
        heat, numbers = images.confusion(matrix, ("a <b>", "c"), "given", "right", dark).data
        assert list(numbers.text) == ["3", "0", "1", "0"]
        inks = list(numbers.textfont.color)
        assert inks[0] == inks[2] != inks[1] == inks[3], "the shares are 1, 0, 1, 0"
        assert list(heat.x) == ["a &lt;b>", "c"]


@pytest.mark.parametrize(("value", "limit"), [(1.02, 1.5), (2.9, 3), (0.06, 0.07), (8, 10), (np.nan, 1)])
def test_the_colours_of_pictures_reach_a_little_further_than_their_values(value, limit):
    assert images.limit_of(np.array([0.0, -value])) == pytest.approx(limit)
