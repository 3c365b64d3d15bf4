"""An update such as W2 -= lr * dW2, which is judged by the gradient that stands in it."""

from __future__ import annotations

import re
from dataclasses import replace

from ...maths import expressions as ex
from ...maths.expressions import Expression, Symbol
from ...maths.symbols import SLOPES, Role, named
from .findings import finding
from .inquiry import Inquiry
from .reading import Reading, Side, Unread
from .scalings import ONE, negated, somewhere
from .verdict import Verdict

RATE = Symbol("eta")
RATES = dict.fromkeys(
    "lr eta η learning_rate learningrate alpha α rate step step_size stepsize epsilon ε".split(), RATE
)
"""What people call the learning rate, which nothing else here is called."""

WORD = re.compile(r"\w+")


OF_PARAMETERS = re.compile(r"(?:^|[\n;])[^=<\n;]*(?:[WwbθΘ]|heta)")
"""The beginning of a line that may be an update."""


def update_in(inquiry: Inquiry) -> tuple[Inquiry, Reading] | None:
    """A text as an update: with names of the learning rate, and as it is read with them; None if it is none."""
    if not OF_PARAMETERS.search(inquiry.text):
        return None
    there = replace(inquiry, asked=None, given={**RATES, **inquiry.given})
    try:
        reading = there.read()
    except Unread:
        return None
    return (there, reading) if is_update(reading) else None


def of_gradient(inquiry: Inquiry, reading: Reading) -> Verdict:
    """The verdict on the gradient in an update, with whole updates as suggestions."""
    assert reading.left is not None
    asked = Symbol(SLOPES[reading.left.name], reading.left.layer)
    return told_of_update(alone(inquiry, reading, asked), reading, inquiry.text)


def alone(inquiry: Inquiry, reading: Reading, asked: Symbol) -> Verdict:
    """The verdict on a gradient alone, with what its sign means in an update."""
    line = only_gradient(reading)
    if (uphill := is_named(line, asked)) is not None:
        found = [finding("update"), finding("ascent", "sign") if uphill else finding("descent")]
        messages = tuple(map(inquiry.wording(reading, asked).message, found))
        return Verdict(
            "wrong" if uphill else "right", messages, asked, causes=("sign",) * uphill, findings=tuple(found)
        )
    question = replace(inquiry.question(line, 0, asked), reread=lambda notation: only_gradient(inquiry.read(notation)))
    answer = inquiry.told(question)
    if "sign" in answer.causes:
        answer = inquiry.beginning(answer, finding("ascent", "sign"), reading)
    return inquiry.beginning(answer, finding("update"), reading)


def is_update(reading: Reading) -> bool:
    """Whether a line gives new parameters, from the old ones."""
    left = reading.left
    return left is not None and left.name in named(Role.PARAMETER) and gradient_in(reading) is not None


def gradient_in(reading: Reading) -> Expression | None:
    """The gradient in an update: what is taken away from the parameters, without the learning rate."""
    tree, left = reading.trees[0], reading.left
    match reading.sign, tree:
        case "-", _:
            step = tree
        case "+", _:
            step = negated(tree)
        case _, ex.Subtract(first, step) if first == left:
            pass
        case (_, ex.Add(first, second)) | (_, ex.Add(second, first)) if first == left:
            step = negated(second)
        case _:
            return None
    return without_rate(step)


def without_rate(step: Expression) -> Expression:
    """A step without its learning rate, or without the number that it begins with."""
    found = somewhere(step, lambda node: ONE if node == RATE else None)
    if found is None:
        found = somewhere(step, lambda node: ONE if isinstance(node, ex.Number) else None)
    return step if found is None else found


def only_gradient(reading: Reading) -> Reading:
    """The gradient in an update as a line of its own."""
    tree = gradient_in(reading)
    sides = reading.sides[-1:] if tree is None else (Side(None, (tree,), reading.sides[-1].span),)
    return replace(reading, sides=sides, sign="")


def is_named(alone: Reading, asked: Symbol) -> bool | None:
    """Whether a gradient that is only named is gone along; None if it is not only named."""
    return {asked: False, ex.Negate(asked): True}.get(alone.trees[0])


def told_of_update(answer: Verdict, reading: Reading, text: str) -> Verdict:
    """The verdict on the gradient with whole updates as suggestions; of a mere ascent nothing else is said."""
    only_sign = set(answer.causes) == {"sign"}
    kept = [k for k, each in enumerate(answer.findings) if not only_sign or each.key in ("update", "ascent")]
    return replace(
        answer,
        suggestions=tuple(replace(each, text=as_update(each.text, reading, text)) for each in answer.suggestions),
        sentences=tuple(answer.sentences[k] for k in kept),
        findings=tuple(answer.findings[k] for k in kept),
    )


def as_update(gradient: str, reading: Reading, text: str) -> str:
    """An update by another gradient, with the names that the learner has."""
    left = text[slice(*reading.sides[0].span)].strip()
    rate = next((word for word in WORD.findall(text) if word in RATES), "lr")
    step = f"({gradient})" if re.search(r" [+-] ", gradient) else gradient
    return f"{left} -= {rate} * {step}" if reading.sign else f"{left} = {left} - {rate} * {step}"
