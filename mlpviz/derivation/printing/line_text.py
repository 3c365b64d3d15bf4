"""Names of what derivations name, as plain text in runs, and of their single entries."""

from __future__ import annotations

from collections.abc import Callable

from ...maths.expressions import Symbol
from ...maths.functions import FUNCTIONS
from ..calculus import Derived
from ..jacobians import is_turned
from ..view import View
from .text import Run, label

SUPERSCRIPTS = str.maketrans("0123456789()[]", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾⁽⁾")


def inline(symbol: Symbol, view: View) -> str:
    """A symbol in one run of text: z⁽²⁾."""
    runs = line_label(symbol, view)
    return "".join(text.translate(SUPERSCRIPTS) if kind == "sup" else text for text, kind in runs)


def line_label(symbol: Symbol, view: View) -> list[Run]:
    """A symbol as runs of text, derived ones included."""
    if not isinstance(symbol, Derived):
        return label(symbol, view)
    names = [inline(operand, view) for operand in symbol.operands]
    return [(PLAIN[symbol.name](view, names, symbol), "")]


def plain_diagonal(view: View, names: list[str], node: Derived) -> str:
    """diag f′(z)."""
    assert isinstance(node.layer, int)
    return f"diag {FUNCTIONS[view.architecture.activations[node.layer - 1] + chr(39)].text}({names[0]})"


PLAIN: dict[str, Callable[[View, list[str], Derived], str]] = {
    "jacobian": lambda view, names, node: f"∂{names[0]}/∂{names[1]}",
    "gradient": lambda view, names, node: f"∂{view.notation.cost}/∂{names[0]}",
    "flat gradient": lambda view, names, node: f"∂{view.notation.cost}/∂vec {names[0]}",
    "folded": lambda view, names, node: f"fold(∂{view.notation.cost}/∂vec {names[0]})",
    "diagonal": plain_diagonal,
    "sample": lambda view, names, node: f"{names[0]}, {(node.index or 0) + view.notation.first_index}",
    "path": lambda view, names, node: f"∂{names[0]}ᵢ/∂{names[1]}ᵢⱼ",
    "parameters": lambda view, names, node: "new θ" if node.operands[0].name.startswith("new") else "θ",
    "parameter gradient": lambda view, names, node: f"∇{view.notation.cost}",
    "one slope": lambda view, names, node: f"∂{names[0]}/∂w",
    "one gradient": lambda view, names, node: f"∂{view.notation.cost}/∂w",
    "unscaled": lambda view, names, node: f"∂ℓ/∂{names[0].replace('Δ', 'Z').replace('δ', 'z')}",
}


# Single entries as plain text: a symbol, or one over another, each with the sides of the matrix that number it

Part = tuple[list[Run], list[int | str]]
"""A symbol, and its indices: 0 for the row as shown, 1 for the column, or a number that is fixed."""


def entry_parts(node: Derived, view: View) -> list[Part]:
    """How an entry of a derived array is called: one symbol, or two as ∂ over ∂; empty if by its label."""
    make_parts = PARTS.get(node.name)
    return make_parts(node, view) if make_parts else []


def small(symbol: Symbol, view: View) -> list[Run]:
    """A symbol as its entries are written."""
    (text, kind), *rest = label(symbol, view)
    return [(text if symbol.name in ("W", "b") else text.lower(), kind), *rest]


def sides(node: Symbol, view: View) -> list[int | str]:
    """The sides of a shown array that are longer than 1; those of ∂J/∂v are v's own, so numerator layout swaps them."""
    found: list[int | str] = [side for side, dimension in enumerate(view.symbol_shape(node)) if dimension != 1]
    return found[::-1] if view.notation.layout == "numerator" else found


def cost(view: View) -> Part:
    """J."""
    return ([(view.notation.cost, "")], [])


def vector(symbol: Symbol, view: View) -> list[Run]:
    """A symbol as one vector."""
    return [("vec ", ""), *small(symbol, view)] if symbol.name == "W" else small(symbol, view)


def jacobian_parts(node: Derived, view: View) -> list[Part]:
    """∂u_i over ∂v_j."""
    out, into = (1, 0) if is_turned(node, view.notation) else (0, 1)
    of, by = node.operands
    return [(small(of, view), [out]), (vector(by, view), [into])]


def sample_parts(node: Derived, view: View) -> list[Part]:
    """The entry of a batch, its sample fixed."""
    (of,) = node.operands
    turned_, sample_ = is_turned(node, view.notation), str((node.index or 0) + view.notation.first_index)
    at: list[int | str] = [0, sample_] if turned_ else [sample_, 1]
    if isinstance(of, Derived):
        return [([("ℓ", "")], []), (small(Symbol("Z", of.layer), view), at)]
    return [(small(of, view), at)]


def path_parts(node: Derived, view: View) -> list[Part]:
    """∂a_i over ∂W_ij."""
    A, W = node.operands
    at = sides(node, view)
    return [(small(A, view), at[:1] if view.notation.weights == "out_in" else at[1:]), (small(W, view), at)]


def one_part(node: Derived, view: View) -> Part:
    """W_11."""
    W = node.operands[-1]
    place = divmod(node.index or 0, view.architecture.widths[W.layer - 1] if isinstance(W.layer, int) else 1)
    shown = place[::-1] if "W" in view.notation.transposed else place
    return (small(W, view), [str(k + view.notation.first_index) for k in shown])


def theta_parts(node: Derived, view: View) -> list[Part]:
    """θ_i."""
    new: list[Run] = [("new", "sub")] if node.operands[0].name.startswith("new") else []
    return [([("θ", ""), *new], sides(node, view)[:1])]


PARTS: dict[str, Callable[[Derived, View], list[Part]]] = {
    "jacobian": jacobian_parts,
    "gradient": lambda node, view: [cost(view), (small(node.operands[0], view), sides(node, view))],
    "flat gradient": lambda node, view: [cost(view), (vector(node.operands[0], view), sides(node, view))],
    "folded": lambda node, view: [cost(view), (small(node.operands[0], view), sides(node, view))],
    "sample": sample_parts,
    "unscaled": lambda node, view: [([("ℓ", "")], []), (small(Symbol("Z", node.layer), view), sides(node, view))],
    "path": path_parts,
    "parameters": theta_parts,
    "parameter gradient": lambda node, view: [cost(view), ([("θ", "")], sides(node, view)[:1])],
    "one slope": lambda node, view: [(small(node.operands[0], view), sides(node, view)), one_part(node, view)],
    "one gradient": lambda node, view: [cost(view), one_part(node, view)],
}
"""The parts of an entry by kind."""
