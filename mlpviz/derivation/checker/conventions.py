"""The conventions in which a formula is right, and how to say which they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import product

from ...maths.expressions import Expression, Symbol
from ..notation import CHOICES, Notation
from .findings import CONVENTIONS
from .networks import Network
from .repairs import Problem
from .values import Evaluator


def conventions(tree: Expression, target: Symbol, networks: Sequence[Network], own: Notation) -> tuple[Notation, ...]:
    """The notations that a formula is right in, those most like the learner's own first."""
    choices = product(*(CHOICES[switch] for switch in CONVENTIONS))
    notations = [replace(own, **dict(zip(CONVENTIONS, choice, strict=True))) for choice in choices]
    right: dict[frozenset[str], bool] = {}
    for transposed in {notation.transposed for notation in notations}:
        evaluators = [Evaluator(network, transposed) for network in networks]
        right[transposed] = Problem(target, evaluators).right(tree)
    found = [notation for notation in notations if right[notation.transposed]]
    return tuple(sorted(found, key=lambda notation: len(differences(notation, own))))


def differences(notation: Notation, own: Notation) -> list[str]:
    """The switches in which a notation differs from another."""
    return [switch for switch in CONVENTIONS if getattr(notation, switch) != getattr(own, switch)]


def described(found: Sequence[Notation]) -> str:
    """Some conventions in words: only the switches that matter are named."""
    if len(found) == 2 ** len(CONVENTIONS):
        return "in every convention: " + ", ".join(" or ".join(words.values()) for words in CONVENTIONS.values())
    free = [switch for switch in CONVENTIONS if indifferent(switch, found)]
    bound = [switch for switch in CONVENTIONS if switch not in free]
    seen = dict.fromkeys(
        tuple(CONVENTIONS[switch][getattr(notation, switch)] for switch in bound) for notation in found
    )
    return "with " + ", or with ".join(listed(words) for words in seen)


def indifferent(switch: str, found: Sequence[Notation]) -> bool:
    """Whether a switch may be turned without leaving the conventions found."""
    values = CHOICES[switch]
    return all(replace(notation, **{switch: value}) in found for notation in found for value in values)


def nearest(found: Sequence[Notation], own: Notation) -> str:
    """What to change in the learner's own notation to come to the nearest one found."""
    notation = found[0]
    return "with " + listed([CONVENTIONS[switch][getattr(notation, switch)] for switch in differences(notation, own)])


def listed(words: Sequence[str]) -> str:
    """Words in a row: a, b and c."""
    *most, last = words
    return f"{', '.join(most)} and {last}" if most else last
