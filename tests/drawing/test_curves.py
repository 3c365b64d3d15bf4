"""Curves: values in, figure out, in ranges that do not jump as values come."""

from mlpviz.drawing import curves
from mlpviz.drawing.curves import Curve


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
