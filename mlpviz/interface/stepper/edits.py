"""What a stepper sends, numbers that were typed or dragged and what updates have led to, as an edit of the setup."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

from ...engine.descent import Update
from ...maths.expressions import Symbol
from ...maths.messages import Refusal
from ...maths.symbols import BEFORE
from ...setup.codecs import quoted
from ...setup.reached import after_updates
from ...setup.setup import Setup, replaced
from .excerpt import unpacked

MOVED_AT_ONCE = 2
"""Numbers that a hand moves together."""


def edited(setup: Setup, event: Any, shown: Callable[[], Update] | None = None) -> Setup:
    """The setup with what updates in the browser have led to, and a number replaced, or the two that a hand has moved.

    Where the browser makes no updates itself it asks for the one that is ``shown``. Raises Refusal if there is no such
    number: what a browser sends may be anything.
    """
    event = event if isinstance(event, dict) else {}
    if "again" in event and shown is not None:
        return after(setup, shown())
    if "reached" in event:
        setup = after_updates(setup, event.get("updates"), arrays_of(event["reached"]))
    numbers = event.get("numbers", [] if "reached" in event and "symbol" not in event else [event])
    if not isinstance(numbers, list) or len(numbers) > MOVED_AT_ONCE:
        raise Refusal("The stepper has sent nothing that is a number of this network.")
    for each in numbers:
        setup = with_number(setup, each)
    return setup


def after(setup: Setup, update: Update) -> Setup:
    """The setup after an update that was made on the server. Raises Refusal if it leads to no finite numbers."""
    targets = [step.equation.target for step in update.steps if step.phase == "update"]
    moved = {str(Symbol(BEFORE[each.name], each.layer)): update.value(each) for each in targets if each.name in BEFORE}
    arrays = {key: np.asarray(value, np.float64) for key, value in moved.items()}
    if not all(np.isfinite(array).all() for array in arrays.values()) or not np.isfinite(update.after.cost):
        raise Refusal(
            "Update {update} would make the cost {cost}, so it is not made: a smaller learning rate may help.",
            update=update.stand.t,
            cost=f"{update.after.cost:g}",
        )
    return after_updates(setup, update.stand.t, arrays)


def arrays_of(texts: Any) -> dict[str, np.ndarray]:
    """The arrays that a browser sends, by their keys.

    Raises Refusal if they are none.
    """
    try:
        return {str(key): unpacked(text) for key, text in texts.items()}
    except (AttributeError, TypeError, ValueError):
        raise Refusal("The stepper has sent nothing that is a number of this network.") from None


def with_number(setup: Setup, event: Any) -> Setup:
    """The setup with one number replaced: a weight, a bias, or an entry of X or Y."""
    try:
        symbol, layer, row, column = str(event["symbol"]), *(int(event[name]) for name in ("layer", "row", "column"))
        value = float(event["value"])
    except (LookupError, TypeError, ValueError, OverflowError):
        raise Refusal("The stepper has sent nothing that is a number of this network.") from None
    if symbol in ("W", "b"):
        return replace(setup, entries={**setup.entries, (symbol, layer, row, column): value})
    name = {"A": "X", "Y": "Y"}.get(symbol)
    if name is None:
        raise Refusal("{symbol} is computed; only W, b, X and Y can be edited", symbol=quoted(symbol))
    rows = [list(each) for each in getattr(setup, name)]
    row += setup.sample or 0
    if not (0 <= row < len(rows) and 0 <= column < len(rows[row])):
        raise Refusal("The stepper has sent nothing that is a number of this network.")
    rows[row][column] = value
    return replaced(setup, {name: tuple(map(tuple, rows))})
