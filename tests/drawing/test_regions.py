"""Samples and what a network makes of the plane around them: in ranges that keep still."""

import numpy as np

from mlpviz.drawing import regions

X = np.random.default_rng(0).standard_normal((50, 2))
LABELS = (X[:, 0] > 0).astype(int)


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


def test_names_are_shown_as_they_are():
    drawn = regions.plane(X, LABELS, ("A & B", "<i>"), ("x1", "x2"))
    assert [trace.name for trace in drawn.data] == ["A &amp; B", "&lt;i>"]
