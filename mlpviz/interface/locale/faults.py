"""What is wrong with a catalogue, so that no page shows it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from string import Formatter

from babel.messages.catalog import Catalog, Message

from .books import compiled, key, path, read, texts
from .extraction import Found

FORMULA = re.compile(r"\$[^$]+\$")

VERBATIM = re.compile(r"\$[^$]+\$|`[^`]+`|</?\w+[^>]*>|:material/\w+:|https?://[\w./%?=&#-]+|\*\*")
"""What every language writes alike: formulas, code, markup, addresses."""


def faults(language: str, found: Iterable[Found]) -> Iterator[str]:
    """What is wrong with the catalogue of a language, a line each; nothing, if it is ready."""
    catalog, wanted = read(language), {(each.ids, each.context) for each in found}
    said = {key(message): message for message in catalog if message.id}
    yield from (f"not in the catalogue: {ids[0]!r}" for ids, _context in sorted(wanted - set(said), key=str))
    yield from (f"no longer said: {ids[0]!r}" for ids, _context in sorted(set(said) - wanted, key=str))
    for message in said.values():
        yield from (f"{fault}: {texts(message.id)[0]!r}" for fault in of_message(message))
    if not path(language, ".mo").exists() or strings(compiled(language)) != strings(catalog):
        yield "the .mo is not what the .po says: compile it"


def of_message(message: Message) -> Iterator[str]:
    """What is wrong with one translation."""
    forms = texts(message.string)
    if message.fuzzy:
        yield "fuzzy"
    if not all(forms):
        yield "not translated"
        return
    for form in forms:
        try:
            yield from of_form(texts(message.id), form, len(forms))
        except ValueError as error:
            yield f"braces that do not close ({error})"


def of_form(english: tuple[str, ...], form: str, forms: int = 1) -> Iterator[str]:
    """What is wrong with one of so many forms of a translation; of several, one may do without what a singular lacks.

    Raises ValueError if its braces do not close.
    """
    said, known = english[-1], places(english[-1])
    lost = (known & places(english[0]) if forms > 1 else known) - places(form)
    made = places(form) - known
    if lost or made:
        yield f"places {sorted(lost)} are missing, {sorted(made)} are no places"
    if Counter(VERBATIM.findall(said)) != Counter(VERBATIM.findall(form)):
        yield f"{VERBATIM.findall(said)} must stay as written"
    if form != form.strip() and said == said.strip():  # the other way round a language may set none
        yield "a space at the start or the end"


def places(text: str) -> set[str]:
    """What is filled in, as it stands in its braces; a capital letter (``!c``) is not every language's.

    The braces of a formula between dollars are LaTeX's.
    """
    parsed = Formatter().parse(FORMULA.sub("", text))
    fields = [(name, form, conversion) for _text, name, form, conversion in parsed if name is not None]
    return {name + f"!{how}" * (how not in (None, "c")) + f":{form}" * bool(form) for name, form, how in fields}


def strings(catalog: Catalog) -> dict[object, tuple[str, ...]]:
    """What a catalogue says, by message, where it says anything."""
    said = [message for message in catalog if message.id and not message.fuzzy]
    return {key(message): texts(message.string) for message in said if all(texts(message.string))}
