"""A pasted matrix as rows of numbers: from a spreadsheet, a CSV file, a NumPy print-out or a Python list."""

from __future__ import annotations

import re

from ..maths.messages import Message, Refusal, counted
from ..maths.wide import narrow
from . import limits
from .checks import check_count
from .codecs import Rows, quoted, read_number

_NUMPY = re.compile(r"(?P<name>(?:numpy\.|np\.|torch\.|jnp\.)?(?:array|matrix|tensor|asarray|Matrix))\s*\(", re.ASCII)
_SCALAR = re.compile(r"(?:numpy|np)\.float\d{2}\(([^()]{1,40})\)", re.ASCII)  # how NumPy 2 prints a list of its numbers
_DTYPE = re.compile(r",\s*(?:dtype|device|requires_grad|shape)\s*=\s*[\w.'\":() ,]*\Z", re.ASCII)


def parse_matrix(text: str, first: int = 1) -> Rows:
    """The rows of a pasted matrix, with tabs, commas, semicolons, white space or brackets between its numbers.

    ``first`` is what the messages count rows and columns from.

    Raises Refusal naming the row, the column, the text there and what is accepted.
    """
    if len(text) > limits.PASTE_LENGTH:
        raise Refusal(
            "text: found {length:,} characters; accepted are up to {most:,}.",
            length=len(text),
            most=limits.PASTE_LENGTH,
        )
    text = unwrapped(narrow(text).replace("\ufeff", "").replace("\r\n", "\n").replace("\r", "\n"))
    lines = bracketed(text) if "[" in text or "]" in text else plain_lines(text)
    if not lines:
        raise Refusal("text: found nothing; accepted is a matrix, one row a line.")
    table = [cells(line) for line in lines]
    check_count("text", sum(map(len, table)))
    rows = tuple(tuple(cell(text, r, c) for c, text in enumerate(row, first)) for r, row in enumerate(table, first))
    check_rectangle(rows, first)
    return rows


def unwrapped(text: str) -> str:
    """The text inside array(…), np.matrix(…) or tensor(…, dtype=…), or all of it without such a call."""
    text = _SCALAR.sub(r"\1", text.strip(" \n"))  # a tab at the end is an empty cell
    match = _NUMPY.match(text)
    if match is None:
        return text
    inner = text[match.end() :].rstrip().removesuffix(";").rstrip()
    return _DTYPE.sub("", inner.removesuffix(")")).strip()


def bracketed(text: str) -> list[str]:
    """The innermost rows of [[…], […]] or of NumPy's print-out."""
    check_brackets(text)
    rows = re.findall(r"\[([^\[\]]*)\]", text)
    if len(rows) == 1 and ";" in rows[0]:
        rows = rows[0].split(";")
    return [row.strip().removesuffix(",") for row in rows]


def check_brackets(text: str) -> None:
    """Refuse brackets that do not make rows in one matrix: [ … ], or [[ … ], [ … ]]."""
    depth = deepest = 0
    outside = re.sub(r"\[[^\[\]]*\]", "", text)
    for character in text:
        depth += {"[": 1, "]": -1}.get(character, 0)
        deepest = max(deepest, depth)
        if depth < 0:
            break
    if depth != 0 or deepest > 2:
        raise Refusal("text: found brackets that do not pair up as rows; accepted is [[1, 2], [3, 4]].")
    if stray := outside.translate(str.maketrans("", "", "[],; \t\n")):
        raise Refusal(
            "text: found {stray} outside the brackets of the rows; accepted is [[1, 2], [3, 4]].", stray=quoted(stray)
        )


def plain_lines(text: str) -> list[str]:
    """The lines of a matrix; a single line with other separators between its numbers is split at semicolons."""
    lines = [line.strip(" ") for line in text.split("\n") if line.strip()]
    for ending in ";,":  # what stands at the end of every row, as in 1, 2; 3, 4; separates no cells
        if len(lines) > 1 and all(line.endswith(ending) for line in lines[:-1]):
            lines = [line.removesuffix(ending).rstrip() for line in lines]
    if len(lines) == 1 and ";" in lines[0]:
        parts = lines[0].removesuffix(";").split(";")
        if any(re.search(r"[,\t]|\S\s+\S", part.strip()) for part in parts):
            return parts
    return lines


def cells(line: str) -> list[str]:
    """The cells of a row, split at its first kind of separator: tab, semicolon, comma, white space."""
    for separator in "\t;,":
        if separator in line:
            return line.split(separator)
    return line.split() or [""]


def cell(text: str, row: int, column: int) -> float:
    text = text.strip()
    where = Message("row {row}, column {column}", row=row, column=column)
    if not text:
        raise Refusal("{where}: found an empty cell; accepted is a finite number.", where=where)
    try:
        return read_number(text)
    except ValueError:
        raise Refusal(
            "{where}: found {text}; accepted is a finite number such as 0.25, -3 or 1e-5.",
            where=where,
            text=quoted(text),
        ) from None


def check_rectangle(rows: Rows, first: int) -> None:
    width = len(rows[0])
    for r, row in enumerate(rows, first):
        if len(row) != width:
            raise Refusal(
                counted(
                    "row {row}: found {count:,} number; accepted are {width}, as many as in row {first}.",
                    "row {row}: found {count:,} numbers; accepted are {width}, as many as in row {first}.",
                    len(row),
                    row=r,
                    width=width,
                    first=first,
                )
            )


def matrix_for(rows: Rows, shape: tuple[int, int], name: str) -> Rows:
    """The rows, if they have the shape.

    Raises Refusal, which says so if their transpose would have it.
    """
    there = (len(rows), len(rows[0]) if rows else 0)
    if there == shape:
        return rows
    sizes = {"name": name, "here": "×".join(map(str, there)), "wanted": "×".join(map(str, shape))}
    if there == shape[::-1]:
        raise Refusal("{name}: found {here} numbers; accepted are {wanted}. It looks transposed.", **sizes)
    raise Refusal("{name}: found {here} numbers; accepted are {wanted}.", **sizes)
