"""What the names of a formula stand for in a network, its layers counted as the notation counts them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from ...maths.architecture import Architecture
from ...maths.expressions import Symbol
from ...maths.symbols import COMMANDS, INPUT, OUTPUT, QUANTITIES, UNITS
from ..notation import CHOICES, Notation
from .findings import Unread
from .grammar import Token

SPELLED = (INPUT, OUTPUT, *QUANTITIES.values())

ENDS = frozenset((*INPUT.spellings, *OUTPUT.spellings))
"""What A is called at the two ends of the network, and nowhere else."""

LAYERED = {spelling: each.name for each in SPELLED if each.layered for spelling in each.spellings}
"""The names that need a layer number."""

COSTS = frozenset(QUANTITIES["cost"].spellings)

WHOLE = {
    spelling: each.name for each in SPELLED if not each.layered for spelling in each.spellings if spelling not in COSTS
}
"""The names without a layer."""

DIFFERENTIALS = frozenset(f"d{cost}" for cost in CHOICES["cost"])
GRADIENTS = {each.of: each.name for each in SPELLED if each.is_gradient}


def letters(which: int) -> set[str]:
    """The spellings of letters for a batch (0) or for one sample (1), where the two differ."""
    pairs = ((each.letters, each.spellings) for each in SPELLED if each.letters and len(set(each.letters)) == 2)
    return {one for both, spellings in pairs for one in spellings if one in (both[which], COMMANDS.get(both[which]))}


SMALL, LARGE = letters(1), letters(0) | {"Delta"}
"""The letters that texts use for one sample only, and for a batch only."""


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
        symbol = self.whole(token) if token.name in WHOLE else self.layered(token)
        self.words.add(token.name)
        self.letters.setdefault(str(symbol) if token.name in ENDS else symbol.name, token.name)
        return symbol

    def whole(self, token: Token) -> Symbol:
        """A symbol without a layer, or of a layer implied by its name."""
        if token.layer is not None:
            raise Unread("no layers", text=token.name)
        name = WHOLE[token.name]
        given = {INPUT.name: Symbol("A", 0), OUTPUT.name: Symbol("A", self.architecture.depth)}
        return given.get(name, Symbol(name))

    def layered(self, token: Token) -> Symbol:
        if token.name not in LAYERED:
            name = token.name if len(token.name) < 20 else token.name[:20] + "…"
            base = name.split("_")[0]
            raise Unread("entry", text=base) if base != name and base in LAYERED else Unread("name", text=f"“{name}”")
        if token.layer is None:
            raise Unread("layer", text=token.name)
        self.forms.add(token.form.rstrip("T"))
        return Symbol(LAYERED[token.name], self.number(token.layer) - self.notation.first_layer + self.shift)

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

    def has(self, symbol: Symbol) -> bool:
        quantity = QUANTITIES[symbol.name]
        if quantity.shape == UNITS and not self.architecture.bias:
            return False
        return not isinstance(symbol.layer, int) or quantity.lowest <= symbol.layer <= self.architecture.depth
