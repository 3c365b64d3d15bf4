"""What there is to say of a text that cannot be read: what its own names may be, and what may have been meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace

from ...maths.symbols import COMPUTED
from .asked import name_of
from .candidates import candidates, equal_arrays, placed
from .inquiry import Inquiry
from .reading import Unread
from .reading.lexer import OPENING
from .verdict import NOTHING, Suggestion, Verdict

LONGEST, MOST_REWRITTEN, MOST_TRIED = 300, 4, 12
"""The longest text that is rewritten, most of the rewritten ones that are shown, and most that are tried."""

MOST_FACTORS = 24
"""Most parts of a text that are shown with their shapes."""

DOUBLED = re.compile(r"=\s*=")
CALLED = re.compile(r"[\w.]+\s*\((?:([\w.\[\]]+)\))?")
"""The name of a function with its opening bracket, or with all of its brackets if there is but a name in them."""

TRAILING = re.compile(r"[\s+*/@=.,;:⊙∘·−-]+$")


def refused(inquiry: Inquiry, refusal: Unread) -> Verdict:
    """The verdict on a text that is not in the grammar."""
    unknown = refusal.unknown
    candidate = candidates(inquiry, unknown) if unknown else {}
    if refusal.key == "own left":
        candidate = {unknown[0]: left_candidates(inquiry)}
    verdict = Verdict(
        "refused",
        (refusal.message,),
        inquiry.asked or NOTHING,
        causes=(refusal.key,),
        place=refusal.span,
        rewritten=rewritten(inquiry, refusal, candidate),
        unknown=unknown,
        candidates=candidate,
    )
    return understood(inquiry, verdict) if refusal.key == "name" else verdict


def understood(inquiry: Inquiry, verdict: Verdict) -> Verdict:
    """A verdict on a text with names of the learner's own, with the shapes of all that is known."""
    there = replace(inquiry, given={**inquiry.given, **placed(verdict.unknown)})
    try:
        reading = there.read()
    except Unread:
        return verdict
    return replace(verdict, factors=there.shapes(reading)[:MOST_FACTORS])


def left_candidates(inquiry: Inquiry) -> tuple[str, ...]:
    """The arrays that a line gives whose left side is a name of the learner's own."""
    found = equal_arrays(inquiry, inquiry.read())
    return tuple(name_of(each, inquiry.notation) for each in found if each.name in COMPUTED)


def rewritten(inquiry: Inquiry, refusal: Unread, candidate: Mapping[str, tuple[str, ...]]) -> tuple[Suggestion, ...]:
    """The text as it may have been meant, the right ones first."""
    if len(inquiry.text) > LONGEST:
        return ()
    found: dict[str, bool] = {}
    for text in [*named(inquiry.text, candidate), *mended(inquiry, refusal)][:MOST_TRIED]:
        if text not in found and text != inquiry.text and (kind := judged(inquiry, text)) != "refused":
            found[text] = kind == "right"
    texts = sorted(found, key=lambda text: not found[text])[:MOST_REWRITTEN]
    return tuple(Suggestion(text, found[text]) for text in texts)


def judged(inquiry: Inquiry, text: str) -> str:
    """The kind of verdict that another text would get."""
    try:
        return replace(inquiry, text=text).kind()
    except Unread:
        return "refused"


def named(text: str, candidate: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    """The text with an array in the place of one name, and with the likeliest arrays in the place of all."""
    if len(candidate) > 1 and all(candidate.values()):
        yield in_place(text, {word: names[0] for word, names in candidate.items()})
    if len(candidate) == 1:
        ((word, names),) = candidate.items()
        yield from (in_place(text, {word: name}) for name in names[:MOST_REWRITTEN])


def in_place(text: str, names: Mapping[str, str]) -> str:
    """The text with other words in the place of some."""
    words = "|".join(map(re.escape, sorted(names, key=len, reverse=True)))
    return re.sub(rf"(?<![\w\\])(?:{words})(?!\w)", lambda match: names[match[0]], text)


def mended(inquiry: Inquiry, refusal: Unread) -> Iterator[str]:
    """The text with the fault taken away: a bracket closed or left out, a layer or left side added."""
    text, span = inquiry.text, refusal.span
    match refusal.key:
        case "open":
            yield text + "".join(reversed(waiting(text)))
        case "missing":
            yield DOUBLED.sub("=", text)
            yield TRAILING.sub("", text)
        case "call" if span is not None and (name := CALLED.match(text, span[0])) is not None:
            yield text[: name.start()] + (name[1] or "(") + text[name.end() :]
        case "no target":
            yield from (f"{name} = {text}" for name in left_candidates(inquiry))
        case "layer" if span is not None:
            layers = range(inquiry.notation.first_layer, inquiry.own.architecture.depth + 2)
            yield from (f"{text[: span[1]]}[{layer}]{text[span[1] :]}" for layer in layers)
    if span is not None and refusal.key == "comma":
        yield text[: span[0]]
    if span is not None and refusal.key in ("closed", "unexpected", "comma", "character", "missing"):
        yield f"{text[: span[0]].rstrip()} {text[span[1] :].lstrip()}".strip()


def waiting(text: str) -> list[str]:
    """The brackets that are to be closed at the end of a text."""
    open_brackets: list[str] = []
    for character in text:
        if character in OPENING:
            open_brackets.append(OPENING[character])
        elif open_brackets and character == open_brackets[-1]:
            open_brackets.pop()
    return open_brackets
