"""Every text on screen in one template for translators: ``python -m mlpviz.interface.shell.catalogue mlpviz.pot``.

A text is either marked where it stands, by ``_`` or ``N_``, or is a title or a description in one of the tables, whose
entries need no mark: they are read from the tables themselves.
"""

from __future__ import annotations

import argparse
import ast
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ...engine.initializers import INITIALIZERS
from ...engine.training.optimizers import OPTIMIZERS
from ...engine.training.schedules import SCHEDULES
from ...examples.datasets import DATASETS
from ...examples.presets import PRESETS
from ...examples.trainings import TRAININGS
from ...maths.activations import ACTIVATIONS
from ...maths.losses import LOSSES, REDUCTIONS

ROOT = Path(__file__).parents[3]
MARKED = ("mlpviz", "pages", "app.py")
MARKS = ("_", "N_")

HEADER = """msgid ""
msgstr ""
"Project-Id-Version: mlpviz\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=UTF-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""

TABLES: tuple[tuple[Mapping[str, Any], tuple[str, ...]], ...] = (
    (PRESETS, ("title", "description", "source")),
    (DATASETS, ("title", "about")),
    (TRAININGS, ("title", "about")),
    *((table, ("title",)) for table in (ACTIVATIONS, LOSSES, REDUCTIONS, INITIALIZERS, OPTIMIZERS, SCHEDULES)),
)
"""The tables whose entries are shown, and which of their properties are texts."""


def of_tables() -> Iterator[tuple[str, str]]:
    """Each text of the tables, and of which entry it is what."""
    for table, properties in TABLES:
        for entry in table.values():
            for name in properties:
                yield getattr(entry, name), f". {type(entry).__name__} {entry.name}: {name}"


def marked() -> Iterator[tuple[str, str]]:
    """Each text marked in the source, inside formatted strings too, and where it stands."""
    for place in MARKED:
        path = ROOT / place
        for file in sorted(path.rglob("*.py")) if path.is_dir() else [path]:
            for node in ast.walk(ast.parse(file.read_bytes())):
                match node:
                    case ast.Call(func=ast.Name(id=mark), args=[ast.Constant(value=str(text)), *_]) if mark in MARKS:
                        yield text, f": {file.relative_to(ROOT).as_posix()}:{node.lineno}"


def template() -> str:
    """All texts as a gettext template, each once, with where it comes from (GNU gettext manual, PO Files)."""
    found: dict[str, list[str]] = {}
    for text, where in (*of_tables(), *marked()):
        found.setdefault(text, []).append(f"#{where}\n")
    entries = [f'{"".join(places)}msgid {quoted(text)}\nmsgstr ""\n' for text, places in found.items() if text]
    return "\n".join([HEADER, *entries])


def quoted(text: str) -> str:
    """A text as a template has it."""
    return json.dumps(text, ensure_ascii=False)


def main() -> None:
    """Write the template to the file that is named."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.parse_args().file.write_text(template(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
