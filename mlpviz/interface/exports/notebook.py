"""A document as a Jupyter notebook: text, formula, and a cell that computes the line and asserts its numbers."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any

from ...derivation.printing.prose_latex import with_formulas
from ..shell.translation import _
from .document import Document, TakenLine
from .program import GIVEN, PASS, Cell, Coded

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#+|~$])")
"""What Markdown would take for its own."""


def as_notebook(document: Document, library: str = "numpy") -> str:
    """The notebook as JSON text."""
    import nbformat  # only where one is wanted

    coded, notebook = Coded(document, library), nbformat.v4.new_notebook()
    notebook.cells = [named(cell, at) for at, cell in enumerate(cells_of(coded))]
    notebook.metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    nbformat.validate(notebook)
    return str(nbformat.writes(notebook)) + "\n"


def named(cell: Any, at: int) -> Any:
    """A cell whose name is the same whenever the notebook is made."""
    cell["id"] = f"part-{at}"
    return cell


def cells_of(coded: Coded) -> Iterable[Any]:
    document = coded.document
    link = f"\n\n<{document.address}>" if document.address else ""
    yield markdown(f"# {words(document.title)}\n\n{words(document.about)}{link}")
    yield code(coded.head)
    yield markdown(f"## {_(GIVEN)}\n\n" + "\n\n".join(f"$${letter} = {value}$$" for letter, value in document.given))
    yield code(coded.given)
    if coded.background:
        yield markdown(f"## {_(PASS)}")
        yield code(Cell(tuple(line for cell in coded.background for line in cell.lines)))
    group = None
    for cell in coded.cells:
        if cell.part and cell.part.group != group:
            group = cell.part.group
            yield markdown(f"## {words(group)}")
        yield from told(cell.part) if cell.part else ()
        yield code(cell)


def told(part: TakenLine) -> Iterable[Any]:
    """What is said of a part, its line with the shapes below, and with its numbers."""
    note = f"\n\n*{words(part.note)}*" if part.note else ""
    yield markdown(
        f"### {part.number} · {words(part.title)}\n\n{words(part.text)}{note}\n\n$${part.shaped}$$\n\n$${part.filled}$$"
    )


def words(sentence: str) -> str:
    return with_formulas(sentence, lambda text: SPECIAL.sub(r"\\\1", text))


def markdown(text: str) -> Any:
    import nbformat

    return nbformat.v4.new_markdown_cell(text)


def code(cell: Cell) -> Any:
    import nbformat

    return nbformat.v4.new_code_cell(cell.text.strip("\n"))
