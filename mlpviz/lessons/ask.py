"""A question of a lesson: its right answer is computed from the equations on the numbers that are there at that moment.

Its wrong answers are what the checker's own mistakes come to, so what is amiss with each can be said.
"""

from __future__ import annotations

from ..derivation.view import View
from ..engine.descent import Update
from ..engine.passes import backpropagate
from ..setup.arrays import data_of, parameters_of, stand_of
from ..setup.setup import Setup
from .asking import Asking
from .kinds import KINDS, answer_of
from .question import Ask, Option, Posed

__all__ = ["KINDS", "Ask", "Option", "Posed", "answer_of", "posed", "posed_for", "update_of"]


def posed_for(ask: Ask, setup: Setup) -> Posed:
    """A question as it is asked of a setup's numbers, in its notation.

    Raises Refusal if it cannot be asked there.
    """
    update = update_of(setup)
    return posed(ask, update, View.of(update.trace, setup.notation), setup.digits)


def update_of(setup: Setup) -> Update:
    """The pass and the update of a setup's batch or of its one sample."""
    X, Y = data_of(setup)
    chosen = slice(None) if setup.sample is None else [setup.sample]
    return Update(backpropagate(parameters_of(setup), X[chosen], Y[chosen]), setup.learning_rate, stand_of(setup))


def posed(ask: Ask, update: Update, view: View, digits: int = 3) -> Posed:
    """A question as it is asked of a pass, its numbers with ``digits`` decimals.

    Raises Refusal if it cannot be asked there.
    """
    return KINDS[ask.kind](Asking(ask, update, view, digits))
