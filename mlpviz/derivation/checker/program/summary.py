"""From a judged program to its report: names of each pass, verdicts of lines, what is computed and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from ....maths.messages import N_, Message, verbatim
from ..reading import syntax as sx
from .judging import Fault, Judge
from .report import ProgramReport, ReportLine
from .runs import Run, Seen, squeezed
from .telling import Sighting
from .things import is_array, is_number

SENTENCES = {
    "right": N_("This is {name}."),
    "other": N_("Something of its own."),
    "wrong": N_("This is not {expected}."),
    "idle": N_("Computes nothing."),
}


class Names:
    """What each event holds, in the reader's notation, agreed on by all runs."""

    def __init__(self, judge: Judge, runs: Sequence[Run]) -> None:
        self.judge, self.runs = judge, runs
        first, *others = runs
        self.agreed = {seen.event.key: self.of(first, seen) for seen in first.seen}
        for run in others:
            told = {seen.event.key: self.all_of(run, seen) for seen in run.seen}
            for key, name in self.agreed.items():
                if name and key in told and name not in told[key]:
                    self.agreed[key] = next((n for n in self.every[key] if n in told[key]), "")

    @property
    def every(self) -> dict[tuple[int, int, int], list[str]]:
        first = self.runs[0]
        return {seen.event.key: self.all_of(first, seen) for seen in first.seen}

    def all_of(self, run: Run, seen: Seen) -> list[str]:
        if seen.coefficient is not None:
            return [self.updated(run, seen)]
        ordered = sorted(seen.sightings, key=lambda each: each.name != seen.expected)
        found = [self.text(run, each) for each in ordered]
        if not found and is_number(seen.event.value):
            found = self.of_number(run, seen.event.value)
        return found

    def of(self, run: Run, seen: Seen) -> str:
        return next(iter(self.all_of(run, seen)), "")

    def of_number(self, run: Run, value: Any) -> list[str]:
        world = run.world
        if not isinstance(value, int | np.integer | float) or isinstance(value, bool) or float(value) != int(value):
            return []
        return ["m"] * (int(value) == world.m) + ["n"] * (int(value) == world.architecture.widths[-1])

    def updated(self, run: Run, seen: Seen) -> str:
        """W[1] - eta*dW[1], as the coefficient says."""
        name, c = seen.expected, seen.coefficient or 0.0
        factor = run.teller.factors.find(abs(c))
        sign = "-" if c < 0 else "+"
        return f"{name} {sign} {factor.write(f'd{name}')}" if factor is not None else f"{name} {sign} c*d{name}"

    def text(self, run: Run, sighting: Sighting) -> str:
        """The canonical name; transposed where the reader's notation has it otherwise."""
        known = run.world.arrays.get(sighting.name)
        kind = sighting.name.split("[")[0]
        own = self.judge.notation
        lies = (own.weights == "in_out") if kind in ("W", "dW", "dW without l2") else own.orientation == "columns"
        plain = known is None or np.ndim(known) < 2 or 1 in np.shape(known) or sighting.sample is not None
        turned = not plain and sighting.turned != lies
        name = {"A[0]": "X"}.get(sighting.name, sighting.name)
        name = f"({name})" if " - " in name and sighting.factor.value != 1 else name
        return sighting.factor.write(name + (".T" if turned else ""))


def summarized(judge: Judge) -> ProgramReport:
    """The report on a program."""
    faults, corrections, run = judge.faults()
    others = [judge.run(corrections, world) for world in judge.worlds(judge.stance)[1:]]
    names = Names(judge, [run, *others])
    by_line: dict[int, list[Fault]] = {}
    for fault in faults:
        by_line.setdefault(fault.seen.event.line, []).append(fault)
    lines = tuple(line_of(judge, run, names, each, by_line.get(each.number, [])) for each in judge.program.listing.lines)
    kind = next((line.kind for line in lines if line.kind in ("wrong", "shape")), "")
    if not kind:
        kind = "refused" if lines and all(line.kind == "refused" for line in lines) else "right"
    return ProgramReport(kind, verbatim(kind), lines, dialect=judge.program.listing.language.name)


def line_of(judge: Judge, run: Run, names: Names, line: Any, faults: list[Fault]) -> ReportLine:
    seen = [each for each in run.seen if each.event.line == line.number]
    name = joined(names.agreed[each.event.key] for each in seen)
    if faults:
        expected = joined(fault.expected for fault in faults)
        kind = next((fault.kind for fault in faults if fault.kind == "shape"), faults[0].kind)
        return ReportLine(line.number, line.typed, kind, name, Message(SENTENCES["wrong"], expected=expected), expected=expected)
    unread = unreadable(judge.program.listing.statements, line.number)
    if unread is not None:
        return ReportLine(line.number, line.typed, "refused", "", verbatim(str(unread.reason)))
    trouble = run.trouble(line.number)
    if trouble is not None and trouble.key != "early":
        return ReportLine(line.number, line.typed, "refused", name, trouble.message)
    if name:
        return ReportLine(line.number, line.typed, "right", name, Message(SENTENCES["right"], name=name))
    return ReportLine(line.number, line.typed, "other", "", Message(SENTENCES["other"]))


def joined(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(name for name in names if name))


def unreadable(statements: Sequence[sx.Statement], number: int) -> sx.Unreadable | None:
    for statement in statements:
        for node in sx.walked(statement):
            if isinstance(node, sx.Unreadable) and node.line == number:
                return node
    return None


__all__ = ["is_array", "squeezed", "summarized"]
