"""Loop or matrix, measured when asked for: the claim of text S2 as a plot of this machine."""

from __future__ import annotations

import streamlit as st

from ..drawing import timing as drawing
from ..jobs import timing
from ..sharing.checks import architecture_of
from . import session, train_runs
from .text import _
from .train_views import draw

KEY = "mlpviz.times"


def loop_or_matrix() -> None:
    """The button that measures, and the plot of what was measured."""
    with st.expander(_("Loop or matrix: one sample after the other, or all in one product")):
        architecture = architecture_of(session.current())
        st.caption(_("Seconds of a forward and a backward pass, on this machine with one thread; takes about 4 s."))
        if st.button(_("Measure"), key="train.measure", icon=":material/timer:"):
            measure()
        kept = st.session_state.get(KEY)
        if kept is not None and kept[0] == architecture:
            plot(kept[1])


def measure() -> None:
    """Take the times of the present network."""
    architecture = architecture_of(session.current())
    try:
        with st.spinner(_("Measuring, about 4 s …"), show_time=True):
            st.session_state[KEY] = architecture, timing.measured(architecture)
    except ValueError as error:
        session.refuse(train_runs.sentence(error))
        st.rerun()


def plot(found: timing.Times) -> None:
    """The lines, and what they say in a sentence."""
    titles = {"loop": _("loop over samples"), "matrix": _("one product"), "gpu": _("one product on the GPU")}
    ways = {titles[name]: values for name, values in found.ways.items()}
    draw(drawing.times(found.sizes, ways, _("batch size"), _("µs a sample")), "train.times", _("Time a sample"))
    gain = found.ways["loop"][-1] / found.ways["matrix"][-1]
    text = _("With {size} samples one product is {gain:.0f} times as fast as the loop.")
    st.caption(text.format(size=f"{found.sizes[-1]:,}", gain=gain))
