"""An expression as the JSON tree that the browser expands, cell by cell."""

from __future__ import annotations

from collections.abc import Callable
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


def tree(node: Expression, view: View, shown: Callable[[Symbol], Any], excerpt: Excerpt) -> Node:
    """A written expression as JSON: operations, shapes, and, of sums that reach beyond what travels, the rest."""
    common: Node = {"shape": list(view.size(node))}
    match node:
        case Symbol(name) if name in CONSTANTS:
            return common | {"op": "scalar", "key": name, "label": text_of(node, view), "value": float(shown(node))}
        case Symbol():
            return common | {"op": "symbol", "key": str(node), "transposed": False}
        case Transpose(Symbol() as symbol):
            return common | {"op": "symbol", "key": str(symbol), "transposed": True}
        case Number(value):
            return common | {"op": "number", "value": value}
    if isinstance(node, Apply):
        common |= applied(node, view, shown, excerpt)
    else:
        common |= {"op": type(node).__name__.lower()}
    if isinstance(node, Sum):
        common["axis"] = node.axis
    if (inner := contracted(node, view)) is not None and excerpt.left_behind(inner):
        common["rest"] = rest(node, inner, view, shown, excerpt)
    return common | {"args": [tree(child, view, shown, excerpt) for child in children(node)]}


def text_of(symbol: Symbol, view: View) -> str:
    return "".join(text for text, _ in label(symbol, view))


def applied(node: Apply, view: View, shown: Callable[[Symbol], Any], excerpt: Excerpt) -> Node:
    """A function's name, its form if it has one and, unless it is a primitive, its definition."""
    function, body = FUNCTIONS[node.name], definition(node)
    text = function_name(node.name, view, node.arguments[0]).text
    common: Node = {"op": "apply", "name": node.name, "label": text, "transparent": function.transparent}
    common |= {"form": function.text_form} if function.text_form else {}
    return common if body is None else common | {"definition": tree(body, view, shown, excerpt)}


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
