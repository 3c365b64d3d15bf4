"""A page of its own as text: what is in it, what it may do, and that making it needs no Streamlit."""

import gzip
import hashlib
import html
import json
import re
import subprocess
import sys
from base64 import b64decode, b64encode
from dataclasses import replace

import pytest

import mlpviz
from mlpviz.derivation.notation import Notation
from mlpviz.examples.presets import PRESETS
from mlpviz.interface.derive.page import fixed, words
from mlpviz.interface.derive.payload import LinesPayload
from mlpviz.interface.exports.web import LINES, WebPage, page_of, pass_page
from mlpviz.interface.shell import translation
from mlpviz.interface.stepper.payload import Payload
from mlpviz.maths.messages import Refusal
from tests.support.exports import of_walkthrough
from tests.support.networks import CASES, case, view_of
from tests.support.node import node

MOST = 300_000
"""Bytes of a preset's page: three hundred phones fetch it at once."""


def part(page, name):
    """What is packed into a page under a name."""
    text = re.search(rf'<script type="text/plain" id="{name}">([^<]*)</script>', page)[1]
    return gzip.decompress(b64decode(text)).decode()


def saved(page):
    return json.loads(part(page, "mlp-saved"))


def test_every_preset_s_page_is_small_and_the_same_whenever_it_is_made():
    for name in PRESETS:
        page = pass_page(case(name), Notation(), title=PRESETS[name].title)
        assert len(page.encode()) < MOST, name
        assert page == pass_page(case(name), Notation(), title=PRESETS[name].title)


def test_a_page_has_what_the_stepper_is_given():
    for name in CASES:
        notation = Notation("columns", first_layer=1)
        page = saved(pass_page(case(name), notation))
        payload = Payload(case(name), view_of(case(name), notation))
        frame = payload.frame()
        numbers = payload.numbers(frame)
        assert {key: page["frame"][key] for key in ("steps", "program", "signs")} == json.loads(
            json.dumps({key: frame.content[key] for key in ("steps", "program", "signs")})
        )
        assert page["numbers"]["matrices"] == json.loads(json.dumps(numbers["matrices"]))
        assert page["frame"]["latex"] == frame.content["formulas"]
        assert len(page["frame"]["formulas"]) == len(frame.content["formulas"])
        assert all(formula.startswith("<math") for formula in page["frame"]["formulas"])
        assert page["frame"]["katex"] == ""


def test_a_page_may_run_its_own_script_and_fetch_nothing():
    page = pass_page(case("xor"), Notation(), address="https://example.org/?a=1&b=2")
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page)[1]
    opening = re.search(r'<script type="module">(.*?)</script>', page, re.S)[1]
    digest = b64encode(hashlib.sha256(opening.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}' blob:;" in policy
    assert policy.startswith("default-src 'none';")
    assert "connect-src" not in policy
    assert re.findall(r"<(?:link|img|iframe|object)\b|\bsrc=|url\((?!#)", page) == []
    assert re.findall(r'href="([^"]*)"', page) == ["https://example.org/?a=1&amp;b=2"]


def test_the_script_of_a_page_is_a_script_that_opens_it(tmp_path):
    file = tmp_path / "script.mjs"
    file.write_text(part(pass_page(case("xor"), Notation()), "mlp-script"), encoding="utf-8")
    run = subprocess.run([node(), "--check", str(file)], capture_output=True, encoding="utf-8", check=False)
    assert run.returncode == 0, run.stderr
    exported = re.findall(r"^(?:import|export) .*", file.read_text(encoding="utf-8"), re.MULTILINE)
    assert exported == ["export default opened;"]


def test_a_page_is_made_without_streamlit_and_import_loads_nothing_of_it():
    code = """
import sys, mlpviz
before = [name for name in sys.modules if name.startswith(("mlpviz.interface", "latex2mathml", "nbformat"))]
architecture = mlpviz.Architecture((2, 3, 2), ("relu", "sigmoid"), "half_squared_error", "sum")
parameters = mlpviz.initialize(architecture, "he_normal", seed=0, dtype="float64")
page = mlpviz.web_page(parameters, [[1.0, 2.0]], [[0.0, 1.0]], notation="columns", predict=True)
print(before, page[:15], "streamlit" in sys.modules, "plotly" in sys.modules)
"""
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == "[] <!doctype html> False False"


def test_options_reach_the_page_and_what_is_none_is_refused():
    preset = PRESETS["two-three-two"]
    page = mlpviz.web_page(preset.parameters(), preset.X, preset.Y, predict=True, learning_rate=2)
    assert saved(page)["numbers"]["predict"] is True
    assert saved(page)["frame"]["notation"]["orientation"] == "rows"
    for wrong in (
        {"learning_rate": float("nan")},
        {"learning_rate": "fast"},
        {"predict": "yes"},
        {"notation": "diagonal"},
    ):
        with pytest.raises(Refusal, match=next(iter(wrong))):
            mlpviz.web_page(preset.parameters(), preset.X, preset.Y, **wrong)
    with pytest.raises(ValueError, match="X"):
        mlpviz.web_page(preset.parameters(), [[1.0]], preset.Y)


def test_a_notebook_shows_a_page_in_a_frame_of_its_own():
    page = pass_page(case("xor"), Notation())
    frame = page._repr_html_()
    assert isinstance(page, WebPage)
    assert html.unescape(re.search(r'srcdoc="([^"]*)"', frame)[1]) == page


def test_a_page_that_does_not_follow_the_hand_keeps_its_numbers_and_says_why():
    (document, *_others) = of_walkthrough("chain-rule", "two-three-two")
    payload = document.payload
    whole = payload.frame(messages=words(), **fixed("chain-rule 2"))
    frame = replace(whole, content={key: each for key, each in whole.content.items() if key != "program"})
    page = page_of(payload, frame, "A < B", "What & why", LINES, digits=3)
    assert isinstance(payload, LinesPayload)
    assert "<title>A &lt; B · mlpviz</title>" in page
    assert "What &amp; why" in page
    assert not [key for key, matrix in saved(page)["frame"]["matrices"].items() if matrix["editable"]]
    assert saved(page)["frame"]["still"].startswith("a saved walkthrough keeps its numbers")
    assert len(page.encode()) < MOST


def test_a_page_is_told_in_the_language_it_is_asked_for_in(monkeypatch):
    class Shouting(translation.gettext.NullTranslations):
        def gettext(self, message):
            return f"¡{message}!"

    monkeypatch.setattr(
        translation, "catalog", lambda tag: Shouting() if tag == "zh-Hant" else translation.gettext.NullTranslations()
    )
    with translation.speaking("zh-Hant"):
        page = pass_page(case("xor"), Notation())
    assert '<html lang="zh-Hant">' in page
    assert "¡Press → and ←" in page
    assert saved(page)["words"]["undo"] == "¡Undo!"
    assert "¡" not in pass_page(case("xor"), Notation())
