"""What is done in the stepper is answered, whatever came of it: until then the stepper shows what it expects."""

import json

import pytest

from mlpviz.examples.presets import PRESETS

pytest.importorskip("websockets")

from streamlit.proto.WidgetStates_pb2 import WidgetState

from tests.support.learners import Learner, carried_out

STEPPER = "mlpviz.stepper"


def shown(learner):
    """What the stepper was last given."""
    given = (each.bidi_component for each in learner.elements.values() if each.WhichOneof("type") == "bidi_component")
    return next(json.loads(each.json)[0] for each in given if each.component_name == STEPPER)


def done(learner, *events):
    """What is sent of things that were done in the stepper one after the other."""
    state, trigger = learner.event(STEPPER, *events[0])
    sent = (json.loads(learner.event(STEPPER, *each)[1].json_trigger_value) for each in events)
    trigger.json_trigger_value = json.dumps([event for each in sent for event in each])
    return state, trigger


def as_before(learner):
    """The menu of presets as it was before anything was edited: the browser has not heard yet of what it shows now."""
    return WidgetState(id=learner.widgets["Preset"], string_value=PRESETS["two-three-two"].title)


def weight(column, value):
    return "edit", {"symbol": "W", "layer": 1, "row": 0, "column": column, "value": value}


def test_an_edit_that_is_taken_back_before_the_server_came_to_it_is_answered(server):
    async def tried():
        async with Learner(server.url) as learner:
            await learner.rerun()
            before = shown(learner)
            await learner.rerun(*done(learner, weight(0, 0.5), ("undo", 1)))
            return before, shown(learner)

    before, after = carried_out(tried())
    assert after["matrices"] == before["matrices"]
    assert after != before


def test_what_follows_an_edit_at_once_does_not_choose_again_what_a_menu_has_shown_before_it(server):
    async def tried():
        async with Learner(server.url) as learner:
            await learner.rerun()
            first = shown(learner)
            await learner.rerun(*done(learner, weight(0, 0.5)))
            edited = shown(learner)
            await learner.rerun(as_before(learner), *done(learner, weight(1, 0.25)))
            assert "0.5" in learner.address() and "0.25" in learner.address()
            await learner.rerun(as_before(learner), *done(learner, ("undo", 1)))
            assert shown(learner)["matrices"] == edited["matrices"]
            await learner.rerun(as_before(learner), learner.pressed("Undo"))
            assert shown(learner)["matrices"] == first["matrices"]
            await learner.rerun(*done(learner, weight(0, 0.5)))
            await learner.rerun(as_before(learner))
            assert shown(learner)["matrices"] == first["matrices"], "chosen again in earnest, it brings its own back"

    carried_out(tried())


def test_an_entry_that_a_menu_has_no_longer_is_not_chosen(server):
    """An edit, taken back and done again at once: the browser still says that the menu shows the edited network."""

    async def tried():
        async with Learner(server.url) as learner:
            await learner.rerun()
            await learner.rerun(*done(learner, weight(0, 0.5)))
            edited, changed = shown(learner), f"{PRESETS['two-three-two'].title} · changed"
            await learner.rerun(*done(learner, ("undo", 1)))
            gone = WidgetState(id=learner.widgets["Preset"], string_value=changed)
            answer = await learner.rerun(gone, *done(learner, ("redo", 1)))
            assert shown(learner)["matrices"] == edited["matrices"]
            return answer.faults

    assert not carried_out(tried())


def test_what_is_typed_into_one_field_after_the_other_is_all_there(server):
    async def tried():
        async with Learner(server.url, "network") as learner:
            await learner.rerun()
            await learner.rerun(WidgetState(id=learner.widgets["Learning rate η"], string_value="0.125"))
            widths = WidgetState(id=learner.widgets["Units of each layer, the input first"], string_value="2, 4, 2")
            await learner.rerun(as_before(learner), widths)
            assert "learning_rate=0.125" in learner.address() and "widths=2,4,2" in learner.address()

    carried_out(tried())
