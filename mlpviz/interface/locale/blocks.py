"""Many translations at once: what is still to be said as lines of text, and such lines taken back into a catalogue."""

from __future__ import annotations

from base64 import b32encode
from collections.abc import Iterable, Iterator
from hashlib import blake2b

from babel.messages.catalog import Catalog, Message

from .books import Book, key, texts
from .faults import of_form

FORMS = " ‖ "
"""Between the singular and the plural of a message."""

LINE = "⏎"
"""A line's end inside a message."""


def name(message: Message) -> str:
    """Six letters and digits that stand for a message, wherever it moves."""
    return b32encode(blake2b(repr(key(message)).encode(), digest_size=5).digest()).decode()[:6].lower()


def untold(catalog: Catalog, count: int) -> Iterator[str]:
    """The first messages without a translation, file by file: name, tab, English, and its context if it has one."""
    file, left = "", [each for each in catalog if each.id and not all(texts(each.string))]
    for message in left[:count]:
        if message.locations and message.locations[0][0] != file:
            file = message.locations[0][0]
            yield f"# {file}"
        context = f"\t({message.context})" if message.context else ""
        yield f"{name(message)}\t{shown(FORMS.join(texts(message.id)))}{context}"


def take(book: Book, lines: Iterable[str]) -> Iterator[str]:
    """Put lines of name, tab and translation into a catalogue; what of them cannot be taken, and why."""
    by_name = {name(message): message for message in book if message.id}
    for line in lines:
        if not line.strip() or line.startswith("#"):
            continue
        which, _tab, text = line.rstrip("\n").partition("\t")
        if (message := by_name.get(which.strip())) is None or not text.strip():
            yield f"no such message or no translation: {line.strip()}"
        elif problem := said(message, text.replace(LINE, "\n"), book.num_plurals):
            yield f"{problem}: {line.strip()}"


def said(message: Message, text: str, forms: int) -> str:
    """Let a message be translated by a text; why not, if it cannot."""
    parts = text.split(FORMS) if isinstance(message.id, tuple) else [text]
    if isinstance(message.id, tuple) and len(parts) != forms:
        return f"{forms} forms are wanted, with {FORMS.strip()} between them"
    try:
        problems = [problem for part in parts for problem in of_form(texts(message.id), part, len(parts))]
    except ValueError as error:
        problems = [str(error)]
    if not problems:
        message.string = tuple(parts) if isinstance(message.id, tuple) else text
        message.flags.discard("fuzzy")
    return "; ".join(problems)


def shown(text: str) -> str:
    """A text on one line."""
    return text.replace("\n", LINE)
