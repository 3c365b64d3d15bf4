"""Runs of a program that try what a line should have given: the more of the later lines is told, the likelier it is."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from ....maths.architecture import Architecture
from ...notation import Notation
from .limits import ERRORS, GRADIENTS, GUESSED, LONG_RUN, MOST_STEPS, MOST_STEPS_IN_FAMILY, MOST_TRIALS, NEAR
from .runs import Rehearsal, Seen, parted, squeezed
from .source import Source
from .stage import Stage
from .stances import Stance
from .telling import Teller
from .troubles import MOST_STATEMENTS
from .worlds import World, kind_of, worlds


@dataclass
class Trials:
    """The runs of one program for one architecture."""

    program: Source
    architecture: Architecture
    notation: Notation
    one_sample: bool = False
    stance: Stance = field(init=False)
    tellers: dict[int, Teller] = field(default_factory=dict)
    stages: dict[tuple[int, Stance], Stage] = field(default_factory=dict)
    trials: int = 0
    steps: int = 0
    begun: int = 0

    def run(
        self, corrections: Any, world: World | None = None, stance: Stance | None = None, light: bool = False
    ) -> Rehearsal:
        stance = stance or self.stance
        world = world or self.worlds(stance)[0]
        teller = self.tellers.get(id(world))
        if teller is None:
            teller = self.tellers[id(world)] = Teller(world)
        stage = self.stages.get((id(world), stance))
        if stage is None:
            stage = self.stages[id(world), stance] = self.program.stage(world, stance, self.architecture.widths[-1])
        made = Rehearsal(self.program, stage, teller, corrections, light)
        self.steps += MOST_STATEMENTS - max(0, made.machine.budget.statements)
        return made

    @property
    def tired(self) -> bool:
        """Whether the runs together have taken so long that no more are tried."""
        return self.steps > MOST_STEPS or self.steps - self.begun > MOST_STEPS_IN_FAMILY

    def worlds(self, stance: Stance) -> tuple[World, ...]:
        architecture = self.architecture
        if architecture.bias and not self.program.has_biases and not stance.ones:
            architecture = replace(architecture, bias=False)
        return worlds(architecture, replace(stance.extent, small=self.program.goes_through_entries))

    def likeliest(self, family: Sequence[Stance]) -> list[Stance]:
        """The ways of seeing the network, those first in which most lines are told."""
        scores: list[tuple[float, Stance]] = []
        for stance in family:
            run = self.run({}, stance=stance, light=True)
            scores.append((run.score, stance))
            if self.tired or (run.score > 0 and (self.all_told(run) or self.is_good(run))):
                return [stance] if not self.tired else [max(scores, key=lambda each: each[0])[1]]
        best = max(score for score, _stance in scores)
        near = [each for each in scores if each[0] >= best - NEAR * abs(best)]
        return [stance for _score, stance in sorted(near, key=lambda each: -each[0])]

    def all_told(self, run: Rehearsal) -> bool:
        """Whether nothing can be told better: every name holds what it says."""
        ends = {*{(seen.event.path, seen.event.line): seen.event.number for seen in run.seen}.values()}
        return not run.machine.troubles and all(
            seen.event.fresh
            or not seen.expected
            or not run.final(seen)
            or seen.event.number not in ends
            or seen.coefficient is not None
            or any(run.upright(each) for each in seen.sightings if each.name == seen.expected)
            for seen in run.seen
        )

    def is_good(self, run: Rehearsal) -> bool:
        """Whether a long run is told so well that the other ways of seeing the network are not worth their time."""
        if run.machine.troubles or MOST_STATEMENTS - run.machine.budget.statements < LONG_RUN:
            return False
        named = [seen for seen in run.seen if seen.expected and seen.sure and run.final(seen) and not seen.event.fresh]
        good = [seen for seen in named if seen.coefficient or any(map(run.upright, seen.sightings))]
        return 2 * len(good) >= len(named)

    def worth_with(self, seen: Seen, name: str, corrections: Any, apart: Seen) -> float:
        """How much of a program is told if a line gives something else, that line and another apart."""
        self.trials += 1
        if self.trials > MOST_TRIALS or self.tired:
            return -np.inf
        other = self.run(self.with_correction(seen, name, corrections), light=True)
        left_out = {seen.event.line, apart.event.line}
        rest = sum(other.worth(each) for each in other.seen if each.event.line not in left_out)
        return rest - 2 * len({line for line in other.machine.troubles if line not in left_out})

    def with_correction(self, seen: Seen, name: str, corrections: Any) -> Any:
        line, count, place = seen.event.key
        every = None if seen.sample is not None and not self.stance.extent.one_sample else count
        return {**corrections, (line, place): {**corrections.get((line, place), {}), every: name}}

    def sources(self, run: Rehearsal, seen: Seen) -> list[Seen]:
        """What a line reads."""
        return [run.seen[number] for number in sorted(seen.event.reads) if number < len(run.seen)]

    def best_of(self, run: Rehearsal, seen: Seen, names: Iterable[str], corrections: Any) -> tuple[str, float]:
        """Of what a line could be to hold, that by which most later lines are told, and how much more that is."""
        best, most = "", -np.inf
        for name in names:
            gain = self.gain(run, seen, name, corrections)
            if gain > most + 1e-9:
                best, most = name, gain
        return best, most

    def scalings(self, name: str) -> Iterator[str]:
        """A quantity, and what it may be where later lines divide by m, or add the penalty."""
        yield name
        if kind_of(name) in ERRORS | GRADIENTS and self.architecture.reduction != "sum":
            yield f"m*{name}"
        if kind_of(name) == "dW" and self.architecture.l2 and not name.startswith("["):
            yield f"bare {name}"
            if self.architecture.reduction != "sum":
                yield f"m*bare {name}"

    def candidates(self, run: Rehearsal, seen: Seen) -> Iterator[str]:
        """The quantities of the shape of what a line gave."""
        shape = squeezed(seen.event.value)
        for name, array in run.world.arrays.items():
            if kind_of(name) in GUESSED and squeezed(array) in (shape, shape[::-1]):
                yield name

    def gain(self, run: Rehearsal, seen: Seen, name: str, corrections: Any) -> float:
        """How much more of the later lines is told if a line had given this."""
        self.trials += 1
        if self.trials > MOST_TRIALS or self.tired or parted(name)[1] not in run.world.arrays:
            return 0.0
        other = self.run(self.with_correction(seen, name, corrections), light=True)
        return self.later(other, seen) - self.later(run, seen)

    def later(self, run: Rehearsal, seen: Seen) -> float:
        """How much is told of the lines after one."""
        rest = [
            each for each in run.seen if each.event.number > seen.event.number and each.event.line != seen.event.line
        ]
        return sum(run.worth(each) for each in rest) - 2 * len(
            {line for line in run.machine.troubles if line != seen.event.line}
        )
