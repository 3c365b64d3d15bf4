"""A text with what it is asked to be: how it is read, and what is asked of each of its equal parts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from ...maths.expressions import Symbol, walk
from ...maths.messages import in_quotes
from ..notation import Notation
from .asked import GIVEN, is_computed
from .findings import Finding
from .judge import judge
from .judged import verdict
from .networks import Own
from .question import Question
from .reading import Reading, Unread, read
from .reading.characters import plain
from .reading.names import Namespace
from .reading.own_spelling import spelling
from .verdict import Factor, Verdict
from .wording import Wording, factors

LETTER_OF_LAYER = re.compile(r"(?<![^\W\d_])(?:l|ℓ|\\ell)(?![^\W\d_])")
"""The letter l, alone: the number of a layer."""


OUTPUT_OF_LISTS = re.compile(r"\[\s*L\s*-\s*1\s*\](?!.*\[\s*L\s*\])", re.DOTALL)
"""The last entry of lists that start at 0; the cost is of no other layer."""


@dataclass(frozen=True)
class Inquiry:
    """A learner's text, what it is asked to be (None: what its left side names), and where.

    ``given`` is what names of the learner's own stand for.
    """

    text: str
    asked: Symbol | None
    own: Own
    notation: Notation
    given: Mapping[str, Symbol]

    def kind(self) -> str:
        """The kind of the verdict on the text, without what there is to say of it.

        Raises Unread if it cannot be read, or says nothing of what it is to be.
        """
        reading = self.read()
        asked = self.asked or reading.left
        if asked is None or not is_computed(asked, self.scope(self.notation)):
            raise unasked(reading)
        with np.errstate(all="ignore"):
            kinds = [judge(self.question(reading, place, asked)).kind for place in parts(reading, asked)]
        return next((kind for kind in kinds if kind != "right"), "right")

    # Reading

    @property
    def names_l(self) -> bool:
        """Whether the letter l stands in the text as the number of a layer."""
        return LETTER_OF_LAYER.search(plain(self.text).text) is not None

    def read(self, notation: Notation | None = None) -> Reading:
        """The text in a notation, the learner's own if no other is given."""
        notation = notation or self.notation
        if self.asked is None:
            return self.read_by_left(notation)
        asked, depth = self.asked, self.own.architecture.depth
        scope = self.scope(notation, layer_in(asked, notation, depth))
        if asked.layer is None and OUTPUT_OF_LISTS.search(self.text):
            scope = self.scope(notation, depth, shift=1)
        if not self.names_l:
            return read(self.text, scope)
        others = (each for each in self.readings(notation) if isinstance(each, Reading) and each.left == asked)
        try:
            reading = read(self.text, scope)
        except Unread:
            if (other := next(others, None)) is not None:
                return other
            raise
        return reading if reading.left in (None, asked) else next(others, reading)

    def scope(self, notation: Notation, layer: int | None = None, shift: int = 0) -> Namespace:
        return Namespace(self.own.architecture, notation, layer, shift, self.given)

    def read_by_left(self, notation: Notation) -> Reading:
        """The text with the layer that its left side names; the letter l is the lowest layer that has all it names."""
        found: list[Reading | Unread] = []
        for each in self.readings(notation):
            if isinstance(each, Reading) and is_complete(each):
                return each
            found.append(each)
        if isinstance(found[0], Unread):
            raise next((each for each in found if isinstance(each, Unread) and each.key != "entry"), found[0])
        return found[0]

    def readings(self, notation: Notation) -> Iterator[Reading | Unread]:
        """The text without a layer, then with each layer for the letter l, and with lists that start at 0."""
        numbered = range(1, self.own.architecture.depth + 1) if self.names_l else ()
        for layer, shift in ((None, 0), *((layer, 0) for layer in numbered), (None, 1)):
            try:
                yield read(self.text, self.scope(notation, layer, shift))
            except Unread as refusal:
                yield refusal

    # Judging

    def question(self, reading: Reading, place: int, asked: Symbol) -> Question:
        def reread(notation: Notation) -> Reading:
            return one_part(self.read(notation), place)

        return Question(one_part(reading, place), asked, self.own, self.notation, self.own.architecture, reread)

    def shapes(self, reading: Reading) -> tuple[Factor, ...]:
        """The parts of a text with their shapes; what nothing says what it is has none."""
        question = self.question(reading, len(reading.sides) - 1, self.asked or GIVEN)
        with np.errstate(all="ignore"):
            return factors(reading.trees[0], question.shapes, self.wording(reading, question.target))

    def told(self, question: Question) -> Verdict:
        with np.errstate(all="ignore"):
            return verdict(question, self.wording(question.reading, question.target))

    def wording(self, reading: Reading, asked: Symbol) -> Wording:
        return Wording(spelling(self.text, reading.names), self.notation, asked, self.own.known)

    def beginning(self, answer: Verdict, said: Finding, reading: Reading) -> Verdict:
        """A verdict with one more thing said before all others."""
        return replace(
            answer,
            sentences=(self.wording(reading, answer.target).message(said), *answer.sentences),
            findings=(said, *answer.findings),
            causes=tuple(dict.fromkeys((*said.causes, *answer.causes))),
        )


def unasked(reading: Reading) -> Unread:
    """Why a text is not judged that does not say what it should be."""
    if reading.unnamed:
        word = reading.unnamed[0]
        return Unread("own left", text=in_quotes(word), span=reading.sides[0].span, unknown=(word,))
    return Unread("no target")


def layer_in(asked: Symbol, notation: Notation, depth: int) -> int:
    """The value of the letter l where an array is asked for, counted from the notation's first layer."""
    return depth if asked.layer is None else notation.number(asked) - notation.first_layer


def is_complete(reading: Reading) -> bool:
    """Whether the network has everything that a text names."""
    trees = [tree for side in reading.sides for tree in side.trees]
    named = {node for tree in trees for node in walk(tree) if isinstance(node, Symbol)}
    left = {reading.left} if reading.left is not None else set()
    return all(map(reading.names.has, named | left))


def parts(reading: Reading, asked: Symbol) -> list[int]:
    """The places of the equal parts that are to be judged: all that are not but the name of what is asked for."""
    places = [place for place, side in enumerate(reading.sides) if side.trees]
    others = [place for place in places if reading.sides[place].symbol != asked]
    return others or places[-1:]


def one_part(reading: Reading, place: int) -> Reading:
    """A line of one part, with its left side."""
    left = reading.sides[:1] if len(reading.sides) > 1 else ()
    return replace(reading, sides=(*left, reading.sides[place]))
