"""What ``mlpviz.check_formula`` says of the corpus, called by what its signature has."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import mlpviz
from mlpviz.derivation.notation import Notation
from tests.corpus.causes import named
from tests.corpus.line import NETWORKS, Line
from tests.corpus.meaning import judged
from tests.corpus.oracle import random_given

PARAMETERS = inspect.signature(mlpviz.check_formula).parameters
TARGETS_FROM_THE_LEFT = PARAMETERS["target"].default is None
"""Whether a line's left side may say what it should hold; else the corpus says it."""


@dataclass(frozen=True)
class Outcome:
    """What is said of a line."""

    line: Line
    kind: str
    message: str
    causes: tuple[str, ...] = ()

    @property
    def names_its_cause(self) -> bool:
        return self.kind in ("wrong", "shape") and named(self.line.cause, " ".join((self.message, *self.causes)))

    @property
    def agrees(self) -> bool:
        """Whether "wrong" or "shape" is what NumPy says of the line too."""
        return self.kind == judged(self.line)


def outcome(line: Line) -> Outcome:
    """The verdict on a line; what the checker has no way to be told, or raises ValueError for, counts as refused."""
    if line.given and "given" not in PARAMETERS:
        return Outcome(line, "refused", "names of one's own are not taken")
    architecture = mlpviz.Architecture(**vars(NETWORKS[line.network]))
    target = counted_as_shown(line) if line.target or not TARGETS_FROM_THE_LEFT else None
    more = {"given": dict(line.given)} if line.given else {}
    more |= one_sample(line, architecture) if line.single else {}
    try:
        verdict = mlpviz.check_formula(line.text, target, architecture, Notation(**line.switches), **more)
    except ValueError as refusal:
        return Outcome(line, "refused", str(refusal))
    return Outcome(line, verdict.kind, verdict.message, tuple(map(str, verdict.causes)))


def counted_as_shown(line: Line) -> str:
    """What a line should hold, its layer counted as the line's notation does."""
    first = line.switches.get("first_layer", 0)
    return re.sub(r"\d+", lambda layer: str(int(layer[0]) + first), line.about)


def one_sample(line: Line, architecture: mlpviz.Architecture) -> dict[str, Any]:
    numbers = random_given(NETWORKS[line.network], 1, 0)
    parameters = mlpviz.Parameters(architecture)
    for l in range(1, architecture.depth + 1):
        parameters.W[l][...], parameters.b[l][...] = numbers.W[l], numbers.b[l]
    return {"parameters": parameters, "X": numbers.X, "Y": numbers.Y}


@dataclass(frozen=True)
class Tally:
    """How the checker does on some lines."""

    lines: int
    right: int
    accepted: int
    alarms: int
    wrong: int
    missed: int
    read: int
    agreed: int
    named: int

    @property
    def rate(self) -> float:
        """The share of right lines that are judged right."""
        return self.accepted / self.right if self.right else 1.0


def tally(outcomes: Iterable[Outcome]) -> Tally:
    every = list(outcomes)
    right, wrong = ([each for each in every if each.line.right == label] for label in (True, False))
    read = [each for each in wrong if each.kind in ("wrong", "shape")]
    return Tally(
        lines=len(every),
        right=len(right),
        accepted=sum(each.kind == "right" for each in right),
        alarms=sum(each.kind in ("wrong", "shape") for each in right),
        wrong=len(wrong),
        missed=sum(each.kind == "right" for each in wrong),
        read=len(read),
        agreed=sum(each.agrees for each in read),
        named=sum(each.names_its_cause for each in wrong),
    )
