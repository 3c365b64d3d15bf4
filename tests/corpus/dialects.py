"""How each dialect writes the operations of a tree, its left sides and its ends of lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

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
