"""An equation as the line of NumPy or PyTorch that computes it, in a view's notation."""

from __future__ import annotations

from ...maths.equations import Equation
from ...maths.expressions import (
    Add,
    Apply,
    Divide,
    Expression,
    MatMul,
    Max,
    Multiply,
    Negate,
    Number,
    Subtract,
    Sum,
    Symbol,
    Transpose,
)
from ...maths.functions import definition
from ..notation import written
from ..view import View

SUM, PRODUCT, UNARY, POWER, FACTOR = range(5)
"""How tightly written code binds."""

NAMES = {
    "losses": "losses",
    "cost": "J",
    "new cost": "J_new",
    "change": "dJ",
    "m": "m",
    "eta": "learning_rate",
    "l2": "l2",
    "Y": "Y",
    "new W": "W_new",
    "new b": "b_new",
}

DIALECTS: dict[str, dict[str, str]] = {
    "numpy": {
        "exp": "np.exp({0})",
        "expm1": "np.expm1({0})",
        "log": "np.log({0})",
        "log1p": "np.log1p({0})",
        "abs": "np.abs({0})",
        "sqrt": "np.sqrt({0})",
        "tanh": "np.tanh({0})",
        "maximum": "np.maximum({0}, {1})",
        "minimum": "np.minimum({0}, {1})",
        "greater": "({0} > {1}).astype({0}.dtype)",
        "mask": "({0} > {1})",
        "normal_cdf": "scipy.special.ndtr({0})",
        "sum": "{0}.sum(axis={1}, keepdims=True)",
        "max": "{0}.max(axis={1}, keepdims=True)",
    },
    "torch": {
        "exp": "torch.exp({0})",
        "expm1": "torch.expm1({0})",
        "log": "torch.log({0})",
        "log1p": "torch.log1p({0})",
        "abs": "torch.abs({0})",
        "sqrt": "torch.sqrt({0})",
        "tanh": "torch.tanh({0})",
        "maximum": "torch.clamp({0}, min={1})",
        "minimum": "torch.clamp({0}, max={1})",
        "greater": "({0} > {1}).to({0}.dtype)",
        "mask": "({0} > {1})",
        "normal_cdf": "torch.special.ndtr({0})",
        "sum": "{0}.sum(dim={1}, keepdim=True)",
        "max": "{0}.amax(dim={1}, keepdim=True)",
        "relu": "torch.relu({0})",
        "leaky_relu": "F.leaky_relu({0})",
        "elu": "F.elu({0})",
        "gelu": "F.gelu({0})",
        "silu": "F.silu({0})",
        "softplus": "F.softplus({0})",
        "sigmoid": "torch.sigmoid({0})",
        "softmax": "torch.softmax({0}, dim={axis})",
    },
}
"""How each primitive is spelled; a function that a dialect lacks is written out as its formula."""


def code(equation: Equation, view: View, dialect: str) -> str:
    """The line that computes an equation: lists indexed by the mathematical l, arrays in the view's notation."""
    shown = written(equation, view.notation)
    return f"{Coder(view, dialect).symbol(shown.target)} = {Coder(view, dialect).write(shown.value)}"


class Coder:
    """Writes expressions in one dialect."""

    def __init__(self, view: View, dialect: str) -> None:
        self.view, self.spelling = view, DIALECTS[dialect]

    def write(self, node: Expression, least: int = SUM) -> str:
        """The expression as code, in brackets if it binds less tightly than ``least``."""
        text, binding = self.bound(node)
        return text if binding >= least else f"({text})"

    def bound(self, node: Expression) -> tuple[str, int]:
        """The expression as code, with how tightly it binds."""
        match node:
            case Symbol():
                return self.symbol(node), FACTOR
            case Number(value):
                return f"{value!r}", UNARY if value < 0 else FACTOR
            case Transpose(operand):
                return f"{self.write(operand, FACTOR)}.T", FACTOR
            case Negate(operand):
                return f"-{self.write(operand, UNARY)}", UNARY
            case Add(left, right):
                return f"{self.write(left)} + {self.write(right)}", SUM
            case Subtract(left, right):
                return f"{self.write(left)} - {self.write(right, PRODUCT)}", SUM
            case Multiply(left, right) if left == right:
                return f"{self.write(left, FACTOR)}**2", POWER
            case MatMul(left, right) | Multiply(left, right) | Divide(left, right):
                sign = {MatMul: "@", Multiply: "*", Divide: "/"}[type(node)]
                mixed = isinstance(left, MatMul) and sign != "@"
                factor = (sign == "*" and self.mask(right)) or self.write(right, UNARY)
                return f"{self.write(left, FACTOR if mixed else PRODUCT)} {sign} {factor}", PRODUCT
            case Sum():
                return self.total(node), FACTOR
            case Apply():
                return self.function(node)
        raise TypeError(f"{type(node).__name__} cannot be written as code")

    def total(self, node: Sum) -> str:
        """A sum or a maximum along an axis, or the sum of everything."""
        operand, spelled = node.operand, "max" if isinstance(node, Max) else "sum"
        if type(node) is type(operand) is Sum and operand.axis != node.axis:
            return f"{self.write(operand.operand, FACTOR)}.sum()"
        return self.spelling[spelled].format(self.write(operand, FACTOR), node.axis)

    def function(self, node: Apply) -> tuple[str, int]:
        """A function as the dialect spells it, or its formula."""
        if node.name in self.spelling:
            arguments = [self.write(argument, FACTOR if node.name == "greater" else SUM) for argument in node.arguments]
            return self.spelling[node.name].format(*arguments, axis=0 if node.flipped else 1), FACTOR
        if node.name == "weighted":
            return self.bound(Multiply(*node.arguments))
        body = definition(node)
        assert body is not None, f"{node.name} has no formula"
        return self.bound(body)

    def mask(self, node: Expression) -> str | None:
        """A comparison as a factor: what is true counts as 1 there, so nothing converts it; None for anything else."""
        while isinstance(node, Apply) and node.name not in self.spelling and (body := definition(node)) is not None:
            node = body
        if not (isinstance(node, Apply) and node.name == "greater"):
            return None
        return self.spelling["mask"].format(*(self.write(argument, FACTOR) for argument in node.arguments))

    def symbol(self, symbol: Symbol) -> str:
        """A symbol as a variable: lists are indexed by l, A[0] is X."""
        if symbol == Symbol("A", 0):
            return "X"
        if symbol.name == "n":
            assert isinstance(symbol.layer, int), f"{symbol} has no absolute layer"
            return str(self.view.architecture.widths[symbol.layer])
        name = NAMES.get(symbol.name, symbol.name)
        return name if symbol.layer is None else f"{name}[{symbol.layer}]"
