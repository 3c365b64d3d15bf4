"""A learner's own table of comma-separated values, read as data to train on.

The delimiter (comma, semicolon, tab or bar) and the header are found; numbers may have a decimal comma. Whatever cannot
be taken is refused in one sentence; rows are counted as a spreadsheet counts them, the header's included.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from mlpviz.examples.data import VALUES, Data, labelled, standard

BYTES, ROWS, COLUMNS, CELLS = 16_000_000, 200_000, 500, 4_000_000
NAME = 60  # letters of a column's name
DELIMITERS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
LOOKED_AT, BEGINNING = 50, 500_000  # lines and letters in which the delimiter is looked for
CLASSES = 20  # different texts that a column may have to be read as classes
WHOLE = 10  # different whole numbers up to which a target is read as classes
THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+", re.ASCII)
MAGNITUDE = 1e30  # of a number: training is done in float32


@dataclass(frozen=True, eq=False)
class Table:
    """The columns of a file as text, by name; ``rows`` are their numbers in the file."""

    columns: dict[str, Any] = field(repr=False)
    rows: np.ndarray = field(repr=False)
    delimiter: str = ","
    header: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names."""
        return tuple(self.columns)

    def __len__(self) -> int:
        return len(self.rows)


def read_table(content: bytes) -> Table:
    """The table in a file.

    Raises ValueError with one sentence saying what was found and what is accepted.
    """
    text = decoded(content)
    delimiter = found_delimiter(text)
    numbers, rows = rows_of(text, delimiter)
    filled = [column for column in zip(*rows, strict=True) if any(column)]  # a delimiter that ends rows has no column
    header = has_header(filled)
    names = names_of([column[0] if header else "" for column in filled])
    check_shape(len(rows) - header, len(filled))
    columns = {name: np.array(column[header:], object) for name, column in zip(names, filled, strict=True)}
    return Table(columns, np.array(numbers[header:]), delimiter, header)


def decoded(content: bytes) -> str:
    """The file as text."""
    if len(content) > BYTES:
        raise ValueError(f"CSV: found {len(content):,} bytes; accepted are up to {BYTES:,}.")
    encodings = ["utf-16"] if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(ord(letter) < 32 and letter not in "\t\r\n\f" for letter in set(text)):
            if text.strip():
                return text.replace("\r\n", "\n").replace("\r", "\n")
            raise ValueError("CSV: found an empty file; accepted is a table with a row for each sample.")
        break
    raise ValueError("CSV: found bytes that are no text; accepted is a table of comma-separated values in UTF-8.")


def found_delimiter(text: str) -> str:
    """The delimiter that cuts most of the first lines into equally many cells, and into more than one."""
    lines = [line for line in text[:BEGINNING].splitlines()[:LOOKED_AT] if line.strip()]

    def score(delimiter: str) -> tuple[int, int]:
        try:
            counts = Counter(len(cells) for cells in csv.reader(lines, delimiter=delimiter))
        except csv.Error:
            return 0, 0
        cells, rows = max(counts.items(), key=lambda pair: (pair[0] > 1, pair[1], pair[0]))
        return (rows if cells > 1 else 0), cells

    return max(DELIMITERS, key=score)


def rows_of(text: str, delimiter: str) -> tuple[list[int], list[list[str]]]:
    """The rows that are not empty, and their numbers; what is too large is refused before it is read to its end.

    Raises ValueError for a row with more or fewer cells than the first.
    """
    numbers, rows = list[int](), list[list[str]]()
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True), start=1):
            check_size(number, len(cells))
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                if rows and len(cells) != len(rows[0]):
                    found, width = counted(len(cells), "cell"), len(rows[0])
                    raise ValueError(f"CSV, row {number}: found {found}; accepted are {width}, as in the rows before.")
                numbers.append(number)
                rows.append(stripped)
    except csv.Error as error:
        raise ValueError(f"CSV: found rows that cannot be told apart ({error}).") from None
    return numbers, rows


def counted(count: int, thing: str) -> str:
    """A number of things."""
    return f"{count:,} {thing}" + ("" if count == 1 else "s")


def check_size(rows: int, columns: int) -> None:
    """Refuse a table that is too large, as soon as so many of its rows are read."""
    if columns > COLUMNS:
        raise ValueError(f"CSV: found {columns:,} columns; accepted are up to {COLUMNS:,}.")
    if rows > ROWS + 1:
        raise ValueError(f"CSV: found more than {ROWS:,} rows; accepted are up to {ROWS:,}.")
    if rows * columns > CELLS:
        raise ValueError(f"CSV: found more than {CELLS:,} cells; accepted are up to {CELLS:,}.")


def check_shape(rows: int, columns: int) -> None:
    """Refuse a table that is too small."""
    if columns < 2:
        *most, last = DELIMITERS.values()
        between = f"a {', '.join(most)} or {last}"
        raise ValueError(f"CSV: found {counted(columns, 'column')}; accepted are at least 2, with {between} between.")
    if rows < 2:
        raise ValueError(f"CSV: found {counted(rows, 'row')} below the header; accepted are at least 2.")


def has_header(columns: Sequence[Sequence[str]]) -> bool:
    """Whether the first row names the columns: none of its cells is a number or comes again below in its column."""
    if any(number(column[0]) is not None for column in columns):
        return False
    return not any(column[0] and column[0] in column[1:] for column in columns)


def names_of(first: Sequence[str]) -> list[str]:
    """A name for every column, each once."""
    names: list[str] = []
    for k, text in enumerate(first, start=1):
        name = plain = text[:NAME] or f"column {k}"
        while name in names:
            name, k = f"{plain} ({k})", k + 1
        names.append(name)
    return names


def number(text: str) -> float | None:
    """The number in a cell, with a decimal point or a decimal comma; None if it is none, or not finite."""
    text = text.replace("\N{MINUS SIGN}", "-")
    if text.count(",") == 1 and "." not in text:
        text = text.replace(",", ".")
    if "_" in text:
        return None
    try:
        value = float(text)
    except ValueError:
        return None
    return value if np.isfinite(value) or "e" in text.lower() else None


def numbers(table: Table, name: str) -> np.ndarray | None:
    """A column as numbers; None if most of its cells are texts.

    Raises ValueError naming the first cell at fault if most are numbers, but not all.
    """
    found = [number(cell) for cell in table.columns[name]]
    missing = [k for k, value in enumerate(found) if value is None]
    if 2 * len(missing) > len(found):
        return None
    if missing:
        refuse(table, name, missing[0], "a number, as in the other rows")
    if table.delimiter == ",":  # a comma inside a cell is no decimal comma there, or may be none
        thousands = (k for k, cell in enumerate(table.columns[name]) if "," in cell and THOUSANDS.fullmatch(cell))
        for k in thousands:
            refuse(table, name, k, "a number without a comma between its thousands")
    values = np.array(found, float)
    large = np.flatnonzero(~(np.abs(values) <= MAGNITUDE))
    if len(large):
        refuse(table, name, int(large[0]), f"a number up to {MAGNITUDE:g} in size")
    return values


def refuse(table: Table, name: str, k: int, accepted: str) -> None:
    """Name a cell by its row and column."""
    cell = str(table.columns[name][k])
    what = f"{cell[:40]!r}" if cell else "an empty cell"
    raise ValueError(f"CSV, row {table.rows[k]}, column {name!r}: found {what}; accepted is {accepted}.")


def texts(table: Table, name: str) -> tuple[np.ndarray, tuple[str, ...]]:
    """A column as the numbers of its different texts, and these in order."""
    column = table.columns[name]
    empty = np.flatnonzero(column == "")
    if len(empty):
        refuse(table, name, int(empty[0]), "a text, as in the other rows")
    different, labels = np.unique(column, return_inverse=True)
    if not 2 <= len(different) <= CLASSES:
        raise ValueError(
            f"CSV, column {name!r}: found {len(different):,} different texts; accepted are 2 to {CLASSES}."
        )
    return labels, tuple(map(str, different))


def data_of(table: Table, inputs: Sequence[str], target: str, standardised: bool = True) -> Data:
    """The chosen columns as data: a text among the inputs becomes a column of 0 and 1 for each of its values.

    A target of texts, or of few different whole numbers, is classes; any other is numbers.
    """
    if not inputs or target in inputs:
        raise ValueError("CSV: choose at least one column as input, and as target one that is no input.")
    columns = list[tuple[str, np.ndarray]]()
    for name in inputs:
        columns += input_columns(table, name)
        if len(columns) * len(table) > CELLS:
            raise ValueError(
                f"CSV: found texts that make more than {CELLS:,} cells of 0 and 1; accepted are up to {CELLS:,}, with "
                "fewer columns as inputs."
            )
    X, names = np.stack([values for _name, values in columns], 1), tuple(name for name, _values in columns)
    values = numbers(table, target)
    if values is None:
        labels, classes = texts(table, target)
        return labelled(X, labels, classes, names, standardised=standardised)
    different = np.unique(values)
    if 2 <= len(different) <= WHOLE and (different == np.round(different)).all():
        labels = np.searchsorted(different, values)
        return labelled(X, labels, tuple(f"{value:g}" for value in different), names, standardised=standardised)
    Y = standard(values[:, None]) if standardised else values[:, None]
    return Data(standard(X) if standardised else X, Y, VALUES, names, (target,), standardised=standardised)


def input_columns(table: Table, name: str) -> list[tuple[str, np.ndarray]]:
    """A column of numbers as it is; a column of texts as one of 0 and 1 for each text."""
    values = numbers(table, name)
    if values is not None:
        return [(name, values)]
    labels, different = texts(table, name)
    return [(f"{name} = {text}", (labels == k).astype(float)) for k, text in enumerate(different)]
