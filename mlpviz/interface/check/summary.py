"""What a program computes of a pass, what of it is missing, and whether its update goes downhill."""

from __future__ import annotations

import re

import streamlit as st

from ...derivation.checker.program.report import ProgramReport
from ...derivation.notation import Notation
from ...derivation.printing.target import target_text
from ...maths.messages import N_
from ...maths.symbols import Role, named
from ..shell.toolbar import plain
from ..shell.translation import _, told
from ..widgets.tables import table
from .checked import sign
from .writing import layer_of, symbol_of

OF_LAYER = re.compile(r"[A-Za-z]+\[\d+\]")
"""A quantity of one layer; a report also tells of others, such as A[2] - Y."""

DOWNHILL = {
    True: (N_("The update goes downhill: the cost comes down."), "trending_down"),
    False: (N_("The update goes uphill: the cost rises."), "trending_up"),
}

CSS = """<style>
.st-key-computes { overflow-x: auto; }
.st-key-computes :is(th, td) { padding: 0.15rem 0.6rem; white-space: nowrap; }
</style>"""


def summary(found: ProgramReport, notation: Notation) -> None:
    """The quantities by layer, each with the line that computes it."""
    st.html(CSS)
    if found.computes:
        st.markdown("##### " + _("What it computes"))
        with st.container(key="computes"):
            computed(found, notation)
    if found.downhill is not None:
        sentence, icon = DOWNHILL[found.downhill]
        st.markdown(f"{sign(icon)} {plain(told(_(sentence)))}")


def computed(found: ProgramReport, notation: Notation) -> None:
    """A table: a row for each kind of array, a column for each layer."""
    told_of = [each for each in (*found.computes, *found.missing) if OF_LAYER.fullmatch(each)]
    layers = sorted(set(map(layer_of, told_of)))
    names = [
        name
        for name in named(Role.VALUE, Role.ERROR, Role.GRADIENT)
        if any(each.startswith(f"{name}[") for each in told_of)
    ]
    body = [[cell(found, f"{name}[{layer}]", notation) for layer in layers] for name in names]
    head = [_("layer {number}").format(number=layer + notation.first_layer) for layer in layers]
    table(head, body)


def cell(found: ProgramReport, quantity: str, notation: Notation) -> str:
    """A quantity with the line that computes it, or that it is missing."""
    text = plain(target_text(symbol_of(quantity), notation))
    if quantity in found.computes:
        where = _("line {number}").format(number=found.computes[quantity])
        return f"{sign('check')} {text} · {where}"
    if quantity not in found.missing:
        return ""
    why = _("not kept") if is_passed_over(found, quantity) else _("missing")
    return f"{sign('remove')} {text} · {why}"


def is_passed_over(found: ProgramReport, quantity: str) -> bool:
    """Whether an array is no result, and what follows from it in its layer is computed all the same."""
    name, _bracket, layer = quantity.partition("[")
    results = named(Role.GRADIENT)
    return name not in results and any(f"{each}[{layer}" in found.computes for each in results)
