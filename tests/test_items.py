"""Every item of the source texts is on a page, with the engine's numbers: the table says where, the tests open it.

Each place is opened, one weight is changed, and its numbers must be the engine's own before and after, and others.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import pytest

from tests.support.opened import Opened
from tests.support.oracle import sigmoid

Expected = Callable[[Any], np.ndarray]


@dataclass(frozen=True)
class Place:
    """A page at a link, the matrices whose numbers show the item, and words or formulas that stand there, too."""

    page: str
    query: dict[str, Any]
    numbers: dict[str, Expected]
    words: tuple[str, ...] = ()
    batch: bool = True
    check: Callable[[Opened, Any], None] | None = None
    weight: str = "W1.0.0:1.37"


def flat(l):
    """∂J/∂W as one row, unit by unit."""
    return lambda trace: trace.dW[l].reshape(1, -1)


def walk(name, numbers, *words, batch=False, check=None, **query):
    """A walkthrough."""
    return Place("derive", {"walkthrough": name, **query}, numbers, words, batch, check)


def step(preset, numbers, *words, check=None, weight="W1.0.0:1.37", **query):
    """The Step page."""
    return Place("step", {"preset": preset, **query}, numbers, words, True, check, weight)


A = lambda l: {f"A[{l}]": lambda trace: trace.A[l]}  # noqa: E731
Z = lambda l: {f"Z[{l}]": lambda trace: trace.Z[l]}  # noqa: E731
DELTA = lambda l: {f"delta[{l}]": lambda trace: trace.delta[l]}  # noqa: E731
DW = lambda l: {f"dW[{l}]": lambda trace: trace.dW[l]}  # noqa: E731
DB = lambda l: {f"db[{l}]": lambda trace: trace.db[l]}  # noqa: E731
INPUT_SLOPE = lambda l: {f"gradient A[{l}]": lambda trace: trace.delta[l + 1] @ trace.parameters.W[l + 1]}  # noqa: E731


def staircase(l):
    """∂z/∂W, written out by hand."""

    def expected(trace):
        n, a = trace.Z[l].shape[1], trace.A[l - 1][0]
        rows = np.zeros((n, n * len(a)))
        for k in range(n):
            rows[k, k * len(a) : (k + 1) * len(a)] = a
        return rows

    return {f"jacobian Z[{l}] W[{l}]": expected}


def softmax_jacobian(l):
    """a_i (1_ij − a_j)."""
    return {f"jacobian A[{l}] Z[{l}]": lambda trace: np.diag(trace.A[l][0]) - np.outer(trace.A[l][0], trace.A[l][0])}


def slopes_on_a_diagonal(l):
    """diag σ′(z)."""
    return {f"diagonal Z[{l}]": lambda trace: np.diag((sigmoid(trace.Z[l]) * (1 - sigmoid(trace.Z[l])))[0])}


def listing(page, trace):
    """The code lines of the whole pass, run by NumPy itself, give the gradients, with W as nn.Linear has it."""
    parameters, L = trace.parameters, trace.architecture.depth
    names = {name: [None] * (L + 1) for name in ("Z", "A", "delta", "dW", "db", "W_new", "b_new")}
    scope = {**names, "np": np, "X": trace.A[0], "Y": trace.Y, "W": parameters.W, "b": parameters.b, "m": len(trace.Y)}
    for each in page.steps:
        if each["phase"] in ("forward", "loss", "backward"):
            exec(each["code"]["numpy"], scope)
    for l in range(1, L + 1):
        assert np.allclose(scope["dW"][l], trace.dW[l])


def letters(page, trace):
    """The prediction is ŷ, and the target y."""
    labels = {key: "".join(text for text, _ in page.payload["matrices"][key]["label"]) for key in ("A[2]", "Y")}
    assert labels == {"A[2]": "ŷ", "Y": "y"}


def shapes(page, trace):
    """Each matrix has the shape of the table in text S2, its dimensions by name."""
    matrices = page.payload["matrices"]
    assert matrices["W[2]"]["dims"] == ["n₂", "n₁"]
    assert matrices["W[2]"]["shape"] == list(trace.parameters.W[2].shape)
    assert matrices["A[2]"]["dims"] == ["m", "n₂"]
    assert matrices["delta[2]"]["shape"] == matrices["Z[2]"]["shape"]


def tree_has(op):
    """Some line's tree has a node of this kind."""

    def check(page, trace):
        assert any(f"'op': '{op}'" in str(each["tree"]) for each in page.steps)

    return check


def formula_has(*parts):
    """Each part stands in some formula of the lines."""

    def check(page, trace):
        for part in parts:
            assert part in page.texts, part

    return check


S0 = {"preset": "binary-classifier", "orientation": "columns", "brackets": "square"}
NEURON = {"preset": "one-neuron", "layer": 1}
S2 = {"preset": "softmax-batch", "orientation": "columns"}
S4 = {"preset": "two-three-two", "orientation": "columns", "first_layer": 1}
BATCH = {"preset": "softmax-batch"}

ITEMS: dict[str, Place] = {
    "S0.1": walk("modules", A(2), r"\mathsf{MM}_{W^{[3]},\,b^{[3]}}\left(\sigma", **S0),
    "S0.2": walk("modules", Z(1) | A(2), r"z^{[1]} &= W^{[1]}\,x + b^{[1]}", **S0),
    "S0.3": walk("modules", Z(2), r"z^{[2]} &= W^{[2]}\,a^{[1]} + b^{[2]}", r"a^{[2]} &= \sigma", **S0),
    "S0.4": walk("modules", DELTA(3), r"\mathcal{B}\left[\ell,\,z^{[3]}\right]\left(1\right)", **S0),
    "S0.5": walk("modules", DW(3) | DB(3), r"\mathcal{B}\left[\mathsf{MM}_{W^{[3]}},\,W^{[3]}\right]", layer=3, **S0),
    "S0.6": walk("modules", DELTA(3), "What the Jacobians would hold", layer=3, **S0),
    "S0.7": walk("outputs", {"delta[3]": lambda trace: sigmoid(trace.Z[3]) - trace.Y}, **S0),
    "S0.8": walk(
        "modules", {"jacobian Z[3] A[2]": lambda trace: trace.parameters.W[3]} | INPUT_SLOPE(2), layer=3, **S0
    ),
    "S0.9": walk("modules", {"flat gradient W[2]": flat(2)}, r"\operatorname{flat} W^{[2]}", layer=2, **S0),
    "S0.10": walk("modules", staircase(2), "| 80 | 20 |", layer=2, **S0),
    "S0.11": walk(
        "modules",
        DW(2) | {"flat gradient W[2]": flat(2)},
        r"(\,\operatorname{flat} W^{[2]})_{(i-1)\cdot 5+j}",
        layer=2,
        **S0,
    ),
    "S0.12": walk("entries", DW(2), r"\mathbf{1}_{ki}", layer=2, check=tree_has("indicator"), **S0),
    "S0.13": walk("modules", DB(2) | {"jacobian Z[2] b[2]": lambda trace: np.eye(4)}, layer=2, **S0),
    "S0.14": walk("modules", slopes_on_a_diagonal(2), r"\operatorname{diag}\left(\sigma'", layer=2, **S0),
    "S0.15": walk("batch", Z(1), r"Z^{[1]} = W^{[1]}\,X + b^{[1]}", batch=True, layer=1, **S0),
    "S0.16": walk(
        "batch", Z(1), "No error, and wrong", "Right: every unit", batch=True, preset="broadcast-trap", layer=1
    ),
    "S0.17": walk("batch", Z(2), r"\right)^{\top}", batch=True, layer=2, check=tree_has("transpose"), **S0),
    "S0.18": walk(
        "batch",
        Z(1),
        r"Z^{(1)} = X\,W^{(1)} + b^{(1)}",
        batch=True,
        preset="binary-classifier",
        weights="in_out",
        layer=1,
    ),
    "S1.1": walk(
        "neuron",
        DW(1) | DELTA(1),
        "Easy factor",
        **NEURON,
        check=lambda page, trace: words(page, "the forward pass has it"),
    ),
    "S1.2": step("digit", A(2) | DW(1), weight="W1.0.119:1.37"),
    "S1.3": step("one-neuron", A(2) | {"Y": lambda trace: trace.Y}, output="yhat", check=letters),
    "S1.4": walk(
        "chain-rule", {"parameters new W[1] new b[1]": lambda trace: new_theta(trace)}, r"\theta", preset="one-neuron"
    ),
    "S1.5": walk(
        "chain-rule", {"parameters new W[1] new b[1]": lambda trace: new_theta(trace)}, r"\eta", preset="one-neuron"
    ),
    "S1.6": walk(
        "chain-rule",
        {"path A[1] W[1]": lambda trace: (trace.A[1] * (1 - trace.A[1])).T @ trace.A[0]},
        "moved",
        **NEURON,
    ),
    "S1.7": walk("chain-rule", INPUT_SLOPE(1), r"\sum_{k=1}^{n_{2}}", preset="one-neuron", layer=2),
    "S1.8": walk(
        "batch",
        DW(2) | {f"sample delta[2] {k}": lambda trace, k=k: trace.delta[2][[k]] for k in range(3)},
        batch=True,
        preset="binary-classifier",
        layer=2,
    ),
    "S1.9": walk("neuron", DW(1), r"\frac{\partial z^{(1)}_{i}}{\partial W^{(1)}_{ij}}", **NEURON),
    "S1.10": walk("neuron", DW(2) | A(1), preset="one-neuron", layer=2),
    "S1.11": walk(
        "chain-rule",
        {"path A[1] W[1]": lambda trace: (trace.A[1] * (1 - trace.A[1])).T @ trace.A[0]},
        r"\sigma'",
        **NEURON,
    ),
    "S1.12": walk("neuron", DELTA(1), r"\sigma'\left(z^{(1)}_{j}\right)", **NEURON),
    "S1.13": walk("neuron", DELTA(1), **NEURON, check=lambda page, trace: words(page, "the unit is an amplifier")),
    "S1.14": walk(
        "neuron",
        DELTA(2),
        preset="one-neuron",
        layer=2,
        check=lambda page, trace: words(page, "depends on its own"),
    ),
    "S1.15": walk("neuron", DELTA(3) | DELTA(2) | DELTA(1), preset="three-levels", layer=2),
    "S2.1": walk(
        "strategies",
        DW(3) | {"flat gradient W[3]": flat(3)},
        "1 · whole Jacobians",
        "3 · entries, assembled",
        layer=3,
        **BATCH,
    ),
    "S2.2": walk("strategies", DW(3), "64 × 64, 32", "µs", layer=3, **BATCH),
    "S2.3": walk("batch", DW(3), batch=True, **BATCH),
    "S2.4": walk("layouts", DELTA(2), "Denominator layout", "Numerator layout", layer=2, **S2),
    "S2.5": walk(
        "entries", DELTA(2), layer=2, check=lambda page, trace: words(page, "add up over all its units"), **S2
    ),
    "S2.6": walk("entries", DW(2), r"\right]_{ij}", layer=2, check=tree_has("assemble"), **S2),
    "S2.7": walk("entries", DW(2), r"\mathbf{1}_{ki}", r"\delta^{(2)}_{i}", layer=2, **S2),
    "S2.8": step("softmax-batch", Z(2) | A(2), check=shapes),
    "S2.9": step("softmax-batch", Z(3) | A(3) | {"losses": lambda trace: trace.losses}),
    "S2.10": walk("outputs", softmax_jacobian(3), r"\left(\mathbf{1}_{ij} - a^{(3)}_{j}\right)", **BATCH),
    "S2.11": walk("outputs", {"delta[3]": lambda trace: trace.A[3] - trace.Y}, r"\sum_{p=1}^{n_{3}} y_{p}", **BATCH),
    "S2.12": walk("entries", DW(3), r"\delta^{(3)}\,a^{(2)\top}", layer=3, **S2),
    "S2.13": walk("entries", DELTA(2), r"\left(W^{(3)\top}\,\delta^{(3)}\right) \odot \tanh'", layer=2, **S2),
    "S2.14": walk(
        "batch",
        Z(2) | {"A[1]": lambda trace: trace.A[1]},
        r"Z^{(2)} = A^{(1)}\,W^{(2)\top} + b^{(2)}",
        batch=True,
        layer=2,
        **BATCH,
    ),
    "S2.15": walk(
        "batch",
        {"delta[3]": lambda trace: (trace.A[3] - trace.Y) / 4},
        r"\frac{\partial \ell}{\partial Z^{(3)}}",
        batch=True,
        **BATCH,
    ),
    "S2.16": walk(
        "batch",
        DW(2),
        r"\sum_{s=1}^{m} \delta^{(2)}_{si}\,a^{(1)}_{sj}",
        r"\Delta^{(2)\top}\,A^{(1)}",
        batch=True,
        layer=2,
        **BATCH,
    ),
    "S2.17": walk(
        "batch",
        DW(2),
        r"\underbrace{\Delta^{(2)\top}}_{5\times 4}\,\underbrace{A^{(1)}}_{4\times 6}",
        batch=True,
        layer=2,
        **BATCH,
    ),
    "S2.18": walk("batch", DELTA(2), r"\left(\Delta^{(3)}\,W^{(3)}\right) \odot \tanh'", batch=True, layer=2, **BATCH),
    "S2.19": step("softmax-batch", DW(1) | DW(2) | DW(3), check=listing),
    "S3": walk(
        "batch",
        DW(3) | DB(3),
        r"\texttt{Delta, W\_g = [None] * L, [None] * L}",
        "权重矩阵",
        "weight matrix",
        batch=True,
        **BATCH,
    ),
    "S4.1": step("two-three-two", A(2) | {"losses": lambda trace: trace.losses}, first_layer=1),
    "S4.2": walk("entries", DW(2), r"\delta^{(3)}\,a^{(2)\top}", layer=2, **S4),
    "S4.3": walk("entries", DW(2), r"\frac{\partial J}{\partial W^{(3)}_{ij}}", layer=2, **S4),
    "S4.4": walk("layouts", DELTA(1), "do not meet", layer=1, **S4),
    "S4.5": walk(
        "layouts",
        {"jacobian Z[2] A[1]": lambda trace: trace.parameters.W[2]} | DELTA(1),
        "| 3 × 2 | **≠** | 2 × 3 |",
        layer=1,
        **S4,
    ),
    "S4.6": walk("layouts", DELTA(1), layer=1, check=lambda page, trace: words(page, "(AB)ᵀ = BᵀAᵀ"), **S4),
    "S4.7": walk(
        "layouts",
        {"one gradient W[1] 0": lambda trace: trace.dW[1][:1, :1]},
        r"_{1\times 3}",
        r"_{2\times 1}",
        layer=1,
        **S4,
    ),
    "S4.8": walk(
        "modules", {"diagonal Z[1]": lambda trace: np.diag((trace.Z[1] > 0)[0] * 1.0)} | DELTA(1), layer=1, **S4
    ),
    "S4.9": walk("modules", staircase(2) | DW(2), "∂z/∂W, unit by unit", layer=2, **S4),
    "S4.10": walk("entries", Z(2) | DELTA(1), r"\operatorname{ReLU}'", layer=1, **S4),
    "S4.11": walk("entries", DW(1) | DB(1) | DELTA(1), layer=1, **S4),
}
"""Where each item is."""


def words(page, text):
    """Some line says it."""
    assert any(text in " ".join((each["name"], each["text"], each["note"])) for each in page.steps), text


def new_theta(trace):
    """θ − η∇J with the preset's learning rate."""
    return (trace.parameters.flat - 0.5 * trace.gradient)[None, :]


def ids():
    """All items of the five texts."""
    counts = {"S0": 18, "S1": 15, "S2": 19, "S4": 11}
    return [f"{text}.{number}" for text, count in counts.items() for number in range(1, count + 1)] + ["S3"]


def test_every_item_has_its_place():
    assert set(ITEMS) == set(ids())


CONSTANT = {"Y", "jacobian Z[2] b[2]", "diagonal Z[1]", "jacobian Z[3] A[2]", "jacobian Z[2] A[1]"}
"""What the changed weight does not move: targets, an identity, slopes of 1, weights of other layers."""


@pytest.mark.parametrize("item", ITEMS)
def test_the_item_is_there_with_the_engines_numbers(item):
    place = ITEMS[item]
    page = Opened(place.page, **place.query)
    if "64 × 64, 32" in place.words:
        page.app.button(key="measure").click()
        page.run()
    before = agreed(page, place)
    for text in place.words:
        assert text in page.texts or any(text in each["name"] for each in page.steps), text
    page.open(entries=place.weight)
    after = agreed(page, place)
    moved = [key for key in before if not np.allclose(before[key], after[key])]
    assert set(before) - set(moved) <= CONSTANT
    if place.check:
        place.check(page, page.trace(None if place.batch else 0))


def agreed(page, place):
    """The numbers of a place, which are the engine's."""
    trace = page.trace(None if place.batch else 0)
    found = {key: page.matrix(key) for key in place.numbers}
    for key, expected in place.numbers.items():
        assert np.allclose(found[key], expected(trace), rtol=1e-9, atol=1e-12), key
    return found


def test_the_table_is_of_this_program():
    """Each place names a page and matrices that are in its lines."""
    for item, place in ITEMS.items():
        assert place.page in ("step", "derive"), item
        assert place.numbers, item
        assert re.fullmatch(r"S\d(\.\d+)?", item)
