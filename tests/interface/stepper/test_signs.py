"""The legend of letters: whatever a step or line shows has a meaning there, in words."""

from mlpviz.derivation.derived import KINDS
from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from mlpviz.interface.stepper.signs import SIGNS
from mlpviz.maths.symbols import INPUT, OUTPUT, QUANTITIES
from tests.support.opened import Opened


def test_every_symbol_and_every_kind_of_array_has_a_meaning():
    said = [each for each in (*QUANTITIES.values(), INPUT, OUTPUT) if each.name != "scale"]
    assert all(each.meaning and not each.meaning.endswith(".") for each in (*said, *KINDS.values()))


def test_what_a_line_shows_is_explained_and_every_sign_is_met():
    met = set()
    for name in WALKTHROUGHS:
        page = Opened("derive", preset="softmax-batch", walkthrough=name)
        for step in page.steps:
            assert set(step["legend"]) <= set(page.payload["signs"])
            assert all(page.payload["matrices"][key]["meaning"] for key in (step["target"], *step["reads"]))
            met |= set(step["legend"])
    assert set(SIGNS) | {"gain", "m", "n", "eta"} <= met


def test_a_step_explains_its_signs_and_nothing_else():
    page = Opened(preset="two-three-two")
    signs = {step["target"]: set(step["legend"]) for step in page.steps}
    assert signs["Z[1]"] == {"m", "n", "product", "transpose"}
    assert signs["delta[1]"] == {"m", "n", "product", "entrywise", "relu'", "gain"}
    assert signs["new W[1]"] == {"m", "n", "eta"}
