"""From a judged program to its report: what each line holds, what is computed or missing, where the update goes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import reduce
from typing import Any

import numpy as np

from ....engine.parameters import Parameters
from ....engine.passes import backpropagate
from ....maths.messages import N_, Message, counted, message_of
from ....maths.symbols import QUANTITIES, UNITS, Role, named
from .explaining import explained
from .faults import Fault
from .judging import Judge
from .naming import Names
from .report import ProgramReport, ReportLine
from .runs import Rehearsal, Seen
from .things import is_array
from .worlds import kind_of

FAULTY = frozenset({"wrong", "shape"})
COMPUTED = named(Role.VALUE, Role.ERROR, Role.GRADIENT)
"""The arrays of which a report says whether they are computed."""

STEP = 1e-4
"""How far a program's step is followed: so little that the cost falls if it goes downhill."""

SENTENCES = {
    "right": N_("This is {name}."),
    "later": N_("This is {name}; a later line makes up for the factor."),
    "other": N_("Something of its own."),
    "idle": N_("Computes nothing of the network."),
    "once": N_("Nothing says how often this is repeated: it is gone through once here."),
    "waits": N_("This needs what line {line} should have given."),
    "wrong": N_("This is not {expected}."),
    "all right": N_("Nothing is wrong: every line holds what its name and its place say."),
    "one sample": N_("It is right for one sample at a time."),
    "nothing": N_("No line of this could be read."),
    "own": N_("No line of this holds an array of the network."),
    "stopped": N_("{reason} The lines up to there are judged."),
}


def summarized(judge: Judge) -> ProgramReport:
    """The report on a program."""
    run, corrections = judge.result.run, judge.result.corrections
    again = () if judge.tired else judge.worlds(judge.stance)[1:]
    names = Names(judge.notation, [run, *(judge.run(corrections, world) for world in again)])
    faults: dict[int, list[Fault]] = {}
    for fault in judge.result.faults:
        faults.setdefault(fault.blamed.event.line, []).append(fault)
    lines = tuple(line_of(judge, names, each, faults.get(each.number, [])) for each in judge.program.listing.lines)
    computes = dict(computed(run))
    kind = kind_of_all(lines)
    return ProgramReport(
        kind,
        message_of_all(judge, kind, lines),
        lines,
        computes=computes,
        missing=tuple(each for each in wanted(judge) if each not in computes),
        downhill=downhill(run),
        dialect=judge.program.listing.language.name,
        one_sample=judge.stance.extent.one_sample,
        switches=switches(judge),
        **unknown(judge),
    )


def kind_of_all(lines: Sequence[ReportLine]) -> str:
    faulty = next((line.kind for line in lines if line.kind in FAULTY), "")
    nothing = all(line.kind == "refused" for line in lines)
    return faulty or ("refused" if nothing else "right")


def message_of_all(judge: Judge, kind: str, lines: Sequence[ReportLine]) -> Message:
    """What there is to say of the whole."""
    count = sum(line.kind in FAULTY for line in lines)
    stopped = judge.result.run.machine.stopped
    if stopped is not None:
        return Message(SENTENCES["stopped"], reason=stopped.message)
    if count:
        return counted("{count} line is wrong.", "{count} lines are wrong.", count)
    if kind == "refused":
        return Message(SENTENCES["nothing"])
    refused = sum(line.kind == "refused" for line in lines)
    if refused:
        return counted(
            "{count} line could not be read or computed; nothing is wrong with the others.",
            "{count} lines could not be read or computed; nothing is wrong with the others.",
            refused,
        )
    if not any(line.kind == "right" for line in lines):
        return Message(SENTENCES["own"])
    return Message(SENTENCES["one sample" if judge.stance.extent.one_sample else "all right"])


# lines


def line_of(judge: Judge, names: Names, line: Any, faults: list[Fault]) -> ReportLine:
    held = list(dict.fromkeys(names.of_line(line.number)))
    name, run = ", ".join(held), judge.result.run
    value = shape_of(run, line.number)
    if faults:
        return faulty_line(judge, line, faults, name, value)
    kind, message = judged_line(judge, line.number, name)
    return ReportLine(line.number, line.typed, kind, name if kind in ("right", "refused") else "", message, None, value)


def faulty_line(judge: Judge, line: Any, faults: list[Fault], name: str, value: str) -> ReportLine:
    expected = joined(fault.due for fault in faults)
    kind = next((fault.kind for fault in faults if fault.kind == "shape"), faults[0].kind)
    why = explained(judge, faults[0])
    message = sentences(why.messages) if why.messages else Message(SENTENCES["wrong"], expected=expected)
    return ReportLine(line.number, line.typed, kind, name, message, why.verdict, value, expected)


def judged_line(judge: Judge, number: int, name: str) -> tuple[str, Message]:
    """The kind of a line that is not at fault, and what is said of it."""
    run = judge.result.run
    unread = judge.program.unread.get(number)
    if unread is not None:
        return "refused", message_of(unread.reason)
    trouble = run.trouble(number)
    if trouble is not None and trouble.key == "early":
        return "other", Message(SENTENCES["waits"], line=trouble.details["line"])
    if trouble is not None:
        return trouble.kind, trouble.message
    if name:
        return "right", Message(SENTENCES["later" if name.startswith(("m*", "-m*")) else "right"], name=name)
    if number in judge.program.repeated:
        return "other", Message(SENTENCES["once"])
    computes = any(seen.event.line == number for seen in run.seen)
    return "other", Message(SENTENCES["other" if computes else "idle"])


def shape_of(run: Rehearsal, number: int) -> str:
    """The shape of what a line gave last, in the sizes of the network by name."""
    values = [seen.event.value for seen in run.seen if seen.event.line == number and is_array(seen.event.value)]
    if not values:
        return ""
    sizes = {n: f"n[{l}]" for l, n in reversed(list(enumerate(run.world.architecture.widths)))}
    sizes |= {run.world.m: "m", 1: "1"}
    return f"({', '.join(sizes.get(n, str(n)) for n in np.shape(values[-1]))})"


def sentences(messages: Sequence[Message]) -> Message:
    """Several sentences as one message."""
    return reduce(lambda before, after: Message("{before} {after}", before=before, after=after), messages)


def joined(names: Iterable[str]) -> str:
    return ", ".join(dict.fromkeys(name for name in names if name))


# the whole


def wanted(judge: Judge) -> Iterator[str]:
    """Every array of the pass that a program may compute."""
    for l in range(1, judge.architecture.depth + 1):
        for name in COMPUTED:
            if judge.architecture.bias or QUANTITIES[name].shape != UNITS:
                yield f"{name}[{l}]"


def computed(run: Rehearsal) -> Iterator[tuple[str, int]]:
    """Each quantity that is computed, with the first line that gives it whole."""
    known: set[str] = set()
    for seen in run.seen:
        names = [each.name for each in seen.sightings if each.sample is None or run.world.m == 1]
        if seen.coefficient is not None:
            names = [f"d{seen.expected}"]
        if seen.corrected:
            names = []
        for name in names:
            if kind_of(name) in COMPUTED and not name.endswith("[0]") and name not in known:
                known.add(name)
                yield name, seen.event.line


def downhill(run: Rehearsal) -> bool | None:
    """Whether a small step in the direction of the program's updates makes the cost smaller; None if there are none."""
    trace = run.world.trace
    moved = Parameters(run.world.architecture)
    moved.flat[...] = trace.parameters.flat
    changed = False
    for seen in run.seen:
        change = change_of(run, seen)
        if change is not None:
            letter, layer = seen.expected[0], int(seen.expected[2:-1])
            getattr(moved, letter)[layer][...] += STEP * change / max(1.0, float(np.abs(change).max()))
            changed = True
    if not changed:
        return None
    with np.errstate(all="ignore"):
        return bool(backpropagate(moved, run.world.X, run.world.Y).cost < trace.cost)


def change_of(run: Rehearsal, seen: Seen) -> Any:
    """What a line has added to a weight or bias of the network; None if it is no update."""
    value = seen.event.value
    if seen.expected[:2] not in ("W[", "b[") or seen.event.fresh or not is_array(value) or seen.sightings:
        return None
    own = run.world.arrays[seen.expected]
    if seen.coefficient is not None:
        return seen.coefficient * run.world.arrays[f"d{seen.expected}"]
    for turned in (value, value.T):
        if turned.size == own.size and tuple(n for n in turned.shape if n > 1) == tuple(n for n in own.shape if n > 1):
            return turned.reshape(own.shape) - own
    return None


def switches(judge: Judge) -> Mapping[str, Any]:
    """In what the notation of the program is not the reader's own."""
    found = {"orientation": judge.stance.orientation, "weights": judge.stance.weights}
    if judge.stance.flat == "all":
        del found["orientation"]
    changed = {field: value for field, value in found.items() if getattr(judge.notation, field) != value}
    numbers = judge.result.run.stage.shifts
    if judge.stance.counted is None and judge.notation.first_layer:
        changed["first_layer"] = 0  # type: ignore[assignment]
    if numbers.get("A") == -1 and judge.notation.first_layer == 0:
        changed["first_layer"] = 1  # type: ignore[assignment]
    return changed


def unknown(judge: Judge) -> dict[str, Any]:
    """The names that nothing says the meaning of, and what they may be."""
    names = tuple(dict.fromkeys(each.details["name"] for each in judge.result.run.machine.nameless))
    words = tuple(name for name in names if name.isidentifier())
    may_be = tuple(name for name in judge.result.run.world.arrays if " " not in name and kind_of(name) in QUANTITIES)
    likely = ("X", "Y", *(each for each in may_be if "[" in each and each != "A[0]"))
    return {"unknown": words, "candidates": dict.fromkeys(words, likely)}
