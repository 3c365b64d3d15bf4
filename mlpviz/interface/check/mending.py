"""A program with one of its lines mended."""

from __future__ import annotations

import re

from ...derivation.checker.program.report import ReportLine

ASSIGNED = re.compile(r"[-+*/]?(?<![=<>!:])=(?!=)")
"""The sign between a left side and a right side."""

COMMENT = re.compile(r"\s+(#|//|%(?![*/o])).*$")
"""What stands behind a line for its readers."""

OPENING, CLOSING = "([{", ")]}"


def mended(text: str, line: ReportLine, formula: str) -> str:
    """The text with a formula in place of the right side of a line; its left side and its comment stay."""
    physical = text.split("\n")
    first, last = line.number - 1, line.number + line.text.strip("\n").count("\n")
    old = "\n".join(physical[first:last])
    comment = COMMENT.search(old)
    kept = comment[0].rstrip("\r") if comment else ""
    physical[first:last] = [left_of(old, formula) + formula + kept]
    return "\n".join(physical)


def sided(text: str, formula: str) -> str:
    """A formula with the left side of a text before it, unless that is LaTeX, which may not be closed."""
    return formula if "\\" in text else left_of(text.strip(), formula) + formula


def left_of(old: str, formula: str) -> str:
    """What of a line stays before a formula: its left side or, if it has none or the formula brings one, its indent."""
    place = assigned(old)
    if place and not assigned(formula):
        return old[: place[1]] + " "
    indent = old[: len(old) - len(old.lstrip())]
    return indent + ("return " if old.lstrip().startswith("return ") else "")


def assigned(line: str) -> tuple[int, int] | None:
    """Where the sign of an assignment stands, outside all brackets."""
    for found in ASSIGNED.finditer(line):
        before = line[: found.start()]
        if sum(before.count(each) for each in OPENING) == sum(before.count(each) for each in CLOSING):
            return found.span()
    return None
