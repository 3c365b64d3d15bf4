"""The functions of a program and its classes with their methods, as they stand in its text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from ..reading import syntax as sx


def classes(statements: Sequence[sx.Statement]) -> dict[str, dict[str, sx.Definition]]:
    """The classes of a program with their methods: the functions after a class's head whose first parameter is self.

    One that is marked as static stands among them, and is a function like any other.
    """
    found: dict[str, dict[str, sx.Definition]] = {}
    current: dict[str, sx.Definition] | None = None
    for before, each in pairwise([sx.Ignored(""), *statements]):
        if isinstance(each, sx.Ignored) and each.text.strip().startswith("class "):
            name = re.split(r"[(:]", each.text.strip()[6:])[0].strip()
            current = found.setdefault(name, {})
        elif (
            isinstance(each, sx.Definition) and current is not None and [p for p, _ in each.parameters[:1]] == ["self"]
        ):
            current[each.name] = each
        elif not isinstance(each, sx.Ignored) and not is_mark(before, "@staticmethod"):
            current = None
    return found


def is_mark(statement: sx.Statement, mark: str) -> bool:
    """Whether a line marks the function after it."""
    return isinstance(statement, sx.Ignored) and statement.text.strip() == mark


def properties(statements: Sequence[sx.Statement]) -> frozenset[str]:
    """The methods that are called by their name alone."""
    pairs = pairwise(statements)
    return frozenset(
        each.name for before, each in pairs if isinstance(each, sx.Definition) and is_mark(before, "@property")
    )


def definitions(statements: Sequence[sx.Statement]) -> Iterator[sx.Definition]:
    for each in statements:
        if isinstance(each, sx.Definition):
            yield each
            yield from definitions(each.body)
        elif isinstance(each, sx.Branch):
            yield from definitions((*each.body, *each.otherwise))


def packed(names: list[str], arguments: Sequence[Any]) -> tuple[list[str], Sequence[Any]]:
    """The parameters and arguments of a call, with a list of all further arguments for one that has a star."""
    place = next((place for place, name in enumerate(names) if name.startswith("*")), None)
    if place is None:
        return names, arguments
    return [name.lstrip("*") for name in names], [*arguments[:place], list(arguments[place:])]
