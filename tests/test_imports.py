"""Imports run one way and in no circle, a class has a name of its own, and importing the core loads nothing heavy."""

import ast
import subprocess
import sys
from collections import defaultdict
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import mlpviz
from mlpviz.interface.locale.extraction import parsed

ROOT = Path(__file__).parents[1]
FILES = sorted([*ROOT.glob("mlpviz/**/*.py"), *ROOT.glob("pages/*.py"), ROOT / "app.py"])

CORE = {"maths", "engine", "derivation"}
ALL = CORE | {"engine.training", "drawing", "examples", "setup", "jobs", "lessons", "rooms"}
PAGES = ("step", "network", "derive", "check", "train", "texts")
PAGE = ALL | {"interface.shell", "interface.widgets", "interface.stepper", "interface.exports"}
BEFORE = {  # what each part may import, besides itself
    "maths": set(),
    "engine": {"maths"},
    "engine.cpu": {"maths", "engine"},
    "engine.compiled": {"maths", "engine", "engine.cpu"},
    "engine.gpu": {"maths", "engine"},
    "engine.many": {"maths", "engine", "engine.cpu", "engine.compiled"},
    "engine.training": {"maths", "engine", "engine.many"},
    "derivation": {"maths", "engine"},
    "drawing": CORE,
    "examples": CORE,
    "setup": CORE | {"engine.training"},
    "lessons": CORE | {"engine.training", "drawing", "examples", "setup"},
    "jobs": CORE | {"engine.training"},
    "rooms": {"maths", "jobs", "setup"},
    "interface": set(),
    "interface.locale": {"interface.shell"},
    "interface.shell": ALL,
    "interface.widgets": ALL | {"interface.shell"},
    "interface.stepper": ALL | {"interface.shell"},
    "interface.exports": ALL | {"interface.shell", "interface.stepper"},
    **{f"interface.{page}": PAGE for page in PAGES},
    "interface.room": ALL | {"interface.shell", "interface.stepper"},
    "interface.lesson": ALL | {"interface.shell", "interface.stepper"},
    "pages": {"interface.shell", "interface.room", "interface.lesson", *(f"interface.{page}" for page in PAGES)},
    "serve": {"maths", "interface.shell", "interface.room"},
    "benchmark": CORE | {"engine.gpu", "engine.training", "examples", "interface.stepper"},
    "": CORE | {"engine.training", "interface.exports"},  # mlpviz itself; a page is made without Streamlit
}
STREAMLIT = {"interface", "pages", "rooms", "serve"}
PLOTLY = {"drawing"} | STREAMLIT
CUPY = {ROOT / "mlpviz/engine/gpu/arrays.py"}


def name_of(file):
    """The dotted name by which a file is imported."""
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


MODULES = {name_of(file): file for file in FILES}


def part_of(module):
    """The part of the house that a module belongs to: the longest name in ``BEFORE`` that its own begins with."""
    first, _, inside = module.partition(".")
    if first != "mlpviz":
        return "pages"
    while inside and inside not in BEFORE:
        inside = inside.rpartition(".")[0]
    return inside


@cache
def tree(file):
    return parsed(file.read_text(encoding="utf-8"))


@cache
def imported(file):
    """Every name that a file imports, at its head or later, for types or in earnest, relative ones written out."""
    package = file.relative_to(ROOT).parent.parts
    names = set()
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*above, *([node.module] if node.module else [])])
            names |= {f"{module}.{alias.name}" for alias in node.names}
    return names


def module_of(name):
    """The module of ours that an imported name is, or is in; '' for a library."""
    while name and name not in MODULES:
        name = name.rpartition(".")[0]
    return name


@cache
def arrows():
    """For each module those of ours that it imports."""
    return {module: {module_of(name) for name in imported(file)} - {"", module} for module, file in MODULES.items()}


def libraries(file):
    """The top-level packages that a file imports."""
    return {name.partition(".")[0] for name in imported(file)}


def allowed(module, other):
    """Whether a module may import another."""
    part = part_of(module)
    return part_of(other) in BEFORE[part] | {part}


def test_a_part_imports_only_what_stands_before_it():
    upward = {
        f"{module} imports {other}"
        for module, others in arrows().items()
        for other in others
        if not allowed(module, other)
    }
    assert not upward
    assert not [module for module in MODULES if part_of(module) and "mlpviz" in arrows()[module]], (
        "a part imports another part, not the whole"
    )


def test_imports_run_in_no_circle():
    TopologicalSorter(arrows()).prepare()


def test_a_file_that_imports_in_a_circle_would_be_seen():
    with pytest.raises(CycleError):
        TopologicalSorter(arrows() | {"mlpviz.maths.expressions": {"mlpviz.engine.trace"}}).prepare()


def test_no_two_classes_have_the_same_name():
    homes = defaultdict(list)
    for module, file in MODULES.items():
        for node in ast.walk(tree(file)):
            if isinstance(node, ast.ClassDef):
                homes[node.name].append(module)
    assert not {name: modules for name, modules in homes.items() if len(modules) > 1}


def test_libraries_stay_in_their_place():
    def outside(library, parts):
        return [
            module
            for module, file in MODULES.items()
            if library in libraries(file) and part_of(module).partition(".")[0] not in parts
        ]

    assert not outside("streamlit", STREAMLIT)
    assert not outside("plotly", PLOTLY)
    assert not [file for file in set(FILES) - CUPY if "cupy" in file.read_text(encoding="utf-8")]
    maths = [file for module, file in MODULES.items() if part_of(module) == "maths"]
    assert not [file for file in maths if libraries(file) - sys.stdlib_module_names - {"mlpviz"}]


def loaded_by(*modules):
    """What a fresh process has loaded once it has imported some modules, one after the other."""
    code = f"import sys, {', '.join(modules)}; print(*sys.modules)"
    return subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout.split()


def test_the_core_loads_nothing_heavy():
    """All of it in one process: what any of the modules loaded would be there."""
    found = {name.partition(".")[0] for name in loaded_by("mlpviz", "mlpviz.derivation", "mlpviz.examples.presets")}
    assert not {"streamlit", "plotly", "cupy", "pandas", "sklearn", "torch"} & found


def test_a_worker_loads_no_more_than_it_needs():
    """Every run begins with a process of its own, which waits for what it imports."""
    loaded = [name for name in loaded_by("mlpviz.jobs.__main__") if name.startswith("mlpviz.derivation.")]
    assert loaded == ["mlpviz.derivation.notation"]


def test_what_is_exported_is_there_and_nothing_else():
    assert all(hasattr(mlpviz, name) for name in mlpviz.__all__)
    assert not hasattr(mlpviz, "check_everything")


def test_every_part_is_known():
    unknown = [module for module in MODULES if module.startswith("mlpviz.") and not part_of(module)]
    assert not unknown


def test_no_test_imports_another():
    """What two of them need is in ``tests/support``, or a fixture of their ``conftest.py``."""
    tests = sorted(ROOT.glob("tests/**/*.py"))
    shared = {
        f"{name_of(file)} imports {module}"
        for file in tests
        for module in {name.rpartition(".")[0] for name in imported(file)}
        if module.startswith("tests.") and module.rpartition(".")[2].startswith(("test_", "conftest"))
    }
    assert not shared
