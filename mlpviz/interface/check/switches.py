"""The conventions on the Check page: in which of them a text is right, and the buttons and fields that choose them."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from math import prod
from typing import Any

import streamlit as st

from ...derivation.checker.findings import CONVENTIONS, ELSEWHERE, differences
from ...derivation.notation import Notation
from ...maths.messages import NC_, Message, listed, verbatim
from ..shell import controls, session
from ..shell.panels import opening
from ..shell.translation import _, told
from .checked import Checked, sign


def switch(switches: Mapping[str, Any], key: str = "switch") -> None:
    """A button that turns the notation to that in which a text is right."""
    words = [Message(ELSEWHERE[name][value]) for name, value in switches.items() if value in ELSEWHERE.get(name, {})]
    if not words:
        return
    turned = listed(words)
    label = Message("Switch to: {conventions}", conventions=turned)
    st.button(told(label), key=key, icon=":material/tune:", on_click=turn, kwargs=dict(switches))


def turn(**switches: Any) -> None:
    session.edit(**switches)


def nearest(checked: Checked) -> Mapping[str, Any]:
    """The change of the notation with which a formula is right, if it is not in the present one."""
    right = checked.verdict.conventions
    if checked.verdict.switches or not right or checked.notation in right:
        return checked.verdict.switches
    return {name: getattr(right[0], name) for name in differences(right[0], checked.notation)}


def panel() -> None:
    """A button that opens the switches of what is checked."""
    with opening(_("Conventions"), "conventions", ":material/tune:") as is_open:
        if is_open:
            for name, (title, values) in controls.equation_titles().items():
                chosen = getattr(session.current().notation, name)
                options = {"options": list(values), "format_func": values.__getitem__}
                controls.shown(st.radio, f"check.{name}", chosen, title, partial(take, name), **options)
            st.caption(_("Rows or columns, letters, and where layers begin are in the notation above."))


def take(name: str, value: Any) -> None:
    turn(**{name: value})


def conventions(checked: Checked) -> None:
    """In which of the conventions the formula is right."""
    right = checked.verdict.conventions
    if not right and checked.verdict.kind != "right":
        return
    every = prod(map(len, CONVENTIONS.values()))
    if checked.notation in right:
        title = Message("Right in {count} of {all} conventions, yours among them", count=len(right), all=every)
    else:
        title = Message("Right in {count} of {all} conventions, but not in yours", count=len(right), all=every)
    with st.expander(told(title), icon=":material/tune:"), st.container(key="right-in"):
        titles = controls.notation_titles()
        gradients, layouts = titles["layout"]
        heads = [f"{gradients} {layouts[layout]}" for layout in ("denominator", "numerator")]
        lines = [f"| | {heads[0]} | {heads[1]} |", "|:--|:--|:--|"]
        for orientation, of_samples in titles["orientation"][1].items():
            for weights, of_weights in titles["weights"][1].items():
                row = [mark(checked, orientation, layout, weights) for layout in ("denominator", "numerator")]
                label = _("a sample is a {sample}, W is {weights}").format(sample=of_samples, weights=of_weights)
                lines.append(f"| {label} | {row[0]} | {row[1]} |")
        st.markdown("\n".join(lines))


def mark(checked: Checked, orientation: str, layout: str, weights: str) -> str:
    key = (orientation, layout, weights)
    right = any(key == place(each) for each in checked.verdict.conventions)
    word = Message(NC_("verdict", "right")) if right else verbatim("–")
    here = key == place(checked.notation)
    shown = told(Message("{verdict} · chosen", verdict=word) if here else word)
    signed = f"{sign('check')} {shown}" if right else shown
    return f"**{signed}**" if here else signed


def place(notation: Notation) -> tuple[str, str, str]:
    return notation.orientation, notation.layout, notation.weights
