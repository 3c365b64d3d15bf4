"""A text with what it is asked to be: what its left side says, each of its equal parts, and the first that is wrong."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from ...maths.expressions import Symbol, walk
from ..notation import Notation
from .asked import GIVEN, is_computed, name_of
from .findings import Finding, finding
from .judge import RIGHT, judge
from .judged import verdict
from .networks import Own
from .question import Question
from .reading import Reading, Unread, read
from .reading.characters import plain
from .reading.names import Namespace
from .reading.spelling import spelling
from .switches import changed, renumbered
from .updates import RATES, is_named, is_update, moved, only_gradient, told_of_update
from .verdict import Factor, Suggestion, Verdict
from .wording import Wording, factors

LETTER_OF_LAYER = re.compile(r"(?<![^\W\d_])(?:l|ℓ|\\ell)(?![^\W\d_])")
"""The letter l, alone: the number of a layer."""

OF_PARAMETERS = re.compile(r"(?:^|[\n;])[^=<\n;]*[WwbθΘ]")
"""The beginning of a line that may be an update."""


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

    def verdict(self) -> Verdict:
        """The verdict on the text: that on the first of its equal parts which is not right.

        Raises Unread if it is not in the grammar, or says nothing of what it is to be.
        """
        if (update := self.update()) is not None:
            return update
        reading = self.read()
        asked = self.asked or reading.left
        if asked is None:
            raise unasked(reading)
        if not self.scope(self.notation).has(asked):
            return self.elsewhere(asked)
        if not is_computed(asked, self.scope(self.notation)):
            raise Unread("given", text=self.text[slice(*reading.sides[0].span)], span=reading.sides[0].span)
        judged = tuple(self.part(reading, place, asked) for place in parts(reading, asked))
        wrong = [each for each in judged if each.kind != "right"]
        wrong = [each for each in wrong if not any(said.key in RIGHT for said in each.findings)] or wrong
        if not wrong and (other := self.elsewhere_wrong(reading)) is not None:
            return other
        if len(judged) == 1:
            return judged[0]
        if not wrong:
            return replace(judged[-1], sides=judged)
        place = parts(reading, asked)[judged.index(wrong[0])]
        said = finding("part", part=reading.sides[place].trees[0])
        return replace(self.beginning(wrong[0], said, reading), sides=judged)

    def elsewhere_wrong(self, reading: Reading) -> Verdict | None:
        """The verdict on the first further formula of the text that is not right."""
        meant = [self.text[slice(*span)] for span in reading.meant]
        texts = ("\n".join((*meant, self.text[slice(*span)])) for span in reading.others)
        verdicts = (replace(self, text=text, asked=None).verdict() for text in texts)
        return next((each for each in verdicts if each.kind != "right"), None)

    def kind(self) -> str:
        """The kind of the verdict on the text, without what there is to say of it.

        Raises Unread as ``verdict`` does.
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

    def update(self) -> Verdict | None:
        """The verdict on the gradient in an update, if the text is one."""
        if not OF_PARAMETERS.search(self.text):
            return None
        there = replace(self, asked=None, given={**RATES, **self.given})
        try:
            reading = there.read()
        except Unread:
            return None
        if not is_update(reading) or reading.left is None:
            return None
        answer = told_of_update(there.gradient(reading, moved(reading.left)), reading, self.text)
        if answer.kind == "right" and (other := self.elsewhere_wrong(reading)) is not None:
            return other
        if self.asked in (None, answer.target):
            return answer
        said = finding("left side", "wrong target", named=reading.left)
        return self.beginning(replace(answer, kind="wrong", target=self.asked), said, reading)

    def gradient(self, reading: Reading, asked: Symbol) -> Verdict:
        """The verdict on the gradient in an update."""
        alone = only_gradient(reading)
        if (uphill := is_named(alone, asked)) is not None:
            found = [finding("update"), finding("ascent", "sign") if uphill else finding("descent")]
            messages = tuple(map(self.wording(reading, asked).message, found))
            return Verdict(
                "wrong" if uphill else "right", messages, asked, causes=("sign",) * uphill, findings=tuple(found)
            )
        question = replace(self.question(alone, 0, asked), reread=lambda notation: only_gradient(self.read(notation)))
        answer = self.told(question)
        if "sign" in answer.causes:
            answer = self.beginning(answer, finding("ascent", "sign"), reading)
        return self.beginning(answer, finding("update"), reading)

    def part(self, reading: Reading, place: int, asked: Symbol) -> Verdict:
        """The verdict on one of the equal parts."""
        question = self.question(reading, place, asked)
        answer = self.told(question)
        if self.takes_penalty(answer, reading):
            return self.without_penalty(answer, reading)
        left = reading.left
        of_the_cost = asked.name == "cost" and left == Symbol("losses")
        if left in (None, asked) or of_the_cost or self.notation in answer.conventions:
            return answer
        assert left is not None
        if not is_computed(left, reading.names) or self.is_right_elsewhere(reading, asked):
            return answer
        return self.about_left(question, self.told(replace(question, target=left)))

    def is_right_elsewhere(self, reading: Reading, asked: Symbol) -> bool:
        """Whether one of the equal parts is what is asked for, so that the left side alone says something else."""
        places = parts(reading, asked) if len(reading.sides) > 2 else []
        return any(judge(self.question(reading, place, asked)).way in RIGHT for place in places)

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

    def takes_penalty(self, answer: Verdict, reading: Reading) -> bool:
        """Whether a wrong formula says l2 in a network without a penalty, where it may be the output of layer 2."""
        own = self.own.architecture
        return answer.kind in ("wrong", "shape") and not own.l2 and own.depth > 1 and "l2" in reading.names.words

    def without_penalty(self, answer: Verdict, reading: Reading) -> Verdict:
        """What is said of the same formula with the output of layer 2 for l2."""
        meant = Symbol("A", 2 - self.notation.first_layer)
        text = re.sub(r"(?<!\w)l2(?!\w)", name_of(meant, self.notation), self.text)
        if text == self.text:  # the λ of maths, not code's l2
            return answer
        try:
            there = replace(self, text=text).verdict()
        except Unread:
            return answer
        said = finding("penalty", new=meant)
        if there.kind != "right":
            explains = bool(there.causes) and not answer.causes
            return self.beginning(there, said, reading) if explains else answer
        found = Suggestion(text.partition("=")[2].strip() or text, True)
        return self.beginning(replace(answer, suggestions=(found,), sentences=(), findings=()), said, reading)

    def about_left(self, question: Question, answer: Verdict) -> Verdict:
        """What is said of what the left side names, where the target is another."""
        said = finding("left side", "wrong target", named=question.reading.left)
        kind = answer.kind if answer.kind == "shape" else "wrong"
        return self.beginning(replace(answer, kind=kind, target=question.target), said, question.reading)

    def beginning(self, answer: Verdict, said: Finding, reading: Reading) -> Verdict:
        """A verdict with one more thing said before all others."""
        return replace(
            answer,
            sentences=(self.wording(reading, answer.target).message(said), *answer.sentences),
            findings=(said, *answer.findings),
            causes=tuple(dict.fromkeys((*said.causes, *answer.causes))),
        )

    def elsewhere(self, asked: Symbol) -> Verdict:
        """The verdict on a left side that this network does not have, unless another notation counts otherwise."""
        absent = finding("absent left", "absent", "wrong layer", named=asked)
        reading = self.read()
        answer = self.beginning(Verdict("wrong", (), asked), absent, reading)
        changes = next((changed(self.notation, each) for each in renumbered(self.notation) if self.right_in(each)), {})
        if not changes:
            return answer
        said = finding("convention", "convention", nearest=changes)
        return replace(
            answer,
            sentences=(*answer.sentences, self.wording(reading, asked).message(said)),
            findings=(*answer.findings, said),
            causes=(*answer.causes, "convention"),
            switches=changes,
        )

    def right_in(self, notation: Notation) -> bool:
        """Whether the text is right in a notation in which the network has its left side."""
        there = replace(self, notation=notation)
        try:
            left = there.read().left
            return left is not None and there.scope(notation).has(left) and there.verdict().kind == "right"
        except Unread:
            return False


def unasked(reading: Reading) -> Unread:
    """Why a text is not judged that does not say what it should be."""
    if reading.unnamed:
        word = reading.unnamed[0]
        return Unread("own left", text=f"“{word}”", span=reading.sides[0].span, unknown=(word,))
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
