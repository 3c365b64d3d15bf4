"""A catalogue as the two files it stands in: the ``.po`` that translators write, the ``.mo`` that pages read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

from ..shell.translation import DOMAIN, LOCALE
from .extraction import Found

HEADERS = ("MIME-Version", "Content-Type", "Content-Transfer-Encoding", "Language", "Plural-Forms")
"""What is kept of a header: nothing that changes without a message."""


class Book(Catalog):
    """A catalogue whose files are the same whenever its messages are: without dates, lines and names of tools."""

    def __iter__(self) -> Iterator[Message]:
        """The header, then every message."""
        header, *rest = super().__iter__()
        header.string = "".join(f"{name}: {value}\n" for name, value in self.mime_headers if name in HEADERS)
        yield from [header, *rest]


def languages() -> list[str]:
    """The languages that have a catalogue, such as ``zh_Hant``."""
    return sorted(file.parts[-3] for file in LOCALE.glob(f"*/LC_MESSAGES/{DOMAIN}.po"))


def path(language: str, suffix: str) -> Path:
    """Where the ``.po`` or the ``.mo`` of a language stands."""
    return LOCALE / language / "LC_MESSAGES" / f"{DOMAIN}{suffix}"


def read(language: str) -> Catalog:
    """What the translators of a language have written; nothing, if none has begun."""
    if not path(language, ".po").exists():
        return Catalog(locale=language)
    with path(language, ".po").open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def compiled(language: str) -> Catalog:
    """What pages read of a language."""
    with path(language, ".mo").open("rb") as file:
        return read_mo(file)


def write(language: str, book: Book) -> None:
    """Write both files of a language."""
    path(language, ".po").parent.mkdir(parents=True, exist_ok=True)
    with path(language, ".po").open("wb") as file:
        write_po(file, book, width=0, include_lineno=False)
    compile_(language)


def compile_(language: str) -> None:
    """Make the ``.mo`` of a language from its ``.po``."""
    catalog = read(language)
    found = (Found(texts(each.id), each.context, "") for each in catalog if each.id and all(texts(each.string)))
    with path(language, ".mo").open("wb") as file:
        write_mo(file, merged(language, catalog, found))


def merged(language: str, old: Iterable[Message], found: Iterable[Found]) -> Book:
    """The program's messages with what a catalogue says of them; what it says of others is kept behind them."""
    said = {key(message): message for message in old if message.id}
    book = Book(locale=language, header_comment=f"# mlpviz in the language {language}", fuzzy=False)
    for each in found:
        before = said.pop((each.ids, each.context), None)
        string, comments = (before.string, before.user_comments) if before else (None, ())
        flags = before.flags & {"fuzzy"} if before else ()
        book.add(one_or_two(each.ids), string, [(each.file, 0)], flags, user_comments=comments, context=each.context)
    book.obsolete = {texts(other.id)[0]: other for other in said.values() if any(texts(other.string))}
    return book


def one_or_two(ids: tuple[str, ...]) -> str | tuple[str, ...]:
    """What Babel calls a message: its English, or singular and plural."""
    return ids if len(ids) > 1 else ids[0]


def key(message: Message) -> tuple[tuple[str, ...], str | None]:
    """By what a message is found: what it says in English, and its context."""
    return texts(message.id), message.context


def texts(text: str | Iterable[str] | None) -> tuple[str, ...]:
    """The forms of a text: one, or those for each count."""
    return (text or "",) if isinstance(text, str | None) else tuple(text)
