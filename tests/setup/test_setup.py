"""A Setup, its one list of properties, and the arrays that it describes."""

import dataclasses

import numpy as np
import pytest

from mlpviz.derivation.notation import CHOICES
from mlpviz.setup.arrays import data_of, drawn_parameters, parameters_of
from mlpviz.setup.checks import checked
from mlpviz.setup.setup import BY_NAME, EDIT, EDITS, PLACE, PROPERTIES, VIEW, WRITTEN, Setup, replaced
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
    assert {prop.role for prop in PROPERTIES} == {EDIT, PLACE, VIEW, WRITTEN}
    assert {prop.name for prop in PROPERTIES if prop.role == WRITTEN} == {"formula", "target", "given"}
