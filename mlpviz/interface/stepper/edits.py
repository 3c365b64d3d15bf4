"""What a stepper sends, a number that was typed or dragged or what updates have led to, as an edit of the setup."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from ...maths.messages import Refusal
from ...setup.codecs import quoted
from ...setup.reached import after_updates
from ...setup.setup import Setup, replaced
from .excerpt import unpacked

MOVED_AT_ONCE = 2


def edited(setup: Setup, event: Any) -> Setup:
    """The setup with what updates in the browser have led to, and a number replaced, or the two that a hand has moved.

    Raises Refusal if there is no such number: what a browser sends may be anything.
    """
    event = event if isinstance(event, dict) else {}
    if "reached" in event:
        setup = after_updates(setup, event.get("updates"), arrays_of(event["reached"]))
    numbers = event.get("numbers", [] if "reached" in event and "symbol" not in event else [event])
    if not isinstance(numbers, list) or len(numbers) > MOVED_AT_ONCE:
        raise Refusal("The stepper has sent nothing that is a number of this network.")
    for each in numbers:
        setup = with_number(setup, each)
    return setup


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
