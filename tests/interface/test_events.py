"""What a browser sends may be anything: an event that is none changes nothing, and is refused in one sentence."""

import pytest

from mlpviz.interface.shell.presets import PRESET_SETUPS
from mlpviz.interface.step.page import edited
from mlpviz.interface.widgets.matrix_editor import with_cells
from mlpviz.maths.messages import Refusal
from mlpviz.setup.checks import checked

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
