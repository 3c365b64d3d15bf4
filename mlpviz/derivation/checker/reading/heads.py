"""The lines that open a block: functions, loops, branches; one row each, with what is read of it."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from . import syntax as sx
from .dialects import Language
from .lines import LogicalLine


@dataclass(frozen=True)
class Head:
    """What a line that opens a block says: its kind, its parts by name, and what stands beside it."""

    kind: str
    parts: dict[str, str]
    rest: str = ""
    opens: bool = True
    results: tuple[str, ...] = ()
    unclosed: bool = False


NAME = r"[^\W\d][\w!.]*"
PATTERNS: dict[str, tuple[tuple[str, str], ...]] = {
    "python": (
        ("def", rf"(?:async\s+)?def\s+(?P<name>{NAME})\s*\((?P<parameters>.*?)\)\s*(?:->.*)?"),
        ("for", r"(?:async\s+)?for\s+(?P<target>.+?)\s+in\s+(?P<iterable>.*)"),
        ("if", r"(?:if|elif)\b(?P<condition>.*)"),
        ("while", r"while\b(?P<condition>.*)"),
        ("head", r"(?:class\b.*|with\b.*|try|except\b.*|finally|else)"),
        ("label", r"[A-Za-z][A-Za-z ,()0-9\-]*"),
    ),
    "matlab": (
        (
            "def",
            rf"function\s+(?:\[?(?P<results>[\w\s,]*?)\]?\s*=\s*)?(?P<name>{NAME})\s*(?:\((?P<parameters>.*?)\))?(?P<rest>)\s*[;,]?",
        ),
        ("for", rf"(?:par)?for\s+\(?\s*(?P<target>{NAME})\s*=\s*(?P<iterable>[^;,\n]*?)\)?\s*(?P<rest>)[;,]?"),
        ("if", r"if\b(?P<condition>[^,\n]*)(?P<rest>),?"),
        ("while", r"while\b(?P<condition>[^,\n]*)(?P<rest>),?"),
    ),
    "julia": (
        ("def", rf"function\s+(?P<name>{NAME})\s*\((?P<parameters>.*?)\)(?:::\w+)?(?P<rest>)"),
        ("for", r"for\s+(?P<target>.+?)\s*(?:=|\bin\b|∈)\s*(?P<iterable>.*?)(?P<rest>)"),
        ("if", r"if\b(?P<condition>.*)(?P<rest>)"),
        ("while", r"while\b(?P<condition>.*)(?P<rest>)"),
        ("head", r"(?:begin\s*|let\b.*|(?:mutable\s+)?struct\b.*|module\b.*|try\s*)(?P<rest>)"),
    ),
    "r": (
        ("def", rf"(?P<name>{NAME})\s*(?:<-|=)\s*function\s*\((?P<parameters>[^)]*)\)\s*(?P<open>\{{?)(?P<rest>.*)"),
        ("for", rf"for\s*\(\s*(?P<target>{NAME})\s+in\s+(?P<iterable>.*)\)\s*(?P<open>\{{?)(?P<rest>.*)"),
        ("if", r"\}?\s*if\s*\((?P<condition>.*)\)\s*(?P<open>\{?)(?P<rest>.*)"),
        ("while", r"while\s*\((?P<condition>.*)\)\s*(?P<open>\{?)(?P<rest>.*)"),
        ("head", r"repeat\s*(?P<open>\{?)(?P<rest>)"),
    ),
}
OPENING = re.compile(r"\s*(?:def|for|if|elif|else|while|class|with)\b")
"""What opens a block in Python though its colon is lost."""

COMPILED = {
    name: tuple((kind, re.compile(rf"\s*{pattern}\s*", re.DOTALL)) for kind, pattern in rows)
    for name, rows in PATTERNS.items()
}


def head_of(text: str, language: Language) -> Head | None:
    """What a line opens, if it opens a block."""
    if language.name in COMPILED:
        return matched(text, COMPILED[language.name])
    head, rest = at_colon(text)
    if head is None and not OPENING.match(text):
        return None
    found = matched(text if head is None else head, COMPILED["python"], rest)
    if found is None or (found.kind == "label" and rest.strip()):
        return None
    return replace(found, unclosed=head is None)


def matched(head: str, rows: Sequence[tuple[str, re.Pattern[str]]], beside: str | None = None) -> Head | None:
    """The first head that a line is; what stands ``beside`` it is part of the pattern where it is not given."""
    kind, found = next(((kind, found) for kind, pattern in rows if (found := pattern.fullmatch(head))), ("", None))
    if found is None:
        return None
    parts = {name: value for name, value in found.groupdict().items() if value is not None}
    rest = parts.pop("rest", "") if beside is None else beside
    opens = not rest.strip() and ("open" not in parts or bool(parts["open"]))
    results = tuple(re.findall(r"\w+", parts.get("results", "")))
    return Head(kind, parts, rest.strip().rstrip("}").strip(), opens, results)


def at_colon(text: str) -> tuple[str | None, str]:
    """What stands before the first colon outside brackets and strings, and what after it."""
    depth, quoted = 0, ""
    for place, sign in enumerate(text):
        if quoted:
            quoted = "" if sign == quoted else quoted
        elif sign in "'\"" and sign in text[place + 1 :]:
            quoted = sign
        elif sign == ":" and depth == 0:
            return text[:place], text[place + 1 :]
        depth += (sign in "([{") - (sign in ")]}")
    return None, ""


def parameters(phrases: Any, text: str) -> tuple[tuple[str, sx.Syntax | None], ...]:
    """The parameters of a function, with their defaults; what says of which type they are is skipped.

    One that takes all further arguments begins with a star.
    """
    found: list[tuple[str, sx.Syntax | None]] = []
    for part in commas(text):
        name, _, default = part.partition("=")
        bare = re.sub(r"::?.*", "", name, flags=re.DOTALL).strip().removeprefix("**").strip()
        if re.fullmatch(r"\*?[^\W\d]\w*", bare):
            found.append((bare, phrases.expression(default) if default.strip() else None))
    return tuple(found)


def commas(text: str) -> list[str]:
    """The parts between commas outside brackets."""
    parts, depth, start = [], 0, 0
    for place, sign in enumerate(text):
        depth += (sign in "([{") - (sign in ")]}")
        if sign in ",;" and depth == 0:
            parts.append(text[start:place])
            start = place + 1
    return [part for part in [*parts, text[start:]] if part.strip()]


def definition(phrases: Any, line: LogicalLine, head: Head) -> sx.Statement:
    name = head.parts["name"]
    return sx.Definition(name, parameters(phrases, head.parts.get("parameters", "")), (), line=line.number)


def loop(phrases: Any, line: LogicalLine, head: Head) -> sx.Statement:
    target = phrases.expression(head.parts["target"])
    return sx.Loop(target, phrases.slice(head.parts["iterable"]), (), line=line.number)


def branch(phrases: Any, line: LogicalLine, head: Head) -> sx.Statement:
    return sx.Branch(phrases.expression(head.parts["condition"]), (), line=line.number)


def repetition(phrases: Any, line: LogicalLine, head: Head) -> sx.Statement:
    return sx.While(phrases.expression(head.parts["condition"]), (), line=line.number)


def plain(_phrases: Any, line: LogicalLine, _head: Head) -> sx.Statement:
    return sx.Ignored(line.text.strip(), line=line.number)


HEADS: dict[str, Callable[[Any, LogicalLine, Head], sx.Statement]] = {
    "def": definition,
    "for": loop,
    "if": branch,
    "while": repetition,
    "head": plain,
    "label": plain,
}
"""What is made of a head, by its kind; the block is put in by who reads it."""
