"""Another weight reruns the stepper alone, and whatever else on the page would be another is drawn with it."""

import json

import pytest

pytest.importorskip("websockets")

from mlpviz.interface.shell.ways import WAYS
from tests.support.learners import Learner, carried_out


def address(learner):
    """What the page's address is told to be."""
    found = [each.bidi_component for each in learner.elements.values() if each.WhichOneof("type") == "bidi_component"]
    return next(json.loads(each.json)[0] for each in found if each.component_name == "mlpviz.address")


def button(learner, label):
    found = [each.button for each in learner.elements.values() if each.WhichOneof("type") == "button"]
    return next(each for each in found if each.label == label)


def errors(learner):
    """The refusals on the page, of the last run that drew it whole."""
    return [e.alert.body for e in learner.elements.values() if e.WhichOneof("type") == "alert"]


def carried(learner, query):
    """Whether the address is up to date after the answer."""
    return address(learner)["query"].endswith(query)


def test_another_weight_reruns_the_stepper_alone(server):
    async def edits():
        async with Learner(server.url) as learner:
            first = await learner.rerun()
            assert button(learner, "Undo").disabled
            whole = await learner.rerun(*learner.weight(0.5))
            assert not button(learner, "Undo").disabled, "there is something to undo now"
            alone = await learner.rerun(*learner.weight(0.25))
            assert carried(learner, "entries=W1.0.0:0.25")
            assert len(address(learner)["kept"]["past"]) == 2
            undone = await learner.rerun(*learner.event("mlpviz.stepper", "undo", 1))
            assert carried(learner, "entries=W1.0.0:0.5")
            assert not button(learner, "Redo").disabled
            return first, whole, alone, undone

    first, whole, alone, undone = carried_out(edits())
    assert not any(answer.faults for answer in (first, whole, alone, undone))
    assert alone.messages < 16 < min(whole.messages, undone.messages)
    assert 2 * alone.size < whole.size < 20_000 < first.size


def test_a_refusal_is_said_and_goes(server):
    async def edits():
        async with Learner(server.url, query="preset=mazur") as learner:
            await learner.rerun()
            await learner.rerun(*learner.weight(0.5))
            await learner.rerun(*learner.weight(0.5, row=99))
            said = errors(learner)
            learner.elements.clear()
            await learner.rerun(*learner.weight(0.25))
            return said, errors(learner), address(learner)["query"]

    said, after, query = carried_out(edits())
    assert len(said) == 1
    assert "entries" in said[0]
    assert after == []
    assert "W1.0.0:0.25" in query


@pytest.mark.parametrize("name", ["ask", "derive"])
def test_who_leaves_by_a_way_drawn_before_comes_back_to_the_last_number(server, name):
    """The line at the door is drawn once, and its links say where to come back to."""
    page = {"ask": "check", "derive": "derive"}[name]

    async def leaves():
        async with Learner(server.url) as learner:
            await learner.rerun()
            await learner.rerun(*learner.weight(0.5))
            links = [e.page_link for e in learner.elements.values() if e.WhichOneof("type") == "page_link"]
            query = next(each.query_string for each in links if each.label == WAYS[name][0])
            for value in (0.25, 0.125):
                await learner.rerun(*learner.weight(value))
            learner.page, learner.query = page, query
            learner.elements.clear()
            await learner.rerun()
            await learner.rerun(learner.pressed("Back to my own"))
            return address(learner)["query"]

    assert carried_out(leaves()).endswith("entries=W1.0.0:0.125")
