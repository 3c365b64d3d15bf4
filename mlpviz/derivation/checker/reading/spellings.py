"""What may be typed for which array, and what of a word is the number of its layer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache

from ....maths.symbols import INPUT, OUTPUT, QUANTITIES, SLOPES
from ...notation import Notation
from . import syntax as sx
from .words import INSIDE, PLACED, WORDS, by

COSTS = frozenset(QUANTITIES["cost"].spellings)


@dataclass(frozen=True)
class Spellings:
    """What may be typed for which symbol: by name those that need a layer number, and those that have none."""

    layered: Mapping[str, str]
    whole: Mapping[str, str]

    @cached_property
    def all(self) -> Mapping[str, str]:
        """The quantity of each spelling."""
        return {**self.whole, **self.layered}

    def __contains__(self, name: str) -> bool:
        return name in self.whole or bool(self.of_layer(name))

    def of_layer(self, name: str) -> str:
        """The quantity with layers that a name stands for, or "": a gradient may be named by what it is taken by."""
        return self.layered.get(name) or SLOPES.get(self.layered.get(by(name), ""), "")


@lru_cache(maxsize=256)
def spellings_in(notation: Notation) -> Spellings:
    """The spellings of a notation; x is the input in all of them, and ŷ the output unless it is the label.

    The words of programs stand behind its letters.
    """
    names = {INPUT.name: INPUT, OUTPUT.name: OUTPUT, **notation.quantities}
    taken = {spelling for each in notation.quantities.values() for spelling in each.spellings}
    spelled = WORDS | {
        spelling: name
        for name, each in names.items()
        for spelling in each.spellings
        if spelling not in COSTS and (name in notation.quantities or spelling not in taken)
    }
    needs_layer = {name for name, each in names.items() if each.layered}
    return Spellings(
        {spelling: name for spelling, name in spelled.items() if name in needs_layer},
        {spelling: name for spelling, name in spelled.items() if name not in needs_layer},
    )


LAYERS: dict[str, sx.Syntax] = {
    "l": sx.Word("l"),
    "L": sx.Word("L"),
    "before": sx.Operation("-", sx.Word("l"), sx.Numeral(1)),
    "after": sx.Operation("+", sx.Word("l"), sx.Numeral(1)),
}

NUMBERED = re.compile(r"(.*?[^\W\d_]|.*?[δΔ])_?([0-9]{1,4})")
"""A name and the number of its layer: W2, W_2, δ2."""


def parted(word: str) -> tuple[str, str]:
    """A word as its name and the number of its layer, if it ends in one."""
    match = NUMBERED.fullmatch(word) if word != "l2" else None
    return (match[1], match[2]) if match else (word, "")


def placed(word: str, spellings: Spellings) -> tuple[str, sx.Syntax | None]:
    """A word as its name and the layer that is part of it, if any: W2, A_prev, dZL."""
    if word in spellings:
        return word, None
    name, number = parted(word)
    if number:
        return name, sx.Numeral(int(number))
    if match := INSIDE.fullmatch(word):
        return f"{match['letter']}_grad", sx.Numeral(int(match["number"]))
    for place, pattern in PLACED.items():
        if match := pattern.fullmatch(word):
            name = match["name"] or match["other"]
            if spellings.of_layer(name):
                return name, LAYERS[place]
    return word, None
