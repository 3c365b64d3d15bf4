"""From a judged program to its report: names of each pass, verdicts of lines, what is computed and what is missing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from typing import Any

import numpy as np

from ....maths.messages import N_, Message, verbatim
from ..reading import syntax as sx
from .explaining import explained
from .judging import Fault, Judge
from .report import ProgramReport, ReportLine
from .runs import Rehearsal, Seen, squeezed
from .telling import Sighting
from .things import is_array, is_number

SENTENCES = {
    "right": N_("This is {name}."),
    "other": N_("Something of its own."),
    "wrong": N_("This is not {expected}."),
    "idle": N_("Computes nothing."),
}


class Names:
    """What each event holds, in the reader's notation, as all runs agree."""

    def __init__(self, judge: Judge, runs: Sequence[Rehearsal]) -> None:
        self.judge, self.runs = judge, runs
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
        last = [each for each in seen if run.final(each)]
        return [name for each in last or seen if (name := self.of(run, each))]

    def all_of(self, run: Rehearsal, seen: Seen) -> list[str]:
        if seen.coefficient is not None:
            return [self.updated(run, seen)]
        ordered = sorted(seen.sightings, key=lambda each: (each.name != seen.expected, order_of(each, seen.sightings)))
        found = [self.text(run, each) for each in ordered]
        if isinstance(seen.event.value, list | tuple):
            parts = [run.teller.sightings(each)[:1] for each in seen.event.value]
            found = ["; ".join(self.text(run, part[0]) for part in parts)] if parts and all(parts) else []
        if not found and is_number(seen.event.value):
            found = self.of_number(run, seen.event.value)
        return found

    def of(self, run: Rehearsal, seen: Seen) -> str:
        common = self.common[seen.event.line, seen.event.key[2]]
        return next((name for name in self.all_of(run, seen) if name in common), "")

    def of_number(self, run: Rehearsal, value: Any) -> list[str]:
        world = run.world
        if isinstance(value, bool | np.bool_) or not np.isfinite(value) or float(value) != int(value):
            return []
        return ["m"] * (int(value) == world.m) + ["n"] * (int(value) == world.architecture.widths[-1])

    def updated(self, run: Rehearsal, seen: Seen) -> str:
        """W[1] - eta*dW[1], as the coefficient says."""
        name, c = seen.expected, seen.coefficient or 0.0
        factor = run.teller.factors.find(abs(c))
        sign = "-" if c < 0 else "+"
        return f"{name} {sign} {factor.write(f'd{name}')}" if factor is not None else f"{name} {sign} c*d{name}"

    def text(self, run: Rehearsal, sighting: Sighting) -> str:
        """The canonical name; transposed where the reader's notation has it otherwise."""
        known = run.world.arrays.get(sighting.name)
        kind = sighting.name.split("[")[0]
        own = self.judge.notation
        lies = (own.weights == "in_out") if kind in ("W", "dW", "bare dW") else own.orientation == "columns"
        plain = known is None or np.ndim(known) < 2 or 1 in np.shape(known) or sighting.sample is not None
        turned = not plain and sighting.turned != lies
        return sighting.factor.write(self.called(sighting) + (".T" if turned else ""))

    def called(self, sighting: Sighting) -> str:
        """The name of a quantity; of a difference in brackets where something stands before it."""
        name = sighting.name
        if name.startswith("bare dW"):
            name = f"{name[5:]} - l2*W{name[7:]}"
        name = {"A[0]": "X"}.get(name, name)
        return f"({name})" if " - " in name and sighting.factor.value != 1 else name


def order_of(sighting: Sighting, others: Sequence[Sighting]) -> int:
    """An output's distance from its label is told as δ where it is one, and else as what it is."""
    kinds = {each.name.split("[")[0] for each in others}
    if " - Y" in sighting.name:
        return 0 if "delta" not in kinds else 2
    return 1 if sighting.name.startswith("dA") and any(" - Y" in each.name for each in others) else 0


def summarized(judge: Judge) -> ProgramReport:
    """The report on a program."""
    faults, corrections, run = judge.result.faults, judge.result.corrections, judge.result.run
    again = () if judge.tired else judge.worlds(judge.stance)[1:]
    others = [judge.run(corrections, world) for world in again]
    names = Names(judge, [run, *others])
    by_line: dict[int, list[Fault]] = {}
    for fault in faults:
        by_line.setdefault(fault.seen.event.line, []).append(fault)
    lines = tuple(
        line_of(judge, run, names, each, by_line.get(each.number, [])) for each in judge.program.listing.lines
    )
    kind = next((line.kind for line in lines if line.kind in ("wrong", "shape")), "")
    if not kind:
        kind = "refused" if lines and all(line.kind == "refused" for line in lines) else "right"
    return ProgramReport(kind, verbatim(kind), lines, dialect=judge.program.listing.language.name)


def line_of(judge: Judge, run: Rehearsal, names: Names, line: Any, faults: list[Fault]) -> ReportLine:
    name = joined(names.of_line(line.number))
    if faults:
        expected = joined(fault.expected for fault in faults)
        kind = next((fault.kind for fault in faults if fault.kind == "shape"), faults[0].kind)
        why = explained(judge, faults[0])
        message = sentences(why.messages) if why.messages else Message(SENTENCES["wrong"], expected=expected)
        return ReportLine(line.number, line.typed, kind, name, message, why.verdict, expected=expected)
    unread = unreadable(judge.program.listing.statements, line.number)
    if unread is not None:
        return ReportLine(line.number, line.typed, "refused", "", verbatim(str(unread.reason)))
    trouble = run.trouble(line.number)
    if trouble is not None and trouble.key != "early":
        return ReportLine(line.number, line.typed, "refused", name, trouble.message)
    if name:
        return ReportLine(line.number, line.typed, "right", name, Message(SENTENCES["right"], name=name))
    return ReportLine(line.number, line.typed, "other", "", Message(SENTENCES["other"]))


def sentences(messages: Sequence[Message]) -> Message:
    """Several sentences as one message."""
    return reduce(lambda before, after: Message("{before} {after}", before=before, after=after), messages)


def joined(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(name for name in names if name))


def unreadable(statements: Sequence[sx.Statement], number: int) -> sx.Unreadable | None:
    for statement in statements:
        for node in sx.walked(statement):
            if isinstance(node, sx.Unreadable) and node.line == number:
                return node
    return None


__all__ = ["is_array", "squeezed", "summarized"]
