"""What the names of a formula stand for in a network, its layers counted as the notation counts them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from ....maths.architecture import Architecture
from ....maths.expressions import Symbol
from ....maths.symbols import COMMANDS, INPUT, OUTPUT, QUANTITIES, UNITS
from ...notation import Notation
from . import syntax as sx
from .refusals import Unread
from .spellings import LAYERS, Spellings, placed, spellings_in

ERROR = re.compile(r"d_?[0-9]")
"""What programs call δ where nothing else is called so: d2."""

DECAY = "l2"
LAYERS_OF_CODE = re.compile(r"l[0-9]+_\w+|l[013-9]")
"""What a program calls its layers beside l2."""

UNKNOWN = "?"
"""The first character of the symbol of a name that nothing says what it is."""


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

EITHER = frozenset({"delta", "dz", *QUANTITIES["losses"].spellings})
"""What code calls an error, of one sample and of a batch alike."""


COUNTERS = frozenset({"i", "k", "j", "layer", "idx", "ell", "n_layer", "index"})
"""What a loop over the layers calls the one that it is at."""


def counted(layer: sx.Syntax) -> sx.Syntax:
    """The index of a list with l for whatever a loop calls it."""
    match layer:
        case sx.Word(text) if text in COUNTERS:
            return replace(layer, text="l")
        case sx.Operation(_, left, right):
            return replace(layer, left=counted(left), right=counted(right))
    return layer


@dataclass(frozen=True)
class Clash:
    """An index that counts different things where it stands: the units of a layer, by its number, or samples (None)."""

    index: str
    counted: tuple[int | None, ...]
    span: sx.Span


@dataclass
class Namespace:
    """The names of a network in a notation; ``layer`` is the value of l, ``shift`` where lists start.

    ``given`` says what the learner's own names are, ``line`` has every word of the line, ``implied``
    that a name without a layer has that of l. What has been read is noted:
    ``letters`` by symbol, the ``forms`` of layers, all ``words``, the names that are ``unknown`` and ``clashes``.
    """

    architecture: Architecture
    notation: Notation
    layer: int | None = None
    shift: int = 0
    given: Mapping[str, Symbol] = field(default_factory=dict)
    definitions: tuple[tuple[sx.Syntax, sx.Syntax], ...] = ()
    letters: dict[str, str] = field(default_factory=dict)
    forms: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    unknown: list[str] = field(default_factory=list)
    clashes: list[Clash] = field(default_factory=list)
    line: frozenset[str] = frozenset()
    implied: bool = False

    @property
    def spellings(self) -> Spellings:
        return spellings_in(self.notation)

    def knows(self, word: str) -> bool:
        """Whether a word names an array or a number, apart from its layer."""
        return word in self.given or placed(word, self.spellings)[0] in self.spellings

    def needs_layer(self, word: str) -> bool:
        """Whether the layer of a name stands beside it."""
        name, layer = placed(word, self.spellings)
        return word not in self.given and layer is None and bool(self.spellings.of_layer(name))

    def symbol(self, word: str, layer: sx.Syntax | None = None, form: str = "") -> Symbol:
        """What a word stands for, with the layer that is written beside it.

        A word of the learner's own is noted as unknown. Raises Unread if it lacks a layer or has one too many.
        """
        name, inner = placed(word, self.spellings)
        if word in self.given and layer is None:
            return self.noted(self.given[word], word, str(self.given[word]))
        if self.spellings.of_layer(name):
            symbol = self.layered(word, name, inner, layer, form)
            return self.noted(symbol, name, symbol.name)
        if word == DECAY and self.is_layer_of_code:
            return self.unsaid(word)
        if name in self.spellings.whole:
            symbol = self.whole(name, inner or layer)
            return self.noted(symbol, name, str(symbol) if symbol.layer is not None else symbol.name)
        return self.symbol(f"delta{word.lstrip('d_')}", layer, form) if ERROR.fullmatch(word) else self.unsaid(word)

    def noted(self, symbol: Symbol, name: str, letter: str) -> Symbol:
        """A symbol, and by which name it is called."""
        self.words.add(name)
        self.letters.setdefault(letter, name)
        return symbol

    @property
    def is_layer_of_code(self) -> bool:
        """Whether l2 is likelier an array of a program whose other layers are l0 and l1 than the penalty."""
        return any(LAYERS_OF_CODE.fullmatch(word) for word in self.line)

    def unsaid(self, word: str) -> Symbol:
        """The stand-in for a name that nothing says what it is."""
        base = word.split("_")[0]
        if base != word and base in self.spellings.layered and len(word) <= len(base) + 3:
            raise Unread("entry", text=base)
        if word not in self.unknown:
            self.unknown.append(word)
        return Symbol(UNKNOWN + word)

    def whole(self, letter: str, layer: sx.Syntax | None) -> Symbol:
        """A symbol without a layer, or of a layer implied by its name."""
        if layer is not None:
            raise Unread("no layers", text=letter)
        name = self.spellings.whole[letter]
        ends = {INPUT.name: Symbol("A", 0), OUTPUT.name: Symbol("A", self.architecture.depth)}
        return ends.get(name, Symbol(name))

    def layered(self, word: str, letter: str, inner: sx.Syntax | None, beside: sx.Syntax | None, form: str) -> Symbol:
        """A symbol with its layer, which is part of the word or stands beside it."""
        name, layer = self.spellings.of_layer(letter), inner or beside
        if inner is not None and beside is not None:
            raise Unread("two layers", text=word)
        if layer is None:
            if letter == "n":
                return Symbol("m") if "m" not in self.line else Symbol("n", self.architecture.depth)
            if not self.implied:
                raise Unread("layer", text=letter)
            layer = LAYERS["l"]
        self.forms.add("digits" if inner is not None else form)
        layer = counted(layer) if form == "index" else layer
        if isinstance(layer, sx.Signed) and isinstance(layer.operand, sx.Numeral) and not self.shift:
            return Symbol(name, self.architecture.depth + 1 + self.number(layer))  # from the end of a list
        value = self.number(layer)
        shift = self.shift if value >= 0 else 0  # below a list's start is its end, and no layer
        return Symbol(name, value - self.notation.first_number(name) + shift)

    def number(self, layer: sx.Syntax | None) -> int:
        """The value of a layer number such as 2, l or L − 1.

        Raises Unread if it is none.
        """
        first = self.notation.first_layer
        match layer:
            case sx.Numeral(int(value)) if value < 10**4:
                return value
            case sx.Word("l" | "ℓ") if self.layer is not None:
                return self.layer + first - self.shift
            case sx.Word("L"):
                return self.architecture.depth + first
            case sx.Signed("-", operand):
                return -self.number(operand)
            case sx.Operation("+", left, right):
                return self.number(left) + self.number(right)
            case sx.Operation("-", left, right):
                return self.number(left) - self.number(right)
            case sx.Word(text) if len(text) <= 2:
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
        quantity = QUANTITIES.get(symbol.name)
        if quantity is None:
            return False
        if quantity.shape == UNITS and not self.architecture.bias:
            return False
        return not isinstance(symbol.layer, int) or quantity.lowest <= symbol.layer <= self.architecture.depth
