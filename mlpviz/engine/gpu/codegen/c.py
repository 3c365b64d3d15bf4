"""Expressions as CUDA C: numbers, operations, and the few functions that the language does not bring."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from mlpviz.maths.expressions import (
    Add,
    Apply,
    Binary,
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

REAL = {"float32": "float", "float64": "double"}
"""The type of an entry."""

INFINITY = {"float32": "__int_as_float(0x7f800000)", "float64": "__longlong_as_double(0x7ff0000000000000ll)"}

LIBRARY = {
    "exp": "exp",
    "expm1": "expm1",
    "log": "log",
    "log1p": "log1p",
    "abs": "fabs",
    "sqrt": "sqrt",
    "tanh": "tanh",
    "normal_cdf": "normcdf",
}
"""The primitives that CUDA's own library has; in float32 each name ends in f."""

PAIR = "real {}(real x, real y) {{ return x {} y || x != x ? x : y; }}  // NaN where either is, as NumPy has it"

OVER_LANES = """real {name}_lanes(real x, int lanes)  // over so many neighbours in a warp; each gets it
{{
    for (int apart = lanes / 2; apart > 0; apart /= 2) {{
        const real other = __shfl_xor_sync(0xffffffffu, x, apart);
        x = {both};
    }}
    return x;
}}"""

OVER_BLOCK = """real {name}_block(real x, real* shared, int step)  // over threads that are step apart; each gets it
{{
    shared[threadIdx.x] = x;
    __syncthreads();
    for (int half = blockDim.x / 2; half >= step; half /= 2) {{
        if (threadIdx.x < half) {{
            const real other = shared[threadIdx.x + half];
            x = {both};
            shared[threadIdx.x] = x;
        }}
        __syncthreads();
    }}
    x = shared[threadIdx.x % step];
    __syncthreads();
    return x;
}}"""

HELPERS = {
    "maximum": PAIR.format("maximum", ">"),
    "minimum": PAIR.format("minimum", "<"),
    "greater": "real greater(real x, real y) { return x > y ? 1 : 0; }",
    "weighted": "real weighted(real w, real x) { return w == 0 ? 0 : w * x; }  // 0 where w is, whatever x is",
    "sum_lanes": OVER_LANES.format(name="sum", both="x + other"),
    "max_lanes": OVER_LANES.format(name="max", both="maximum(x, other)"),
    "sum_block": OVER_BLOCK.format(name="sum", both="x + other"),
    "max_block": OVER_BLOCK.format(name="max", both="maximum(x, other)"),
}
"""Functions that a kernel brings along where it calls them; each may call those above it."""


def with_helpers(source: str, dtype: str) -> str:
    """A kernel's source after the functions that it calls."""
    for name, body in reversed(HELPERS.items()):
        if re.search(rf"\b{name}\(", source):
            source = "static __device__ " + re.sub(r"\breal\b", REAL[dtype], body) + "\n\n" + source
    return source


def literal(value: float, dtype: str) -> str:
    """A number as it is written in a kernel of a floating-point type."""
    with np.errstate(over="ignore"):
        rounded = np.dtype(dtype).type(value)
    if np.isinf(rounded):
        return ("-" if rounded < 0 else "") + INFINITY[dtype]
    return str(rounded) + ("f" if dtype == "float32" else "")


def identifier(symbol: Symbol) -> str:
    """A symbol's name in C."""
    name = re.sub(r"\W", "_", symbol.name)
    return name if symbol.layer is None else f"{name}_{symbol.layer}"


SIGNS = {Add: ("+", 1), Subtract: ("-", 1), Multiply: ("*", 2), Divide: ("/", 2), MatMul: ("@", 2)}
"""How the operations with two operands are written, and how tightly they bind."""

UNARY, ATOM = 3, 4


@dataclass(frozen=True)
class Printer:
    """Writes a tree as a line; ``atom`` gives the text of a part that has a name, or None where there is none."""

    atom: Callable[[Expression], str | None]
    number: Callable[[float], str]
    function: Callable[[str], str]

    def text(self, node: Expression, tightness: int = 0) -> str:
        """The tree, in brackets where it binds less tightly than it has to."""
        found = self.atom(node)
        if found is not None:
            return found
        written, own = self._parts(node)
        return f"({written})" if own < tightness else written

    def _parts(self, node: Expression) -> tuple[str, int]:
        match node:
            case Number(value):
                return self.number(value), ATOM if value >= 0 else UNARY
            case Negate(operand):
                return f"-{self.text(operand, ATOM)}", UNARY
            case Apply(name, arguments):
                return f"{self.function(name)}({', '.join(map(self.text, arguments))})", ATOM
            case Transpose(operand):
                return f"{self.text(operand, ATOM)}.T", ATOM
            case Sum(operand, axis):
                word = "max" if isinstance(node, Max) else "sum"
                return f"{word}({self.text(operand)}, {axis})", ATOM
            case Binary(left, right):
                sign, own = SIGNS[type(node)]
                return f"{self.text(left, own)} {sign} {self.text(right, own + 1)}", own
        return str(node), ATOM


PLAIN = Printer(lambda node: None, lambda value: f"{value:g}", lambda name: name)
"""Writes an equation for people."""


def in_cuda(atom: Callable[[Expression], str | None], dtype: str) -> Printer:
    """Writes expressions as CUDA C."""
    suffix = "f" if dtype == "float32" else ""
    functions = {name: function + suffix for name, function in LIBRARY.items()}
    return Printer(atom, lambda value: literal(value, dtype), lambda name: functions.get(name, name))
