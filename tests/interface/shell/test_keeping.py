"""What a browser says to a session that knows nothing of the one before it: taken whole, and never believed blindly."""

from urllib.parse import parse_qsl, urlencode

import pytest

from mlpviz.interface.shell import browser, lacking, session, url
from mlpviz.interface.shell.keeping import STEPS, kept
from mlpviz.interface.shell.store import Store
from mlpviz.setup import limits
from mlpviz.setup.history import numbers_in
from mlpviz.setup.setup import replaced
from tests.support.browser import ROOT
from tests.support.opened import Opened

SENTENCE = "Reconnected: everything is as it was."


class Told(Opened):
    """A page that a browser comes back to: the address is the one it was opened with, and the browser says more."""

    def __init__(self, patch, said, page="network", **query):
        patch.setattr(browser, "listen", lambda _take: said)
        super().__init__(page, **query)
        patch.undo()

    @property
    def toasts(self):
        return [each.value.replace("\\", "") for each in self.app.toast]


class Keeper:
    """What a browser keeps of a page that it shows, as ``browser.js`` does."""

    def __init__(self):
        self.states, self.copies = {}, {}

    def see(self, page):
        """Take what a run of the page gives it."""
        state = page.session
        query, copy = state.linked[1][0], state.copied[1] if state.copied else {}
        self.kept = kept(state)
        self.search = urlencode(query)
        self.states |= {name: (each["query"], "") for name, each in self.kept["links"].items()}
        self.states[self.kept["at"]] = (self.search, copy.get("text", ""))
        self.copy = copy or None

    def says(self):
        def states(names):
            return [[name, *self.states[name]] for name in names]

        past, future = states(self.kept["past"]), states(self.kept["future"])
        present = states([self.kept["at"]])[0]
        return {"search": "?" + self.search, "present": present, "past": past, "future": future, "copy": self.copy}


def edited(*fields):
    """A page after some edits, and what its browser has kept of it."""
    page, keeper = Opened("network"), Keeper()
    keeper.see(page)
    for field, text in fields:
        page.fill(field, text)
        keeper.see(page)
    return page, keeper


def setups(history):
    """The states around the present one, on whatever page they were."""
    return [[replaced(setup, {"page": "step"}) for setup in each] for each in (history.past, history.future)]


def test_a_new_session_is_what_the_browser_says_and_not_the_address_it_was_opened_with(monkeypatch):
    page, keeper = edited(("widths", "2, 5, 3, 2"), ("learning_rate", "0.125"), ("seed", "5"))
    page.press("undo")
    keeper.see(page)
    again = Told(monkeypatch, keeper.says(), preset="mazur")
    assert again.setup == page.setup
    assert setups(again.session.history) == setups(page.session.history)
    assert (len(again.session.history.past), len(again.session.history.future)) == (2, 1)
    assert again.toasts == [SENTENCE]
    again.run()
    assert not again.toasts, "it is said once"
    assert again.setup == page.setup, "the address of old that the browser goes on sending opens nothing"
    again.press("redo")
    assert again.setup.seed == 5
    keeper.see(again)
    third = Told(monkeypatch, keeper.says(), preset="mazur")
    assert setups(third.session.history) == setups(again.session.history)


def test_what_no_link_carries_comes_back_with_its_undo_though_no_server_has_it(monkeypatch):
    page, keeper = Opened("check"), Keeper()
    keeper.see(page)
    for k in (300, 200):
        page.fill("formula", "# what I think of it\n" * k + "dW2 = delta2.T @ A1")
        keeper.see(page)
    for module in (url, session, lacking):
        monkeypatch.setattr(module, "STORE", Store())
    told = keeper.says()
    assert page.link["left_out"] == "formula"
    with monkeypatch.context() as patch:
        again = Told(patch, told, "check")
    assert again.setup.formula == page.setup.formula
    assert setups(again.session.history) == setups(page.session.history)
    assert again.toasts == [SENTENCE]
    with monkeypatch.context() as patch:
        poorer = Told(patch, told | {"copy": None}, "check")
    assert not poorer.toasts, "not everything is as it was"
    assert "too long for this link" in poorer.texts


def test_as_many_states_are_kept_as_said_and_their_links_travel_again_only_for_the_last(monkeypatch):
    _page, keeper = edited(*(("seed", str(k)) for k in range(1, STEPS + 4)))
    assert len(keeper.kept["past"]) == STEPS
    assert len(keeper.kept["links"]) == 3
    for name, each in keeper.kept["links"].items():
        assert parse_qsl(each["query"]) == parse_qsl(keeper.states[name][0])
    again = Told(monkeypatch, keeper.says())
    assert [setup.seed for setup in again.session.history.past] == list(range(3, STEPS + 3))


def test_behind_a_link_that_cannot_be_opened_the_last_good_state_is_still_there(monkeypatch):
    page, keeper = edited(("seed", "5"))
    damaged = {"v": "1", "seed": "-1", "end": "1"}
    page.open(**damaged)
    assert (page.setup.seed, page.session.damaged) == (5, True)
    keeper.see(page)
    again = Told(monkeypatch, keeper.says() | {"search": "?" + urlencode(damaged)}, preset="mazur")
    assert again.setup == page.setup
    assert again.errors == page.errors != []
    assert setups(again.session.history) == setups(page.session.history)
    assert not again.toasts


GOOD = ["a.1", "v=1&preset=mazur&seed=9&end=1", ""]
HOSTILE = (
    7,
    [],
    {"search": 7, "past": 7, "future": "x", "copy": 7, "placed": "x"},
    {"search": "?preset=nowhere&v=1&end=1"},
    {"search": "?v=1&seed=\ud800&end=1"},
    {"search": "x" * 100_000},
    {"search": "?v=1&left_out=X&kept=a&end=1", "copy": {"name": "a", "text": "X=" + "1," * limits.FILE_BYTES}},
    {"past": [GOOD, ["b", "v=1&preset=mazur&seed=-1&end=1", ""]]},
    {"past": [["<b>", GOOD[1], ""], [None, None, None], "abc"]},
    {"future": [GOOD] * 10_000, "past": [["c", "v=1&left_out=entries&kept=x&end=1", ""]]},
)


@pytest.mark.parametrize("said", HOSTILE, ids=range(len(HOSTILE)))
def test_what_is_no_such_thing_is_refused_or_left_aside(monkeypatch, said):
    page = Told(monkeypatch, said, preset="mazur")
    assert page.run().setup.preset in ("mazur", "two-three-two")
    assert len(page.session.history.past) == 0
    assert len(page.session.history.future) <= STEPS


def test_undo_that_comes_back_keeps_to_its_budget(monkeypatch):
    monkeypatch.setattr(limits, "UNDO_NUMBERS", limits.UNDO_NUMBERS // 100)
    X, Y = (";".join([",".join(["1"] * width)] * 40) for width in (32, 2))
    states = [[f"a.{k}", f"v=1&widths=32,3,2&left_out=X,Y&kept=a&seed={k}&end=1", f"X={X}&Y={Y}"] for k in range(4)]
    page = Told(monkeypatch, {"search": "?v=1&end=1", "past": states})
    assert 1 <= len(page.session.history.past) < 4
    assert numbers_in(*page.session.history.past) <= limits.UNDO_NUMBERS


def test_the_readme_has_the_figures():
    readme = " ".join((ROOT / "README.md").read_text(encoding="utf-8").split())
    over = f"over {limits.UNDO_STEPS} edits, or fewer that hold {limits.UNDO_NUMBERS:,} numbers together"
    assert f"{over}; a browser keeps {STEPS} of them" in readme
