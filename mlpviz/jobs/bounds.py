"""How much of this machine the runs may take, and for how long; whoever runs a server sets them by its environment."""

from __future__ import annotations

import math
import os

from ..maths.messages import Refusal


def given(name: str, default: float) -> float:
    """The number that an environment variable sets, or the default.

    Raises ValueError, naming the variable, if it is no number from 0 up.
    """
    text = os.environ.get(name, "")
    try:
        value = float(text or default)
    except ValueError:
        value = math.nan
    if not 0 <= value < math.inf:
        raise Refusal("{name} must be a number from 0 up, got {text!r}", name=name, text=text)
    return value


MOST_OF_ONE = 32
"""Most runs of one learner that wait."""

MOST_WAITING = 256
"""Runs that wait with which the queue takes no second run of anybody's."""

MOST_FIRST = 1_000
"""Most runs that wait, everyone's first included."""


def slice_seconds() -> float:
    """Seconds for which a run keeps its place while another learner waits for one: ``MLPVIZ_SLICE``."""
    return given("MLPVIZ_SLICE", 30.0)


SECOND = 3.0
"""The same for a learner's second run at work, while another learner waits with a first."""


def rest_seconds() -> float:
    """Seconds after which a run that no page looks at rests: ``MLPVIZ_REST``; 0 lets it go on for ever."""
    return given("MLPVIZ_REST", 3600.0)


LOOKED_AT = 20.0
"""Seconds between two notes that a page looks at a run."""

PACED_A_SLOT = 8
"""Runs that keep to a pace, and sleep most of the time, in the room of one that does not."""

PACED = 32
"""Most of them at once: each is a process."""

LIGHT = 0.25
"""Most of its time that a run may compute to count as one that keeps to a pace."""

AGE = 7 * 24 * 3600.0
"""Seconds for which a run that has ended, or rests, and a table are kept after they were last used."""

MOST_RUNS = 1_000
MOST_BYTES = 5_000_000_000
OWN_RUNS = 100
OWN_BYTES = 500_000_000
"""Most runs and bytes that are kept, of all learners together and of one."""
