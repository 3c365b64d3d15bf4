"""What the names of a formula stand for in a network, its layers counted as the notation counts them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from ...maths.architecture import Architecture
from ...maths.expressions import Symbol
from ...maths.symbols import COMMANDS, INPUT, OUTPUT, QUANTITIES, UNITS
from ..notation import CHOICES, Notation
from .findings import Unread
from .grammar import Token

COSTS = frozenset(QUANTITIES["cost"].spellings)


@dataclass(frozen=True)
class Spellings:
    """What may be typed for which symbol: by name those that need a layer number, and those that have none."""

    layered: Mapping[str, str]
    whole: Mapping[str, str]

    def __contains__(self, name: str) -> bool:
        return name in self.layered or name in self.whole


@lru_cache(maxsize=256)
def spellings_in(notation: Notation) -> Spellings:
    """The spellings of a notation; x is the input in all of them, and ŷ the output unless it is the label."""
    names = {INPUT.name: INPUT, OUTPUT.name: OUTPUT, **notation.quantities}
    taken = {spelling for each in notation.quantities.values() for spelling in each.spellings}
    spelled = {
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


DIFFERENTIALS = frozenset(f"d{cost}" for cost in CHOICES["cost"])
GRADIENTS = {each.of: each.name for each in QUANTITIES.values() if each.is_gradient}


def letters(which: int) -> set[str]:
    """The spellings of letters for a batch (0) or for one sample (1), where the two differ."""
    pairs = (
        (each.letters, each.spellings)
        for each in (INPUT, OUTPUT, *QUANTITIES.values())
        if each.letters and len(set(each.letters)) == 2
    )
    return {one for both, spellings in pairs for one in spellings if one in (both[which], COMMANDS.get(both[which]))}


SMALL, LARGE = letters(1), letters(0) | {"Delta"}
"""The letters that texts use for one sample only, and for a batch only."""

EITHER = frozenset({"delta", "dz"})
"""What code calls an error, of one sample and of a batch alike."""


@dataclass
class Namespace:
    """The names of a network in a notation; ``layer`` is the value of l, ``shift`` where lists start."""

    architecture: Architecture
    notation: Notation
    layer: int | None = None
    shift: int = 0
    letters: dict[str, str] = field(default_factory=dict)
    forms: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)

    def symbol(self, token: Token) -> Symbol:
        name = self.spellings.whole.get(token.name, "")
        symbol = self.whole(token) if name else self.layered(token)
        self.words.add(token.name)
        self.letters.setdefault(str(symbol) if name in (INPUT.name, OUTPUT.name) else symbol.name, token.name)
        return symbol

    @property
    def spellings(self) -> Spellings:
        return spellings_in(self.notation)

    def whole(self, token: Token) -> Symbol:
        """A symbol without a layer, or of a layer implied by its name."""
        if token.layer is not None:
            raise Unread("no layers", text=token.name)
        name = self.spellings.whole[token.name]
        given = {INPUT.name: Symbol("A", 0), OUTPUT.name: Symbol("A", self.architecture.depth)}
        return given.get(name, Symbol(name))

    def layered(self, token: Token) -> Symbol:
        layered = self.spellings.layered
        if token.name not in layered:
            name = token.name if len(token.name) < 20 else token.name[:20] + "…"
            base = name.split("_")[0]
            raise Unread("entry", text=base) if base != name and base in layered else Unread("name", text=f"“{name}”")
        if token.layer is None:
            raise Unread("layer", text=token.name)
        self.forms.add(token.form.rstrip("T"))
        number = self.number(token.layer)
        shift = self.shift if number >= 0 else 0  # below a list's start is its end, and no layer
        name = layered[token.name]
        return Symbol(name, number - self.notation.first_number(name) + shift)

    def number(self, text: str) -> int:
        """The value of a layer number such as 2, l or L − 1."""
        compact = text.replace(" ", "").translate({ord("−"): "-"})
        terms = re.findall(r"([+-]?)(l|L|[0-9]{1,4})", compact)
        if not terms or "".join(sign + term for sign, term in terms) != compact or len(terms) > 4:
            raise Unread("index", text=f"“{text}”")
        if any(not sign for sign, _ in terms[1:]) or ("l" in compact and self.layer is None):
            raise Unread("index", text=f"“{text}”")
        first = self.notation.first_layer
        letters = {"l": (self.layer or 0) + first - self.shift, "L": self.architecture.depth + first}
        numbers = (letters[term] if term in letters else int(term) for _, term in terms)
        return sum(-number if sign == "-" else number for (sign, _), number in zip(terms, numbers, strict=True))

    @property
    def single(self) -> bool:
        """Whether the letters are those for one sample."""
        return bool(self.words & SMALL) and not self.words & LARGE

    @property
    def for_one(self) -> bool:
        """Whether the formula can be about one sample: its letters are, or code that says nothing of a batch."""
        return self.single or (bool(self.words & EITHER) and not self.words & (LARGE | {"m"}))

    def has(self, symbol: Symbol) -> bool:
        quantity = QUANTITIES[symbol.name]
        if quantity.shape == UNITS and not self.architecture.bias:
            return False
        return not isinstance(symbol.layer, int) or quantity.lowest <= symbol.layer <= self.architecture.depth
