"""What a line of the corpus computes, by Python and NumPy alone, beside what it should hold, by complex steps."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from types import SimpleNamespace
from typing import Any

import numpy as np

from tests.corpus import standins
from tests.corpus.line import NETWORKS, Line
from tests.corpus.oracle import Network, Truth, random_truth

WIDTHS = (3, 5, 4, 7, 2)
SAMPLES = (6, 9)
"""All widths and numbers of samples differ, and no one is twice another but by the two of them that stand apart."""

LETTERS = {"delta": ("delta", "dZ", "dz", "d", "δ"), "A": ("A", "a"), "Z": ("Z", "z"), "dA": ("dA", "da")}
EDGES = {"W", "dW"}
SCALARS = {"cost"}


@cache
def truths(network: str, single: bool) -> list[tuple[Network, Truth]]:
    """Two random passes of a network whose sizes all differ; of one sample each if the line is about one."""
    named = NETWORKS[network]
    spread = replace(named, widths=WIDTHS[: named.depth + 1])
    return [(spread, random_truth(spread, 1 if single else m, seed)) for seed, m in enumerate(SAMPLES, start=5)]


def shown(name: str, array: Any, line: Line) -> Any:
    """An array as the line's notation shows it."""
    letter = name.partition("[")[0]
    if letter in SCALARS or array is None:
        return array
    turns = line.switches.get("weights") == "in_out" if letter in EDGES else "columns" in line.switches.values()
    return array.T if turns else array


def arrays(line: Line, truth: Truth) -> dict[str, Any]:
    """Every array of a pass by its canonical name, as the line's notation shows it."""
    kind = standins.Tensor if line.dialect == "torch" else np.ndarray
    return {name: shown(name, array, line).view(kind) for name, array in truth.named()}


def names(line: Line, network: Network, truth: Truth) -> dict[str, Any]:
    """What a line's own names mean: arrays, numbers, the functions of its network and of its library."""
    canonical = arrays(line, truth)
    found: dict[str, Any] = {**functions(network, truth, line), **numbers(network, truth)}
    lists: dict[str, list[Any]] = {}
    for name, array in canonical.items():
        letter, _, layer = name.rstrip("]").partition("[")
        if not layer:
            found[name] = found[name.lower()] = array
            continue
        for spelled in LETTERS.get(letter, (letter, letter.lower())):
            found[f"{spelled}{layer}"] = array
            lists.setdefault(spelled, [None] * (network.depth + 1))[int(layer)] = array
    found |= lists
    found |= {"cache": dict(found), "parameters": dict(found), "self": SimpleNamespace(**found)}
    found |= {own: canonical[name] for own, name in (line.given or {}).items()}
    return found


def numbers(network: Network, truth: Truth) -> dict[str, Any]:
    widths = {f"n{l}": n for l, n in enumerate(network.widths)}
    return {"m": len(truth.X), "n": network.widths, "l2": network.l2, "lam": network.l2, "L": network.depth, **widths}


def functions(network: Network, truth: Truth, line: Line) -> dict[str, Any]:
    """Libraries, activations and slopes by the names that people give them; ``slope1`` is f′(Z[1]) as it is shown."""
    kinds = {"relu", "sigmoid", "tanh", "softplus", "leaky_relu", "identity"}
    named: dict[str, Any] = {kind: standins.function(kind) for kind in kinds}
    for kind in kinds:
        primes = ("{}_prime", "{}_deriv", "{}_derivative", "d_{}", "{}_grad", "{}_backward")
        named |= {prime.format(kind): standins.slope(kind) for prime in primes}
    named |= {
        "dsigmoid": lambda a: a * (1 - a),
        "dtanh": lambda a: 1 - a * a,
        "drelu": lambda a: (a > 0) * 1.0,
        "softmax": lambda z: columnwise(standins.function("softmax"), z, line),
    }
    slopes = {f"slope{l}": arrays_slope(network, truth, l, line) for l in range(1, network.depth + 1)}
    one = standins.SimpleNamespace(T=np.ones((len(truth.X), 1)).T)
    return {
        "np": np,
        "numpy": np,
        "torch": standins.TORCH,
        "F": standins.FUNCTIONAL,
        "tf": standins.TENSORFLOW,
        "jnp": np,
        "jax": standins.JAX,
        "ones": one.T,
        **named,
        **slopes,
    }


def columnwise(function: Any, z: Any, line: Line) -> Any:
    """A function of whole samples, where these may be columns."""
    return function(z.T).T if "columns" in line.switches.values() else function(z)


def arrays_slope(network: Network, truth: Truth, l: int, line: Line) -> Any:
    if network.activations[l - 1] == "softmax":
        return None
    return shown(f"Z[{l}]", standins.slope(network.activations[l - 1])(truth.Z[l]), line)


def expressions(line: Line) -> list[str]:
    """The right side of a line, or each of them where it has several equals signs."""
    text = line.meaning or line.text
    (statement,) = ast.parse(text.strip()).body
    sides = statement.value.elts if isinstance(statement.value, ast.Tuple) else [statement.value]
    return [ast.unparse(side) for side in sides]


def values(line: Line) -> Iterator[tuple[Any, Any]]:
    """What the line gives and what it should hold, on two random networks; None where it does not multiply."""
    for network, truth in truths(line.network, line.single):
        known = names(line, network, truth)
        wanted = arrays(line, truth)[line.about]
        for side in expressions(line):
            try:
                yield eval(side, dict(known)), wanted  # a line of our own
            except (ValueError, IndexError):  # NumPy's words for what does not multiply
                yield None, wanted


def agree(found: Any, wanted: Any) -> bool:
    """Whether two arrays are the same; a vector may stand for a matrix of one row."""
    if found is None:
        return False
    found, wanted = np.asarray(found, float), np.asarray(wanted)
    if found.ndim == 1 and wanted.ndim == 2 and wanted.shape[0] == 1:
        found = found[None]
    return found.shape == wanted.shape and bool(np.allclose(found, wanted, rtol=1e-9, atol=1e-11))


def judged(line: Line) -> str:
    """What the oracle says of a line: "right", "shape" or "wrong"."""
    pairs = list(values(line))
    if all(agree(*pair) for pair in pairs):
        return "right"
    return "shape" if any(found is None for found, _wanted in pairs) else "wrong"
