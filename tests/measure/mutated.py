"""Holds the checker against NumPy on lines of code with random mistakes: ``python -m tests.measure.mutated [COUNT]``.

Lines of the corpus that Python runs are changed somewhere in their tree, once or twice; the corpus's oracle says by
complex steps whether they are right still. What the checker calls right and the oracle does not is printed, and the
other way round; then how many were refused, and of how many wrong ones a cause is named.
"""

import argparse
import ast
import random
import warnings
from collections import Counter
from dataclasses import replace
from time import process_time

from tests.corpus.line import PYTHON
from tests.corpus.lines import LINES
from tests.corpus.meaning import judged, truths
from tests.corpus.verdicts import outcome

OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.MatMult, ast.Div)
FUNCTIONS = ("dot", "matmul", "multiply", "outer", "sum", "mean", "maximum", "minimum", "exp", "log", "square", "where")


class Mutation(ast.NodeTransformer):
    """Changes the node that is reached after a number of others."""

    def __init__(self, chance, place):
        self.chance, self.place, self.seen = chance, place, -1

    def generic_visit(self, node):
        self.seen += 1
        here = self.seen == self.place
        node = super().generic_visit(node)
        return changed(node, self.chance) if here else node


def changed(node, chance):
    """A node with one mistake, or as it is if there is none to make."""
    return CHANGES.get(type(node), lambda node, chance: node)(node, chance)


def operation(node, chance):
    """Another sign, the operands the other way round, one of them alone, a minus or a transpose."""
    kind = chance.choice(["operator", "swap", "left", "right", "minus", "transpose"])
    if kind == "operator":
        other = chance.choice([each for each in OPERATORS if not isinstance(node.op, each)])
        return ast.BinOp(node.left, other(), node.right)
    if kind == "swap":
        return ast.BinOp(node.right, node.op, node.left)
    if kind == "minus":
        return ast.UnaryOp(ast.USub(), node)
    return ast.Attribute(node, "T", ast.Load()) if kind == "transpose" else getattr(node, kind)


def attribute(node, chance):
    """No transpose, or another function of the library."""
    if node.attr == "T":
        return node.value
    return ast.Attribute(node.value, chance.choice(FUNCTIONS), ast.Load()) if node.attr in FUNCTIONS else node


def name(node, chance):
    """The array of another layer, or transposed; the input for the labels."""
    if node.id in ("X", "Y"):
        return ast.Name(chance.choice(("X", "Y", "A1")), ast.Load())
    if not any(map(str.isdigit, node.id)):
        return node
    digits = "".join(chance.choice("0123") if each.isdigit() else each for each in node.id)
    return chance.choice((ast.Name(digits, ast.Load()), ast.Attribute(node, "T", ast.Load())))


def constant(node, chance):
    """Another number."""
    if isinstance(node.value, bool | str):
        return node
    return ast.Constant(chance.choice([each for each in (0, 1, 2, 3, 0.5) if each != node.value]))


def call(node, chance):
    """A function without its keywords, with its arguments the other way round, or only its argument."""
    kind = chance.choice(("keywords", "arguments", "alone"))
    if kind == "keywords" and node.keywords:
        return ast.Call(node.func, node.args, [])
    if kind == "arguments" and len(node.args) == 2:
        return ast.Call(node.func, node.args[::-1], node.keywords)
    return node.args[0] if node.args else node


CHANGES = {
    ast.BinOp: operation,
    ast.Attribute: attribute,
    ast.Name: name,
    ast.Constant: constant,
    ast.Call: call,
    ast.UnaryOp: lambda node, chance: node.operand,
    ast.Compare: lambda node, chance: ast.Compare(node.left, [ast.Lt()], node.comparators),
}
"""The mistakes by the kind of node."""


def mutated(line, chance, count):
    """The line with some mistakes; None if nothing has changed."""
    (statement,) = ast.parse(line.text.strip().rstrip(";")).body
    before = ast.unparse(statement.value)
    for _ in range(count):
        nodes = sum(1 for _ in ast.walk(statement.value))
        statement.value = Mutation(chance, chance.randrange(nodes)).visit(statement.value)
    ast.fix_missing_locations(statement)
    if ast.unparse(statement.value) == before:
        return None
    return replace(line, text=ast.unparse(statement), meaning=None)


def suitable(line):
    """Whether a line can be changed: one assignment or expression that Python itself runs."""
    if line.dialect not in PYTHON or line.meaning or not line.right or line.single:
        return False
    try:
        (statement,) = ast.parse(line.text.strip().rstrip(";")).body
    except (SyntaxError, ValueError):
        return False
    return isinstance(statement, ast.Expr) or (isinstance(statement, ast.Assign) and len(statement.targets) == 1)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--refused", action="store_true")
    parser.add_argument("--unnamed", action="store_true")
    options = parser.parse_args()
    warnings.simplefilter("ignore")
    chance = random.Random(options.seed)
    lines = [line for line in LINES if suitable(line)]
    counts, times = Counter(), []
    while sum(counts.values()) < options.count:
        line = mutated(chance.choice(lines), chance, chance.choice((1, 1, 2)))
        if line is None:
            continue
        truths.cache_clear()  # a changed call may write into an argument
        try:
            truth = judged(line)
        except Exception as error:
            counts[f"not run: {type(error).__name__}"] += 1
            continue
        before = process_time()
        said = outcome(line)
        times.append(process_time() - before)
        counts[truth, said.kind] += 1
        unnamed = "None of the changes" in said.message
        counts["no cause"] += unnamed
        differs = (truth == "right") != (said.kind == "right") and said.kind != "refused"
        shown = (options.refused and said.kind == "refused") or (options.unnamed and unnamed)
        if differs or shown:
            report(line, truth, said)
    for key, count in sorted(counts.items(), key=str):
        print(key, count)
    times.sort()
    middle, most = times[len(times) // 2], times[int(0.95 * len(times))]
    print(f"median {middle:.3f} s, 95 % {most:.3f} s, longest {times[-1]:.3f} s")


def report(line, truth, said):
    print(f"{truth} | {said.kind}: {line.text}")
    print(f"    {line.about} of {line.network}, {dict(line.switches)} {line.given or ''}\n    {said.message[:200]}")


if __name__ == "__main__":
    main()
