"""How each dialect writes products, transposes, squares and sums: a row each, and what of it a text says otherwise."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ....maths import expressions as ex
from .. import nodes as nd

Form = dict[type[ex.Expression] | str, str]


@dataclass(frozen=True)
class Manner:
    """A way to write: ``times`` entry by entry, ``product`` of matrices, ``scaled`` by a number.

    ``square`` is the form of x · x, written out if empty; ``added`` that of a sum along an axis, {axis} counting from
    ``first_axis``, or one for each axis.
    """

    times: str = "*"
    product: str = "@"
    scaled: str = "*"
    over: str = "/"
    transpose: str = "{:base}.T"
    square: str = ""
    added: str | tuple[str, str] = ""
    first_axis: int = 0
    forms: Form = field(default_factory=dict)


FUNCTIONS = ("exp", "log", "sqrt", "abs", "tanh")
EVERYWHERE: Form = {
    nd.Slope: "f'({})",
    nd.Diagonal: "diag({})",
    nd.SampleSum: "sum({})",
    ex.Sum: "sum({})",
    nd.AxisSum: "sum({}, axis={axis})",
    nd.Total: "sum(sum({}))",
    ex.Max: "max({}, axis={axis})",
    nd.Largest: "max({})",
    nd.Outer: "outer({}, {})",
    nd.Filled: "ones(({}, {}))",
    nd.Selected: "where({} > {}, {}, {})",
    nd.Reshaped: "{:base}.reshape({}, {})",
    **{name: name + "({})" for name in FUNCTIONS},
    "maximum": "maximum({}, {})",
    "minimum": "minimum({}, {})",
}
"""What is written alike where nothing else is said."""

OF_A_LIBRARY: tuple[type[ex.Expression] | str, ...] = (
    nd.Diagonal,
    nd.Outer,
    nd.Filled,
    nd.Selected,
    nd.Largest,
    *FUNCTIONS,
    "maximum",
    "minimum",
)
"""What stands behind the name of a library."""


def library(prefix: str) -> Form:
    return {name: prefix + EVERYWHERE[name] for name in OF_A_LIBRARY}


def of_numpy(prefix: str) -> Manner:
    forms: Form = {nd.Total: f"{prefix}sum({{}})", ex.Max: f"{prefix}max({{}}, axis={{axis}}, keepdims=True)"}
    added = f"{prefix}sum({{}}, axis={{axis}}, keepdims=True)"
    return Manner(square="{:base}**2", added=added, forms=library(prefix) | forms)


MATLAB = Manner(
    ".*", "*", "*", "./", "{:base}'", "{:base}.^2", "sum({}, {axis})", 1,
    {nd.Filled: "ones({}, {})", "maximum": "max({}, {})", "minimum": "min({}, {})"},
)  # fmt: skip

MANNERS: Mapping[str, Manner] = {
    "plain": Manner(),
    "unicode": Manner(),
    "written": Manner(product="", transpose="{:base}^T"),
    "latex": Manner(
        r"\odot", "", r"\cdot", "/", r"{:base}^\top", "", "",
        forms={
            ex.Divide: r"\frac{{{}}}{{{}}}",
            nd.Diagonal: r"\operatorname{{diag}}({})",
            nd.SampleSum: r"\operatorname{{sum}}({})",
            nd.Total: r"\operatorname{{sum}}(\operatorname{{sum}}({}))",
            "exp": r"\exp({})",
            "log": r"\log({})",
            "tanh": r"\tanh({})",
        },
    ),
    "numpy": of_numpy("np."),
    "jax": of_numpy("jnp."),
    "torch": Manner(
        square="{:base}**2",
        added="{:base}.sum({axis}, keepdim=True)",
        forms=library("torch.") | {nd.Total: "{:base}.sum()", ex.Max: "{:base}.amax({axis}, keepdim=True)"},
    ),
    "tensorflow": Manner(
        square="{:base}**2",
        transpose="tf.transpose({})",
        added="tf.reduce_sum({}, axis={axis}, keepdims=True)",
        forms=library("tf.")
        | {
            nd.Total: "tf.reduce_sum({})",
            nd.Largest: "tf.reduce_max({})",
            ex.Max: "tf.reduce_max({}, axis={axis}, keepdims=True)",
            nd.Diagonal: "tf.linalg.diag({})",
            "log": "tf.math.log({})",
        },
    ),
    "matlab": MATLAB,
    "julia": replace(
        MATLAB,
        added="sum({}, dims={axis})",
        forms={nd.Filled: "ones({}, {})", **{name: name + ".({})" for name in FUNCTIONS}},
    ),
    "r": Manner(
        "*", "%*%", "*", "/", "t({})", "{:base}^2", ("colSums({})", "rowSums({})"),
        forms={"maximum": "pmax({}, {})", "minimum": "pmin({}, {})"},
    ),
}  # fmt: skip
"""How each dialect writes."""

CALLS = {
    form: marker
    for marker, form in {
        "np.dot(": "np.dot({}, {})",
        "np.matmul(": "np.matmul({}, {})",
        "numpy.dot(": "numpy.dot({}, {})",
        "jnp.dot(": "jnp.dot({}, {})",
        "jnp.matmul(": "jnp.matmul({}, {})",
        "torch.mm(": "torch.mm({}, {})",
        "torch.matmul(": "torch.matmul({}, {})",
        "tf.matmul(": "tf.matmul({}, {})",
        ".dot(": "{:base}.dot({})",
        ".matmul(": "{:base}.matmul({})",
        ".mm(": "{:base}.mm({})",
    }.items()
}
"""Matrix products that are written as calls, by what a text has of them."""

TIMES = {
    "np.multiply({}, {})": "np.multiply(",
    "tf.multiply({}, {})": "tf.multiply(",
    "torch.mul({}, {})": "torch.mul(",
}
"""Products entry by entry that are."""

TRANSPOSES = {
    "np.transpose({})": "np.transpose(",
    "{:base}.transpose()": ".transpose()",
    "{:base}.t()": ".t()",
    "torch.t({})": "torch.t(",
    "jnp.transpose({})": "jnp.transpose(",
}


def manner_of(text: str, dialect: str) -> Manner:
    """How a text is written: as its dialect has it, with the calls that it has for products and transposes."""
    manner = MANNERS[dialect]
    forms = dict(manner.forms)
    if "@" not in text and (call := first_in(text, CALLS)):
        forms[ex.MatMul] = call
    if (times := first_in(text, TIMES)) and not re.search(r"[\w)\]]\s*\*\s*[\w(]", text):
        forms[ex.Multiply] = times
    turned = first_in(text, TRANSPOSES) if ".T" not in text else ""
    return replace(manner, forms=forms, transpose=turned or manner.transpose)


def first_in(text: str, forms: Mapping[str, str]) -> str:
    """The form whose marker a text has, or ""."""
    return next((form for form, marker in forms.items() if marker in text), "")
