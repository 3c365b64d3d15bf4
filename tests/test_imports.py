"""Imports run one way, and importing the core loads nothing heavy."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SIBLINGS = {"drawing", "setup", "jobs", "examples"}
BEFORE = {  # what each part may import, besides itself
    "maths": set(),
    "engine": {"maths"},
    "derivation": {"maths", "engine"},
    **{sibling: {"maths", "engine", "derivation"} for sibling in SIBLINGS},
    "interface": {"maths", "engine", "derivation"} | SIBLINGS,
    "pages": {"maths", "engine", "derivation", "interface"} | SIBLINGS,
    "__init__": {"maths", "engine", "derivation"},
    "benchmark": {"maths", "engine", "derivation", "examples"},
}
STANDARD_LIBRARY_ONLY = {"maths"}
FILES = sorted([*ROOT.glob("mlpviz/**/*.py"), *ROOT.glob("pages/*.py"), *ROOT.glob("app.py")])
NAMES = [str(file.relative_to(ROOT)) for file in FILES]


def part_of(file: Path) -> str:
    """The part of the house that a file belongs to."""
    first, *rest = file.relative_to(ROOT).with_suffix("").parts
    return rest[0] if first == "mlpviz" else "pages"


def imported(file: Path) -> set[str]:
    """Every module that a file imports, relative ones written out, names after ``from`` included."""
    package = file.relative_to(ROOT).parent.parts
    modules = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            modules |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*above, *([node.module] if node.module else [])])
            modules |= {f"{module}.{alias.name}" for alias in node.names}
    return modules


def roots(file: Path) -> set[str]:
    """The top-level packages that a file imports."""
    return {module.split(".")[0] for module in imported(file)}


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_a_part_imports_only_what_stands_before_it(file):
    part = part_of(file)
    parts = {module.split(".")[1] for module in imported(file) if module.startswith("mlpviz.")}
    assert (parts & BEFORE.keys()) - {part} <= BEFORE[part]
    assert "mlpviz" not in imported(file), "a part imports another part, not the whole"


@pytest.mark.parametrize("file", FILES, ids=NAMES)
def test_libraries_stay_in_their_place(file):
    part, libraries = part_of(file), roots(file)
    assert part in {"interface", "pages"} or "streamlit" not in libraries
    assert part in {"drawing", "interface", "pages"} or "plotly" not in libraries
    assert "cupy" not in file.read_text(encoding="utf-8") or file == ROOT / "mlpviz/engine/arrays.py"
    if part in STANDARD_LIBRARY_ONLY:
        assert libraries <= sys.stdlib_module_names | {"mlpviz"}


@pytest.mark.parametrize("module", ["mlpviz", "mlpviz.derivation", "mlpviz.examples.presets"])
def test_the_core_loads_nothing_heavy(module):
    code = f"import sys, {module}; print(*{{name.split('.')[0] for name in sys.modules}})"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert not {"streamlit", "plotly", "cupy", "pandas", "sklearn", "torch"} & set(loaded.split())


def test_every_part_is_known():
    assert {part_of(file) for file in FILES} <= BEFORE.keys()
