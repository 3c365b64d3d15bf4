"""Right programs with one slip: ``python -m tests.measure.mutated_programs [COUNT] [--seed N] [--kind KIND]``.

Programs of the corpus that Python runs are changed in one place, as people slip: a transpose lost, a sign turned, the
array of another layer, a mean forgotten, ``=`` for ``+=``. The corpus's proof says which of them are wrong. Printed is
each wrong one of which the report says that nothing is wrong (silent), each that crashes, and with ``--elsewhere``
those whose line at fault is another one; of changes that leave a program right, each false alarm; and how many there
were of each kind.
"""

from __future__ import annotations

import argparse
import ast
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from random import Random
from time import process_time

from tests.corpus.libraries import importable
from tests.corpus.program import Program
from tests.corpus.programs import PROGRAMS
from tests.corpus.proof import run
from tests.measure.corpus_programs import Report, report_on

PYTHON = ("numpy", "torch", "jax", "tensorflow")
SIGNS = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.MatMult: "@", ast.Pow: "**"}
OTHER_SIGN = {"+": "-", "-": "+", "*": "/", "/": "*", "@": "*"}
TURNED = {ast.Gt: "<", ast.Lt: ">", ast.GtE: "<", ast.LtE: ">"}
OTHER_FUNCTION = {"sum": "mean", "mean": "sum", "maximum": "minimum", "exp": "log", "tanh": "exp", "square": "abs"}
LETTERS = re.compile(r"(?<![a-z])[zasSpPaAhH](?=_?\d)|(?<![a-z])[zZ](?=_?\d)")


@dataclass(frozen=True)
class Slip:
    """A program with one change: of which kind, in which line."""

    kind: str
    line: int
    program: Program

    @property
    def text(self) -> str:
        return self.program.lines[self.line - 1].strip()


def slips(program: Program) -> Iterator[Slip]:
    """Every slip that is made of a program."""
    tree = ast.parse(program.text)
    names = {each.id for each in ast.walk(tree) if isinstance(each, ast.Name)}
    lines = program.marked - program.givens
    for node in ast.walk(tree):
        line = getattr(node, "lineno", 0)
        if line in lines and node.end_lineno == line:
            text = program.lines[line - 1].encode()
            for kind, new in changes(node, text, names):
                if kind in ("number", "line lost") and is_rate_or_size(program.holds.get(line, "~")):
                    continue
                changed = text[: node.col_offset] + new.encode() + text[node.end_col_offset :]
                yield Slip(kind, line, with_line(program, line, changed.decode()))


def is_rate_or_size(label: str) -> bool:
    """Whether a line is an update, or sets a size, by its label: another number there is another choice."""
    return label == "~" or re.search(r"[Wb]\[\d\](\[0\])? - ", label) is not None


def with_line(program: Program, number: int, text: str) -> Program:
    lines = program.lines
    lines[number - 1] = text
    return replace(program, text="\n".join(lines))


def changes(node: ast.AST, line: bytes, names: set[str]) -> Iterator[tuple[str, str]]:
    """The slips at one node of a line: their kind, and the text that takes its place."""

    def text(part: ast.AST) -> str:
        return line[part.col_offset : part.end_col_offset].decode()

    match node:
        case ast.Attribute(value, "T"):
            yield "transpose", text(value)
        case ast.UnaryOp(ast.USub(), operand):
            yield "sign", text(operand)
        case ast.Name(name, ast.Load()) if re.search(r"\d", name):
            yield from (("layer", each) for each in other_layers(name) if each in names)
            yield from (("letter", each) for each in other_letters(name) if each in names)
            yield "transpose", f"{name}.T"
        case ast.Name(name, ast.Store()) if re.search(r"\d", name):
            yield from (("left side", each) for each in other_layers(name) if each in names)
        case ast.Subscript(owner, ast.Name(index)):
            yield "index", f"{text(owner)}[{index}-1]"
            yield "index", f"{text(owner)}[{index}+1]"
        case ast.Subscript(owner, ast.BinOp(ast.Name() | ast.UnaryOp() as index, ast.Add() | ast.Sub() as sign, one)):
            yield "index", f"{text(owner)}[{text(index)}]"
            yield "index", f"{text(owner)}[{text(index)} {'-' if isinstance(sign, ast.Add) else '+'} {text(one)}]"
        case ast.Subscript(owner, ast.Constant(str() as key), context) if re.search(r"\d", key):
            kind = "layer" if isinstance(context, ast.Load) else "left side"
            yield from ((kind, f'{text(owner)}["{each}"]') for each in other_layers(key))
        case ast.Constant(int() | float() as number) if not isinstance(number, bool):
            yield "number", str(number * 2 if number else 1)
            yield "number", str(number + 1)
        case ast.Compare(left, [sign], [right]) if type(sign) in TURNED:
            yield "mask", f"{text(left)} {TURNED[type(sign)]} {text(right)}"
        case ast.AugAssign(target, sign, value) if type(sign) in SIGNS:
            yield from augmented(text(target), SIGNS[type(sign)], text(value))
        case ast.Assign([ast.Subscript(ast.Name(), ast.Compare())], _value):
            yield "line lost", "pass"
        case ast.Call(function, arguments, keywords):
            yield from calls(text, function, arguments, keywords)
        case ast.BinOp(left, sign, right) if type(sign) in SIGNS:
            yield from operations(text(left), SIGNS[type(sign)], text(right))


def operations(left: str, sign: str, right: str) -> Iterator[tuple[str, str]]:
    """The slips of an operation: another sign, the other order, an operand lost."""
    if sign in OTHER_SIGN:
        yield "sign", f"{left} {OTHER_SIGN[sign]} {right}"
    if sign in "-@":
        yield "order", f"{right} {sign} {left}"
    if sign in "*/**":
        yield "factor lost", left
    if sign == "*":
        yield "factor lost", right
    if sign in "+-":
        yield "term lost", left


def augmented(target: str, sign: str, value: str) -> Iterator[tuple[str, str]]:
    """The slips of ``+=`` and its kin: the sign turned or lost, or the whole line."""
    yield "augmented", f"{target} = {value}"
    if sign in "+-":
        yield "augmented", f"{target} {OTHER_SIGN[sign]}= {value}"
    if not re.match(r"(self\.)?(W|b|w)", target):
        yield "line lost", "pass"


def calls(
    text, function: ast.expr, arguments: list[ast.expr], keywords: list[ast.keyword]
) -> Iterator[tuple[str, str]]:
    """The slips of a call: another axis, none, no keepdims, its arguments the other way round, another function."""
    given = [text(each) for each in arguments]
    named = {each.arg: text(each.value) for each in keywords}

    def call(parts: Iterable[str], keys: dict[str, str], name: str = "") -> str:
        return f"{name or text(function)}({', '.join([*parts, *(f'{key}={value}' for key, value in keys.items())])})"

    axis = named.get("axis", named.get("dim"))
    if axis in ("0", "1"):
        key = "axis" if "axis" in named else "dim"
        yield "axis", call(given, {**named, key: str(1 - int(axis))})
        yield "axis", call(given, {each: value for each, value in named.items() if each not in (key, "keepdims")})
    if "keepdims" in named:
        yield "keepdims", call(given, {key: value for key, value in named.items() if key != "keepdims"})
    name = text(function)
    if len(given) == 2 and name.endswith(("dot", "matmul", "outer", "subtract", "divide", "mm")):
        yield "order", call(given[::-1], named)
    bare = name.rpartition(".")[2]
    if bare in OTHER_FUNCTION:
        yield "function", call(given, named, name[: len(name) - len(bare)] + OTHER_FUNCTION[bare])


def other_layers(name: str) -> Iterator[str]:
    for digit in "123":
        other = re.sub(r"\d", digit, name, count=1)
        if other != name:
            yield other


def other_letters(name: str) -> Iterator[str]:
    for other in "aAzZhH":
        changed = LETTERS.sub(other, name, count=1)
        if changed != name:
            yield changed


def is_right(slip: Slip) -> bool:
    """Whether a changed program still computes what its labels say."""
    try:
        run(slip.program, 0)
    except Exception:
        return False
    return True


def right_programs(programs: Iterable[Program] = PROGRAMS) -> list[Program]:
    return [each for each in programs if not each.twin and each.dialect in PYTHON and not each.bugs]


def pool(programs: Iterable[Program], chance: Random, kind: str = "") -> list[Slip]:
    """The slips of programs, by kind in turn, so that the first of them are of all kinds."""
    by_kind: dict[str, list[Slip]] = {}
    for program in programs:
        for slip in slips(program):
            if kind in ("", slip.kind):
                by_kind.setdefault(slip.kind, []).append(slip)
    for each in by_kind.values():
        chance.shuffle(each)
    turns = [(place / len(each), kind, slip) for kind, each in by_kind.items() for place, slip in enumerate(each)]
    return [slip for _place, _kind, slip in sorted(turns, key=lambda turn: turn[:2])]


def outcome(slip: Slip, report: Report) -> str:
    """silent, refused, elsewhere or found."""
    faulty = {line.number for line in report.faulty}
    if slip.line in faulty:
        return "found"
    if faulty:
        return "elsewhere"
    return "refused" if any(line.kind == "refused" for line in report.lines) else "silent"


def measure(slips_: Iterable[Slip], count: int, shown: Iterable[str]) -> None:
    counts: Counter[tuple[str, str]] = Counter()
    totals: Counter[str] = Counter()
    times: list[tuple[float, str]] = []
    with importable():
        for slip in slips_:
            if totals["wrong"] >= count:
                break
            right = is_right(slip)
            before = process_time()
            try:
                report = report_on(slip.program)
            except Exception as error:
                print(f"crash {slip.program.name}:{slip.line} {slip.text} {type(error).__name__}: {error}")
                totals["crash"] += 1
                continue
            times.append((process_time() - before, f"{slip.program.name}:{slip.line} {slip.text}"))
            harmless = right and slip.line in slip.program.holds and slip.kind != "left side"
            if right and not harmless:
                continue
            said = ("alarm" if report.faulty else "quiet") if right else outcome(slip, report)
            counts[slip.kind, said] += 1
            totals[said] += 1
            totals["right" if right else "wrong"] += 1
            if said in shown:
                tell(said, slip, report)
    for key in sorted(counts):
        print(f"{key[0]:12} {key[1]:10} {counts[key]}")
    print(", ".join(f"{what} {number}" for what, number in totals.items()))
    times.sort(reverse=True)
    print(f"mean {sum(each for each, _ in times) / max(1, len(times)):.2f} s, longest:", *times[:3])


def tell(said: str, slip: Slip, report: Report) -> None:
    own = next((line for line in report.lines if line.number == slip.line), None)
    print(
        f"{said} {slip.program.name}:{slip.line} [{slip.kind}] {slip.text} | {slip.program.holds.get(slip.line, '~')}"
    )
    if own:
        print(f"      {own.kind} [{own.name}] {own.message[:110]}")
    for line in report.faulty[:1]:
        if line is not own:
            print(f"      {line.number}: {slip.program.lines[line.number - 1].strip()} | {line.message[:130]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("count", nargs="?", type=int, default=400)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kind", default="")
    parser.add_argument("--elsewhere", action="store_true")
    options = parser.parse_args()
    shown = ["silent", "alarm", *(["elsewhere", "refused"] if options.elsewhere else [])]
    measure(pool(right_programs(), Random(options.seed), options.kind), options.count, shown)


if __name__ == "__main__":
    main()
