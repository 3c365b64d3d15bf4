"""Named functions: a formula, and where it would overflow a kernel, side by side.

A formula is an expression in placeholders (``z``, ``a``, ``y``); a kernel is another expression for the same value,
written with operations that stay exact for extreme arguments. Readers that explain take the formula, the engine takes
the kernel. A function without a formula is a primitive: every array library has it.
"""

from __future__ import annotations

from dataclasses import dataclass

from .expressions import Apply, Expression, Max, Sum, Symbol, rebuild, substitute, walk


@dataclass(frozen=True)
class Function:
    """What stands behind the name in an ``Apply``; ``label`` is how it is written, as LaTeX and as plain text."""

    latex: str
    text: str
    placeholders: tuple[Symbol, ...] = ()
    formula: Expression | None = None
    kernel: Expression | None = None
    transparent: bool = False
    """Shown as its formula, never by name (losses)."""


PRIMITIVES = {
    "exp": Function(r"\exp", "exp"),
    "expm1": Function(r"\operatorname{expm1}", "expm1"),
    "log": Function(r"\log", "log"),
    "log1p": Function(r"\operatorname{log1p}", "log1p"),
    "abs": Function(r"\operatorname{abs}", "abs"),
    "sqrt": Function(r"\sqrt", "sqrt"),
    "tanh": Function(r"\tanh", "tanh"),
    "maximum": Function(r"\max", "max"),
    "minimum": Function(r"\min", "min"),
    "greater": Function(r"\mathbf{1}", "greater"),
    "normal_cdf": Function(r"\Phi", "Φ"),
    "weighted": Function(r"\operatorname{weighted}", "weighted"),  # y·v, and exactly 0 where y = 0, whatever v is
}

FUNCTIONS: dict[str, Function] = dict(PRIMITIVES)
"""Every function by name; the activations and losses enter theirs from their own tables."""


def runs_along_rows(name: str) -> bool:
    """Whether a function mixes the entries of a row, as softmax does."""
    formula = FUNCTIONS[name].formula
    return formula is not None and any(isinstance(node, Sum) for node in walk(formula))


def flip(node: Expression) -> Expression:
    """The same formula along the other axis."""
    turned = rebuild(node, flip)
    return type(turned)(turned.operand, 1 - turned.axis) if isinstance(turned, Sum | Max) else turned


def definition(node: Apply, kernel: bool = False) -> Expression | None:
    """What a named function stands for at its arguments: its formula, or its kernel; None for a primitive."""
    function = FUNCTIONS[node.name]
    body = function.kernel if kernel and function.kernel is not None else function.formula
    if body is None:
        return None
    values = dict(zip(function.placeholders, node.arguments, strict=True))
    return substitute(flip(body) if node.flipped else body, lambda symbol: values.get(symbol, symbol))
