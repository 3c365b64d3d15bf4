"""Rooms: what a learner's own setup is kept as, while an exercise or a walkthrough shows a network that it brings.

A room is a setup whose ``home`` is the link of the learner's own, so it survives a reload, a shared link and a saved
file; what is too long for a link is kept by this server, as for any other link.
"""

from __future__ import annotations

from ...setup import limits
from ...setup.link import KEPT, as_text, at_home, query_of, shortened
from ...setup.setup import Setup
from .lacking import left_out_remarks
from .presets import PRESET_SETUPS, preset_setup
from .store import STORE


def put_aside(setup: Setup) -> str:
    """A setup as the ``home`` of a room."""
    query, left_out = shortened(setup, preset_setup(setup.preset), limits.HOME - ROOM_FOR_NAME)
    kept = {KEPT: STORE.put(setup)} if left_out else {}
    return as_text({**kept, **query})


ROOM_FOR_NAME = 100  # characters of the parameter that says where this server keeps the rest


def taken_back(home: str) -> tuple[Setup, tuple[str, ...]]:
    """The setup that was put aside, and messages on what of it is lost."""
    query = query_of(home)
    return STORE.get(query.get(KEPT, "")) or at_home(home, PRESET_SETUPS), left_out_remarks(query)
