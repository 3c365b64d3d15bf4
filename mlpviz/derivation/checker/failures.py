"""Where a formula does not multiply, and the shape of each of its parts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from ...maths.architecture import Architecture
from ...maths.expressions import Apply, Expression, MatMul, Multiply, Number, Symbol, Transpose, children, rebuild
from ..notation import Notation
from .findings import SENTENCES
from .networks import Network
from .nodes import Diagonal, Product, Slope, is_scalar
from .spelling import LOWERED, Spelling
from .values import Evaluator
from .verdict import Factor

MOST_FACTORS, LONGEST = 60, 60


@dataclass(frozen=True)
class Measure:
    """Shapes in words, as (m, n₂), and in the numbers of the learner's own network."""

    evaluator: Evaluator
    own: Network
    notation: Notation
    known: bool = True

    def dimensions(self, node: Expression) -> tuple[Symbol | int, Symbol | int] | None:
        """The shape of a node as a formula, None where it does not multiply."""
        value = self.evaluator.value(node)
        if value is None:
            return None
        rows, columns = value.shape or (1, 1)
        return self.evaluator.network.dimension(rows), self.evaluator.network.dimension(columns)

    def known_dimensions(self, node: Expression) -> tuple[Symbol | int, Symbol | int]:
        """The shape of a node that multiplies."""
        found = self.dimensions(node)
        assert found is not None
        return found

    def name(self, dimension: Symbol | int) -> str:
        """A dimension as the notation calls it."""
        if isinstance(dimension, int):
            return str(dimension)
        if dimension.name == "m":
            return "m"
        assert isinstance(dimension.layer, int)
        return "n" + str(dimension.layer + self.notation.first_layer).translate(LOWERED)

    def text(self, node: Expression) -> str:
        """The shape of a node as a message writes it."""
        found = self.known_dimensions(node)
        return f"({self.name(found[0])}, {self.name(found[1])})"

    def size(self, node: Expression) -> tuple[int, int] | None:
        """The shape of a node in the learner's own numbers."""
        found = self.dimensions(node)
        return None if found is None else (self.own.size(found[0]), self.own.size(found[1]))

    def here(self, *nodes: Expression) -> str:
        """The shapes of some nodes in the learner's own numbers, as an aside; nothing if there are none."""
        return "" if not self.known else ", here " + " and ".join(str(self.size(node)) for node in nodes)


def failing(node: Expression, evaluator: Evaluator) -> Expression | None:
    """The first node that does not multiply though its operands do."""
    if evaluator.value(node) is not None or isinstance(node, Symbol):
        return None
    for child in children(node):
        if (found := failing(child, evaluator)) is not None:
            return found
    return node


def failure(node: Any, measure: Measure, spelling: Spelling) -> str:
    """Why a node does not multiply: the operands, their shapes, the two axes."""
    first, *more = children(node)
    left = short(first, spelling)
    if isinstance(node, Diagonal):
        return SENTENCES["diagonal of a matrix"].format(left=left, a=measure.text(first), here=measure.here(first))
    if not more:
        return SENTENCES["unknown"]
    (second,) = more
    right = short(second, spelling)
    if isinstance(node, MatMul) and (is_scalar(first) or is_scalar(second)):
        return SENTENCES["scalar matrix product"].format(left=left, right=right)
    a, b = measure.known_dimensions(first), measure.known_dimensions(second)
    here = measure.here(first, second)
    details = {"left": left, "right": right, "a": measure.text(first), "b": measure.text(second), "here": here}
    if isinstance(node, MatMul | Product):
        return SENTENCES["inner"].format(x=measure.name(a[1]), y=measure.name(b[0]), **details)
    axis = 0 if a[0] != b[0] else 1
    word = ("rows", "columns")[axis]
    return SENTENCES["entrywise"].format(x=measure.name(a[axis]), y=measure.name(b[axis]), axis=word, **details)


def equalities(node: Any, measure: Measure) -> str:
    """The sizes that differ in general and are equal on the learner's network, so that a node multiplies there."""
    first, second = children(node)
    a, b = measure.known_dimensions(first), measure.known_dimensions(second)
    pairs = [(a[1], b[0])] if isinstance(node, MatMul | Product) else list(zip(a, b, strict=True))
    unequal = [(x, y) for x, y in pairs if x != y]
    texts = [
        f"{measure.name(x)} = {measure.name(y)} = {measure.own.size(x)}"
        for x, y in unequal
        if measure.own.size(x) == measure.own.size(y)
    ]
    return " and ".join(texts) or f"{measure.name(unequal[0][0])} = {measure.own.size(unequal[0][0])}"


def short(node: Expression, spelling: Spelling) -> str:
    """An operand as a message calls it."""
    text = spelling.text(node)
    return text if len(text) <= LONGEST else "the expression before it"


def parts(tree: Expression, measure: Measure, spelling: Spelling) -> tuple[Factor, ...]:
    """The formula, its factors and their factors, each with its shape."""
    return tuple(factor for factor, _ in zip(walk_parts(tree, measure, spelling, 0), range(MOST_FACTORS), strict=False))


def walk_parts(node: Expression, measure: Measure, spelling: Spelling, depth: int) -> Iterator[Factor]:
    """A node and what is below it, from the outside in."""
    if not is_scalar(node) or isinstance(node, Symbol):
        dimensions, size = measure.dimensions(node), measure.size(node)
        named = None if dimensions is None else (measure.name(dimensions[0]), measure.name(dimensions[1]))
        yield Factor(spelling.text(node), node, named, size, depth)
    if isinstance(node, Transpose) and isinstance(node.operand, Symbol | Slope):
        return
    for child in () if isinstance(node, Slope | Number) else children(node):
        yield from walk_parts(child, measure, spelling, depth + 1)


def plain(tree: Expression, evaluator: Evaluator, architecture: Architecture) -> Expression:
    """The tree in the engine's own nodes, for the writers; only diag(…) and softmax's f' have none there."""

    def change(node: Expression) -> Expression:
        match node:
            case Slope(Symbol() | Transpose(Symbol()) as z, layer) if sloped(architecture, layer):
                a = rebuild(z, lambda _: Symbol("A", layer)) if isinstance(z, Transpose) else Symbol("A", layer)
                return Apply(architecture.activations[layer - 1] + "'", (z, a))
            case Product(left, right):
                return (Multiply if is_scalar(left) or is_scalar(right) else MatMul)(change(left), change(right))
        return rebuild(node, change)

    return change(evaluator.resolved(tree))


def sloped(architecture: Architecture, layer: int) -> bool:
    """Whether the activation of a layer has an f'."""
    return 1 <= layer <= architecture.depth and architecture.activation(layer).slope is not None
