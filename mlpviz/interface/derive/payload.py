"""What the stepper is given to show a walkthrough: its lines take the place of the steps."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from ...derivation.calculus import Assembled, Indicator, Partial
from ...derivation.derived import Derived, is_new, stored_shape
from ...derivation.indices import Entry, Index, SumOver, Unrolled
from ...derivation.pictures import Drawn, Form, picture
from ...derivation.plain import plain
from ...derivation.printing import filled
from ...derivation.printing.code import DIALECTS
from ...derivation.printing.filled import filled_latex
from ...derivation.printing.line_code import LineCoder
from ...derivation.printing.line_latex import line_entry_latex, line_latex
from ...derivation.printing.line_text import entry_parts, line_label, small
from ...derivation.printing.naming import function_name
from ...derivation.printing.prose import unmarked
from ...derivation.printing.text import Run
from ...derivation.scene import Scene
from ...derivation.walkthroughs.walkthrough import Chain, Line
from ...maths import expressions as ex
from ...maths.expressions import Expression, Symbol, children, walk
from ...maths.functions import FUNCTIONS, definition
from ...maths.messages import Message, verbatim
from ...maths.symbols import QUANTITIES, SCALARS, Role, named
from ..shell.translation import _, told, told_together
from ..stepper.excerpt import Excerpt, packed
from ..stepper.payload import Payload, rounded_up
from ..stepper.slips import shapes
from ..stepper.tree import Node, tree
from .moving import moving

PICTURE = (Role.VALUE, Role.PARAMETER, Role.ERROR)
"""What a layer has in the picture before the first line."""


@dataclass(frozen=True)
class Placed:
    """A line with its number and the key of the array that it computes."""

    index: int
    chain: Chain
    line: Line
    key: str
    hidden: bool


def placed(chains: tuple[Chain, ...]) -> list[Placed]:
    """The lines of all chains, in order.

    The first line for an array computes it under its own name, unless the array is there already, as δ is: every line
    has a result of its own, which is blank until the line is reached.
    """
    shown = named(*PICTURE, Role.LABEL)
    lines: list[Placed] = []
    taken = {str(symbol) for chain in chains for line in chain.lines for symbol in reads(line.value)}
    for chain in chains:
        for line in chain.lines:
            index, name = len(lines), str(chain.target)
            hidden = name in taken or chain.target.name in shown
            lines.append(Placed(index, chain, line, f"{name} line {index}" if hidden else name, hidden))
            taken.add(name)
    return lines


class LinesPayload(Payload):
    """Collects the payload of the lines of a scene's chains."""

    def __init__(self, scene: Scene, chains: Callable[[Scene], tuple[Chain, ...]], hand: str = "") -> None:
        super().__init__(scene.update, scene.view)
        self.scene, self.chains, self.hand, self.steps = scene, chains, hand, ()

    @cached_property
    def lines(self) -> list[Placed]:
        return placed(self.chains(self.scene))

    @cached_property
    def excerpt(self) -> Excerpt:
        """Everything travels."""
        everything = super().excerpt
        everything.units = [list(range(n)) for n in self.architecture.widths]
        return everything

    def described_steps(self) -> list[dict[str, Any]]:
        return [self.shown_line(place) for place in self.lines]

    def described_matrices(self) -> dict[str, tuple[Symbol, dict[str, Any]]]:
        """The arrays of the pass but those that the lines compute, which each line has for itself."""
        given = {key: each for key, each in super().described_matrices().items() if key not in self.targets}
        for symbol, described in given.values():
            described["step"] = self.seen_from(symbol)
        return given | {place.key: (place.chain.target, self.result(place)) for place in self.lines}

    def seen_from(self, symbol: Symbol) -> int:
        """The index of the line from which on an array of the pass is seen, -1 if it is from the beginning.

        What a line derives is not seen before it, unless an earlier one reads it; δ, of which the forward pass knows
        nothing, not before the line at which it is needed.
        """
        read = next((place.index - 1 for place in self.lines if symbol in reads(place.line.value)), None)
        derived = next((place.index for place in self.lines if place.chain.target == symbol), None)
        error = not isinstance(symbol, Derived) and QUANTITIES[symbol.name].role is Role.ERROR
        if derived is None and not error:
            return -1
        return min((at for at in (read, derived) if at is not None), default=len(self.lines))

    def checked_as(self) -> dict[str, str]:
        return {place.key: str(place.chain.target) for place in self.lines}

    # The pass stands in the background: none of its own steps is shown

    @cached_property
    def symbols(self) -> list[Symbol]:
        """Every array of the picture, and those that the lines name."""
        architecture, L = self.architecture, self.architecture.depth
        names = [name for name in named(*PICTURE) if name not in architecture.absent]
        given = [Symbol("Y"), Symbol("cost")]
        network = [Symbol("A", 0), *(Symbol(name, l) for l in range(1, L + 1) for name in names), *given]
        return list(dict.fromkeys([*network, *self.mentioned]))

    @cached_property
    def mentioned(self) -> list[Symbol]:
        """Every array that the lines name, draw or come to."""
        named = [symbol for place in self.lines for symbol in reads(place.line.value)]
        drawn = [symbol for each in self.pictures if each.value is not None for symbol in reads(each.value)]
        return [*named, *drawn, *(place.chain.target for place in self.lines)]

    @cached_property
    def pictures(self) -> list[Drawn]:
        """How each line is drawn."""
        values = ((place.chain.target, plain(place.line.value, self.view)) for place in self.lines)
        return [picture(target, value, self.view) for target, value in values]

    @cached_property
    def targets(self) -> set[str]:
        """The arrays that exist only after a line has computed them."""
        return {place.key for place in self.lines}

    @cached_property
    def computed(self) -> dict[Symbol, int]:
        """Nothing is computed here except by the lines."""
        return {}

    def host(self, symbol: Symbol) -> np.ndarray:
        return np.atleast_2d(np.asarray(self.scene.stored(symbol), np.float64))

    def shown(self, symbol: Symbol) -> Any:
        return self.scene.shown(symbol)

    def matrix(self, symbol: Symbol) -> dict[str, Any]:
        """One array that is given before the first line."""
        if not isinstance(symbol, Derived):
            unseen = {"hidden": True} if symbol == Symbol("cost") and symbol not in self.mentioned else {}
            return super().matrix(symbol) | {"step": -1} | unseen
        runs, shape = line_label(symbol, self.view), stored_shape(symbol, self.architecture)
        return self.bare_matrix(symbol, shape, self.scene.turned(symbol)) | {
            "label": runs,
            "entry": runs,
            "parts": [{"runs": part, "at": at} for part, at in entry_parts(symbol, self.view)],
            "name": told(aloud(symbol, runs)),
            "meaning": _(symbol.kind.meaning),
        }

    def measured(self, symbol: Symbol) -> list[Any]:
        if not isinstance(symbol, Derived):
            return super().measured(symbol)
        values = self.host(symbol)
        largest = float(np.abs(values[np.isfinite(values)]).max(initial=0.0))
        return [packed(values), rounded_up(self.view.times(symbol) * largest)]

    @property
    def live(self) -> dict[str, Any]:
        """What lets the lines follow the hand, or why they do not."""
        named = [symbol for symbol in self.symbols if str(symbol) not in self.targets]
        entries = sum(math.prod(np.shape(self.host(place.chain.target))) for place in self.lines)
        found = moving(self.scene, named, entries)
        return {"still": told(found)} if isinstance(found, Message) else found

    # The lines

    def result(self, place: Placed) -> dict[str, Any]:
        return self.matrix(place.chain.target) | {"step": place.index, "hidden": place.hidden, "editable": False}

    def shown_line(self, place: Placed) -> dict[str, Any]:
        """One line: its formulas, its tree, and the reason for its step."""
        index, chain, line, key = place.index, place.chain, place.line, place.key
        value, view, target = plain(line.value, self.view), self.view, chain.target
        phase = phase_of(target)
        return {
            "index": index,
            "phase": phase,
            "layer": None if target.layer is None else chain.layer or self.scene.layer,
            "number": self.number(target),
            "name": unmarked(in_words(line.title)),
            "chip": unmarked(in_words(chain.title)),
            "target": key,
            "formula": self.formula(line_latex(target, value, view, called=line.called)),
            "shapes": self.formula(line_latex(target, value, view, shapes=True)),
            "filled": filled_latex(target, value, view, filled.place(key)),
            "sum": None if isinstance(value, Assembled) else self.formula(line_entry_latex(target, value, view)),
            "tree": self.tree(value),
            "mistakes": self.mistakes(value),
            "sizes": shapes(target, value, view),
            **self.drawn(self.pictures[index]),
            "code": {dialect: coder.line(target, line.value) for dialect, coder in self.line_coders.items()},
            "text": in_words(line.reason),
            "note": told_together(map(in_words, line.noted(self.hand))),
            "reads": [str(symbol) for symbol in reads(value)],
            "legend": self.legend((target, *([line.called] if line.called else ()), value), phase),
        }

    def drawn(self, each: Drawn) -> dict[str, Any]:
        """A line's picture, and its whole matrices where they are not the line itself."""
        other = None if each.form is Form.WRITTEN else each.value
        return {"picture": each.form.value, "factors": None if other is None else self.tree(other)}

    @cached_property
    def line_coders(self) -> dict[str, LineCoder]:
        return {dialect: LineCoder(self.view, dialect) for dialect in DIALECTS}

    def tree(self, value: Expression) -> Node:
        nodes = {str(node): node for node in walk(value) if isinstance(node, Assembled)}
        assembled = {key: self.assembled(node) for key, node in nodes.items()}
        return opened(tree(value, self.view, self.excerpt, self.gaps), assembled)

    def assembled(self, node: Assembled) -> Node:
        """[e_ij]_ij as a tree."""
        shape = list(self.view.size(node))
        return {
            "op": "assemble",
            "shape": shape,
            "row": node.row,
            "column": node.column,
            "args": [self.body(node.body)],
        }

    def body(self, node: Expression) -> Node:
        """A formula in entries as a tree of single numbers."""
        common: Node = {"shape": [1, 1]}
        match node:
            case Entry(symbol, row, column):
                shape = list(self.view.size(symbol))
                places = {"row": place(row), "column": place(column)}
                return {"op": "entry", "key": str(symbol), **places, "shape": shape}
            case SumOver(index, dimension, body):
                count = self.scene.size(dimension)
                return common | {"op": "sumover", "index": index, "count": count, "args": [self.body(body)]}
            case Indicator(left, right):
                return common | {"op": "indicator", "left": left, "right": right}
            case Partial(of, by, body):
                return common | {"op": "partial", "of": self.named(of), "by": self.named(by), "args": [self.body(body)]}
            case ex.Number(value):
                return common | {"op": "number", "value": value}
            case Symbol(name) if name in SCALARS:
                return common | self.gaps.scalar(node, self.view)
            case ex.Apply():
                common |= self.applied(node)
        name = "times" if isinstance(node, ex.Multiply) else type(node).__name__.lower()
        return {"op": name, **common, "args": [self.body(child) for child in children(node)]}

    def applied(self, node: ex.Apply) -> Node:
        """A function of single numbers, with its definition."""
        function, meaning = FUNCTIONS[node.name], definition(node)
        text = function_name(node.name, self.view, node.arguments[0]).text
        common: Node = {"op": "apply", "name": node.name, "label": text, "transparent": function.transparent}
        return common if meaning is None else common | {"definition": self.body(meaning)}

    def named(self, node: Entry | None) -> Node:
        """The name above or below a ∂: a symbol with its indices, or the cost."""
        if node is None:
            return {"label": [(self.view.notation.cost, "")], "at": []}
        runs = small(node.symbol, self.view)
        return {"label": runs, "at": [index for index in (node.row, node.column) if index]}


def place(index: Index) -> Any:
    """An index by its name, or the names from which it is made."""
    if isinstance(index, Unrolled):
        return {"row": index.row, "column": index.column, "length": index.length}
    return index


PHASES = {Role.VALUE: "forward", Role.LOSS: "loss", Role.COST: "loss"}
"""By the role of what is derived; all that is no part of the forward pass is read backwards."""


def phase_of(target: Symbol) -> str:
    """Which way the network is read where an array is derived."""
    if isinstance(target, Derived):
        return target.kind.phase or phase_of(target.operands[0])
    return PHASES.get(QUANTITIES[target.name].role, "backward")


def aloud(symbol: Derived, runs: list[Run]) -> Message:
    """What a derived array is called, for whoever hears it."""
    if is_new(symbol):
        return Message("{symbol} new", symbol=symbol.kind.letter)
    return verbatim("".join(text for text, _kind in runs))


def in_words(text: str) -> str:
    return told(text if isinstance(text, Message) else Message(text))


def opened(node: Any, assembled: dict[str, Node]) -> Any:
    """The tree, with each leaf for an assembled matrix replaced by that matrix's tree."""
    if isinstance(node, dict):
        if node.get("op") == "symbol" and node["key"] in assembled:
            return assembled[node["key"]]
        return {key: opened(value, assembled) for key, value in node.items()}
    return [opened(item, assembled) for item in node] if isinstance(node, list) else node


def reads(value: Expression) -> list[Symbol]:
    return list(dict.fromkeys(symbol for symbol in named_in(value) if symbol.name not in SCALARS))


def named_in(node: Expression) -> Iterator[Symbol]:
    """Every array that a line names, also by single entries; ∂u/∂v counts as its value."""
    match node:
        case Assembled(body=body) | Partial(_, _, body) | SumOver(_, _, body):
            yield from named_in(body)
        case Symbol():
            yield node
        case ex.Apply(_, arguments) if (meaning := definition(node)) is not None:
            yield from (symbol for argument in arguments for symbol in named_in(argument))
            yield from named_in(meaning)
        case _:
            yield from (symbol for child in children(node) for symbol in named_in(child))
