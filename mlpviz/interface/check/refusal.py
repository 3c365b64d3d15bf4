"""What the Check page says of a text that is not read: the place at fault, what was understood, and what to write."""

from __future__ import annotations

from ..shell.translation import _
from .checked import Checked
from .parts import Put, offered
from .place import torn
from .understood import understood
from .verdict import box, styles


def refusal(checked: Checked, put: Put, guarded: bool = False) -> None:
    """A text that is not read, with the place at fault; ``guarded``, without what to write instead."""
    found = checked.verdict
    styles()
    with box(checked, found, guarded=guarded):
        if found.place:
            torn(checked.text, found.place)
    if not guarded:
        offered(found.rewritten, _("It could be meant so"), put, " again")
    understood(checked)
