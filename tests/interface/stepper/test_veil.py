"""What a link keeps back does not leave the server: neither the arrays that it names nor what is computed from them."""

import base64
import re
from contextlib import suppress

import numpy as np
import pytest

pytest.importorskip("websockets")

import mlpviz
from mlpviz.derivation.view import View
from mlpviz.engine.descent import Update
from mlpviz.interface.shell.presets import preset_setup
from mlpviz.interface.stepper.payload import Payload, kept_back
from mlpviz.setup.arrays import data_of, parameters_of, stand_of
from mlpviz.setup.setup import replaced
from tests.support.learners import Learner, carried_out
from tests.support.opened import Opened

X = ((0.7310517, -0.5419283),)
QUERY = "preset=two-three-two&X=0.7310517,-0.5419283&step=9"
BASE64 = re.compile(rb"[A-Za-z0-9+/]{11,}={0,2}")


def update_of(setup):
    parameters, (inputs, targets) = parameters_of(setup), data_of(setup)
    return Update(mlpviz.backpropagate(parameters, inputs, targets), setup.learning_rate, stand_of(setup))


SETUPS = [replaced(preset_setup("two-three-two"), {"X": X})]
SETUPS.append(replaced(SETUPS[0], {"entries": {**SETUPS[0].entries, ("W", 1, 0, 0): 0.3141}}))


def numbers_of(update, symbols):
    """The numbers of arrays that look like nothing else, for a search."""
    found = [float(v) for each in symbols for v in np.ravel(np.asarray(update.value(each), float))]
    return {value for value in found if len(repr(abs(value))) > 12}


class Eavesdropper(Learner):
    """A learner who keeps everything that comes."""

    def __init__(self, *given, **named):
        super().__init__(*given, **named)
        self.heard = []

    def take(self, message):
        self.heard.append(message.SerializeToString())
        return super().take(message)


def told_of(heard, values):
    """Those of some numbers that are in what was heard: as a float64 in any base64, or in digits."""
    whole = b"\n".join(heard)
    blobs = []
    for text in BASE64.findall(whole):
        for start in range(4):  # what stands before it may look like it, too
            with suppress(ValueError):
                piece = text[start : len(text) - (len(text) - start) % 4]
                blobs.append(base64.b64decode(piece))
    binary = b"\n".join(blobs) + whole
    spelled = lambda value: {repr(abs(value))[:8].encode(), f"{abs(value):.5f}".encode(), f"{value:.6g}".encode()}  # noqa: E731
    return {
        value
        for value in values
        if np.float64(value).tobytes() in binary or any(text in whole for text in spelled(value))
    }


async def visited(url, page, query, done):
    async with Eavesdropper(url, page, query) as learner:
        answers = [await learner.rerun()]
        for act in done:
            answers.append(await learner.rerun(*act(learner)))
        assert not any(answer.faults for answer in answers)
        return learner.heard


DONE = [
    lambda learner: learner.weight(0.3141),
    lambda learner: learner.event("mlpviz.stepper", "look", {"code": "torch", "shapes": True}),
    lambda learner: learner.event("mlpviz.stepper", "edit", {"again": True}),
    lambda learner: learner.event("mlpviz.stepper", "grain", "entry"),
]


def test_what_is_kept_back_is_in_nothing_that_is_sent(server):
    updates = [update_of(setup) for setup in SETUPS]
    hidden = kept_back(updates[0].steps, ("delta[1]",))
    names = {str(symbol) for symbol in hidden}
    assert {"delta[1]", "dW[1]", "db[1]", "new W[1]", "new A[2]", "new cost"} <= names
    assert not {"delta[2]", "dW[2]", "A[1]", "cost"} & names
    secret = set().union(*(numbers_of(update, hidden) for update in updates))
    assert len(secret) > 20
    open_to_all = carried_out(visited(server.url, "", QUERY, DONE[:1]))
    assert len(told_of(open_to_all, secret)) > len(secret) / 2, "the search finds what is sent"
    heard = carried_out(visited(server.url, "", QUERY + "&veil=delta%5B1%5D", DONE))
    assert not told_of(heard, secret)
    shown = numbers_of(updates[0], set(updates[0].state) | {step.equation.target for step in updates[0].steps} - hidden)
    assert told_of(heard, shown), "what is not kept back is there"
    query = QUERY + "&veil=delta%5B1%5D&formula=delta[1]&target=delta[1]"
    for page in ("network", "derive", "check", "train", "texts"):
        heard = carried_out(visited(server.url, page, query, []))
        assert not told_of(heard, secret), page


def test_a_large_network_tells_no_sum_of_what_is_kept_back():
    setup = replaced(preset_setup("digit"), {})
    update = update_of(setup)
    payload = Payload(update, View.of(update.trace, setup.notation), ("Z[1]",))
    sent = payload.data()
    assert sent["still"] and "program" not in sent
    for key in ("Z[1]", "A[1]", "cost", "dW[1]", "new cost"):
        values = np.frombuffer(base64.b64decode(sent["matrices"][key]["values"]), "<f8")
        assert np.isnan(values).all(), key
        assert sent["matrices"][key]["veiled"] is True
    rests = [node["rest"] for step in sent["steps"] for node in nodes(step["tree"]) if "rest" in node]
    for text in rests:
        assert np.isnan(np.frombuffer(base64.b64decode(text), "<f8")).all()
    alone = {key for key, value in sent["constants"].items() if np.isfinite(value)}
    assert not alone & {"cost", "new cost", "change"}


def nodes(node):
    yield node
    for each in node.get("args", []):
        yield from nodes(each)


def test_files_of_what_is_kept_back_are_not_offered_and_other_pages_say_so():
    page = Opened("step", veil="delta[1]", step=9)
    page.app.session_state["share"] = True
    page.run()
    assert "not offered" in page.texts
    assert [each.proto.label for each in page.app.get("download_button")] == ["Save as a file"]
    for name in ("derive", "check", "train"):
        other = Opened(name, veil="delta[1]")
        assert "keeps some results back" in other.texts, name
        assert not [each for each in other.app.get("bidi_component") if each.proto.component_name == "mlpviz.stepper"]
