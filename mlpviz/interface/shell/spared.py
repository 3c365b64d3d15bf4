"""What Streamlit finds out anew for every run of a page although it stays the same: found out once.

A run begins with a message that has, among much else, every setting of six themes. To look them all up takes as long as
a pass and an update with their proof.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from streamlit.runtime import app_session

NAME, MARK = "_populate_theme_msg", "mlpviz_spared"


def spare() -> None:
    """Have the themes looked up once; a Streamlit that has them elsewhere is left as it is."""
    populate = getattr(app_session, NAME, None)
    if populate is not None and not hasattr(populate, MARK):
        setattr(app_session, NAME, once(populate))


def once(populate: Callable[..., None]) -> Callable[..., None]:
    """A function that fills a message by a section of the settings, and remembers with what."""
    made: dict[str, bytes] = {}

    @wraps(populate)
    def populated(message: Any, section: str = "theme") -> None:
        if section not in made:
            fresh = type(message)()
            populate(fresh, section)
            made[section] = fresh.SerializeToString()
        message.MergeFromString(made[section])

    setattr(populated, MARK, True)
    return populated
