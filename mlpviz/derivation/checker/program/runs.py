"""A program run on one network in one stance: each value told at once, wrong ones replaced where that is known."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from .events import Event
from .machine import Machine
from .source import Source
from .spelled import Spelled, gives_cost, is_cost, is_penalty, spelled
from .stage import Stage
from .telling import Sighting, Teller
from .things import Missing, is_array, is_number
from .troubles import Trouble
from .viewing import UPRIGHT
from .worlds import kind_of

Corrections = Mapping[tuple[int, int], Mapping[int | None, str]]
"""By line and target, and by pass or for all of them: what a line should have given."""

PARAMETERS = frozenset("Wb")


@dataclass(eq=False)
class Seen:
    """An event with what it is told to be, and what its name says it should be."""

    event: Event
    sightings: tuple[Sighting, ...] = ()
    expected: str = ""
    sure: bool = False
    coefficient: float | None = None
    """Of a parameter that has changed: how often the gradient has been added to it."""

    kind: str = ""
    """The kind of array that its name is of, whatever the layer."""

    sample: int | None = None
    corrected: str = ""

    @property
    def told(self) -> bool:
        return bool(self.sightings) or self.coefficient is not None

    @property
    def failed(self) -> bool:
        return self.event.trouble is not None

    def sighting_of(self, name: str) -> Sighting | None:
        return next((each for each in self.sightings if each.name == name), None)


class Rehearsal:
    """One run, with everything that it gave."""

    def __init__(
        self, program: Source, stage: Stage, teller: Teller, corrections: Corrections, light: bool = False
    ) -> None:
        self.program, self.stage, self.teller, self.corrections = program, stage, teller, corrections
        self.world, self.stance = stage.world, stage.stance
        self.seen: list[Seen] = []
        self.sample: int | None = None
        self.changed: dict[str, Any] = {}
        self.held: dict[tuple[str, int], str] = {}
        self.machine = Machine(self.stage, program.listing.statements, self.correct, light)
        with np.errstate(all="ignore"):
            self.machine.program(program.listing.statements)

    def correct(self, event: Event, value: Any) -> Any:
        """Tell what a line has given; where something else is due, that is what the program goes on with."""
        seen = Seen(event, sample=self.sample)
        self.seen.append(seen)
        own = spelled(event.path) if event.path else None
        seen.kind = own.name if own is not None else ""
        seen.expected, seen.sure = self.expectation(own, event)
        if not seen.sure:
            seen.expected = self.inherited(event) or seen.expected
        held = event.value if isinstance(value, list) else value
        if not isinstance(value, Missing):
            self.tell(seen, held)
        wanted = self.wanted(event)
        if wanted and not self.is_right(seen, wanted):
            seen.corrected = wanted
            proper = self.proper(wanted, held, seen)
            return proper.tolist() if is_array(held) and isinstance(value, list) else proper
        self.remember(seen, held)
        return value

    def inherited(self, event: Event) -> str:
        """The weight or bias that a name, or the array that has been changed, held before."""
        told = self.teller.sightings(event.lent) if event.lent is not None else []
        own = next((each.name for each in told if each.exact and each.name[:2] in ("W[", "b[")), "")
        return own or self.held.get((event.path, event.owner), "")

    def tell(self, seen: Seen, value: Any) -> None:
        seen.sightings = tuple(self.teller.sightings(value))
        if seen.expected == "cost" and not seen.sightings:
            seen.sightings = self.teller.guarded_cost(value)
        if seen.sightings and seen.sightings[0].sample is not None:
            self.sample = seen.sightings[0].sample
        seen.sample = self.sample
        exact = next((each.name for each in seen.sightings if each.exact and each.name[:2] in ("W[", "b[")), "")
        if exact:
            self.held[seen.event.path, seen.event.owner] = exact
        name = seen.expected
        if name[:1] in PARAMETERS and not seen.sightings and is_array(value) and not seen.event.fresh:
            before = self.changed.get(name, self.world.arrays[name])
            seen.coefficient = self.change(value, before, name)

    def change(self, value: Any, before: Any, name: str) -> float | None:
        for old in (before, before.T):
            if np.size(old) == np.size(value) and squeezed(old) == squeezed(value):
                return self.teller.coefficient(value.reshape(np.shape(old)) - old, f"d{name}")
        return None

    def remember(self, seen: Seen, value: Any) -> None:
        if (
            seen.expected[:1] in PARAMETERS
            and is_array(value)
            and np.size(value) == np.size(self.world.arrays[seen.expected])
        ):
            self.changed[seen.expected] = value.copy()

    def expectation(self, own: Spelled | None, event: Event) -> tuple[str, bool]:
        """The quantity that the name of a target says, and whether it says so for sure."""
        bare = event.path.removeprefix("self.")
        if bare in self.program.given:
            name = self.program.given[bare]
            return {"X": "A[0]"}.get(name, name), True
        if is_number(event.value) and (is_cost(bare) or (not bare and gives_cost(event.function))):
            return "cost", True
        if is_number(event.value) and "penalty" in self.world.arrays and is_penalty(bare):
            return "penalty", True
        if own is None or (own.name == "b" and bare[:1] == "B" and bare.lower() in self.program.names):
            return "", False
        if own.name in ("X", "Y"):
            return ("A[0]" if own.name == "X" else "Y") if own.number is None else "", False
        if own.name == "dX":
            return "dA[0]", own.sure
        layer = self.stage.layer(own, event.path)
        name = f"{own.name}[{layer}]"
        return (name, own.sure) if name in self.world.arrays else ("", False)

    def wanted(self, event: Event) -> str:
        """What a line should have given, such as m*delta[2]; nothing where it is not known to be wrong."""
        passes = self.corrections.get((event.line, event.key[2]), {})
        return passes.get(event.key[1], passes.get(None, ""))

    def is_right(self, seen: Seen, wanted: str) -> bool:
        if wanted.startswith("updated "):
            return seen.coefficient is not None and seen.coefficient < 0
        if wanted.startswith("column "):
            return np.ndim(seen.event.value) == 2
        factor, name = parted(wanted)
        own = seen.sighting_of(name)
        return own is not None and own.factor.value == self.teller.factors.named(factor) and self.upright(own)

    def upright(self, sighting: Sighting) -> bool:
        """Whether an array lies as the stance has it."""
        known = self.world.arrays.get(sighting.name)
        if known is None or 1 in np.shape(known) or np.ndim(known) < 2 or sighting.sample is not None:
            return True
        upright = kind_of(sighting.name) in UPRIGHT
        return sighting.turned == (self.stance.turned if upright else self.stance.columns)

    def proper(self, wanted: str, value: Any, seen: Seen) -> Any:
        """What a line should have given, in the shape that it gave if that has as many entries."""
        if wanted.startswith("column "):
            return np.reshape(value, (-1, 1))
        factor, name = parted(wanted.removeprefix("updated "))
        array = self.world.arrays[name] * self.teller.factors.named(factor)
        if wanted.startswith("updated "):
            shown = self.stage.seen(name, array - self.world.eta * self.world.arrays[f"d{name}"])
        else:
            shown = self.stage.seen(name, array)
            rows = is_array(array) and array.ndim == 2 and len(array) == self.world.m
            sample = seen.sample if seen.sample is not None else self.sample
            if rows and sample is not None and self.world.m > 1 and getattr(value, "size", 1) in (array.shape[1], 1):
                shown = array[sample]
        if not is_array(shown):
            return shown
        if is_array(value) and value.size == shown.size:
            same = squeezed(value) == squeezed(shown)
            return (shown if same else shown.T).reshape(value.shape).copy()
        return shown.reshape(-1, 1) if shown.ndim == 1 and self.stance.columns else shown

    # what came of it

    @cached_property
    def readers(self) -> dict[int, list[Seen]]:
        """By number of an event, those that read what it gave."""
        found: dict[int, list[Seen]] = {}
        for seen in self.seen:
            for number in seen.event.reads | ({seen.event.before} if seen.event.before is not None else set()):
                found.setdefault(number, []).append(seen)
        return found

    @cached_property
    def last(self) -> dict[str, Seen]:
        """By the name of a target the last that it got."""
        return {seen.event.path: seen for seen in self.seen}

    @cached_property
    def first(self) -> dict[str, Seen]:
        """By the name of a target the first that it got."""
        return {seen.event.path: seen for seen in reversed(self.seen)}

    def final(self, seen: Seen) -> bool:
        """Whether what a line gave is used as such: not only to change the same name."""
        readers = [each for each in self.readers.get(seen.event.number, []) if each is not seen]
        return not readers or any(each.event.path != seen.event.path or not each.event.path for each in readers)

    def only_grows(self, seen: Seen) -> bool:
        """Whether all that reads what a line gave is the same line again, which adds to it."""
        readers = [each for each in self.readers.get(seen.event.number, []) if each is not seen]
        return bool(readers) and all(place(each) == place(seen) and each.event.path for each in readers)

    def below(self, seen: Seen) -> list[Seen]:
        """Everything that comes of what a line gave."""
        found: dict[int, Seen] = {}
        waiting = [seen]
        while waiting:
            for each in self.readers.get(waiting.pop().event.number, []):
                if each.event.number not in found:
                    found[each.event.number] = each
                    waiting.append(each)
        return [found[number] for number in sorted(found)]

    @cached_property
    def score(self) -> float:
        """How much of the program is told; what fails counts against it."""
        total = 0.0
        for seen in self.seen:
            if seen.event.fresh:
                continue
            total += self.worth(seen)
        scale = max(1, len(self.seen))
        return total * (1 + 1e-6 / scale) - 2 * len(self.machine.troubles)

    def worth(self, seen: Seen) -> float:
        if seen.failed:
            return 0
        if seen.coefficient is not None:
            whole = min(abs(seen.coefficient + rate) for rate in (self.world.eta, 1.0)) < 1e-9
            return 1.5 if whole else 1.2
        if not seen.sightings or all(each.name == "exp(Z)" for each in seen.sightings):
            return 0
        best = max(self.upright(each) for each in seen.sightings)
        named = seen.sighting_of(seen.expected) if seen.expected else None
        exact = named is not None and named.exact and seen.expected[:2] in ("dW", "db")
        return 0.7 + 0.3 * best + (0.5 if named else 0) + (0.2 if exact else 0)

    def trouble(self, line: int) -> Trouble | None:
        return self.machine.troubles.get(line)


def place(seen: Seen) -> tuple[str, int]:
    """A name of a program and the line that gives it its value."""
    return seen.event.path, seen.event.line


def parted(wanted: str) -> tuple[str, str]:
    """The factor and the name of what a line should have given: m*delta[2], -dA[2]."""
    sign = "-" if wanted.startswith("-") else ""
    factor, star, name = wanted.removeprefix("-").rpartition("*")
    return sign + factor + star, name


def squeezed(value: Any) -> tuple[int, ...]:
    return tuple(n for n in np.shape(value) if n != 1)


def is_value(value: Any) -> bool:
    return is_array(value) or is_number(value)
