"""What each line holds, by its canonical name in the reader's notation, as the runs on all networks agree."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from ...notation import Notation
from .runs import Rehearsal, Seen
from .telling import Sighting
from .things import is_number
from .viewing import UPRIGHT
from .worlds import kind_of


class Names:
    """What each event holds, in the reader's notation, as all runs agree."""

    def __init__(self, notation: Notation, runs: Sequence[Rehearsal]) -> None:
        self.notation, self.runs = notation, runs
        self.common: dict[tuple[int, int], set[str]] = {}
        for run in runs:
            for place, names in self.by_place(run).items():
                self.common[place] = self.common[place] & names if place in self.common else names

    def by_place(self, run: Rehearsal) -> dict[tuple[int, int], set[str]]:
        found: dict[tuple[int, int], set[str]] = {}
        for seen in run.seen:
            found.setdefault((seen.event.line, seen.event.key[2]), set()).update(self.all_of(run, seen))
        return found

    def of_line(self, number: int) -> list[str]:
        """The names of a line, of each pass and target; those of arrays that only grow are of the last pass."""
        run = self.runs[0]
        seen = [each for each in run.seen if each.event.line == number]
        last = [each for each in seen if not run.only_grows(each)]
        return [name for each in last or seen if (name := self.of(run, each))]

    def of(self, run: Rehearsal, seen: Seen) -> str:
        common = self.common[seen.event.line, seen.event.key[2]]
        return next((name for name in self.all_of(run, seen) if name in common), "")

    def all_of(self, run: Rehearsal, seen: Seen) -> list[str]:
        """Every name of what an event gave, the likeliest first."""
        value = seen.event.value
        if seen.coefficient is not None:
            return [self.updated(run, seen)]
        if isinstance(value, list | tuple):
            parts = [run.teller.sightings(each)[:1] for each in value]
            return ["; ".join(self.text(run, part[0]) for part in parts)] if parts and all(parts) else []
        ordered = sorted(seen.sightings, key=lambda each: (each.name != seen.expected, order_of(each, seen.sightings)))
        found = [self.text(run, each) for each in ordered]
        return self.of_number(run, value) if not found and is_number(value) else found

    def of_number(self, run: Rehearsal, value: Any) -> list[str]:
        world = run.world
        if isinstance(value, bool | np.bool_) or not np.isfinite(value) or float(value) != int(value):
            return []
        return ["m"] * (int(value) == world.m) + ["n"] * (int(value) == world.architecture.widths[-1])

    def updated(self, run: Rehearsal, seen: Seen) -> str:
        """W[1] - eta*dW[1], as the coefficient says."""
        name, c = seen.expected, seen.coefficient or 0.0
        factor = run.teller.factors.find(abs(c))
        rated = factor is not None and all(letter == "eta" for letter, _power in factor.powers)
        sign = "-" if c < 0 else "+"
        return (
            f"{name} {sign} {factor.write(f'd{name}')}" if factor and rated else f"{name} {sign} {abs(c):.6g}*d{name}"
        )

    def text(self, run: Rehearsal, sighting: Sighting) -> str:
        """The canonical name; transposed where the reader's notation has it otherwise."""
        known = run.world.arrays.get(sighting.name)
        own = self.notation
        upright = kind_of(sighting.name) in UPRIGHT
        lies = own.weights == "in_out" if upright else own.orientation == "columns"
        plain = known is None or np.ndim(known) < 2 or 1 in np.shape(known) or sighting.sample is not None
        turned = not plain and sighting.turned != lies
        return sighting.factor.write(called(sighting) + (".T" if turned else ""))


def called(sighting: Sighting) -> str:
    """The name of a quantity; of a difference in brackets where something stands before it."""
    name = sighting.name
    if name.startswith("bare dW"):
        name = f"{name[5:]} - l2*W{name[7:]}"
    name = {"A[0]": "X"}.get(name, name)
    return f"({name})" if " - " in name and sighting.factor.value != 1 else name


def order_of(sighting: Sighting, others: Sequence[Sighting]) -> int:
    """An output's distance from its label is told as δ where it is one, and else as what it is."""
    kinds = {kind_of(each.name) for each in others}
    if " - Y" in sighting.name:
        return 0 if "delta" not in kinds else 2
    return 1 if sighting.name.startswith("dA") and any(" - Y" in each.name for each in others) else 0
