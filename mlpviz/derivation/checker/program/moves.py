"""Lines that give a weight or bias anew: each should be a step downhill along the gradient."""

from __future__ import annotations

import numpy as np

from ..reading import syntax as sx
from .facts import called_name, gives_itself
from .faults import Fault
from .fellows import Fellows
from .limits import ERRORS, GRADIENTS
from .multiples import is_in
from .runs import Rehearsal, Seen, squeezed
from .things import is_array
from .worlds import kind_of

STEPS = frozenset("assign_sub assign_add sub_ add_".split())
"""The calls that move an array where it stands."""


class Moves(Fellows):
    """What is wrong with an update, if anything."""

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
        known = (*others, run.world.eta, *self.program.written_rates)
        return "update" if by_chance and not is_in(step, known) and self.whole_step(run, -step) else ""

    def is_step(self, seen: Seen) -> bool:
        """Whether a line adds to a weight or takes from it: W -= …, W = W - …"""
        statement = seen.event.statement
        if not isinstance(statement, sx.Assignment) or statement.sign in ("+", "-"):
            return isinstance(statement, sx.Assignment)
        value = statement.value
        if isinstance(value, sx.Call) and called_name(value) in STEPS:
            return True
        moved = isinstance(value, sx.Operation) and value.sign in ("+", "-")
        return moved and any(each in statement.targets for each in sx.parts(value))

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
