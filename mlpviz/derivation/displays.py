"""Formulas beside the lines: the network as modules, a product that does not multiply, several lines in one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..maths.expressions import Symbol
from ..maths.functions import FUNCTIONS
from .chain import DerivationView, Scene
from .printing.line_latex import LinePrinter
from .view import View


def composition(view: View) -> str:
    """MM(σ(MM(x))): the network as one function."""
    text, printer = "x" if view.single else "X", LinePrinter(view)
    for l, name in enumerate(view.architecture.activations, start=1):
        inside = rf"{printer.symbol(Symbol('W', l))}" + (
            rf",\,{printer.symbol(Symbol('b', l))}" if view.architecture.bias else ""
        )
        text = rf"\mathsf{{MM}}_{{{inside}}}\left({text}\right)"
        if name != "identity":
            text = rf"{FUNCTIONS[name].latex}\left({text}\right)"
    return text


def backward_modules(view: View) -> list[str]:
    """∂J/∂z, ∂J/∂a, ∂J/∂W and ∂J/∂b of every layer as B[module, by](v), from the output back."""
    printer, L, cost = LinePrinter(view), view.architecture.depth, view.notation.cost
    slope = lambda symbol: rf"\frac{{\partial {cost}}}{{\partial {printer.symbol(symbol)}}}"  # noqa: E731
    Z, A = (lambda l: Symbol("Z", l)), (lambda l: Symbol("A", l))
    rows = [rf"{slope(Z(L))} = \mathcal{{B}}\left[\ell,\,{printer.symbol(Z(L))}\right]\left(1\right)"]
    for l in range(L, 0, -1):
        module = rf"\mathsf{{MM}}_{{{printer.symbol(Symbol('W', l))}}}"
        by = [Symbol("W", l), *([Symbol("b", l)] if view.architecture.bias else []), *([A(l - 1)] if l > 1 else [])]
        rows += [
            rf"{slope(each)} = \mathcal{{B}}\left[{module},\,{printer.symbol(each)}\right]\left({slope(Z(l))}\right)"
            for each in by
        ]
        if l > 1:
            f = FUNCTIONS[view.architecture.activations[l - 2]].latex
            v = slope(A(l - 1))
            rows.append(
                rf"{slope(Z(l - 1))} = \mathcal{{B}}\left[{f},\,{printer.symbol(Z(l - 1))}\right]\left({v}\right)"
            )
    return rows


def aligned(rows: Iterable[str]) -> str:
    """Equations below each other, at their equals signs."""
    return r"\begin{aligned}" + r"\\".join(row.replace(" = ", " &= ", 1) for row in rows) + r"\end{aligned}"


def named(view: View, symbol: Symbol, index: str = "", change: bool = False) -> str:
    """A symbol, or an entry of it, perhaps its change."""
    printer = LinePrinter(view)
    text = printer.symbol(symbol, index, small=True) if index else printer.write(symbol)
    return r"\displaystyle " + (rf"\Delta {text}" if change else text)


Factor = tuple[str, tuple[int, int]]


def wrong_product(scene: Scene) -> list[Factor]:
    """The product in the question of text S4 for the layer, factor by factor with its shape; vectors are columns."""
    l, widths = scene.layer, scene.architecture.widths
    columns = replace(scene.view.notation, orientation="columns", weights="out_in", layout="denominator")
    printer = LinePrinter(DerivationView(scene.architecture, 1, columns))
    plain = scene.architecture.activation(l).elementwise
    slope = FUNCTIONS[scene.architecture.activations[l - 1] + "'"].latex if plain else "f'"
    return [
        (printer.symbol(Symbol("delta", l + 1)), (widths[l + 1], 1)),
        (printer.symbol(Symbol("W", l + 1)), (widths[l + 1], widths[l])),
        (rf"{slope}\left({printer.symbol(Symbol('Z', l))}\right)", (widths[l], 1)),
        (printer.write(Symbol("A", l - 1).T), (1, widths[l - 1])),
    ]


def over_shapes(factors: Iterable[Factor]) -> str:
    """Factors side by side, each over its shape."""
    return r"\;".join(rf"\underbrace{{{text}}}_{{{a}\times {b}}}" for text, (a, b) in factors)
