"""Lines of derivations as LaTeX: the writer of equations, with the vocabulary of ``calculus`` added."""

from __future__ import annotations

from collections.abc import Callable

from ...maths.expressions import Expression, MatMul, Multiply, Symbol, Transpose, walk
from ...maths.functions import FUNCTIONS
from ..calculus import Assembled, Derived, Indicator, Partial
from ..indices import Entry, Index, entry
from ..jacobians import is_turned
from ..view import View
from .latex import FACTOR, Writer, raised


def line_latex(target: Symbol, value: Expression, view: View, shapes: bool = False) -> str:
    """A line for a target, with the shape under every factor if asked."""
    writer = LineWriter(view, shapes)
    return f"{writer.write(target)} = {writer.write(value)}"


def line_entry_latex(target: Symbol, value: Expression, view: View) -> str:
    """The Σ form of one entry of a line."""
    writer = LineWriter(view)
    return f"{writer.write(entry(target, view))} = {writer.write(entry(value, view))}"


class LineWriter(Writer):
    """Writes the lines of one view."""

    def bound(self, node: Expression) -> tuple[str, int]:
        """The expression as LaTeX, with how tightly it binds."""
        match node:
            case Indicator(left, right):
                return rf"\mathbf{{1}}_{{{left}{right}}}", FACTOR
            case Partial(of, by, _):
                return rf"\frac{{\partial {self.cost_or(of)}}}{{\partial {self.write(by)}}}", FACTOR
            case Multiply(left, Multiply(middle, right)) if self.times(node) == r"\,":
                return self.bound(Multiply(Multiply(left, middle), right))
            case MatMul(left, MatMul(middle, right)):
                return self.bound(MatMul(MatMul(left, middle), right))
            case Entry(Assembled(body=body)):
                return self.bound(self.bare(body))
            case Transpose(Symbol()):
                return super().bound(node)
            case Transpose(operand):
                return rf"\left({self.write(operand)}\right)^{{\top}}", FACTOR
        return super().bound(node)

    def cost_or(self, of: Entry | None) -> str:
        """What is differentiated: an entry, or the cost."""
        return self.view.notation.cost if of is None else self.write(of)

    def factor(self, node: Expression) -> str:
        """A symbol or an entry, those that only derivations have included."""
        match node:
            case Entry(Derived() as symbol, row, column):
                return LATEX[symbol.name](self, symbol, row, column)
            case Assembled(body=body, row=row, column=column):
                frame = "".join(filter(None, (row, column)))
                return self.shaped(rf"\left[{LineWriter(self.view).write(body)}\right]_{{{frame}}}", node)
            case Derived():
                return self.shaped(LATEX[node.name](self, node, None, None), node)
            case Transpose(Derived() as symbol):
                text = raised(LATEX[symbol.name](self, symbol, None, None), r"\top")
                return self.shaped(text, node)
        return super().factor(node)

    def shaped(self, text: str, node: Expression) -> str:
        """A factor with its shape below, if shapes are asked for."""
        return self.over_shape(text, node) if self.shapes else text

    def times(self, node: Multiply) -> str:
        """⊙ between assembled matrices, as between others."""
        if isinstance(node.left, Assembled) or isinstance(node.right, Assembled):
            return r" \odot " if (1, 1) not in (self.view.shape(node.left), self.view.shape(node.right)) else r"\,"
        if any(isinstance(part, Indicator | Partial) for part in walk(node)):
            return r"\,"
        return super().times(node)

    def numbered(self, symbol: Symbol, row: Index, column: Index) -> str:
        """A symbol with the indices it has."""
        if isinstance(symbol, Derived):
            return LATEX[symbol.name](self, symbol, row, column)
        index = "".join(filter(None, (row, column)))
        return self.symbol(symbol, index, small=bool(index))


def turned(writer: Writer, node: Derived) -> bool:
    """Whether a derived array is shown transposed."""
    return is_turned(node, writer.view.notation)


def flat(writer: LineWriter, symbol: Symbol, index: Index) -> str:
    """A symbol as one vector; W in the order of its units."""
    if symbol.name != "W":
        return writer.symbol(symbol, index or "", small=bool(index))
    text = rf"\operatorname{{vec}} {writer.symbol(symbol)}"
    return rf"(\,{text})_{{{index}}}" if index else text


def jacobian(writer: LineWriter, node: Derived, row: Index, column: Index) -> str:
    """∂u/∂v, or ∂u_i/∂v_j."""
    out, into = (column, row) if turned(writer, node) else (row, column)
    of, by = node.operands
    return rf"\frac{{\partial {flat(writer, of, out)}}}{{\partial {flat(writer, by, into)}}}"


def gradient(writer: LineWriter, node: Derived, row: Index, column: Index) -> str:
    """∂J/∂v, its indices those of v."""
    swapped = writer.view.notation.layout == "numerator"
    by = writer.numbered(node.operands[0], *((column, row) if swapped else (row, column)))
    return rf"\frac{{\partial {writer.view.notation.cost}}}{{\partial {by}}}"


def flat_gradient(writer: LineWriter, node: Derived, row: Index, column: Index) -> str:
    """∂J/∂(vec W)."""
    by = flat(writer, node.operands[0], row or column)
    return rf"\frac{{\partial {writer.view.notation.cost}}}{{\partial {by}}}"


def folded(writer: LineWriter, node: Derived, row: Index, column: Index) -> str:
    """The long vector folded back into the shape of W."""
    if row or column:
        return writer.numbered(Symbol("dW", node.layer), row, column)
    return rf"\operatorname{{fold}}\left({flat_gradient(writer, node, None, None)}\right)"


def diagonal(writer: LineWriter, node: Derived, row: Index, column: Index) -> str:
    """diag(f′(z))."""
    (Z,) = node.operands
    assert isinstance(Z.layer, int)
    slope = FUNCTIONS[writer.view.architecture.activations[Z.layer - 1] + "'"].latex
    if row and column:
        return rf"\mathbf{{1}}_{{{row}{column}}}\,{slope}({writer.symbol(Z, column, small=True)})"
    return rf"\operatorname{{diag}}\left({slope}({writer.symbol(Z)})\right)"


def sample(writer: LineWriter, node: Derived, row: Index, column: Index) -> str:
    """One sample's row or column of a batch."""
    assert node.index is not None
    number = str(node.index + writer.view.notation.first_index)
    parts = (row or column or ":", number) if turned(writer, node) else (number, row or column or ":")
    return writer.numbered(node.operands[0], ",".join(parts), None)


def unscaled(writer: LineWriter, node: Derived, row: Index, column: Index) -> str:
    """∂ℓ/∂Z, before the cost divides."""
    Z = Symbol("Z", node.layer)
    swapped = writer.view.notation.layout == "numerator"
    return rf"\frac{{\partial \ell}}{{\partial {writer.numbered(Z, *((column, row) if swapped else (row, column)))}}}"


def path(writer: LineWriter, node: Derived, row: Index, column: Index) -> str:
    """∂a_i/∂W_ij; whole, each unit by its own weights, [∂a_i/∂W_ij]_ij."""
    if not (row or column):
        return rf"\left[{path(writer, node, 'i', 'j')}\right]_{{ij}}"
    A, W = node.operands
    swapped = writer.view.notation.layout == "numerator"
    first, second = (column, row) if swapped else (row, column)
    out = first if writer.view.notation.weights == "out_in" else second
    over = writer.symbol(A, out or "", small=True)
    return rf"\frac{{\partial {over}}}{{\partial {writer.numbered(W, first, second)}}}"


def parameters(writer: LineWriter, node: Derived, row: Index, column: Index) -> str:
    """θ or the new θ."""
    new = node.operands[0].name.startswith("new")
    below = ",".join(filter(None, (r"\text{new}" if new else None, row or column)))
    return r"\theta" + (f"_{{{below}}}" if below else "")


def parameter_gradient(writer: LineWriter, node: Derived, row: Index, column: Index) -> str:
    """∇J."""
    index = row or column
    cost = writer.view.notation.cost
    return rf"\frac{{\partial {cost}}}{{\partial \theta_{{{index}}}}}" if index else rf"\nabla {cost}"


def one_weight(writer: LineWriter, node: Derived) -> str:
    """The one weight that a derived array is about."""
    W = node.operands[-1]
    assert isinstance(W.layer, int)
    place = divmod(node.index or 0, writer.view.architecture.widths[W.layer - 1])
    shown = place[::-1] if "W" in writer.view.notation.transposed else place
    return writer.symbol(W, "".join(str(k + writer.view.notation.first_index) for k in shown), small=True)


def one_slope(writer: LineWriter, node: Derived, row: Index, column: Index) -> str:
    """∂z/∂W_11."""
    index = row or column
    Z = writer.symbol(node.operands[0], index or "", small=bool(index))
    return rf"\frac{{\partial {Z}}}{{\partial {one_weight(writer, node)}}}"


def one_gradient(writer: LineWriter, node: Derived, row: Index, column: Index) -> str:
    """∂J/∂W_11."""
    return rf"\frac{{\partial {writer.view.notation.cost}}}{{\partial {one_weight(writer, node)}}}"


LATEX: dict[str, Callable[[LineWriter, Derived, Index, Index], str]] = {
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
