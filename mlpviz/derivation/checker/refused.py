"""What there is to say of a text that cannot be read."""

from __future__ import annotations

from .inquiry import Inquiry
from .reading import Unread
from .verdict import NOTHING, Verdict


def refused(inquiry: Inquiry, refusal: Unread) -> Verdict:
    """The verdict on a text that is not in the grammar."""
    return Verdict("refused", (refusal.message,), inquiry.asked or NOTHING, causes=(refusal.key,), place=refusal.span)
