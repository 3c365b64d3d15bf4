"""Every item of the source texts is one click from its text's card, written as the text writes it, with true numbers.

The table of texts says where an item is; the table here says what the line must be that stands at this place, and not
merely somewhere on the page. Each link is followed, its line is read, and its numbers are held against the engine's
own pass; then, for every third, a weight is changed, and the line, still the one at that place, must have the new ones.
"""

import re
from dataclasses import replace
from functools import cache
from urllib.parse import parse_qsl

import numpy as np
import pytest

from mlpviz.derivation.errata import ERRATA, EXERCISES
from mlpviz.derivation.hands import HANDS
from mlpviz.derivation.texts import TEXTS
from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from mlpviz.interface.texts.page import names_of
from mlpviz.interface.texts.places import named, shown
from mlpviz.lessons.table import LESSONS
from mlpviz.setup.pages import PAGES
from tests.support.opened import Opened

ITEMS = {text.code_of(item): (text, item) for text in TEXTS.values() for item in text.items}

LINES: dict[str, tuple[tuple[str, ...], ...]] = {
    "S0.1": ((r"\mathcal{B}\left[\ell,\,z^{[3]}\right]",),),
    "S0.2": ((r"\mathcal{B}\left[\ell,\,z^{[3]}\right]",),),
    "S0.3": ((r"\mathcal{B}\left[\ell,\,z^{[3]}\right]",),),
    "S0.4": ((r"\frac{\partial J}{\partial z^{[3]}} = \mathcal{B}\left[\ell,\,z^{[3]}\right]\left(1\right)",),),
    "S0.5": ((r"\mathcal{B}\left[\mathsf{MM},\,W^{[3]}\right]\left(v\right)",),),
    "S0.6": ((r"\mathcal{B}\left[\ell",), (r"\mathcal{B}\left[\sigma,\,z^{[2]}\right]",)),
    "S0.7": ((r"a^{[3]} - y",),),
    "S0.8": ((r"\mathcal{B}\left[\mathsf{MM},\,a^{[2]}\right]",), (r"W^{[3]\top}\,v",)),
    "S0.9": ((r"\operatorname{flat} W^{[1]}",),),
    "S0.10": ((r"\frac{\partial z^{[1]}}{\partial \operatorname{flat} W^{[1]}}",),),
    "S0.11": ((r"\frac{\partial J}{\partial W^{[1]}}", r"(i-1)\cdot 2+j"),),
    "S0.12": ((r"\sum_{k=1}^{n_{2}}", r"\mathbf{1}_{ki}\,a^{[1]}_{j}"), (r"(i-1)\cdot 5+j",)),
    "S0.13": ((r"\mathcal{B}\left[\mathsf{MM},\,b^{[2]}\right]\left(v\right)",),),
    "S0.14": ((r"v \odot \sigma'\left(z^{[2]}\right)",),),
    "S0.15": ((r"W^{[1]}\,x_{:,1} + b^{[1]}",), (r"Z^{[1]} = W^{[1]}\,X + b^{[1]}",)),
    "S0.16": ((r"Z^{[1]} = W^{[1]}\,X + b^{[1]}",),),
    "S0.17": ((r"A^{[1]\top}\,W^{[2]\top}",),),
    "S0.18": ((r"Z^{[1]} = X\,W^{[1]} + b^{[1]}",),),
    "S1.1": ((r"\frac{\partial z^{(1)}_{i}}{\partial W^{(1)}_{ij}}\,\frac{\partial C}{\partial z^{(1)}_{i}}",),),
    "S1.2": ((r"y = \operatorname{softmax}\left(z^{(2)}\right)",),),
    "S1.3": ((r"-\sum_{k=1}^{n_{2}} \hat{y}_{k}\,\log\left(y_{k}\right)",),),
    "S1.4": ((r"C = \sum_{k=1}^{m} \ell_{k}",), (r"\theta_{i} - \eta\,\frac{\partial C}{\partial \theta_{i}}",)),
    "S1.5": ((r"\theta_{\text{new}} = \theta - \eta\,\nabla C",),),
    "S1.6": (
        (r"\frac{\partial a^{(1)}_{i}}{\partial z^{(1)}_{i}}\,\frac{\partial z^{(1)}_{i}}{\partial W^{(1)}_{ij}}",),
    ),
    "S1.7": ((r"\sum_{k=1}^{n_{2}} \frac{\partial C}{\partial z^{(2)}_{k}}\,\frac{\partial z^{(2)}_{k}}{\partial a",),),
    "S1.8": ((r"\frac{\partial C}{\partial z^{(2)}_{:,1}}", r"z^{(2)}_{:,3}"),),
    "S1.9": ((r"\frac{\partial z^{(1)}_{i}}{\partial W^{(1)}_{ij}}\,\frac{\partial C}{\partial z^{(1)}_{i}}",),),
    "S1.10": ((r"x_{j}\,\frac{\partial C}{\partial z^{(1)}_{i}}",),),
    "S1.11": ((r"\sigma'\left(z^{(1)}_{i}\right)\,x_{j}",),),
    "S1.12": ((r"\sigma'\left(z^{(1)}_{i}\right)", r"W^{(2)}_{ki}\,\frac{\partial C}{\partial z^{(2)}_{k}}"),),
    "S1.13": ((r"W^{(2)\top}\,\frac{\partial C}{\partial z^{(2)}}", r"\sigma'\left(z^{(1)}\right)"),),
    "S1.14": (
        (r"\frac{\partial C}{\partial y_{i}}\,\frac{\partial y_{i}}{\partial z^{(2)}_{i}}",),
        (r"W^{(2)}_{ki}\,\frac{\partial C}{\partial z^{(2)}_{k}}",),
    ),
    "S1.15": (
        (r"\frac{\partial C}{\partial z^{(3)}}", r"y - \hat{y}"),
        (r"W^{(3)\top}\,\frac{\partial C}{\partial z^{(3)}}",),
        (r"W^{(2)\top}\,\frac{\partial C}{\partial z^{(2)}}",),
    ),
    "S2.1": ((r"\operatorname{flat} W^{(3)}",), (r"\frac{\partial \mathcal{L}}{\partial z^{(3)}_{i}}\,a^{(2)}_{j}",)),
    "S2.2": ((r"\delta^{(3)}\,a^{(2)\top}",),),
    "S2.3": ((r"\sum_{k=1}^{n_{3}}",), (r"\delta^{(3)}_{1,:}", r"a^{(2)}_{4,:}")),
    "S2.4": ((r"\frac{\partial a^{(2)}}{\partial z^{(2)}}\,\frac{\partial z^{(3)}}{\partial a^{(2)}}",),),
    "S2.5": (
        (r"\sum_{k=1}^{n_{2}} \frac{\partial \mathcal{L}}{\partial z^{(2)}_{k}}\,\frac{\partial z^{(2)}_{k}}",),
        (r"\sum_{k=1}^{n_{3}} \frac{\partial \mathcal{L}}{\partial z^{(3)}_{k}}\,\frac{\partial z^{(3)}_{k}}",),
    ),
    "S2.6": ((r"\frac{\partial \mathcal{L}}{\partial W^{(2)}} = \delta^{(2)}\,a^{(1)\top}",),),
    "S2.7": ((r"\mathbf{1}_{ki}",),),
    "S2.8": ((r"z^{(1)} = W^{(1)}\,a^{(0)} + b^{(1)}",),),
    "S2.9": ((r"a^{(3)} = \operatorname{softmax}\left(z^{(3)}\right)",), (r"y_{k}\,\log\left(a^{(3)}_{k}\right)",)),
    "S2.10": ((r"a^{(3)}_{j}\,\left(\mathbf{1}_{ji} - a^{(3)}_{i}\right)",),),
    "S2.11": ((r"\sum_{p=1}^{n_{3}} \frac{\partial \mathcal{L}}{\partial a^{(3)}_{p}}",), (r"= a^{(3)} - y",)),
    "S2.12": ((r"\frac{\partial \mathcal{L}}{\partial W^{(3)}} = \delta^{(3)}\,a^{(2)\top}",),),
    "S2.13": ((r"\left(W^{(3)\top}\,\delta^{(3)}\right) \odot f'\left(z^{(2)}\right)",),),
    "S2.14": ((r"A^{(1)}\,W^{(2)\top} + b^{(2)}",), (r"A^{(1)}\,W^{(2)} + b^{(2)}",)),
    "S2.15": ((r"\frac{1}{m}\,\left(A^{(3)} - Y\right)",),),
    "S2.16": ((r"\sum_{s=1}^{m} \delta^{(2)}_{si}\,a^{(1)}_{sj}",), (r"\Delta^{(2)\top}\,A^{(1)}",)),
    "S2.17": ((r"\Delta^{(2)\top}\,A^{(1)}",),),
    "S2.18": (
        (r"\left(\Delta^{(3)}\,W^{(3)}\right) \odot f'\left(Z^{(2)}\right)",),
        (r"\left(\Delta^{(3)}\,W^{(3)}\right) \odot f'\left(Z^{(2)}\right)",),
    ),
    "S2.19": ((r"\Delta^{(3)} = \frac{1}{m}\,\left(A^{(3)} - Y\right)",),),
    "S3": ((r"\Delta^{(3)\top}\,A^{(2)}",),),
    "S4.1": ((r"\frac{1}{2}\,\sum_{k=1}^{n_{3}} \left(a^{(3)}_{k} - y_{k}\right)^{2}",),),
    "S4.2": (
        (r"\frac{\partial L}{\partial W^{(3)}} = \frac{\partial L}{\partial z^{(3)}}\,a^{(2)\top}",),
        (r"\frac{\partial L}{\partial z^{(3)}} = \left(a^{(3)} - y\right) \odot \sigma'",),
    ),
    "S4.3": ((r"\frac{\partial L}{\partial z^{(3)}_{i}}\,a^{(2)}_{j}",),),
    "S4.4": (
        (),
        (r"\frac{\partial a^{(2)}}{\partial z^{(2)}}\,\frac{\partial z^{(3)}}{\partial a^{(2)}}\,\frac{\partial L}",),
    ),
    "S4.5": (
        (r"\frac{\partial a^{(2)}}{\partial z^{(2)}}\,\frac{\partial z^{(3)}}{\partial a^{(2)}}\,\frac{\partial L}",),
    ),
    "S4.6": ((r"\left(\frac{\partial L}{\partial z^{(3)}}\right)^{\top}", r"\right)^{\top}\biggr)^{\top}"),),
    "S4.7": ((r"\frac{\partial z^{(2)}}{\partial W^{(2)}_{11}}\,\frac{\partial a^{(2)}}{\partial z^{(2)}}",),),
    "S4.8": ((r"\operatorname{diag}\left(\operatorname{ReLU}'(z^{(2)})\right)",), (r"v \odot \operatorname{ReLU}'",)),
    "S4.9": ((r"\operatorname{flat} W^{(3)}",),),
    "S4.10": ((r"W^{(1)}\,a^{(0)} + b^{(1)}",), (r"a^{(1)} = g",), (r"\nabla_{z^{(2)}} J = a^{(2)} - y",)),
    "S4.11": (
        (r"\frac{\partial J}{\partial z^{(1)}_{i}}\,a^{(0)}_{j}",),
        (r"\nabla_{W^{(1)}} J = \left(\nabla_{z^{(1)}} J\right)\,a^{(0)\top}",),
        (r"\nabla_{b^{(1)}} J = \nabla_{z^{(1)}} J",),
        (r"\frac{\partial J}{\partial z^{(2)}_{k}}\,W^{(2)}_{ki}",),
        (r"W^{(2)\top}\,\nabla_{z^{(2)}} J", r"\odot g"),
    ),
}
"""What stands in the formula of the line at each place of an item, in its text's own letters."""

BESIDE: dict[str, tuple[str, ...]] = {
    "S0.1": (r"\mathsf{MM}_{W^{[3]},\,b^{[3]}}\left(\sigma",),
    "S0.2": (r"z^{[1]} &= W^{[1]}\,x + b^{[1]}", r"a^{[2]} &= \sigma"),
    "S0.3": (r"z^{[2]} &= W^{[2]}\,a^{[1]} + b^{[2]}",),
    "S0.5": (r"\mathcal{B}\left[\mathsf{MM}_{W^{[1]},\,b^{[1]}},\,W^{[1]}\right]",),
    "S0.6": ("The loss", "The activation", "The affine map, with respect to its weights"),
    "S0.12": ("Two ways to the gradient of the weights",),
    "S0.16": ("No error, and wrong", "Right: every unit"),
    "S1.6": ("moved",),
    "S2.1": ("1 · Whole Jacobians", "3 · Entry by entry, then assembled"),
    "S2.2": ("64 × 64, 32", "µs"),
    "S2.4": ("Denominator layout", "Numerator layout"),
    "S2.17": (r"\underbrace{\Delta^{(2)\top}}_{5\times 4}\,\underbrace{A^{(1)}}_{4\times 6}",),
    "S2.18": (r"\Delta^{(l)} &= \left(\Delta^{(l+1)}\,W^{(l+1)}\right) \odot f'",),
    "S2.19": ("for l in range(2, 0, -1):",),
    "S3": ("Jacobian",),
    "S4.4": ("Does not multiply",),
    "S4.5": ("| 3 × 2 |",),
    "S4.7": (r"_{1\times 3}", r"_{3\times 3}", r"_{2\times 1}"),
}
"""What stands beside the lines of one of an item's pages."""

ISOLATES = "[\N{FIRST STRONG ISOLATE}\N{POP DIRECTIONAL ISOLATE}]"
"""What stands around a symbol in a sentence."""

SAID: dict[str, str] = {
    "S0.3": "All parameters are inside the weighted sums",
    "S0.4": "The derivative of J with respect to itself is 1.",
    "S0.10": "Each weight moves one unit only",
    "S0.17": "PyTorch",
    "S1.1": "Forward Pass",
    "S1.4": "argmin",
    "S1.5": "smallest",
    "S1.10": "what comes in over the wire",
    "S1.11": "Unfold the chain only as far as each piece can be differentiated.",
    "S1.12": "amplifier",
    "S2.6": "Read backwards",
    "S2.7": "is 1 where k = i",
    "S4.9": "three indices",
}
"""What the line itself says, or the remark below it."""


def ids():
    """All items of the five texts."""
    counts = {"S0": 18, "S1": 15, "S2": 19, "S4": 11}
    return [f"{text}.{number}" for text, count in counts.items() for number in range(1, count + 1)] + ["S3"]


def test_every_item_of_the_texts_has_its_place():
    assert set(ITEMS) == set(LINES) == set(ids())
    assert all(len(LINES[code]) == len(item.places) for code, (_text, item) in ITEMS.items())


# The way


@cache
def card(code):
    """The Texts page with a card opened by a click: the first is the menu's entry, the second the card."""
    page = Opened("texts")
    assert any(link.proto.label == PAGES["texts"].title for link in Opened().app.get("page_link"))
    return page.press(f"open {code}")


def third_click(text, item, at):
    """The page that an item's link on its text's card leads to."""
    above = len(PAGES) + len(LESSONS)  # the menu, and the lessons
    links = [link.proto for link in card(text.code).app.get("page_link")][above:]
    before = sum(len(each.places) for each in text.items[: item.number - 1])
    place = item.places[at]
    return Opened(place.page, **dict(parse_qsl(links[before + at].query_string)))


def line_of(page):
    """The line that the page opens at, and its formula."""
    line = page.steps[page.payload["start"]]
    return line, page.payload["formulas"][line["formula"]].replace(r"\allowbreak ", "")


@pytest.mark.parametrize("code", ITEMS)
def test_an_item_is_three_clicks_away_with_its_formula_and_true_numbers(code):
    """And with what stands beside its lines, on one of its pages, and what its first line says."""
    text, item = ITEMS[code]
    pages = [third_click(text, item, at) for at in range(len(item.places))]
    if code == "S2.2":
        pages[0].press("measure")
    if code in SAID:
        line, _formula = line_of(pages[0])
        assert SAID[code] in re.sub(ISOLATES, "", f"{line['text']} {line['note']}")
    everything = "\n".join(page.texts + "\n".join(line.get("chip", "") for line in said(page)) for page in pages)
    assert not [part for part in BESIDE.get(code, ()) if part not in everything.replace(r"\allowbreak ", "")]
    for at, page in enumerate(pages):
        a_place_has_its_line_and_numbers(code, at, page)


def a_place_has_its_line_and_numbers(code, at, page):
    text, item = ITEMS[code]
    place = item.places[at]
    hand = HANDS[item.hand or text.hand]
    assert page.setup.hand == hand.name
    assert page.setup.notation == replace(hand.notation, **place.notation)
    if place.page == "check":
        assert "Does not multiply" in page.texts
        return
    line, formula = line_of(page)
    assert str(line["target"]).partition(" line")[0] == place.target
    assert not [part for part in LINES[code][at] if part not in formula], formula
    before = numbers(page, line, place)
    if at == 0 and item.number % 3 == 1:
        page.open(entries="W1.0.119:1.37" if place.preset == "digit" else "W1.0.0:1.37")
        same_line, same_formula = line_of(page)
        assert (same_line["name"], same_formula) == (line["name"], formula)
        assert not np.allclose(before, numbers(page, same_line, place))


def numbers(page, line, place):
    """The numbers of a line's result, which are those of the engine's own pass."""
    batch = place.walkthrough and WALKTHROUGHS[place.walkthrough].batch
    sample = None if batch or (place.page == "step" and page.setup.sample is None) else page.setup.sample or 0
    found = page.matrix(line["target"])
    assert np.allclose(found, reference(place.target, page.trace(sample), page.setup), rtol=1e-9, atol=1e-12)
    return found


def reference(target, trace, setup):
    """What an array is, from the engine's pass alone."""
    letters, layers = re.findall(r"[A-Za-z]+", target), [int(number) for number in re.findall(r"\[(\d)\]", target)]
    l = layers[0] if layers else 0
    match letters:
        case ["losses"]:
            return trace.losses
        case ["cost"]:
            return np.atleast_2d(trace.cost)
        case ["Z" | "A" | "delta" | "dW" | "db" as name]:
            return getattr(trace, name)[l]
        case ["sample", name]:
            return getattr(trace, name)[l][:1]
        case ["gradient", "A"]:
            return trace.delta[l + 1] @ trace.parameters.W[l + 1]
        case ["flat", "gradient", "W"]:
            return trace.dW[l].reshape(1, -1)
        case ["one", "gradient", "W"]:
            return trace.dW[l][:1, :1]
        case ["jacobian", "A", "Z"]:
            return np.diag(trace.A[l][0]) - np.outer(trace.A[l][0], trace.A[l][0])
        case ["path", "A", "W"]:
            return (trace.A[l] * (1 - trace.A[l])).T @ trace.A[l - 1]
        case ["parameters", *_rest]:
            return (trace.parameters.flat - setup.learning_rate * trace.gradient)[None, :]
    raise AssertionError(target)


def said(page):
    """The lines of a page, if it has lines."""
    return page.steps if page.setup.page != "check" else []


# The table of texts


def test_every_line_is_found_by_its_own_title():
    for code, (text, item) in ITEMS.items():
        for place in item.places:
            if place.line:
                assert named(shown(text, item, place).line.title) == place.line, code


def test_the_places_of_an_item_have_names_of_their_own():
    for code, (text, item) in ITEMS.items():
        names = names_of(item, [shown(text, item, place) for place in item.places])
        assert len(set(names)) == len(names), (code, names)


def test_every_mistake_is_on_its_texts_card_once():
    for text in TEXTS.values():
        own = [code for code, erratum in ERRATA.items() if erratum.text == text.code]
        assert len(text.errata) == len(set(text.errata))
        assert set(text.errata) <= set(ERRATA)
        buttons = [button.key for button in card(text.code).app.button if button.key.startswith("texts E")]
        assert sorted(buttons) == sorted(f"texts {code}" for code in {*own, *text.errata} if code in EXERCISES)
        written = card(text.code).texts
        assert not [code for code in own if code not in EXERCISES and ERRATA[code].why not in written]


def test_one_click_on_a_card_writes_everything_like_its_text():
    page = Opened("texts", text="S1")
    page.press("write like")
    assert (page.setup.hand, page.setup.notation) == ("forward-backward", HANDS["forward-backward"].notation)
    assert page.app.button(key="write like").disabled
    assert page.press("undo").setup.hand == ""


def test_what_a_text_calls_its_numbers_is_what_they_are_here():
    page = Opened("derive", preset="one-neuron", **card_link("S1", 12))
    assert r"w_3 = \displaystyle W^{(2)}_{11}" in page.texts
    assert r"w_4 = \displaystyle W^{(2)}_{21}" in page.texts
    assert r"z'' = \displaystyle z^{(2)}_{2}" in page.texts
    assert "z_5" in third_click(*ITEMS["S1.15"], 0).texts
    assert "text's letters" not in Opened("derive", preset="one-neuron").texts


def card_link(code, number):
    """The query of an item's first link."""
    text = TEXTS[code]
    links = [link.proto for link in card(code).app.get("page_link")][len(PAGES) :]
    query = dict(parse_qsl(links[sum(len(each.places) for each in text.items[: number - 1])].query_string))
    return {name: value for name, value in query.items() if name != "preset"}
