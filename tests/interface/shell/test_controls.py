"""The switches of the notation and the hands, on a page."""

from mlpviz.derivation.hands import HANDS
from mlpviz.derivation.notation import CHOICES, Notation
from mlpviz.interface.shell import controls
from tests.support.opened import Opened


def keys(page):
    return {widget.key for widget in (*page.app.radio, *page.app.selectbox, *page.app.number_input)}


def opened(name="step", **query):
    """A page, Step if no other is named, with its notation open."""
    page = Opened(name, **query)
    page.app.session_state["notation"] = True
    return page.run()


def test_every_switch_has_its_control():
    page = opened()
    assert {f"setup.{name}" for name in (*CHOICES, "hand", "reduction", "grain", "digits")} <= keys(page)
    assert {f"setup.{name}" for name in CHOICES} <= keys(opened("check"))
    panel = [str(widget.key) for widget in (*page.app.selectbox, *page.app.radio) if "setup." in str(widget.key)]
    assert panel[:2] == ["setup.preset", "setup.hand"]


def test_a_hand_sets_every_switch_in_one_step_and_offers_its_network():
    page = opened(preset="softmax-batch", digits=5)
    for name in ("bishop", "forward-backward"):
        page.choose("Write it like", name)
        assert page.setup.notation == HANDS[name].notation
        assert page.setup.hand == name
    assert (page.setup.preset, page.setup.digits) == ("softmax-batch", 5)
    assert Opened(**page.link).setup.hand == "forward-backward"
    page.press("hand.preset")
    assert (page.setup.preset, page.setup.notation) == ("one-neuron", HANDS["forward-backward"].notation)
    page.press("undo").press("undo")
    assert (page.setup.preset, page.setup.hand) == ("softmax-batch", "bishop")
    page.choose("Write it like", "")
    assert page.setup.notation == Notation()


def test_a_switch_that_was_changed_can_go_back_to_the_hand():
    page = opened(hand="nielsen")
    assert "hand.again" not in {button.key for button in page.app.button}
    page.open(cost="J").press("hand.again")
    assert page.setup.notation == HANDS["nielsen"].notation


def test_a_layout_has_a_name_only_where_samples_are_columns():
    page = opened()
    assert "layout" not in str(page.app.radio(key="setup.layout").options)
    page.open(orientation="columns")
    assert "denominator layout" in str(page.app.radio(key="setup.layout").options)


def test_the_whole_batch_is_a_choice_like_each_sample():
    page = opened(preset="softmax-batch")
    menu = page.app.selectbox(key="setup.sample")
    assert menu.value == controls.ALL
    menu.set_value(2)
    assert page.run().setup.sample == 2
    page.app.selectbox(key="setup.sample").set_value(controls.ALL)
    assert page.run().setup.sample is None


def test_a_network_that_is_no_presets_says_what_it_is_in_the_box_of_the_presets():
    page = Opened("step", widths="2,4,2")
    box = page.app.selectbox(key="setup.preset")
    assert (box.value, box.options[0]) == ("", "2-4-2 · your own")
    page.choose("preset", "two-three-two")
    assert page.setup.widths == (2, 3, 2)
    for seed in (5, 6):  # what is changed is chosen again
        page = Opened("step", seed=seed)
        assert page.app.selectbox(key="setup.preset").options[0] == "2-3-2 with ReLU and sigmoid · changed"
        page.choose("preset", "two-three-two")
        assert page.setup.seed == 0
    box = page.app.selectbox(key="setup.preset")
    assert (box.value, box.options[0]) == ("two-three-two", "2-3-2 with ReLU and sigmoid")
    home = "v=1&preset=two-three-two&end=1"
    page = Opened("step", optimizer="adam", stepped="0" * 16, home=home, updates=3, batch_size=4)
    assert page.app.selectbox(key="setup.preset").options[0] == "2-3-2 · from your run"
    lost = {"left_out": "optimizer_state,updates", "kept": "gone", "v": 1, "end": 1}
    page = Opened("step", optimizer="adam", stepped="0" * 16, home=home, **lost)
    box = page.app.selectbox(key="setup.preset")  # of a link whose numbers are lost
    assert (box.value, box.options[0]) == ("", "2-3-2 with ReLU and sigmoid · changed")
    assert "too long to carry" in page.app.info[0].value


def test_reset_brings_the_presets_own_numbers_back():
    page = Opened("step", seed=5, entries="W1.0.0:0.25")
    page.press("reset")
    assert (page.setup, page.link["preset"]) == (Opened("step").setup, "two-three-two")
    assert "seed" not in page.link
