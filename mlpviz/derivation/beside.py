"""Formulas that stand beside the lines of a walkthrough, as LaTeX: modules, samples, two ways, shapes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..maths.equations import steps
from ..maths.expressions import Symbol
from ..maths.symbols import Role
from ..maths.symbols import named as named_arrays
from . import general
from .derived import sample_row
from .plain import plain
from .printing.latex import equation_latex
from .printing.line_latex import LinePrinter, line_latex
from .printing.naming import function_name
from .scene import DerivationView, Scene
from .view import View
from .walkthroughs.batch import affine
from .walkthroughs.walkthrough import Chain

Shaped = tuple[str, tuple[int, int]]
"""A factor as LaTeX, and its shape."""


def composition(view: View) -> str:
    """MM(σ(MM(x))): the network as one function up to its last weighted sum, which the loss takes."""
    printer, text = LinePrinter(view), LinePrinter(view).symbol(Symbol("A", 0))
    for l in range(1, view.architecture.depth + 1):
        text = rf"{affine_module(printer, l)}\left({text}\right)"
        if l < view.architecture.depth:
            text = activated(view, l, text)
    return text


def general_composition(view: View, last: str) -> str:
    """The same for any number of layers, which ``last`` stands for."""
    L, lettered = view.architecture.depth, general.last_layers(view, last)
    printer = LinePrinter(lettered)
    alike = len(set(view.architecture.activations[:-1])) == 1
    f = function_name(view.architecture.activations[0], view, Symbol("Z", 1)).latex if alike else "f"
    inside = rf"{affine_module(LinePrinter(view), 1)}\left({printer.symbol(Symbol('A', 0))}\right)"
    between = rf"{affine_module(printer, L - 1)}\left({f}\left(\cdots {inside}\right)\right)"
    return rf"{affine_module(printer, L)}\left({f}\left({between}\right)\right)"


def affine_module(printer: LinePrinter, l: int) -> str:
    """MM with its parameters."""
    names = [name for name in named_arrays(Role.PARAMETER) if name not in printer.view.architecture.absent]
    inside = r",\,".join(printer.symbol(Symbol(name, l)) for name in names)
    return rf"\mathsf{{MM}}_{{{inside}}}"


def activated(view: View, l: int, text: str) -> str:
    """What the activation of a layer makes of a text."""
    name = view.architecture.activations[l - 1]
    return text if name == "identity" else rf"{function_name(name, view, Symbol('Z', l)).latex}\left({text}\right)"


def forward_modules(view: View) -> tuple[list[str], list[str]]:
    """The modules as equations, the loss last, and what is inside the loss."""
    L, printer = view.architecture.depth, LinePrinter(view)
    latex = {
        (step.equation.name, step.layer): equation_latex(step.equation, view)
        for step in steps(view.architecture)
        if step.phase in ("forward", "loss")
    }
    losses, z, y = (printer.symbol(symbol) for symbol in (Symbol("losses"), Symbol("Z", L), Symbol("Y")))
    outside = [text for (_, l), text in latex.items() if l < L] + [latex["affine map", L]]
    whole = rf"{losses} = {losses}\left({z},\,{y}\right)"
    inside = [latex["activation", L], latex["loss", L]]
    return [*outside, whole, latex["cost", L]], inside


def backward_modules(view: View) -> list[str]:
    """∂J/∂z, ∂J/∂a, ∂J/∂W and ∂J/∂b of every layer as B[module, by](v), from the output back."""
    printer, L = LinePrinter(view), view.architecture.depth
    slope = lambda symbol: printer.gradient(printer.cost, printer.symbol(symbol))  # noqa: E731
    Z, A = (lambda l: Symbol("Z", l)), (lambda l: Symbol("A", l))
    rows = [rf"{slope(Z(L))} = \mathcal{{B}}\left[\ell,\,{printer.symbol(Z(L))}\right]\left(1\right)"]
    for l in range(L, 0, -1):
        module = affine_module(printer, l)
        by = [Symbol("W", l), *([Symbol("b", l)] if view.architecture.bias else []), *([A(l - 1)] if l > 1 else [])]
        rows += [
            rf"{slope(each)} = \mathcal{{B}}\left[{module},\,{printer.symbol(each)}\right]\left({slope(Z(l))}\right)"
            for each in by
        ]
        if l > 1:
            f = function_name(view.architecture.activations[l - 2], view, Z(l - 1)).latex
            v = slope(A(l - 1))
            rows.append(
                rf"{slope(Z(l - 1))} = \mathcal{{B}}\left[{f},\,{printer.symbol(Z(l - 1))}\right]\left({v}\right)"
            )
    return rows


def route(chains: Iterable[Chain], view: View) -> list[str]:
    """All lines of some chains, each chain's array at its first line only."""
    return [
        line_latex(chain.target, line.value, view, called=line.called)
        if first
        else f" = {LinePrinter(view).write(plain(line.value, view))}"
        for chain in chains
        for first, line in zip([True] + [False] * len(chain.lines), chain.lines, strict=False)
    ]


def aligned(rows: Iterable[str]) -> str:
    """Equations below each other, at their equals signs."""
    return r"\begin{aligned}" + r"\\".join(row.replace(" = ", " &= ", 1) for row in rows) + r"\end{aligned}"


def named(view: View, symbol: Symbol, index: str = "", change: bool = False) -> str:
    """A symbol, or an entry of it, perhaps its change."""
    printer = LinePrinter(view)
    text = printer.symbol(symbol, index, small=True) if index else printer.write(symbol)
    return r"\displaystyle " + (rf"\Delta {text}" if change else text)


def wrong_product(scene: Scene) -> list[Shaped]:
    """The product in the question of text S4 for the layer, factor by factor with its shape; vectors are columns."""
    l, widths = scene.layer, scene.architecture.widths
    columns = replace(scene.view.notation, orientation="columns", weights="out_in", layout="denominator")
    printer = LinePrinter(DerivationView(scene.architecture, 1, columns))
    activation = scene.architecture.activation(l)
    Z = Symbol("Z", l)
    slope = function_name(activation.slope_name, printer.view, Z).latex if activation.elementwise else "f'"
    return [
        (printer.symbol(Symbol("delta", l + 1)), (widths[l + 1], 1)),
        (printer.symbol(Symbol("W", l + 1)), (widths[l + 1], widths[l])),
        (rf"{slope}\left({printer.symbol(Z)}\right)", (widths[l], 1)),
        (printer.write(Symbol("A", l - 1).T), (1, widths[l - 1])),
    ]


def over_shapes(factors: Iterable[Shaped]) -> str:
    """Factors side by side, each over its shape."""
    return r"\;".join(rf"\underbrace{{{text}}}_{{{a}\times {b}}}" for text, (a, b) in factors)


def side_by_side(scene: Scene, most: int) -> tuple[list[str], list[str]]:
    """Each sample's weighted sums alone, at most so many, and how all of them stand in one matrix."""
    l = scene.layer
    Z, below, count = Symbol("Z", l), Symbol("A", l - 1), min(most, scene.view.batch_size)
    alone = [
        line_latex(of, scene.for_target(of, affine(scene, sample_row(below, index=s))), scene.view)
        for s in range(count)
        for of in [sample_row(Z, index=s)]
    ]
    rest = count < scene.view.batch_size
    whole, inputs = (arranged(scene, symbol, count, rest) for symbol in (Z, below))
    printer = LinePrinter(scene.view)
    together = line_latex(Z, scene.equation("affine map", l).value, scene.view)
    return alone, [f"{printer.symbol(below)} = {inputs}", f"{printer.symbol(Z)} = {whole}", together]


def arranged(scene: Scene, symbol: Symbol, count: int, rest: bool) -> str:
    """A matrix of samples as they stand in it, side by side or one below the other."""
    printer = LinePrinter(scene.view)
    names = [printer.write(sample_row(symbol, index=s)) for s in range(count)]
    if scene.turned(symbol):
        bars = " & ".join([r"\vert"] * count + [""] * rest)
        inside = [bars, " & ".join(names + [r"\cdots"] * rest), bars]
    else:
        inside = [rf"\text{{—}}\ {name}\ \text{{—}}" for name in names] + [r"\vdots"] * rest
    return r"\begin{bmatrix}" + r"\\[0.4em]".join(inside) + r"\end{bmatrix}"
