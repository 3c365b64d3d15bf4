"""Named functions: a formula, and where it would overflow a kernel, side by side.

A formula is an expression in placeholders (``z``, ``a``, ``y``); a kernel is another expression for the same value,
written with operations that stay exact for extreme arguments. Readers that explain take the formula, the engine takes
the kernel. A function without a formula is a primitive: every array library has it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from .expressions import Apply, Expression, MatMul, Max, Number, Sum, Symbol, Transpose, rebuild, substitute, walk
from .symbols import SCALARS


@dataclass(frozen=True)
class Function:
    """What stands behind the name in an ``Apply``, and how people and programs write it.

    ``latex`` and ``text`` are its name, ``form`` and ``text_form`` have a place for each argument if it is not written
    with a name; ``numpy`` and ``torch`` are code with places, and ``onnx`` is an expression whose functions are
    operators of ONNX. Where one of these is missing, its formula is written instead.
    """

    latex: str
    text: str
    placeholders: tuple[Symbol, ...] = ()
    formula: Expression | None = None
    kernel: Expression | None = None
    transparent: bool = False
    """Shown as its formula, never by name (losses)."""

    form: str = ""
    text_form: str = ""
    numpy: str = ""
    torch: str = ""
    onnx: Expression | None = None


FUNCTIONS: dict[str, Function] = {}
"""Every function by name; primitives, activations and losses enter theirs from their own tables."""


def runs_along_rows(name: str) -> bool:
    formula = FUNCTIONS[name].formula
    return formula is not None and any(
        isinstance(node, Sum) or (isinstance(node, Apply) and runs_along_rows(node.name)) for node in walk(formula)
    )


def flip(node: Expression) -> Expression:
    """The same formula along the other axis."""
    turned = rebuild(node, flip)
    if isinstance(turned, Apply):
        return replace(turned, flipped=turned.flipped != runs_along_rows(turned.name))
    return type(turned)(turned.operand, 1 - turned.axis) if isinstance(turned, Sum | Max) else turned


def definition(node: Apply, kernel: bool = False) -> Expression | None:
    """A function's formula, or its kernel, at its arguments; None for a primitive."""
    function = FUNCTIONS[node.name]
    body = function.kernel if kernel and function.kernel is not None else function.formula
    return None if body is None else at_arguments(body, node)


def at_arguments(body: Expression, node: Apply) -> Expression:
    values = dict(zip(FUNCTIONS[node.name].placeholders, node.arguments, strict=True))
    return substitute(flip(body) if node.flipped else body, lambda symbol: values.get(symbol, symbol))


def transposed(node: Expression) -> Expression:
    """The transpose of an expression, pushed inward: (A B)ᵀ = Bᵀ Aᵀ, (A ⊙ B)ᵀ = Aᵀ ⊙ Bᵀ."""
    match node:
        case Symbol(name):
            return node if name in SCALARS else Transpose(node)
        case Number():
            return node
        case Transpose(operand):
            return operand
        case MatMul(left, right):
            return MatMul(transposed(right), transposed(left))
        case Max(operand, axis):
            return Max(transposed(operand), 1 - axis)
        case Sum(operand, axis):
            return Sum(transposed(operand), 1 - axis)
        case Apply(name, arguments, flipped):
            turned = flipped != runs_along_rows(name)
            return Apply(name, tuple(transposed(argument) for argument in arguments), turned)
    return rebuild(node, transposed)
