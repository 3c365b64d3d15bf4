"""Loop or matrix, CPU or GPU: measured when asked for, and drawn as the times come."""

from __future__ import annotations

from math import inf

import streamlit as st

from ...drawing import throughput as drawing
from ...engine.devices import devices
from ...engine.training.throughput import crossover
from ...jobs.files import reason_of
from ...jobs.throughput import WAYS, Measuring
from ...maths.messages import Message, Refusal, counted
from ...setup.checks import architecture_of
from ..shell import session
from ..shell.toolbar import plain
from ..shell.translation import C_, _, told, told_together
from ..widgets.figure import draw

KEY = "mlpviz.measuring"
POLL = 0.25


def loop_or_matrix() -> None:
    """The button that starts a measurement, and the curves so far."""
    with st.expander(_("Loop or matrix, CPU or GPU: how many samples a second at which batch size")):
        st.caption(plain(what()))
        measuring = measured()
        if measuring is not None and measuring.running:
            st.button(_("Stop measuring"), key="train.measure stop", icon=":material/stop:", on_click=measuring.stop)
        else:
            st.button(C_("button", "Measure"), key="train.measure", icon=":material/timer:", on_click=measure)
        if measuring is not None:
            running = measuring.running
            st.fragment(follow, run_every=POLL if running else None)(measuring, running)


def what() -> str:
    """What is measured, on which devices."""
    cpu, card = devices()["cpu"], devices()["cuda"]
    if card.missing:
        alone = Message(
            "Steps of training in float32: on the CPU ({cpu}) with one thread, and on no GPU. "
            "This takes about {time} s. {reason}",
            cpu=cpu.title,
            time=10,
            reason=card.missing,
        )
        return told(alone)
    both = Message(
        "Steps of training in float32: on the CPU ({cpu}) with one thread, and on the GPU ({gpu}). "
        "This takes about {time} s.",
        cpu=cpu.title,
        gpu=card.title,
        time=20,
    )
    return told(both)


def measured() -> Measuring | None:
    """The last measurement of the present network."""
    kept: Measuring | None = st.session_state.get(KEY)
    return kept if kept is not None and kept.architecture == architecture_of(session.current()) else None


def measure() -> None:
    """Start a measurement of the present network; one of another network is stopped."""
    before: Measuring | None = st.session_state.get(KEY)
    if before is not None:
        before.stop()
    ways = ("loop", "matrix", *(() if devices()["cuda"].missing else ("gpu",)))
    try:
        st.session_state[KEY] = Measuring(architecture_of(session.current()), ways)
    except Refusal as refusal:
        session.refuse(refusal)
    except OSError as error:
        session.refuse(Message("Nothing can be measured ({reason}).", reason=reason_of(error)))


def follow(measuring: Measuring, running: bool) -> None:
    """Update a measurement; when it has ended, the whole page is rerun for its button."""
    if running and not measuring.running:
        st.rerun()
    if running:
        st.progress(measuring.share, _("Measuring …"))
    for fault in measuring.faults:
        st.warning(plain(told(fault)))
    plot(measuring)


def plot(measuring: Measuring) -> None:
    """The curves, the point where the GPU overtakes the CPU, and sentences on them."""
    titles = {"loop": _("CPU, loop over samples"), "matrix": _("CPU, one product"), "gpu": _("GPU, one product")}
    curves = {name: measuring.curve(name) for name in measuring.ways}
    crossing = overtaken(curves) if "gpu" in curves else None
    drawn = {titles[name]: curve for name, curve in curves.items() if curve}
    sizes = WAYS["matrix"].sizes
    figure = drawing.throughput(drawn, sizes, _("batch size"), _("samples a second"), crossing or 0.0)
    draw(figure, "train.times", _("Samples a second against the batch size"))
    st.caption(plain(told_together([gain(curves), overtaking(crossing)])))


def overtaken(curves: dict[str, dict[int, float]]) -> float | None:
    """The batch size from which the GPU is faster, among those of both; None if there is none yet."""
    sizes = sorted(curves["matrix"].keys() & curves["gpu"].keys())
    if not sizes:
        return None
    return crossover(sizes, *([curves[name][size] for size in sizes] for name in ("matrix", "gpu")))


def gain(curves: dict[str, dict[int, float]]) -> str:
    """How much faster one product is."""
    both = curves["loop"].keys() & curves["matrix"].keys()
    if not both:
        return ""
    size = max(both)
    sentence = counted(
        "With {count:,} sample one product is {gain:.0f} times as fast as the loop.",
        "With {count:,} samples one product is {gain:.0f} times as fast as the loop.",
        size,
        gain=curves["loop"][size] / curves["matrix"][size],
    )
    return told(sentence)


def overtaking(crossing: float | None) -> str:
    if crossing is None:
        return ""
    if crossing == inf:
        return _("The GPU is not ahead of the CPU at the largest batch.")
    if crossing == 0:
        return _("The GPU is ahead of the CPU at every batch size measured.")
    return _("From batches of about {size} on the GPU is ahead of the CPU.").format(size=f"{crossing:,.0f}")
