"""Where an item of a text is shown, as a setup: its preset, in its text's notation, at the very line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from ...derivation.errata import ANSWER, MODULES, NEURON, QUESTION, VECTORS, Exercise
from ...derivation.scene import DerivationView, Scene
from ...derivation.texts import TEXTS, Address, Item, Text
from ...derivation.walkthroughs import WALKTHROUGHS
from ...derivation.walkthroughs.walkthrough import Chain, Line
from ...engine.descent import Update
from ...engine.passes import backpropagate
from ...maths.equations import Step, steps
from ...maths.messages import Message
from ...setup.arrays import data_of, parameters_of
from ...setup.checks import architecture_of, checked
from ...setup.setup import Setup, replaced
from ..shell.presets import preset_setup

NOTATIONS = {
    "modules": MODULES,
    "forward-backward": NEURON,
    "element-batch": VECTORS,
    "question": QUESTION,
    "answer": ANSWER,
}


@dataclass(frozen=True)
class Located:
    """A place as a setup, and the line or the step that stands there; on the Check page neither."""

    setup: Setup
    line: Line | None = None
    step: Step | None = None


def shown(text: Text, item: Item, place: Address) -> Located:
    """Where a place is; found once, since a text's networks have numbers of their own."""
    return _shown(text.code, item.number, item.places.index(place))


@cache
def _shown(code: str, number: int, at: int) -> Located:
    text = TEXTS[code]
    item = text.items[number - 1]
    place = item.places[at]
    setup = opened(text, item, place)
    if place.walkthrough:
        return at_line(setup, place)
    return at_step(setup, place) if place.target else Located(setup)


def opened(text: Text, item: Item, place: Address) -> Setup:
    """The setup of a place, at the beginning of its walkthrough or pass."""
    there = replace(preset_setup(place.preset or text.preset), notation=NOTATIONS[item.hand or text.hand])
    walkthrough = {"walkthrough": place.walkthrough, "layer": place.layer} if place.walkthrough else {}
    return checked(replaced(there, {**place.notation, **place.changes, **walkthrough, "page": place.page}))


def at_line(setup: Setup, place: Address) -> Located:
    """The line of a place.

    Raises LookupError if its walkthrough has none of that array and title.
    """
    for number, (chain, line) in enumerate(lines(setup)):
        if str(chain.target) == place.target and place.line in ("", named(line.title)):
            return Located(replaced(setup, {"line": number}), line)
    raise LookupError(f"{place.walkthrough} has no line {place.line!r} for {place.target}")


def named(title: str) -> str:
    """A title as its walkthrough's file has it, with the names of its details."""
    return title.template if isinstance(title, Message) else title


def lines(setup: Setup) -> Iterator[tuple[Chain, Line]]:
    """The lines of a setup's walkthrough, each with its chain."""
    walkthrough = WALKTHROUGHS[setup.walkthrough]
    X, Y = data_of(setup)
    chosen = slice(None) if walkthrough.batch else [setup.sample or 0]
    update = Update(backpropagate(parameters_of(setup), X[chosen], Y[chosen]), setup.learning_rate)
    view = DerivationView(update.trace.architecture, update.trace.batch_size, setup.notation)
    for chain in walkthrough.chains(Scene(update, view, setup.layer)):
        for line in chain.lines:
            yield chain, line


def at_step(setup: Setup, place: Address) -> Located:
    """The step that computes the array of a place.

    Raises StopIteration if there is none.
    """
    step = next(each for each in steps(architecture_of(setup)) if str(each.equation.target) == place.target)
    return Located(replaced(setup, {"step": step.index}), step=step)


def posed(exercise: Exercise) -> Setup:
    """The setup of an exercise, on its own network and in its text's notation."""
    there = replaced(preset_setup(exercise.preset), exercise.changes)
    asked = {"exercise": exercise.code, "target": exercise.target, "page": "check"}
    return replaced(replace(there, notation=exercise.notation), asked)
