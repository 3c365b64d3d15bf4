"""What the stepper's faces show: each spelled sum is a formula that comes to its number, and nothing is cut off."""

import math
import os
from statistics import NormalDist

import pytest

import mlpviz
from mlpviz.derivation.notation import Notation
from mlpviz.engine.descent import Update
from mlpviz.examples.presets import PRESETS
from tests.support.browser import expect
from tests.support.legible import cut
from tests.support.networks import ALL, LEARNING_RATE, case
from tests.support.oracle import problem
from tests.support.saved_page import STEP, opened_pass
from tests.support.stepping import opened_at, press, settled, walked

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


NETWORKS = {
    "every other activation": ((2, 3, 3, 3, 2), ("gelu", "elu", "silu", "softplus"), "squared_error", True, 0.1),
    "softmax between layers": ((2, 2, 2, 2), ("leaky_relu", "softmax", "softmax"), "half_squared_error", True, 0.0),
    "no bias": ((3, 1), ("sigmoid",), "cross_entropy", False, 0.0),
}
"""Widths, activations, loss, bias and l2."""

OTHERWISE = {"softmax between layers": Notation("columns", "numerator", "in_out")}


def passed(network):
    """The pass of a preset or of a network of this file."""
    if network not in NETWORKS:
        return case(network)
    widths, activations, loss, bias, l2 = NETWORKS[network]
    architecture = mlpviz.Architecture(widths, activations, loss, "mean_elements", bias, l2)
    parameters, X, Y = problem(architecture, 1, seed=1)
    return Update(mlpviz.backpropagate(parameters, X, Y), LEARNING_RATE)


CUT_OFF = """() => [...document.querySelectorAll(".mlp-face .mlp-body, .mlp-what")]
  .filter((el) => el.scrollWidth > el.clientWidth + 1 || el.scrollHeight > el.clientHeight + 1)
  .map((el) => [document.querySelector("[data-part=title]").textContent, el.textContent])"""


@pytest.mark.parametrize("network", [*telling(), *NETWORKS])
def test_every_sum_is_spelled_as_a_formula_that_comes_to_its_number(browser, tmp_path, network):
    notation = OTHERWISE.get(network, Notation())
    with opened_pass(browser, tmp_path, passed(network), notation, digits=12) as saved:
        found = walked(saved.page, SPELLED)
    told = [each for each in found if each is not None]
    assert len(told) > len(found) / 2
    for text, total in told:
        assert eval(text.translate(SIGNS), FUNCTIONS) == pytest.approx(total, rel=1e-6, abs=1e-9), text


def test_a_sign_before_a_sum_of_one_column_takes_all_of_it(browser, tmp_path):
    with opened_pass(browser, tmp_path, case("xor"), start=4) as saved:
        expect(saved.page, STEP, 4)
        text = saved.page.evaluate("document.querySelector('.mlp-expression').innerText")
        assert text.replace("\n", "").startswith("−(")


TITLE = "() => document.querySelector('[data-part=title]').innerText"


def test_what_belongs_to_the_whole_network_names_no_layer_and_a_gain_leads_back_to_its_z(open_app):
    page = open_app("/")
    opened_at(page)
    found = walked(page, f"() => [({TITLE})(), ({CUT_OFF})()]")
    second = ["New loss of each sample", "New cost", "Did it help?"]
    assert [title for title, _ in found if "layer" not in title] == ["Loss of each sample", "Cost", *second]
    assert not any(cut_off for _, cut_off in found)
    page.keyboard.press("Home")
    for step in range(1, 8):
        press(page, "ArrowRight", step)
    page.locator(".mlp-amplifies .mlp-amplifier").last.click()
    expect(page, "document.querySelector('[data-part=sum]').dataset.key", "gain[2]")
    expect(page, "Number(document.querySelector('[data-part=sum]').dataset.total).toFixed(3)", "0.230")
    expect(page, "document.querySelector('[data-part=lines] [data-symbol=A]').dataset.layer", "2")


SMALL = ["two-three-two", "mazur", "broadcast-trap", "one-neuron", "xor"] if os.environ.get(ALL) else ["broadcast-trap"]
"""Presets of which all is in view; all five: ``python -m tests.measure.notations``."""


@pytest.mark.parametrize("preset", SMALL)
def test_nothing_of_a_small_network_is_cut_off(open_app, preset):
    page = open_app(f"/?preset={preset}")
    opened_at(page)
    assert not any(walked(page, CUT_OFF))
    page.evaluate("document.documentElement.requestFullscreen = undefined")
    page.locator("[data-do=projector]").click()
    expect(page, "document.querySelector('.mlp-root').matches('.mlp-projector')")
    assert not any(walked(page, cut()))


TOO_SMALL = """() => [...document.querySelectorAll(".mlp-product .mlp-grid .mlp-n")]
  .filter((cell) => parseFloat(getComputedStyle(cell).fontSize) < 12).length"""
SIDEWAYS = """() => [...document.querySelectorAll(".mlp-product .mlp-body, .mlp-sum .mlp-body")]
  .filter((el) => el.scrollWidth > el.clientWidth + 1).map((el) => el.innerText)"""
UNREACHED = """() => {
  const reached = "button, a[href], input, select, summary, [tabindex='0']"
  const more = el => el.scrollHeight > el.clientHeight + 13 || el.scrollWidth > el.clientWidth + 13
  const scrolls = el => ["overflowX", "overflowY"].some(way => /auto|scroll/.test(getComputedStyle(el)[way]))
  return [...document.querySelectorAll(".mlp-root *")]
    .filter(el => more(el) && scrolls(el) && !el.matches(reached) && !el.querySelector(reached))
    .map(el => [el.className, el.parentElement.className].join())
}"""
UNSET = """() => ["formula", "sigma"].filter(part => {
  const box = document.querySelector(`[data-part=${part}]`)
  return !(box.childElementCount && box.querySelector(".katex-html")?.getClientRects().length)
})"""


def amiss(page, *looks):
    """What looks of which each should find nothing find, by the step and the look."""
    found = walked(page, f"() => [{', '.join(f'({look})()' for look in looks)}]")
    return {(step, look): each for step, all_of in enumerate(found) for look, each in enumerate(all_of) if each}


def test_a_batch_is_large_enough_set_and_reached_and_has_a_way_to_what_is_not_in_view(open_app):
    """On a laptop, and the formulas and what scrolls also where it is as narrow as a phone."""
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
    for step in range(1, 6):
        press(page, "ArrowRight", step)
    # softmax has no value at a single entry, so it is spelled out
    expect(page, "document.querySelector('[data-part=lines]').innerText.includes('softmax')", False)
    assert not amiss(page, TOO_SMALL, SIDEWAYS, UNSET, UNREACHED)
    page.set_viewport_size({"width": 390, "height": 844})
    settled(page)
    assert not amiss(page, UNSET, UNREACHED)


def test_lines_in_two_layouts_are_large_enough_and_read_whole_before_a_class(open_app):
    page = open_app("/derive?walkthrough=layouts&preset=binary-classifier")
    opened_at(page)
    assert not amiss(page, TOO_SMALL, SIDEWAYS)
    page.evaluate("document.documentElement.requestFullscreen = undefined")
    page.locator("[data-do=projector]").click()
    expect(page, "document.querySelector('.mlp-root').matches('.mlp-projector')")
    assert not any(walked(page, cut(".mlp-headline, .mlp-headline p, .mlp-what, .mlp-face .mlp-body")))


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
