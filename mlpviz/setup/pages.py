"""The pages there are, one row each: the menu, links and setup files read them here.

A page is a folder of ``mlpviz/interface``, a script of a few lines that calls it, and its row.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..maths.messages import N_


@dataclass(frozen=True)
class Page:
    """One page of the menu; ``tables``: whether its script may touch pandas or Plotly."""

    script: str
    title: str
    tables: bool = True


PAGES = {
    "step": Page("app.py", N_("Step"), tables=False),
    "network": Page("pages/network.py", N_("Network")),
    "derive": Page("pages/derive.py", N_("Derive")),
    "check": Page("pages/check.py", N_("Check")),
    "train": Page("pages/train.py", N_("Train")),
    "texts": Page("pages/texts.py", N_("Texts"), tables=False),
}
