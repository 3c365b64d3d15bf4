"""Finds the messages in the source: every literal in a call that marks one."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[3]

MARKS = {"_": 1, "N_": 1, "Message": 1, "Refusal": 1, "say": 1, "NN_": 2, "counted": 2}
"""The calls that mark a message, and how many templates each takes: a singular and a plural, if two."""

IN_CONTEXT = {"C_", "NC_"}
"""The calls that mark a message in a context: the context, then the message."""


TRIES = 5


class Found(NamedTuple):
    """A message: what it says in English, or its singular and plural, the context it stands in, and its file."""

    ids: tuple[str, ...]
    context: str | None
    file: str


def messages() -> Iterator[Found]:
    """Every message of the program, file by file, in the order in which they stand there."""
    for file in sorted([*ROOT.glob("app.py"), *ROOT.glob("pages/*.py"), *ROOT.glob("mlpviz/**/*.py")]):
        name = file.relative_to(ROOT).as_posix()
        yield from (Found(*each, name) for each in found(file.read_text(encoding="utf-8")))


def parsed(source: str) -> ast.Module:
    """The tree of a source text.

    Some versions of Python take two trees made at once in two threads for one, and raise: then it is tried anew.
    """
    for _try in range(TRIES - 1):
        with suppress(SystemError):
            return ast.parse(source)
    return ast.parse(source)


def found(source: str) -> Iterator[tuple[tuple[str, ...], str | None]]:
    """The messages of one source text, each with its context."""
    calls = (node for node in ast.walk(parsed(source)) if isinstance(node, ast.Call))
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        name = name_of(call)
        for ids in zip(*map(literals, call.args[: MARKS.get(name, 0)]), strict=False):
            if any(ids):
                yield ids, None
        if name in IN_CONTEXT:
            yield from (((text,), context) for context, text in zip(*map(literals, call.args), strict=True))


def name_of(call: ast.Call) -> str:
    """What is called: ``say`` of ``scene.say(…)``."""
    match call.func:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name
    return ""


def literals(node: ast.expr) -> list[str]:
    """The texts that an argument can be."""
    match node:
        case ast.Constant(value=str(text)):
            return [text]
        case ast.IfExp(body=body, orelse=orelse):
            return [*literals(body), *literals(orelse)]
    return []
