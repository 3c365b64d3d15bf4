"""The curves of samples a second: over the whole range of batch sizes from the start, with the crossing marked."""

import math

import pytest

from mlpviz.drawing.throughput import throughput

SIZES = (1, 2, 4, 8, 16, 32, 64)
WAYS = {"slow": {1: 0.5, 2: 0.25}, "quick": {2: 0.1}}


def test_rates_are_the_inverse_of_the_seconds_a_sample():
    made = throughput(WAYS, SIZES, "batch size", "samples a second")
    assert [(line.name, list(line.x), list(line.y)) for line in made.data] == [
        ("slow", [1, 2], [2.0, 4.0]),
        ("quick", [2], [10.0]),
    ]
    assert len({(line.line.color, line.line.dash) for line in made.data}) == 2


def test_the_horizontal_axis_stands_while_curves_grow():
    few = throughput({"slow": {1: 0.5}}, SIZES, "", "")
    many = throughput({"slow": dict.fromkeys(SIZES, 0.5)}, SIZES, "", "")
    assert few.layout.xaxis == many.layout.xaxis
    low, high = few.layout.xaxis.range
    assert low < 0 < math.log10(64) < high
    assert few.layout.xaxis.ticktext == ("1", "4", "16", "64")


@pytest.mark.parametrize(("crossing", "marks"), [(0.0, []), (math.inf, []), (5.3, ["5"]), (1.0, ["1"]), (64.0, ["64"])])
def test_a_crossing_within_the_range_is_marked(crossing, marks):
    made = throughput(WAYS, SIZES, "", "", crossing)
    assert [words.text for words in made.layout.annotations] == marks
    assert [line.x0 for line in made.layout.shapes] == ([crossing] if marks else [])


def test_nothing_measured_yet_is_an_empty_figure():
    assert len(throughput({}, SIZES, "", "").data) == 0
