"""A document as code that computes every array and asserts its numbers: a program, and the cells of a notebook.

Its lines are those that the stepper shows. A walkthrough's begin with the pass that its arrays come from.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from ...derivation import listing
from ...derivation.plain import displayed
from ...derivation.printing.code import CodePrinter
from ...derivation.printing.prose import ISOLATES, MARK
from ...derivation.printing.text import raised
from ...maths.architecture import Architecture
from ...maths.equations import Step
from ...maths.expressions import Symbol, leaves
from ...maths.messages import N_, counted
from ...maths.symbols import CONSTANTS, QUANTITIES, Role, named
from ..shell.translation import _, told
from .document import Document, TakenLine

CHECKS: Mapping[str, tuple[str, ...]] = {
    "numpy": (
        "def check(found, right):",
        "    size = np.max(np.abs(right), initial=0, where=np.isfinite(right))",
        "    np.testing.assert_allclose(found, right, rtol=1e-9, atol=1e-12 * (1 + size))",
    ),
    "torch": (
        "def check(found, right):",
        "    size = right[right.isfinite()].abs().sum().item()",
        "    found = found.reshape(right.shape)  # a single number is one row of one column",
        "    torch.testing.assert_close(found, right, rtol=1e-9, atol=1e-12 * (1 + size), equal_nan=True)",
    ),
}
"""What asserts that an array has the numbers it should have, but for rounding."""

FIRST: Mapping[str, tuple[str, ...]] = {"numpy": (), "torch": ("torch.set_default_dtype(torch.float64)",)}
LIBRARIES = {"numpy": "NumPy", "torch": "PyTorch"}
WIDTH = 110
"""Characters of a comment's line."""

BEFORE_UPDATE = ("forward", "loss", "backward")
ITEM = re.compile(r"(\w+)\[\d+\]")
NOT_FINITE = re.compile(r"\b(?:inf|nan)\b")

GIVEN = N_("What is given")
PASS = N_("The pass that these lines are about")


@dataclass(frozen=True)
class Cell:
    """Some lines of code about a part of a document, or about none."""

    lines: tuple[str, ...]
    part: TakenLine | None = None

    @property
    def text(self) -> str:
        return "\n".join(self.lines)


@dataclass(frozen=True, eq=False)
class Coded:
    """A document in one library's code: ``head``, ``given``, the ``background`` of a walkthrough, and its cells."""

    document: Document
    library: str

    @cached_property
    def kind(self) -> listing.Dialect:
        return listing.DIALECTS[self.library]

    @cached_property
    def coder(self) -> CodePrinter:
        return CodePrinter(self.document.payload.view, self.library)

    @cached_property
    def cells(self) -> list[Cell]:
        """The line of every part, and that it computes what it should."""
        return [self.cell(part) for part in self.document.parts]

    def cell(self, part: TakenLine) -> Cell:
        line = part.code[self.library]
        name = line.split(" = ")[0]
        return Cell((line, f"check({name}, {self.array(part.value)})"), part)

    @cached_property
    def background(self) -> list[Cell]:
        """The pass that the lines of a walkthrough are about."""
        steps = self.document.payload.update.steps if self.document.derives else ()
        updated = any("_new" in cell.lines[0] for cell in self.cells)
        return [Cell((self.line(step),)) for step in steps if updated or step.phase in BEFORE_UPDATE]

    def line(self, step: Step) -> str:
        shown = displayed(step.equation, self.document.payload.view, opened=False)
        return self.coder.assignment(shown.target, shown.value)

    @cached_property
    def given(self) -> Cell:
        """Everything that the lines use before one of them has computed it, and a place for each of the others."""
        lines = [cell.lines[0] for cell in (*self.background, *self.cells)]
        wanted = self.unknown(lines)
        items = [ITEM.match(text) for text in (*wanted, *lines)]
        lists = dict.fromkeys(item[1] for item in items if item)
        given = [f"{name} = {self.array(self.document.array(symbol))}" for name, symbol in wanted.items()]
        return Cell((*(f"{name} = {{}}" for name in lists), *given, *self.constants(lines)))

    def unknown(self, lines: Iterable[str]) -> dict[str, Symbol]:
        """The arrays that are used before they are computed, by their names in code."""
        computed: set[str] = set()
        found: dict[str, Symbol] = {}
        for line in lines:
            target, _equals, value = line.partition(" = ")
            used = {*re.findall(r"\w+\[\d+\]", value), *re.findall(r"\w+", value)}
            found |= {name: symbol for name, symbol in self.names.items() if name in used - computed}
            computed.add(target)
        return found

    @cached_property
    def names(self) -> dict[str, Symbol]:
        """Every array of the pass and of the update by what code calls it."""
        payload, absent = self.document.payload, {*self.document.payload.architecture.absent}
        symbols = (
            Symbol(name, layer)
            for name in named(*OF_A_PASS)
            if name not in absent
            for layer in layers_of(name, payload.architecture)
        )
        equations = [step.equation for step in payload.update.steps]
        others = [symbol for each in equations for symbol in (each.target, *leaves(each.value))]
        arrays = [each for each in (*symbols, *others) if isinstance(each, Symbol) and each.name not in CONSTANTS]
        return {self.coder.symbol(symbol): symbol for symbol in arrays}

    def constants(self, lines: Iterable[str]) -> Iterator[str]:
        """The single numbers that the lines use."""
        used, update = listing.words_in(lines), self.document.payload.update
        for name in sorted(CONSTANTS - {"n", "scale"}):
            if (code := self.coder.variable(name)) in used:
                value = update.value(Symbol(name))
                yield f"{code} = {getattr(value, 'item', lambda value=value: value)()!r}"
        if "t" in used:
            yield f"t = {update.stand.t}"

    def array(self, values: np.ndarray) -> str:
        """An array as code; large ones as their bytes."""
        return listing.written_out(values, self.kind)

    @cached_property
    def head(self) -> Cell:
        """Imports, and what asserts."""
        lines = [line for cell in (self.given, *self.background, *self.cells) for line in cell.lines]
        used = listing.words_in(lines) | {""}
        imports = [line for name, line in self.kind.imports.items() if name in used]
        names = sorted(set(NOT_FINITE.findall("\n".join(lines))))
        special = [f"from math import {', '.join(names)}"] if names else []
        return Cell((*special, *imports, *FIRST[self.library], "", "", *CHECKS[self.library]))


OF_A_PASS = (
    Role.PARAMETER,
    Role.VALUE,
    Role.LABEL,
    Role.LOSS,
    Role.COST,
    Role.ERROR,
    Role.GRADIENT,
    Role.CARRIED,
)
"""The roles of what a network has before and after a pass, whatever its optimiser is."""


def layers_of(name: str, architecture: Architecture) -> Iterable[int | None]:
    quantity = QUANTITIES[name]
    return range(quantity.lowest, architecture.depth + 1) if quantity.layered else (None,)


def as_program(document: Document, library: str) -> str:
    """One file that computes every array of a document and asserts its numbers."""
    coded = Coded(document, library)
    intro = [document.title, document.about, document.address]
    blocks = [comment(intro), coded.head.text + "\n", headed(_(GIVEN), [coded.given])]
    blocks += [headed(_(PASS), coded.background)] if coded.background else []
    blocks += [headed(said(cell.part), [cell]) for cell in coded.cells if cell.part]
    done = told(counted("{count} line gives its numbers", "{count} lines give their numbers", len(coded.cells)))
    return "\n\n".join([*blocks, f"print({done!r})"]) + "\n"


def said(part: TakenLine) -> str:
    """A part in one line."""
    return in_a_line(f"{part.number} · {part.group} · {part.title}: {part.text}")


def in_a_line(sentence: str) -> str:
    """A sentence as plain text: what stands above is raised, and what stands below follows a stroke."""
    return MARK.sub(lambda mark: raised(mark[2]) if mark[1] == "^" else f"_{mark[2]}", sentence).translate(ISOLATES)


def headed(words: str, cells: Iterable[Cell]) -> str:
    return "\n".join([comment([words]), *(cell.text for cell in cells)])


def comment(texts: Iterable[str]) -> str:
    return "\n".join(f"# {line}" for text in texts for line in textwrap.wrap(text, WIDTH))
