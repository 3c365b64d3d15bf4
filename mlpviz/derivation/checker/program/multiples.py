"""Lines that hold a quantity times a factor: right where the factor is made good later on."""

from __future__ import annotations

from collections.abc import Iterable

from ..reading import syntax as sx
from .faults import Fault
from .limits import ERRORS, GRADIENTS
from .runs import PARAMETERS, Rehearsal, Seen
from .telling import Sighting
from .trying import Trials
from .worlds import kind_of


class Multiples(Trials):
    """Whether the factor of a quantity is as it should be in the end."""

    def is_last(self, run: Rehearsal, seen: Seen, own: Sighting) -> bool:
        """Whether a share of one sample is all that is left of a gradient in the end."""
        same = [each for each in run.seen if (each.event.path, each.event.line) == (seen.event.path, seen.event.line)]
        whole = any(each.sample is None for other in run.seen for each in other.sightings if each.name == own.name)
        shares = {other.sample for other in same}
        return len(same) > 1 and same[-1] is seen and not whole and len(self.steps_after(run, same)) < len(shares)

    def steps_after(self, run: Rehearsal, passes: list[Seen]) -> set[int]:
        """The updates that come of the passes of a line, by number: one for each sample is descent by samples."""
        return {
            each.event.number
            for one in passes
            for each in run.readers.get(one.event.number, [])
            if each.expected[:1] in PARAMETERS
        }

    def scaled(self, run: Rehearsal, seen: Seen, own: Sighting) -> Fault | None:
        """A quantity times a factor: right if that is made good later on."""
        kind, fault = kind_of(own.name), Fault("factor", seen, self.due(own), own)
        below = run.below(seen)
        if kind in GRADIENTS and seen.kind not in GRADIENTS and self.named_later(own, below):
            return None
        if kind in GRADIENTS:
            return None if self.settled(run, seen, own, below) else fault
        if kind in ERRORS:
            results = [each for each in below if self.is_gradient(each)]
            good = any(self.is_exact(run, each, own) for each in results)
            brought = any(
                s.factor.value == own.factor.value for each in self.sources(run, seen) for s in each.sightings
            )
            later = own.factor.before == "m*" and not own.factor.after and not any(map(self.is_gradient, run.seen))
            return None if good or brought or later or (not results and seen.expected != own.name) else fault
        if kind in ("cost", "losses"):
            return fault if self.is_reported(run, seen) else None
        return fault if seen.sure else None

    def is_reported(self, run: Rehearsal, seen: Seen) -> bool:
        """Whether a line gives the cost that a program ends with; one that adds up may be divided where it is shown."""
        added = isinstance(seen.event.statement, sx.Assignment) and seen.event.statement.sign
        return seen.expected == "cost" and not added and not run.readers.get(seen.event.number)

    def named_later(self, own: Sighting, below: list[Seen]) -> bool:
        """Whether a later line holds the same under a name that says it: that one is judged."""
        return any(each.sure and each.sighting_of(own.name) is not None for each in below)

    def due(self, own: Sighting) -> str:
        """What a line with a wrong factor should hold: an error may be times m, if it is but for a sign."""
        by_m = dict(own.factor.powers).get("m") == 1 and own.factor.value < 0
        scaled = by_m and kind_of(own.name) in ERRORS and self.architecture.reduction != "sum"
        return f"m*{own.name}" if scaled else own.name

    def settled(self, run: Rehearsal, seen: Seen, own: Sighting, below: list[Seen]) -> bool:
        """Whether a gradient with a factor is used as it should be: the step along it is −η times the gradient."""
        updates = [each for each in below if each.coefficient is not None]
        exact = any(each.sighting_of(own.name) is not None and each.sighting_of(own.name).exact for each in below)  # type: ignore[union-attr]
        if not updates:
            return exact or ({name for name, _power in own.factor.powers} == {"eta"} and own.factor.value > 0)
        of = own if seen.kind in GRADIENTS else None  # a step of another name has its rate in it
        return exact or any(self.whole_step(run, each.coefficient, of) for each in updates)

    def whole_step(self, run: Rehearsal, coefficient: float | None, of: Sighting | None = None) -> bool:
        """Whether a step is −η or −1 times the gradient, or by a number that is no size of the network.

        A number that the program writes out is its rate even if it is a size or 2, unless the quantity that the step
        comes of is doubled or halved itself.
        """
        assert coefficient is not None
        if is_in(-coefficient, self.program.written_rates) and not (of and of.factor.doubles):
            return True
        if coefficient >= 0 or self.is_scaled_rate(run, -coefficient):
            return False
        factor = run.teller.factors.find(coefficient)
        return factor is None or (
            all(name == "eta" for name, _power in factor.powers)
            and abs(abs(factor.value) / (run.world.eta if factor.powers else 1) - 1) < 1e-9
        )

    def is_scaled_rate(self, run: Rehearsal, coefficient: float) -> bool:
        """Whether a step is a number that the program writes out times a size of the network, or 2."""
        written = self.program.written_numbers
        if is_in(coefficient, (1, run.world.eta, *written)):
            return False
        own = (1, run.world.eta, *written)
        scales = (each for each in run.teller.factors.values if each not in own)
        return any(is_in(coefficient / each, written) for each in scales if each > 0)

    def is_gradient(self, seen: Seen) -> bool:
        return seen.coefficient is not None or any(kind_of(each.name) in GRADIENTS for each in seen.sightings)

    def is_exact(self, run: Rehearsal, seen: Seen, of: Sighting) -> bool:
        if seen.coefficient is not None:
            return self.whole_step(run, seen.coefficient, of)
        return any(each.exact and kind_of(each.name) in GRADIENTS for each in seen.sightings)


def is_in(value: float, numbers: Iterable[float]) -> bool:
    return any(abs(value - each) <= 1e-9 * abs(each) for each in numbers)
