"""Lines made as products: a formula, right or with a mistake, in a dialect, an orientation, names and decoration.

A formula is a tree of tuples in stored form (samples as rows); ``turned`` writes it in another orientation, ``printed``
in a dialect. The same tree, printed as plain NumPy, is the line's meaning.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import cycle
from typing import Any

from tests.corpus.line import NETWORKS, PYTHON, Line
from tests.corpus.oracle import Network

Tree = tuple[Any, ...]
SEED = 10


# trees -------------------------------------------------------------------------------------------------------------


def name(letter: str, layer: int | None = None) -> Tree:
    return ("name", letter, layer)


def number(text: str) -> Tree:
    return ("number", text)


ONE, TWO, M = number("1"), number("2"), number("m")
Y = name("Y")


def transposed(tree: Tree) -> Tree:
    return tree[1] if tree[0] == "t" else ("t", tree)


def slope(activation: str, l: int) -> Tree:
    """f′(Z[l]) as it is written out for an activation, by a or z."""
    a, z = name("A", l), name("Z", l)
    return {
        "sigmoid": ("had", a, ("sub", ONE, a)),
        "tanh": ("sub", ONE, ("square", a)),
        "relu": ("positive", z),
        "softplus": ("call", "sigmoid", z),
    }.get(activation, ("slope", l, z))


def error(network: Network) -> Tree:
    return ("sub", name("A", network.depth), Y)


def output_delta(network: Network, own: str | None = None, core: Tree | None = None) -> Tree:
    """∂J/∂Z of the output layer, with another activation's slope or another error if one is given."""
    core = core or error(network)
    output = own or network.activations[-1]
    if network.loss in ("half_squared_error", "squared_error"):
        core = ("scale", TWO, core) if network.loss == "squared_error" else core
        core = core if output in ("identity", "none") else ("had", core, slope(output, network.depth))
    return divided(network, core)


def divided(network: Network, tree: Tree) -> Tree:
    if network.reduction == "sum":
        return tree
    if network.reduction == "mean_elements":
        return ("over", tree, ("scale", M, ("width", network.depth)))
    return ("over", tree, M)


def hidden_dA(l: int) -> Tree:
    return ("mm", name("delta", l + 1), name("W", l + 1))


def hidden_delta(network: Network, l: int, own: str | None = None) -> Tree:
    return ("had", hidden_dA(l), slope(own or network.activations[l - 1], l))


def weight_gradient(network: Network, l: int, product: Tree | None = None) -> Tree:
    product = product or ("mm", ("t", name("delta", l)), name("A", l - 1))
    return ("add", product, ("scale", name("l2"), name("W", l))) if network.l2 else product


def formulas(network: Network) -> Iterator[tuple[str, Tree, str]]:
    """Targets with their formulas, and "" for right or the cause of what is wrong."""
    last = network.depth
    yield f"delta[{last}]", output_delta(network), ""
    for l in range(last - 1, 0, -1):
        yield f"delta[{l}]", hidden_delta(network, l), ""
        yield f"dA[{l}]", hidden_dA(l), ""
    for l in range(last, 0, -1):
        yield f"dW[{l}]", weight_gradient(network, l), ""
        yield f"db[{l}]", ("samples", name("delta", l)), ""
        yield f"Z[{l}]", ("add", ("mm", name("A", l - 1), ("t", name("W", l))), name("b", l)), ""
    yield from mistakes(network)


def mistakes(network: Network) -> Iterator[tuple[str, Tree, str]]:
    """The slips that teaching code makes most."""
    last, l = network.depth, network.depth - 1
    yield from output_mistakes(network, f"delta[{last}]")
    yield from hidden_mistakes(network, f"delta[{l}]", l)
    yield from weight_mistakes(network, f"dW[{last}]", last)
    yield from bias_mistakes(f"db[{last}]", last)
    yield f"Z[{last}]", ("mm", name("A", l), ("t", name("W", last))), "missing bias"
    yield f"Z[{last}]", ("add", ("mm", name("A", l), name("W", last)), name("b", last)), "transposed"


def output_mistakes(network: Network, target: str) -> Iterator[tuple[str, Tree, str]]:
    kind, right = network.activations[-1], output_delta(network)
    yield target, output_delta(network, core=("sub", Y, name("A", network.depth))), "sign"
    if network.loss not in ("half_squared_error", "squared_error"):
        yield target, ("had", right, slope("sigmoid", network.depth)), "extra slope"
    elif kind != "identity":
        yield target, output_delta(network, "none"), "missing slope"
        for other in sorted({"sigmoid", "tanh", "relu"} - {kind}):
            yield target, output_delta(network, other), f"{other} slope"
    if network.reduction == "mean_samples":
        yield target, output_delta(replace(network, reduction="sum")), "missing 1/m"
    if network.reduction == "sum":
        yield target, ("over", right, M), "extra 1/m"
    if network.reduction == "mean_elements":
        yield target, output_delta(replace(network, reduction="mean_samples")), "1/n"
    if network.loss == "squared_error":
        yield target, output_delta(replace(network, loss="half_squared_error")), "two"


def hidden_mistakes(network: Network, target: str, l: int) -> Iterator[tuple[str, Tree, str]]:
    kind, above, W = network.activations[l - 1], name("delta", l + 1), name("W", l + 1)
    for other in sorted({"sigmoid", "tanh", "relu"} - {kind}):
        yield target, hidden_delta(network, l, other), f"{other} slope"
    yield target, hidden_dA(l), "missing slope"
    yield target, ("had", ("mm", above, ("t", W)), slope(kind, l)), "transposed"
    yield target, ("had", hidden_dA(l), slope(kind, l + 1)), "layer"
    yield target, ("had", ("mm", W, above), slope(kind, l)), "order"
    yield target, ("had", ("had", above, W), slope(kind, l)), "elementwise"


def weight_mistakes(network: Network, target: str, l: int) -> Iterator[tuple[str, Tree, str]]:
    delta, A = name("delta", l), name("A", l - 1)
    products = {
        "transposed": (("mm", ("t", A), delta), ("mm", delta, A)),
        "z for a": (("mm", ("t", delta), name("Z", l - 1)),),
        "layer": (("mm", ("t", delta), name("A", l)),),
        "elementwise": (("had", ("t", delta), A),),
    }
    for cause, trees in products.items():
        for tree in trees:
            yield target, weight_gradient(network, l, tree), cause
    if network.reduction == "mean_samples":
        yield target, ("over", weight_gradient(network, l), M), "extra 1/m"
    if network.l2:
        yield target, weight_gradient(replace(network, l2=0.0), l), "missing l2"


def bias_mistakes(target: str, l: int) -> Iterator[tuple[str, Tree, str]]:
    delta = name("delta", l)
    for cause, kind in {"one number": "all", "axis": "units"}.items():
        yield target, (kind, delta), cause
    yield target, delta, "missing sum"
    yield target, ("samples", name("delta", l - 1)), "layer"


# orientation ---------------------------------------------------------------------------------------------------------


def turned(tree: Tree, flip: bool, turns: Callable[[str], bool]) -> Tree:
    """A tree, or its transpose, over arrays some of which are shown transposed."""
    go = lambda part, flip=flip: turned(part, flip, turns)  # noqa: E731
    match tree:
        case ("name", letter, _layer):
            return ("t", tree) if letter != "l2" and flip != turns(letter) else tree
        case ("t", part):
            return go(part, not flip)
        case ("mm", left, right):
            return ("mm", go(right), go(left)) if flip else ("mm", go(left), go(right))
        case ("samples" | "units" as kind, part):
            return (f"{kind} columns" if flip else kind, go(part))
        case ("number" | "width", *_):
            return tree
    return tuple(go(part) if isinstance(part, tuple) else part for part in tree)


def letters_turned(switches: Mapping[str, str]) -> Callable[[str], bool]:
    columns, in_out = switches.get("orientation") == "columns", switches.get("weights") == "in_out"
    return lambda letter: in_out if letter in ("W", "dW") else columns and letter not in ("l2", "cost")


def in_orientation(target: str, tree: Tree, switches: Mapping[str, str]) -> Tree:
    turns = letters_turned(switches)
    return turned(tree, turns(target.partition("[")[0]), turns)


# dialects ------------------------------------------------------------------------------------------------------------

ATOM, PRODUCT, SUM = 3, 2, 1
Form = tuple[str, int, tuple[int, ...]]
"""How an operation is written, how tightly it then binds, and how tightly each operand must."""

PLAIN: dict[str, list[Form]] = {
    "mm": [("{} @ {}", PRODUCT, (ATOM, ATOM))],
    "had": [("{} * {}", PRODUCT, (PRODUCT, ATOM))],
    "scale": [("{} * {}", PRODUCT, (ATOM, ATOM))],
    "over": [("{} / {}", PRODUCT, (PRODUCT, ATOM))],
    "add": [("{} + {}", SUM, (PRODUCT, PRODUCT))],
    "sub": [("{} - {}", SUM, (SUM, PRODUCT))],
    "t": [("{}.T", ATOM, (ATOM,))],
    "square": [("{} * {}", PRODUCT, (ATOM, ATOM))],
    "positive": [("({} > 0)", ATOM, (SUM,))],
    "samples": [("np.sum({}, axis=0, keepdims=True)", ATOM, (SUM,))],
    "samples columns": [("np.sum({}, axis=1, keepdims=True)", ATOM, (SUM,))],
    "units": [("np.sum({}, axis=1, keepdims=True)", ATOM, (SUM,))],
    "units columns": [("np.sum({}, axis=0, keepdims=True)", ATOM, (SUM,))],
    "all": [("np.sum({})", ATOM, (SUM,))],
}
"""NumPy at its plainest, which is also what the meaning of a line is written in."""


def calls(text: str, count: int = 1) -> Form:
    return (text, ATOM, (SUM,) * count)


NUMPY: dict[str, list[Form]] = PLAIN | {
    "mm": [
        calls("np.dot({}, {})", 2),
        *PLAIN["mm"],
        calls("np.matmul({}, {})", 2),
        ("{}.dot({})", ATOM, (ATOM, SUM)),
    ],
    "had": [*PLAIN["had"], calls("np.multiply({}, {})", 2)],
    "over": [*PLAIN["over"], ("(1 / {1}) * {0}", PRODUCT, (ATOM, ATOM)), ("1./{1} * {0}", PRODUCT, (ATOM, ATOM))],
    "square": [("{}**2", ATOM, (ATOM,)), calls("np.power({}, 2)"), calls("np.square({})"), *PLAIN["square"]],
    "t": [*PLAIN["t"], *PLAIN["t"], calls("np.transpose({})")],
    "positive": [
        *PLAIN["positive"],
        calls("({} > 0).astype(float)"),
        calls("np.where({} > 0, 1, 0)"),
        calls("np.where({} > 0, 1.0, 0.0)"),
    ],
    "samples": [*PLAIN["samples"], ("{}.sum(axis=0)", ATOM, (ATOM,)), ("{}.sum(0)", ATOM, (ATOM,))],
    "units": [*PLAIN["units"], ("{}.sum(axis=1, keepdims=True)", ATOM, (ATOM,))],
    "all": [*PLAIN["all"], ("{}.sum()", ATOM, (ATOM,))],
}

TORCH: dict[str, list[Form]] = PLAIN | {
    "mm": [
        ("{}.mm({})", ATOM, (ATOM, SUM)),
        calls("torch.mm({}, {})", 2),
        calls("torch.matmul({}, {})", 2),
        *PLAIN["mm"],
    ],
    "t": [("{}.t()", ATOM, (ATOM,)), *PLAIN["t"]],
    "square": [("{}.pow(2)", ATOM, (ATOM,)), ("{} ** 2", ATOM, (ATOM,))],
    "positive": [calls("({} > 0).float()"), calls("torch.where({} > 0, 1.0, 0.0)")],
    "samples": [
        ("{}.sum(0, keepdim=True)", ATOM, (ATOM,)),
        ("{}.sum(dim=0)", ATOM, (ATOM,)),
        ("{}.sum(0)", ATOM, (ATOM,)),
    ],
    "samples columns": [("{}.sum(1, keepdim=True)", ATOM, (ATOM,))],
    "units": [("{}.sum(1, keepdim=True)", ATOM, (ATOM,))],
    "units columns": [("{}.sum(0, keepdim=True)", ATOM, (ATOM,))],
    "all": [("{}.sum()", ATOM, (ATOM,)), calls("torch.sum({})")],
}

TENSORFLOW: dict[str, list[Form]] = PLAIN | {
    "mm": [calls("tf.matmul({}, {})", 2)],
    "had": [*PLAIN["had"], calls("tf.multiply({}, {})", 2)],
    "t": [calls("tf.transpose({})")],
    "square": [calls("tf.square({})")],
    "positive": [calls("tf.cast({} > 0, tf.float32)")],
    "samples": [calls("tf.reduce_sum({}, axis=0, keepdims=True)"), calls("tf.reduce_sum({}, axis=0)")],
    "samples columns": [calls("tf.reduce_sum({}, axis=1, keepdims=True)")],
    "units": [calls("tf.reduce_sum({}, axis=1, keepdims=True)")],
    "units columns": [calls("tf.reduce_sum({}, axis=0, keepdims=True)")],
    "all": [calls("tf.reduce_sum({})")],
}

JAX: dict[str, list[Form]] = {
    kind: [(text.replace("np.", "jnp."), level, parts) for text, level, parts in forms] for kind, forms in NUMPY.items()
}

MATLAB: dict[str, list[Form]] = {
    "mm": [("{} * {}", PRODUCT, (ATOM, ATOM))],
    "had": [("{} .* {}", PRODUCT, (PRODUCT, ATOM))],
    "scale": PLAIN["scale"],
    "over": [
        ("{} / {}", PRODUCT, (ATOM, ATOM)),
        ("(1/{1}) * {0}", PRODUCT, (ATOM, ATOM)),
        ("1/{1} * {0}", PRODUCT, (ATOM, ATOM)),
    ],
    "add": PLAIN["add"],
    "sub": PLAIN["sub"],
    "t": [("{}'", ATOM, (ATOM,))],
    "square": [("{} .^ 2", ATOM, (ATOM,)), ("{}.^2", ATOM, (ATOM,))],
    "positive": [("({} > 0)", ATOM, (SUM,))],
    "samples": [calls("sum({}, 1)")],
    "samples columns": [calls("sum({}, 2)")],
    "units": [calls("sum({}, 2)")],
    "units columns": [calls("sum({}, 1)")],
    "all": [calls("sum(sum({}))"), calls("sum({}(:))")],
}

JULIA: dict[str, list[Form]] = MATLAB | {
    "over": [("{} ./ {}", PRODUCT, (ATOM, ATOM)), ("{} / {}", PRODUCT, (ATOM, ATOM))],
    "sub": [("{} .- {}", SUM, (SUM, PRODUCT))],
    "add": [("{} .+ {}", SUM, (PRODUCT, PRODUCT))],
    "positive": [("({} .> 0)", ATOM, (SUM,))],
    "samples": [calls("sum({}, dims=1)")],
    "samples columns": [calls("sum({}, dims=2)")],
    "units": [calls("sum({}, dims=2)")],
    "units columns": [calls("sum({}, dims=1)")],
    "all": [calls("sum({})")],
}

R: dict[str, list[Form]] = MATLAB | {
    "mm": [("{} %*% {}", PRODUCT, (ATOM, ATOM))],
    "had": PLAIN["had"],
    "over": PLAIN["over"],
    "t": [calls("t({})")],
    "square": [("{}^2", ATOM, (ATOM,))],
    "samples": [calls("colSums({})")],
    "samples columns": [calls("rowSums({})")],
    "units": [calls("rowSums({})")],
    "units columns": [calls("colSums({})")],
    "all": [calls("sum({})")],
}

LATEX: dict[str, list[Form]] = {
    "scale": [("{} {}", PRODUCT, (ATOM, ATOM))],
    "mm": [
        ("{} {}", PRODUCT, (ATOM, ATOM)),
        (r"{} \cdot {}", PRODUCT, (ATOM, ATOM)),
        (r"{} \, {}", PRODUCT, (ATOM, ATOM)),
    ],
    "had": [(r"{} \odot {}", PRODUCT, (ATOM, ATOM)), (r"{} \circ {}", PRODUCT, (ATOM, ATOM))],
    "over": [(r"\frac{{1}}{{{1}}} {0}", PRODUCT, (ATOM, ATOM)), (r"\frac{{{}}}{{{}}}", ATOM, (SUM, SUM))],
    "add": PLAIN["add"],
    "sub": PLAIN["sub"],
    "t": [
        ("{}^T", ATOM, (ATOM,)),
        (r"{}^\top", ATOM, (ATOM,)),
        (r"{}^{{\mathsf{{T}}}}", ATOM, (ATOM,)),
        (r"{}^{{T}}", ATOM, (ATOM,)),
    ],
    "square": [("{}^2", ATOM, (ATOM,))],
}
"""Forms of names with a superscript are bracketed before another one; sums have letters of their own, by hand."""

UNICODE: dict[str, list[Form]] = {
    "scale": [("{} {}", PRODUCT, (ATOM, ATOM))],
    "mm": [("{} {}", PRODUCT, (ATOM, ATOM)), ("{} · {}", PRODUCT, (ATOM, ATOM))],
    "had": [("{} ⊙ {}", PRODUCT, (ATOM, ATOM)), ("{} ∘ {}", PRODUCT, (ATOM, ATOM))],
    "over": [("{} / {}", PRODUCT, (ATOM, ATOM)), ("1/{1} · {0}", PRODUCT, (ATOM, ATOM))],
    "add": PLAIN["add"],
    "sub": [("{} − {}", SUM, (SUM, PRODUCT)), ("{} – {}", SUM, (SUM, PRODUCT))],
    "t": [("{}ᵀ", ATOM, (ATOM,)), ("{}ᵀ", ATOM, (ATOM,)), ("{}⊤", ATOM, (ATOM,))],
    "square": [("{}²", ATOM, (ATOM,))],
}

TOOL: dict[str, list[Form]] = PLAIN | {
    "had": [("{} ⊙ {}", PRODUCT, (ATOM, ATOM)), *PLAIN["had"]],
    "t": [*PLAIN["t"], ("{}ᵀ", ATOM, (ATOM,))],
    "samples": [calls("sum({})")],
    "samples columns": [calls("sum({})")],
}


@dataclass(frozen=True)
class Dialect:
    """How a dialect writes operations, what its names and left sides look like, and how lines end."""

    forms: Mapping[str, list[Form]]
    spellings: tuple[str, ...]
    left: tuple[str, ...] = ("{} = ",)
    ends: tuple[str, ...] = ("",)
    primes: tuple[str, ...] = ()


DIALECTS: dict[str, Dialect] = {
    "numpy": Dialect(
        NUMPY,
        ("code", "dz", "own", "brackets"),
        ends=("", "", ";", "  # backward"),
        primes=("{}_prime({})", "{}_deriv({})", "{}_derivative({})"),
    ),
    "torch": Dialect(TORCH, ("code", "own", "dz"), primes=("{}_prime({})",)),
    "tensorflow": Dialect(TENSORFLOW, ("code", "own"), primes=("{}_prime({})",)),
    "jax": Dialect(JAX, ("code", "own"), primes=("{}_grad({})",)),
    "matlab": Dialect(MATLAB, ("code", "theta"), ends=(";", "", ";  % gradient"), primes=("{}_prime({})",)),
    "julia": Dialect(JULIA, ("greek",), primes=("{}_prime.({})",)),
    "r": Dialect(R, ("code", "dots"), left=("{} <- ", "{} <- ", "{} = "), primes=("{}_prime({})",)),
    "latex": Dialect(
        LATEX,
        ("round", "square", "subscript", "bold"),
        primes=("f'({})", r"\sigma'({})", r"g'({})", r"f^\prime\left({}\right)"),
    ),
    "unicode": Dialect(UNICODE, ("superscript", "subscripts", "italic"), primes=("f′({})", "σ′({})", "f'({})")),
    "plain": Dialect(TOOL, ("brackets", "code"), primes=("f'({})",)),
}

DIGITS = str.maketrans("0123456789()[]", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾[]")
BELOW = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
ITALIC = {"W": "𝑊", "A": "𝐴", "Z": "𝑍", "Y": "𝑌", "X": "𝑋", "b": "𝑏", "delta": "𝛿", "δ": "𝛿"}

OWN: dict[str, dict[str, str]] = {
    "own": {
        "A[1]": "h_relu",
        "Z[1]": "h",
        "A[2]": "y_pred",
        "Y": "target",
        "W[1]": "w1",
        "W[2]": "w2",
        "delta[2]": "grad_out",
        "delta[1]": "grad_h",
        "dW[1]": "grad_w1",
        "dW[2]": "grad_w2",
        "dA[1]": "grad_h_relu",
        "db[1]": "grad_b1",
        "db[2]": "grad_b2",
        "Z[2]": "scores",
    },
    "theta": {
        "W[1]": "Theta1",
        "W[2]": "Theta2",
        "dW[1]": "Theta1_grad",
        "dW[2]": "Theta2_grad",
        "Y": "labels",
        "delta[2]": "d3",
        "delta[1]": "d2",
    },
    "dots": {
        "A[1]": "hidden",
        "A[2]": "output",
        "W[2]": "w.out",
        "W[1]": "w.hidden",
        "delta[2]": "delta.out",
        "delta[1]": "delta.hidden",
        "dW[2]": "grad.out",
    },
}


def canonical(letter: str, layer: int | None) -> str:
    return letter if layer is None else f"{letter}[{layer}]"


def spelled(letter: str, layer: int | None, style: str) -> tuple[str, bool]:
    """A name in a style, and whether a superscript is already there."""
    if letter == "l2":
        return {"round": r"\lambda", "square": r"\lambda", "subscript": r"\lambda", "bold": r"\lambda"}.get(
            style, "l2"
        ), False
    if letter == "A" and layer == 0 and style != "square":
        letter, layer = "X", None
    own = OWN.get(style, {}).get(canonical(letter, layer))
    if own:
        return own, False
    greek = {"delta": "δ"}.get(letter, letter)
    latex = {"delta": r"\delta"}.get(letter, letter)
    if layer is None:
        return {"bold": rf"\mathbf{{{letter}}}", "italic": ITALIC.get(letter, letter)}.get(style, letter), False
    tail = {"dz": f"dZ{layer}" if letter == "delta" else f"{letter}{layer}"}
    return {
        "code": (f"{letter}{layer}", False),
        "own": (f"{letter}{layer}", False),
        "theta": (f"{letter}{layer}", False),
        "dots": (f"{letter}{layer}", False),
        "dz": (tail["dz"], False),
        "greek": (f"{greek}{layer}", False),
        "brackets": (f"{letter}[{layer}]", False),
        "round": (f"{latex}^{{({layer})}}", True),
        "square": (f"{latex}^{{[{layer}]}}", True),
        "subscript": (f"{latex}_{layer}" if layer % 2 else f"{latex}_{{{layer}}}", False),
        "bold": (bold(letter, layer), True),
        "superscript": (f"{greek}{f'({layer})'.translate(DIGITS)}", True),
        "subscripts": (f"{greek}{str(layer).translate(BELOW)}", False),
        "italic": (f"{ITALIC.get(letter, greek)}{str(layer).translate(BELOW)}", False),
    }[style]


def bold(letter: str, layer: int) -> str:
    return (r"\boldsymbol{\delta}" if letter == "delta" else rf"\mathbf{{{letter}}}") + f"^{{({layer})}}"


class Printer:
    """A tree in a dialect, the forms and names chosen once for a line."""

    def __init__(self, dialect: Dialect, style: str, choose: random.Random, network: Network) -> None:
        self.dialect, self.style, self.choose, self.network = dialect, style, choose, network
        self.given: dict[str, str] = {}
        self.forms = {kind: choose.choice(forms) for kind, forms in dialect.forms.items()}

    def text(self, tree: Tree) -> str:
        return self.written(tree, SUM)

    def written(self, tree: Tree, level: int) -> str:
        text, bound = self.part(tree)
        return text if bound >= level else self.bracketed(text)

    def bracketed(self, text: str) -> str:
        return rf"\left({text}\right)" if self.dialect.forms is LATEX and len(text) > 18 else f"({text})"

    def part(self, tree: Tree) -> tuple[str, int]:
        match tree:
            case ("name", letter, layer):
                return self.named(letter, layer), ATOM
            case ("number", text):
                return text, ATOM
            case ("width", layer):
                return self.width(layer), ATOM
            case ("slope", l, z):
                return self.slope(l, z), ATOM
            case ("call", function, part):
                return f"{function}({self.text(part)})", ATOM
            case ("t", ("name", letter, layer)) if spelled(letter, layer, self.style)[1]:
                form = self.forms["t"][0]
                return form.format(f"({self.named(letter, layer)})"), ATOM
            case ("square", part) if self.forms["square"][0].count("{}") == 2:
                return self.filled("square", (part, part))
            case ("square", ("name", letter, layer)) if spelled(letter, layer, self.style)[1]:
                return self.forms["square"][0].format(f"({self.named(letter, layer)})"), ATOM
        return self.filled(tree[0], tree[1:])

    def filled(self, kind: str, parts: tuple[Tree, ...]) -> tuple[str, int]:
        form, level, levels = self.forms[kind]
        return form.format(*(self.written(part, least) for part, least in zip(parts, levels, strict=True))), level

    def named(self, letter: str, layer: int | None) -> str:
        text, _script = spelled(letter, layer, self.style)
        own = OWN.get(self.style, {}).get(canonical(letter, layer))
        if own:
            self.given[own] = canonical(letter, layer)
        return text

    def width(self, layer: int) -> str:
        return {"round": f"n_{layer}", "square": f"n_{layer}", "bold": f"n_{layer}"}.get(self.style, f"n[{layer}]")

    def slope(self, l: int, z: Tree) -> str:
        form, activation = self.choose.choice(self.dialect.primes), self.network.activations[l - 1]
        return form.format(*([activation] if form.count("{}") == 2 else []), self.text(z))


class Meaning(Printer):
    """The plainest NumPy, over the names that ``meaning.names`` knows."""

    def slope(self, l: int, z: Tree) -> str:
        return f"slope{l}"


def meaning(tree: Tree, network: Network) -> str:
    return Meaning(Dialect(PLAIN, ("code",)), "code", random.Random(0), network).text(tree)


# left sides ----------------------------------------------------------------------------------------------------------


def latex_left(target: str, style: str, choose: random.Random) -> str:
    letter, layer = target.rstrip("]").split("[")
    if letter in ("dW", "db", "dA"):
        inner = spelled(letter[1:], int(layer), style)[0]
        forms = [
            rf"\frac{{\partial J}}{{\partial {inner}}} = ",
            rf"\nabla_{{{inner}}} J = ",
            rf"{{\partial J \over \partial {inner}}} = ",
        ]
        return choose.choice(forms if letter != "dA" else forms[:1])
    return spelled(letter, int(layer), style)[0] + " = "


def unicode_left(target: str, style: str) -> str:
    letter, layer = target.rstrip("]").split("[")
    if letter in ("dW", "db", "dA"):
        return f"∂J/∂{spelled(letter[1:], int(layer), style)[0]} = "
    return spelled(letter, int(layer), style)[0] + " = "


def left_side(printer: Printer, target: str) -> str:
    if printer.dialect.forms is LATEX:
        return latex_left(target, printer.style, printer.choose)
    if printer.dialect.forms is UNICODE:
        return unicode_left(target, printer.style)
    letter, layer = target.rstrip("]").split("[")
    return printer.choose.choice(printer.dialect.left).format(printer.named(letter, int(layer)))


# lines ---------------------------------------------------------------------------------------------------------------

ORIENTATIONS: dict[str, tuple[Mapping[str, str], ...]] = {
    "rows": ({"orientation": "rows"},),
    "columns": ({"orientation": "columns"},),
    "in_out": ({"weights": "in_out"},),
}

COUNTS = {  # right, wrong
    "numpy": (40, 16),
    "torch": (10, 5),
    "tensorflow": (6, 3),
    "jax": (5, 2),
    "matlab": (13, 6),
    "julia": (6, 2),
    "r": (5, 2),
    "latex": (30, 12),
    "unicode": (15, 7),
    "plain": (12, 8),
}
"""How many lines of each dialect are made."""

WITHOUT = {
    "latex": {"samples", "units", "all", "positive", "call"},
    "unicode": {"samples", "units", "all", "positive", "call"},
    "plain": {"units", "all", "positive"},
}
"""Operations for which a dialect has no form here."""

ORIENTATIONS_OF = {
    "numpy": ("rows", "columns", "in_out"),
    "torch": ("rows", "in_out"),
    "tensorflow": ("in_out", "rows"),
}


def kinds(tree: Tree) -> set[str]:
    return {tree[0]}.union(*(kinds(part) for part in tree if isinstance(part, tuple)))


def made(dialect: str, network: str, target: str, tree: Tree, cause: str, choose: random.Random) -> Line:
    """One line: an orientation, a style, the forms, the left side and the end are drawn."""
    entry = DIALECTS[dialect]
    orientation = choose.choice(ORIENTATIONS_OF.get(dialect, ("rows", "columns")))
    (switches,) = ORIENTATIONS[orientation]
    deep = NETWORKS[network].depth != 2
    style = choose.choice([style for style in entry.spellings if not (deep and style in OWN)])
    shown = in_orientation(target, tree, switches)
    if dialect in WITHOUT or choose.random() < 0.35:
        shown = by_name(shown, NETWORKS[network]) if not cause.endswith(" slope") else shown
    printer = Printer(entry, style, choose, NETWORKS[network])
    right, left = printer.text(shown), left_side(printer, target)
    with_left = choose.random() < 0.6
    text, left = marked(dialect, left if with_left else "", right, left)
    text += choose.choice(entry.ends) if "%" not in text[-14:] else ""
    text = f"$${text}$$" if dialect == "latex" and choose.random() < 0.15 else text
    alone = with_left and bool(left) and choose.random() < 0.35
    return Line(
        dialect,
        text,
        None if alone else target,
        network,
        switches["orientation"] if "orientation" in switches else dict(switches),
        printer.given or None,
        right=not cause,
        cause=cause,
        meaning=None if dialect in PYTHON else meaning(shown, NETWORKS[network]),
        sets=target if alone else "",
        generated=True,
    )


MARKS = {
    "matlab": (r"'|\.[*^/]|%|sum\(.*[,(]", "{left}{right};  % gradient"),
    "julia": (r"'|\.[*^/+>-]|dims", "{name} .= {right}"),
    "r": (r"%\*%|<-|colSums|rowSums|\bt\(", "{name} <- {right}"),
}
"""What tells a dialect apart where ``*`` and ``sum`` mean other things, and how a line without it gets it."""


def marked(dialect: str, left: str, right: str, otherwise: str) -> tuple[str, str]:
    """A line and its left side, told apart from other dialects'."""
    pattern, form = MARKS.get(dialect, ("", ""))
    if re.search(pattern, left + right):
        return left + right, left
    name = (left or otherwise).rstrip("= <-")
    text = form.format(left=left, right=right, name=name)
    return text, text.removesuffix(right)


def by_name(tree: Tree, network: Network) -> Tree:
    """A slope that is written out, by its name instead."""
    for l, activation in enumerate(network.activations, start=1):
        if activation not in ("identity", "softmax") and tree == slope(activation, l):
            return ("slope", l, name("Z", l))
    return tuple(by_name(part, network) if isinstance(part, tuple) else part for part in tree)


def candidates(dialect: str, wrong: bool) -> list[tuple[str, str, Tree, str]]:
    """Every formula of every network that a dialect can write."""
    unable = WITHOUT.get(dialect, set())
    return [
        (key, target, tree, cause)
        for key, network in NETWORKS.items()
        if network.depth > 1
        for target, tree, cause in formulas(network)
        if bool(cause) == wrong and not unable & kinds(by_name(tree, network))
    ]


def generated() -> list[Line]:
    """The same lines each time."""
    lines: dict[tuple[str, str, str], Line] = {}
    for dialect, (right, wrong) in COUNTS.items():
        choose = random.Random(f"{SEED} {dialect}")
        for count, is_wrong in ((right, False), (wrong, True)):
            draw(lines, dialect, candidates(dialect, is_wrong), count, choose)
    return list(lines.values())


def draw(
    lines: dict[tuple[str, str, str], Line],
    dialect: str,
    rows: list[tuple[str, str, Tree, str]],
    count: int,
    choose: random.Random,
) -> None:
    """Add lines that no dialect has had, spread over what they are about and what is amiss."""
    groups: dict[str, list[Any]] = {}
    for row in rows:
        groups.setdefault(row[3] or row[1].partition("[")[0], []).append(row)
    order = sorted(groups)
    choose.shuffle(order)
    order += [key for key in ("delta", "dW", "delta") if key in groups]
    goal = len(lines) + count
    for key in cycle(order):
        line = made(dialect, *choose.choice(groups[key]), choose)
        lines.setdefault((line.text, line.about, line.network), line)
        if len(lines) == goal:
            return
