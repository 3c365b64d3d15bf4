"""What figures share: limits that change rarely, and texts that are shown as they are."""

import numpy as np
import pytest

from mlpviz.drawing import images, regions
from mlpviz.drawing.curves import Curve, curves
from mlpviz.drawing.figure import Marked, figure, nice


@pytest.mark.parametrize(
    ("value", "limit"), [(0.3, 0.5), (1, 1), (1.01, 2), (7, 10), (1e-7, 1e-7), (0, 1), (float("nan"), 1), (3e5, 5e5)]
)
def test_nice_numbers(value, limit):
    assert nice(value) == pytest.approx(limit)


LINK = '<a href="http://example.org">& <b>me</b></a>'
SHOWN = '&lt;a href="http://example.org">&amp; &lt;b>me&lt;/b></a>'.replace("</", "&lt;/")
X, TWO = np.array([[0.0, 1.0], [1.0, 0.0]]), np.array([0, 1])

FIGURES = {
    "curves": lambda: curves([Curve(LINK, [0, 1], [1, 2])], 1, LINK, LINK),
    "plane": lambda: regions.plane(X, TWO, (LINK, LINK), (LINK, LINK)),
    "line": lambda: regions.line(X[:, :1], X[:, 1:], (LINK,), (LINK, LINK), None),
    "tiles": lambda: images.tiles(np.zeros((2, 2, 2)), (LINK, LINK), 1.0),
    "confusion": lambda: images.confusion(np.eye(2, dtype=int), (LINK, LINK), "given", "right"),
    "any": lambda: figure(
        [{"type": "scatter", "name": LINK, "text": np.array([LINK]), "x": [1], "y": [1], "hovertext": (LINK,)}],
        100,
        title={"text": LINK},
        annotations=[{"text": LINK}],
    ),
}


def texts(value):
    """Every text of a figure."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, (list, tuple)):
        return [text for each in value for text in texts(each)]
    return [value] if isinstance(value, str) else []


def test_no_text_of_a_learner_is_read_as_html_in_any_figure():
    for name, make in FIGURES.items():
        found = [text for text in texts(make().to_plotly_json()) if "example.org" in text]
        assert found, name
        assert all(text.startswith(SHOWN) and "<" not in text for text in found), (name, found)


def test_marks_of_the_programs_own_are_drawn():
    chart = figure([{"type": "scatter", "name": Marked("a<sup>(1)</sup>"), "x": [1], "y": [1]}], 100)
    assert chart.data[0].name == "a<sup>(1)</sup>"
