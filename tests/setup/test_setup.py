"""A Setup, its one list of properties, what fits when widths change, and undo."""

import dataclasses

import numpy as np
import pytest

from mlpviz.derivation.notation import CHOICES
from mlpviz.setup import limits
from mlpviz.setup.arrays import data_of, drawn_parameters, parameters_of
from mlpviz.setup.checks import checked
from mlpviz.setup.history import History
from mlpviz.setup.resize import matched_layers, resized, with_draws_kept
from mlpviz.setup.setup import BY_NAME, EDIT, EDITS, PLACE, PROPERTIES, VIEW, Setup, replaced
from tests.support.setups import BASE, BATCH


def test_every_field_is_a_property_and_every_property_says_what_it_accepts():
    names = {field.name for field in dataclasses.fields(Setup)} - {"notation", "preset"} | set(CHOICES)
    assert names == set(BY_NAME)
    assert len(BY_NAME) == len(PROPERTIES)
    assert all(prop.codec.accepted.split()[0] in ("is", "are") for prop in PROPERTIES)


@pytest.mark.parametrize("prop", PROPERTIES, ids=lambda prop: prop.name)
@pytest.mark.parametrize("setup", [BASE, BATCH], ids=["base", "batch"])
def test_every_property_reads_what_it_writes(prop, setup):
    value = prop.read(prop.write(setup))
    assert getattr(value, "values", value) == prop.get(setup)


def test_the_given_entries_are_put_into_the_drawn_parameters():
    setup = replaced(BATCH, {"entries": {("W", 1, 3, 2): 9.0, ("b", 2, 0, 1): -2.0}})
    parameters, drawn = parameters_of(setup), drawn_parameters(setup)
    assert parameters.W[1][3, 2] == 9.0
    assert parameters.b[2][0, 1] == -2.0
    parameters.W[1][3, 2], parameters.b[2][0, 1] = drawn.W[1][3, 2], 0.0
    assert np.array_equal(parameters.flat, drawn.flat)
    X, Y = data_of(setup)
    assert X.shape == (3, 3)
    assert Y.shape == (3, 2)
    without = parameters_of(replaced(setup, {"bias": False}))
    assert without.b[2] is None


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


def test_undo_and_redo_cover_edits_and_leave_the_view_alone():
    history = History(BASE)
    history.change(replaced(BASE, {"seed": 1}))
    history.change(replaced(history.present, {"orientation": "columns", "step": 5}))
    assert len(history.past) == 1
    assert history.undo()
    assert history.present.seed == 0
    assert history.present.notation.orientation == "columns"
    assert history.present.step == 5
    assert not history.undo()
    assert history.redo()
    assert history.present.seed == 1
    history.undo()
    history.change(replaced(history.present, {"seed": 2}))
    assert not history.redo()


def test_undo_of_added_samples_shows_the_batch_again():
    history = History(BASE)
    history.change(dataclasses.replace(BASE, X=BASE.X * 2, Y=BASE.Y * 2))
    history.change(dataclasses.replace(history.present, sample=1))
    history.undo()
    assert history.present.sample is None


def test_undo_is_bounded():
    history = History(BASE)
    for seed in range(1, limits.UNDO_STEPS + 50):
        history.change(replaced(BASE, {"seed": seed}))
    assert len(history.past) == limits.UNDO_STEPS


def test_what_is_not_finite_is_refused_wherever_it_comes_from():
    for change in (
        {"X": ((float("nan"), 1.0),)},
        {"X": ((1.0, float("inf")),)},
        {"entries": {("W", 1, 0, 0): float("-inf")}},
    ):
        with pytest.raises(ValueError, match="row 1, column"):
            checked(replaced(BASE, change))


def test_the_view_is_no_edit():
    assert not set(EDITS) & {*CHOICES, "digits", "grain", "step", "page", "sample"}
    assert {prop.role for prop in PROPERTIES} == {EDIT, PLACE, VIEW}
