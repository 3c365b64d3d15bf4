"""Which lines of a program are wrong, each once: after a wrong line the program goes on with what its name should hold.

What a line should hold is told by its name, and where that says nothing by what the later lines make of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from ..reading import syntax as sx
from .facts import is_lost, reads_itself
from .faults import Fault, Findings
from .limits import ERRORS, GRADIENTS, MOST_FAULTS, MOST_STEPS, SAMPLED
from .moves import Moves
from .paths import written
from .runs import PARAMETERS, Rehearsal, Seen, is_value, parted
from .stances import Stance, families
from .telling import Sighting
from .things import is_array
from .troubles import MOST_ENTRIES, SHAPELY
from .worlds import kind_of

NOTHING_TOLD = 4.0
"""How strange it is if a program holds nothing of the network: several faults are likelier."""


@dataclass
class Judge(Moves):
    """Judges one program for one architecture."""

    result: Findings = field(init=False)

    def __post_init__(self) -> None:
        results: list[tuple[float, Findings]] = []
        for turn, family in enumerate(self.families()):
            if results and self.strangeness(turn, family[0]) > min(results, key=cost_of)[0] + 1:
                continue  # not even without a fault would it be likelier
            self.begun = self.steps
            result = self.best_result(family)
            likely = 0.01 * result.told if result.told else -NOTHING_TOLD
            results.append((result.cost + self.strangeness(turn, family[0]) - likely, result))
            if self.steps > MOST_STEPS or not self.goes_on(turn, result):
                break
        self.result = min(results, key=cost_of)[1]
        self.stance = self.result.run.stance

    def goes_on(self, place: int, result: Findings) -> bool:
        """Whether networks of another size are tried: they must have something to gain."""
        other = self.architecture.widths[-1] == 1 or self.program.is_for_one_sample
        return (place == 0 and other) or result.cost > (0.5 if self.one_sample else 1.5)

    def strangeness(self, place: int, stance: Stance) -> float:
        """How much is to be gained before a program is taken for one of another size; what it tells counts, too."""
        if place == 0:
            return 0.0
        if stance.extent.one_output or stance.extent.own_widths:
            return 0.005 if stance.extent.one_output else 1.5
        if self.program.is_for_one_sample:
            return 0.0
        if self.one_sample:
            return 0.5
        return 6.0 if self.program.is_for_batches else 2.0

    def families(self) -> list[tuple[Stance, ...]]:
        columned = any(
            name in self.program.names for name in ("ones", "hstack", "c_", "cbind", "concatenate", "column_stack")
        )
        found = list(
            families(
                self.notation,
                self.program.has_lists,
                self.architecture.widths[-1] == 1,
                self.program.uses_class_numbers,
                columned,
            )
        )
        sizes = [n for n in self.program.written_sizes if n in self.architecture.widths]
        if self.architecture.parameter_count > MOST_ENTRIES or (self.program.goes_through_entries and not sizes):
            return [each for each in found if not each[0].extent.own_widths]
        same = next(each for each in found if each[0].extent.own_widths)
        first = same if len(sizes) > 2 else found[0]
        return [first, *(each for each in found if each is not first)]

    # runs

    def best_result(self, family: Sequence[Stance]) -> Findings:
        """The faults in the way of seeing the network in which most is told, or in the next if it has fewer."""
        results = []
        for stance in dict.fromkeys((*self.likeliest(family)[:2], family[0])):  # the reader's own is tried at last
            self.stance = stance
            results.append(self.faults())
            if results[-1].cost < 2 or self.tired:
                break
        return min(results, key=lambda each: each.cost)

    # faults

    def faults(self) -> Findings:
        """The faults in the order of the run, the corrections that they ask for, and the run with these."""
        self.trials = 0
        corrections: dict[tuple[int, int], dict[int | None, str]] = {}
        found: list[Fault] = []
        done: set[tuple[int, int, int]] = set()
        run = self.run(corrections)
        while len(found) < MOST_FAULTS and not run.machine.stopped:
            fault = next(
                (
                    each
                    for seen in run.seen
                    if seen.event.key not in done and (each := self.fault(run, seen, corrections))
                ),
                None,
            )
            if fault is None:
                break
            fault = self.earlier(run, fault, corrections, done) or self.copied(run, fault)
            done.add(fault.seen.event.key)
            found.append(fault)
            if fault.expected:
                corrections = self.with_correction(fault.seen, fault.expected, corrections)
                run = self.run(corrections)
        return Findings(found, corrections, run)

    def fault(self, run: Rehearsal, seen: Seen, corrections: Any) -> Fault | None:
        """What is wrong with what a line gave, if anything."""
        if seen.corrected:
            return None
        if seen.event.fresh:
            return Fault("empty", seen, seen.expected) if self.stays_empty(run, seen) else None
        if seen.failed:
            return self.failure(run, seen, corrections)
        value = seen.event.value
        if self.is_overwritten(seen):
            return Fault("twice", seen)
        if not is_value(value) or not run.final(seen):
            return None
        if seen.expected[:1] in PARAMETERS:
            return self.parameter(run, seen)
        own = seen.sighting_of(seen.expected) if seen.expected else None
        if own is not None:
            return self.known(run, seen, own, corrections)
        if seen.sightings:
            return self.another(run, seen, corrections)
        return self.untold(run, seen, corrections)

    def is_overwritten(self, seen: Seen) -> bool:
        """Whether the same line gives the same name another value at once: a, a = f(x)."""
        statement = seen.event.statement
        several = isinstance(statement, sx.Assignment) and self.program.facts.of("twice", statement)
        return several and is_lost(statement, seen.event.key[2])

    def earlier(self, run: Rehearsal, fault: Fault, corrections: Any, done: Any) -> Fault | None:
        """The line before a line at fault that is at fault in its place: one that it reads, if that mends more.

        A name that is sure of what it holds, and holds it, is not to blame.
        """
        if fault.way not in ("untold", "another", "update") or not fault.expected:
            return None
        best, most = None, 0.5
        for seen in self.sources(run, fault.seen):
            held = {each.name for each in seen.sightings}
            if seen.event.key in done or seen.event.fresh or (seen.sure and seen.expected in held):
                continue
            if not held and seen.event.path == fault.seen.event.path and is_array(seen.event.value):
                first = self.first_of(seen, fault, corrections)
                if first is not None:
                    return first
            named = not held and fault.way == "untold" and kind_of(seen.expected) in ERRORS
            if not named and not any(kind_of(name) in ERRORS for name in held) and (held or fault.way != "update"):
                continue
            if named:
                seen = run.last[seen.event.path]  # filled, and not only begun
            signs = ("", "-") if fault.way == "update" else ("",)
            here = self.worth_with(fault.seen, fault.expected, corrections, seen)
            for name in [seen.expected] if named else self.candidates(run, seen):
                if kind_of(name) in ERRORS and name not in held:
                    for scaled in (f"{sign}{each}" for each in self.scalings(name) for sign in signs):
                        worth = self.worth_with(seen, scaled, corrections, seen) - here
                        if worth > most + 1e-9:
                            best, most = Fault("another", seen, scaled, next(iter(seen.sightings), None)), worth
        return best

    def copied(self, run: Rehearsal, fault: Fault) -> Fault:
        """The fault at the line that made a number, where one only puts it into an array: Z[i, j] = total."""
        statement = fault.seen.event.statement
        if fault.way != "untold" or not isinstance(statement, sx.Assignment) or statement.sign:
            return fault
        name, into = statement.value, any(isinstance(each, sx.Index) for each in statement.targets)
        made = [each for each in self.sources(run, fault.seen) if into and written(name) == each.event.path]
        own = made and isinstance(name, sx.Word) and not made[-1].told and made[-1].event.line != fault.seen.event.line
        return replace(fault, source=made[-1]) if own else fault

    def first_of(self, seen: Seen, fault: Fault, corrections: Any) -> Fault | None:
        """The step before, of the same name, if it is there that the name stops to hold what it should."""
        here = self.worth_with(fault.seen, fault.expected, corrections, seen)
        for name in self.scalings(parted(fault.expected)[1]):
            if self.worth_with(seen, name, corrections, seen) > here + 0.5:
                return Fault("untold", seen, name)
        return None

    def failure(self, run: Rehearsal, seen: Seen, corrections: Any) -> Fault | None:
        trouble = seen.event.trouble
        assert trouble is not None
        if trouble.key == "early":
            return None
        expected = seen.expected
        if expected[:1] in PARAMETERS:
            expected = f"updated {expected}"
        elif expected and seen.sure:
            expected, _gain = self.best_of(run, seen, self.scalings(expected), corrections)
        else:
            likely = self.held_later(run, seen) if trouble.key in SHAPELY else ()
            best, most = self.best_of(run, seen, likely, corrections)
            expected = best if most > 0.5 else expected
        return Fault("failed", seen, expected)

    def held_later(self, run: Rehearsal, seen: Seen) -> Iterator[str]:
        """What a line that failed may stand for where its name is not sure of it: an error first, then a value."""
        if not isinstance(seen.event.statement, sx.Assignment):
            return
        likely = [seen.expected] if seen.expected else []
        errors = [name for name in run.world.arrays if kind_of(name) in ERRORS]
        for name in dict.fromkeys([*likely, *errors]):
            yield from self.scalings(name)
        yield from (name for name in run.world.arrays if kind_of(name) in ("A", "Z"))

    def known(self, run: Rehearsal, seen: Seen, own: Sighting, corrections: Any) -> Fault | None:
        """What a line's name says it holds, but for a factor or a transpose."""
        kind = kind_of(own.name)
        if not own.exact and not seen.sure and seen.sightings[0].exact:
            return None
        if not own.exact:
            return self.scaled(run, seen, own)
        if own.sample is not None and kind in GRADIENTS and run.world.m > 1 and self.is_last(run, seen, own):
            return Fault("last", seen, own.name)
        if kind == "cost" or not seen.sure:
            return None
        if kind in SAMPLED and seen.sure and reads_itself(seen.event.statement) and run.first[seen.event.path] is seen:
            return Fault("unmade", seen, own.name)
        if own.sample is None and self.lies_across(run, seen):
            return Fault("turned", seen, own.name, own)
        if run.upright(own):
            return Fault("flat", seen, f"column {own.name}") if self.is_flat(run, seen) else None
        if kind == "dW":
            return Fault("turned", seen, own.name, own)
        lost = kind in SAMPLED and own.sample is None and not run.readers.get(seen.event.number)
        gained = lost or self.gain(run, seen, own.name, corrections) > 0
        return Fault("turned", seen, own.name, own) if gained else None

    def another(self, run: Rehearsal, seen: Seen, corrections: Any) -> Fault | None:
        """A line that holds a quantity, but not the one that its name says."""
        first = seen.sightings[0]
        if seen.expected:
            best, most = self.best_of(run, seen, self.scalings(seen.expected), corrections)
            if most > 0:
                return Fault("another", seen, best, first)
            if self.is_misnamed(run, seen, first):
                return Fault("another", seen, seen.expected, first)
        if not first.exact:
            return self.scaled(run, seen, first)
        return None

    def untold(self, run: Rehearsal, seen: Seen, corrections: Any) -> Fault | None:
        """A line that holds nothing of the network."""
        if self.goes_on_filling(run, seen) or self.is_entry(run, seen):
            return None
        readers = [
            each for each in run.readers.get(seen.event.number, []) if each is not seen and is_value(each.event.value)
        ]
        if readers and all(each.told for each in readers):
            return None
        if seen.expected and self.grows(run, seen):
            return None
        if seen.expected:
            best, most = self.best_of(run, seen, self.scalings(seen.expected), corrections)
            honest = any(each.told for each in run.below(seen))
            if most > 0 or (seen.sure and not honest):
                return Fault("untold", seen, best)
            return None
        if not readers:
            due = self.due_by_fellows(run, seen) or self.due_by_error(run, seen)
            return Fault("untold", seen, due) if due else None
        names = list(self.candidates(run, seen)) if is_array(seen.event.value) else []
        if seen.kind in GRADIENTS and seen.kind not in {kind_of(name) for name in names}:
            names += [name for name in run.world.arrays if kind_of(name) == seen.kind]
        best, most = self.best_of(run, seen, names, corrections)
        if most <= 0.5 or any(self.mends(run, each, seen, best, corrections) for each in readers):
            return None
        return Fault("untold", seen, best)

    def goes_on_filling(self, run: Rehearsal, seen: Seen) -> bool:
        """Whether the same line goes on to put more into the same array."""
        next_ones = (each.event for each in run.readers.get(seen.event.number, ()))
        return any(each.before == seen.event.number and each.line == seen.event.line for each in next_ones)

    def is_entry(self, run: Rehearsal, seen: Seen) -> bool:
        """Whether this is one number, and its name's not sure to be an array's: t, which may be the labels."""
        due = run.world.arrays.get(seen.expected)
        return due is not None and not seen.sure and np.size(seen.event.value) == 1 < np.size(due)

    def grows(self, run: Rehearsal, seen: Seen) -> bool:
        """Whether an array is only being filled, entry by entry, and holds in the end what it should."""
        if seen.event.before is None and not run.readers.get(seen.event.number):
            return False
        last = run.last.get(seen.event.path)
        filled = last is not None and last is not seen and last.sighting_of(seen.expected) is not None
        return filled and last in run.below(seen)

    def mends(self, run: Rehearsal, reader: Seen, seen: Seen, name: str, corrections: Any) -> bool:
        """Whether a later line with a name of its own is as likely to be the one at fault."""
        if not reader.expected or reader.told or reader.failed or not run.final(reader):
            return False
        there = self.worth_with(reader, reader.expected, corrections, seen)
        return there >= self.worth_with(seen, name, corrections, reader) - 0.5


def cost_of(result: tuple[float, Findings]) -> float:
    return result[0]
