"""The verdict on a text: that on its update, or on the first of its equal parts that is not right."""

from __future__ import annotations

import re
from dataclasses import replace

from ...maths.expressions import Symbol
from ..notation import Notation
from .asked import is_computed, name_of
from .findings import finding
from .inquiry import Inquiry, parts, unasked
from .judge import judge
from .question import Question
from .reading import Reading, Unread
from .switches import changed, renumbered
from .updates import of_gradient, update_in
from .verdict import Suggestion, Verdict
from .ways import RIGHT


def verdict(inquiry: Inquiry) -> Verdict:
    """What there is to say of a text.

    Raises Unread if it is not in the grammar, or says nothing of what it is to be.
    """
    return of_update(inquiry) or of_line(inquiry)


def of_update(inquiry: Inquiry) -> Verdict | None:
    """The verdict on the gradient in an update, if the text is one."""
    if (there := update_in(inquiry)) is None:
        return None
    answer, reading = of_gradient(*there), there[1]
    if answer.kind == "right" and (other := of_others(inquiry, reading)) is not None:
        return other
    if inquiry.asked in (None, answer.target):
        return answer
    said = finding("left side", "wrong target", named=reading.left)
    return inquiry.beginning(replace(answer, kind="wrong", target=inquiry.asked), said, reading)


def of_line(inquiry: Inquiry) -> Verdict:
    """The verdict on the first of the equal parts of a line that is not right."""
    reading, scope = inquiry.read(), inquiry.scope(inquiry.notation)
    asked = inquiry.asked or reading.left
    if asked is None:
        raise unasked(reading)
    if not scope.has(asked):
        return of_absent(inquiry, reading, asked)
    if not is_computed(asked, scope):
        raise Unread("given", text=inquiry.text[slice(*reading.sides[0].span)], span=reading.sides[0].span)
    places = parts(reading, asked)
    judged = tuple(of_part(inquiry, reading, place, asked) for place in places)
    return first_wrong(inquiry, reading, places, judged)


def first_wrong(inquiry: Inquiry, reading: Reading, places: list[int], judged: tuple[Verdict, ...]) -> Verdict:
    """The verdict on the first part that is not right, or on the first further formula that is not."""
    wrong = [each for each in judged if each.kind != "right"]
    wrong = [each for each in wrong if not any(said.key in RIGHT for said in each.findings)] or wrong
    if not wrong and (other := of_others(inquiry, reading)) is not None:
        return other
    if len(judged) == 1:
        return judged[0]
    if not wrong:
        return replace(judged[-1], sides=judged)
    said = finding("part", part=reading.sides[places[judged.index(wrong[0])]].trees[0])
    return replace(inquiry.beginning(wrong[0], said, reading), sides=judged)


def of_others(inquiry: Inquiry, reading: Reading) -> Verdict | None:
    """The verdict on the first further formula of the text that is not right."""
    meant = [inquiry.text[slice(*span)] for span in reading.meant]
    texts = ("\n".join((*meant, inquiry.text[slice(*span)])) for span in reading.others)
    verdicts = (verdict(replace(inquiry, text=text, asked=None)) for text in texts)
    return next((each for each in verdicts if each.kind != "right"), None)


def of_part(inquiry: Inquiry, reading: Reading, place: int, asked: Symbol) -> Verdict:
    """The verdict on one of the equal parts."""
    question = inquiry.question(reading, place, asked)
    answer = inquiry.told(question)
    if may_be_layer(inquiry, answer, reading):
        return with_layer(inquiry, answer, reading)
    left = reading.left
    of_the_cost = asked.name == "cost" and left == Symbol("losses")
    if left in (None, asked) or of_the_cost or inquiry.notation in answer.conventions:
        return answer
    assert left is not None
    if not is_computed(left, reading.names) or is_right_elsewhere(inquiry, reading, asked):
        return answer
    return about_left(inquiry, question, inquiry.told(replace(question, target=left)))


def is_right_elsewhere(inquiry: Inquiry, reading: Reading, asked: Symbol) -> bool:
    """Whether one of the equal parts is what is asked for, so that the left side alone says something else."""
    places = parts(reading, asked) if len(reading.sides) > 2 else []
    return any(judge(inquiry.question(reading, place, asked)).way in RIGHT for place in places)


def about_left(inquiry: Inquiry, question: Question, answer: Verdict) -> Verdict:
    """What is said of what the left side names, where the target is another."""
    said = finding("left side", "wrong target", named=question.reading.left)
    kind = answer.kind if answer.kind == "shape" else "wrong"
    return inquiry.beginning(replace(answer, kind=kind, target=question.target), said, question.reading)


def of_absent(inquiry: Inquiry, reading: Reading, asked: Symbol) -> Verdict:
    """The verdict on a left side that this network does not have, unless another notation counts otherwise."""
    absent = finding("absent left", "absent", "wrong layer", named=asked)
    answer = inquiry.beginning(Verdict("wrong", (), asked), absent, reading)
    own = inquiry.notation
    changes = next((changed(own, each) for each in renumbered(own) if right_in(inquiry, each)), {})
    if not changes:
        return answer
    said = finding("convention", "convention", nearest=changes)
    return replace(
        answer,
        sentences=(*answer.sentences, inquiry.wording(reading, asked).message(said)),
        findings=(*answer.findings, said),
        causes=(*answer.causes, "convention"),
        switches=changes,
    )


def right_in(inquiry: Inquiry, notation: Notation) -> bool:
    """Whether the text is right in a notation in which the network has its left side."""
    there = replace(inquiry, notation=notation)
    try:
        left = there.read().left
        return left is not None and there.scope(notation).has(left) and verdict(there).kind == "right"
    except Unread:
        return False


def may_be_layer(inquiry: Inquiry, answer: Verdict, reading: Reading) -> bool:
    """Whether a wrong formula says l2 in a network without a penalty, where it may be the output of layer 2."""
    own = inquiry.own.architecture
    return answer.kind in ("wrong", "shape") and not own.l2 and own.depth > 1 and "l2" in reading.names.words


def with_layer(inquiry: Inquiry, answer: Verdict, reading: Reading) -> Verdict:
    """What is said of the same formula with the output of layer 2 for l2."""
    meant = Symbol("A", 2 - inquiry.notation.first_layer)
    text = re.sub(r"(?<!\w)l2(?!\w)", name_of(meant, inquiry.notation), inquiry.text)
    if text == inquiry.text:  # the λ of maths, not code's l2
        return answer
    try:
        there = verdict(replace(inquiry, text=text))
    except Unread:
        return answer
    said = finding("penalty", new=meant)
    if there.kind != "right":
        explains = bool(there.causes) and not answer.causes
        return inquiry.beginning(there, said, reading) if explains else answer
    found = Suggestion(text.partition("=")[2].strip() or text, True)
    return inquiry.beginning(replace(answer, suggestions=(found,), sentences=(), findings=()), said, reading)
