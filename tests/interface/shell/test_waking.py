"""A page that was open before its session: what its browser sends first is heard whole, in whatever order it comes."""

import asyncio
import json
import time
from contextlib import suppress

import pytest
from streamlit.proto.WidgetStates_pb2 import WidgetState

pytest.importorskip("websockets")

from tests.support.learners import Learner, carried_out

OLD = "preset=mazur"
SAID = {"search": "?v=1&preset=mazur&seed=9&learning_rate=0.25&end=1", "past": [["a.1", "v=1&preset=mazur&end=1", ""]]}


def address(learner):
    """What the page's address is told to be, and what its browser is to keep."""
    found = [each.bidi_component for each in learner.elements.values() if each.WhichOneof("type") == "bidi_component"]
    return next(json.loads(each.json)[0] for each in found if each.component_name == "mlpviz.address")


async def woken(server, *asked):
    """The page of a new session whose browser has drawn the page before, after each of the messages that it sends."""
    async with Learner(server.url, query=OLD) as before:
        await before.rerun()
        assert "seed" not in address(before)["query"]
    async with Learner(server.url, query=OLD) as learner:
        learner.components, learner.living, learner.widgets = before.components, before.living, before.widgets
        for states in asked:
            await learner.ask(*states(learner))
            await asyncio.sleep(0.2)
        return await answered(learner)


async def answered(learner):
    """What the address is told: by the page as it was, and then with what was done, if these are two answers."""
    await learner.answer(time.perf_counter(), 60)
    with suppress(TimeoutError):
        await learner.answer(time.perf_counter(), 1)
    return address(learner)


EDIT = {"symbol": "W", "layer": 1, "row": 0, "column": 0, "value": 0.7}


def says(learner, *acts):
    """What was on screen, and what has been done since."""
    return learner.event("mlpviz.browser", "back", SAID | {"acts": acts})


def both(learner):
    return says(learner, [1, "edit", EDIT])


def fields(learner):
    """What a page sends by itself when its connection comes back."""
    return [WidgetState(id=learner.widgets["Undo"], trigger_value=False)]


@pytest.mark.parametrize(
    "asked",
    [(both,), (says, both), (both, both), (lambda learner: learner.weight(0.7), both), (fields, both)],
    ids=["at once", "one after the other", "said twice", "nothing that the stepper is in is there yet", "fields first"],
)
def test_the_edit_that_wakes_a_session_is_made_in_what_was_on_screen(server, asked):
    told = carried_out(woken(server, *asked))
    assert told["query"].endswith("preset=mazur&seed=9&entries=W1.0.0:0.7&learning_rate=0.25")
    assert told["kept"]["past"][0] == "a.1"
    assert len(told["kept"]["past"]) == 2, "the edit can be undone, and so can what was done before"


def late(learner):
    """What it is asked for once more, by the address."""
    return learner.event("mlpviz.address", "back", SAID)


@pytest.mark.parametrize(
    ("answer", "query"),
    [
        (late, "preset=mazur&seed=9&learning_rate=0.125"),
        (lambda learner: [], "preset=mazur&learning_rate=0.125"),
    ],
    ids=["late", "never"],
)
def test_a_browser_that_says_nothing_keeps_its_address_and_is_asked_once_more(server, answer, query):
    """A tab in the background is slow to answer."""

    async def asked():
        async with Learner(server.url, "network", OLD) as learner:
            await learner.rerun()
            learner.session = ""
            await learner.close()
            await learner.open()
            await learner.rerun(WidgetState(id=learner.widgets["Learning rate η"], string_value="0.125"))
            yet = address(learner)
            await learner.ask(*answer(learner))
            return yet, await answered(learner)

    yet, told = carried_out(asked())
    assert yet["unheard"]
    assert not told["unheard"]
    assert told["query"].endswith(query)
