"""A learner's own table of comma-separated values, read as data to train on.

The delimiter (comma, semicolon, tab or bar) and the header are found; numbers may have a decimal comma. Whatever cannot
be taken is refused in one sentence; rows are counted as a spreadsheet counts them, the header's included.

The rows are those of Python's own ``csv``: pandas' reader fills up a row that is too short, takes what follows a
closing quote into its cell, and needs minutes for a line of millions of delimiters. What is in the columns is pandas'.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NoReturn

import numpy as np

from ..maths.messages import N_, NC_, Message, Refusal, as_given, counted
from .data import VALUES, Data, labelled, standard

if TYPE_CHECKING:
    import pandas as pd

BYTES, ROWS, COLUMNS, CELLS = 16_000_000, 200_000, 500, 4_000_000
NAME = 60  # letters of a column's name
DELIMITERS = {
    ",": NC_("between columns", "comma"),
    ";": NC_("between columns", "semicolon"),
    "\t": NC_("between columns", "tab"),
    "|": NC_("between columns", "bar"),
}
LOOKED_AT, BEGINNING = 50, 500_000  # lines and letters in which the delimiter is looked for
CLASSES = 20  # different texts that a column may have to be read as classes
WHOLE = 10  # different whole numbers up to which a target is read as classes
THOUSANDS = r"[+-]?[0-9]{1,3}(,[0-9]{3})+"
MAGNITUDE = 1e30  # of a number: training is done in float32
FAULTS = (
    N_("unexpected end of data"),
    N_("field larger than field limit (131072)"),
    N_("',' expected after '\"'"),
    N_("';' expected after '\"'"),
    N_("'\t' expected after '\"'"),
    N_("'|' expected after '\"'"),
)
"""What ``csv`` says of rows that it cannot read."""


@dataclass(frozen=True, eq=False)
class Table:
    """The ``cells`` of a file as text, a column by its name and a row by its number in the file."""

    cells: pd.DataFrame = field(repr=False)
    delimiter: str = ","
    header: bool = True

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self.cells.columns)

    def __len__(self) -> int:
        return len(self.cells)


def read_table(content: bytes) -> Table:
    """Read the table of a file.

    Raises Refusal, a ValueError with one sentence that names the text at fault and what is accepted.
    """
    import pandas as pd

    text = decoded(content)
    delimiter = delimiter_of(text)
    rows = rows_of(text, delimiter)
    cells = pd.DataFrame(list(rows.values()), index=list(rows), dtype=object)
    cells = cells.loc[:, (cells != "").any()]  # a delimiter that ends rows has no column
    header = has_header(cells)
    check_shape(len(cells) - header, cells.shape[1])
    names = names_of(cells.iloc[0] if header else [""] * cells.shape[1])
    return Table(cells.iloc[int(header) :].set_axis(names, axis=1), delimiter, header)


def decoded(content: bytes) -> str:
    check_bytes(len(content))
    encodings = ["utf-16"] if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(ord(letter) < 32 and letter not in "\t\r\n\f" for letter in set(text)):
            if text.strip():
                return text.replace("\r\n", "\n").replace("\r", "\n")
            raise Refusal("CSV: found an empty file; accepted is a table with a row for each sample.")
        break
    raise Refusal("CSV: found bytes that are no text; accepted is a table of comma-separated values in UTF-8.")


def check_bytes(size: int) -> None:
    if size > BYTES:
        raise Refusal("CSV: found {size:,} bytes; accepted are up to {most:,}.", size=size, most=BYTES)


def delimiter_of(text: str) -> str:
    """The delimiter that cuts most of the first lines into an equal number of cells, more than one."""
    lines = [line for line in text[:BEGINNING].splitlines()[:LOOKED_AT] if line.strip()]

    def score(delimiter: str) -> tuple[int, int]:
        try:
            counts = Counter(len(cells) for cells in csv.reader(lines, delimiter=delimiter))
        except csv.Error:
            return 0, 0
        cells, rows = max(counts.items(), key=lambda pair: (pair[0] > 1, pair[1], pair[0]))
        return (rows if cells > 1 else 0), cells

    return max(DELIMITERS, key=score)


def rows_of(text: str, delimiter: str) -> dict[int, list[str]]:
    """The rows that are not empty, by their numbers; what is too large is refused before it is read to its end.

    Raises Refusal for a row with more or fewer cells than the first.
    """
    rows: dict[int, list[str]] = {}
    width = 0
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text), delimiter=delimiter, strict=True), start=1):
            check_size(number, len(cells))
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                width = width or len(cells)
                check_width(number, len(cells), width)
                rows[number] = stripped
    except csv.Error as error:
        raise Refusal("CSV: found rows that cannot be told apart ({error}).", error=Message(str(error))) from None
    return rows


def check_width(row: int, cells: int, width: int) -> None:
    if cells != width:
        raise Refusal(
            "CSV, row {row}: found {cells}; accepted are {width}, as in the rows before.",
            row=row,
            cells=counted("{count:,} cell", "{count:,} cells", cells),
            width=width,
        )


def check_size(rows: int, columns: int) -> None:
    if columns > COLUMNS:
        raise Refusal("CSV: found {columns:,} columns; accepted are up to {most:,}.", columns=columns, most=COLUMNS)
    if rows > ROWS + 1:
        raise Refusal("CSV: found more than {most:,} rows; accepted are up to {most:,}.", most=ROWS)
    if rows * columns > CELLS:
        raise Refusal("CSV: found more than {most:,} cells; accepted are up to {most:,}.", most=CELLS)


def check_shape(rows: int, columns: int) -> None:
    if columns < 2:
        raise Refusal(
            "CSV: found {columns}; accepted are at least 2, with a comma, semicolon, tab or bar between.",
            columns=counted("{count:,} column", "{count:,} columns", columns),
        )
    if rows < 2:
        raise Refusal(
            "CSV: found {rows} below the header; accepted are at least 2.",
            rows=counted("{count:,} row", "{count:,} rows", rows),
        )


def has_header(cells: pd.DataFrame) -> bool:
    """Whether the first row is a header: none of its cells is a number or occurs again in its column."""
    if cells.empty:
        return True
    first, below = cells.iloc[0], cells.iloc[1:]
    return not (as_numbers(first).notna().any() or (below == first)[first.index[first != ""]].any(axis=None))


def names_of(first: Sequence[str]) -> list[str]:
    names: list[str] = []
    for k, text in enumerate(first, start=1):
        name = plain = text[:NAME] or f"column {k}"
        while name in names:
            name, k = f"{plain} ({k})", k + 1
        names.append(name)
    return names


def as_numbers(cells: pd.Series) -> pd.Series:
    """The numbers in ``cells``, with a decimal point or comma; NaN for other texts and for numbers that are not finite.

    What has an exponent is a number however large it is.
    """
    import pandas as pd

    numbers = pd.to_numeric(cells, errors="coerce").astype(float)
    others = cells[~np.isfinite(numbers)]
    spelt = others.str.replace("\N{MINUS SIGN}", "-").str.replace(r"^([^.,]*),([^.,]*)$", r"\1.\2", regex=True)
    read = pd.to_numeric(spelt, errors="coerce").astype(float)
    numbers[others.index] = read.where(np.isfinite(read) | spelt.str.contains("e", case=False))
    return numbers


def numbers_of(table: Table, name: str) -> np.ndarray | None:
    """A column as numbers; None if most of its cells are texts.

    Raises Refusal naming the first cell at fault if most are numbers, but not all.
    """
    cells = table.cells[name]
    numbers = as_numbers(cells)
    missing = numbers.isna()
    if 2 * missing.sum() > len(cells):
        return None
    if missing.any():
        refuse(cells, missing, Message("a number, as in the other rows"))
    if table.delimiter == ",":  # a comma inside a cell is no decimal comma there, or may be none
        thousands = cells[cells.str.contains(",", regex=False)].str.fullmatch(THOUSANDS)
        if thousands.any():
            refuse(cells, thousands, Message("a number without a comma between its thousands"))
    large = numbers.abs() > MAGNITUDE
    if large.any():
        refuse(cells, large, Message("a number up to {most:g} in size", most=MAGNITUDE))
    return numbers.to_numpy()


def refuse(cells: pd.Series, faulty: pd.Series, accepted: Message) -> NoReturn:
    row = faulty.idxmax()
    cell = str(cells[row])
    raise Refusal(
        "CSV, row {row}, column {column!r}: found {cell}; accepted is {accepted}.",
        row=int(row),
        column=str(cells.name),
        cell=as_given(cell[:40]) if cell else Message("an empty cell"),
        accepted=accepted,
    )


def texts_of(table: Table, name: str) -> pd.Series:
    """A column as texts.

    Raises Refusal for an empty cell, and for too many different texts or a single one.
    """
    cells = table.cells[name]
    empty = cells == ""
    if empty.any():
        refuse(cells, empty, Message("a text, as in the other rows"))
    different = cells.nunique()
    if not 2 <= different <= CLASSES:
        raise Refusal(
            counted(
                "CSV, column {column!r}: found {count:,} different text; accepted are 2 to {most}.",
                "CSV, column {column!r}: found {count:,} different texts; accepted are 2 to {most}.",
                different,
                column=name,
                most=CLASSES,
            )
        )
    return cells


def data_of(table: Table, inputs: Sequence[str], target: str, standardised: bool = True) -> Data:
    """The chosen columns as data: a text among the inputs becomes a column of 0 and 1 for each of its values.

    A target of texts, or of few different whole numbers, is classes; any other is numbers.
    """
    if not inputs or target in inputs:
        raise Refusal("CSV: choose at least one column as input, and as target one that is no input.")
    X, names = inputs_of(table, inputs)
    values = numbers_of(table, target)
    if values is None:
        labels, classes = np.unique(texts_of(table, target), return_inverse=True)[::-1]
        return labelled(X, labels, tuple(map(str, classes)), names, standardised=standardised)
    different, labels = np.unique(values, return_inverse=True)
    if 2 <= len(different) <= WHOLE and (different == np.round(different)).all():
        return labelled(X, labels, tuple(f"{value:g}" for value in different), names, standardised=standardised)
    Y = standard(values[:, None]) if standardised else values[:, None]
    return Data(standard(X) if standardised else X, Y, VALUES, names, (target,), standardised=standardised)


def remarks(table: Table, inputs: Sequence[str], target: str) -> tuple[Message, ...]:
    """What becomes of chosen columns beside what one would expect: texts as columns of 0 and 1, numbers that are one.

    A column that cannot be taken has no remark: it is refused when the table is.
    """
    return tuple(remark for name in (*inputs, target) for remark in remarks_on(table, name, name == target))


def remarks_on(table: Table, name: str, is_target: bool) -> Iterator[Message]:
    cells = table.cells[name]
    try:
        numbers = numbers_of(table, name)
        different = len(set(texts_of(table, name) if numbers is None else numbers))
    except Refusal:
        return
    first = as_given(str(cells.iloc[0])[:NAME])
    if numbers is None and is_target:
        yield counted(
            "{name}: {count} text, a class (the first: {first}).",
            "{name}: {count} texts, each a class (the first: {first}).",
            different,
            name=name,
            first=first,
        )
    elif numbers is None:
        yield counted(
            "{name}: {count} text, a column of 0 and 1 (the first: {first}).",
            "{name}: {count} texts, a column of 0 and 1 for each (the first: {first}).",
            different,
            name=name,
            first=first,
        )
    elif different == 1 and is_target:
        yield Message("{name}: always {first}, so there is nothing to learn.", name=name, first=first)
    elif different == 1:
        yield Message("{name}: always {first}, so it tells the network nothing.", name=name, first=first)


def inputs_of(table: Table, inputs: Sequence[str]) -> tuple[np.ndarray, tuple[str, ...]]:
    """The input columns side by side, texts as columns of 0 and 1, and the names of all."""
    columns: list[tuple[str, np.ndarray]] = []
    for name in inputs:
        columns += input_columns(table, name)
        if len(columns) * len(table) > CELLS:
            raise Refusal(
                "CSV: found texts that make more than {most:,} cells of 0 and 1; accepted are up to {most:,}, with "
                "fewer columns as inputs.",
                most=CELLS,
            )
    names, values = zip(*columns, strict=True)
    return np.stack(values, 1), names


def input_columns(table: Table, name: str) -> list[tuple[str, np.ndarray]]:
    """A column of numbers unchanged, or a column of texts as one column of 0 and 1 for each text."""
    import pandas as pd

    numbers = numbers_of(table, name)
    if numbers is not None:
        return [(name, numbers)]
    dummies = pd.get_dummies(texts_of(table, name), prefix=name, prefix_sep=" = ", dtype=float)
    return [(str(text), column.to_numpy()) for text, column in dummies.items()]
