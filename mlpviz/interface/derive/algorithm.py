"""The algorithm beside its lines: its equations for any layer, and the program that carries them out."""

from __future__ import annotations

import streamlit as st

from ...derivation import general, listing
from ...derivation.beside import aligned
from ...derivation.listing import Passage
from ...derivation.scene import Scene
from ...derivation.view import View
from ...maths.messages import N_, Message
from ...setup.pages import PAGES
from ..shell import session
from ..shell.controls import picked
from ..shell.toolbar import plain
from ..shell.translation import _, told

PROGRAMS = {"numpy": N_("NumPy"), "torch": N_("PyTorch"), "modules": N_("PyTorch, nn.Linear and backward()")}
"""The programs by their dialects."""


def algorithm(scene: Scene) -> None:
    """The equations of layer l, and the whole as a program to copy."""
    left, right = st.columns([2, 3], gap="large")
    with left:
        equations(scene.view)
    with right:
        program(scene)


def equations(view: View) -> None:
    """Forward, backward and update for any layer."""
    st.subheader(_("For any layer l"))
    last = view.architecture.depth + view.notation.first_layer
    first = 1 + view.notation.first_layer
    st.caption(_("L is the last layer, here {last}; the first with weights is {first}.").format(last=last, first=first))
    parts = (
        (_("Forward, from the first layer to the last"), general.forward_lines(view)),
        (_("Backward, from the last layer to the first"), general.backward_lines(view)),
        (_("Update"), general.update_lines(view)),
    )
    for words, lines in parts:
        st.caption(words)
        st.latex(aligned(lines))


def program(scene: Scene) -> None:
    """The program in the chosen dialect, and the step that each of its parts is."""
    st.subheader(_("As a program"))
    titles = {name: _(title) for name, title in PROGRAMS.items()}
    picked("listing", _("Library"), titles, st.segmented_control, required=True, label_visibility="collapsed")
    dialect = session.current().listing
    blocks = listing.program(scene.update, scene.view, dialect)
    if dialect == "modules":
        st.caption(
            _(
                "nn.Linear holds W and b of a layer and computes its weighted sums; backward() computes every gradient "
                "of the lines above. Both take samples as rows and W as (out, in), whatever the notation is."
            )
        )
    st.code(listing.text(blocks, [_(words) for words in listing.PHASES.values()]), language="python", line_numbers=True)
    st.caption(_("Each part is a step that shows its numbers:"))
    with st.container(horizontal=True, gap="small", key="program-steps"):
        for block in blocks:
            if block.phase:
                step_of(block, scene.view)


def step_of(block: Passage, view: View) -> None:
    """A link to the step with which a part of the program begins."""
    query = {key: value for key, value in session.whole_query().items() if key != "sample"} | {"step": str(block.step)}
    st.page_link(PAGES["step"].script, label=plain(told(name_of(block, view))), query_params=query, width="content")


def name_of(block: Passage, view: View) -> Message:
    """A part of the program by its phase and layers."""
    phase, shift = Message(listing.PHASES[block.phase]), view.notation.first_layer
    first, last = block.first + shift, block.last + shift
    if block.phase == "loss":
        return phase
    if first == last:
        return Message("{phase}, layer {layer}", phase=phase, layer=first)
    return Message("{phase}, layers {first} to {last}", phase=phase, first=first, last=last)
