"""Where an item of a text is shown, as a setup: its preset, in its text's notation, at the very line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache

from ...derivation.hands import HANDS
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
from ..shell.ways import asked


@dataclass(frozen=True)
class Located:
    """A place as a setup, and the line or the step that stands there; on the Check page neither."""

    setup: Setup
    line: Line | None = None
    step: Step | None = None


def shown(text: Text, item: Item, address: Address) -> Located:
    """Where a place is; found once, since a text's networks have numbers of their own."""
    return _shown(text.code, item.number, item.places.index(address))


@cache
def _shown(code: str, number: int, at: int) -> Located:
    text = TEXTS[code]
    item = text.items[number - 1]
    address = item.places[at]
    setup = opened(text, item, address)
    if address.walkthrough:
        return at_line(setup, address)
    return at_step(setup, address) if address.target else Located(setup)


def opened(text: Text, item: Item, address: Address) -> Setup:
    """The setup of an address, at the beginning of its walkthrough or pass."""
    if address.page == "check":
        return asked()
    hand = item.hand or text.hand
    there = replace(preset_setup(address.preset or text.preset), hand=hand, notation=HANDS[hand].notation)
    walkthrough = {"walkthrough": address.walkthrough, "layer": address.layer} if address.walkthrough else {}
    return checked(replaced(there, {**address.notation, **address.changes, **walkthrough, "page": address.page}))


def at_line(setup: Setup, address: Address) -> Located:
    """The line of an address: of its array and title or, where walkthroughs have changed, the first of its array."""
    found = [(number, chain, line) for number, (chain, line) in enumerate(lines(setup))]
    of_array = [(number, line) for number, chain, line in found if str(chain.target) == address.target]
    titled = [each for each in of_array if address.line in ("", named(each[1].title))]
    number, line = (titled or of_array or [(0, found[0][2])])[0]
    return Located(replaced(setup, {"line": number}), line)


def named(title: str) -> str:
    """A title as its walkthrough's file has it, with the names of its details."""
    return title.template if isinstance(title, Message) else title


def lines(setup: Setup) -> Iterator[tuple[Chain, Line]]:
    """The lines of a setup's walkthrough, each with its chain."""
    walkthrough = WALKTHROUGHS[setup.walkthrough]
    X, Y = data_of(setup)
    chosen = slice(None) if walkthrough.batch else [setup.sample or 0]
    update = Update(backpropagate(parameters_of(setup), X[chosen], Y[chosen]), setup.learning_rate)
    view = DerivationView.of(update.trace, setup.notation)
    for chain in walkthrough.chains(Scene(update, view, setup.layer)):
        for line in chain.lines:
            yield chain, line


def at_step(setup: Setup, address: Address) -> Located:
    """The step that computes the array of an address.

    Raises StopIteration if there is none.
    """
    step = next(each for each in steps(architecture_of(setup)) if str(each.equation.target) == address.target)
    return Located(replaced(setup, {"step": step.index}), step=step)
