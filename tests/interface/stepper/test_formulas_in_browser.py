"""No formula is wider than its box, on a laptop or on a phone, and none has type that cannot be read.

A sample; all of them: ``python -m tests.measure.formulas``.
"""

import random
from functools import cache

import pytest

from mlpviz.derivation.notation import Notation
from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from mlpviz.examples.presets import PRESETS
from tests.support.browser import expect
from tests.support.fitted import ROOMS, SIZES, faults, fitted, of_lines, of_steps
from tests.support.networks import NOTATIONS, case, view_of
from tests.support.programs import walked

HEIGHT = "document.querySelector('.mlp-headline').offsetHeight"
TOP = "document.querySelector('.mlp-faces').offsetTop"
INSIDE = """() => {
  const [formula, sigma] = ["formula", "sigma"].map((part) => document.querySelector(`[data-part=${part}]`))
  const wide = [formula, sigma].every((el) => el.scrollWidth <= el.clientWidth)
  return wide && formula.scrollHeight <= document.querySelector(".mlp-headline").clientHeight
}"""


@cache
def sample():
    """The formulas of some presets, walkthroughs and conventions, by their box."""
    texts, draw = {"formula": set(), "sigma": set()}, random.Random(11)
    for name in PRESETS:
        some = of_steps(case(name), view_of(case(name), draw.choice(NOTATIONS)))
        walkthrough = WALKTHROUGHS[draw.choice(sorted(WALKTHROUGHS))]
        scenes = list(walked(walkthrough, name, draw.choice(NOTATIONS)))
        for each in (some, *(of_lines(scene, chains) for scene, chains in scenes[-1:])):
            for kind in texts:
                texts[kind] |= each[kind]
    return texts


@pytest.mark.parametrize("size", SIZES, ids=["laptop", "phone"])
def test_no_formula_of_a_sample_is_wider_than_its_box(open_app, size):
    view = open_app("/derive", size)
    view.wait_for_selector("[data-part=formula] .katex")
    for kind, room in view.evaluate(ROOMS).items():
        assert not faults(fitted(view, kind, sorted(sample()[kind]), room))
        broken = fitted(view, kind, [r"\left(a + b + c + d + e + f + g + h + i + j + k\right)" * 9], room)
        assert faults(broken)


@pytest.mark.parametrize("size", SIZES, ids=["laptop", "phone"])
def test_stepping_moves_nothing_and_cuts_nothing(open_app, size):
    view = open_app("/derive?walkthrough=entries&preset=softmax-batch&layer=2", size)
    view.wait_for_selector("[data-part=formula] .katex")
    view.locator("[data-do=shapes]").click()
    expect(view, "document.querySelector('[data-do=shapes]').getAttribute('aria-pressed')", "true")
    before = view.evaluate(HEIGHT), view.evaluate(TOP)
    count = int(view.locator("[data-step]").get_attribute("data-steps"))
    for step in range(1, count):
        view.locator(".mlp-root").press("ArrowRight")
        expect(view, "document.querySelector('[data-step]').dataset.step", str(step))
        assert (view.evaluate(HEIGHT), view.evaluate(TOP)) == before
        assert view.evaluate(INSIDE), step


def test_the_sample_is_of_all_kinds():
    texts = sample()
    assert any("underbrace" in text for text in texts["formula"])
    assert any(r"\sum" in text for text in texts["sigma"])
    assert Notation() in NOTATIONS


def test_a_formula_is_fitted_again_where_the_page_becomes_a_little_narrower(open_app):
    view = open_app("/derive?walkthrough=outputs&preset=softmax-batch")
    view.wait_for_selector("[data-part=formula] .katex")
    view.locator("[data-do=shapes]").click()
    for width in range(1262, 760, -18):
        view.set_viewport_size({"width": width, "height": 720})
        expect(view, INSIDE)
