"""Links that lead somewhere else and back: the learner's own setup is put aside, and comes back from there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict

from ...derivation.errata import EXERCISES, FormulaExercise
from ...derivation.hands import HANDS
from ...maths.messages import N_
from ...setup.codecs import in_link
from ...setup.link import DEFAULT, END, encode
from ...setup.setup import Setup, replaced
from . import session
from .presets import preset_setup
from .rooms import put_aside
from .url import lead

HOME = "mlpviz.home"
NOBODYS = ("v", "preset", "text", END)
"""What the link of a setup has though nothing of it is a learner's own."""


def way(name: str) -> tuple[str, dict[str, str]]:
    """The page that a way leads to, and the query of the link."""

    def made() -> tuple[str, dict[str, str]]:
        setup = WAYS[name][1]()
        return setup.page, way_to(setup)

    page, query = session.cached(f"mlpviz.way.{name}", session.current(), made)
    lead(session.state(), query, lambda: way(name)[1])
    return page, query


def way_to(setup: Setup) -> dict[str, str]:
    """The query of a link to a setup, from which the learner's own comes back."""
    there = replaced(setup, {"digits": session.current().digits, "home": home()})
    if not in_link(there.formula):
        there = replaced(there, {"formula": ""})
    return encode(there, preset_setup(setup.preset))


def home() -> str:
    """The learner's own setup as a link, or nothing if it has nothing of their own."""
    setup = session.current()
    untouched = setup.preset == DEFAULT and set(session.query()) <= {*NOBODYS}
    if setup.home or untouched:
        return setup.home
    return session.cached(HOME, setup, lambda: put_aside(setup))


def by_hand(setup: Setup, hand: str) -> Setup:
    """A setup, written as a text or a book writes."""
    return replaced(setup, {"hand": hand, **asdict(HANDS[hand].notation)})


ASKED = "E46"
"""The mistake whose product the question asks about."""


def asked() -> Setup:
    """The product that does not multiply, on the Check page."""
    exercise = EXERCISES[ASKED]
    assert isinstance(exercise, FormulaExercise)
    question = {"target": exercise.target, "formula": exercise.formula, "page": "check"}
    return replaced(by_hand(preset_setup(exercise.preset), "question"), question)


def derived() -> Setup:
    """The chain that does multiply, in either layout."""
    layouts = {"walkthrough": "layouts", "layer": 1, "page": "derive"}
    return replaced(by_hand(preset_setup(EXERCISES[ASKED].preset), "question"), layouts)


def stepped() -> Setup:
    """The learner's own network, at its second step."""
    return replaced(session.current(), {"step": 1, "page": "step"})


WAYS: dict[str, tuple[str, Callable[[], Setup]]] = {
    "ask": (N_("I have a product that does not multiply"), asked),
    "step": (N_("Show me every number"), stepped),
    "derive": (N_("Derive it for me"), derived),
}
"""What a reader may have come for, and where it is."""
