"""Holds check_code against the corpus of whole programs: ``python -m tests.measure.corpus_programs``.

``--list`` prints each line that is not as it should be with its message, ``--program NAME`` one report whole,
``--later`` takes the additions made after the reader was changed too. Where the package has no check_code yet, each
line is given to check_formula alone, asked for what the line should hold, and what is judged right counts as told.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import mlpviz
from mlpviz.derivation.notation import Notation
from tests.corpus.libraries import importable
from tests.corpus.program import Program
from tests.corpus.programs import PROGRAMS, named
from tests.corpus.proof import run
from tests.corpus.telling import subject, told

FAULTY = ("wrong", "shape")


@dataclass(frozen=True)
class Line:
    """What is said of a line."""

    number: int
    kind: str
    name: str
    message: str


def architecture_of(program: Program) -> mlpviz.Architecture:
    return mlpviz.Architecture(**vars(program.network))


@cache
def numbers_of(program: int) -> Any:
    """The numbers that a program's names are compared on, by its place in the corpus."""
    with importable():
        return run(PROGRAMS[program]).numbers


@dataclass(frozen=True)
class Report:
    """What is said of a program."""

    kind: str
    message: str
    lines: list[Line]

    @property
    def faulty(self) -> list[Line]:
        return [line for line in self.lines if line.kind in FAULTY]


def report_on(program: Program) -> Report:
    """What check_code says of a program, or check_formula of its lines."""
    if not hasattr(mlpviz, "check_code"):
        lines = list(line_by_line(program))
        kinds = [line.kind for line in lines if line.kind != "refused"]
        faulty = [kind for kind in kinds if kind in FAULTY]
        return Report((faulty or kinds or ["refused"])[0], "", lines)
    report = mlpviz.check_code(
        program.text,
        architecture=architecture_of(program),
        notation=program.notation,
        given=dict(program.given) or None,
    )
    lines = [Line(line.number, line.kind, line.name or "", str(line.message)) for line in report.lines]
    return Report(report.kind, str(report.message), lines)


def line_by_line(program: Program) -> Iterator[Line]:
    """What check_formula says of each line that holds an array."""
    in_out = any("W[1].T" in each for each in (*program.binds.values(), *program.holds.values()))
    notation = Notation(orientation=program.notation, weights="in_out" if in_out else "out_in")
    for number in sorted(program.marked):
        label, text = program.holds.get(number, ""), program.lines[number - 1].strip()
        try:
            verdict = mlpviz.check_formula(text, subject(label), architecture_of(program), notation)
        except ValueError as error:
            yield Line(number, "refused", "", str(error))
        else:
            name = label if verdict.kind == "right" else ""
            yield Line(number, verdict.kind, name, verdict.message)


def counted(place: int, program: Program, report: Report) -> Iterator[tuple[str, bool, Line]]:
    """Each thing that is measured of each line, whether it is as it should be, and the line."""
    said = {line.number: line for line in report.lines}
    for number in sorted(program.marked | set(said)):
        line = said.get(number, Line(number, "refused", "", "nothing is said of this line"))
        yield "read", line.kind != "refused", line
        if number in program.bugs:
            yield "bugs marked", line.kind in FAULTY, line
            yield "causes named", line.kind in FAULTY and named(program.bugs[number], line.message), line
            continue
        yield "no false alarm", line.kind not in FAULTY, line
        if number in program.holds:
            yield "told", told(program, number, line.name, numbers_of(place)), line
    first = report.faulty[0] if report.faulty else Line(0, "right", "", "no line is at fault")
    if program.bugs:
        yield "first fault first", first.number == min(program.bugs), first
    yield "whole program", report.kind in (FAULTY if program.bugs else ("right",)), first


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--list", action="store_true")
    parser.add_argument("--later", action="store_true")
    parser.add_argument("--program")
    options = parser.parse_args()
    for program in PROGRAMS:
        if options.program == program.name:
            show(program)
    if not options.program:
        measure(options.later, options.list)


def show(program: Program) -> None:
    """Prints a report, each line with what it should hold."""
    report = report_on(program)
    said = {line.number: line for line in report.lines}
    for number, text in enumerate(program.lines, 1):
        line = said.get(number)
        wanted = program.holds.get(number, "~" if number in program.own else "")
        bug = f"  <- {program.bugs[number]}" if number in program.bugs else ""
        print(f"{number:3} {text:80} | {wanted}{bug}")
        if line:
            print(f"        {line.kind} [{line.name}] {line.message}")
    print(f"{report.kind}: {report.message}")


def measure(later: bool, listed: bool) -> None:
    rates = rates_of(later, listed)
    dialects = list(dict.fromkeys(dialect for dialect, _what in rates))
    columns = list(dict.fromkeys(what for _dialect, what in rates))
    print(f"{'':12}" + "".join(f"{what:>20}" for what in columns))
    for dialect in dialects:
        print(f"{dialect:12}" + "".join(f"{share(rates.get((dialect, what))):>20}" for what in columns))
    print(f"{'all':12}" + "".join(f"{share(total(rates, what)):>20}" for what in columns))
    programs = [each for each in PROGRAMS if later or not each.later]
    marked = sum(len(each.marked) for each in programs)
    print(
        f"{len(programs)} programs, {marked} assigning lines, {sum(len(each.bugs) for each in programs)} planted bugs"
    )


def rates_of(later: bool, listed: bool = False) -> dict[tuple[str, str], Counter[bool]]:
    """By dialect and what is measured, how often it is as it should be."""
    rates: dict[tuple[str, str], Counter[bool]] = {}
    for place, program in enumerate(PROGRAMS):
        if program.later and not later:
            continue
        for what, right, line in counted(place, program, report_on(program)):
            rates.setdefault((program.dialect, what), Counter())[right] += 1
            if listed and not right:
                tell(program, what, line)
    return rates


def tell(program: Program, what: str, line: Line) -> None:
    """Prints what is not as it should be."""
    text = program.lines[line.number - 1].strip() if line.number else ""
    wanted = program.holds.get(line.number, "")
    print(f"{program.name}:{line.number} not {what}: {text} | {wanted} [{line.name}] {one_line(line)}")


def one_line(line: Line) -> str:
    return f"{line.kind}: " + re.sub(r"\s+", " ", line.message)[:160]


def total(rates: dict[tuple[str, str], Counter[bool]], what: str) -> Counter[bool]:
    return sum((each for (_dialect, name), each in rates.items() if name == what), Counter())


def share(counts: Counter[bool] | None) -> str:
    return f"{counts[True]}/{counts.total()} {100 * counts[True] / counts.total():.0f} %" if counts else "-"


if __name__ == "__main__":
    main()
