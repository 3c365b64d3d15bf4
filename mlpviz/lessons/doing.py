"""What is to be done in a scene, said in a sentence, and which of it the server can tell."""

from __future__ import annotations

from ..derivation.printing.text import spoken
from ..derivation.view import View
from ..maths.messages import N_, Message
from .lesson import Done, Edited, Explained, FoundRight, Guessed, Reached, Trained
from .question import symbol_of

PLACES = {"step": N_("Go on with → to step {at}."), "line": N_("Go on with → to line {at}.")}

EDITED = {
    "X": N_("Change an input."),
    "Y": N_("Change a target."),
    "entries": N_("Change a weight or a bias."),
    "orientation": N_("Change under Notation whether a sample is a row or a column."),
    "learning_rate": N_("Change the learning rate."),
    "updates": N_("Make some updates."),
}
"""What is to be changed, by the property of the setup; of others its name is said."""


def task(done: Done, view: View) -> Message:
    """What is to be done, in a sentence."""
    match done:
        case Reached(place, at):
            return Message(PLACES[place], at=at + 1)
        case Explained(of):
            return Message("Click a number of {name}.", name=spoken(symbol_of(of), view))
        case Guessed(right):
            return Message("Find the right answer.") if right else Message("Answer the question.")
        case FoundRight(target):
            return Message("Write a right formula for {name}.", name=spoken(symbol_of(target), view))
        case Edited(what):
            return Message(EDITED[what]) if what in EDITED else Message("Change this: {what}.", what=what)
        case Trained(accuracy):
            return Message("Train until {percent} % are right.", percent=f"{100 * accuracy:g}")
