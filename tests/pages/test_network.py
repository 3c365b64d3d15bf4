"""The Network page, as a learner fills it in; every refusal is one sentence, and nothing is lost."""

import json
import re

import numpy as np
import pytest

from mlpviz.examples.presets import PRESETS
from mlpviz.interface.shell.presets import preset_setup
from mlpviz.maths.activations import ACTIVATIONS
from mlpviz.setup import limits
from mlpviz.setup.arrays import parameters_of
from mlpviz.setup.file import encode_file
from mlpviz.setup.setup import replaced
from tests.support.opened import Opened

START = preset_setup("two-three-two")


class NetworkPage(Opened):
    """The page in one session."""

    def __init__(self, **query):
        super().__init__("network", **query)

    def show(self, key):
        """Open a panel."""
        self.app.session_state[key] = True
        self.run()

    def part(self, part):
        """Show the numbers of one layer, or the data."""
        self.app.segmented_control(key="setup.part").set_value(part)
        self.run()

    def paste(self, name, text):
        """Paste a whole matrix."""
        self.app.text_area(key=f"paste {name}").set_value(text)
        self.press(f"put {name}")


@pytest.fixture
def page():
    return NetworkPage()


@pytest.mark.parametrize("name", list(PRESETS))
def test_every_preset_has_its_page(name):
    page = NetworkPage(preset=name)
    assert page.setup == replaced(preset_setup(name), {"page": "network"})
    for part in range(1, len(page.setup.widths)):
        page.part(part)
    assert not page.errors


def test_the_layer_whose_numbers_are_shown_is_in_the_link(page):
    page.part(2)
    again = NetworkPage(**page.link)
    assert again.app.segmented_control(key="setup.part").value == 2
    again.fill("Units", "2,2")
    assert again.app.segmented_control(key="setup.part").value == 0, "there is no layer 2 any more"


@pytest.mark.parametrize("widths", ["0", "2,0,2", "2,-3,2", "2,2.5,2", "2,1000000000,2", "2,,2", "two", "", "2", "٢,٣"])
def test_bad_widths_are_refused_and_nothing_is_lost(page, widths):
    before = page.setup
    page.fill("Units", widths)
    assert page.setup == before
    assert len(page.errors) == 1
    assert page.errors[0].startswith("widths: found")
    assert f"from 1 to {limits.WIDTH}" in page.errors[0]
    field = page.app.text_input(key="setup.widths")
    assert field.value == widths or not widths  # what was typed is there to be mended
    page.fill("Units", "2,4,2")
    assert not page.errors
    assert page.app.text_input(key="setup.widths").value == "2,4,2"


def test_a_refused_text_goes_with_its_sentence(page):
    page.fill("seed", "13").fill("seed", "none")
    assert page.app.text_input(key="setup.seed").value == "none"
    page.press("undo")
    assert not page.errors
    assert page.app.text_input(key="setup.seed").value == "0"


@pytest.mark.parametrize(
    "widths", ["2-4-3-2", "2 4 3 2", "2x4x3x2", "2×4×3×2", "2, 4, 3, 2", "2,4,3,2,", " 2 – 4 – 3 – 2 "]
)
def test_widths_as_people_write_them(page, widths):
    page.fill("Units", widths)
    assert page.setup.widths == (2, 4, 3, 2)


def test_the_picture_has_the_numbers_that_are_edited(page):
    def drawn():
        svg = next(each.value for each in page.app.markdown if each.value.startswith("<svg"))
        return set(re.findall(r'font-size="9"[^>]*>([^<]+)<', svg))

    assert drawn() == {"0.800", "−0.550", "0.950", "0.050"}
    page.part(2)
    assert drawn() == {"0.600", "−0.850", "1.100", "−0.650", "1.200", "0.250", "−0.450", "0.750"}
    page.fill("Units", "2,9,2")
    assert drawn() == {"−0.450", "0.750"}  # a crowd of edges has no room for numbers


def test_a_short_menu_of_activations_says_why(page):
    page.open(preset="softmax-batch")
    assert any("takes only softmax or sigmoid in the last layer" in caption.value for caption in page.app.caption)
    page.open(preset="two-three-two")
    assert not any("in the last layer" in caption.value for caption in page.app.caption)


def test_too_large_a_network_is_refused_before_it_is_made(page):
    page.fill("Units", "4096,4096,2")
    assert page.setup.widths == (2, 3, 2)
    assert f"{limits.PARAMETERS:,}" in page.errors[0]
    assert any(f"{limits.PARAMETERS:,}" in caption.value for caption in page.app.caption)


def test_other_widths_keep_what_fits_and_say_what_changed(page):
    page.fill("Units", "2, 4, 2")
    assert page.setup.widths == (2, 4, 2)
    assert parameters_of(page.setup).W[1][:3].tolist() == parameters_of(START).W[1].tolist()
    assert "W[1] (4×2)" in page.app.info[0].value.replace("\\", "")
    page.press("undo")
    assert page.setup.entries == START.entries
    page.press("redo")
    assert page.setup.widths == (2, 4, 2)


@pytest.mark.parametrize(
    ("label", "text", "found"),
    [
        ("l2", "-1", "'-1'"),
        ("l2", "nan", "'nan'"),
        ("l2", "", "''"),
        ("Learning rate", "inf", "'inf'"),
        ("Learning rate", "0", "'0'"),
        ("Seed", "2.5", "'2.5'"),
        ("Seed", "-1", "'-1'"),
        ("Seed", "<b>1</b>", "'<b>1</b>'"),
    ],
)
def test_bad_numbers_are_refused(page, label, text, found):
    before = page.setup
    page.fill(label, text)
    assert page.setup == before
    assert f"found {found}; accepted is" in page.errors[0]


def test_good_numbers_are_taken(page):
    page.fill("l2", "1e-3")
    page.fill("Learning rate", "0.25")
    page.fill("Seed", "11")
    assert (page.setup.l2, page.setup.learning_rate, page.setup.seed) == (1e-3, 0.25, 11)
    assert not page.errors


def test_only_fitting_losses_and_output_activations_are_offered(page):
    menu = page.app.selectbox(key="setup.loss")
    assert "binary cross-entropy" in menu.options
    page.choose("Layer 2", "relu")
    assert page.app.selectbox(key="setup.loss").options == ["half squared error", "squared error"]
    reasons = " ".join(caption.value for caption in page.app.caption)
    assert "Cross-entropy is not offered: it needs softmax or sigmoid in the output layer." in reasons
    page.choose("Layer 2", "softmax")
    page.choose("Loss of one sample", "cross_entropy")
    assert len(page.app.selectbox(key="setup.activations 2").options) == 2
    assert len(page.app.selectbox(key="setup.activations 1").options) == len(ACTIVATIONS)


def test_a_loss_that_the_labels_do_not_fit_is_refused(page):
    page.paste("Y", "1.5, 0")
    page.choose("Loss of one sample", "binary_cross_entropy")
    assert page.setup.loss == "half_squared_error"
    assert page.errors[0].startswith("Y, row 1, column 1: found 1.5; accepted by binary cross-entropy")
    page.paste("Y", "0.5 -1")
    page.choose("Layer 2", "softmax")
    page.choose("Loss of one sample", "cross_entropy")
    assert "Y, row 1, column 2: found −1" in page.errors[0]


def test_a_matrix_is_pasted_whole(page):
    page.part(1)
    page.paste("W[1]", "np.array([[1, 2], [3, 4], [5, -6.5]])")
    assert parameters_of(page.setup).W[1].tolist() == [[1, 2], [3, 4], [5, -6.5]]
    assert page.app.text_area(key="paste W[1]").value == ""
    page.paste("b[1]", "0.1\t0.2\t0.3")
    assert parameters_of(page.setup).b[1].tolist() == [[0.1, 0.2, 0.3]]
    page.press("undo")
    page.press("undo")
    assert page.setup.entries == START.entries


BAD_MATRICES = [
    ("1,2,3\n4,5,6", "W[1]: found 2×3 numbers; accepted are 3×2. It looks transposed."),
    ("1,2\n3,4", "W[1]: found 2×2 numbers; accepted are 3×2."),
    ("1,2\n3,nan\n5,6", "W[1], row 2, column 2: found 'nan'"),
    ("1,2\n3,4\ninf,6", "W[1], row 3, column 1: found 'inf'"),
    ("1,2\n3,four\n5,6", "W[1], row 2, column 2: found 'four'"),
    ("1,2\n,4\n5,6", "W[1], row 2, column 1: found an empty cell"),
    ("1,2\n3\n5,6", "W[1], row 2: found 1 number"),
    ("", "W[1], text: found nothing"),
    ("__import__('os')", "__import__"),
    ("<img src=x onerror=alert(1)>", "found '<img'"),
    (":red[x] $x$ [a](http://b.c) **d**", "found ':red[x]'"),
]


@pytest.mark.parametrize(("text", "sentence"), BAD_MATRICES)
def test_a_bad_matrix_is_refused_and_stays_in_the_field(page, text, sentence):
    page.part(1)
    before = page.setup
    page.paste("W[1]", text)
    assert page.setup == before
    assert len(page.errors) == 1
    assert sentence in page.errors[0] or "brackets" in page.errors[0]
    assert page.app.text_area(key="paste W[1]").value == text


def test_inputs_with_more_samples_are_pasted(page):
    page.paste("X", "[[1, 2], [3, 4], [5, 6]]")
    assert page.setup.X == ((1.0, 2.0), (3.0, 4.0), (5.0, 6.0))
    assert page.setup.Y == START.Y * 3
    assert "2 samples more" in page.app.info[0].value.replace("\\", "")
    page.paste("X", "1 2 3")
    assert "X: found 1×3 numbers; accepted are 1×2." in page.errors[0]
    page.paste("X", "1 2 3\n4 5 6")
    assert "It looks transposed." in page.errors[0]
    page.paste("Y", "1 0")
    assert "Y: found 1×2 numbers; accepted are 3×2." in page.errors[0]


def test_samples_are_added_and_removed(page):
    page.press("add sample")
    assert len(page.setup.X) == len(page.setup.Y) == 2
    page.choose("Sample", 0)
    page.press("remove sample")
    assert page.setup.X == START.X


def type_cell(page, name, row, column, value):
    """Type into a cell of a grid, as the browser reports it: AppTest itself has no hands for this element."""
    states = page.app._tree.get_widget_states()
    edits = {"edited_rows": {str(row): {column: value}}, "added_rows": [], "deleted_rows": []}
    states.widgets.add(id=grid_of(page, name).proto.id, string_value=json.dumps(edits))
    page.app._run(states)
    assert not page.app.exception


def grid_of(page, name):
    """The grid of a matrix."""
    return next(grid for grid in page.app.data_editor if grid.key.startswith(f"grid {name} "))


def test_a_cell_is_typed(page):
    page.part(1)
    key = grid_of(page, "W[1]").key
    type_cell(page, "W[1]", 2, "1", -7.5)
    assert page.setup.entries["W", 1, 2, 0] == -7.5
    assert {key for key in START.entries if START.entries[key] != page.setup.entries[key]} == {("W", 1, 2, 0)}
    assert grid_of(page, "W[1]").key == key  # the same grid, so the keyboard stays where it is
    page.press("undo")
    assert np.array_equal(grid_of(page, "W[1]").value, parameters_of(START).W[1])


def test_an_emptied_cell_is_refused_and_shows_its_number_again(page):
    type_cell(page, "X", 0, "2", None)
    assert page.setup.X == START.X
    assert page.errors[0].startswith("X, row 1, column 2: found an empty cell; accepted is a finite number.")
    assert np.array_equal(grid_of(page, "X").value, START.X)


def test_a_label_out_of_range_is_refused_in_its_cell():
    page = NetworkPage(preset="xor")
    type_cell(page, "Y", 1, "1", 2.0)
    assert page.setup.Y == preset_setup("xor").Y
    assert page.errors[0].startswith("Y, row 2, column 1: found 2; accepted by binary cross-entropy are labels from 0")


def test_the_weights_are_drawn_anew(page):
    page.choose("Initializer", "normal")
    assert page.setup.initializer == "normal"
    assert not page.setup.entries
    seed = page.setup.seed
    page.press("draw")
    assert page.setup.seed == seed + 1
    page.press("reset")
    assert page.setup.entries == START.entries


def test_biases_are_switched_off_and_on(page):
    page.app.toggle(key="setup.bias").set_value(False)
    page.run()
    assert not page.setup.bias
    page.part(1)
    page.app.toggle(key="setup.bias").set_value(True)
    page.run()
    assert page.setup.entries == START.entries


@pytest.mark.parametrize("query", [{"widths": "2,-3,2"}, {"preset": "<b>x</b>"}, {"seed": "x", "nosuch": "1"}])
def test_a_damaged_link_is_one_sentence_and_the_default(query):
    page = NetworkPage(**query)
    assert page.setup.widths == (2, 3, 2)
    assert len(page.errors) == 1
    assert "last good state" in page.errors[0]


@pytest.mark.parametrize("query", [{"v": "1", "seed": "4"}, {"nosuch": "1"}])
def test_a_link_that_is_cut_off_or_anothers_is_no_fault_and_said(query):
    page = NetworkPage(**query)
    assert page.setup.widths == (2, 3, 2)
    assert not page.errors
    assert any("This link" in each.value for each in page.app.caption)


def upload(page, content, name="setup.json"):
    """Open a setup file."""
    page.show("share")
    page.app.file_uploader[0].set_value((name, content, "application/json"))
    page.run()


def test_a_setup_file_is_opened(page):
    upload(page, encode_file(replaced(preset_setup("mazur"), {"seed": 3, "page": "network", "digits": 7})))
    assert page.setup.preset == "mazur"
    assert (page.setup.seed, page.setup.digits) == (3, 7)
    page.press("undo")
    assert page.setup.preset == "two-three-two"


@pytest.mark.parametrize("content", [b"{", b"\xff\xfe", b'{"program": "mlpviz", "widths": [2, 0]}', b" " * 2_100_000])
def test_a_damaged_setup_file_is_refused(page, content):
    before = page.setup
    upload(page, content)
    assert page.setup == before
    assert len(page.errors) == 1
    assert "accepted" in page.errors[0]


def test_a_setup_too_long_for_a_link_says_so(page):
    page.paste("X", "\n".join(f"{k / 7!r} {k / 13!r}" for k in range(600)))
    page.show("share")
    assert any("too long for a link" in warning.value for warning in page.app.warning)


def test_one_entry_of_a_large_matrix_is_typed(page):
    page.paste("X", "\n".join(f"{k} {k}" for k in range(600)))
    page.app.number_input(key="row X").set_value(600)
    page.run()
    field = page.app.text_input(key="entry X")
    assert field.value == "599"
    field.set_value("-0.5")
    page.run()
    assert page.setup.X[599] == (-0.5, 599.0)
    page.app.text_input(key="entry X").set_value("nan")
    page.run()
    assert page.errors[0].startswith("X, row 600, column 1: found 'nan'; accepted is a finite number.")
    assert page.setup.X[599] == (-0.5, 599.0)


def test_nothing_the_learner_typed_is_markup(page):
    page.fill("Seed", "<b>**x**</b> :red[y] $z$")
    shown = page.app.error[0].value
    assert "\\<b\\>" in shown
    assert "\\*\\*x" in shown
    assert "\\:red\\[" in shown
    assert "\\$z" in shown


def test_an_edit_is_said_once(page):
    """What is said is about another number only where the network or one of its numbers is another."""
    said = lambda: json.loads(component(page, "mlpviz.aloud"))  # noqa: E731
    before = said()
    page.part(1)
    assert said() == before, "a look at other numbers is no edit"
    page.fill("seed", "3")
    assert said()[0] != before[0]
    assert said()[1] == ["17 parameters, 1 sample."]


def component(page, name):
    """What a component of the page is given."""
    return next(each.proto.json for each in page.app.get("bidi_component") if each.proto.component_name == name)
