"""What stands beside the lines about shapes: modules and their Jacobians, both layouts, and the words of the texts."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import streamlit as st

from ...derivation import beside, demonstrations, general
from ...derivation.derived import jacobian
from ...derivation.printing.breaking import breakable
from ...derivation.printing.line_latex import line_latex
from ...derivation.scene import Scene
from ...derivation.walkthroughs import entries as by_entries
from ...derivation.walkthroughs import layouts
from ...derivation.walkthroughs import modules as by_modules
from ...maths.expressions import Symbol
from ..shell import session
from ..shell.translation import C_, _
from ..widgets import words
from ..widgets.tables import CELLS, math, matrix, number, table

# Modules

LAST = {"modules": "r"}
"""The letter of the last layer's number, in the hands that have another than L."""

STAIRS = 24
"""Most weights whose rows of the staircase are listed."""


def modules(scene: Scene) -> None:
    """The network as modules, what each Jacobian would hold, the staircase folded, and both ways to ∂J/∂W."""
    left, right = st.columns(2, gap="large")
    with left:
        network(scene)
    with right:
        st.subheader(_("What the Jacobians would hold"))
        stored(scene)
        whole = math(scene, jacobian(Symbol("Z", scene.layer), Symbol("W", scene.layer)))
        st.subheader(_("{jacobian}, unit by unit").format(jacobian=whole))
        tensor(scene)
    st.subheader(_("The staircase times v, and the long vector folded"))
    staircase(scene)
    st.subheader(_("Two ways to the gradient of the weights"))
    two_ways(scene)


def network(scene: Scene) -> None:
    """The network as modules, for any number of layers and for its own, forwards and backwards."""
    view = scene.view
    st.subheader(_("The network as modules"))
    if view.architecture.depth > 1:
        st.latex(beside.general_composition(view, LAST.get(session.current().hand, general.LAST)))
    st.latex(beside.composition(view))
    st.caption(_("It ends with a weighted sum: the output activation is inside the loss."))
    outside, inside = beside.forward_modules(view)
    st.latex(beside.aligned(outside))
    st.caption(_("Every weight and every bias is in one of the weighted sums. Inside the loss:"))
    st.latex(beside.aligned(inside))
    st.latex(beside.aligned(beside.backward_modules(view)))


def staircase(scene: Scene) -> None:
    """Each weight's row of the transposed Jacobian times v, and beside it all the products in the shape of W."""
    stairs = demonstrations.staircase(scene)
    first, swapped = scene.view.notation.first_index, "W" in scene.view.notation.transposed
    W, Z = Symbol("W", scene.layer), Symbol("Z", scene.layer)
    left, right = st.columns(2, gap="large")
    with left:
        units = range(min(len(stairs[0].row), CELLS))
        more = ["…"] * (len(stairs[0].row) > CELLS)
        v = scene.stored(Symbol("delta", scene.layer))[0]
        rows = [["**v**", *(number(v[k]) for k in units), *more, ""]]
        for stair in stairs[:STAIRS]:
            place = [str(stair.unit + first), str(stair.into + first)]
            weight = math(scene, W, "".join(place[::-1] if swapped else place))
            entries = [number(stair.row[k]) if k == stair.unit else "0" for k in units]
            rows.append([weight, *entries, *more, f"**{number(stair.product)}**"])
        head = ["", *(math(scene, Z, str(k + first)) for k in units), *more, _("times v")]
        table(head, [*rows, *([["…"]] if len(stairs) > STAIRS else [])])
    with right:
        products = np.array([stair.product for stair in stairs])
        folded = products.reshape(-1, scene.architecture.widths[scene.layer - 1])
        st.caption(_("The same numbers, unit by unit, in the shape of {weights}:").format(weights=math(scene, W)))
        matrix(folded.T if scene.turned(Symbol("dW", scene.layer)) else folded)


def two_ways(scene: Scene) -> None:
    """The long vector folded, and the way by single entries, side by side."""
    ways = {
        _("By the Jacobian, flattened and folded"): (by_modules.by_weights(scene), by_modules.folding(scene)),
        _("Entry by entry"): (by_entries.weights(scene),),
    }
    for column, (title, chains) in zip(st.columns(2, gap="large"), ways.items(), strict=True):
        with column:
            st.caption(title)
            st.latex(beside.aligned(beside.route(chains, scene.view)))


def stored(scene: Scene) -> None:
    """The number of entries of each of the layer's Jacobians, and of those that can differ from 0."""
    rows = [
        [math(scene, jacobian), f"{count:,}", f"{nonzero:,}"]
        for jacobian, count, nonzero in demonstrations.jacobians_of(scene)
    ]
    table([_("Jacobian"), _("numbers"), _("those that can differ from 0")], rows)
    st.caption(_("None of them is stored: W, a and z are there already, and they are enough."))


def tensor(scene: Scene) -> None:
    """∂z/∂W has three indices: one matrix for each unit."""
    first, units = scene.view.notation.first_index, scene.architecture.widths[scene.layer]
    unit = st.selectbox(
        _("unit k"), range(units), format_func=lambda k: str(k + first), key=f"tensor.{units}", width=120
    )
    matrix(demonstrations.slice_of(scene, unit))


# Layouts


def both_layouts(scene: Scene) -> None:
    """The same chain in both layouts side by side, with the shape under every factor."""
    columns = st.columns(2, gap="large")
    names = {"denominator": _("Denominator layout"), "numerator": _("Numerator layout")}
    for column, (layout, name) in zip(columns, names.items(), strict=True):
        other = demonstrations.in_layout(scene, layout)
        chain = layouts.links(other)
        here = " ·  " + C_("layout", "chosen") if layout == scene.view.notation.layout else ""
        with column:
            st.markdown(f"**{name}**{here}")
            st.latex(breakable(line_latex(chain.target, chain.lines[0].value, other.view, shapes=True)))
    if session.current().notation.orientation == "rows":
        st.caption(
            _(
                "Samples are columns on this page, as in the texts on layouts. With a sample as a row everything is "
                "transposed: ∂J/∂z in denominator layout is a row then, and the product runs as it does in numerator "
                "layout here."
            )
        )


def layout_shapes(scene: Scene) -> None:
    """The differences between the layouts, and a product that does not multiply."""
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(_("What differs"))
        rows = []
        for factor in demonstrations.factors(scene):
            (a, b), (c, d) = factor.shapes
            mark = "**≠**" if factor.differs else "="
            rows.append([math(scene, factor.symbol), f"{a} × {b}", mark, f"{c} × {d}"])
        table(["", _("denominator"), "", _("numerator")], rows)
    with right:
        if scene.layer < scene.architecture.depth:
            st.subheader(_("A product that does not multiply"))
            failing(scene)


def failing(scene: Scene) -> None:
    """The product in the question of text S4, with the shapes that should meet."""
    factors = beside.wrong_product(scene)
    st.latex(breakable(beside.over_shapes(factors)))
    for (one, (a, b)), (two, (c, d)) in pairwise(factors):
        if b != c:
            sentence = _("{one} is {a}×{b} and {two} is {c}×{d}: {b} and {c} do not meet.")
            st.markdown(sentence.format(one=f"${one}$", two=f"${two}$", a=a, b=b, c=c, d=d))
    notation = scene.view.notation
    if (notation.layout, notation.weights) != ("denominator", "out_in"):
        st.caption(_("Written as in the question: gradients are columns (denominator layout), and W is (out, in)."))
    st.caption(_("The first line above is the same chain in an order that multiplies."))


# Words


def glossary(scene: Scene) -> None:
    """The terms of the source texts in their languages."""
    with st.expander(_("The words in English and Chinese"), icon=":material/translate:"):
        words.glossary(scene.view, scene.layer)
