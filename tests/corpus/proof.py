"""Proves the labels of the programs: each is run by Python with every assignment watched, against the complex steps.

A line that should hold an array is compared with it, a given is replaced by the network's own, and a planted bug must
not hold what it should; the run then goes on with what it should hold, so that a bug counts only where it stands.
"""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Callable
from copy import deepcopy
from types import SimpleNamespace
from typing import Any

import numpy as np

from .libraries import LIBRARIES, Tensor
from .oracle import Truth, random_truth
from .program import Program


class Disproof(AssertionError):
    """A label that the run contradicts."""


def seen_from(truth: Truth, notation: str) -> dict[str, Any]:
    """The truth's arrays by name as a notation has them."""
    turn = (lambda x: x) if notation == "rows" else (lambda x: None if x is None else x.T)
    turned = {name: [turn(x) for x in getattr(truth, name)] for name in ("Z", "A", "delta", "dA", "b", "db")}
    labels = np.argmax(truth.Y, axis=1)
    return {
        **turned,
        "W": truth.W,
        "dW": truth.dW,
        "X": turn(truth.X),
        "Y": turn(truth.Y),
        "losses": turn(truth.losses),
        "cost": truth.cost,
        "labels": labels,
        "m": len(truth.X),
        "n": truth.Y.shape[1],
        "np": np,
        "beside": lambda w, bias: np.hstack([w, bias.reshape(-1, 1)]),
    }


def same(value: Any, right: Any) -> bool:
    """Whether two arrays agree, axes of length 1 apart; shapes must agree, nothing is broadcast."""
    value, right = (np.squeeze(np.asarray(x, dtype=float)) for x in (value, right))
    return value.shape == right.shape and np.allclose(value, right, rtol=1e-8, atol=1e-10)


def fitted(right: Any, value: Any) -> Any:
    """A right array with the axes of length 1 that the program gave its own, where they differ in nothing else."""
    right = np.array(right, dtype=float)
    if np.squeeze(np.asarray(value)).shape == np.squeeze(right).shape:
        right = right.reshape(np.shape(value))
    return right.view(Tensor) if isinstance(value, Tensor) else right


class Watch:
    """Judges the value after each assignment of a program that runs."""

    def __init__(self, program: Program, truth: Truth) -> None:
        self.program = program
        self.truth = seen_from(truth, program.notation)
        self.passes: Counter[tuple[int, int]] = Counter()
        self.ends: dict[tuple[int, int], Any] = {}
        self.names: dict[str, Any] = {}

    @property
    def numbers(self) -> dict[str, Any]:
        """What names of labels stand for: the truth's arrays, and the program's own numbers."""
        return {**self.names, **self.truth}

    def listed(self, line: int, part: int) -> list[str]:
        """What a label says of each pass of a loop; of one that is no list, the same every time."""
        return [each.strip() for each in self.program.holds[line].split("&")[part].split(";")]

    def rights(self, text: str, i: int = 0) -> list[Any]:
        """The values of names that are equally true, in pass ``i`` of a loop."""
        return [eval(each, {**self.numbers, "i": i}) for each in text.split("|")]

    def expected(self, line: int, part: int) -> list[Any] | None:
        """What a line should hold this time: the alternatives, or nothing to compare with."""
        i, listed = self.passes[line, part], self.listed(line, part)
        self.passes[line, part] += 1
        if listed[0] == "...":
            last = line in self.program.bugs and i == self.truth["m"] - 1
            return self.rights(listed[1]) if last else None
        if 1 < len(listed) <= i:
            raise Disproof(f"{self.program.name}:{line} has more passes than {listed}")
        text = listed[i] if len(listed) > 1 else listed[0]
        return None if text == "~" else self.rights(text, i)

    def finish(self) -> None:
        """Raises Disproof if a line never ran, not as often as its label says, or did not end with what it says."""
        for line, label in self.program.holds.items():
            for part in range(len(label.split("&"))):
                passes, listed = self.passes[line, part], self.listed(line, part)
                if listed[0] == "..." and line not in self.program.bugs:
                    self.judge(line, self.ends.get((line, part)), self.rights(listed[1]))
                elif listed[0] not in ("~", "...") and (not passes or 1 < len(listed) != passes):
                    raise Disproof(f"{self.program.name}:{line} ran {passes} times, not as {listed}")

    def judged(self, line: int, value: Any, part: int = 0) -> Any:
        """The value that the program goes on with."""
        if line not in self.program.holds:
            return value
        rights = self.expected(line, part)
        if rights is None:
            self.ends[line, part] = deepcopy(value)
            return value
        if line in self.program.givens:
            return deepcopy(rights[0]) if isinstance(rights[0], list) else fitted(rights[0], value)
        return self.judge(line, value, rights)

    def judge(self, line: int, value: Any, rights: list[Any]) -> Any:
        """The value, or what a bug's line should hold; raises Disproof where the label is not true."""
        holds = value is not None and any(same(value, right) for right in rights)
        if line in self.program.bugs:
            if holds:
                raise Disproof(f"{self.program.name}:{line} is no bug: it holds {self.program.holds[line]}")
            return fitted(rights[0], value)
        if not holds:
            raise Disproof(f"{self.program.name}:{line} does not hold {self.program.holds[line]}: {value!r}")
        return value

    def plain(self, line: int, get: Callable[[], Any], part: int = 0) -> Any:
        """After an assignment to a name or an attribute."""
        try:
            value = get()
        except (NameError, AttributeError):
            value = None
        return self.judged(line, value, part)

    def item(self, line: int, base: Any, index: Any, part: int = 0) -> None:
        """After an assignment to an entry: of a table or list that entry, of an array the array."""
        if isinstance(base, np.ndarray) and base.dtype != object:
            base[...] = self.judged(line, base, part)
            return
        try:
            value = base[index]
        except (KeyError, IndexError):
            value = None
        base[index] = self.judged(line, value, part)

    def failed(self, line: int, error: Exception) -> None:
        """A line that raised must be a bug's."""
        if line not in self.program.bugs:
            raise Disproof(f"{self.program.name}:{line} fails: {error!r}") from error


CHANGED_BY = {"append": -1, "insert": 0}
"""Methods that change a list, and the entry that they leave."""


class Instrument(ast.NodeTransformer):
    """Lets a watch see every assignment of a program, and loops that the proof runs once end after a pass."""

    def __init__(self, once: tuple[str, ...]) -> None:
        self.once = once
        self.parts: Counter[int] = Counter()

    def watched(self, node: ast.stmt, targets: list[ast.expr]) -> list[ast.stmt]:
        line, first = node.lineno, self.parts[node.lineno]
        self.parts[line] += len(targets)
        safe = ast.parse(f"try:\n    pass\nexcept Exception as error_:\n    watch_.failed({line}, error_)")
        safe.body[0].body = [node]
        return [*safe.body, *(look for part, target in enumerate(targets, first) for look in looks(target, line, part))]

    def visit_Assign(self, node: ast.Assign) -> list[ast.stmt]:
        target = node.targets[0]
        return self.watched(node, target.elts if isinstance(target, ast.Tuple) else [target])

    def visit_AugAssign(self, node: ast.AugAssign) -> list[ast.stmt]:
        return self.watched(node, [node.target])

    def visit_Expr(self, node: ast.Expr) -> Any:
        match node.value:
            case ast.Call(func=ast.Attribute(value=base, attr=name)) if name in CHANGED_BY:
                entry = ast.Subscript(base, ast.Constant(CHANGED_BY[name]), ast.Load())
                return self.watched(node, [entry])
            case ast.Call(func=ast.Attribute(value=base, attr="assign_sub")):
                return self.watched(node, [base])
        return node

    def visit_For(self, node: ast.For) -> ast.For:
        self.generic_visit(node)
        if isinstance(node.target, ast.Name) and node.target.id in self.once:
            node.body.append(ast.Break())
        return node


def looks(target: ast.expr, line: int, part: int) -> list[ast.stmt]:
    """The statement that shows what was assigned to a target to the watch."""
    text = ast.unparse(target)
    if text == "_":
        return []
    call = f"{text} = watch_.plain({line}, lambda: {text}, {part})"
    if isinstance(target, ast.Subscript):
        index = ast.unparse(target.slice)
        call = f"watch_.item({line}, {ast.unparse(target.value)}, {0 if ':' in index else index}, {part})"
    return ast.parse(call).body


def bound(text: str, truth: dict[str, Any], dialect: str) -> Any:
    """A copy of what a name stands for; in PyTorch and TensorFlow arrays have these libraries' methods."""
    value = deepcopy(eval(text, dict(truth)))
    return value.view(Tensor) if dialect in {"torch", "tensorflow"} and isinstance(value, np.ndarray) else value


def run(program: Program, seed: int = 0) -> Watch:
    """Runs a program, or its twin, on random numbers; raises Disproof where a label is wrong."""
    watch = Watch(program, random_truth(program.network, program.m, seed))
    tree = ast.parse(program.twin or program.text)
    tree = ast.fix_missing_locations(Instrument(program.once).visit(tree))
    scope = {**LIBRARIES, **{name: bound(text, watch.truth, program.dialect) for name, text in program.binds.items()}}
    scope |= {"watch_": watch, "SimpleNamespace": SimpleNamespace, "print": lambda *shown, **how: None}
    watch.names = scope
    with np.errstate(all="ignore"):
        exec(compile(tree, program.name, "exec"), scope)
        exec(program.driver, scope)
    watch.finish()
    return watch
