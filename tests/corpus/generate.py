"""Lines made as products: a formula, right or with a mistake, in a dialect, an orientation, names and decoration."""

from __future__ import annotations

import random
import re
from collections.abc import Mapping
from itertools import cycle
from typing import Any

from tests.corpus.dialects import DIALECTS
from tests.corpus.line import NETWORKS, PYTHON, Line
from tests.corpus.names import OWN
from tests.corpus.oracle import Network
from tests.corpus.printing import Printer, left_side, meaning
from tests.corpus.trees import Tree, formulas, in_orientation, name, slope

SEED = 10

ORIENTATIONS: dict[str, tuple[Mapping[str, str], ...]] = {
    "rows": ({"orientation": "rows"},),
    "columns": ({"orientation": "columns"},),
    "in_out": ({"weights": "in_out"},),
}

COUNTS = {  # right, wrong
    "numpy": (40, 16),
    "torch": (10, 5),
    "tensorflow": (6, 3),
    "jax": (5, 2),
    "matlab": (13, 6),
    "julia": (6, 2),
    "r": (5, 2),
    "latex": (30, 12),
    "unicode": (15, 7),
    "plain": (12, 8),
}
"""How many lines of each dialect are made."""

WITHOUT = {
    "latex": {"samples", "units", "all", "positive", "call"},
    "unicode": {"samples", "units", "all", "positive", "call"},
    "plain": {"units", "all", "positive"},
}
"""Operations for which a dialect has no form here."""

ORIENTATIONS_OF = {
    "numpy": ("rows", "columns", "in_out"),
    "torch": ("rows", "in_out"),
    "tensorflow": ("in_out", "rows"),
}


def kinds(tree: Tree) -> set[str]:
    return {tree[0]}.union(*(kinds(part) for part in tree if isinstance(part, tuple)))


def made(dialect: str, network: str, target: str, tree: Tree, cause: str, choose: random.Random) -> Line:
    """One line: an orientation, a style, the forms, the left side and the end are drawn."""
    entry = DIALECTS[dialect]
    orientation = choose.choice(ORIENTATIONS_OF.get(dialect, ("rows", "columns")))
    (switches,) = ORIENTATIONS[orientation]
    deep = NETWORKS[network].depth != 2
    style = choose.choice([style for style in entry.spellings if not (deep and style in OWN)])
    shown = in_orientation(target, tree, switches)
    if dialect in WITHOUT or choose.random() < 0.35:
        shown = by_name(shown, NETWORKS[network]) if not cause.endswith(" slope") else shown
    printer = Printer(entry, style, choose, NETWORKS[network])
    right, left = printer.text(shown), left_side(printer, target)
    with_left = choose.random() < 0.6
    text, left = marked(dialect, left if with_left else "", right, left)
    text += choose.choice(entry.ends) if "%" not in text[-14:] else ""
    text = f"$${text}$$" if dialect == "latex" and choose.random() < 0.15 else text
    alone = with_left and bool(left) and choose.random() < 0.35
    return Line(
        dialect,
        text,
        None if alone else target,
        network,
        switches["orientation"] if "orientation" in switches else dict(switches),
        {own: held for own, held in printer.given.items() if own in text} or None,
        right=not cause,
        cause=cause,
        meaning=None if dialect in PYTHON else meaning(shown, NETWORKS[network]),
        sets=target if alone else "",
        generated=True,
    )


MARKS = {
    "matlab": (r"'|\.[*^/]|%|sum\(.*[,(]", "{left}{right};  % gradient"),
    "julia": (r"'|\.[*^/+>-]|dims", "{name} .= {right}"),
    "r": (r"%\*%|<-|colSums|rowSums|\bt\(", "{name} <- {right}"),
}
"""What tells a dialect apart where ``*`` and ``sum`` mean other things, and how a line without it gets it."""


def marked(dialect: str, left: str, right: str, otherwise: str) -> tuple[str, str]:
    """A line and its left side, told apart from other dialects'."""
    pattern, form = MARKS.get(dialect, ("", ""))
    if re.search(pattern, left + right):
        return left + right, left
    name = (left or otherwise).rstrip("= <-")
    text = form.format(left=left, right=right, name=name)
    return text, text.removesuffix(right)


def by_name(tree: Tree, network: Network) -> Tree:
    """A slope that is written out, by its name instead."""
    for l, activation in enumerate(network.activations, start=1):
        if activation not in ("identity", "softmax") and tree == slope(activation, l):
            return ("slope", l, name("Z", l))
    return tuple(by_name(part, network) if isinstance(part, tuple) else part for part in tree)


def candidates(dialect: str, wrong: bool) -> list[tuple[str, str, Tree, str]]:
    """Every formula of every network that a dialect can write."""
    unable = WITHOUT.get(dialect, set())
    return [
        (key, target, tree, cause)
        for key, network in NETWORKS.items()
        if network.depth > 1
        for target, tree, cause in formulas(network)
        if bool(cause) == wrong and not unable & kinds(by_name(tree, network))
    ]


def generated() -> list[Line]:
    """The same lines each time."""
    lines: dict[tuple[str, str, str], Line] = {}
    for dialect, (right, wrong) in COUNTS.items():
        choose = random.Random(f"{SEED} {dialect}")
        for count, is_wrong in ((right, False), (wrong, True)):
            draw(lines, dialect, candidates(dialect, is_wrong), count, choose)
    return list(lines.values())


def draw(
    lines: dict[tuple[str, str, str], Line],
    dialect: str,
    rows: list[tuple[str, str, Tree, str]],
    count: int,
    choose: random.Random,
) -> None:
    """Add lines that no dialect has had, spread over what they are about and what is amiss."""
    groups: dict[str, list[Any]] = {}
    for row in rows:
        groups.setdefault(row[3] or row[1].partition("[")[0], []).append(row)
    order = sorted(groups)
    choose.shuffle(order)
    order += [key for key in ("delta", "dW", "delta") if key in groups]
    goal = len(lines) + count
    for key in cycle(order):
        line = made(dialect, *choose.choice(groups[key]), choose)
        lines.setdefault((line.text, line.about, line.network), line)
        if len(lines) == goal:
            return
