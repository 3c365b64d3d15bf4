"""Many starts: how many networks are trained together and in what they differ, and what is seen of them."""

from __future__ import annotations

from typing import Any

import streamlit as st

from ...drawing.bands import bands, histogram
from ...engine.training.learned import QUANTILES, SHARE
from ...engine.training.starts import VARIED
from ...examples.data import VALUES
from ...maths.messages import N_, Message, counted
from ..shell import session
from ..shell.controls import picked
from ..shell.toolbar import plain
from ..shell.translation import _, told
from ..widgets.figure import draw
from . import runs
from .export import open_start
from .live import HEIGHT, Live, steady

COUNTS = (1, 16, 64, 256, 1024, 4096)

OPENED = {
    "best": N_("Open the best"),
    "median": N_("Open the middle one"),
    "failed": N_("Open one that failed"),
}
"""Which of the networks can be opened in the stepper."""


def choice() -> None:
    """How many networks Start trains together, and what differs between them."""
    setup = session.current()
    st.caption(
        _(
            "Many networks with different first weights are trained together, by the same equations. "
            "How many of them learn?"
        )
    )
    counts = sorted({*COUNTS, setup.starts})
    picked("starts", _("Networks trained together"), {count: f"{count:,}" for count in counts})  # all are in sight
    titles = {name: _(title) for name, title in VARIED.items()}
    picked("varied", _("They differ in"), titles, st.selectbox)
    st.button(
        _("Start these networks"),
        key="train.start many",
        icon=":material/play_arrow:",
        type="primary",
        on_click=runs.start,
        disabled=setup.starts == 1,
    )


def shown(live: Live) -> None:
    """The bands of the costs, the share that has learned, and the last costs."""
    left, right = st.columns(2, gap="medium")
    with left:
        steady(st.toggle, "setup.log", session.current().log, _("log"), lambda on: session.edit(log=on))
        log = session.current().log
        draw(live.figure(("bands", log), lambda: bands_of(live, log)), "train.bands", _("The costs of all networks"))
    with right:
        st.markdown(f"**{plain(told(share_of(live)))}**")
        st.caption(plain(told(criterion_of(live))))
        draw(live.figure("histogram", lambda: histogram_of(live)), "train.histogram", _("How many end at which cost"))
    with st.container(horizontal=True, key="train-opened"):
        for which, title in OPENED.items():
            if st.button(_(title), key=f"train.open {which}", icon=":material/pageview:", disabled=not live.last):
                open_start(which)
                st.rerun()


def bands_of(live: Live, log: bool) -> Any:
    points = zip(*live.history.column("spread"), strict=True)
    known = [(at, costs) for at, costs in points if None not in costs]  # none are once all have diverged
    at, quantiles = [at for at, _costs in known], [costs for _at, costs in known]
    low, inner, *_rest = (round(100 * share) for share in QUANTILES)
    names = (
        _("{low} to {high} %").format(low=low, high=100 - low),
        _("{low} to {high} %").format(low=inner, high=100 - inner),
        _("median"),
    )
    return bands(at, quantiles, names, live.run.spec.epochs, _("epoch"), _("cost"), log, HEIGHT)


def histogram_of(live: Live) -> Any:
    return histogram([cost for cost in live.last if cost is not None], _("last cost"), _("networks"), HEIGHT)


def share_of(live: Live) -> Message:
    """How many of the networks have learned so far, and how many have diverged."""
    _at, shares = live.history.column("learned")
    count = live.run.spec.starts
    diverged = sum(cost is None for cost in live.last) if shares else 0  # nothing is known before the first record
    text = Message(
        "{learned:,} of {count:,} networks have learned.", learned=round((shares or [0.0])[-1] * count), count=count
    )
    if not diverged:
        return text
    more = counted("{count:,} has diverged.", "{count:,} have diverged.", diverged)
    return Message("{first} {second}", first=text, second=more)


def criterion_of(live: Live) -> Message:
    """When a network counts as one that has learned."""
    share = round(100 * SHARE)
    if live.data.kind == VALUES:
        return Message("Learned: {share} % of the variance of the targets is explained.", share=share)
    return Message("Learned: {share} % of the samples are answered right.", share=share)
