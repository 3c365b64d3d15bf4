"""The Derive page: every walkthrough with every preset, live numbers, and what stands beside the lines."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from mlpviz.derivation.errata import ERRATA, Exercise
from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from mlpviz.examples.presets import PRESETS
from mlpviz.interface.derive.page import PANELS
from tests.support.node import expanded, shown
from tests.support.opened import Opened


def derive(name, **query):
    """The page at a walkthrough."""
    return Opened("derive", walkthrough=name, **query)


@pytest.mark.parametrize(("preset", "turn"), list(zip(PRESETS, itertools.cycle(range(3)), strict=False)))
def test_every_walkthrough_opens_with_every_third_preset(preset, turn):
    page = Opened("derive", preset=preset)
    for name in list(WALKTHROUGHS)[turn::3]:
        page.open(walkthrough=name)
        assert page.setup.walkthrough == name
        assert len(page.steps) > 4
        assert {step["target"] for step in page.steps} <= set(page.payload["matrices"])
        for step in page.steps:
            assert step["picture"] == "product" or step["factors"] or step["picture"] == "none"
            multiplies(step["factors"] or step["tree"] if step["picture"] != "none" else {})


def multiplies(node):
    """What is drawn of a line: products whose inner dimensions are equal, operands that are equal or repeated."""
    shapes = [arg["shape"] for arg in node.get("args", ())]
    assert node.get("op") not in ("assemble", "entry", "sumover", "indicator", "partial"), node
    if node.get("op") == "matmul":
        assert shapes[0][1] == shapes[1][0], node
    elif node.get("op") in ("add", "subtract", "multiply", "divide"):
        assert all(a == b or 1 in (a, b) for a, b in zip(*shapes, strict=True)), node
    for arg in node.get("args", ()):
        multiplies(arg)


@pytest.mark.parametrize("name", WALKTHROUGHS)
def test_each_line_is_given_its_own_result(name):
    page = derive(name, preset="softmax-batch")
    matrices = page.payload["matrices"]
    for index, step in enumerate(page.steps):
        assert matrices[step["target"]]["step"] == index
        assert set(step["reads"]) <= set(matrices)
        assert step["text"].endswith(".")
    targets = [step["target"] for step in page.steps]
    assert len(set(targets)) == len(targets)


@pytest.mark.parametrize("columns", [False, True], ids=["rows", "columns"])
@pytest.mark.parametrize("name", WALKTHROUGHS)
def test_each_tree_comes_to_its_result_in_the_browser_s_script(name, columns):
    view = {"orientation": "columns", "layout": "numerator", "weights": "in_out"} if columns else {}
    for preset in ("two-three-two", "broadcast-trap"):
        page = derive(name, preset=preset, **view)
        targets = [shown(page.payload["matrices"][step["target"]]) for step in page.steps]
        for part in ("tree", "factors"):
            lines = [each for each in zip(page.steps, targets, strict=True) if each[0][part]]
            asked = [(step[part], list(itertools.product(rows, columns))) for step, (rows, columns, _) in lines]
            sums = expanded(page.payload["matrices"], asked)
            for found, (step, (_, _, values)) in zip(sums, lines, strict=True):
                assert np.allclose(found, values.ravel(), atol=1e-12), (step["name"], part)


def test_the_network_is_read_the_way_a_line_runs():
    phases = {step["name"]: step["phase"] for step in derive("chain-rule", preset="two-three-two").steps}
    assert [*phases.values()].count("update") == 2
    assert next(iter(phases.values())) == "forward"
    first, *_, last = derive("batch", preset="softmax-batch").steps
    assert (first["phase"], last["phase"]) == ("forward", "backward")


def test_a_link_restores_walkthrough_layer_and_line():
    page = derive("entries", preset="softmax-batch", layer=2, line=3)
    assert (page.setup.walkthrough, page.setup.layer, page.setup.line) == ("entries", 2, 3)
    assert page.payload["start"] == 3
    assert page.payload["parameter"] == "line"
    assert page.steps[0]["target"] == "dW[2]"


def test_another_walkthrough_starts_at_its_first_line():
    page = derive("entries", line=3)
    page.app.selectbox(key="setup.walkthrough").set_value("neuron")
    page.run()
    assert (page.setup.walkthrough, page.setup.line) == ("neuron", 0)


def test_a_walkthrough_brings_a_network_that_shows_it_and_gives_the_learners_own_back():
    page = derive("entries", preset="two-three-two", entries="W1.0.0:1.25", orientation="columns")
    own = page.setup
    menu = page.app.selectbox(key="setup.walkthrough")
    menu.set_value("batch")
    page.run()
    assert (page.setup.walkthrough, page.setup.preset) == ("batch", "softmax-batch")
    assert page.setup.notation == own.notation
    assert page.payload["architecture"]["batch"] == 4
    page.app.selectbox(key="setup.walkthrough").set_value("outputs")
    page.run()
    assert (page.setup.walkthrough, page.setup.preset) == ("outputs", "softmax-batch")
    page.app.selectbox(key="setup.walkthrough").set_value("neuron")
    page.run()
    assert (page.setup.walkthrough, page.setup.home) == ("neuron", "")
    assert (page.setup.preset, page.setup.entries) == (own.preset, own.entries)


def test_a_link_keeps_its_network_and_offers_the_other():
    page = derive("batch", preset="two-three-two")
    assert page.setup.preset == "two-three-two"
    page.app.button(key="bring").click()
    page.run()
    assert (page.setup.walkthrough, page.setup.preset) == ("batch", "softmax-batch")
    assert not [button for button in page.app.button if button.key == "bring"]
    page.app.button(key="way back").click()
    page.run()
    assert (page.setup.walkthrough, page.setup.preset) == ("batch", "two-three-two")


@pytest.mark.parametrize("name", WALKTHROUGHS)
def test_the_preset_of_a_walkthrough_shows_its_point(name):
    chosen = WALKTHROUGHS[name]
    if chosen.preset:
        preset = PRESETS[chosen.preset]
        assert chosen.shown_by(preset.architecture, len(preset.X))
    else:
        assert all(chosen.shown_by(each.architecture, len(each.X)) for each in PRESETS.values())


def test_the_other_way_is_one_press_away():
    page = derive("modules", preset="binary-classifier")
    page.app.button(key="other way").click()
    page.run()
    assert page.setup.walkthrough == "entries"


def test_the_long_vector_stands_beside_the_matrix():
    page = derive("modules", preset="two-three-two", layer=2)
    trace = page.trace()
    for value in trace.dW[2].ravel():
        text = f"{value:.3f}".replace("-", "−")
        assert f"| **{text}** |" in page.texts
        assert f"| {text} |" in page.texts


def test_a_preset_keeps_the_walkthrough():
    page = derive("layouts")
    page.app.selectbox(key="setup.preset").set_value("one-neuron")
    page.run()
    assert (page.setup.preset, page.setup.walkthrough) == ("one-neuron", "layouts")


def test_the_layers_are_those_of_the_network():
    page = derive("entries", preset="softmax-batch")
    assert page.app.selectbox(key="setup.layer").options == ["layer 1", "layer 2", "layer 3"]
    page.app.selectbox(key="setup.layer").set_value(1)
    page.run()
    assert page.steps[0]["target"] == "dW[1]"


def test_a_layer_that_is_not_there_gives_the_last():
    assert derive("entries", layer=30).steps[0]["target"] == "dW[2]"


def test_numbers_follow_an_edit():
    page = derive("entries", preset="two-three-two")
    before = page.matrix("dW[2]")
    page.open(entries="W1.0.0:1.25")
    assert not np.allclose(page.matrix("dW[2]"), before)
    assert np.allclose(page.matrix("dW[2]"), page.trace().dW[2])


def test_one_sample_of_a_batch():
    page = derive("entries", preset="softmax-batch", sample=2)
    assert np.allclose(page.matrix("delta[3]"), page.trace(sample=2).delta[3])


def test_a_batch_walkthrough_takes_all_samples():
    page = derive("batch", preset="softmax-batch", sample=2)
    assert np.allclose(page.matrix("delta[3]"), page.trace().delta[3])
    assert page.payload["architecture"]["batch"] == 4


def test_a_wide_network_is_cut_and_it_is_said():
    page = derive("modules", widths="600,300,5", activations="tanh,sigmoid", X=",".join(["0.1"] * 600), Y="0,0,0,0,1")
    assert "16 units a layer at most" in page.texts
    assert [page.matrix(f"A[{l}]").shape[1] for l in range(3)] == [16, 16, 5]


def test_a_large_batch_is_cut_and_it_is_said():
    page = derive("batch", X=";".join(["0.5,0.25"] * 20), Y=";".join(["0,1"] * 20))
    assert "first 8 samples" in page.texts


def test_a_nudge_moves_as_its_slope_says():
    page = derive("chain-rule", preset="two-three-two")
    page.app.slider(key="setup.push").set_value(0.01)
    page.run()
    moved, predicted = (
        next(line for line in page.texts.splitlines() if line.startswith(f"| {name}"))
        .replace("−", "-")
        .split("|")[2:-1]
        for name in ("moved", "slope")
    )
    assert [float(each) for each in moved] == pytest.approx([float(each) for each in predicted], abs=2e-3)


def test_what_is_pushed_and_the_library_are_in_the_link():
    page = derive("chain-rule", preset="two-three-two")
    page.app.slider(key="setup.push").set_value(-0.25)
    page.choose("into unit", 1)
    again = Opened("derive", **page.link)
    assert again.app.slider(key="setup.push").value == -0.25
    assert (again.app.selectbox(key="setup.push_into").value, again.app.selectbox(key="setup.push_from").value) == (
        1,
        0,
    )
    assert again.texts == page.texts != derive("chain-rule", preset="two-three-two").texts
    page = derive("algorithm", preset="two-three-two", listing="modules")
    assert page.app.segmented_control(key="setup.listing").value == "modules"


def test_the_broadcasting_trap_is_numpys_own():
    quiet = derive("batch", preset="broadcast-trap", layer=1)
    assert "No error, and wrong" in quiet.texts
    assert "Right: every unit" in quiet.texts
    loud = derive("batch", preset="softmax-batch", layer=1)
    assert "could not be broadcast together with shapes (6,4) (6,)" in loud.texts.replace("\\", "")


def test_the_loop_is_measured_on_request():
    page = derive("batch", preset="softmax-batch")
    assert "times faster" not in page.texts
    page.app.button(key="measure").click()
    page.run()
    assert "64 × 64, 32" in page.texts


def test_what_does_not_collapse_is_said():
    page = derive("outputs", preset="softmax-batch")
    rows = [line for line in page.texts.splitlines() if line.startswith("| softmax +")]
    assert [row.rsplit("|", 2)[1].strip() for row in rows] == ["yes", "no"]
    page.open(Y="0.5,0.5,0.5;0,0,1;0,1,0;0,0,1")
    rows = [line for line in page.texts.splitlines() if line.startswith("| softmax +")]
    assert [row.rsplit("|", 2)[1].strip() for row in rows] == ["no", "no"]


def test_both_layouts_stand_side_by_side():
    page = derive("layouts", preset="two-three-two", layer=1, orientation="columns")
    assert r"_{3\times 3}" in page.texts
    assert "2 and 3" not in page.texts
    assert "is 2×1 and" in page.texts
    assert "1 and 2 do not meet" in page.texts


def test_samples_are_columns_in_layouts_whatever_the_notation_is():
    page = derive("layouts", preset="two-three-two", first_layer=1)
    assert page.setup.notation.orientation == "rows"
    assert page.payload["matrices"]["delta[2]"]["transposed"]
    assert "Samples are columns on this page" in page.texts
    assert "1 and 2 do not meet" in page.texts  # it opens with the layer of the question
    assert "Written as in the question" not in page.texts
    page.open(orientation="columns", layout="numerator")
    assert "Samples are columns on this page" not in page.texts
    assert "Written as in the question" in page.texts


def test_counts_of_what_is_stored():
    page = derive("modules", preset="softmax-batch", layer=2)
    assert "| 150 | 30 |" in page.texts


def test_every_mistake_of_the_texts_is_shown_beside_what_is_right():
    page = Opened("derive")
    for name, walkthrough in WALKTHROUGHS.items():
        page.open(walkthrough=name)
        for erratum in map(ERRATA.__getitem__, walkthrough.errata):
            assert f"The text has ${erratum.wrong}$; right is ${erratum.right}$. {erratum.why}" in page.texts
            assert isinstance(erratum, Exercise) == any(
                button.key == f"derive {erratum.code}" for button in page.app.button
            )


def test_walkthroughs_are_in_the_order_of_the_menu():
    page = derive("entries")
    options = page.app.selectbox(key="setup.walkthrough").options
    assert [int(option.partition(" ")[0]) for option in options] == list(range(1, len(WALKTHROUGHS) + 1))
    assert len(list(itertools.chain(*options))) > 40


def test_a_walkthrough_more_is_one_entry_of_the_table(monkeypatch):
    ninth = replace(WALKTHROUGHS["entries"], name="ninth", title="A ninth", about="One more.", errata=("E1",))
    monkeypatch.setitem(WALKTHROUGHS, "ninth", ninth)
    page = derive("entries")
    menu = page.app.selectbox(key="setup.walkthrough")
    assert menu.options[-1] == f"{len(WALKTHROUGHS)} · A ninth"
    menu.set_value("ninth")
    page.run()
    assert page.setup.walkthrough == "ninth"
    assert "One more." in page.texts
    assert ERRATA["E1"].place in page.texts
    assert page.steps


def test_every_demonstration_that_a_walkthrough_names_is_there():
    named = {name for each in WALKTHROUGHS.values() for name in each.below}
    assert named == set(PANELS)


def test_the_head_names_the_layer_chosen():
    """Also where a line is about what the layer below has; θ is of no layer, and an output unit of the last."""
    layers = lambda name: {step["layer"] for step in derive(name, preset="binary-classifier", layer=2).steps}  # noqa: E731
    assert layers("chain-rule") == {2, None}
    assert layers("neuron") == {2, 3}
    assert layers("entries") == {2}


def test_a_remark_on_a_text_is_for_its_readers_alone():
    said = lambda hand: " ".join(step["note"] for step in derive("neuron", hand=hand).steps)  # noqa: E731
    assert "The text" not in said("")
    assert "The text drops the two ∂C/∂z once." in said("forward-backward")


def test_the_algorithm_is_shown_for_any_layer_and_as_a_program():
    page = derive("algorithm", preset="softmax-batch")
    targets = [step["target"].partition(" ")[0] for step in page.steps]
    assert targets == [f"{name}[{l}]" for l in (3, 2, 1) for name in ("delta", "dW", "db")]
    assert [step["layer"] for step in page.steps] == [3, 3, 3, 2, 2, 2, 1, 1, 1]
    assert r"\Delta^{(l)} &= \left(\Delta^{(l+1)}\,W^{(l+1)}\right) \odot \tanh'\left(Z^{(l)}\right)" in page.texts
    assert "delta[l] = (delta[l + 1] @ W[l + 1]) * " in page.app.code[0].value
    page.app.segmented_control(key="setup.listing").set_value("modules")
    page.run()
    assert "J.backward()" in page.app.code[0].value
    assert "nn.Linear holds W and b" in page.texts


def test_the_picture_runs_the_way_the_line_runs():
    ways = {step["chip"]: step["phase"] for step in derive("batch", preset="softmax-batch").steps}
    assert {ways[chip] for chip in ("Forwards, one sample", "Forwards, all samples")} == {"forward"}
    assert ways["The cost of the batch"] == "loss"
    assert ways["The weights"] == "backward"
