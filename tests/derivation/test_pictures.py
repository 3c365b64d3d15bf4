"""What is drawn of a line multiplies, comes to the line's own numbers, and is found for every sum of products."""

from collections import Counter

import pytest

from mlpviz.derivation.calculus import Assembled
from mlpviz.derivation.notation import Notation
from mlpviz.derivation.pictures import Form, picture
from mlpviz.derivation.plain import plain
from mlpviz.derivation.printing.line_latex import line_latex
from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from mlpviz.examples.presets import PRESETS
from mlpviz.maths.expressions import Binary, MatMul, walk
from tests.support.lines import distance, scenes
from tests.support.networks import NOTATIONS

CASES = ("everything", "one unit everywhere", *(name for name in PRESETS if name != "digit"))
SHOWN = [(case, notation) for k, case in enumerate(CASES) for notation in NOTATIONS[k % 3 :: 3]]
"""Each network in some notations, each notation with several networks."""


def drawn(name, shown):
    """Every line of a walkthrough with its scene, its target and its picture."""
    for case, notation in shown:
        for scene in scenes(WALKTHROUGHS[name], case, notation):
            for chain in WALKTHROUGHS[name].chains(scene):
                for line in chain.lines:
                    value = plain(line.value, scene.view)
                    yield scene, chain.target, value, picture(chain.target, value, scene.view)


@pytest.mark.parametrize("name", WALKTHROUGHS)
def test_every_picture_multiplies_and_is_the_line(name):
    for scene, target, value, found in drawn(name, SHOWN):
        if found.form is Form.WRITTEN:
            assert found.value == value
        if found.value is None:
            continue
        where = (scene.view.notation, line_latex(target, value, scene.view))
        assert not any(isinstance(node, Assembled) for node in walk(found.value)), where
        for node in walk(found.value):
            meets(scene, node, where)
        if found.form is not Form.WRITTEN:
            assert distance(scene.value(found.value), scene.value(value)) < 1e-9, where


def meets(scene, node, where):
    """The inner dimensions of a product are equal, and operands entry by entry are equal or repeated."""
    if not isinstance(node, Binary):
        return
    left, right = map(scene.view.size, (node.left, node.right))
    if isinstance(node, MatMul):
        assert left[1] == right[0], (where, left, right)
    else:
        assert all(a == b or 1 in (a, b) for a, b in zip(left, right, strict=True)), (where, left, right)


def forms(name, case, notation=Notation()):  # noqa: B008
    return Counter(str(found.form) for *_, found in drawn(name, [(case, notation)]))


@pytest.mark.parametrize("notation", NOTATIONS, ids=lambda n: "-".join((n.orientation, n.layout, n.weights)))
def test_one_weight_is_a_cell_of_a_grid_and_a_sum_over_units_a_row_times_a_column(notation):
    assert forms("entries", "two-three-two", notation) == {"outer": 8, "entries": 4, "row-column": 4, "product": 5}
    assert forms("chain-rule", "two-three-two", notation) == {"outer": 4, "entries": 2, "row-column": 4, "product": 6}
    assert forms("batch", "softmax-batch", notation)["row-column"] == 11


def test_what_has_no_product_is_not_drawn_as_one():
    lines = {line_latex(target, value, scene.view): found.form for scene, target, value, found in softmax()}
    assert {form for text, form in lines.items() if r"\mathbf{1}_{ij}" in text} == {Form.NONE}
    assert {"none", "entries", "row-column", "product"} == set(map(str, lines.values()))


def softmax():
    return drawn("outputs", [("softmax-batch", Notation())])
