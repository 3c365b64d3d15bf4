"""A program line by line, each with what is said of it beside it; on a narrow screen, below it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from typing import Any

import streamlit as st

from ...derivation.checker.program.report import ReportLine
from ...derivation.checker.program.summary import SENTENCES
from ...derivation.notation import Notation
from ...derivation.printing.target import target_text
from ...maths.expressions import Symbol
from ...maths.messages import N_, Message
from ...maths.symbols import QUANTITIES
from ..shell.translation import _, told
from .checked import COLOURS, LINES

BESIDE = {
    **dict.fromkeys((SENTENCES["right"], SENTENCES["other"], SENTENCES["idle"]), ""),
    SENTENCES["later"]: N_("the factor is made up for later"),
}
"""What stands beside a line in place of its sentence, where that says what is seen there already."""

MEAN_LATER = N_("1/m comes later")

FAULTY = ("wrong", "shape", "refused")
"""The kinds of a line that has more to say than fits beside it."""

CSS = (
    """<style>
.mlp-listing { display: grid; grid-template-columns: 2rem minmax(0, 1fr) minmax(9rem, 44%); row-gap: 1px;
  font-size: 0.95rem; line-height: 1.45; }
.mlp-row { display: grid; grid-column: 1 / -1; grid-template-columns: subgrid; align-items: baseline;
  border-left: 4px solid transparent; border-radius: 3px; }
.mlp-row > * { padding: 0.12rem 0.4rem; min-width: 0; }
.mlp-number { text-align: right; opacity: 0.6; font-variant-numeric: tabular-nums; }
.mlp-row code { font: 0.92rem/1.5 "Source Code Pro", ui-monospace, monospace; white-space: pre-wrap; background: none;
  color: inherit; overflow-wrap: anywhere; }
.mlp-plain code { opacity: 0.6; }
.mlp-said .mlp-icon { font: 1.1em/1 "Material Symbols Rounded"; font-feature-settings: "liga"; vertical-align: -0.18em;
  margin-right: 0.25em; user-select: none; }
.mlp-said .mlp-icon::before { content: attr(data-icon); }
.mlp-said b { font-weight: 650; }
.mlp-other .mlp-said { opacity: 0.7; }
@media (max-width: 40em) {
  .mlp-listing { grid-template-columns: 1.7rem minmax(0, 1fr); }
  .mlp-said { grid-column: 2; padding-top: 0 !important; padding-bottom: 0.35rem !important; }
}
"""
    + "".join(
        f".mlp-{kind} {{ border-left-color: {COLOURS[kind]}; "
        f"background: color-mix(in srgb, {COLOURS[kind]} {14 if kind in FAULTY else 5}%, transparent); }}\n"
        f".mlp-{kind} .mlp-icon {{ color: {COLOURS[kind]}; }}\n"
        for kind in LINES
    )
    + "</style>"
)


def rows(text: str, lines: Iterable[ReportLine]) -> Iterator[tuple[int, str, ReportLine | None]]:
    """The lines of a text as they stand there, each with its number and what is said of it, if anything is."""
    by_number: Mapping[int, ReportLine] = {line.number: line for line in lines}
    for number, each in enumerate(text.split("\n"), start=1):
        yield number, each.rstrip("\r"), by_number.get(number)


def listing(part: Iterable[tuple[int, str, ReportLine | None]], notation: Notation) -> None:
    """Some lines as a table."""
    body = "".join(row(number, text, line, notation) for number, text, line in part)
    if body:
        st.html(f'<div class="mlp-listing" role="list">{body}</div>')


def row(number: int, text: str, line: ReportLine | None, notation: Notation) -> str:
    if line is not None and getattr(line.message, "template", "") == SENTENCES["idle"]:
        line = None
    kind = line.kind if line else "plain"
    said = f'<span class="mlp-said">{beside(line, notation)}</span>' if line else ""
    return (
        f'<div class="mlp-row mlp-{kind}" role="listitem" data-line="{number}" data-kind="{kind}">'
        f'<span class="mlp-number">{number}</span><code>{escape(text)}</code>{said}</div>'
    )


def beside(line: ReportLine, notation: Notation) -> str:
    """What is said beside a line: its verdict in a word with a sign, what it is, and what is to be known of that."""
    word, icon = LINES[line.kind]
    name = escape(called(line.name, notation))
    note = escape(note_of(line, notation))
    heard = f'<span class="mlp-icon" aria-hidden="true" data-icon="{icon}"></span>'
    if not name:
        return f"{heard}<b>{escape(_(word))}</b>" + (f" · {note}" if note else "")
    unseen = "" if line.kind in FAULTY else ' class="mlp-unseen"'
    return f"{heard}<b{unseen}>{escape(_(word))}</b> {name}" + (f": {note}" if note else "")


SIGNS = (("*", " · "), (".T", "ᵀ"), ("eta", "η"), ("-", "−"))
"""The signs of a program, and those of a formula."""

_NAMES = "|".join(sorted((name for name in QUANTITIES if name.isalpha()), key=len, reverse=True))
_CALLED = re.compile(rf"\b({_NAMES})(?:\[(\d+)\]|\b)")


def called(name: str, notation: Notation) -> str:
    """What a line holds, as the notation writes it: m·δ⁽²⁾ for m*delta[2]."""
    named = _CALLED.sub(lambda found: written(found, notation), name)
    for code, sign in SIGNS:
        named = named.replace(code, sign)
    return named


def note_of(line: ReportLine, notation: Notation) -> str:
    """What is to be known of a line besides what it is."""
    template = getattr(line.message, "template", "")
    if line.kind in FAULTY or not line.message:
        return ""
    if template == SENTENCES["later"] and line.name.startswith("m*"):
        return _(MEAN_LATER)
    return _(BESIDE[template]) if template in BESIDE else told(in_notation(line.message, notation))


def in_notation(message: Message, notation: Notation) -> Message:
    """A sentence of a program with the names of arrays as the notation writes them."""
    if not isinstance(message, Message) or message.many:
        return message
    details = {name: noted(name, value, notation) for name, value in message.details.items()}
    return Message(message.template, **details)


NOTED = frozenset({"name", "expected"})
"""The details of a report's sentences that name an array; others are the writer's own words."""


def noted(name: str, detail: Any, notation: Notation) -> Any:
    if isinstance(detail, Message):
        return in_notation(detail, notation)
    return called(detail, notation) if isinstance(detail, str) and name in NOTED else detail


def written(found: re.Match[str], notation: Notation) -> str:
    name, layer = found[1], found[2]
    if QUANTITIES[name].layered != (layer is not None):
        return found[0]
    return target_text(Symbol(name, int(layer)) if layer else Symbol(name), notation)
