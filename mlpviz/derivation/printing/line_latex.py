"""Lines of derivations as LaTeX: the printer of equations, with the vocabulary of ``calculus`` added."""

from __future__ import annotations

from collections.abc import Callable

from ...maths import expressions as ex
from ...maths.expressions import Expression, Symbol
from ...maths.functions import FUNCTIONS
from ...maths.printer import Written
from ..calculus import Assembled, Derived, Indicator, Partial
from ..indices import Entry, Index, entry
from ..jacobians import is_turned
from ..view import View
from .latex import ODOT, LatexPrinter, raised


def line_latex(target: Symbol, value: Expression, view: View, shapes: bool = False) -> str:
    """A line for a target, with the shape under every factor if asked."""
    printer = LinePrinter(view, shapes)
    return f"{printer.write(target)} = {printer.write(value)}"


def line_entry_latex(target: Symbol, value: Expression, view: View) -> str:
    """The Σ form of one entry of a line."""
    printer = LinePrinter(view)
    return f"{printer.write(entry(target, view))} = {printer.write(entry(value, view))}"


class LinePrinter(LatexPrinter):
    """Writes the lines of one view."""

    def bare(self, node: Expression) -> Expression:
        match node:
            case ex.Multiply(left, ex.Multiply(middle, right)) if self.sign(node) == r"\,":
                return self.bare(ex.Multiply(ex.Multiply(left, middle), right))
            case ex.MatMul(left, ex.MatMul(middle, right)):
                return self.bare(ex.MatMul(ex.MatMul(left, middle), right))
        return super().bare(node)

    def written(self, node: Expression) -> Written:
        match node:
            case Entry(Assembled(body=body)):
                return self.bound(body)
        return super().written(node)

    def atom(self, node: Expression) -> str | None:
        match node:
            case Indicator(left, right):
                return rf"\mathbf{{1}}_{{{left}{right}}}"
            case Partial(of, by, _):
                above = self.view.notation.cost if of is None else self.write(of)
                return rf"\frac{{\partial {above}}}{{\partial {self.write(by)}}}"
            case Entry(Derived() as symbol, row, column):
                return LATEX[symbol.name](self, symbol, row, column)
            case Assembled(body=body, row=row, column=column):
                frame = "".join(filter(None, (row, column)))
                return self.shaped(rf"\left[{LinePrinter(self.view).write(body)}\right]_{{{frame}}}", node)
            case Derived():
                return self.shaped(LATEX[node.name](self, node, None, None), node)
            case ex.Transpose(Derived() as symbol):
                return self.shaped(raised(LATEX[symbol.name](self, symbol, None, None), r"\top"), node)
        return super().atom(node)

    def times(self, node: ex.Multiply) -> str:
        """⊙ between assembled matrices, as between others."""
        if isinstance(node.left, Assembled) or isinstance(node.right, Assembled):
            return ODOT if (1, 1) not in (self.view.shape(node.left), self.view.shape(node.right)) else r"\,"
        if any(isinstance(part, Indicator | Partial) for part in ex.walk(node)):
            return r"\,"
        return super().times(node)

    def numbered(self, symbol: Symbol, row: Index, column: Index) -> str:
        """A symbol with the indices it has."""
        if isinstance(symbol, Derived):
            return LATEX[symbol.name](self, symbol, row, column)
        index = "".join(filter(None, (row, column)))
        return self.symbol(symbol, index, small=bool(index))


def turned(printer: LinePrinter, node: Derived) -> bool:
    """Whether a derived array is shown transposed."""
    return is_turned(node, printer.view.notation)


def flat(printer: LinePrinter, symbol: Symbol, index: Index) -> str:
    """A symbol as one vector; W in the order of its units."""
    if symbol.name != "W":
        return printer.symbol(symbol, index or "", small=bool(index))
    text = rf"\operatorname{{vec}} {printer.symbol(symbol)}"
    return rf"(\,{text})_{{{index}}}" if index else text


def jacobian(printer: LinePrinter, node: Derived, row: Index, column: Index) -> str:
    """∂u/∂v, or ∂u_i/∂v_j."""
    out, into = (column, row) if turned(printer, node) else (row, column)
    of, by = node.operands
    return rf"\frac{{\partial {flat(printer, of, out)}}}{{\partial {flat(printer, by, into)}}}"


def gradient(printer: LinePrinter, node: Derived, row: Index, column: Index) -> str:
    """∂J/∂v, its indices those of v."""
    swapped = printer.view.notation.layout == "numerator"
    by = printer.numbered(node.operands[0], *((column, row) if swapped else (row, column)))
    return rf"\frac{{\partial {printer.view.notation.cost}}}{{\partial {by}}}"


def flat_gradient(printer: LinePrinter, node: Derived, row: Index, column: Index) -> str:
    """∂J/∂(vec W)."""
    by = flat(printer, node.operands[0], row or column)
    return rf"\frac{{\partial {printer.view.notation.cost}}}{{\partial {by}}}"


def folded(printer: LinePrinter, node: Derived, row: Index, column: Index) -> str:
    """The long vector folded back into the shape of W."""
    if row or column:
        return printer.numbered(Symbol("dW", node.layer), row, column)
    return rf"\operatorname{{fold}}\left({flat_gradient(printer, node, None, None)}\right)"


def diagonal(printer: LinePrinter, node: Derived, row: Index, column: Index) -> str:
    """diag(f′(z))."""
    (Z,) = node.operands
    assert isinstance(Z.layer, int)
    slope = FUNCTIONS[printer.view.architecture.activations[Z.layer - 1] + "'"].latex
    if row and column:
        return rf"\mathbf{{1}}_{{{row}{column}}}\,{slope}({printer.symbol(Z, column, small=True)})"
    return rf"\operatorname{{diag}}\left({slope}({printer.symbol(Z)})\right)"


def sample(printer: LinePrinter, node: Derived, row: Index, column: Index) -> str:
    """One sample's row or column of a batch."""
    assert node.index is not None
    number = str(node.index + printer.view.notation.first_index)
    parts = (row or column or ":", number) if turned(printer, node) else (number, row or column or ":")
    return printer.numbered(node.operands[0], ",".join(parts), None)


def unscaled(printer: LinePrinter, node: Derived, row: Index, column: Index) -> str:
    """∂ℓ/∂Z, before the cost divides."""
    Z = Symbol("Z", node.layer)
    swapped = printer.view.notation.layout == "numerator"
    return rf"\frac{{\partial \ell}}{{\partial {printer.numbered(Z, *((column, row) if swapped else (row, column)))}}}"


def path(printer: LinePrinter, node: Derived, row: Index, column: Index) -> str:
    """∂a_i/∂W_ij; whole, each unit by its own weights, [∂a_i/∂W_ij]_ij."""
    if not (row or column):
        return rf"\left[{path(printer, node, 'i', 'j')}\right]_{{ij}}"
    A, W = node.operands
    swapped = printer.view.notation.layout == "numerator"
    first, second = (column, row) if swapped else (row, column)
    out = first if printer.view.notation.weights == "out_in" else second
    over = printer.symbol(A, out or "", small=True)
    return rf"\frac{{\partial {over}}}{{\partial {printer.numbered(W, first, second)}}}"


def parameters(printer: LinePrinter, node: Derived, row: Index, column: Index) -> str:
    """θ or the new θ."""
    new = node.operands[0].name.startswith("new")
    below = ",".join(filter(None, (r"\text{new}" if new else None, row or column)))
    return r"\theta" + (f"_{{{below}}}" if below else "")


def parameter_gradient(printer: LinePrinter, node: Derived, row: Index, column: Index) -> str:
    """∇J."""
    index = row or column
    cost = printer.view.notation.cost
    return rf"\frac{{\partial {cost}}}{{\partial \theta_{{{index}}}}}" if index else rf"\nabla {cost}"


def one_weight(printer: LinePrinter, node: Derived) -> str:
    """The one weight that a derived array is about."""
    W = node.operands[-1]
    assert isinstance(W.layer, int)
    place = divmod(node.index or 0, printer.view.architecture.widths[W.layer - 1])
    shown = place[::-1] if "W" in printer.view.notation.transposed else place
    return printer.symbol(W, "".join(str(k + printer.view.notation.first_index) for k in shown), small=True)


def one_slope(printer: LinePrinter, node: Derived, row: Index, column: Index) -> str:
    """∂z/∂W_11."""
    index = row or column
    Z = printer.symbol(node.operands[0], index or "", small=bool(index))
    return rf"\frac{{\partial {Z}}}{{\partial {one_weight(printer, node)}}}"


def one_gradient(printer: LinePrinter, node: Derived, row: Index, column: Index) -> str:
    """∂J/∂W_11."""
    return rf"\frac{{\partial {printer.view.notation.cost}}}{{\partial {one_weight(printer, node)}}}"


LATEX: dict[str, Callable[[LinePrinter, Derived, Index, Index], str]] = {
    "jacobian": jacobian,
    "gradient": gradient,
    "flat gradient": flat_gradient,
    "folded": folded,
    "diagonal": diagonal,
    "sample": sample,
    "unscaled": unscaled,
    "path": path,
    "parameters": parameters,
    "parameter gradient": parameter_gradient,
    "one slope": one_slope,
    "one gradient": one_gradient,
}
"""How each kind of derived array is written, whole or as one entry."""
