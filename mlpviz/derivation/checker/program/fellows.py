"""Names of a program held against each other: one that belies what it says where the others keep it."""

from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np

from .facts import has_sum
from .limits import ALIKE, GRADIENTS, SAMPLED
from .multiples import Multiples
from .runs import PARAMETERS, Rehearsal, Seen, place
from .telling import Sighting
from .things import is_array
from .worlds import kind_of


class Fellows(Multiples):
    """What a name should hold by what the names like it hold."""

    def is_misnamed(self, run: Rehearsal, seen: Seen, first: Sighting) -> bool:
        """Whether a name says that it holds another quantity, in a program whose other names hold what they say.

        What it should hold is held by no other name then, or what it holds has a name that never gets it.
        """
        kind, held = kind_of(seen.expected), kind_of(first.name)
        per_sample = first.exact and held == "delta" and not has_sum(seen.event.statement)
        alike = (kind == held and first.exact) or (kind in GRADIENTS and not per_sample)
        fellows = list(self.fellows(run, seen)) if seen.sure and alike else []
        right = {place(each) for each in fellows if each.sighting_of(each.expected)}
        wrong = {place(each) for each in fellows} - right
        if not right or len(right) < len(wrong) or place(seen) in right:
            return False
        has_due = any(each.name == seen.expected for other in run.seen for each in other.sightings)
        beside = [each for each in fellows if owner(each) == owner(seen)]
        return not (has_due and any(each.expected == first.name and each.sighting_of(first.name) for each in beside))

    def fellows(self, run: Rehearsal, seen: Seen) -> Iterator[Seen]:
        """The lines whose names are numbered as this one's: of its kinds, or in its list."""
        kind = kind_of(seen.expected)
        group = next((each for each in ALIKE if kind in each), {kind})
        in_list = seen.event.path.endswith("]") and not seen.event.path.endswith("']")
        for each in run.seen:
            named = each.sure and each.sightings and kind_of(each.expected) in group
            if named and (not in_list or owner(each) == owner(seen)):
                yield each

    def due_by_fellows(self, run: Rehearsal, seen: Seen) -> str:
        """What a name of the program's own should hold: gB1 the gradient of b[1] where gB2 is that of b[2]."""
        stem, number = stem_of(seen.event.path)
        if number is None or not is_array(seen.event.value):
            return ""
        found = set()
        for each in run.seen:
            own, layer = stem_of(each.event.path)
            if own == stem and layer is not None and layer != number:
                found.add(next((moved(name, number - layer) for name in held_gradients(each)), ""))
        due = found.pop() if len(found) == 1 else ""
        return due if due in run.world.arrays else ""

    def due_by_error(self, run: Rehearsal, seen: Seen) -> str:
        """What a gradient without a number should hold: that of the layer whose error it is computed from."""
        if seen.kind not in GRADIENTS or not is_array(seen.event.value):
            return ""
        told = [name for each in self.sources(run, seen) for name in held(each) if kind_of(name) == "delta"]
        return told[0].replace("delta", seen.kind) if told else ""

    def stays_empty(self, run: Rehearsal, seen: Seen) -> bool:
        """Whether a gradient is made of zeros into which nothing is put, where others are computed."""
        if not seen.sure or kind_of(seen.expected) not in GRADIENTS or not is_array(seen.event.value):
            return False
        same = [each for each in run.seen if each.event.path == seen.event.path]
        told = (each for each in run.seen if each.kind in GRADIENTS and each.told)
        return all(each.event.fresh for each in same) and not np.any(seen.event.value) and any(told)

    def is_flat(self, run: Rehearsal, seen: Seen) -> bool:
        """Whether a bias's gradient has one axis where samples lie in columns, and so does not fit its bias."""
        value, stance = seen.event.value, self.stance
        if kind_of(seen.expected) != "db" or not stance.columns or stance.flat != "none" or np.ndim(value) != 1:
            return False
        bias = seen.expected[1:]
        steps = [each for each in run.below(seen) if each.expected == bias]
        if any(each.failed or np.size(each.event.value) > len(value) for each in steps):
            return True
        biases = [each for each in run.seen if each.expected == bias]
        if not any(each.coefficient for each in biases) or any(np.ndim(each.event.value) == 1 for each in biases):
            return False
        return len(value) > 1 and not any(
            each.expected[:1] in PARAMETERS or (each.sighting_of(seen.expected) and np.ndim(each.event.value) == 2)
            for each in run.below(seen)
        )

    def lies_across(self, run: Rehearsal, seen: Seen) -> bool:
        """Whether the array of one output is a row where it is to be a column, or the other way round."""
        shape, own = np.shape(seen.event.value), run.world.arrays[seen.expected]
        due = np.shape(run.stage.seen(seen.expected, own))
        return kind_of(seen.expected) in SAMPLED and 1 in due and len(due) == 2 and shape == due[::-1] != due


def stem_of(path: str) -> tuple[str, int | None]:
    """A name without its number, and the number: gB2 is gB and 2."""
    found = re.fullmatch(r"(.*?)(\d)(\D*)", path)
    return (f"{found[1]}#{found[3]}", int(found[2])) if found else (path, None)


def owner(seen: Seen) -> str:
    """What a name is an entry of: grads of grads['dW2']; nothing for a plain name."""
    return seen.event.path.rpartition("[")[0]


def held(seen: Seen) -> list[str]:
    """The quantities that a line holds, times a factor or not."""
    return [each.name for each in seen.sightings]


def held_gradients(seen: Seen) -> list[str]:
    """The gradients that a line holds as they are."""
    return [each.name for each in seen.sightings if each.exact and kind_of(each.name) in GRADIENTS]


def moved(name: str, layers: int) -> str:
    """The array of the same kind some layers away."""
    return re.sub(r"\[(\d+)\]", lambda found: f"[{int(found[1]) + layers}]", name)
