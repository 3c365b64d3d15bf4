"""A payload's frame and its numbers: what one has is the same whatever the other has, and together they are it all."""

import json
import subprocess

import numpy as np
import pytest

import mlpviz
from mlpviz.derivation.notation import Notation
from mlpviz.derivation.scene import Scene
from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from mlpviz.engine.descent import Update
from mlpviz.examples.presets import PRESETS
from mlpviz.interface.derive.payload import LinesPayload
from mlpviz.interface.stepper.frame import NAME, Frames
from mlpviz.interface.stepper.payload import Payload
from tests.support.browser import ROOT
from tests.support.lines import scenes
from tests.support.networks import LEARNING_RATE, NOTATIONS, case, optimised, view_of
from tests.support.node import node
from tests.support.opened import Opened

WOVEN = """
import { readFileSync } from "node:fs";
import { woven } from "SCRIPT";
const [frame, numbers] = JSON.parse(readFileSync(0));
process.stdout.write(JSON.stringify(woven(frame, numbers)));
""".replace("SCRIPT", (ROOT / "mlpviz/interface/stepper/js/woven.js").as_uri())


def with_other_numbers(update):
    """The same network and targets with other weights, biases and inputs, and another learning rate."""
    trace = update.trace
    generator = np.random.default_rng(5)
    parameters = mlpviz.Parameters(trace.architecture)
    parameters.flat[...] = generator.uniform(-0.5, 0.5, parameters.flat.size)
    other = mlpviz.backpropagate(parameters, generator.uniform(-1, 1, trace.A[0].shape), trace.Y)
    return Update(other, 0.25, update.stand)


def lines_of(name, scene):
    return LinesPayload(scene, WALKTHROUGHS[name].chains)


def told_apart(payload, other):
    """The texts of two payloads' frames, and their numbers, each as it travels."""
    frames = payload.frame(), other.frame()
    return [frame.text for frame in frames], [
        json.dumps(p.numbers(f)) for p, f in zip((payload, other), frames, strict=True)
    ]


@pytest.mark.parametrize("name", [*PRESETS, "everything"])
def test_a_frame_has_no_number_of_the_network(name):
    for notation in (NOTATIONS[-1], Notation(division="gradients")):
        updates = case(name), with_other_numbers(case(name))
        frames, numbers = told_apart(*(Payload(each, view_of(each, notation)) for each in updates))
        assert frames[0] == frames[1]
        assert numbers[0] != numbers[1]


@pytest.mark.parametrize("name", WALKTHROUGHS)
def test_neither_has_the_frame_of_a_walkthrough(name):
    for preset in ("two-three-two", "softmax-batch"):
        for scene in scenes(WALKTHROUGHS[name], preset, Notation("columns")):
            other = Scene(with_other_numbers(scene.update), scene.view, scene.layer)
            frames, numbers = told_apart(lines_of(name, scene), lines_of(name, other))
            assert frames[0] == frames[1]
            assert numbers[0] != numbers[1]


def test_a_frame_follows_the_notation_and_an_optimiser():
    plain, adam = case("everything"), optimised("adam")
    frames = [Payload(plain, view_of(plain, each)).frame() for each in NOTATIONS]
    frames.append(Payload(adam, view_of(adam, NOTATIONS[0])).frame())
    assert len({frame.name for frame in frames}) == len(frames)
    assert all(frame.text[:NAME].decode() == frame.name for frame in frames)


def test_the_browser_puts_a_payload_together_as_its_tests_do():
    parameters = mlpviz.initialize(
        mlpviz.Architecture((700, 300, 2), ("relu", "softmax"), "cross_entropy", "sum"), "he_normal"
    )
    X, Y = np.ones((9, 700)), np.ones((9, 2)) / 2
    wide = Update(mlpviz.backpropagate(parameters, X, Y), LEARNING_RATE)  # with sums beyond what travels
    (scene, *_) = scenes(WALKTHROUGHS["entries"], "mazur", Notation())
    payloads = [
        Payload(optimised("adam"), view_of(optimised("adam"), Notation())),
        Payload(wide, view_of(wide, Notation())),
    ]
    for payload in (*payloads, lines_of("entries", scene)):
        frame = payload.frame(parameter="line")
        numbers = payload.numbers(frame) | {"digits": 3, "frame": frame.name}
        sent = json.dumps([json.loads(frame.text[NAME:]), numbers])
        run = subprocess.run(
            [node(), "--input-type=module", "-e", WOVEN], input=sent, capture_output=True, encoding="utf-8", check=True
        )
        right = payload.data(parameter="line", digits=3, frame=frame.name)
        assert json.loads(run.stdout) == json.loads(json.dumps(right))
    assert len(json.dumps(payloads[1].numbers(payloads[1].frame())["rests"])) > 1000


def test_an_edit_sends_its_numbers_alone():
    page = Opened()
    before = parts(page)
    page.open(learning_rate="0.25")
    after = parts(page)
    assert before["mlpviz.script"] == after["mlpviz.script"]
    assert before["mlpviz.frame"] == after["mlpviz.frame"]
    assert before["mlpviz.stepper"] != after["mlpviz.stepper"]
    assert len(after["mlpviz.stepper"]) < 5_000 < 20_000 < len(after["mlpviz.frame"])


def parts(page):
    """The components of a page as they travel, by name."""
    return {each.proto.component_name: each.proto.SerializeToString() for each in page.app.get("bidi_component")}


def test_the_oldest_frames_make_room():
    update = case("mazur")
    made = [Payload(update, view_of(update, notation)).frame() for notation in NOTATIONS[:3]]
    kept = Frames(sum(sorted(len(frame.text) for frame in made)[1:]) + 100)  # room for two

    def ask(k, parts="equations"):
        before = asked[k]

        def make():
            asked[k] += 1
            return made[k]

        assert kept.frame(k, parts, make) is made[k]
        return asked[k] - before

    asked = [0, 0, 0]
    assert [ask(0), ask(1), ask(0), ask(1)] == [1, 1, 0, 0]
    assert [ask(2), ask(1), ask(0)] == [1, 0, 1]
    assert ask(0, "other equations") == 1
    assert Frames(10).frame("large", "", lambda: made[0]) is made[0]
