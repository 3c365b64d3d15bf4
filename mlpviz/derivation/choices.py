"""What can be asked of a number or a formula, and what a wrong answer would be right for.

The stepper asks so before it shows a result, and a lesson where it says so: both read the sentences, the order of the
mistakes and the shapes here.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..maths.expressions import Apply, Expression, Symbol, Transpose, children
from ..maths.functions import FUNCTIONS, definition
from ..maths.messages import N_, Message
from ..maths.shapes import ShapeError
from ..maths.symbols import CONSTANTS
from .calculus import Assembled, Partial
from .checker.mistakes import Mistake, mistakes
from .indices import Entry
from .printing.aloud import aloud
from .printing.latex import LatexPrinter
from .view import View

OPTIONS = 4
"""Answers to choose from, the right one among them."""

SIGNS = ("−", "0", "+")

QUESTIONS = {
    "sign": N_("Is {name} negative, zero or positive?"),
    "shape": N_("What is the shape of {name}?"),
    "number": N_("What is {name}?"),
    "formula": N_("What is {name}?"),
}
"""What is asked, by its kind."""

COMES_OF = N_("{given} comes of this mistake: {cause}")
IS_ENTRY = N_("{given} is {name}.")
SHAPE_OF = N_("{given} is the shape of {name}.")
SHAPE_OF_TRANSPOSE = N_("{given} is the shape of the transpose of {name}.")


@dataclass(frozen=True)
class SizedPart:
    """Rows and columns to choose from, and the array that has them, perhaps turned; none has its own shape."""

    size: tuple[int, int]
    symbol: Symbol | None
    turned: bool = False


class AnySizes(View):
    """A view in which what does not multiply can be written, too: nothing of it is taken for a single number."""

    def size(self, node: Expression) -> tuple[int, int]:
        try:
            return super().size(node)
        except ShapeError:
            return 2, 2


def formula_latex(formula: Expression, view: View) -> str:
    """A formula, which need not be right, as LaTeX."""
    return LatexPrinter(of_any_size(view)).write(formula)


def formula_aloud(formula: Expression, view: View) -> Message:
    """The same in words."""
    return aloud(formula, of_any_size(view))


def of_any_size(view: View) -> AnySizes:
    return AnySizes(view.architecture, view.batch_size, view.notation, view.whole_targets)


def slips_in(formula: Expression, view: View) -> list[Mistake]:
    """What a right formula is with one mistake, one of each kind first."""
    found = mistakes(formula, view)
    firsts = list({mistake.key: mistake for mistake in reversed(found)}.values())[::-1]
    return [*firsts, *(mistake for mistake in found if mistake not in firsts)]


def shapes_asked(target: Symbol, formula: Expression, view: View) -> list[SizedPart]:
    """The shape of a result first, then the same turned, and those of what it is made of; each once."""
    rows, columns = view.size(target)
    parts = [SizedPart((rows, columns), None), SizedPart((columns, rows), target, turned=True)]
    parts += [SizedPart(view.size(part), *whose(part)) for part in arrays_in(formula)]
    firsts = {part.size: part for part in reversed(parts)}
    return [part for part in parts if firsts[part.size] is part][:OPTIONS]


def arrays_in(node: Expression) -> Iterator[Expression]:
    """The arrays that a formula names, whole or an entry of them, each turned where it stands turned there."""
    match node:
        case Entry(symbol):
            yield symbol
        case Assembled(body=body) | Partial(body=body):
            yield from arrays_in(body)
        case Symbol(name) | Transpose(Symbol(name)):
            yield from [] if name in CONSTANTS else [node]
        case Apply(name) if FUNCTIONS[name].transparent and (meaning := definition(node)) is not None:
            yield from arrays_in(meaning)
        case _:
            for child in children(node):
                yield from arrays_in(child)


def whose(part: Expression) -> tuple[Symbol, bool]:
    """An array, and whether it is turned."""
    turned = isinstance(part, Transpose)
    symbol = part.operand if isinstance(part, Transpose) else part
    assert isinstance(symbol, Symbol)
    return symbol, turned
