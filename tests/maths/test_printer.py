"""What binds how tightly is known in one place, and brackets keep every tree what it is."""

import ast
import random
import re
from pathlib import Path

import pytest

from mlpviz.maths import expressions as ex
from mlpviz.maths.printer import Binding, Printer

P, Q, R = (ex.Symbol(name) for name in "PQR")


class Maths(Printer):
    """Writes as mathematics does: flat sums, and a minus that takes a whole product."""

    flat_sums, minus_of_sums = True, True


class Numbers(ast.NodeTransformer):
    """Puts numbers of trees in place of Python's own."""

    def visit_Constant(self, node):
        call = ast.Call(ast.Attribute(ast.Name("ex", ast.Load()), "Number", ast.Load()), [node], [])
        return ast.fix_missing_locations(ast.copy_location(call, node))


def tree(chance, depth):
    """A random tree of everything that Python has an operator for."""
    if depth == 0:
        return chance.choice([P, Q, R, ex.Number(2.5), ex.Negate(ex.Number(0.5))])
    kind = chance.choice([*Printer.signs, ex.Negate, ex.Transpose])
    return kind(*(tree(chance, depth - 1) for _ in range(2 if issubclass(kind, ex.Binary) else 1)))


@pytest.mark.parametrize("seed", range(200))
def test_a_written_tree_reads_as_the_same_tree(seed):
    """Python's own parser is the judge: it reads the operators into the very nodes that were written."""
    whole = tree(random.Random(seed), seed % 5)
    text = Printer().write(whole)
    names = {"P": P, "Q": Q, "R": R, "ex": ex}
    assert eval(compile(Numbers().visit(ast.parse(text, mode="eval")), text, "eval"), names) == whole, text


@pytest.mark.parametrize(
    ("node", "program", "maths"),
    [
        (P - (Q - R), "P - (Q - R)", "P - (Q - R)"),
        (P + (Q + R), "P + (Q + R)", "P + Q + R"),
        (P + (Q - R), "P + (Q - R)", "P + Q - R"),
        (P * (Q * R), "P * (Q * R)", "P * (Q * R)"),
        (-P * Q, "-P * Q", "(-P) * Q"),
        (-(P * Q), "-(P * Q)", "-P * Q"),
        (P * -Q, "P * -Q", "P * (-Q)"),
        (P - ex.Number(-2), "P - -2", "P - (-2)"),
        (ex.Negate(-P), "-(-P)", "-(-P)"),
        ((P + Q).T @ R, "(P + Q).T @ R", "(P + Q).T @ R"),
        (ex.Sum(P + Q, 0), "sum(P + Q, 0)", "sum(P + Q, 0)"),
    ],
)
def test_brackets_stand_where_a_dialect_needs_them(node, program, maths):
    assert Printer().write(node) == program
    assert Maths().write(node) == maths


def test_a_dialect_may_want_signs_in_brackets_and_forms_of_its_own():
    class Own(Printer):
        signed_factors = False
        squared = "{:base}²"
        forms = {ex.Divide: "[{} over {}]", "exp": "e^{{{:base}}}"}
        brackets = "<{}>"

    assert Own().write(P * -Q) == "P * <-Q>"
    assert Own().write((P + Q) * (P + Q)) == "<P + Q>²"
    assert Own().write((P + Q) / (P * P) @ R) == "[P + Q over P²] @ R"
    assert Own().write(ex.apply("exp", P + Q)) == "e^{<P + Q>}"
    assert Own().write(ex.apply("log", P + Q)) == "log(P + Q)"


def test_what_cannot_be_written_is_said():
    class Odd(ex.Expression):
        pass

    with pytest.raises(TypeError, match="Odd cannot be written"):
        Printer().write(P + Odd())


RANKS = {*Binding.__members__, "UNARY", "FACTOR", "TERM", "PRECEDENCE", "TIGHTNESS", "BINDING"}
ROOT = Path(__file__).parents[2] / "mlpviz"


def strengths(tree):
    """What a file says about how tightly something binds: a rank with a name, or brackets that depend on one."""
    for node in ast.walk(tree):
        match node:
            case ast.Assign([ast.Tuple(names)], ast.Call(ast.Name("range"))):
                yield from (name.id for name in names)
            case ast.Assign([ast.Name(name)]) | ast.AnnAssign(ast.Name(name), _, ast.Constant(int())) if name in RANKS:
                yield name
            case ast.ImportFrom("printer" | "maths.printer", names):
                yield from (each.name for each in names if each.name == "Binding")
            case ast.Attribute(_, "_at_least" | "Binding" as name):
                yield name
            case ast.FunctionDef() if any(each.arg in ("tightness", "precedence") for each in node.args.args):
                yield node.name


OPERATION = r"\b(?:add|sum|subtract|difference|negate|multiply|product|times): \d"
TABLE = re.compile(rf"{OPERATION}, {OPERATION}")


def strengths_in_script(text):
    """The same of a script: a table with a name that says so, or numbers for operations."""
    return [*re.findall(rf"\bconst ({'|'.join(RANKS)})\b", text), *TABLE.findall(text)]


SAYING = {ROOT / "maths" / "printer.py", ROOT / "derivation" / "checker" / "reading" / "parser.py"}
"""What is written and what is read are opposite: each has its own table."""


def test_no_other_file_says_how_tightly_anything_binds():
    files = [file for file in ROOT.rglob("*.py") if file not in SAYING]
    said = {file.relative_to(ROOT): list(strengths(ast.parse(file.read_text()))) for file in files}
    assert not {file: names for file, names in said.items() if names}


def test_no_other_script_says_how_tightly_anything_binds():
    said = {file.name: strengths_in_script(file.read_text(encoding="utf-8")) for file in ROOT.rglob("*.js")}
    assert [name for name, names in said.items() if names] == ["brackets.js"]


@pytest.mark.parametrize(
    "line",
    [
        "SUM, PRODUCT = range(2)",
        "FACTOR = 3",
        "ATOM: int = 4",
        "from ...maths.printer import Binding",
        "printer._at_least(2, node)",
        "def text(node, tightness=0): ...",
    ],
)
def test_a_file_that_would_is_seen(line):
    assert list(strengths(ast.parse(line)))


@pytest.mark.parametrize("line", ["const TIGHTNESS = outer;", "const LEVELS = { sum: 1, negate: 2 };"])
def test_a_script_that_would_is_seen(line):
    assert strengths_in_script(line)
