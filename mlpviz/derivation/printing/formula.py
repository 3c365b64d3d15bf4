"""A learner's formula as LaTeX, as it was read: the shape under every factor, and a box around what does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ...maths import expressions as ex
from ...maths.activations import ACTIVATIONS
from ...maths.digits import PLAIN
from ...maths.expressions import Expression, Symbol, children
from ...maths.functions import FUNCTIONS
from ...maths.printer import Written, whole
from ..checker import nodes as nd
from ..checker.links import ChainProduct, Link
from ..checker.verdict import Factor, Verdict
from ..view import View
from .latex import ODOT, LatexPrinter, raised
from .naming import function_name


def verdict_latex(verdict: Verdict, view: View, clash: str = "") -> str:
    """The formula of a verdict with what it was checked against; nothing if it was not read.

    Dimensions that should be equal and are not are heavy, and of the colour ``clash``.
    """
    if verdict.expression is None:
        return ""
    printer = FormulaPrinter(view, verdict.factors, clash)
    as_read = verdict.factors and verdict.factors[0].depth == 0  # a single number has no shape of its own
    node = verdict.factors[0].node if as_read else verdict.expression
    sign = "=" if verdict.kind == "right" else r"\overset{?}{=}"
    return f"{LatexPrinter(view).write(verdict.target)} {sign} {printer.write(node)}"


def failing(factors: Sequence[Factor]) -> Factor | None:
    """The innermost part that does not multiply though its own parts do."""
    known = {id(factor.node): factor for factor in factors}
    for factor in factors:
        below = [known[id(child)] for child in children(factor.node) if id(child) in known]
        if factor.dimensions is None and all(child.dimensions is not None for child in below):
            return factor
    return None


CALLED = {
    nd.Diagonal: r"\operatorname{{diag}}\left({}\right)",
    nd.SampleSum: r"\operatorname{{sum}}\left({}\right)",
    nd.AxisSum: r"\operatorname{{sum}}_{{{axis}}}\left({}\right)",
    nd.Total: r"\operatorname{{sum}}_{{\text{{all}}}}\left({}\right)",
    nd.Flat: "{:base}",
    nd.Largest: r"\max\left({}\right)",
    ex.Max: r"\max\nolimits_{{{axis}}}\left({}\right)",
    nd.Count: r"\operatorname{{size}}_{{{axis}}}\left({}\right)",
    nd.Filled: r"\mathbf{{1}}_{{{}\times {}}}",
    nd.Reshaped: r"\operatorname{{reshape}}\left({},\ {}\times {}\right)",
    nd.Selected: r"\operatorname{{where}}\left({} > {},\ {},\ {}\right)",
}
"""How functions are written that a learner may call."""

NAMED = (nd.Slope, nd.Activated, nd.NamedSlope)
"""What stands for an array with its argument, whose own shapes are not told."""


class FormulaPrinter(LatexPrinter):
    """Writes one formula; its parts are known by the factors of the verdict."""

    signs = {**LatexPrinter.signs, nd.Outer: r" \otimes "}

    def __init__(self, view: View, factors: Sequence[Factor], clash: str) -> None:
        super().__init__(view, shapes=True)
        self.clash = clash
        # by identity, for two equal parts stand at two places, and each has a shape of its own below it
        self.known = {id(factor.node): factor for factor in factors}
        part = failing(factors)
        self.clashing = self.clashes(part.node) if part else {}

    def clashes(self, node: Expression) -> dict[int, set[int]]:
        """The operands that do not fit, by identity, each with the axes that should be equal to a neighbour's."""
        operands = () if isinstance(node, Symbol | nd.Slope | ex.Transpose) else children(node)
        meeting = [(1, 0)] if isinstance(node, ex.MatMul | nd.Juxtaposition) else [(0, 0), (1, 1)]
        clashing: dict[int, set[int]] = {id(each): set() for each in operands or (node,)}
        for left, right in pairwise(operands):
            for one, other in meeting:
                if self.shape(left)[one] != self.shape(right)[other]:
                    clashing[id(left)].add(one)
                    clashing[id(right)].add(other)
        return clashing

    def shape(self, node: Expression) -> tuple[str, str]:
        """The named shape of a part."""
        factor = self.known.get(id(node))
        if factor is None:
            return ("1", "1") if nd.is_scalar(node) else ("?", "?")
        return factor.dimensions or ("?", "?")

    def bound(self, node: Expression) -> Written:
        """A part in a box if it does not fit with the one beside it."""
        text, binding = super().bound(node)
        if id(node) not in self.clashing:
            return Written(text, binding)
        return whole(rf"\boxed{{{text if self.is_leaf(node) else self.over_shape(text, node)}}}")

    def is_leaf(self, node: Expression) -> bool:
        """Whether a part carries its shape anyway."""
        node = node.operand if isinstance(node, ex.Transpose) else node
        return isinstance(node, (Symbol, *NAMED, *CALLED))

    def bare(self, node: Expression) -> Expression:
        """The part itself: nothing is rearranged, but factors side by side are one product or the other."""
        if not isinstance(node, nd.Juxtaposition):
            return node
        return (ex.Multiply if self.scaled(node) else ex.MatMul)(node.left, node.right)

    def atom(self, node: Expression) -> str | None:
        match node:
            case Symbol():
                return self.symbol(node) if nd.is_scalar(node) else self.over_shape(self.symbol(node), node)
            case ChainProduct(links):
                return self.over_shape(r"\, ".join(map(self.link, links)), node)
            case ex.Transpose(Symbol() as symbol):
                return self.over_shape(raised(self.symbol(symbol), r"\top"), node)
            case ex.Transpose(nd.Slope() | nd.Activated() | nd.NamedSlope() as named):
                return self.over_shape(rf"{self.called(named)}^{{\top}}", node)
            case nd.Power(operand, exponent):
                return rf"{{{self.base(operand)}}}^{{\odot {self.number(exponent)}}}"
        if isinstance(node, (*NAMED, *CALLED)):
            return self.called(node) if nd.is_scalar(node) else self.over_shape(self.called(node), node)
        return super().atom(node)

    def link(self, link: Link) -> str:
        """One factor of the chain rule."""
        above = self.cost if link.above.name == "cost" else self.symbol(link.above)
        return self.derivative(above, self.symbol(link.below))

    def called(self, node: Expression) -> str:
        """A function with its argument; shapes stand under what it gives."""
        if isinstance(node, nd.Slope | nd.Activated | nd.NamedSlope):
            argument = FormulaPrinter(self.view, (), "").write(node.argument)
            return rf"{self.slope(node) if isinstance(node, nd.Slope) else named(node)}\left({argument}\right)"
        return self.filled(CALLED[type(node)], node)

    def slope(self, node: nd.Slope) -> str:
        """The letter of a layer's slope."""
        architecture = self.view.architecture
        if not 1 <= node.layer <= architecture.depth or not architecture.activation(node.layer).elementwise:
            return "f'"
        return function_name(architecture.activation(node.layer).slope_name, self.view, Symbol("Z", node.layer)).latex

    def over_shape(self, text: str, node: Expression) -> str:
        """A part with its shape below, in names and in the numbers of the learner's own network."""
        factor = self.known.get(id(node))
        if factor is None:
            return text
        if factor.dimensions is None:
            return rf"\underbrace{{{text}}}_{{?}}" if isinstance(node, Symbol | nd.Slope) else text
        axes = self.clashing.get(id(node), ())
        named = [self.dimension(dimension_latex(name), axis in axes) for axis, name in enumerate(factor.dimensions)]
        sizes = [self.dimension(str(size), axis in axes) for axis, size in enumerate(factor.size or ())]
        below = r"\times ".join(named) + (r"\\[0.25em]" + r"\times ".join(sizes) if sizes else "")
        return rf"\underbrace{{{text}}}_{{\substack{{{below}}}}}"

    def dimension(self, text: str, clashes: bool) -> str:
        """A dimension, marked if it should be equal to another and is not."""
        if not clashes:
            return text
        heavy = rf"\boldsymbol{{{text}}}"
        return rf"\textcolor{{{self.clash}}}{{{heavy}}}" if self.clash else heavy

    def scaled(self, node: ex.Binary) -> bool:
        """Whether one of two factors is a single number."""
        return any(nd.is_scalar(side) or self.shape(side) == ("1", "1") for side in (node.left, node.right))

    def times(self, node: ex.Multiply) -> str:
        """⊙ between two arrays, a thin space otherwise, a dot before a number."""
        if isinstance(node.right, ex.Number):
            return r" \cdot "
        return r"\," if self.scaled(node) else ODOT

    def is_square(self, _node: ex.Multiply) -> bool:
        return False


def named(node: nd.Activated | nd.NamedSlope) -> str:
    """An activation that the writer names, or its derivative."""
    name = node.function if isinstance(node, nd.Activated) else ACTIVATIONS[node.function].slope_name
    return FUNCTIONS[name].latex if name in FUNCTIONS else rf"\operatorname{{{name}}}"


def dimension_latex(name: str) -> str:
    """A dimension such as n₂."""
    letter, number = name[:1], name[1:].translate(PLAIN)
    return f"{letter}_{{{number}}}" if number and letter == "n" else name
