"""What is written to be checked, and what goes with it: the target that a left side names, and names of one's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import streamlit as st

from ...derivation.checker.asked import name_of
from ...derivation.notation import Notation
from ...maths.architecture import Architecture
from ...maths.expressions import Symbol
from ...maths.symbols import COMPUTED, QUANTITIES
from ...setup.checks import architecture_of
from ...setup.codecs import FORMULA
from ...setup.setup import Setup
from ..shell import session

UNKEPT = "mlpviz.check.unkept"


def formula() -> str:
    """The box's content; a text that no setup can hold stays until another is typed."""
    return session.current().formula or st.session_state.get(UNKEPT, "")


def kept(text: str) -> bool:
    """Whether a setup can hold a text."""
    try:
        FORMULA.read(text)
    except ValueError:
        return False
    return True


# What is asked for


def targets(architecture: Architecture) -> list[Symbol]:
    """The possible targets: gradients, errors and affine maps, the output layer's first."""
    asked = [QUANTITIES[name] for name in COMPUTED if QUANTITIES[name].of not in architecture.absent]
    layers = [each for each in asked if each.layered and each.name != "A"]  # A = f(Z) is no question
    whole = [each for each in asked if not each.layered and architecture.loss_entry.labels is None]
    return [
        *(Symbol(each.name, l) for each in layers for l in range(architecture.depth, each.lowest - 1, -1)),
        *(Symbol(each.name) for each in whole),
    ]


def target_of(setup: Setup) -> Symbol:
    """The target; if the network does not have it, the gradient by its last weights."""
    architecture = architecture_of(setup)
    offered = targets(architecture)
    chosen = next((symbol for symbol in everything(architecture) if str(symbol) == setup.target), None)
    return chosen or offered[0]


def everything(architecture: Architecture) -> list[Symbol]:
    """All that can be asked for, A too: a left side may name it."""
    return [*targets(architecture), *(Symbol("A", l) for l in range(1, architecture.depth + 1))]


# Names of one's own


def given(setup: Setup) -> Mapping[str, str]:
    """What names of one's own stand for, of what this network has, as the notation counts layers."""
    depth = len(setup.activations)
    known = {name: symbol_of(quantity) for name, quantity in setup.given if layer_of(quantity) <= depth}
    return {name: name_of(symbol, setup.notation) for name, symbol in known.items()}


def symbol_of(quantity: str) -> Symbol:
    """The symbol of a quantity such as A[1] or Y; X is A[0]."""
    name = quantity.partition("[")[0]
    if name == "X":
        return Symbol("A", 0)
    return Symbol(name, layer_of(quantity)) if QUANTITIES[name].layered else Symbol(name)


def stored(quantity: str, notation: Notation) -> str:
    """A quantity whose layer is counted by a notation, as a setup keeps it."""
    symbol = symbol_of(quantity)
    if not isinstance(symbol.layer, int) or quantity == "X":
        return str(symbol)
    return str(Symbol(symbol.name, symbol.layer - notation.first_number(symbol.name)))


def layer_of(quantity: str) -> int:
    """The layer of a quantity such as A[1]; 0 of one that has none."""
    digits = quantity.partition("[")[2].rstrip("]")
    return int(digits) if digits else 0


def name_is(name: str, quantity: str) -> None:
    """Say what a name stands for."""
    pairs: dict[str, Any] = dict(session.current().given)
    session.edit(given=tuple({**pairs, name: quantity}.items()))


def forget(name: str) -> None:
    """Take back what a name stands for."""
    session.edit(given=tuple(pair for pair in session.current().given if pair[0] != name))
