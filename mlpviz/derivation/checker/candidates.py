"""What names of a learner's own may stand for: the arrays, those first with which a line multiplies."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from typing import Any

import numpy as np

from ...maths.expressions import Expression, Symbol, substitute
from ...maths.symbols import QUANTITIES, Role, named
from .asked import GIVEN, name_of
from .inquiry import Inquiry
from .networks import random_networks
from .reading import Reading, Unread
from .repairs import Problem, agree
from .values import evaluators

MOST_NAMES, MOST_TRIED = 3, 1500
"""Most names of one's own in a line that are looked for together, and most combinations of arrays for them."""

MOST_REREAD = 2
"""Most names of a line that has to be read anew for each choice."""

ROLES = (Role.VALUE, Role.LABEL, Role.ERROR, Role.CARRIED, Role.PARAMETER, Role.GRADIENT)

HINTS = {
    r"(?:^|_)(?:d|g|grad|err|error|delta|diff)": ("delta", "dA"),
    r"^w|weight|theta": ("W",),
    r"^b|bias": ("b",),
    r"hid|act|out|pred|prob|sigm|relu|^h|^a|^o|hat|layer|^l\d": ("A",),
    r"^z|net|logit|score|sum|pre": ("Z",),
    r"^y|^t|target|label|true|truth|want|gold": ("Y",),
    r"^x|input|feature|data": ("A",),
}
"""What words are often called in programs."""


@dataclass(frozen=True)
class Candidate:
    """An array that a name may stand for: how well the line does with it."""

    symbol: Symbol
    rank: float


def placed(words: Sequence[str]) -> dict[str, Symbol]:
    """A symbol of its own for each of some names."""
    return {word: Symbol(f"own {k}") for k, word in enumerate(words)}


def candidates(inquiry: Inquiry, words: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """For each of some names the arrays that it may stand for, the likeliest first, as ``given`` takes them."""
    places = placed(words)
    try:
        reading = replace(inquiry, given={**inquiry.given, **places}).read()
    except Unread:
        reading = None
    if reading is None and len(words) > MOST_REREAD:
        return {}
    with np.errstate(all="ignore"):
        ranking = Rereading(inquiry, places) if reading is None else Ranking(inquiry, reading, places)
        ranked = ranking.choices() if len(words) <= MOST_NAMES else ranking.likely()
    ordered = {word: sorted(ranked[word], key=lambda choice: choice.rank) for word in words}
    return {word: tuple(name_of(each.symbol, inquiry.notation) for each in ordered[word]) for word in words}


class Ranking:
    """Puts arrays in the place of names and sees whether a line multiplies."""

    most = MOST_TRIED
    """Most choices that are tried."""

    def __init__(self, inquiry: Inquiry, reading: Reading | None, places: Mapping[str, Symbol]) -> None:
        self.inquiry, self.places = inquiry, places
        self.trees = [tree for side in reading.sides for tree in side.trees] if reading is not None else []
        self.asked = inquiry.asked or (reading.left if reading is not None else None)
        self.evaluators = evaluators(random_networks(inquiry.own.architecture), inquiry.notation)
        known = self.asked is not None and self.asked not in places.values() and self.asked in self.evaluators[0].values
        self.problem = Problem(self.asked, self.evaluators) if known and self.asked is not None else None

    def choices(self) -> dict[str, list[Candidate]]:
        """The arrays for each name with the best rank that any choice of the others gives it."""
        found: dict[str, dict[Symbol, float]] = {word: {} for word in self.places}
        for chosen in self.combinations():
            rank = self.rank(dict(zip(self.places.values(), chosen, strict=True)))
            if rank is None:
                continue
            for word, symbol in zip(self.places, chosen, strict=True):
                likely = rank - likeness(word, symbol, self.inquiry)
                found[word][symbol] = min(likely, found[word].get(symbol, likely))
        return {
            word: [*(Candidate(*pair) for pair in ranks.items()), *self.others(word, ranks)]
            for word, ranks in found.items()
        }

    def others(self, word: str, ranks: Mapping[Symbol, float]) -> Iterator[Candidate]:
        """The arrays with which the line does not multiply: it may be the line that is wrong."""
        for symbol in self.ordered(word):
            if symbol not in ranks:
                yield Candidate(symbol, 3.0 - likeness(word, symbol, self.inquiry))

    def likely(self) -> dict[str, list[Candidate]]:
        """The choices for many names, only by what they are called."""
        symbols = list(self.symbols())
        return {
            word: [Candidate(each, -likeness(word, each, self.inquiry)) for each in symbols] for word in self.places
        }

    def combinations(self) -> Iterator[tuple[Symbol, ...]]:
        for tried, chosen in enumerate(product(*map(self.ordered, self.places))):
            if tried >= self.most or self.evaluators[0].is_tired:
                return
            if len(set(chosen)) == len(chosen):
                yield chosen

    def ordered(self, word: str) -> list[Symbol]:
        """What a name may stand for, that first which is called so."""
        symbols = (each for each in dict.fromkeys(self.symbols()) if each != self.asked)
        return sorted(symbols, key=lambda each: -likeness(word, each, self.inquiry))

    def symbols(self) -> Iterator[Symbol]:
        """Every array of the network that a name may stand for."""
        for name in named(*ROLES):
            quantity = QUANTITIES[name]
            layers = range(quantity.lowest, self.inquiry.own.architecture.depth + 1) if quantity.layered else (None,)
            yield from (Symbol(name, layer) for layer in layers if Symbol(name, layer) in self.evaluators[0].values)
        yield GIVEN

    def rank(self, chosen: Mapping[Symbol, Symbol]) -> float | None:
        """How well the line does with a choice: 0 if it is right, 2 if it only multiplies; None if it does not."""
        best: float | None = None
        for tree in self.trees:
            rank = self.rank_of(substitute(tree, lambda symbol: chosen.get(symbol, symbol)))
            best = rank if best is None or (rank is not None and rank < best) else best
        return best

    def rank_of(self, tree: Expression) -> float | None:
        value = self.evaluators[0].value(tree)
        if value is None:
            return None
        if self.problem is None:
            return 2.0
        if self.problem.right(tree):
            return 0.0
        return 1.0 if np.shape(value) == np.shape(self.problem.goals[0]) else 2.0


class Rereading(Ranking):
    """Reads a line anew with each choice, where what it means hangs on it: single entries, o_k, or f'(net)."""

    most = 200

    def __init__(self, inquiry: Inquiry, places: Mapping[str, Symbol]) -> None:
        super().__init__(inquiry, None, places)

    def rank(self, chosen: Mapping[Symbol, Symbol]) -> float | None:
        given = {word: chosen[place] for word, place in self.places.items()}
        try:
            reading = replace(self.inquiry, given={**self.inquiry.given, **given}).read()
        except Unread:
            return None
        ranks = [self.rank_of(tree) for side in reading.sides for tree in side.trees]
        return min((each for each in ranks if each is not None), default=None)


def likeness(word: str, symbol: Symbol, inquiry: Inquiry) -> float:
    """How much a word looks like an array's name: less than the difference between two ranks."""
    number = re.search(r"\d+", word)
    fits = any(re.search(pattern, word, re.IGNORECASE) and symbol.name in names for pattern, names in HINTS.items())
    numbered = number is not None and symbol.layer is not None and int(number[0]) == inquiry.notation.number(symbol)
    return 0.4 * fits + 0.3 * numbered


def equal_arrays(inquiry: Inquiry, reading: Reading) -> list[Symbol]:
    """The arrays that the last side of a line gives, whatever its left side is called."""
    shown = evaluators(random_networks(inquiry.own.architecture), inquiry.notation)
    found: list[Symbol] = []
    with np.errstate(all="ignore"):
        for tree in reading.trees:
            value: Any = shown[0].value(tree)
            alike = [each for each, array in shown[0].values.items() if np.ndim(array) and agree(value, array)]
            found += [each for each in alike if each not in found and Problem(each, shown).right(tree)]
    return found
