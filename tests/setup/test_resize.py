"""What of a setup stays when the widths change."""

import numpy as np
import pytest

from mlpviz.setup.arrays import parameters_of
from mlpviz.setup.checks import checked
from mlpviz.setup.resize import matched_layers, resized, with_draws_kept
from tests.support.setups import BASE, BATCH


@pytest.mark.parametrize(
    ("old", "new", "matched"),
    [
        ((2, 3, 2), (2, 4, 2), {1: 1, 2: 2}),
        ((2, 3, 2), (2, 3, 4, 2), {1: 1}),
        ((2, 3, 4, 2), (2, 3, 2), {1: 1}),
        ((2, 3, 4, 5, 2), (2, 3, 5, 2), {1: 1, 3: 4}),
        ((2, 2), (2, 2, 2), {1: 1}),
        ((2, 3), (4, 5, 6), {}),
    ],
)
def test_layers_are_continued_where_both_sides_are_still_there(old, new, matched):
    assert matched_layers(old, new) == matched
    assert all((new[l - 1], new[l]) == (old[k - 1], old[k]) for l, k in matched.items() if len(old) != len(new))


def test_other_widths_keep_everything_that_fits():
    wider = resized(BASE, (3, 4, 1))
    assert wider.X == ((0.5, -1.0, 0.0),)
    assert wider.Y == ((1.0,),)
    assert wider.entries == {key: value for key, value in BASE.entries.items() if key[0] == "W"}
    assert resized(BASE, BASE.widths) is BASE
    checked(wider)


def test_drawn_weights_stay_when_the_layers_beside_them_change():
    after = with_draws_kept(BATCH, resized(BATCH, (3, 4, 5, 2)))
    assert np.array_equal(parameters_of(after).W[1], parameters_of(BATCH).W[1])
    last = with_draws_kept(BATCH, resized(BATCH, (5, 4, 2)))
    assert np.array_equal(parameters_of(last).W[2], parameters_of(BATCH).W[2])
