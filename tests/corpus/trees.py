"""Formulas as trees of tuples in stored form (samples as rows): the right ones, and the slips people make with them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from tests.corpus.oracle import Network

Tree = tuple[Any, ...]


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
