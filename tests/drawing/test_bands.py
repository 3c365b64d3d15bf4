"""Bands lie around the middle curve, and a histogram counts every number once."""

import numpy as np

from mlpviz.drawing.bands import bands, histogram

NAMES = ("outer", "inner", "median")


def test_bands_lie_around_the_middle_curve():
    quantiles = [(0.1, 0.2, 0.3, 0.4, 0.5), (0.0, 0.1, 0.2, 0.3, 0.4)]
    for log in (False, True):
        figure = bands([1, 2], quantiles, NAMES, 2, "epoch", "cost", log, 300)
        drawn = [(trace.name, list(trace.y), trace.fill) for trace in figure.data]
        assert [name for name, _y, fill in drawn if fill == "tonexty"] == ["outer", "inner"]
        assert drawn[-1][0] == "median"
        assert drawn[-1][1] == [0.3, 0.2]
        assert [y[0] for _name, y, _fill in drawn] == [0.1, 0.5, 0.2, 0.4, 0.3]
        assert (drawn[0][1][1] == 0) == (not log)


def test_bands_of_nothing_are_an_empty_figure():
    assert not any(trace.y for trace in bands([], [], NAMES, 5, "epoch", "cost", True, 300).data)


def test_a_histogram_counts_every_number_once():
    values = np.random.default_rng(0).uniform(1e-3, 10, 100).tolist()
    (bars,) = histogram([*values, 0.0], "last cost", "networks", 300).data
    assert sum(bars.y) == 101
    assert sum(histogram([], "last cost", "networks", 300).data[0].y) == 0
    assert sum(histogram([0.5] * 7, "last cost", "networks", 300).data[0].y) == 7
