"""Where the values of trees stand: in a workspace's own buffers, or in scratch that is handed on from tree to tree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...maths import expressions as ex
from ...maths.functions import definition
from ..arrays import Array
from ..backend import Workspace
from ..evaluate import ENTRYWISE, evaluate
from .arrays import HOST


class Mask(ex.Binary):
    """left > right as bool: as a factor it is quicker than 1.0 and 0.0."""


@dataclass(frozen=True)
class Sign(ex.Expression):
    """1 where an entry is above 0, 0 where it is 0: on few entries quicker than a mask, which has to be converted."""

    operand: ex.Expression


OPERATIONS = {**ENTRYWISE, Mask: "greater", Sign: "sign"}


def with_kernels(node: ex.Expression) -> Iterator[ex.Expression]:
    """Every node of a tree and of the kernels behind its functions."""
    yield node
    body = definition(node, kernel=True) if isinstance(node, ex.Apply) else None
    for child in (body,) if body is not None else ex.children(node):
        yield from with_kernels(child)


def as_mask(factor: ex.Expression) -> ex.Expression:
    """Turn a factor that is 1 or 0 into a mask; return any other unchanged."""
    match factor:
        case ex.Apply("greater", (left, right)):
            return Mask(left, right)
        case ex.Apply() if (body := definition(factor, kernel=True)) is not None:
            mask = as_mask(body)
            return mask if isinstance(mask, Mask) else factor
    return factor


class Held:
    """Which buffers hold the values of which trees; those of a symbol or of a buffer are found without a search.

    A pass is bound in time that grows as its depth does, and so each equation may not look through all before it.
    """

    def __init__(self) -> None:
        self.buffers: dict[ex.Expression, Array] = {}
        self.with_leaf: dict[ex.Expression, set[ex.Expression]] = defaultdict(set)
        self.in_buffer: dict[int, set[ex.Expression]] = defaultdict(set)

    def get(self, tree: ex.Expression) -> Array | None:
        return self.buffers.get(tree)

    def put(self, tree: ex.Expression, array: Array) -> None:
        self.drop([tree])
        self.buffers[tree] = array
        self.in_buffer[id(array)].add(tree)
        for leaf in ex.leaves(tree):
            self.with_leaf[leaf].add(tree)

    def drop(self, trees: Iterable[ex.Expression]) -> None:
        for tree in [each for each in trees if each in self.buffers]:
            self.in_buffer[id(self.buffers.pop(tree))].discard(tree)
            for leaf in ex.leaves(tree):
                self.with_leaf[leaf].discard(tree)

    def of_leaf(self, leaf: ex.Expression) -> set[ex.Expression]:
        """The trees that a leaf is in."""
        return self.with_leaf.get(leaf, set())

    def of_buffer(self, array: Array) -> set[ex.Expression]:
        """The trees whose values stand in a buffer."""
        return self.in_buffer.get(id(array), set())


class Buffers:
    """A workspace's buffers and some scratch: ``held`` says which trees' values they hold, ``free`` what may be taken.

    The values of ``repeated`` trees are needed more than once.
    """

    arrays = HOST

    def __init__(self, workspace: Workspace) -> None:
        self.workspace, self.dtype = workspace, workspace.dtype
        self.repeated: frozenset[ex.Expression] = frozenset()
        self.held = Held()
        self.free: list[Array] = []

    def standing(self, node: ex.Expression) -> Array | None:
        """The buffer that holds a tree's value already, if one does."""
        if (array := self.held.get(node)) is not None:
            return array
        if all(map(self.constant, ex.leaves(node))):
            return self.arrays.asarray(evaluate(node, self.workspace.scalar), self.dtype)
        match node:
            case ex.Symbol():
                return self.workspace.buffer(node)
            case ex.Transpose(ex.Symbol() as symbol):
                return self.workspace.buffer(symbol).T
        return None

    def constant(self, leaf: ex.Expression) -> bool:
        """Whether a leaf is a single number that does not change during a pass."""
        return isinstance(leaf, ex.Number) or (isinstance(leaf, ex.Symbol) and self.workspace.scalar(leaf) is not None)

    def compound(self, node: ex.Expression) -> bool:
        return self.standing(node) is None

    def number(self, node: ex.Expression) -> float | None:
        """The value of a tree that is a constant number, or None."""
        return float(evaluate(node, self.workspace.scalar)) if all(map(self.constant, ex.leaves(node))) else None

    def is_in(self, out: Array, leaf: ex.Expression) -> bool:
        return isinstance(leaf, ex.Symbol) and not self.constant(leaf) and self.workspace.buffer(leaf) is out

    def scratch(self, shape: tuple[int, int], dtype: str) -> Array:
        """A free scratch buffer that holds nothing needed again, or a new one."""
        for array in self.free:
            fits = array.shape == shape and array.dtype == dtype
            if fits and self.repeated.isdisjoint(self.held.of_buffer(array)):
                self.reserve(array)
                return array
        return self.arrays.matrix(shape, dtype)

    def reserve(self, array: Array) -> bool:
        """Take a buffer from the free ones; return whether it was free."""
        kept = [other for other in self.free if other is not array]
        found = len(kept) < len(self.free)
        self.free = kept
        return found

    def forget(self, out: Array) -> None:
        """Treat ``out`` as empty, since it is about to be written over."""
        self.held.drop(self.held.of_buffer(out))

    def dtype_of(self, node: ex.Expression) -> str:
        return "bool" if isinstance(node, Mask) else self.dtype
