"""What the names of a formula stand for in a network, its layers counted as the notation counts them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from ....maths.architecture import Architecture
from ....maths.expressions import Symbol
from ....maths.symbols import COMMANDS, INPUT, OUTPUT, QUANTITIES, UNITS
from ...notation import CHOICES, Notation
from .refusals import Unread
from .syntax import Numeral, Operation, Signed, Syntax, Word

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

NUMBERED = re.compile(r"(.*?[^\W\d_]|.*?[δΔ])_?([0-9]+)")
"""A name and the number of its layer: W2, W_2, δ2."""

GIVEN = re.compile(r"([A-Za-z]\w*?)(?:\[(\d+)\])?")
"""The canonical name of a quantity, as what is given says it: A[1], Y."""


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


def parted(word: str) -> tuple[str, str]:
    """A word as its name and the number of its layer, if it ends in one."""
    match = NUMBERED.fullmatch(word) if word != "l2" else None
    return (match[1], match[2]) if match else (word, "")


@dataclass
class Namespace:
    """The names of a network in a notation; ``layer`` is the value of l, ``shift`` where lists start.

    ``given`` says by their canonical names what the learner's own names are.
    """

    architecture: Architecture
    notation: Notation
    layer: int | None = None
    shift: int = 0
    given: Mapping[str, Symbol] = field(default_factory=dict)
    letters: dict[str, str] = field(default_factory=dict)
    forms: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)

    @property
    def spellings(self) -> Spellings:
        return spellings_in(self.notation)

    def knows(self, word: str) -> bool:
        """Whether a word names an array or a number, apart from its layer."""
        return word in self.given or parted(word)[0] in self.spellings

    def symbol(self, word: str, layer: Syntax | None = None, form: str = "") -> Symbol:
        """What a word stands for, with the layer that is written beside it.

        Raises Unread if it stands for nothing, or lacks a layer or has one too many.
        """
        if word in self.given and layer is None:
            symbol, name = self.given[word], str(self.given[word])
        else:
            symbol, word, name = self.spelled(word, layer, form)
        self.words.add(word)
        self.letters.setdefault(name, word)
        return symbol

    def spelled(self, word: str, layer: Syntax | None, form: str) -> tuple[Symbol, str, str]:
        """The symbol of a word, its letter, and what that letter is remembered for."""
        letter, number = parted(word)
        if letter in self.spellings.whole:
            if number or layer is not None:
                raise Unread("no layers", text=letter)
            symbol = self.whole(letter)
            return symbol, letter, str(symbol) if symbol.layer is not None else symbol.name
        symbol = self.layered(letter, number, layer, form)
        return symbol, letter, symbol.name

    def whole(self, letter: str) -> Symbol:
        """A symbol without a layer, or of a layer implied by its name."""
        name = self.spellings.whole[letter]
        ends = {INPUT.name: Symbol("A", 0), OUTPUT.name: Symbol("A", self.architecture.depth)}
        return ends.get(name, Symbol(name))

    def layered(self, letter: str, number: str, layer: Syntax | None, form: str) -> Symbol:
        names = self.spellings.layered
        if letter not in names:
            base = letter.split("_")[0]
            if base != letter and base in names:
                raise Unread("entry", text=base)
            raise Unread("name", text=f"“{letter if len(letter) < 20 else letter[:20] + '…'}”")
        if number and layer is not None:
            raise Unread("two layers", text=letter + number)
        if not number and layer is None:
            raise Unread("layer", text=letter)
        self.forms.add("digits" if number else form)
        value = int(number) if number else self.number(layer)
        shift = self.shift if value >= 0 else 0  # below a list's start is its end, and no layer
        return Symbol(names[letter], value - self.notation.first_number(names[letter]) + shift)

    def number(self, layer: Syntax | None) -> int:
        """The value of a layer number such as 2, l or L − 1.

        Raises Unread if it is none.
        """
        first = self.notation.first_layer
        match layer:
            case Numeral(int(value)) if value < 10**4:
                return value
            case Word("l" | "ℓ") if self.layer is not None:
                return self.layer + first - self.shift
            case Word("L"):
                return self.architecture.depth + first
            case Signed("-", operand):
                return -self.number(operand)
            case Operation("+", left, right):
                return self.number(left) + self.number(right)
            case Operation("-", left, right):
                return self.number(left) - self.number(right)
            case Word(text) if len(text) <= 2:
                raise Unread("entry", text=text, span=layer.span)
        raise Unread("index", span=layer.span if layer else None)

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


def canonical(name: str) -> Symbol:
    """The symbol of a canonical name such as A[1], dW[2] or Y.

    Raises Unread if it is none.
    """
    match = GIVEN.fullmatch(name)
    if match and match[1] == INPUT.spellings[0] and not match[2]:
        return Symbol("A", 0)
    if match and match[1] in QUANTITIES and QUANTITIES[match[1]].layered == bool(match[2]):
        return Symbol(match[1], int(match[2]) if match[2] else None)
    raise Unread("name", text=f"“{name}”")
