"""What stands beside the lines about shapes: modules and their Jacobians, both layouts, and the words of the texts."""

from __future__ import annotations

from itertools import pairwise

import streamlit as st

from ...derivation import demonstrations
from ...derivation.printing.latex import equation_latex
from ...derivation.printing.line_latex import line_latex
from ...derivation.scene import Scene
from ...derivation.walkthroughs import layouts
from ...maths.equations import steps
from ..shell import session
from ..shell.translation import _
from ..widgets import words
from ..widgets.tables import math, matrix, table

# Modules


def modules(scene: Scene) -> None:
    """The network as modules, what each Jacobian would store, and the tensor ∂z/∂W in slices."""
    left, right = st.columns(2, gap="large")
    with left:
        st.subheader(_("The network as modules"))
        st.latex(demonstrations.composition(scene.view))
        forward_list(scene)
        st.latex(demonstrations.aligned(demonstrations.backward_modules(scene.view)))
    with right:
        st.subheader(_("What is stored"))
        stored(scene)
        st.subheader(_("∂z/∂W, unit by unit"))
        tensor(scene)


def forward_list(scene: Scene) -> None:
    rows = [
        equation_latex(step.equation, scene.view)
        for step in steps(scene.architecture)
        if step.phase in ("forward", "loss")
    ]
    st.latex(demonstrations.aligned(rows))


def stored(scene: Scene) -> None:
    """The number of entries of each of the layer's Jacobians, and of those that can differ from 0."""
    rows = [
        [math(scene, jacobian), f"{count:,}", f"{nonzero:,}"]
        for jacobian, count, nonzero in demonstrations.jacobians_of(scene)
    ]
    table([_("Jacobian"), _("numbers"), _("not zero by rule")], rows)
    st.caption(_("What the program keeps instead: W, a and f′, which are there already."))


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
        here = " ·  " + _("chosen") if layout == scene.view.notation.layout else ""
        with column:
            st.markdown(f"**{name}**{here}")
            st.latex(line_latex(chain.target, chain.lines[0].value, other.view, shapes=True))
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
    factors = demonstrations.wrong_product(scene)
    st.latex(demonstrations.over_shapes(factors))
    for (one, (a, b)), (two, (c, d)) in pairwise(factors):
        if b != c:
            sentence = _("{one} is {a}×{b} and {two} is {c}×{d}: {b} and {c} do not meet.")
            st.markdown(sentence.format(one=f"${one}$", two=f"${two}$", a=a, b=b, c=c, d=d))
    st.caption(_("The first line above is the same chain in an order that multiplies."))


# Words


def glossary(scene: Scene) -> None:
    """The terms of the source texts in their languages."""
    with st.expander(_("The words in English and Chinese"), icon=":material/translate:"):
        words.glossary(scene.view, scene.layer)
