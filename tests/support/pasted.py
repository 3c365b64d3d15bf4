"""Every line that Step and Derive show, as it is copied off the page into the box of Check, and what is said of it."""

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from mlpviz.derivation.checker import check_formula
from mlpviz.derivation.checker.program.checking import check_code
from mlpviz.derivation.derived import Derived
from mlpviz.derivation.listing import PHASES, program, text
from mlpviz.derivation.notation import Notation
from mlpviz.derivation.printing.code import DIALECTS, code
from mlpviz.derivation.printing.latex import entry_latex, equation_latex
from mlpviz.derivation.printing.line_code import LineCoder
from mlpviz.derivation.printing.line_latex import line_latex
from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from mlpviz.derivation.walkthroughs.walkthrough import Line
from mlpviz.examples.presets import PRESETS
from mlpviz.interface.derive.payload import named_in
from mlpviz.maths.equations import SECOND, steps
from mlpviz.maths.expressions import Symbol
from mlpviz.maths.symbols import COMPUTED
from mlpviz.setup import limits
from tests.support.lines import scenes, update_of
from tests.support.networks import case, view_of

NOTATIONS = [
    Notation(orientation, first_layer=first, numbered=numbered, division=division)
    for orientation, first, numbered, division in itertools.product(
        ("rows", "columns"), (0, 1), ("enters", "leaves"), ("error", "gradients")
    )
]
"""Everything that changes what a line of code says, and not only its letters."""


@dataclass(frozen=True)
class Pasted:
    """A text, the array that it computes, and where it stood: a page, its walkthrough, network and notation."""

    text: str
    target: Symbol
    source: str
    page: str
    network: str
    notation: Notation
    batch: bool

    def verdict(self):
        """What is said of it where it is checked with the network and the samples of its page."""
        update = update_of(self.network, self.batch)
        trace = update.trace
        number = "" if self.target.layer is None else f"[{self.notation.number(self.target)}]"
        return check_formula(
            self.text,
            f"{self.target.name}{number}",
            trace.architecture,
            self.notation,
            trace.parameters,
            trace.A[0],
            trace.Y,
        )

    def kind(self) -> str:
        """The kind of the verdict; what is written of one sample, or of one unit, may be right for one."""
        verdict, trace = self.verdict(), case(self.network).trace
        alone = not self.batch or trace.batch_size == 1
        one_unit = 1 in trace.architecture.widths[1:]
        forgiven = [*["accident of m"] * alone, *["right because square"] * (alone and one_unit)]
        return "right" if any(each.key in forgiven for each in verdict.findings) else verdict.kind


def is_known(target: Symbol) -> bool:
    """Whether Check has a name for an array."""
    return not isinstance(target, Derived) and target.name in COMPUTED


def of_step(network: str, notation: Notation, batch: bool = True) -> Iterator[Pasted]:
    """The lines and formulas of the steps of a pass, of a batch or of its first sample."""
    update = update_of(network, batch)
    view = view_of(update, notation)
    for step in steps(update.trace.architecture):
        equation = step.equation
        if not is_known(equation.target):
            continue
        texts = {dialect: code(equation, view, dialect) for dialect in DIALECTS}
        texts |= {"formula": equation_latex(equation, view), "entry": entry_latex(equation, view)}
        for source, line in texts.items():
            yield Pasted(line, equation.target, source, "step", network, notation, batch)


def of_derive(network: str, notation: Notation) -> Iterator[Pasted]:
    """The lines and formulas of all walkthroughs, of every layer."""
    for name, walkthrough in WALKTHROUGHS.items():
        own = walkthrough.notation(notation)
        for scene in scenes(walkthrough, network, own):
            coders = {dialect: LineCoder(scene.view, dialect) for dialect in DIALECTS}
            for chain in walkthrough.chains(scene):
                if not is_known(chain.target):
                    continue
                for line in chain.lines:
                    texts = {dialect: coder.line(chain.target, line.value) for dialect, coder in coders.items()}
                    texts["formula"] = line_latex(chain.target, line.value, scene.view, called=line.called)
                    for source, pasted in texts.items():
                        if speaks_of_what_check_does_not_know(line, source):
                            continue
                        yield Pasted(pasted, chain.target, source, f"derive {name}", network, own, walkthrough.batch)


NAMELESS = ("upstream", "carried back", "flat gradient")
"""Arrays that derivations name and Check does not: v, 𝓑[…](v) and W as one long vector; code writes what makes them."""


def speaks_of_what_check_does_not_know(line: Line, source: str) -> bool:
    """Whether a line names a sample by its number, or an array that Check has no name for."""
    kinds = ("sample", *NAMELESS) if source == "formula" else ("sample",)
    named = [line.value, *([line.called] if line.called else [])]
    return any(isinstance(symbol, Derived) and symbol.name in kinds for each in named for symbol in named_in(each))


@dataclass(frozen=True)
class Program:
    """All lines of the steps of a training step in a row, or the program to copy of Derive."""

    text: str
    source: str
    page: str
    network: str
    notation: Notation

    def verdict(self):
        """The report on it, where it is checked with the network and the samples of its page."""
        trace = case(self.network).trace
        return check_code(
            self.text,
            trace.architecture,
            self.notation,
            parameters=trace.parameters,
            X=trace.A[0],
            Y=trace.Y,
        )

    def kind(self) -> str:
        """The kind of the report, or that a line in it is not read, or wrong."""
        report = self.verdict()
        return next((line.kind for line in report.lines if line.kind in AMISS), report.kind)


AMISS = ("refused", "shape", "wrong")


def programs(network: str, notation: Notation) -> Iterator[Program]:
    """Both programs in both libraries; the one to copy unless its numbers are too many to be pasted."""
    update = case(network)
    view = view_of(update, notation)
    for dialect in DIALECTS:
        lines = [code(step.equation, view, dialect) for step in update.steps if step.phase != SECOND]
        yield Program("\n".join(lines), dialect, "step, all lines", network, notation)
        whole = text(program(update, view, dialect), PHASES.values())
        if len(whole) <= limits.FORMULA:
            yield Program(whole, dialect, "derive, program", network, notation)


def everything(networks=tuple(PRESETS), notations=tuple(NOTATIONS)) -> Iterator[Pasted | Program]:
    """Every text of some networks under some notations, each once."""
    found: dict[Pasted | Program, None] = {}
    for network, notation in itertools.product(networks, notations):
        found |= dict.fromkeys(of_step(network, notation))
        found |= dict.fromkeys(of_derive(network, notation))
        found |= dict.fromkeys(programs(network, notation))
    return iter(found)


BEYOND = {
    r"eye\(\d+\) [*-] A\[": "the Jacobian of softmax by broadcasting: only single numbers and b are repeated",
}
"""What Check does not follow, by a pattern: it may be refused or not, but is not held to be right."""

SIZES = re.compile(r"(?:eye|reshape)\((\d+)(?:, (\d+))?\)")
"""Sizes that are written as numbers."""


def beyond(pasted: Pasted | Program) -> bool:
    """Whether Check does not follow it; a size that is a number it knows where one layer alone is as wide."""
    widths = case(pasted.network).trace.architecture.widths
    sizes = [int(size) for found in SIZES.findall(pasted.text) for size in found if size]
    vague = any(widths.count(size) > 1 for size in sizes) or (1 in sizes and 1 in widths)
    counted = pasted.notation.first_layer == 1 or pasted.notation.numbered == "leaves"
    lists = isinstance(pasted, Program) and counted
    return vague or lists or any(re.search(pattern, pasted.text) for pattern in BEYOND)


@cache
def kind_of(pasted: Pasted | Program) -> str:
    """The kind of the verdict, or that there was none."""
    try:
        return pasted.kind()
    except Exception as fault:  # a text of our own pages must never bring the reader down
        return f"{type(fault).__name__}: {fault}"
