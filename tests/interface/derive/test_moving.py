"""A derivation in the hand: after another weight every array of its lines is what the server would have sent."""

import json
import subprocess
from base64 import b64decode

import numpy as np
import pytest

import mlpviz
from mlpviz.derivation.notation import Notation
from mlpviz.derivation.scene import DerivationView, Scene
from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from mlpviz.engine.descent import Update
from mlpviz.examples.presets import PRESETS
from mlpviz.interface.derive import moving
from mlpviz.interface.derive.payload import LinesPayload
from tests.support.browser import ROOT
from tests.support.node import node

HANDS = {"rows": Notation(), "columns": Notation(orientation="columns", division="gradients")}


def payload(preset, walkthrough, notation, layer, value=None):
    """The lines of a walkthrough of a preset, with another first weight."""
    parameters, X, Y = preset.parameters(), np.asarray(preset.X), np.asarray(preset.Y)
    if value is not None:
        parameters.W[1][0, 0] = value
    if not walkthrough.batch:
        X, Y = X[[0]], Y[[0]]
    update = Update(mlpviz.backpropagate(parameters, X, Y), preset.learning_rate)
    view = DerivationView.of(update.trace, walkthrough.notation(notation))
    return LinesPayload(Scene(update, view, layer), walkthrough.chains)


@pytest.fixture(scope="module")
def moved():
    """What the stepper's script makes of a payload with another number."""
    script = ROOT / "tests/support/lines.mjs"
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen([node(), str(script)], encoding="utf-8", **pipes) as process:

        def ask(value, **content):
            process.stdin.write(json.dumps({**content, "key": "W[1]", "place": 0, "value": value}) + "\n")
            process.stdin.flush()
            answer = json.loads(process.stdout.readline())
            return {key: np.array(list(map(float, each))) for key, each in answer.items()}

        yield ask


@pytest.mark.parametrize(("name", "hand"), list(zip(["two-three-two", "softmax-batch"], HANDS, strict=True)))
def test_every_array_of_every_walkthrough_follows_a_weight(moved, name, hand):
    preset = PRESETS[name]
    for walkthrough in WALKTHROUGHS.values():
        for layer in walkthrough.layers(preset.architecture):
            data = payload(preset, walkthrough, HANDS[hand], layer).data()
            assert "program" in data, (walkthrough.name, layer, data.get("still"))
            holds(moved(0.35, data=data), payload(preset, walkthrough, HANDS[hand], layer, 0.35))


def holds(found, right):
    """Every array is that of a payload."""
    for key, raw in right.data()["matrices"].items():
        values = np.frombuffer(b64decode(raw["values"]), "<f8")
        np.testing.assert_allclose(found[key], values, 1e-9, 1e-14, err_msg=key)


def test_a_page_of_its_own_answers_an_edit_with_all_lines(moved):
    preset = PRESETS["two-three-two"]
    for walkthrough in WALKTHROUGHS.values():
        lines = payload(preset, walkthrough, Notation(), 2)
        frame = lines.frame()
        found = moved(0.35, frame=frame.content, saved=lines.numbers(frame))
        holds(found, payload(preset, walkthrough, Notation(), 2, 0.35))


def test_lines_with_too_many_numbers_say_why_they_stay(monkeypatch):
    monkeypatch.setattr(moving, "MOST_ENTRIES", 3)
    data = payload(PRESETS["two-three-two"], WALKTHROUGHS["entries"], Notation(), 2).data()
    assert "program" not in data
    assert "more numbers" in data["still"]
