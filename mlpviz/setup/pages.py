"""The pages there are, one row each: the menu, links and setup files read them here.

A page is a folder of ``mlpviz/interface``, a script of a few lines that calls it, and its row.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..maths.messages import NC_


@dataclass(frozen=True)
class Page:
    """One page of the menu; ``tables``: whether its script may touch pandas or Plotly."""

    script: str
    title: str
    tables: bool = True


PAGES = {
    "step": Page("app.py", NC_("page", "Step"), tables=False),
    "network": Page("pages/network.py", NC_("page", "Network")),
    "derive": Page("pages/derive.py", NC_("page", "Derive")),
    "check": Page("pages/check.py", NC_("page", "Check")),
    "train": Page("pages/train.py", NC_("page", "Train")),
    "texts": Page("pages/texts.py", NC_("page", "Texts"), tables=False),
}
