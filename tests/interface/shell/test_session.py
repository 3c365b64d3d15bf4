"""The session: links in and out, edits, undo and redo, over several runs of a page."""

import pytest
from streamlit.testing.v1 import AppTest

from mlpviz.derivation.errata import EXERCISES
from mlpviz.derivation.notation import CHOICES, Notation
from mlpviz.interface.shell import lacking, rooms, url
from mlpviz.interface.shell.posing import posed
from mlpviz.interface.shell.presets import PRESET_SETUPS, preset_setup
from mlpviz.interface.shell.store import NUMBERS, Store
from mlpviz.setup import limits
from mlpviz.setup.link import encode
from mlpviz.setup.setup import EDITS, PROPERTIES, replaced
from tests.support.browser import PATIENCE
from tests.support.opened import Opened


def script():
    """A page that does to the session what the test asks for, then writes the link."""
    import streamlit as st

    from mlpviz.interface.shell import session

    session.visit(st.session_state.pop("page", "step"))
    if "ask" in st.session_state:
        name, arguments, values = st.session_state.pop("ask")
        st.session_state["answer"] = getattr(session, name)(*arguments, **values)
    st.session_state["query"] = session.query()


class Visit(Opened):
    """One learner's session, run by run."""

    def __init__(self, **query):
        self.app = AppTest.from_function(script, default_timeout=PATIENCE)
        self.go(query)

    def go(self, query):
        """The browser comes with another address."""
        self.app.query_params.clear()
        for name, text in query.items():
            self.app.query_params[name] = text
        self.run()

    def ask(self, name, *arguments, **values):
        """Call a function of the session in the next run."""
        self.app.session_state["ask"] = (name, arguments, values)
        self.run()

    def turn(self, page):
        """Open another page."""
        self.app.session_state["page"] = page
        self.run()

    @property
    def query(self):
        """The link that the session has written."""
        return self.app.session_state["query"]


@pytest.fixture
def visit():
    return Visit()


@pytest.mark.parametrize("name", list(PRESET_SETUPS))
def test_each_preset_opens_by_its_name_alone(name):
    visit = Visit(preset=name)
    assert visit.setup == preset_setup(name)
    assert not visit.session.history.past
    assert visit.query == {"v": "1", "preset": name, "end": "1"}


def test_a_link_restores_the_screen_in_a_new_session(visit):
    visit.ask("edit", seed=5, orientation="columns", digits=6)
    visit.ask("edit", entries={**visit.setup.entries, ("W", 1, 0, 0): 0.125}, step=4)
    assert Visit(**visit.query).setup == visit.setup


def test_what_is_refused_changes_nothing_and_says_why(visit):
    before = visit.setup
    visit.ask("edit", loss="cross_entropy", activations=("relu", "relu"))
    assert visit.setup is before
    assert "cross_entropy" in visit.session.refusal
    visit.ask("edit", seed=1)
    assert visit.session.refusal == ""


@pytest.mark.parametrize(
    "query", [{"widths": "0"}, {"preset": "nosuch"}, {"seed": "-2"}, {"X": "1," * 30_000}, {"home": "x", "l2": "x"}]
)
def test_a_damaged_link_gives_the_default_and_one_sentence(query):
    visit = Visit(**query)
    assert visit.setup == preset_setup("two-three-two")
    assert "accepted" in visit.session.refusal
    assert visit.session.damaged
    visit.ask("edit", seed=1)
    assert not visit.session.damaged


def test_what_is_damaged_in_a_link_is_refused_alone():
    visit = Visit(preset="mazur", widths="2,0,2", step="4")
    assert visit.setup == replaced(preset_setup("mazur"), {"step": 4})
    assert visit.session.refusal.startswith("widths: ")
    assert visit.session.partly
    assert not visit.session.damaged
    visit.ask("edit", seed=1)
    assert not visit.session.refusal


def test_what_is_not_ours_is_said_once_and_quietly():
    visit = Visit(preset="mazur", **{"from": "timeline", "isappinstalled": "0"})
    assert visit.setup == preset_setup("mazur")
    assert not visit.session.refusal
    (sentence,) = visit.session.asides
    assert "2 parts" in sentence
    visit.ask("edit", seed=1)
    assert not visit.session.asides


def test_an_exercise_named_alone_is_posed_and_left_again():
    visit = Visit(exercise="E46", ref="moodle")
    assert visit.setup == replaced(posed(EXERCISES["E46"]), {"home": visit.setup.home})
    visit.ask("leave")
    assert visit.setup == preset_setup("two-three-two")


def test_an_exercise_named_in_a_session_puts_ones_own_aside(visit):
    visit.ask("edit", seed=3)
    visit.go({"exercise": "E46"})
    assert visit.setup.notation == EXERCISES["E46"].notation
    visit.ask("leave")
    assert visit.setup.seed == 3


def test_a_damaged_link_in_a_session_keeps_the_last_good_state(visit):
    visit.ask("edit", seed=3)
    visit.go({"widths": "2,nan"})
    assert visit.setup.seed == 3
    assert "nan" in visit.session.refusal


def test_a_new_link_in_a_session_is_opened_and_can_be_undone(visit):
    visit.ask("edit", seed=3)
    visit.go({"preset": "mazur"})
    assert visit.setup == preset_setup("mazur")
    visit.ask("edit", seed=4)
    visit.go({"preset": "mazur"})
    assert visit.setup.seed == 4  # the same address again is only another run
    visit.ask("undo")
    visit.ask("undo")
    assert visit.setup.preset == "two-three-two"
    assert visit.setup.seed == 3


def test_back_to_a_link_of_its_own_keeps_what_was_edited_since(visit):
    first = visit.query
    visit.ask("edit", seed=3)
    visit.go(visit.query)
    visit.go(first)
    assert visit.setup.seed == 3
    visit.go({})
    assert visit.setup.seed == 3


def test_a_preset_link_opens_again_after_the_address_has_moved_on(visit):
    visit.go({"preset": "mazur"})
    visit.ask("edit", seed=9)
    visit.go(visit.query)
    visit.go({"preset": "mazur"})
    assert visit.setup == preset_setup("mazur")


def test_the_step_moved_in_the_browser_is_taken_in(visit):
    visit.go({**visit.query, "step": "5"})
    assert visit.setup.step == 5
    assert visit.query["step"] == "5"
    visit.ask("open_preset", "mazur")
    assert visit.setup.step == 0  # though the address still says 5
    visit.go({**visit.query, "step": "nonsense"})
    assert visit.setup.step == 0
    assert visit.session.refusal == ""


def test_other_widths_say_what_happened_and_undo_brings_it_back(visit):
    before = visit.setup
    visit.ask("resize", (3, 2, 2))
    assert visit.setup.widths == (3, 2, 2)
    sentences = " ".join(visit.session.remarks)
    assert "X has 1 column more" in sentences
    assert "3 weights and biases" not in sentences
    assert "dropped" in sentences
    assert "Undo" in sentences
    visit.ask("undo")
    assert visit.setup == before
    assert not visit.session.remarks
    visit.ask("redo")
    assert visit.setup.widths == (3, 2, 2)


def test_drawing_anew_replaces_the_given_numbers_and_says_so(visit):
    visit.ask("redraw", seed=8)
    assert visit.setup.seed == 8
    assert not visit.setup.entries
    assert "17 weights and biases" in visit.session.remarks[0]


PLACES = {
    "run": "it trains the network that was there",
    "stepped": "the batch is no run's",
    "sample": "the batch is another",
    "step": "the network has other steps",
    "layer": "the network has other layers",
    "line": "the walkthrough has other lines there",
    "asked": "the number is of the network that was there",
    "seen": "the batch is another",
    "entry": "the array is of the network that was there",
    "ledger": "the arrays are of the network that was there",
    "product": "the arrays are of the network that was there",
    "part": "the network has other layers",
    "push": "the weight is of the network that was there",
    "push_into": "the network has other units",
    "push_from": "the network has other units",
    "exercise": "it brings a network of its own",
}
"""What is reset by a preset though it is no edit, and why."""

LOOKED_AT = {
    "run": "0" * 16,
    "stepped": "2" * 16,
    "compared": "1" * 16,
    "curve": "accuracy",
    "picture": "confusion",
    "log": True,
    "sample": 0,
    "digits": 6,
    "grain": "entry",
    "predict": "guess",
    "computed": "cuda32",
    "step": 4,
    "walkthrough": "batch",
    "layer": 1,
    "line": 2,
    "part": 2,
    "push": 0.5,
    "push_into": 1,
    "push_from": 1,
    "listing": "torch",
    "asked": "delta1.0.1",
    "seen": 1,
    "entry": "2.1",
    "ledger": "W1.0.16",
    "product": "W1.0.8,A0.4.0",
    "folded": "yes",
    "speed": "2",
    "code": "torch",
    "shapes": True,
    "formula": "A[1]",
    "target": "dW[1]",
    "given": (("h", "A[1]"),),
    "exercise": "E1",
    "home": "preset=mazur",
    "text": "S4",
    "hand": "nielsen",
    **{name: next(each for each in choices if each != getattr(Notation(), name)) for name, choices in CHOICES.items()},
}
"""Another value than the default of everything that is no edit."""


def test_opening_a_preset_resets_edits_and_places_and_keeps_every_view(visit):
    start = visit.setup
    seen = [prop for prop in PROPERTIES if prop.name not in (*EDITS, "page")]
    assert {prop.name for prop in seen} == LOOKED_AT.keys()
    visit.ask("edit", **LOOKED_AT, seed=5, epochs=7)
    before = visit.setup
    assert not [prop.name for prop in seen if prop.get(before) == prop.get(start)]
    visit.ask("open_preset", "xor")
    for prop in PROPERTIES:
        reset = prop.name in EDITS or prop.name in PLACES
        assert prop.get(visit.setup) == prop.get(preset_setup("xor") if reset else before), prop.name


def test_opening_a_preset_keeps_the_notation(visit):
    visit.ask("edit", orientation="columns", digits=5)
    visit.ask("open_preset", "xor")
    assert visit.setup.notation.orientation == "columns"
    assert visit.setup.digits == 5
    assert visit.setup.X == preset_setup("xor").X


def test_the_arrays_are_made_once_while_the_numbers_stay(visit):
    visit.ask("parameters_and_data", visit.setup)
    first = visit.app.session_state["answer"]
    visit.ask("edit", orientation="columns", step=3, learning_rate=0.25)
    visit.ask("parameters_and_data", visit.setup)
    assert visit.app.session_state["answer"][0] is first[0]
    visit.ask("edit", seed=1)
    visit.ask("parameters_and_data", visit.setup)
    assert visit.app.session_state["answer"][0] is not first[0]


# Rooms


def own(visit):
    """A learner's own setup: network, numbers, notation, sample and places, none of them a default."""
    visit.ask("open_preset", "softmax-batch")
    visit.ask("resize", (3, 4, 5, 3))
    entries = {**visit.setup.entries, ("W", 1, 0, 0): -1.5}
    visit.ask("edit", entries=entries, orientation="columns", first_layer=1, sample=1, step=7, layer=2, line=3)
    visit.ask("edit", formula="delta[2] @ A[1]  # my own", target="dW[1]", grain="entry", digits=5, epochs=12)
    return visit.setup


def entered(visit, code="E26"):
    """The room of an exercise."""
    visit.ask("enter", "binary-classifier", exercise=code, target="delta[3]", cost="L", formula="")
    return visit.setup


def test_a_room_gives_back_whole_what_it_put_aside(visit):
    before = own(visit)
    room = entered(visit)
    assert (room.preset, room.exercise, room.notation.cost, room.formula) == ("binary-classifier", "E26", "L", "")
    assert room.notation.orientation == "columns"  # a view, unless the room says otherwise
    assert (room.sample, room.step) == (None, 0)
    assert not visit.session.remarks
    visit.ask("edit", seed=77, orientation="rows")
    visit.ask("leave")
    assert visit.setup == before
    assert not visit.session.remarks


def test_a_second_room_keeps_the_first_home(visit):
    before = own(visit)
    home = entered(visit).home
    visit.ask("enter", "one-neuron", exercise="E13")
    assert visit.setup.home == home
    visit.ask("enter", walkthrough="batch", exercise="")
    assert (visit.setup.home, visit.setup.preset) == (home, "one-neuron")
    visit.ask("open_preset", "xor")
    assert visit.setup.home == home  # nothing that was put aside is lost by the menu of presets
    visit.ask("leave")
    assert visit.setup == before


def test_a_room_survives_a_reload_and_a_shared_link(visit):
    before = own(visit)
    room = entered(visit)
    again = Visit(**visit.query)
    assert again.setup == room
    again.ask("leave")
    assert again.setup == before
    again.ask("undo")
    assert again.setup == room


def test_undo_crosses_a_door_as_a_whole(visit):
    before = own(visit)
    room = entered(visit)
    visit.ask("edit", seed=4)
    visit.ask("edit", orientation="rows")
    visit.ask("undo")
    assert (visit.setup.seed, visit.setup.exercise, visit.setup.notation.orientation) == (room.seed, "E26", "rows")
    visit.ask("undo")
    assert visit.setup == before
    visit.ask("redo")
    assert (visit.setup.exercise, visit.setup.preset, visit.setup.home) == ("E26", "binary-classifier", room.home)
    visit.ask("leave")
    assert visit.setup == before
    visit.ask("undo")
    assert (visit.setup.exercise, visit.setup.target) == ("E26", "delta[3]")
    visit.ask("enter", "one-neuron", exercise="E13", target="delta[1]")
    visit.ask("undo")
    assert (visit.setup.exercise, visit.setup.preset, visit.setup.target) == ("E26", "binary-classifier", "delta[3]")


def test_a_room_on_the_same_network_can_be_undone_too(visit):
    visit.ask("enter", "two-three-two", exercise="E46", orientation="columns")
    visit.ask("undo")
    assert visit.setup == preset_setup("two-three-two")


def test_one_comes_back_to_the_page_one_is_on(visit):
    entered(visit)
    visit.turn("derive")
    visit.ask("leave")
    assert visit.setup == replaced(preset_setup("two-three-two"), {"page": visit.setup.page})


def test_what_is_too_long_to_put_aside_in_a_link_is_kept_by_the_server(visit):
    long_data(visit)
    visit.ask("edit", formula="A[1] + " * 250, sample=4)
    before = visit.setup
    room = entered(visit)
    assert len(room.home) <= limits.HOME
    again = Visit(**visit.query)
    again.ask("leave")
    assert again.setup == before


def test_what_is_lost_of_a_setup_put_aside_is_said(visit, monkeypatch):
    long_data(visit)
    entered(visit)
    for module in (rooms, url, lacking):
        monkeypatch.setattr(module, "STORE", Store())
    visit.ask("leave")
    assert visit.setup == preset_setup("two-three-two")
    assert "too long" in visit.session.remarks[0]


def test_an_exercise_opened_by_a_link_alone_can_be_closed():
    visit = Visit(preset="xor", exercise="E46", seed="3")
    visit.ask("leave")
    assert (visit.setup.exercise, visit.setup.seed) == ("", 3)


@pytest.mark.parametrize(
    "home",
    [
        "preset=nosuch",
        "widths=0",
        "no query at all",
        "preset=xor&home=preset%3Dmazur",
        "v=1&preset=xor",
        "X=" + "1," * 2_000,
        "<script>alert(1)</script>",
        "preset=xor\n",
    ],
)
def test_a_damaged_home_is_refused_in_one_sentence(home):
    visit = Visit(preset="mazur", home=home)
    assert visit.setup == preset_setup("mazur")
    assert visit.session.refusal.startswith("home: ")
    assert "accepted" in visit.session.refusal
    assert len(visit.session.refusal) < 600


def long_data(visit):
    """Data too long for a link."""
    X = tuple((k / 7, k / 13) for k in range(500))
    visit.ask("edit", X=X, Y=tuple((0.0, 1.0) for _ in X))


def test_too_long_for_a_link_comes_back_from_the_same_server(visit):
    long_data(visit)
    assert "X" in visit.query["left_out"]
    again = Visit(**visit.query)
    assert again.setup == visit.setup
    assert not again.session.remarks


def test_too_long_for_a_link_is_said_on_another_server(visit):
    long_data(visit)
    again = Visit(**{**visit.query, "kept": "elsewhere"})
    assert again.setup.X == preset_setup("two-three-two").X
    assert "too long" in again.session.remarks[0]


def test_a_sentence_is_not_carried_to_another_page(visit):
    visit.ask("edit", widths=(0, 2))
    assert visit.session.refusal
    visit.turn("network")
    assert not visit.session.refusal


def test_the_store_lets_the_oldest_go():
    store, setup = Store(), preset_setup("two-three-two")
    large = [tuple((0.5, float(k)) for k in range(NUMBERS // 5)) for _ in range(3)]
    names = [store.put(replaced(setup, {"X": X, "Y": X})) for X in large]
    assert [store.get(name) is not None for name in names] == [False, True, True]
    assert store.get("") is None


def test_what_the_link_fixes_is_refused_until_that_is_undone():
    visit = Visit(preset="mazur", fix="numbers,network")
    for name, arguments, values in (
        ("edit", (), {"seed": 4}),
        ("open_preset", ("xor",), {}),
        ("redraw", (), {"seed": 5}),
    ):
        visit.ask(name, *arguments, **values)
        assert visit.setup == preset_setup("mazur")
        assert "the link fixes it" in visit.session.refusal
    visit.ask("edit", digits=6, orientation="columns")
    assert visit.setup.digits == 6
    visit.ask("put_beside", fix=None)
    visit.ask("edit", seed=4)
    assert visit.setup.seed == 4


def test_reset_brings_back_what_is_here_by_itself(visit):
    visit.ask("edit", seed=4, step=3, orientation="columns")
    visit.ask("reset")
    assert visit.setup == replaced(preset_setup("two-three-two"), {"orientation": "columns"})
    visit.ask("undo")
    assert visit.setup.seed == 4
    visit.go({"exercise": "E46"})
    own = visit.setup
    visit.ask("edit", seed=4, formula="A[1]")
    visit.ask("reset")
    assert visit.setup == own


def test_a_link_fixes_stops_and_veils_in_the_address_and_not_in_the_setup(visit):
    beside = {"faces": "network,sum", "veil": "delta[1],dW[1]", "until": "9", "fix": "notation", "bare": "1"}
    visit.go({**visit.query, **beside})
    assert visit.setup == preset_setup("two-three-two")
    assert not visit.session.history.past
    visit.ask("whole_query")
    whole = visit.app.session_state["answer"]
    assert whole == {**visit.query, **beside}
    assert list(whole)[-1] == "end"
    visit.go({**visit.query, **beside, "until": "x"})
    assert visit.session.beside.keys() == beside.keys() - {"until"}


def test_the_language_stays_out_of_the_setup(visit):
    visit.ask("edit", seed=3)
    visit.go({**visit.query, "lang": "zh-Hant"})
    assert visit.setup.seed == 3
    assert visit.session.beside == {"lang": "zh-Hant"}
    visit.ask("whole_query")
    assert list(visit.app.session_state["answer"])[-2:] == ["lang", "end"]
    assert encode(visit.setup, preset_setup("two-three-two")) == visit.query


def test_a_link_to_a_setup_of_its_own_opens_it_though_it_was_open_before():
    visit = Visit()
    links = {
        layer: encode(
            replaced(preset_setup("mazur"), {"walkthrough": "modules", "layer": layer}), preset_setup("mazur")
        )
        for layer in (1, 2)
    }
    for present, back, layer in ((0, 0, 2), (0, 0, 1), (1, 2, 2), (2, 1, 1), (1, 2, 1)):
        if back:
            visit.app.session_state["page"] = "texts"
            visit.go(links[back])  # an address that the session has written itself: what is here stays
            assert visit.setup.layer == present
        visit.app.session_state["page"] = "texts"
        visit.ask("points", "derive", links[layer])
        visit.app.session_state["page"] = "derive"
        visit.go(links[layer])
        assert visit.setup.layer == layer
