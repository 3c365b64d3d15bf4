"""From a text to its logical lines: comments and docstrings put aside, brackets that go on over lines, several at once.

Whatever is taken out is replaced by blanks, so that each character keeps its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import accumulate, pairwise

from ....maths.wide import narrow
from .dialects import DIALECTS, Language, dialect_of
from .refusals import Unread
from .rendered import equations
from .syntax import Span

OPEN, CLOSE = "([{", ")]}"
DOCSTRING = re.compile(r"\"\"\".*?(?:\"\"\"|\Z)|'''.*?(?:'''|\Z)", re.DOTALL)
STRING = re.compile(r"(?<![\w)\]}'.])'[^'\n]*'|\"[^\"\n]*\"")
PYTHON_ALONE = re.compile(
    r"^[ \t]*(?:import\s|from\s.*import|def\s.*:|class\s.*:|for\s.*\sin\s.*:\s*$|elif\b|@\w)", re.MULTILINE
)
ENDED = re.compile(r"^[ \t]*end(?:for|if|function|while)?\s*[;,]?\s*$", re.MULTILINE)
JULIA = re.compile(r"^[ \t]*(?:#|using\s|mutable\s+struct|struct\s)|\bdims\s*=|\.\(", re.MULTILINE)
R_ALONE = re.compile(r"<-|%\*%|\bfunction\s*\([^)]*\)\s*\{|\bfor\s*\(\s*\w+\s+in\b")
CODE = frozenset({"numpy", "torch", "tensorflow", "jax"})


@dataclass(frozen=True)
class LogicalLine:
    """One line as it is read: its number, its indentation, its text with blanks for comments, and where it stands."""

    number: int
    indent: int
    text: str
    typed: str
    start: int = 0


def without(pattern: re.Pattern[str], text: str) -> str:
    """A text with blanks for what a pattern finds, its line ends kept."""
    return pattern.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)


def language_of(text: str) -> Language:
    """The dialect of a program, by all of it that is no comment and no string."""
    bare = without(STRING, without(DOCSTRING, text))
    uncommented = without(re.compile(r"#[^\n]*"), bare)
    if PYTHON_ALONE.search(uncommented):
        found = dialect_of(without(re.compile(r"[^\x00-\x7f]"), uncommented))
        return found if found.name in CODE else DIALECTS["numpy"]
    if R_ALONE.search(uncommented):
        return DIALECTS["r"]
    found = dialect_of(uncommented)
    if ENDED.search(uncommented) and found.name not in ("julia", "matlab"):
        found = DIALECTS["matlab"]
    if found.name == "matlab" and JULIA.search(bare):
        return DIALECTS["julia"]
    return found


def logical_lines(text: str, language: Language) -> Iterator[LogicalLine]:
    """The lines of a program, those that go on put together."""
    bare = narrow(text.replace("\t", "    ") if "\t" in text else text)
    bare = plainer(without(DOCSTRING, bare), language)
    lines, typed = bare.split("\n"), text.split("\n")
    starts = [0, *accumulate(len(line) + 1 for line in lines)]
    held: list[str] = []
    depth = 0
    for number, line in enumerate(lines, 1):
        code = uncommented(line, language)
        stripped = code.rstrip()
        goes_on = continued(stripped, language)
        held.append(stripped.removesuffix(goes_on) + " " * len(goes_on) if goes_on else code)
        depth = max(0, depth + balance(code, language))
        waits = depth and closes_later(bare, starts[number])
        if waits or goes_on or taken_up(stripped, lines[number:], language):
            continue
        first = number - len(held)
        yield from together(held, first, starts[first], "\n".join(typed[first:number]))
        held, depth = [], 0
    first = len(lines) - len(held)
    yield from together(held, first, starts[first], "\n".join(held))


def together(held: list[str], first: int, start: int, typed: str) -> Iterator[LogicalLine]:
    """Lines from the ``first`` on as one, unless they are blank."""
    whole = "\n".join(held)
    if whole.strip():
        yield LogicalLine(first + 1, len(whole) - len(whole.lstrip()), whole, typed.strip(), start)


PLAINER = {
    "julia": ((r"(?<=\w)\.(?=\()", " "), (r"(?<=[\w)\]} '])\.(?=[+\-<>=!](?!\.))", " "), (r"(?<=\w)!(?=\()", " ")),
    "matlab": ((r"@(?=\w+\s*,)", " "),),
    "latex": ((r"\\\\(?:\[[^\]\n]*\])?(?=\s*(?:\n|\Z))", " "), (r"(?<!\\)&", " ")),
    "r": ((r"(?<=\w)\$(?=\w)", "."),),
}
"""Signs of a dialect that say nothing here, or are another's: each with one character in its place."""


def plainer(text: str, language: Language) -> str:
    for pattern, sign in PLAINER.get(language.name, ()):
        text = re.sub(pattern, partial(repeated, sign), text)
    return re.sub(r"\blambda\b", "lambd_", text) if language.name in ("matlab", "julia", "r") else text


def closes_later(text: str, place: int) -> bool:
    """Whether a bracket may still be closed: not if nothing closes any more, so that one slip spoils one line."""
    return any(sign in text[place : place + 2000] for sign in CLOSE)


def unquoted(text: str) -> Iterator[tuple[int, str, int]]:
    """The characters outside strings, each with its place and how many brackets are open after it."""
    quoted, depth = "", 0
    for place, sign in enumerate(text):
        if quoted:
            quoted = "" if sign == quoted else quoted
        elif sign == '"' or (sign == "'" and not is_mark(text, place)):
            quoted = sign if sign in text[place + 1 :] else ""
        else:
            depth += (sign in OPEN) - (sign in CLOSE)
            yield place, sign, depth


def is_mark(text: str, place: int) -> bool:
    """Whether a quotation mark stands right behind an operand: it is a transpose or a prime."""
    return place > 0 and (text[place - 1].isalnum() or text[place - 1] in ")]}'._")


def uncommented(line: str, language: Language) -> str:
    """A line with blanks for its comment."""
    places = (place for place, _sign, _depth in unquoted(line))
    start = next((place for place in places if starts_comment(line, place, language)), len(line))
    return line[:start] + " " * (len(line) - start)


def starts_comment(line: str, place: int, language: Language) -> bool:
    sign = line[place]
    if sign == "#":
        return language.name not in ("matlab", "latex")
    if sign == "%":
        return language.name == "matlab" or (language.name == "latex" and line[place - 1 : place] != "\\")
    return sign == "/" and line[place : place + 2] == "//" and (language.name == "plain" or not line[:place].strip())


def continued(line: str, language: Language) -> str:
    """What at the end of a line says that it goes on in the next."""
    if language.name == "matlab" and line.endswith("..."):
        return "..."
    if language.name == "latex":
        return ""
    if line.endswith("\\"):
        return "\\"
    return ""


TAKES_UP = re.compile(r"\s*(?:=(?!=)|[+⊙×·∘])")
"""How a line begins that goes on with the formula of the line before."""


def taken_up(line: str, later: list[str], language: Language) -> bool:
    """Whether the next line goes on with a formula: = and one more of its equal parts, or a sign."""
    if language.is_code or not line.strip() or line.strip().startswith("\\begin"):
        return False
    following = next((each for each in later if each.strip()), "")
    return TAKES_UP.match(following) is not None


def balance(line: str, language: Language) -> int:
    bare = without(STRING, line)
    curly = 0 if language.name in ("r", "latex") else bare.count("{") - bare.count("}")
    return sum(bare.count(sign) for sign in "([") - sum(bare.count(sign) for sign in ")]") + curly


def side_by_side(text: str) -> list[tuple[str, Span]]:
    """The formulas of a line in mathematical notation, if it can be read at all."""
    try:
        return equations(text)
    except Unread:
        return []


def repeated(sign: str, found: re.Match[str]) -> str:
    return sign * len(found[0])


def parted(line: LogicalLine, language: Language) -> Iterator[LogicalLine]:
    """The statements of a line: formulas side by side, or what stands between semicolons outside brackets."""
    formulas = side_by_side(line.text) if language.is_typeset else []
    if len(formulas) > 1:
        yield from (replace(line, text=" " * start + formula) for formula, (start, _) in formulas)
        return
    text = line.text
    ends = [
        place for place, sign, depth in unquoted(text) if sign == ";" and depth <= 0 and text[place - 1 : place] != "\\"
    ]
    for start, end in pairwise((-1, *ends, len(text))):
        if text[start + 1 : end].strip():
            yield replace(line, text=" " * (start + 1) + text[start + 1 : end])
