"""How each kind of question is asked: what can be answered, what is right, and what is amiss with the rest."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from ..derivation import choices
from ..derivation.checker import Verdict, check_formula
from ..derivation.checker.asked import name_of
from ..derivation.checker.findings import cause_sentence
from ..derivation.choices import OPTIONS, SIGNS
from ..derivation.printing.text import spoken
from ..derivation.view import View
from ..maths.messages import N_, Message, Refusal, verbatim
from .asking import Asking
from .question import Option, Posed

RIGHT, UNREAD, OTHER = "right", "unread", "other"
"""The keys of answers that no mistake names."""


def ask_sign(asking: Asking) -> Posed:
    """Negative, zero or positive; what a wrong one comes of is a mistake that gives it, or what holds for it."""
    due = SIGNS[int(np.sign(asking.value)) + 1]
    outcomes = [pair for pair in asking.outcomes() if pair[1].key != "sign"]  # that one says nothing of why
    made = {SIGNS[int(np.sign(value)) + 1]: slip for value, slip in reversed(outcomes)}

    def cause(sign: str) -> Message:
        if sign in made:
            return Message(choices.COMES_OF, given=sign, cause=Message(made[sign].sentence))
        if sign == "0":
            return Message("It would be 0 only if its terms cancelled, or if each had a factor 0.")
        return Message("Its terms add up to {value}.", value=asking.number(asking.value))

    options = (Option(sign, verbatim(sign), cause=None if sign == due else cause(sign)) for sign in SIGNS)
    return asking.of_entry(choices.QUESTIONS["sign"], options)


def ask_number(asking: Asking) -> Posed:
    """The number of an entry among those of mistakes and of other entries, by their size."""
    due = asking.value
    options = {asking.number(due): (due, Option(RIGHT, verbatim(asking.number(due))))}
    for value, slip in asking.outcomes():
        add(options, asking, value, slip.key, Message(choices.COMES_OF, cause=Message(slip.sentence), given=""))
    for place in np.ndindex(asking.values.shape):
        key = f"entry {place[0]} {place[1]}"
        if np.isfinite(asking.values[place]):
            cause = Message(choices.IS_ENTRY, name=asking.entry_text(place), given="")
            add(options, asking, float(asking.values[place]), key, cause)
    return asking.of_entry(
        choices.QUESTIONS["number"], (option for _value, option in sorted(options.values(), key=lambda pair: pair[0]))
    )


def add(options: dict[str, tuple[float, Option]], asking: Asking, value: float, key: str, cause: Message) -> None:
    """One more number to choose, unless one looks like it or there are enough."""
    text = asking.number(value)
    keys = [option.key for _value, option in options.values()]
    if text not in options and key not in keys and len(options) < OPTIONS:
        told = cause.with_details({**cause.details, "given": text})
        options[text] = value, Option(key, verbatim(text), cause=told)


def ask_shape(asking: Asking) -> Posed:
    """The shape of an array among its transpose's and those of what it is made of."""
    parts = choices.shapes_asked(asking.symbol, asking.formula, asking.view)
    options = asking.turned(shape_option(part, asking.view) for part in parts)
    return asking.of_array(choices.QUESTIONS["shape"], options)


def shape_option(part: choices.SizedPart, view: View) -> Option:
    text = " × ".join(map(str, part.size))
    if part.symbol is None:
        return Option(text, verbatim(text))
    template = choices.SHAPE_OF_TRANSPOSE if part.turned else choices.SHAPE_OF
    return Option(text, verbatim(text), cause=Message(template, given=text, name=spoken(part.symbol, view)))


def ask_which(asking: Asking) -> Posed:
    """The formula of an array among those with one mistake."""
    right = choices.formula_latex(asking.formula, asking.view)
    found = {right: Option(RIGHT, choices.formula_aloud(asking.formula, asking.view))}
    for slip in asking.slips:
        text, keys = choices.formula_latex(slip.formula, asking.view), [option.key for option in found.values()]
        is_meant = not asking.ask.mistakes or slip.key in asking.ask.mistakes
        if is_meant and text not in found and slip.key not in keys and len(found) < OPTIONS:
            spelled = choices.formula_aloud(slip.formula, asking.view)
            found[text] = Option(slip.key, spelled, cause=Message(slip.sentence))
    options = asking.turned(replace(option, latex=text) for text, option in found.items())
    return asking.of_array(choices.QUESTIONS["formula"], options)


def ask_cell(asking: Asking) -> Posed:
    """Which entry of an array it is that is the largest, say."""
    measure, sentence = ENTRIES[asking.ask.by]
    values = {place: float(asking.values[place]) for place in np.ndindex(asking.values.shape)}
    if len(values) > MOST_CELLS or not np.isfinite(asking.values).all():
        raise Refusal("{array} has too many entries to choose from, or one that is not finite.", array=asking.ask.of)
    due = max(values, key=lambda place: measure(values[place]))
    if sum(measure(value) == measure(values[due]) for value in values.values()) > 1:
        raise Refusal("Two entries are alike here, so there is no single right answer: change a number.")
    return asking.of_array(sentence, (cell_option(asking, place, due) for place in values))


MOST_CELLS = 12


def cell_option(asking: Asking, place: tuple[int, int], due: tuple[int, int]) -> Option:
    details = {
        "name": asking.entry_text(place),
        "value": asking.number(float(asking.values[place])),
        "other": asking.entry_text(due),
        "due": asking.number(float(asking.values[due])),
    }
    cause = None if place == due else Message("{name} is {value}, and {other} is {due}.", **details)
    return Option(f"{place[0]} {place[1]}", asking.entry_text(place), asking.entry_latex(place), cause)


ENTRIES: dict[str, tuple[Callable[[float], float], str]] = {
    "size": (abs, N_("Which entry of {name} is the largest, whatever its sign?")),
    "least": (lambda value: -value, N_("Which entry of {name} is the smallest, the most negative one?")),
    "greatest": (lambda value: value, N_("Which entry of {name} is the greatest?")),
}
"""How entries are compared, and what is asked then."""


def ask_formula(asking: Asking) -> Posed:
    """A formula to be written, which the checker judges."""
    trace = asking.update.trace
    target = name_of(asking.step.equation.target, asking.view.notation)
    parameters, X, Y = trace.parameters, trace.A[0], trace.Y

    def judged(text: str) -> Option:
        return answer_of(check_formula(text, target, None, asking.view.notation, parameters, X, Y))

    return asking.of_array(N_("Write a formula for {name}."), (), judged)


def answer_of(verdict: Verdict) -> Option:
    """A verdict as an answer: right, not read, or the first of its causes; the learner's text is not in it."""
    if verdict.kind == "right":
        return Option(RIGHT, Message("right"))
    if verdict.kind == "refused":
        return Option(UNREAD, Message("not read"), cause=Message("It could not be read as a formula."))
    cause = verdict.causes[0] if verdict.causes else OTHER
    return Option(cause, Message(cause_sentence(cause)), cause=Message(cause_sentence(cause)))


KINDS: dict[str, Callable[[Asking], Posed]] = {
    "sign": ask_sign,
    "number": ask_number,
    "shape": ask_shape,
    "cell": ask_cell,
    "which": ask_which,
    "formula": ask_formula,
}
"""The kinds of questions, each with how it is posed."""
