"""What a browser sends may be anything: an event that is none changes nothing, and is refused in one sentence."""

import numpy as np
import pytest

import mlpviz
from mlpviz.engine.descent import Update
from mlpviz.interface.shell.presets import PRESET_SETUPS
from mlpviz.interface.stepper.edits import edited
from mlpviz.interface.widgets.matrix_editor import with_cells
from mlpviz.maths.messages import Refusal
from mlpviz.setup.arrays import data_of, parameters_of, stand_of
from mlpviz.setup.checks import checked
from mlpviz.setup.setup import replaced

START = PRESET_SETUPS["two-three-two"]
PLACE = {"symbol": "W", "layer": 1, "row": 0, "column": 0, "value": 1.0}

FORGED = [
    {}, [], "edit", 5, {"symbol": "W"}, {**PLACE, "row": "a"}, {**PLACE, "row": None}, {**PLACE, "row": [0]},
    {**PLACE, "row": 99}, {**PLACE, "row": -1}, {**PLACE, "column": 10**30}, {**PLACE, "layer": 99},
    {**PLACE, "layer": 0},
    {**PLACE, "value": "NaN"}, {**PLACE, "value": float("inf")}, {**PLACE, "value": 1e301}, {**PLACE, "value": {}},
    {**PLACE, "row": float("nan")}, {**PLACE, "row": float("inf")}, {**PLACE, "symbol": "delta"},
    {**PLACE, "symbol": "\ud800"}, {**PLACE, "symbol": "A", "layer": 0, "row": 7},
    {**PLACE, "symbol": "A", "column": -1},
    {**PLACE, "symbol": "Y", "column": 99}, {**PLACE, "symbol": ["W"]}, {**PLACE, "symbol": "x" * 10_000},
    {"reached": 5, "updates": 1}, {"reached": {"W[1]": 5}, "updates": 1}, {"reached": {"W[1]": "AAAA"}, "updates": 1},
    {"reached": {}}, {"reached": {}, "updates": -1}, {"reached": {"W[9]": ""}, "updates": 1}, {"again": True},
]  # fmt: skip


def test_a_forged_edit_is_one_sentence():
    for event in FORGED:
        with pytest.raises(Refusal) as refused:
            checked(edited(START, event))
        assert str(refused.value).isprintable(), event
        assert len(str(refused.value)) < 200, event


def test_a_true_edit_is_taken():
    assert edited(START, PLACE).entries["W", 1, 0, 0] == 1.0
    assert edited(START, {**PLACE, "symbol": "A", "layer": 0, "column": 1}).X[0][1] == 1.0


@pytest.mark.parametrize("cells", [{"9": {"a": 1}}, {"x": {"a": 1}}, {-1: {"a": 1}}, {0: {"z": 1}}, {"²": {"a": 1}}])
def test_a_forged_cell_of_a_grid_is_one_sentence(cells):
    with pytest.raises(Refusal, match="W: the grid has sent a cell"):
        with_cells("W", ((1.0, 2.0),), cells, (("1",), ("a", "b")))


def test_an_update_that_the_server_makes_is_the_one_shown():
    setup = replaced(PRESET_SETUPS["xor"], {"optimizer": "adam"})
    parameters, (X, Y) = parameters_of(setup), data_of(setup)
    update = Update(mlpviz.backpropagate(parameters, X, Y), setup.learning_rate, stand_of(setup))
    once = edited(setup, {"again": True}, lambda: update)
    assert once.updates == 1 and np.array_equal(parameters_of(once).flat, update.after.parameters.flat)
    for _ in mlpviz.train(parameters, X, Y, "adam", setup.learning_rate, None, 2, shuffle=False):
        pass
    second = Update(mlpviz.backpropagate(parameters_of(once), X, Y), setup.learning_rate, stand_of(once))
    twice = edited(once, {"again": True}, lambda: second)
    np.testing.assert_allclose(parameters_of(twice).flat, parameters.flat, rtol=1e-12)


def test_an_update_that_diverges_is_not_made():
    setup = replaced(START, {"activations": ("identity", "identity"), "learning_rate": 1e300})
    with np.errstate(all="ignore"):
        update = Update(
            mlpviz.backpropagate(parameters_of(setup), *data_of(setup)), setup.learning_rate, stand_of(setup)
        )
    with pytest.raises(Refusal, match="smaller learning rate"):
        edited(setup, {"again": True}, lambda: update)
