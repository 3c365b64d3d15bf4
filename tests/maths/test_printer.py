"""What binds how tightly is known in one place: brackets keep every tree what it is."""

import ast
import random

import pytest

from mlpviz.maths import expressions as ex
from mlpviz.maths.printer import Printer

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
