"""One step of training as a program that runs as it is: forward, loss, backward and update, from the equations.

Its lines are those that ``printing.code`` writes of each equation; layers that are written alike become a loop.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

import numpy as np

from ..engine.descent import Update
from ..maths.equations import Step, steps
from ..maths.expressions import Expression, MatMul, Symbol, walk
from ..maths.messages import N_
from ..maths.symbols import INPUT, SCALARS, Role, named
from .notation import Notation
from .plain import displayed
from .printing.code import CodePrinter
from .view import View

PHASES = {"forward": N_("Forward"), "loss": N_("Loss"), "backward": N_("Backward"), "update": N_("Update")}
"""The phases of a program, with the words for them."""

SMALL, LARGE = 60, 600
"""Most numbers of an array that is written one row a line, and of one that is written in numbers."""


@dataclass(frozen=True)
class Dialect:
    """How a program is written: with which library, how it makes an array from its rows or, ``packed``, from bytes.

    Its ``imports`` are by what they are for; ``view`` is the notation that it is written in.
    """

    library: str
    array: str
    packed: str
    imports: Mapping[str, str]
    printer: type[ProgramPrinter]
    view: Callable[[View], View] = lambda view: view


@dataclass(frozen=True)
class Passage:
    """Some lines of a program: those of a phase for layers ``first`` to ``last``, which begin with the ``step``."""

    phase: str
    lines: tuple[str, ...]
    first: int = 0
    last: int = 0
    step: int = 0


def program(update: Update, view: View, dialect: str) -> list[Passage]:
    """The blocks of a program, the first of which sets everything up."""
    kind = DIALECTS[dialect]
    printer = kind.printer(kind.view(view), kind.library)
    body = [block for phase in PHASES for block in printer.blocks(phase)]
    result = f"print({printer.symbol(Symbol('cost'))})"
    return [Passage("", tuple(head(update, printer, kind, body))), *body, Passage("", (result,))]


def text(blocks: Iterable[Passage], words: Iterable[str]) -> str:
    """A program, each phase headed by its words."""
    said, parts = dict(zip(PHASES, words, strict=True)), []
    for phase, group in groupby(blocks, lambda block: block.phase):
        lines = [line for block in group for line in block.lines]
        parts.append("\n".join([f"# {said[phase]}", *lines] if phase else lines))
    return "\n\n".join(parts) + "\n"


# The lines


class ProgramPrinter(CodePrinter):
    """Writes lines that compute in place: an update is the array itself. ``at`` makes indices relative to a layer l."""

    def __init__(self, view: View, library: str, at: int | None = None) -> None:
        super().__init__(view, library)
        self.library, self.at = library, at

    def symbol(self, symbol: Symbol) -> str:
        if self.at is None or symbol.layer is None or symbol.name == "n":
            return super().symbol(symbol)
        return f"{self.variable(symbol.name)}[{self.index(symbol)}]"

    def index(self, symbol: Symbol) -> str:
        """What says in a program which layer an item of a list is of."""
        number = self.view.layer_number(symbol)
        if self.at is None:
            return str(number)
        offset = number - self.at - self.view.notation.first_layer
        return f"l {'+' if offset > 0 else '-'} {abs(offset)}" if offset else "l"

    def variable(self, name: str) -> str:
        return super().variable(name).removesuffix("_new")

    def line(self, step: Step) -> str:
        shown = displayed(step.equation, self.view, opened=False)
        return self.assignment(shown.target, shown.value)

    def for_any(self, group: list[Step]) -> tuple[str, ...]:
        """The lines of a layer, written for any layer l."""
        return tuple(type(self)(self.view, self.library, step.layer).line(step) for step in group)

    def steps(self, phase: str) -> list[Step]:
        return [step for step in steps(self.view.architecture) if step.phase == phase]

    def blocks(self, phase: str) -> Iterator[Passage]:
        """The lines of a phase: one block for neighbouring layers that are written alike."""
        by_layer = [list(group) for _, group in groupby(self.steps(phase), lambda step: step.layer)]
        for lines, alike in groupby(by_layer, self.for_any):
            groups = list(alike)
            first, last, own = groups[0][0], groups[-1][0], [self.line(step) for step in groups[0]]
            body = own if len(groups) == 1 else [self.loop(first.layer, last.layer), *(f"    {line}" for line in lines)]
            yield Passage(phase, tuple(body), first.layer, last.layer, first.index)

    def loop(self, first: int, last: int) -> str:
        """The head of a loop from one layer to another, upwards or downwards."""
        first, last = (layer + self.view.notation.first_layer for layer in (first, last))
        return f"for l in range({first}, {last + 1}):" if first < last else f"for l in range({first}, {last - 1}, -1):"

    # What comes before them

    def places(self, last: Symbol) -> int:
        """How long a list of an array of each layer is, to the one of the last."""
        return self.view.layer_number(last) + 1

    def lists(self, update: Update, kind: Dialect) -> Iterator[str]:
        """The parameters, and a place for every array of each layer."""
        architecture = self.view.architecture
        empty = self.places(Symbol("A", architecture.depth))
        for name in ("W", "b"):
            if name not in architecture.absent:
                yield f"{self.variable(name)} = [None] * {self.places(Symbol(name, architecture.depth))}"
                yield from (self.given(Symbol(name, l), update, kind) for l in range(1, architecture.depth + 1))
        computed = [step.equation.target for phase in ("forward", "backward") for step in self.steps(phase)]
        names = list(dict.fromkeys(target.name for target in computed))
        yield f"{', '.join(map(self.variable, names))} = [[None] * {empty} for _ in range({len(names)})]"
        yield self.input_line()

    def input_line(self) -> str:
        """A of the input layer, which loops need even where it has a name of its own."""
        return f"{self.variable('A')}[{self.view.notation.first_layer}] = {INPUT.code}"

    def given(self, symbol: Symbol, update: Update, kind: Dialect) -> str:
        """The line that gives an array its numbers, as the notation shows it."""
        name = INPUT.code if symbol == Symbol("A", 0) else self.symbol(symbol)
        return f"{name} = {written_out(shown(symbol, update, self.view.notation), kind)}"


class ModulePrinter(ProgramPrinter):
    """Writes what computes forward with torch.nn.Linear, which holds W and b, and leaves the gradients to PyTorch."""

    def symbol(self, symbol: Symbol) -> str:
        if symbol.name in HELD:
            return f"{self.linear(symbol.layer)}.{HELD[symbol.name]}"
        return super().symbol(symbol)

    def linear(self, layer: object) -> str:
        """The module that holds W and b of a layer, which carries their number."""
        return f"linear[{self.index(Symbol('W', layer))}]"  # type: ignore[arg-type]

    def assignment(self, target: Symbol, value: Expression) -> str:
        if target.name != "Z":
            return super().assignment(target, value)
        below = next(node for node in walk(value) if isinstance(node, MatMul)).left
        return f"{self.symbol(target)} = {self.linear(target.layer)}({self.write(below)})"

    def blocks(self, phase: str) -> Iterator[Passage]:
        if phase in ("forward", "loss"):
            yield from super().blocks(phase)
            return
        first = self.steps(phase)[0]
        layers = range(1, self.view.architecture.depth + 1)
        yield Passage(phase, tuple(self.left_to_torch(phase)), layers[0], layers[-1], first.index)

    def left_to_torch(self, phase: str) -> Iterator[str]:
        if phase == "backward":
            yield f"{self.symbol(Symbol('cost'))}.backward()"
            for l in range(1, self.view.architecture.depth + 1):
                names = [HELD[name] for name in HELD if name not in self.view.architecture.absent]
                linear = self.linear(l)
                yield f"print({', '.join(f'{linear}.{name}.grad' for name in names)})"
        else:
            yield "torch.optim.SGD(parameters, lr=learning_rate).step()"

    def lists(self, update: Update, kind: Dialect) -> Iterator[str]:
        architecture, notation = self.view.architecture, self.view.notation
        empty = self.places(Symbol("A", architecture.depth))
        yield f"linear = [None] * {self.places(Symbol('W', architecture.depth))}"
        for l in range(1, architecture.depth + 1):
            sizes = f"{architecture.widths[l - 1]}, {architecture.widths[l]}"
            bias = "" if architecture.bias else ", bias=False"
            linear = self.linear(l)
            yield f"{linear} = torch.nn.Linear({sizes}{bias}, dtype=torch.float64)"
            for name in HELD:
                if name not in architecture.absent:
                    values = shown(Symbol(name, l), update, notation)
                    numbers = written_out(values[0] if name == "b" else values, kind)
                    yield f"{linear}.{HELD[name]}.data = {numbers}"
        first = self.view.layer_number(Symbol("W", 1))
        yield f"parameters = [each for layer in linear[{first}:] for each in layer.parameters()]"
        yield f"{self.variable('Z')}, {self.variable('A')} = [[None] * {empty} for _ in range(2)]"
        yield self.input_line()


def with_modules(view: View) -> View:
    """A view as torch.nn.Linear has it: samples are rows, and W is (out, in)."""
    default = Notation()
    rows = {name: getattr(default, name) for name in ("orientation", "layout", "weights")}
    return replace(view, notation=replace(view.notation, **rows))


HELD = {"W": "weight", "b": "bias"}
"""What a torch.nn.Linear holds."""

NUMPY = (
    "np.array({})",
    'np.frombuffer(base64.b64decode("{}")).reshape({})',
    {"base64": "import base64", "": "import numpy as np", "scipy.special": "import scipy.special"},
)
TORCH = (
    "torch.tensor({}, dtype=torch.float64)",
    'torch.frombuffer(bytearray(base64.b64decode("{}")), dtype=torch.float64).reshape({})',
    {"base64": "import base64", "": "import torch", "F": "import torch.nn.functional as F"},
)

DIALECTS = {
    "numpy": Dialect("numpy", *NUMPY, ProgramPrinter),
    "torch": Dialect("torch", *TORCH, ProgramPrinter),
    "modules": Dialect("torch", *TORCH, ModulePrinter, with_modules),
}
"""The kinds of programs."""


def head(update: Update, printer: ProgramPrinter, kind: Dialect, body: list[Passage]) -> list[str]:
    """Imports, data, constants and parameters."""
    computing = words_in(line for passage in body for line in passage.lines)
    constants = [name for name in named(Role.CONSTANT) if printer.variable(name) in computing]
    given = [
        *(printer.given(symbol, update, kind) for symbol in (Symbol("A", 0), Symbol("Y"))),
        *(f"{printer.variable(name)} = {update.value(Symbol(name))!r}" for name in constants),
        *printer.lists(update, kind),
    ]
    used = computing | words_in(given) | {""}
    return [*(line for name, line in kind.imports.items() if name in used), "", *given]


def words_in(lines: Iterable[str]) -> set[str]:
    """The names that stand in some lines."""
    return set(re.findall(r"\w+(?:\.special)?", "\n".join(lines)))


def shown(symbol: Symbol, update: Update, notation: Notation) -> np.ndarray:
    """An array of the pass as the notation shows it."""
    values = np.asarray(update.trace.parameters.arrays.to_host(update.value(symbol)))
    return values.T if symbol.name in notation.transposed and symbol.name not in SCALARS else values


def written_out(values: np.ndarray, kind: Dialect) -> str:
    """The numbers of an array: one line for each row or for all, and of a large array its bytes."""
    if values.size > LARGE:
        text = base64.b64encode(np.ascontiguousarray(values, "<f8").tobytes()).decode()
        return kind.packed.format(text, ", ".join(map(str, values.shape)))
    listed: Any = values.tolist()
    if values.ndim == 2 and 1 < len(listed) and values.size <= SMALL:
        rows = ",\n    ".join(map(repr, listed))
        return kind.array.format(f"[\n    {rows},\n]")
    return kind.array.format(repr(listed))
