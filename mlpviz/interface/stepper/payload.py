"""What the stepper in the browser is given: every matrix of a pass, every step's tree, formulas and code.

The browser expands any cell from a step's tree alone; it knows no formula. A payload has two parts: its frame, which is
the same whatever the numbers are, and the numbers, which are put into it there.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import asdict, replace
from functools import cached_property
from typing import Any

import numpy as np

from ...derivation.choices import OPTIONS
from ...derivation.derived import Derived
from ...derivation.notation import Notation
from ...derivation.plain import WHOLE_TARGETS, displayed, needs_whole_targets
from ...derivation.printing.breaking import breakable
from ...derivation.printing.code import DIALECTS, CodePrinter
from ...derivation.printing.filled import filled_latex, place
from ...derivation.printing.latex import entry_latex, equation_latex
from ...derivation.printing.naming import swaps
from ...derivation.printing.text import label, spoken
from ...derivation.view import View
from ...drawing.diagram import diagram
from ...engine.descent import Update
from ...maths.activations import ACTIVATIONS
from ...maths.digits import LOWERED
from ...maths.equations import Step
from ...maths.expressions import Expression, Symbol, walk
from ...maths.messages import N_, Message
from ...maths.shapes import symbol_shape
from ...maths.symbols import BEFORE, CONSTANTS, PER, QUANTITIES, SCALARS, Dimension, Role, Shape, named
from ...maths.wide import IN_NUMBERS
from ..shell.translation import _, language, told
from .excerpt import Excerpt, packed
from .frame import Frame, woven
from .functions import functions
from .program import program
from .proving import rule
from .signs import signs_of
from .slips import Change, changes, shapes
from .texts import sentence, title
from .tree import Gaps, rest, tree
from .typesetting import katex

GIVEN = named(Role.PARAMETER, Role.LABEL)
"""What a learner may edit besides the input."""

VEILED = N_("the link keeps results back, so the server computes what follows from an edit")

NOT_WHOLE = N_("only a part of this network travels to the browser: the server computes what follows from an edit")

RANKS = {name: rank for rank, name in enumerate(QUANTITIES)}
"""The order of a layer's arrays on screen."""


class Payload:
    """Collects the payload of one pass seen through one view.

    The arrays of a ``veil``, and all that is computed from them, stay on the server.
    """

    def __init__(self, update: Update, view: View, veil: Sequence[str] = ()) -> None:
        self.update, self.view, self.veil = update, view, tuple(veil)
        self.architecture = update.trace.architecture
        self.formulas: dict[str, int] = {}
        self.meanings: dict[str, dict[str, str]] = {}
        self.causes: dict[str, str] = {}
        self.gaps = Gaps()

    def data(self, **options: Any) -> dict[str, Any]:
        """The whole payload; ``options`` (digits, start, focus, grain, messages …) travel as they are."""
        frame = self.frame()
        return woven(frame.content, self.numbers(frame)) | options

    def frame(self, **options: Any) -> Frame:
        """What does not depend on the numbers, with ``options`` that do not either."""
        steps, matrices, live = self.described_steps(), self.described_matrices(), self.live
        content = {
            "architecture": {
                "activations": [_(ACTIVATIONS[name].title) for name in self.architecture.activations],
                "kinked": [ACTIVATIONS[name].kinks for name in self.architecture.activations],
                "batch": self.update.trace.batch_size,
                "samples_shown": self.excerpt.samples,
            },
            "matrices": {key: described for key, (_symbol, described) in matrices.items()},
            "steps": steps,
            "formulas": list(self.formulas),
            "katex": katex(),
            "signs": self.meanings,
            "causes": self.causes,
            "options": OPTIONS,
            "diagram": {"layers": [asdict(column) for column in diagram(self.architecture.widths)]},
            "notation": asdict(self.view.notation),
            "lang": language(),
            "wide": IN_NUMBERS,
            "scalars": list(self.gaps.scalars),
            "functions": functions(self.view),
            **({"veils": True} if self.hidden else {}),
            **live,
            **options,
        }
        return Frame(
            content,
            {key: symbol for key, (symbol, _described) in matrices.items()},
            tuple(self.symbols),
            self.gaps,
            self.excerpt,
            self.checked_as(),
            self.hidden,
        )

    def numbers(self, frame: Frame) -> dict[str, Any]:
        """The numbers that belong into a frame."""
        self.excerpt, self.symbols, self.hidden = frame.excerpt, list(frame.symbols), frame.hidden
        scalars = np.array([self.scalar(symbol) for symbol in frame.gaps.scalars.values()])
        return {
            "identity": self.identity,
            "matrices": {key: self.measured(symbol) for key, symbol in frame.arrays.items()},
            "scalars": packed(scalars),
            "rests": [self.rest(node, inner, frame.gaps) for node, inner in frame.gaps.rests],
        }

    def scalar(self, symbol: Symbol) -> float:
        return math.nan if symbol in self.hidden else float(self.shown(symbol))

    def rest(self, node: Expression, inner: Dimension, gaps: Gaps) -> str:
        """What of a sum does not travel, as one number an entry; nothing where the link keeps the sum back."""
        if (node, inner) in gaps.kept or any(each in self.hidden for each in walk(node)):
            return packed(np.full(self.view.size(node), math.nan))
        return rest(node, inner, self.view, self.shown, self.excerpt)

    @cached_property
    def hidden(self) -> frozenset[Symbol]:
        """What stays on the server: the veiled arrays, and all that is computed from them."""
        return kept_back(self.steps, self.veil)

    def described_steps(self) -> list[dict[str, Any]]:
        return [self.step(step) for step in self.steps]

    def described_matrices(self) -> dict[str, tuple[Symbol, dict[str, Any]]]:
        """By its key each array, and what is said of it."""
        return {str(symbol): (symbol, self.matrix(symbol)) for symbol in self.symbols}

    def checked_as(self) -> dict[str, str]:
        """The key of each array by that of the gradient whose proof it shows."""
        return {}

    @cached_property
    def steps(self) -> tuple[Step, ...]:
        return self.update.steps

    @cached_property
    def excerpt(self) -> Excerpt:
        """What of a large network travels."""
        return Excerpt(self.architecture, self.update.trace.batch_size, self.steps)

    @property
    def live(self) -> dict[str, Any]:
        """The pass as a program of the browser and how it proves the gradients, where all travels, else why not."""
        if not self.excerpt.whole:
            return {"still": told(Message(NOT_WHOLE))}
        if self.hidden:
            return {"still": told(Message(VEILED))}
        made = program(self.update)
        for operation, *_shape, key in made["rows"]:
            if operation == "given" and key in SCALARS:
                self.gaps.scalars.setdefault(key, Symbol(key))
        return {"program": json.dumps(made), "proof": rule(self.update.trace)}

    @cached_property
    def coders(self) -> dict[str, CodePrinter]:
        return {dialect: CodePrinter(self.view, dialect) for dialect in DIALECTS}

    @cached_property
    def symbols(self) -> list[Symbol]:
        """Every array that a step reads or computes, the given ones first, in order of first use."""
        used = (symbol for step in self.steps for symbol in (*self.reads(step), step.equation.target))
        return list(dict.fromkeys(used))

    @cached_property
    def computed(self) -> dict[Symbol, int]:
        """The step that computes each array."""
        return {step.equation.target: step.index for step in self.steps}

    @cached_property
    def identity(self) -> str:
        """A fingerprint of the network and its numbers, the same under every notation."""
        digest = hashlib.sha256(repr(self.architecture).encode())
        for symbol in self.symbols:
            digest.update(str(symbol).encode() + (b"" if symbol in self.hidden else self.host(symbol).tobytes()))
        return digest.hexdigest()[:16]

    @cached_property
    def limits(self) -> dict[str, float]:
        """The colour scale's limit of each quantity, over all its layers."""
        largest: dict[str, float] = {}
        for symbol in self.symbols:
            if symbol in self.hidden:
                continue
            values = np.abs(self.view.times(symbol) * self.host(symbol))
            finite = values[np.isfinite(values)]
            key = colour_scale(symbol)
            largest[key] = max(largest.get(key, 0.0), float(finite.max(initial=0.0)))
        return {key: rounded_up(value) for key, value in largest.items()}

    def host(self, symbol: Symbol) -> np.ndarray:
        value = self.update.value(symbol)
        array = self.update.trace.parameters.arrays.to_host(value)
        return np.atleast_2d(np.asarray(array, np.float64))

    def shown(self, symbol: Symbol) -> Any:
        if symbol.name in SCALARS:
            return self.update.value(symbol)
        values = self.view.times(symbol) * self.host(symbol)
        return values.T if symbol.name in self.view.notation.transposed else values

    def matrix(self, symbol: Symbol) -> dict[str, Any]:
        """One array without its numbers: which of it travel, its shape and its names."""
        shape, quantity = symbol_shape(symbol, self.architecture), QUANTITIES[symbol.name]
        rows, columns = (self.excerpt.of(dimension) for dimension in shape)
        return self.bare_matrix(symbol, shape, turned=symbol.name in self.view.notation.transposed) | {
            "role": quantity.role.value,
            "per": PER[quantity.shape],
            "rank": RANKS[symbol.name],
            "rows": rows,
            "columns": columns,
            "swapped": swaps(symbol, self.view),
            "label": label(symbol, self.view),
            "entry": label(symbol, self.view, small=True),
            "name": told(spoken(symbol, self.view)),
            "meaning": _(self.view.quantity(symbol).meaning),
            "step": self.computed.get(symbol, -1),
            "by": str(Symbol(quantity.of, symbol.layer)) if quantity.role is Role.GRADIENT else None,
            "editable": symbol.name in GIVEN or symbol == Symbol("A", 0),
            **({"veiled": True} if symbol in self.hidden else {}),
        }

    def measured(self, symbol: Symbol) -> list[Any]:
        """The values of an array that travel, and the limit of its colour scale."""
        values, shape = self.host(symbol), symbol_shape(symbol, self.architecture)
        if symbol in self.hidden:
            values = np.full_like(values, math.nan)
        return [packed(self.excerpt.slice(values, shape)), self.limits.get(colour_scale(symbol), 1.0)]

    def bare_matrix(self, symbol: Symbol, shape: Shape, turned: bool) -> dict[str, Any]:
        """An array of some stored shape, shown turned or not: whole, given, and without a place in the picture."""
        return {
            "symbol": symbol.name,
            "role": None,
            "per": None,
            "rank": -1,
            "everywhere": isinstance(symbol, Derived) and symbol.layer is None,
            "layer": symbol.layer if isinstance(symbol.layer, int) else self.architecture.depth,
            "shape": list(self.host(symbol).shape),
            "rows": None,
            "columns": None,
            "times": self.view.times(symbol),
            "transposed": turned,
            "swapped": False,
            "dims": [dimension_text(d, self.view) for d in (reversed(shape) if turned else shape)],
            "step": -1,
            "editable": False,
        }

    def step(self, step: Step) -> dict[str, Any]:
        """One step: its equation as formulas, tree and code."""
        equation, view, before = step.equation, self.view, len(self.gaps.rests)
        shown, computed = displayed(equation, view), displayed(equation, view, opened=False)
        written = tree(shown.value, view, self.excerpt, self.gaps)
        if equation.target in self.hidden:
            self.gaps.kept += self.gaps.rests[before:]
        return {
            "index": step.index,
            "phase": step.phase,
            "layer": step.layer,
            "number": self.number(equation.target),
            "name": equation.name,
            "title": title(step),
            "target": str(equation.target),
            "formula": self.formula(equation_latex(equation, view)),
            "shapes": self.formula(equation_latex(equation, view, shapes=True)),
            "sum": self.formula(entry_latex(equation, view)),
            "filled": filled_latex(equation.target, shown.value, view, place(equation.target)),
            "tree": written,
            "mistakes": self.mistakes(shown.value),
            "sizes": shapes(equation.target, shown.value, view),
            "picture": "product",
            "factors": None,
            "code": {
                dialect: coder.assignment(computed.target, computed.value) for dialect, coder in self.coders.items()
            },
            "text": self.sentence(step),
            "reads": [str(symbol) for symbol in self.reads(step)],
            "legend": self.legend((equation.target, shown.value), step.phase),
        }

    def number(self, target: Symbol) -> int | None:
        """The number of the layer that is named with a target; none of what belongs to the network as a whole."""
        return None if target.layer is None else self.view.layer_number(target)

    def legend(self, written: Sequence[Expression], phase: str) -> list[str]:
        """The keys of the signs in formulas; what they mean is noted once for all."""
        found = signs_of(written, self.view, phase == "backward")
        self.meanings |= found
        return list(found)

    def mistakes(self, written: Expression) -> list[Change]:
        """What a formula is with one mistake in it; what is wrong then is noted once for all."""
        found, causes = changes(written, self.view)
        self.causes |= causes
        return found

    def sentence(self, step: Step) -> str:
        """What happens in a step and, where its equation owes its form to the targets, that it does."""
        text = sentence(step, self.view)
        if not needs_whole_targets(step.equation, self.view):
            return text
        return told(Message("{sentence} {remark}", sentence=text, remark=Message(WHOLE_TARGETS)))

    def reads(self, step: Step) -> list[Symbol]:
        """The arrays that a step reads, in the order of their mention; a cost counts as one."""
        nodes = walk(displayed(step.equation, replace(self.view, notation=Notation())).value)
        symbols = dict.fromkeys(node for node in nodes if isinstance(node, Symbol))
        return [symbol for symbol in symbols if symbol.name not in CONSTANTS]

    def formula(self, latex: str) -> int:
        """The index of a formula in the list of formulas that are typeset once."""
        return self.formulas.setdefault(breakable(latex), len(self.formulas))


def kept_back(steps: Iterable[Step], veil: Sequence[str]) -> frozenset[Symbol]:
    """The arrays of a veil, and those that steps compute from them."""
    found: set[Symbol] = set()
    for step in steps if veil else ():
        target = step.equation.target
        if str(target) in veil or any(each in found for each in walk(step.equation.value)):
            found.add(target)
    return frozenset(found)


def colour_scale(symbol: Symbol) -> str:
    """The colour scale that an array shares: X apart from the activations, updated parameters with the old."""
    return "X" if symbol == Symbol("A", 0) else BEFORE.get(symbol.name, symbol.name)


def rounded_up(value: float) -> float:
    """The next of 1, 2, 5 times a power of ten, or the value itself if that overflows; 1 for zero."""
    if value == 0:
        return 1.0
    steps = (float(f"{step}e{math.floor(math.log10(value))}") for step in (1, 2, 5, 10))
    return next((step for step in steps if value * (1 - 1e-12) <= step < math.inf), value)


def dimension_text(dimension: Symbol | int, view: View) -> str:
    """A dimension as a label writes it: m, n₁."""
    if isinstance(dimension, int):
        return str(dimension)
    return "".join(text.translate(LOWERED) if kind == "sub" else text for text, kind in label(dimension, view))
