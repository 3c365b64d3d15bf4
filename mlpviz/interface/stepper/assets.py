"""The stepper's script, style and markup as texts, for whoever puts it on a page."""

from __future__ import annotations

import re
from collections.abc import Mapping
from graphlib import TopologicalSorter
from pathlib import Path

HERE = Path(__file__).parent

IMPORT = re.compile(r'^import \{[^}]*\} from "(?:\./|\.\./\.\./stepper/js/)(\w+)\.js";\n', re.MULTILINE)
IN_ONE_SCOPE = re.compile(r"^\s*(?://.*|/\*\*.*)?\n|^export (?!default)|^[ \t]+", re.MULTILINE)
"""Blank lines, comment lines, keywords that only a module needs, and indentation."""


def read(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def style() -> str:
    """All style sheets as one: the stepper's own, then those that build upon it."""
    files = sorted(HERE.glob("*.css"), key=lambda file: (file.stem != "stepper", file.stem))
    return "".join(file.read_text(encoding="utf-8") for file in files)


def modules(folder: Path = HERE) -> dict[str, str]:
    """A script's modules by their names, each after those of its folder that it imports."""
    texts = {file.stem: file.read_text(encoding="utf-8") for file in sorted(folder.glob("js/*.js"))}
    before = {name: [other for other in IMPORT.findall(text) if other in texts] for name, text in texts.items()}
    return {name: texts[name] for name in TopologicalSorter(before).static_order()}


def script() -> str:
    """All modules as one script in one scope, shortened, since it travels whenever the data changes."""
    return joined(modules())


def joined(texts: Mapping[str, str]) -> str:
    """Modules, each after those that it imports, as the lines of one scope."""
    return IN_ONE_SCOPE.sub("", IMPORT.sub("", "\n".join(texts.values())))
