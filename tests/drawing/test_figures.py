"""The figures are pure: values in, figure out, in ranges that do not jump as values come."""

import numpy as np
import pytest

from mlpviz.drawing import curves, images, regions
from mlpviz.drawing.curves import Curve
from mlpviz.drawing.figure import nice

X = np.random.default_rng(0).standard_normal((50, 2))
LABELS = (X[:, 0] > 0).astype(int)


@pytest.mark.parametrize(
    ("value", "limit"), [(0.3, 0.5), (1, 1), (1.01, 2), (7, 10), (1e-7, 1e-7), (0, 1), (float("nan"), 1), (3e5, 5e5)]
)
def test_nice_numbers(value, limit):
    assert nice(value) == pytest.approx(limit)


def test_an_axis_moves_in_few_steps_while_a_cost_falls():
    costs = [2.5 * 0.97**k for k in range(300)]
    linear = {curves.upper(costs[:k]) for k in range(1, 300)}
    decades = {tuple(curves.log_range(costs[:k])) for k in range(1, 300)}
    assert linear == {5.0}
    assert len(decades) <= 5


def test_curves_are_svg_in_a_fixed_range():
    line = Curve("cost", [1, 2, 3], [3.0, 0.0, 1.0])
    drawn = curves.curves([line], epochs=10, across="epoch", up="cost", log=True)
    assert [trace.type for trace in drawn.data] == ["scatter"]
    assert tuple(drawn.layout.xaxis.range) == (0, 10)
    assert drawn.layout.yaxis.type == "log"
    assert min(drawn.data[0].y) == curves.LOWEST
    empty = curves.curves([], epochs=10, across="epoch", up="cost")
    assert tuple(empty.layout.yaxis.range) == (0, 1)


def test_the_ranges_of_a_plane_depend_on_the_data_alone():
    still = regions.plane(X, LABELS, ("A", "B"), ("x1", "x2"))
    moving = regions.plane(X, LABELS, ("A", "B"), ("x1", "x2"), np.random.default_rng(1).random((61 * 61, 1)))
    assert still.layout.xaxis == moving.layout.xaxis
    assert still.layout.yaxis == moving.layout.yaxis
    assert [trace.type for trace in moving.data] == ["heatmap", "scatter", "scatter"]
    assert (moving.data[0].zmin, moving.data[0].zmax) == (0, 1)
    assert moving.data[1].marker.symbol != moving.data[2].marker.symbol, "colour is not the only cue"


def test_the_grid_and_its_picture_agree():
    grid = regions.grid(X)
    drawn = regions.region(X, grid[:, :1], dark=False)
    assert np.allclose(drawn["z"], np.broadcast_to(drawn["x"], (61, 61)), atol=1e-6)
    drawn = regions.region(X, grid[:, 1:], dark=True)
    assert np.allclose(drawn["z"], np.broadcast_to(drawn["y"][:, None], (61, 61)), atol=1e-6)


def test_several_classes_have_their_samples_colours():
    outputs = np.eye(3)[np.arange(61 * 61) % 3]
    drawn = regions.region(X, outputs, dark=False)
    assert (drawn["zmin"], drawn["zmax"]) == (0, 2)
    colours = [trace["marker"]["color"] for trace in regions.samples(X, LABELS, ("A", "B", "C"), "white")]
    assert list(dict.fromkeys(colour for _edge, colour in drawn["colorscale"])) == colours


def test_a_line_of_outputs_runs_through_the_data():
    drawn = regions.line(X[:, :1], X[:, 1:], ("x",), ("data", "network"), regions.grid(X[:, :1]) ** 2)
    assert len(drawn.data) == 2
    assert np.allclose(drawn.data[1].y, np.asarray(drawn.data[1].x) ** 2)


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
    drawn = regions.plane(X, LABELS, ("A & B", "<i>"), ("x1", "x2"))
    assert [trace.name for trace in drawn.data] == ["A &amp; B", "&lt;i>"]


@pytest.mark.parametrize(("value", "limit"), [(1.02, 1.5), (2.9, 3), (0.06, 0.07), (8, 10), (np.nan, 1)])
def test_the_colours_of_pictures_reach_a_little_further_than_their_values(value, limit):
    assert images.limit_of(np.array([0.0, -value])) == pytest.approx(limit)
