"""What a link could not carry, and whether this server still has it."""

from __future__ import annotations

from collections.abc import Mapping

from ...maths.messages import Message, enumerated
from ...setup.link import KEPT, LEFT_OUT
from ...setup.setup import BY_NAME
from .store import STORE

TEXT = "formula"  # what a link leaves out alone if it is long


def missing(query: Mapping[str, str]) -> list[str]:
    """The properties that a link could not carry."""
    return [name for name in query.get(LEFT_OUT, "").split(",") if name in BY_NAME]


def left_out_remarks(query: Mapping[str, str]) -> tuple[str, ...]:
    """Messages on what a link could not carry and this server does not have."""
    names = missing(query)
    if not names or STORE.get(query.get(KEPT, "")) is not None:
        return ()
    numbers = enumerated(name for name in names if name != TEXT)
    sentences = []
    if numbers:
        sentences.append(
            Message(
                "This link was too long to carry {names}; the preset's own are shown. A setup file holds everything.",
                names=numbers,
            )
        )
    if TEXT in names:
        sentences.append(Message("What was to be checked was too long for this link. A setup file holds it."))
    return tuple(sentences)
