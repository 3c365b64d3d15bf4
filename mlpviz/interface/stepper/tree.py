"""An expression as the JSON tree that the browser expands, cell by cell.

A tree has no numbers in it but those that are written: it is the same whatever the numbers of the network are.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from ...derivation.printing.naming import function_name
from ...derivation.printing.text import label
from ...derivation.view import View
from ...engine.evaluate import evaluate
from ...maths.expressions import Apply, Expression, MatMul, Number, Sum, Symbol, Transpose, children
from ...maths.functions import FUNCTIONS, definition
from ...maths.symbols import CONSTANTS, SCALARS, Dimension
from .excerpt import Excerpt, packed

Node = dict[str, Any]


@dataclass
class Gaps:
    """What trees leave open: their single numbers by key, and sums with the dimension that does not travel whole.

    Of the sums ``kept`` nothing travels: what they are a part of is kept back.
    """

    scalars: dict[str, Symbol] = field(default_factory=dict)
    rests: list[tuple[Expression, Dimension]] = field(default_factory=list)
    kept: list[tuple[Expression, Dimension]] = field(default_factory=list)

    def scalar(self, symbol: Symbol, view: View) -> Node:
        """A leaf for a single number."""
        self.scalars[str(symbol)] = symbol
        return {"op": "scalar", "key": str(symbol), "label": text_of(symbol, view)}

    def rest(self, node: Expression, inner: Dimension) -> int:
        """The number of a sum among those that have a rest."""
        self.rests.append((node, inner))
        return len(self.rests) - 1


def tree(node: Expression, view: View, excerpt: Excerpt, gaps: Gaps) -> Node:
    """A written expression as JSON: operations, shapes, and which of its sums reach beyond what travels."""
    common: Node = {"shape": list(view.size(node))}
    match node:
        case Symbol(name) if name in CONSTANTS:
            return common | gaps.scalar(node, view)
        case Symbol():
            return common | {"op": "symbol", "key": str(node), "transposed": False}
        case Transpose(Symbol() as symbol):
            return common | {"op": "symbol", "key": str(symbol), "transposed": True}
        case Number(value):
            return common | {"op": "number", "value": value}
    if isinstance(node, Apply):
        common |= applied(node, view, excerpt, gaps)
    else:
        common |= {"op": type(node).__name__.lower()}
    if isinstance(node, Sum):
        common["axis"] = node.axis
    if (inner := contracted(node, view)) is not None and excerpt.left_behind(inner):
        common["rest"] = gaps.rest(node, inner)
    return common | {"args": [tree(child, view, excerpt, gaps) for child in children(node)]}


def text_of(symbol: Symbol, view: View) -> str:
    return "".join(text for text, _ in label(symbol, view))


def applied(node: Apply, view: View, excerpt: Excerpt, gaps: Gaps) -> Node:
    """A function's name, its form if it has one and, unless it is a primitive, its definition."""
    function, body = FUNCTIONS[node.name], definition(node)
    text = function_name(node.name, view, node.arguments[0]).text
    common: Node = {"op": "apply", "name": node.name, "label": text, "transparent": function.transparent}
    common |= {"form": function.text_form} if function.text_form else {}
    return common if body is None else common | {"definition": tree(body, view, excerpt, gaps)}


def contracted(node: Expression, view: View) -> Dimension | None:
    """The dimension that a product or a sum runs through."""
    match node:
        case MatMul(left, _):
            return view.shape(left)[1]
        case Sum(operand, axis):
            return view.shape(operand)[axis]
    return None


def rest(node: Expression, inner: Dimension, view: View, shown: Callable[[Symbol], Any], excerpt: Excerpt) -> str:
    """The contribution of the indices that do not travel to the entries that do."""
    free = view.shape(node)

    def value(symbol: Symbol) -> Any:
        if symbol.name in SCALARS:
            return shown(symbol)
        return excerpt.slice(shown(symbol), view.symbol_shape(symbol), free, inner)

    return packed(evaluate(node, value))
