"""A derivation in the hand: its pass as a program of the browser, and how each array that its lines name follows."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from typing import Any

from ...derivation.derived import Derived, stored_shape
from ...derivation.following import Entries, entries_of, parts_of, tree_of
from ...derivation.scene import Scene
from ...derivation.slopes import ROWS
from ...engine.trace import Sizes
from ...maths import shapes
from ...maths.equations import Equation
from ...maths.expressions import Expression, Symbol, walk
from ...maths.messages import N_, Message
from ..stepper.program import Operations

MOST_ENTRIES = 4_000
"""Of all lines together: each entry is computed from its tree with every frame."""

MOST_DERIVED = 40_000
"""Of all derived arrays in them, such as Jacobians: for each entry is said where it is taken from."""

FIXED = N_("an array of these lines does not follow from the pass by itself: type a number here")
LARGE = N_("these lines have more numbers than can be computed anew while a hand moves: type a number here")

PASS = ("forward", "loss", "backward")


class LineSizes(Sizes):
    """The sizes of a pass, of derived arrays, and of the identity matrices that slopes are read off."""

    def shape(self, node: Expression) -> tuple[int, int]:
        return shapes.numbers(shapes.shape(node, self.of), self.architecture, self.batch_size)

    def of(self, symbol: Symbol) -> Any:
        if symbol.name == ROWS:
            return (Symbol("n", symbol.layer),) * 2
        rows, columns = stored_shape(symbol, self.architecture)
        return (1 if rows == Symbol("m") and self.batch_size == 1 else rows, columns)


def moving(scene: Scene, named: Iterable[Symbol], entries: int) -> dict[str, Any] | Message:
    """What the browser needs to follow a hand, of the arrays ``named``; or why it cannot.

    ``program`` is the pass with the derived arrays that are computed, ``identities`` the sizes of the identity matrices
    that it is given, ``taken`` the arrays whose entries are taken from others.
    """
    derived = [symbol for symbol in named if isinstance(symbol, Derived)]
    sizes = LineSizes(scene.architecture, scene.update.trace.batch_size)
    if entries > MOST_ENTRIES or sum(math.prod(sizes.shape(symbol)) for symbol in derived) > MOST_DERIVED:
        return Message(LARGE)  # before any of them is made
    trees = {symbol: tree_of(symbol, scene.architecture) for symbol in within(derived)}
    taken = {symbol: entries_of(symbol, scene.stored, scene.architecture) for symbol in derived if not trees[symbol]}
    if any(each is None for each in taken.values()):
        return Message(FIXED)
    parts = {part: tree for symbol in taken for part, tree in parts_of(symbol).items()}
    computed: dict[Symbol, Expression] = {symbol: tree for symbol, tree in trees.items() if tree is not None}
    return told_of(scene, computed | parts, taken)


def within(derived: Iterable[Derived]) -> list[Derived]:
    """Derived arrays, and those of which they are a part."""
    found = [part for each in derived for part in (each, *each.operands) if isinstance(part, Derived)]
    return list(dict.fromkeys(found))


def told_of(scene: Scene, trees: dict[Symbol, Expression], taken: dict[Derived, Entries | None]) -> dict[str, Any]:
    passed = [step.equation for step in scene.update.steps if step.phase in PASS or takes_new(taken)]
    equations = [*passed, *(Equation(str(symbol), symbol, tree) for symbol, tree in trees.items())]
    written = Operations(LineSizes(scene.architecture, scene.update.trace.batch_size), equations)
    read = {node for tree in trees.values() for node in walk(tree) if isinstance(node, Symbol) and node.name == ROWS}
    rows = {str(symbol): row for symbol, row in written.arrays.items()}
    return {
        "program": json.dumps({"rows": written.rows, "arrays": rows}),
        "identities": {str(node): scene.architecture.widths[node.layer] for node in sorted(read, key=str)},
        "taken": {str(symbol): entries for symbol, entries in taken.items()},
    }


def takes_new(taken: dict[Derived, Entries | None]) -> bool:
    """Whether an entry is taken from what the update computes."""
    entries = (each for found in taken.values() for each in found or ())
    return any(isinstance(each, tuple) and each[0].startswith("new ") for each in entries)
