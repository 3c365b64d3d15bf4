"""What the Check page says of a program: each line's verdict, what is wrong with the faulty ones, and a summary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

import streamlit as st

from ...derivation.checker import Verdict
from ...derivation.checker.findings import Finding
from ...derivation.checker.program.report import ProgramReport, ReportLine
from ...maths.messages import Message
from ..shell.toolbar import plain
from ..shell.translation import _, told
from . import own_names
from .checked import HEADINGS, LINES, CheckedProgram, sign
from .fault import fault
from .listing import CSS as LISTING
from .listing import FAULTY, in_notation, listing, rows
from .mending import mended
from .parts import Put
from .sizes import sized
from .summary import summary
from .switches import switch
from .verdict import styles

CSS = """<style>
.st-key-report { gap: 0.5rem; }
.st-key-report [data-testid=stHtml] { margin: 0; }
[class*=st-key-verdict-][class*=-program] { padding-bottom: 1.2rem; }
.mlp-unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
</style>"""


def report(checked: CheckedProgram, put: Put, guarded: bool = False) -> None:
    """The verdict on a program, line by line; ``guarded``, nothing says what is right."""
    styles()
    st.html(CSS + LISTING)
    found = checked.report
    with st.container(key="report"):
        heading(found)
        switch(found.switches)
        own_names.ask(found.unknown, found.candidates, checked.view)
        lines(checked, put, guarded)
        summary(found, checked.notation)


def heading(found: ProgramReport) -> None:
    """What it comes to: the first faulty line, or that there is none."""
    unread = is_unread(found)
    kind = "refused" if unread else found.kind
    with st.container(key=f"verdict-{kind}-program", gap="small"):
        st.markdown(f"### {sign(HEADINGS[kind][1])} {plain(told(title(found)))}")
        if unread or getattr(found.message, "details", {}).get("count") != 1:  # the heading says it
            st.text(told(found.message))


def is_unread(found: ProgramReport) -> bool:
    """Whether all that is read is right, but something is not read."""
    return found.kind == "right" and any(line.kind == "refused" for line in found.lines)


def title(found: ProgramReport) -> Message:
    """The verdict in a few words."""
    if fault := first_fault(found):
        return Message("Line {number}: {verdict}", number=fault.number, verdict=Message(LINES[fault.kind][0]))
    return Message("Not all of it is read") if is_unread(found) else Message(HEADINGS[found.kind][0])


def first_fault(found: ProgramReport) -> ReportLine | None:
    """The line that decides about the program; a right one may have others that are not read."""
    return next((line for line in found.lines if line.kind in FAULTY and line.kind == found.kind), None) or next(
        (line for line in found.lines if line.kind in FAULTY and found.kind != "right"), None
    )


def lines(checked: CheckedProgram, put: Put, guarded: bool) -> None:
    """The listing; below each faulty line is what is wrong with it, of the first at once."""
    first, part = first_fault(checked.report), []
    for each in rows(checked.text, checked.report.lines):
        part.append(each)
        line = each[2]
        if line is not None and line.kind in FAULTY:
            listing(part, checked.notation)
            part = []
            if line is first:
                inside(checked, line, put, guarded)
            else:
                folded(checked, line, put, guarded)
    listing(part, checked.notation)


def listed(checked: CheckedProgram) -> None:
    """The listing with the verdicts beside its lines, and nothing more."""
    st.html(CSS + LISTING)
    listing(rows(checked.text, checked.report.lines), checked.notation)


def folded(checked: CheckedProgram, line: ReportLine, put: Put, guarded: bool) -> None:
    """What is wrong with a line, made when it is asked for."""
    label = _("What is wrong with line {number}").format(number=line.number)
    panel = st.expander(label, key=f"folded {line.number}", on_change="rerun")
    if panel.open:
        with panel:
            inside(checked, line, put, guarded)


def inside(checked: CheckedProgram, line: ReportLine, put: Put, guarded: bool) -> None:
    """What is wrong with a line, with its shapes, and what could stand in its place."""
    sentences = [in_notation(each, checked.notation) for each in said(line, guarded)]
    with st.container(key=f"line-{line.number}", gap="small"):
        if line.verdict is None:
            for each in sentences:
                st.text(told(each))
        else:
            take = None if guarded else partial(replace_line, checked.text, line, put)
            found = sized(replace(line.verdict, switches={}), checked.view)  # all lines are written in one notation
            fault(checked, line.text, found, sentences, take, f" {line.number}")


def said(line: ReportLine, guarded: bool) -> Sequence[Message]:
    """The sentences about a line: what it is by its value, and what is wrong with its formula."""
    every, found = list(unfolded(line.message)) if line.message else [], line.verdict
    if found is None:
        return every
    by_value = [] if found.causes or found.kind == "shape" else [each for each in every if each not in found.sentences]
    if guarded:
        return [*by_value, *found.hints]
    pairs = zip(found.findings or (None,) * len(found.sentences), found.sentences, strict=True)
    kept = [each for finding, each in pairs if finding is None or not is_passed_over(finding, found)]
    return [*by_value, *kept]


PASSED_OVER = frozenset({"convention", "wrong", "result"})
"""What is not said of a line whose mistake has a name: that the other lines are written in the same notation, and
that it is wrong, are known."""


def is_passed_over(finding: Finding, found: Verdict) -> bool:
    return "suggestion" in finding.details or (bool(found.causes) and finding.key in PASSED_OVER)


def unfolded(message: Message) -> Iterator[Message]:
    """The sentences of a message that puts several together."""
    details = getattr(message, "details", {})
    if details.keys() == {"before", "after"}:
        yield from (each for part in details.values() for each in unfolded(part))
    else:
        yield message


def replace_line(text: str, line: ReportLine, put: Put, formula: str) -> None:
    """Put a formula into the place of a line's, and check again."""
    put(mended(text, line, formula))
