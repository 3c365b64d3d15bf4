"""What a link may hold fast: the properties behind each word of ``fix``, and the refusal of an edit of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from ..derivation.notation import CHOICES
from ..maths.messages import N_, Message, Refusal
from .beside import FIXED
from .setup import BY_NAME, Setup

FIXES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "numbers": (N_("the numbers"), ("entries", "X", "Y", "initializer", "seed", "optimizer_state", "updates")),
    "notation": (N_("the notation"), ("hand", *CHOICES)),
    "network": (N_("the network"), ("preset", "widths", "activations", "loss", "reduction", "bias", "l2")),
}
"""How each is called, and what belongs to it."""

assert tuple(FIXES) == FIXED, "a word of the link has no properties"


def is_fixed(name: str, fix: Iterable[str]) -> bool:
    """Whether a property belongs to what is fixed."""
    return any(name in FIXES[word][1] for word in fix)


def check_fixed(before: Setup, after: Setup, fix: Iterable[str]) -> None:
    """Refuse an edit of what is fixed."""
    for word in fix:
        title, names = FIXES[word]
        if any(get(after, name) != get(before, name) for name in names):
            raise Refusal("{what!c} cannot be changed here: the link fixes it.", what=Message(title))


def get(setup: Setup, name: str) -> object:
    return BY_NAME[name].get(setup) if name in BY_NAME else getattr(setup, name)
