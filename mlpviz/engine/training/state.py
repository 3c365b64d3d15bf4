"""The state of a run as plain arrays, numbers and texts: what of it is not plain already, written and read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from ...maths.messages import Message, Refusal, counted, enumerated
from ..arrays import Array
from ..rollback import Rollback

NONE = -1
"""The position in a state without copies to go back to."""

WORD = 2**64


def check(state: Mapping[str, Any], arrays: Mapping[str, Array], batch_size: int, others: Iterable[str]) -> None:
    """Refuse a state with other ``arrays`` or ``batch_size``, and one that lacks any of the names ``others``."""
    missing = [name for name in (*arrays, "batch_size", *others) if name not in state]
    if missing:
        raise Refusal("state must be what Training.state() gave; it has no {names}", names=enumerated(missing))
    for name, array in arrays.items():
        if np.shape(state[name]) != array.shape:
            raise Refusal(
                counted(
                    "state is of another run: its {name} has {count} entry, not {right}",
                    "state is of another run: its {name} has {count} entries, not {right}",
                    int(np.size(state[name])),
                    name=name,
                    right=int(array.size),
                )
            )
    if int(state["batch_size"]) != batch_size:
        raise Refusal(
            "state is of another run: its batch_size is {batch_size}, not {right}",
            batch_size=int(state["batch_size"]),
            right=batch_size,
        )


def vectors(rollback: Rollback, state: Iterable[str]) -> dict[str, Array]:
    """The parameters and the vectors of an optimiser's ``state`` by name, and the copies of them to go back to.

    A resumed run needs the copies as well: its very first cost may be the one that is not finite.
    """
    names = ["parameters", *(f"optimizer {name}" for name in state)]
    copies = [f"kept {name}" for name in names]
    return dict(zip([*names, *copies], [*rollback.vectors, *rollback.copies], strict=True))


def message_text(message: Message) -> str:
    return json.dumps(message.as_json()) if message else ""


def read_message(text: str) -> Message:
    """The inverse of ``message_text``; an old state holds the sentence itself."""
    try:
        return Message.from_json(json.loads(text))
    except ValueError:
        return Message.from_json(text)


def generator_words(generator: np.random.Generator) -> np.ndarray:
    """A generator's state as six 64-bit words, since its integers are too long for an array."""
    state: Any = generator.bit_generator.state
    numbers = (state["state"]["state"], state["state"]["inc"])
    words = [word for number in numbers for word in divmod(number, WORD)]
    return np.array([*words, state["has_uint32"], state["uinteger"]], np.uint64)


def set_generator(generator: np.random.Generator, words: Any) -> None:
    """The inverse of ``generator_words``."""
    high, low, inc_high, inc_low, has_uint32, uinteger = (int(word) for word in words)
    state: Any = dict(generator.bit_generator.state)
    state["state"] = {"state": high * WORD + low, "inc": inc_high * WORD + inc_low}
    generator.bit_generator.state = {**state, "has_uint32": has_uint32, "uinteger": uinteger}
