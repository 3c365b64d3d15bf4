"""What is done in the stepper is answered, whatever came of it: until then the stepper shows what it expects."""

import json

import pytest

from tests.support.learners import carried_out

STEPPER = "mlpviz.stepper"


def shown(learner):
    """What the stepper was last given."""
    given = (each.bidi_component for each in learner.elements.values() if each.WhichOneof("type") == "bidi_component")
    return next(json.loads(each.json)[0] for each in given if each.component_name == STEPPER)


def test_an_edit_that_is_taken_back_before_the_server_came_to_it_is_answered(server):
    pytest.importorskip("websockets")
    from tests.support.learners import Learner

    async def tried():
        async with Learner(server.url) as learner:
            await learner.rerun()
            before, (state, edit) = shown(learner), learner.weight(0.5)
            both = [
                each
                for sent in (edit, learner.event(STEPPER, "undo", 1)[1])
                for each in json.loads(sent.json_trigger_value)
            ]
            edit.json_trigger_value = json.dumps(both)
            await learner.rerun(state, edit)
            return before, shown(learner)

    before, after = carried_out(tried())
    assert after["matrices"] == before["matrices"]
    assert after != before
