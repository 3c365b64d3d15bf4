"""How much is tried with a program, and the kinds of array that its judgement tells apart."""

from __future__ import annotations

from ....maths.symbols import BATCH, QUANTITIES, Role, named

MOST_TRIALS = 60
"""Runs that look for what a line should have given."""


MOST_FAULTS = 40
NEAR = 0.15
"""How much less may be told in a way of seeing the network that is tried, too."""


MOST_STEPS, MOST_STEPS_IN_FAMILY = 15_000, 8_000
"""Statements carried out in all runs together, after which nothing more is tried."""


LONG_RUN = 300
"""Statements of a run from which it is long."""


ERRORS = frozenset({"delta", "dA"})


GRADIENTS = frozenset({"dW", "db", "bare dW"})


GUESSED = ERRORS | frozenset(named(Role.GRADIENT, Role.ERROR, Role.VALUE))
"""What a line may be found to stand for by what the later lines make of it."""


ALIKE = (frozenset(named(Role.PARAMETER, Role.GRADIENT)), frozenset(named(Role.VALUE)), ERRORS)
"""The kinds of array whose names are numbered alike."""


SAMPLED = frozenset(name for name, each in QUANTITIES.items() if each.shape == BATCH)
"""The kinds of array that have a row, or a column, for each sample."""
