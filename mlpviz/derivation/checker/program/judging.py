"""Which lines of a program are wrong, each once: after a wrong line the program goes on with what its name should hold.

What a line should hold is told by its name, and where that says nothing by what the later lines make of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from ...notation import Notation
from ..reading import syntax as sx
from .facts import gives_itself, has_sum, reads_itself
from .faults import Fault, Findings
from .limits import ALIKE, ERRORS, GRADIENTS, MOST_FAULTS, MOST_STEPS, SAMPLED
from .multiples import Multiples, is_in
from .runs import PARAMETERS, Rehearsal, Seen, is_value, parted, squeezed
from .stances import Stance, families
from .telling import Sighting
from .things import is_array
from .troubles import MOST_ENTRIES, SHAPELY
from .worlds import kind_of


@dataclass
class Judge(Multiples):
    """Judges one program for one architecture."""

    result: Findings = field(init=False)

    def __post_init__(self) -> None:
        results: list[tuple[float, Findings]] = []
        for place, family in enumerate(self.families()):
            if results and self.strangeness(place, family[0]) > min(results, key=cost_of)[0] + 1:
                continue  # not even without a fault would it be likelier
            self.begun = self.steps
            result = self.best_result(family)
            results.append((result.cost + self.strangeness(place, family[0]) - 0.01 * result.told, result))
            if self.steps > MOST_STEPS or not self.goes_on(place, result):
                break
        self.result = min(results, key=cost_of)[1]
        self.stance = self.result.run.stance

    def goes_on(self, place: int, result: Findings) -> bool:
        """Whether networks of another size are tried: they must have something to gain."""
        one_output = place == 0 and self.architecture.widths[-1] == 1
        return one_output or result.cost > (0.5 if self.one_sample else 1.5)

    def strangeness(self, place: int, stance: Stance) -> float:
        """How much is to be gained before a program is taken for one of another size; what it tells counts, too."""
        if place == 0:
            return 0.0
        if stance.extent.one_output or stance.extent.own_widths:
            return 0.005 if stance.extent.one_output else 1.5
        return 0.5 if self.one_sample else 6.0 if self.program.is_for_batches else 2.0

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
        if self.architecture.parameter_count > MOST_ENTRIES:
            return [each for each in found if not each[0].extent.own_widths]
        same = next(each for each in found if each[0].extent.own_widths)
        sizes = [n for n in self.program.written_sizes if n in self.architecture.widths]
        first = same if len(sizes) > 2 else found[0]
        return [first, *(each for each in found if each is not first)]

    # runs

    def best_result(self, family: Sequence[Stance]) -> Findings:
        """The faults in the way of seeing the network in which most is told, or in the next if it has fewer."""
        results = []
        for stance in self.likeliest(family)[:2]:
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
            fault = self.earlier(run, fault, corrections, done) or fault
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

    def stays_empty(self, run: Rehearsal, seen: Seen) -> bool:
        """Whether a gradient is made of zeros into which nothing is put, where others are computed."""
        if not seen.sure or kind_of(seen.expected) not in GRADIENTS or not is_array(seen.event.value):
            return False
        same = [each for each in run.seen if each.event.path == seen.event.path]
        told = (each for each in run.seen if each.kind in GRADIENTS and each.told)
        return all(each.event.fresh for each in same) and not np.any(seen.event.value) and any(told)

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
            if not any(kind_of(name) in ERRORS for name in held) and (held or fault.way != "update"):
                continue
            signs = ("", "-") if fault.way == "update" else ("",)
            here = self.worth_with(fault.seen, fault.expected, corrections, seen)
            for name in self.candidates(run, seen):
                if kind_of(name) in ERRORS and name not in held:
                    for scaled in (f"{sign}{each}" for each in self.scalings(name) for sign in signs):
                        worth = self.worth_with(seen, scaled, corrections, seen) - here
                        if worth > most + 1e-9:
                            best, most = Fault("another", seen, scaled, next(iter(seen.sightings), None)), worth
        return best

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

    def parameter(self, run: Rehearsal, seen: Seen) -> Fault | None:
        """A weight or bias that is given anew: it should have gone downhill."""
        name, value = seen.expected, seen.event.value
        if seen.coefficient is not None:
            way = self.way_of_step(run, seen)
            return Fault(way, seen, f"updated {name}") if way else None
        if any(sighting.name == f"d{name}" for sighting in seen.sightings):
            return Fault("alone", seen, f"updated {name}")
        if seen.sightings:
            return self.standing(run, seen)
        if not is_array(value) or not (self.is_step(seen) or self.after_gradients(run, seen)):
            return None
        own = run.world.arrays[name]
        if squeezed(value) not in (squeezed(own), squeezed(own)[::-1]):
            return Fault("spread", seen, f"updated {name}")
        shaped = value.reshape(own.shape) if squeezed(value) == squeezed(own) else value.T.reshape(own.shape)
        downhill = float(((shaped - own) * run.world.arrays[f"d{name}"]).sum()) < 0
        kept = any(self.keeps(run, each) for each in self.sources(run, seen))
        return None if downhill and kept else Fault("update", seen, f"updated {name}")

    def standing(self, run: Rehearsal, seen: Seen) -> Fault | None:
        """A weight or bias that is one of the network: the one that its name says, and not by a step to nowhere."""
        first = seen.sightings[0]
        if seen.sighting_of(seen.expected) and (self.is_step(seen) or gives_itself(seen.event.statement)):
            return Fault("idle", seen, f"updated {seen.expected}")
        return Fault("another", seen, seen.expected, first) if self.is_misnamed(run, seen, first) else None

    def way_of_step(self, run: Rehearsal, seen: Seen) -> str:
        """What is wrong with a step along a gradient beside the program's other steps; "" for nothing."""
        step = -(seen.coefficient or 0.0)
        others = [-each.coefficient for each in run.seen if each.coefficient is not None and each is not seen]
        if step < 0:
            return "ascent"
        if is_in(step, (1,)):
            return "unrated" if any(each > 0 and not is_in(each, (1,)) for each in others) else ""
        by_chance = np.size(seen.event.value) == 1 and others  # any change of one number is along its gradient
        known = (*others, run.world.eta, *self.program.written_numbers)
        return "update" if by_chance and not is_in(step, known) and self.whole_step(run, -step) else ""

    def is_step(self, seen: Seen) -> bool:
        """Whether a line adds to a weight or takes from it."""
        statement = seen.event.statement
        return isinstance(statement, sx.Assignment) and statement.sign in ("+", "-")

    def keeps(self, run: Rehearsal, seen: Seen) -> bool:
        """Whether a line makes something of its own of a gradient, as a velocity is: it need not be told."""
        return not seen.told and is_array(seen.event.value) and self.reads_gradient(run, seen)

    def reads_gradient(self, run: Rehearsal, seen: Seen) -> bool:
        """Whether a line reads a gradient: one of the program, or one that the network has lent it."""
        told = (each for _span, value in seen.event.operands for each in run.teller.sightings(value)[:1])
        return any(map(self.is_gradient, self.sources(run, seen))) or any(
            kind_of(each.name) in GRADIENTS for each in told
        )

    def after_gradients(self, run: Rehearsal, seen: Seen) -> bool:
        """Whether a line uses something of the backward pass."""
        backward = (*ERRORS, *GRADIENTS)
        kinds = {
            kind_of(name)
            for each in self.sources(run, seen)
            for name in (each.expected, *(s.name for s in each.sightings))
        }
        return any(kind in backward for kind in kinds) or self.reads_gradient(run, seen)

    def known(self, run: Rehearsal, seen: Seen, own: Sighting, corrections: Any) -> Fault | None:
        """What a line's name says it holds, but for a factor or a transpose."""
        kind = kind_of(own.name)
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
            return Fault("flat", seen, own.name) if self.is_flat(run, seen) else None
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

    def is_flat(self, run: Rehearsal, seen: Seen) -> bool:
        """Whether a bias's gradient has one axis where samples lie in columns, and so does not fit its bias."""
        value, stance = seen.event.value, self.stance
        if kind_of(seen.expected) != "db" or not stance.columns or stance.flat != "none" or np.ndim(value) != 1:
            return False
        bias = seen.expected[1:]
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

    def untold(self, run: Rehearsal, seen: Seen, corrections: Any) -> Fault | None:
        """A line that holds nothing of the network."""
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
            return None
        names = list(self.candidates(run, seen)) if is_array(seen.event.value) else []
        if seen.kind in GRADIENTS and seen.kind not in {kind_of(name) for name in names}:
            names += [name for name in run.world.arrays if kind_of(name) == seen.kind]
        best, most = self.best_of(run, seen, names, corrections)
        if most <= 0.5 or any(self.mends(run, each, seen, best, corrections) for each in readers):
            return None
        return Fault("untold", seen, best)

    def grows(self, run: Rehearsal, seen: Seen) -> bool:
        """Whether an array is only being filled, entry by entry, and holds in the end what it should."""
        if seen.event.before is None and not run.readers.get(seen.event.number):
            return False
        last = run.last.get(seen.event.path)
        return last is not None and last is not seen and last.sighting_of(seen.expected) is not None

    def mends(self, run: Rehearsal, reader: Seen, seen: Seen, name: str, corrections: Any) -> bool:
        """Whether a later line with a name of its own is as likely to be the one at fault."""
        if not reader.expected or reader.told or reader.failed or not run.final(reader):
            return False
        there = self.worth_with(reader, reader.expected, corrections, seen)
        return there >= self.worth_with(seen, name, corrections, reader) - 0.5


def cost_of(result: tuple[float, Findings]) -> float:
    return result[0]


def place(seen: Seen) -> tuple[str, int]:
    """A name of a program and the line that gives it its value."""
    return seen.event.path, seen.event.line


def owner(seen: Seen) -> str:
    """What a name is an entry of: grads of grads['dW2']; nothing for a plain name."""
    return seen.event.path.rpartition("[")[0]


def with_notation(notation: Notation, stance: Stance) -> Notation:
    return replace(notation, orientation=stance.orientation, weights=stance.weights)
