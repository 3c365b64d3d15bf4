"""What is said of everything that is made to do harm: ``python -m tests.measure.hostile``.

A row for each: what was handed in, to whom, how it ended and with which sentence, the work in thousands of calls and
the memory at most. It ends with 1 if anything failed otherwise than by a sentence.
"""

import json
import sys

import numpy as np

import mlpviz
from mlpviz.derivation.comparison import compared
from mlpviz.derivation.notation import Notation
from mlpviz.interface.shell.presets import PRESET_SETUPS
from mlpviz.interface.stepper.edits import edited
from mlpviz.setup.checks import checked
from mlpviz.setup.link import decode, query_of
from mlpviz.setup.matrix_text import parse_matrix
from tests.support.hostile_readers import NETWORK, read_file, take_table
from tests.support.work import memory, work

START = PRESET_SETUPS["two-three-two"]
WIDE = mlpviz.Architecture((2, 4096, 2), ("relu", "sigmoid"), "half_squared_error", "sum")
SQUARE = mlpviz.Architecture((1200, 1200, 1200, 2), ("tanh",) * 3, "half_squared_error", "sum")
DEEP = mlpviz.Architecture((2, *[8] * 31, 3), ("tanh",) * 32, "half_squared_error", "mean_samples", l2=0.1)


def link(text):
    return decode(query_of(text), PRESET_SETUPS)


def file(**fields):
    return read_file(json.dumps({"program": "mlpviz", "v": 1, **fields}))


def own(architecture, text, target):
    parameters = mlpviz.initialize(architecture, "he_normal", seed=0, dtype="float64")
    X, Y = np.ones((4, architecture.widths[0])), np.ones((4, architecture.widths[-1]))
    return mlpviz.check_formula(text, target, architecture, "rows", parameters, X, Y)


def beside(architecture, text, target):
    """What the page shows of a formula beside what is right."""
    parameters = mlpviz.initialize(architecture, "he_normal", seed=0, dtype="float64")
    data = parameters, np.ones((4, architecture.widths[0])), np.ones((4, architecture.widths[-1]))
    verdict = mlpviz.check_formula(text, target, architecture, "rows", *data)
    compared(verdict, Notation(), *data)
    return verdict


def formula(text, target="dW[2]"):
    return mlpviz.check_formula(text, target, NETWORK)


def program(text):
    return mlpviz.check_code(text, NETWORK)


def assigned(name, values):
    getattr(mlpviz.Parameters(NETWORK), name)[1] = values


def passed(x, dtype="float64"):
    return mlpviz.backpropagate(mlpviz.Parameters(NETWORK, dtype), x, [[0.0, 1.0]])


def event(**fields):
    return checked(edited(START, {"symbol": "W", "layer": 1, "row": 0, "column": 0, "value": 1.0, **fields}))


ROWS = {
    "link: two million parameters and one": lambda: link("widths=1500,1500,10"),
    "link: 33 layers and one": lambda: link("widths=" + ",".join("2" * 34)),
    "link: cut off": lambda: link("v=1&preset=mazur"),
    "link: 8,001 characters": lambda: link("formula=" + "a" * 8001 + "&end=1"),
    "link: another version": lambda: link("v=99&end=1"),
    "link: a name that there is not": lambda: link("wdths=2,2&end=1"),
    "link: an infinite rate": lambda: link("learning_rate=1e400&end=1"),
    "link: a rate that would be 0": lambda: link("learning_rate=1e-400&end=1"),
    "link: digits of another script": lambda: link("seed=%D9%A3&end=1"),
    "link: a path for a run": lambda: link("run=../../../etc/passwd&end=1"),
    "link: a path for data": lambda: link("dataset=../secret&end=1"),
    "link: a room inside a room": lambda: link("home=home%3Da%26end%3D1%26v%3D1&end=1"),
    "file: lists without end": lambda: read_file('{"program":"mlpviz","X":' + "[" * 100_000),
    "file: not a number": lambda: read_file('{"program":"mlpviz","learning_rate":NaN}'),
    "file: 100,000 digits": lambda: read_file('{"program":"mlpviz","seed":' + "9" * 100_000 + "}"),
    "file: a name twice": lambda: read_file('{"program":"mlpviz","seed":1,"seed":2}'),
    "file: half a character in a formula": lambda: file(formula="\ud800 x"),
    "file: half a character in a name": lambda: file(given="\ud800,A[1]"),
    "file: half a character as a property": lambda: file(**{"\ud800": 1}),
    "file: two megabytes and more": lambda: read_file(" " * 2_000_001),
    "file: a sample of another width": lambda: file(X=[[1, 2], [3]]),
    "file: a weight that there is not": lambda: file(entries={"W9.0.0": 1}),
    "file: another program's": lambda: read_file('{"a": 1}'),
    "matrix: 200,001 numbers": lambda: parse_matrix("1," * 200_000 + "1"),
    "matrix: brackets without end": lambda: parse_matrix("[" * 100_000),
    "matrix: digits of another script": lambda: parse_matrix("١٢"),
    "matrix: a call": lambda: parse_matrix("__import__('os')"),
    "table: bytes that are no text": lambda: take_table("\0\1\2"),
    "table: a line of a million commas": lambda: take_table("," * 1_000_000),
    "table: 501 columns": lambda: take_table(",".join("a" * 501) + "\n" + ",".join("1" * 501)),
    "table: a cell that is no number": lambda: take_table("x,y\n1,1\n2,2\nfoo,3\n"),
    "table: a number that float32 has not": lambda: take_table("x,y\n1e300,1\n2,2\n"),
    "table: 16 MB and more": lambda: take_table("a" * 16_000_001),
    "formula: Python": lambda: formula("__import__('os').system('id')"),
    "formula: an attribute": lambda: formula("X.__class__.__mro__"),
    "formula: 51 brackets": lambda: formula("(" * 51 + "m" + ")" * 51),
    "formula: 101 operands": lambda: formula("+".join("m" * 101)),
    "formula: 10^10 numbers": lambda: formula("np.ones((10**5, 10**5))"),
    "formula: too large a number": lambda: formula("1e400 * A[1]"),
    "formula: a number that would be 0": lambda: formula("1e-400 * A[1]"),
    "formula: a look-alike": lambda: formula("dеlta[2].T @ A[1]"),
    "formula: 45 diagonals of 4,096": lambda: own(WIDE, "W2 @ (" + " @ ".join(["diag(b1)"] * 45) + ")", "dW[2]"),
    "formula: 45 diagonals beside what is right": lambda: beside(
        WIDE, "W2 @ (" + " @ ".join(["diag(b1)"] * 45) + ")", "dW[2]"
    ),
    "formula: an outer product of 4,096": lambda: own(WIDE, "W2 @ np.outer(b1, b1)", "dW[2]"),
    "formula: 90 products of 1,200": lambda: own(SQUARE, "delta2.T @ A1" + " @ W1" * 90, "dW[2]"),
    "formula: a right one, too large here": lambda: own(WIDE, "delta2.T @ A1 + 0 * W2 @ np.outer(b1, b1)", "dW[2]"),
    "formula: 40 terms": lambda: formula(" - ".join(["delta[2] @ W[2]"] * 40), "delta[1]"),
    "formula: 33 layers": lambda: mlpviz.check_formula("delta[3] @ W[3]", "delta[2]", DEEP),
    "program: eval": lambda: program("found = eval('1')"),
    "program: for ever": lambda: program("while True:\n    x = X"),
    "program: a list that grows": lambda: program("x = [1]\nfor i in x:\n    x.append(i)"),
    "program: a billion numbers": lambda: program("x = np.zeros(10**9)"),
    "program: powers of powers": lambda: program("x = 9**9**9"),
    "program: a function of itself": lambda: program("def f(x):\n    return f(x) + f(x)\ny = f(X)"),
    "Python: a row for a matrix": lambda: assigned("W", [1, 2]),
    "Python: a number for a bias": lambda: assigned("b", 5),
    "Python: W transposed": lambda: assigned("W", np.ones((2, 3))),
    "Python: an infinite bias": lambda: assigned("b", [[np.inf] * 3]),
    "Python: 10^400 in W": lambda: assigned("W", [[10**400, 1]] * 3),
    "Python: NaN in X": lambda: passed([[np.nan, 1]]),
    "Python: 1e300 in float32": lambda: passed([[1e300, 1]], "float32"),
    "Python: l2 of 10^400": lambda: mlpviz.Architecture((2, 2), ("tanh",), "squared_error", "sum", l2=10**400),
    "Python: 10^18 parameters": lambda: mlpviz.Parameters(
        mlpviz.Architecture((10**9, 10**9), ("tanh",), "squared_error", "sum")
    ),
    "event: no row": lambda: event(row=None),
    "event: a row that there is not": lambda: event(row=99),
    "event: a layer that there is not": lambda: event(layer=99),
    "event: a computed array": lambda: event(symbol="delta"),
    "event: an input that there is not": lambda: event(symbol="A", layer=0, column=-1),
    "event: not a number": lambda: event(value="NaN"),
}
"""What is handed in, and to whom, as a call."""


def ended(call):
    """How a call ended, and with which sentence."""
    try:
        found = call()
    except ValueError as refusal:
        return "refused", str(refusal)
    except Exception as error:
        return "FAILED", f"{type(error).__name__}: {error}"
    return getattr(found, "kind", "taken"), str(getattr(found, "message", ""))


def main():
    failed = 0
    print("| handed in | ended | thousand calls | MB | sentence |\n|---|---|---|---|---|")
    for name, call in ROWS.items():
        ((kind, said), calls), most, _ = memory(work, ended, call)
        failed += kind in ("FAILED", "taken")
        short = said if len(said) < 160 else said[:159] + "…"
        print(f"| {name} | {kind} | {calls / 1000:,.0f} | {most / 1e6:.1f} | {short.replace('|', '/')} |", flush=True)
    print(f"\n{len(ROWS)} rows, {failed} of them not refused or judged in a sentence")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
