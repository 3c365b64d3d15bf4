"""The signs of a formula that are no arrays, and what each of them means: what the legend of letters says besides."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeGuard

from ...derivation.calculus import Assembled, Indicator, Partial
from ...derivation.derived import Derived
from ...derivation.indices import Entry, SumOver
from ...derivation.printing.naming import function_name
from ...derivation.printing.text import label
from ...derivation.view import View
from ...maths.expressions import Apply, Expression, MatMul, Multiply, Sum, Symbol, Transpose, children, walk
from ...maths.functions import FUNCTIONS, runs_along_rows
from ...maths.messages import N_
from ...maths.symbols import CONSTANTS, QUANTITIES
from ..shell.translation import _

Stands = Callable[[Expression, View], bool]
"""Whether a sign stands in a formula for a node."""


@dataclass(frozen=True)
class Glyph:
    """A sign, what it means, and for which nodes it stands."""

    text: str
    meaning: str
    stands: Stands


def entrywise(node: Expression, view: View) -> bool:
    """Whether a product multiplies two arrays entry by entry."""
    if not isinstance(node, Multiply) or any(isinstance(part, ENTRIES) for part in walk(node)):
        return False
    return (1, 1) not in (view.shape(node.left), view.shape(node.right))


ENTRIES = (Entry, Partial, Indicator, SumOver)


def of(*kinds: type[Expression]) -> Stands:
    return lambda node, view: isinstance(node, kinds)


def derived(*names: str) -> Stands:
    return lambda node, view: isinstance(node, Derived) and node.name in names


SIGNS = {
    "product": Glyph("A B", N_("matrix product: each entry is a row of A times a column of B, added up"), of(MatMul)),
    "entrywise": Glyph("⊙", N_("entry by entry: each entry times the one in the same place"), entrywise),
    "transpose": Glyph("⊤", N_("transposed: rows become columns"), of(Transpose)),
    "sum": Glyph("𝟏", N_("a vector of ones: a product with it adds up all rows, or all columns"), of(Sum)),
    "over": Glyph("Σₖ", N_("the sum of the terms for every k; k numbers what stands above the sign"), of(SumOver)),
    "assembled": Glyph("[ ]ᵢⱼ", N_("the matrix with this formula as the entry in row i and column j"), of(Assembled)),
    "indicator": Glyph("1ᵢⱼ", N_("1 where i and j are the same, else 0 (Kronecker’s delta)"), of(Indicator)),
    "partial": Glyph(
        "∂u/∂v", N_("the derivative of u with respect to v: how fast u changes with v, all else fixed"), of(Partial)
    ),
    "vec": Glyph("vec", N_("the rows of a matrix one after the other, as one long vector"), derived("flat gradient")),
    "backward": Glyph(
        "𝓑[f, x](v)",
        N_("what the module f carries back to x: the transposed Jacobian of f times v, without building the Jacobian"),
        derived("carried back"),
    ),
}
"""The signs by key, in the order of the legend."""

GAIN = Glyph(
    "×f′(z)",
    N_("the gain: read backwards a unit multiplies what comes back by the derivative of its activation function"),
    lambda node, view: False,
)
FUNCTION = N_("a function, applied to each entry; with ′ it is the function’s derivative")
MIXING = N_("a function of all units of an example together")


def signs_of(written: Sequence[Expression], view: View, backward: bool) -> dict[str, dict[str, str]]:
    """Each sign and each single number in formulas by key: how it is written, and its meaning."""
    nodes = [node for formula in written for node in inner(formula)]
    found = {key: sign for key, sign in SIGNS.items() if any(sign.stands(node, view) for node in nodes)}
    if backward:
        found["gain"] = GAIN
    constants = dict.fromkeys(node.name for node in nodes if isinstance(node, Symbol) and node.name in CONSTANTS)
    numbers = {name: (letter(Symbol(name), view), _(QUANTITIES[name].meaning)) for name in (*constants, "m", "n")}
    functions = {node.name: function(node, view) for node in nodes if is_named(node)}
    signs = {key: (sign.text, _(sign.meaning)) for key, sign in found.items()}
    return {key: {"sign": sign, "meaning": meaning} for key, (sign, meaning) in (numbers | functions | signs).items()}


def function(node: Apply, view: View) -> tuple[str, str]:
    text, own = function_name(node.name, view, node.arguments[0]).text, FUNCTIONS[node.name].text
    if text != own:
        return text, _("here this is {function}, applied to each entry").format(function=own)
    return text, _(MIXING if runs_along_rows(node.name) else FUNCTION)


def inner(node: Expression) -> Iterator[Expression]:
    """Every node that is written: not what ∂u/∂v comes to, nor what an array is made of; a weight is a factor."""
    node = Multiply(*node.arguments) if isinstance(node, Apply) and node.name == "weighted" else node
    yield node
    below = [node.body] if isinstance(node, Assembled) else children(node)
    for child in () if isinstance(node, Derived | Partial) else below:
        yield from inner(child)


def is_named(node: Expression) -> TypeGuard[Apply]:
    return isinstance(node, Apply) and not FUNCTIONS[node.name].transparent and not FUNCTIONS[node.name].text_form


def letter(symbol: Symbol, view: View) -> str:
    return "n" if symbol.name == "n" else "".join(text for text, _kind in label(symbol, view))
