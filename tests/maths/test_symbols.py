"""What an array is stands in one table; whatever reads it has no list of names of its own."""

import ast
import re

from mlpviz.maths.symbols import QUANTITIES
from tests.support.browser import ROOT

OWN = {ROOT / "mlpviz/maths/symbols.py", ROOT / "mlpviz/maths/equations.py"}
"""The table itself, and where the equations are written in these symbols."""

FEW = 2
"""A table may name two arrays: a pair, such as the W and b of a layer, is no list of what there is."""

LISTED = re.compile(r"[\[({]\s*((?:\"[^\"]*\"(?::[^,]*)?,?\s*)+)[\])}]")


def arrays(names):
    return {name for name in names if name in QUANTITIES}


def tables(file):
    """The strings that each table at the top of a module has as its keys or entries."""
    for statement in ast.parse(file.read_text(encoding="utf-8")).body:
        if isinstance(statement, ast.Assign | ast.AnnAssign) and statement.value:
            for node in ast.walk(statement.value):
                if isinstance(node, ast.Dict | ast.Set | ast.List | ast.Tuple):
                    entries = node.keys if isinstance(node, ast.Dict) else node.elts
                    yield [each.value for each in entries if isinstance(each, ast.Constant)]


def test_no_other_module_has_a_table_of_arrays():
    found = [
        f"{file.relative_to(ROOT)}: {sorted(arrays(entries))}"
        for file in sorted(ROOT.glob("mlpviz/**/*.py"))
        if file not in OWN
        for entries in tables(file)
        if len(arrays(entries)) > FEW
    ]
    assert not found


def test_the_browser_is_told_what_an_array_is():
    found = [
        f"{file.name}: {listed}"
        for file in sorted(ROOT.glob("mlpviz/**/*.js"))
        for listed in LISTED.findall(file.read_text(encoding="utf-8"))
        if len(arrays(re.findall(r"\"([^\"]*)\"", listed))) > FEW
    ]
    assert not found


def test_such_tables_would_be_seen(tmp_path):
    (tmp_path / "table.py").write_text('EDGES = {"W": 1, "dW": 2, "new W": 3}\nWHOLE = ("losses", "cost", "change")\n')
    assert [len(arrays(entries)) for entries in tables(tmp_path / "table.py")] == [3, 3]
    assert LISTED.findall('const EDGES = new Set(["W", "dW", "new W"]);') == ['"W", "dW", "new W"']
