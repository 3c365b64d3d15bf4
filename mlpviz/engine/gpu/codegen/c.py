"""Expressions as CUDA C: numbers, operations, the functions that the language lacks, and where an entry stands."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from mlpviz.engine.normal_form import Size, Trees
from mlpviz.maths import expressions as ex
from mlpviz.maths.equations import Equation
from mlpviz.maths.expressions import Symbol
from mlpviz.maths.primitives import PRIMITIVES
from mlpviz.maths.printer import Printer

REAL = {"float32": "float", "float64": "double"}

INFINITY = {"float32": "__int_as_float(0x7f800000)", "float64": "__longlong_as_double(0x7ff0000000000000ll)"}

NARROW = 2**31 - 2**24
"""Entries up to which an int can count them together with the excess of a grid."""

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
"""Functions that are put in front of a kernel that calls them; each may call those above it."""


def with_helpers(source: str, dtype: str) -> str:
    """Put the functions that a kernel calls in front of its source."""
    for name, body in reversed(HELPERS.items()):
        if re.search(rf"\b{name}\(", source):
            source = "static __device__ " + re.sub(r"\breal\b", REAL[dtype], body) + "\n\n" + source
    return source


def literal(value: float, dtype: str) -> str:
    """Write a number as a C literal of a floating-point type."""
    with np.errstate(over="ignore"):
        rounded = np.dtype(dtype).type(value)
    if np.isinf(rounded):
        return ("-" if rounded < 0 else "") + INFINITY[dtype]
    return str(rounded) + ("f" if dtype == "float32" else "")


class CPrinter(Printer):
    """Writes expressions as CUDA C; ``read`` gives the text of a part that stands somewhere already, or None."""

    def __init__(self, read: Callable[[ex.Expression], str | None], dtype: str) -> None:
        self.read, self.dtype = read, dtype

    def atom(self, node: ex.Expression) -> str | None:
        return self.read(node)

    def number(self, value: float) -> str:
        return literal(value, self.dtype)

    def function(self, node: ex.Apply) -> str:
        library = PRIMITIVES[node.name].cuda
        name = library + ("f" if self.dtype == "float32" else "") if library else node.name
        return f"{name}({', '.join(map(self.write, node.arguments))})"


def listing(equation: Equation) -> str:
    """Write an equation as a comment of a kernel."""
    return f"{equation.name}: {equation.target} = {Printer().write(equation.value)}"


def index_type(sizes: list[Size]) -> str:
    """Choose the integer type that numbers the entries of matrices of these sizes."""
    return "int" if max(rows * columns for rows, columns in sizes) < NARROW else "long long"


def address(leaf: ex.Expression, trees: Trees, row: str = "row", column: str = "column") -> str:
    """Write the index of an array's entry (row, column), axes of size 1 repeated; ``leaf`` may be transposed."""
    if isinstance(leaf, ex.Transpose):
        return place(array(leaf), trees, column, row)
    return place(array(leaf), trees, row, column)


def place(symbol: Symbol, trees: Trees, row: str, column: str) -> str:
    rows, columns = trees.of(symbol)
    terms = [f"{row} * {columns}" if columns > 1 else row] if rows > 1 else []
    terms += [column] if columns > 1 else []
    return " + ".join(terms) or "0"


def array(leaf: ex.Expression) -> Symbol:
    """The array that a leaf reads, transposed or not."""
    symbol = leaf.operand if isinstance(leaf, ex.Transpose) else leaf
    assert isinstance(symbol, Symbol)
    return symbol
