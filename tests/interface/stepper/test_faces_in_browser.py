"""What the stepper's faces show: each spelled sum is a formula that comes to its number, and nothing is cut off."""

import math
import os
from statistics import NormalDist

import pytest

from mlpviz.examples.presets import PRESETS
from tests.support.browser import expect
from tests.support.networks import ALL
from tests.support.stepping import opened_at, settled, walked

SPELLED = """() => {
  const text = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data;
    if (node.matches(".mlp-outcome")) return "";
    const inside = [...node.childNodes].map(text);
    if (node.matches(".mlp-fraction")) return `((${inside[0]})/(${inside[1]}))`;
    return node.tagName === "SUP" ? `**(${inside.join("")})` : inside.join("");
  };
  const face = document.querySelector("[data-part=sum]");
  const line = [...face.querySelectorAll(".mlp-numbers")].at(-1);
  return line.querySelector(".mlp-more, .mlp-rest") ? null : [text(line), Number(face.dataset.total)];
}"""

SIGNS = str.maketrans({"−": "-", "×": "*", "·": "*", "[": "(", "]": ")"})
FUNCTIONS = {"e": math.e, "log": math.log, "tanh": math.tanh, "max": max, "min": min, "Φ": NormalDist().cdf}


def telling():
    """The presets of which each has an activation, a loss or a reduction that none before it has."""
    seen = set()
    for name, preset in PRESETS.items():
        given = {*preset.architecture.activations, preset.architecture.loss, preset.architecture.reduction}
        if not given <= seen:
            seen |= given
            yield name


NETWORKS = [
    *(f"preset={name}" for name in telling()),
    "widths=2,3,3,3,2&activations=gelu,elu,silu,softplus&loss=squared_error&reduction=mean_elements&l2=0.1",
    "widths=2,2,2,2&activations=leaky_relu,softmax,softmax&orientation=columns&layout=numerator&weights=in_out",
    "widths=3,1&activations=sigmoid&loss=cross_entropy&bias=no",
]

CUT_OFF = """() => [...document.querySelectorAll(".mlp-face .mlp-body, .mlp-what")]
  .filter((el) => el.scrollWidth > el.clientWidth + 1 || el.scrollHeight > el.clientHeight + 1)
  .map((el) => [document.querySelector("[data-part=title]").textContent, el.textContent])"""

DRAWN = """async () => {
  const look = %s, frame = () => new Promise((done) => requestAnimationFrame(done))
  for (let frames = 15; frames; frames -= 1) await frame()
  return look()
}"""  # before a class the faces share their height as frames are laid out: as quickly as a hand steps

ROWS = """() => new Set([...document.querySelectorAll(".st-key-toolbar button, .st-key-toolbar [role=combobox]")]
  .filter((el) => el.getClientRects().length)
  .map((el) => Math.round(el.getBoundingClientRect().bottom / 8))).size"""


@pytest.mark.parametrize("network", NETWORKS)
def test_every_sum_is_spelled_as_a_formula_that_comes_to_its_number(open_app, network):
    page = open_app(f"/?{network}&digits=12")
    opened_at(page)
    found = walked(page, SPELLED)
    told = [each for each in found if each is not None]
    assert len(told) > len(found) / 2
    for text, total in told:
        assert eval(text.translate(SIGNS), FUNCTIONS) == pytest.approx(total, rel=1e-6, abs=1e-9), text


def test_softmax_is_spelled_out_since_it_has_no_value_at_a_single_entry(open_app):
    page = open_app("/?preset=softmax-batch&step=5")
    opened_at(page, 5)
    expect(page, "document.querySelector('[data-part=lines]').innerText.includes('softmax')", False)


def test_a_sign_before_a_sum_of_one_column_takes_all_of_it(open_app):
    page = open_app("/?preset=xor&step=4")
    opened_at(page, 4)
    expect(page, "document.querySelector('.mlp-expression').innerText.replaceAll('\\n', '').slice(0, 2)", "−(")


def test_what_belongs_to_the_whole_network_names_no_layer(open_app):
    page = open_app("/")
    opened_at(page)
    titles = walked(page, "() => document.querySelector('[data-part=title]').innerText")
    second = ["New loss of each sample", "New cost", "Did it help?"]
    assert [title for title in titles if "layer" not in title] == ["Loss of each sample", "Cost", *second]


SMALL = ["two-three-two", "mazur", "broadcast-trap", "one-neuron", "xor"][:: 1 if os.environ.get(ALL) else 2]
"""Presets of which all is in view; all five: ``python -m tests.measure.notations``."""


@pytest.mark.parametrize("preset", SMALL)
def test_nothing_of_a_small_network_is_cut_off(open_app, preset):
    page = open_app(f"/?preset={preset}")
    opened_at(page)
    assert not any(walked(page, CUT_OFF))
    page.locator("[data-do=projector]").click()
    expect(page, "document.querySelector('.mlp-root').matches('.mlp-projector')")
    assert not any(walked(page, DRAWN % CUT_OFF))


TOO_SMALL = """() => [...document.querySelectorAll(".mlp-product .mlp-grid .mlp-n")]
  .filter((cell) => parseFloat(getComputedStyle(cell).fontSize) < 12).length"""
SIDEWAYS = """() => [...document.querySelectorAll(".mlp-product .mlp-body, .mlp-sum .mlp-body")]
  .filter((el) => el.scrollWidth > el.clientWidth + 1).map((el) => el.innerText)"""


@pytest.mark.parametrize("path", ["/?preset=softmax-batch", "/derive?walkthrough=layouts&preset=binary-classifier"])
def test_no_number_of_a_product_is_too_small_to_read_and_none_is_off_to_the_side(open_app, path):
    page = open_app(path)
    opened_at(page)
    assert not any(walked(page, TOO_SMALL))
    assert not any(walked(page, SIDEWAYS))


def test_a_matrix_that_is_not_in_view_as_a_whole_has_a_way_to_the_rest(open_app):
    page = open_app("/?preset=softmax-batch")
    opened_at(page)
    shown = "document.querySelector('.mlp-result .mlp-mover:last-child span').textContent"
    before = page.evaluate(shown)
    page.locator(".mlp-result .mlp-mover button").last.click()
    expect(page, f"{shown} !== '{before}'")
    page.locator("[data-do=enlarge]").click()
    expect(page, "document.querySelectorAll('.mlp-result .mlp-grid .mlp-n').length", 24)
    page.keyboard.press("Escape")
    expect(page, shown, before)


def test_a_letter_can_be_asked_what_it_is(open_app):
    page = open_app("/derive?walkthrough=entries&preset=two-three-two&layer=2&line=0")
    opened_at(page, 0)
    page.keyboard.press("?")
    rows = ".mlp-letters:not([hidden]) [data-letter]"
    told = dict(page.eval_on_selector_all(rows, "all => all.map((row) => [row.dataset.letter, row.innerText])"))
    assert {"dW[2]", "delta[2]", "A[1]", "partial", "assembled", "over", "n"} <= told.keys()
    assert "the error" in told["delta[2]"]
    assert "m × n₂ = 1 × 2" in told["delta[2]"]
    page.keyboard.press("Escape")
    expect(page, "document.querySelector('.mlp-letters').hidden && document.activeElement.matches('.mlp-root')")
    page.locator(".mlp-on-top .mlp-label").click()
    expect(page, "document.querySelector('.mlp-asked-for').dataset.letter", "A[1]")


def test_a_gain_leads_back_to_its_z(open_app):
    page = open_app("/?preset=two-three-two&step=7")
    opened_at(page, 7)
    page.locator(".mlp-amplifies .mlp-amplifier").last.click()
    expect(page, "document.querySelector('[data-part=sum]').dataset.key", "gain[2]")
    expect(page, "Number(document.querySelector('[data-part=sum]').dataset.total).toFixed(3)", "0.230")
    expect(page, "document.querySelector('[data-part=lines] [data-symbol=A]').dataset.layer", "2")


@pytest.mark.parametrize(("path", "most"), [("/", 2), ("/check", 2), ("/derive", 3)])
def test_the_toolbar_leaves_a_phone_room_for_the_page(open_app, path, most):
    page = open_app(path, viewport=(390, 844))
    page.wait_for_selector(".st-key-toolbar .st-key-share button")
    settled(page)
    expect(page, f"({ROWS})() <= {most}")
