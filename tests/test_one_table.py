"""What an array is stands in maths/symbols.py; no other module has a table of arrays' names of its own."""

import ast
from pathlib import Path

import pytest

import mlpviz
from mlpviz.interface.locale.extraction import parsed
from mlpviz.maths.symbols import QUANTITIES

PACKAGE = Path(mlpviz.__file__).parent
DECLARING = {PACKAGE / "maths" / name for name in ("symbols.py", "equations.py")}
"""The table, and the equations, which declare the symbols that they are written with."""

ENOUGH = 3
"""So many names of arrays make a table of them."""

LITERALS = (ast.Dict, ast.Set, ast.Tuple, ast.List)


def tables(source):
    """The lines of literals that name several arrays, but for those that choose what to do for each."""
    for node in ast.walk(parsed(source)):
        if isinstance(node, LITERALS) and not chooses(node) and len(names_in(node)) >= ENOUGH:
            yield node.lineno


def chooses(literal):
    """Whether a literal says what to compute for each name, rather than what each name is."""
    return isinstance(literal, ast.Dict) and any(
        isinstance(value, ast.Attribute | ast.Compare) for value in literal.values
    )


def names_in(literal):
    """The names of arrays among the items, or the keys, of a literal."""
    items = literal.keys if isinstance(literal, ast.Dict) else literal.elts
    values = {item.value for item in items if isinstance(item, ast.Constant)}
    return {value for value in values if isinstance(value, str) and value in QUANTITIES}


@pytest.mark.parametrize(
    "source",
    [
        'GIVEN = ("A", "Y", "W", "b")',
        'LETTERS: dict[str, str] = {"A": "a", "Z": "z", "Y": "y"}',
        'TURNED = frozenset({"W", "dW", "new W"})',
        'class Reader:\n    names = ["Z", "delta", "dW"]',
        'PAIRS = [(("W", "b", "Z"), 1)]',
        'def other(name):\n    return {"A": "Z", "Z": "A", "delta": "A"}.get(name)',
        'def arrays(trace):\n    return [getattr(trace, name) for name in ("A", "Z", "delta")]',
    ],
)
def test_a_table_of_names_is_seen(source):
    assert list(tables(source))


@pytest.mark.parametrize(
    "source",
    [
        'PAIR = ("W", "b")',
        'WORDS = {"cost": 1, "accuracy": 2, "dead": 3}',
        'def buffer(self, name):\n    return {"Y": self.Y, "losses": self.losses, "cost": self.cost}[name]',
    ],
)
def test_anything_else_is_not(source):
    assert not list(tables(source))


def test_no_module_has_a_table_of_arrays_of_its_own():
    found = [
        f"{file.relative_to(PACKAGE)}:{line}"
        for file in PACKAGE.rglob("*.py")
        if file not in DECLARING
        for line in tables(file.read_text(encoding="utf-8"))
    ]
    assert not found
