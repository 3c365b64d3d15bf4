"""Every line that Step and Derive show, as it is copied off the page into the box of Check, and what is said of it."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from mlpviz.derivation.checker import check_formula
from mlpviz.derivation.derived import Derived
from mlpviz.derivation.notation import Notation
from mlpviz.derivation.printing.code import DIALECTS, code
from mlpviz.derivation.printing.latex import entry_latex, equation_latex
from mlpviz.derivation.printing.line_code import LineCoder
from mlpviz.derivation.printing.line_latex import line_latex
from mlpviz.derivation.walkthroughs import WALKTHROUGHS
from mlpviz.derivation.walkthroughs.walkthrough import Line
from mlpviz.examples.presets import PRESETS
from mlpviz.interface.derive.payload import named_in
from mlpviz.maths.equations import steps
from mlpviz.maths.expressions import Symbol
from mlpviz.maths.symbols import COMPUTED
from tests.support.lines import scenes, update_of
from tests.support.networks import view_of

NOTATIONS = [
    Notation(orientation, first_layer=first, numbered=numbered, division=division)
    for orientation, first, numbered, division in itertools.product(
        ("rows", "columns"), (0, 1), ("enters", "leaves"), ("error", "gradients")
    )
]
"""Everything that changes what a line of code says, and not only its letters."""

SOURCES = ("numpy", "torch", "formula", "entry")


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
        for source, text in texts.items():
            yield Pasted(text, equation.target, source, "step", network, notation, batch)


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
                    for source, text in texts.items():
                        if speaks_of_what_check_does_not_know(line, source):
                            continue
                        yield Pasted(text, chain.target, source, f"derive {name}", network, own, walkthrough.batch)


NAMELESS = ("upstream", "carried back", "flat gradient")
"""Arrays that derivations name and Check does not: v, 𝓑[…](v) and W as one long vector; code writes what makes them."""


def speaks_of_what_check_does_not_know(line: Line, source: str) -> bool:
    """Whether a line names a sample by its number, or an array that Check has no name for."""
    kinds = ("sample", *NAMELESS) if source == "formula" else ("sample",)
    named = [line.value, *([line.called] if line.called else [])]
    return any(isinstance(symbol, Derived) and symbol.name in kinds for each in named for symbol in named_in(each))


def everything(networks=tuple(PRESETS), notations=tuple(NOTATIONS)) -> Iterator[Pasted]:
    """Every text of some networks under some notations, each once."""
    found: dict[Pasted, None] = {}
    for network, notation in itertools.product(networks, notations):
        found |= dict.fromkeys(of_step(network, notation))
        found |= dict.fromkeys(of_derive(network, notation))
    return iter(found)


@cache
def kind_of(pasted: Pasted) -> str:
    """The kind of the verdict, or that there was none."""
    try:
        return pasted.verdict().kind
    except Exception as fault:  # a text of our own pages must never bring the reader down
        return f"{type(fault).__name__}: {fault}"
