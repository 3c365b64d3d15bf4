"""For translators: ``python -m mlpviz.interface.locale update`` (needs ``pip install babel``).

``update`` puts the program's messages into the catalogues, in the order of the source, and begins a new one if its
language is named; ``todo`` prints those without a translation, a line each, and ``apply`` takes lines that begin as
todo's do; ``compile`` makes the ``.mo`` that pages read from a ``.po``; ``check`` ends with 1 if anything is missing.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from .blocks import take, untold
from .books import Book, compile_, languages, merged, read, texts, write
from .extraction import messages
from .faults import faults


def updated(language: str) -> Book:
    """The catalogue of a language with the messages as they are now, in both its files."""
    book = merged(language, [*(old := read(language)), *old.obsolete.values()], messages())
    write(language, book)
    return book


def update(_arguments: argparse.Namespace, language: str) -> Iterator[str]:
    book = updated(language)
    left = sum(not all(texts(each.string)) for each in book if each.id)
    yield f"{language}: {len(book)} messages, {left} to translate, {len(book.obsolete)} no longer said"


def todo(arguments: argparse.Namespace, language: str) -> Iterator[str]:
    yield from untold(merged(language, read(language), messages()), arguments.count)


def apply(arguments: argparse.Namespace, language: str) -> Iterator[str]:
    book = updated(language)
    with Path(arguments.file).open(encoding="utf-8") as lines:
        yield from take(book, lines)
    write(language, book)
    yield from update(arguments, language)


def compiling(_arguments: argparse.Namespace, language: str) -> Iterator[str]:
    compile_(language)
    yield f"{language}: compiled"


def check(_arguments: argparse.Namespace, language: str) -> Iterator[str]:
    for fault in faults(language, messages()):
        yield f"{language}: {fault}"


COMMANDS: dict[str, Callable[[argparse.Namespace, str], Iterator[str]]] = {
    "update": update,
    "todo": todo,
    "apply": apply,
    "compile": compiling,
    "check": check,
}


def main(words: Sequence[str] | None = None) -> int:
    """Do what the command line asks for; the exit status."""
    arguments = parser().parse_args(words)
    lines = 0
    for language in arguments.languages or languages():
        for line in COMMANDS[arguments.command](arguments, language):
            print(line)
            lines += 1
    return int(arguments.command == "check" and lines > 0)


def parser() -> argparse.ArgumentParser:
    """The command line."""
    described = argparse.RawDescriptionHelpFormatter
    made = argparse.ArgumentParser("python -m mlpviz.interface.locale", description=__doc__, formatter_class=described)
    commands = made.add_subparsers(dest="command", required=True)
    for name in ("update", "compile", "check"):
        commands.add_parser(name).add_argument("languages", nargs="*")
    for name in ("todo", "apply"):
        commands.add_parser(name).add_argument("languages", nargs=1, metavar="LANGUAGE")
    commands.choices["todo"].add_argument("count", type=int, nargs="?", default=300)
    commands.choices["apply"].add_argument("file")
    return made


if __name__ == "__main__":
    sys.exit(main())
