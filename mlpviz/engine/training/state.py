"""The whole state of a run, handed out and taken back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from mlpviz.engine.arrays import Array
from mlpviz.engine.backend import backend

if TYPE_CHECKING:
    from mlpviz.engine.training.training import Training

NONE = -1
"""The position in a state that holds no copies to go back to."""

WORD = 2**64


def hand_out(training: Training) -> dict[str, Any]:
    """The state as copies: NumPy arrays, numbers and texts."""
    to_host = backend(training.parameters.device).arrays.to_host
    return {
        **{name: to_host(vector).copy() for name, vector in vectors(training).items()},
        "kept": NONE if training.rollback.position is None else training.rollback.position,
        "order": training.order.copy(),
        "costs": training.costs[: training.position].copy(),
        "generator": generator_words(training.generator),
        "batch_size": training.batch_size,
        **{name: getattr(training, name) for name in PROGRESS},
        **{name: getattr(training.watch, name) for name in WATCHED},
    }


def take_back(training: Training, state: Mapping[str, Any]) -> None:
    """Put a state that ``hand_out`` gave into a run of the same network, data and settings.

    Raises ValueError, and changes nothing, if it is of another run.
    """
    check(training, state)
    device = backend(training.parameters.device).arrays
    for name, vector in vectors(training).items():
        vector[...] = device.asarray(state[name], training.parameters.dtype)
    training.order[...] = state["order"]
    training.costs = np.empty(training.steps_per_epoch)
    training.costs[: len(state["costs"])] = state["costs"]
    training.rollback.position = None if int(state["kept"]) == NONE else int(state["kept"])
    set_generator(training.generator, state["generator"])
    for names, owner in ((PROGRESS, training), (WATCHED, training.watch)):
        for name, kind in names.items():
            setattr(owner, name, kind(state[name]))


PROGRESS = {"epoch": int, "position": int, "seconds": float, "stopped": str, "message": str}
WATCHED = {"lowest": float, "waited": int}


def check(training: Training, state: Mapping[str, Any]) -> None:
    """Refuse the state of another run."""
    arrays_of = {**vectors(training), "order": training.order}
    wanted = (*arrays_of, "kept", "costs", "generator", "batch_size", *PROGRESS, *WATCHED)
    missing = [name for name in wanted if name not in state]
    if missing:
        raise ValueError(f"state must be what Training.state() gave; it has no {', '.join(missing)}")
    for name, array in arrays_of.items():
        if np.shape(state[name]) != array.shape:
            found = np.size(state[name])
            raise ValueError(f"state is of another run: its {name} has {found} entries, not {array.size}")
    if int(state["batch_size"]) != training.batch_size:
        raise ValueError(f"state is of another run: its batch_size is {state['batch_size']}, not {training.batch_size}")


def vectors(training: Training) -> dict[str, Array]:
    """The parameters and the optimiser's vectors by name, and the copies of them to go back to.

    A resumed run needs the copies as well: its very first cost may be the one that is not finite.
    """
    names = ["parameters", *(f"optimizer {name}" for name in training.updates.state)]
    to_go_back_to = [f"kept {name}" for name in names]
    return dict(zip([*names, *to_go_back_to], [*training.rollback.vectors, *training.rollback.copies], strict=True))


def generator_words(generator: np.random.Generator) -> np.ndarray:
    """A generator's state as six 64-bit words, since its numbers are longer than an array can hold."""
    state: Any = generator.bit_generator.state
    numbers = (state["state"]["state"], state["state"]["inc"])
    words = [word for number in numbers for word in divmod(number, WORD)]
    return np.array([*words, state["has_uint32"], state["uinteger"]], np.uint64)


def set_generator(generator: np.random.Generator, words: Any) -> None:
    """Bring a generator to a state that ``generator_words`` gave."""
    high, low, inc_high, inc_low, has_uint32, uinteger = (int(word) for word in words)
    state: Any = dict(generator.bit_generator.state)
    state["state"] = {"state": high * WORD + low, "inc": inc_high * WORD + inc_low}
    generator.bit_generator.state = {**state, "has_uint32": has_uint32, "uinteger": uinteger}
