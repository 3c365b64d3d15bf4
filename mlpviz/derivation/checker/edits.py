"""Small changes of a tree, each a mistake undone: the one that makes a formula right names what was wrong."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ...maths.expressions import Binary, Expression, Symbol, Transpose, children, field_names, rebuild, substitute
from . import nodes as nd
from .array_rules import ARRAY_RULES, layers
from .code_rules import CODE_RULES
from .cost_rules import COST_RULES
from .product_rules import PRODUCT_RULES
from .rules import Replacement
from .slope_rules import slopes_by_value
from .vocabulary import Vocabulary

COSTS = {
    "sign": 0.6,
    "extra 1/m": 0.65,
    "ones for slope": 0.5,
    "extra rate": 0.5,
    "extra 2": 1.2,
    "missing 2": 1.2,
    "missing slope": 1.0,
    "transposed": 1.0,
    "number for m": 1.0,
    "wrong layer": 1.1,
    "missing bias": 1.1,
    "order": 1.2,
    "missing sum": 1.2,
    "extra sum": 1.2,
    "one number": 1.0,
    "wrong axis": 1.0,
    "softmax axis": 0.9,
    "lost axis": 0.5,
    "square of a sum": 1.2,
    "misplaced square": 0.55,
    "exchanged": 1.0,
    "outer": 1.0,
    "missing complement": 1.4,
    "wrong class": 1.5,
    "missing log": 1.4,
    "missing square": 1.5,
    "wrong activation": 1.6,
    "brackets": 1.25,
    "elementwise instead of matrix product": 1.3,
    "matrix product instead of elementwise": 1.3,
    "extra slope": 1.5,
    "missing error": 1.5,
    "missing dA": 1.4,
    "division": 1.6,
    "wrong slope": 1.7,
    "softmax slope": 1.7,
    "wrong array": 1.8,
    "extra factor": 1.9,
    "extra term": 2.0,
    "missing term": 2.2,
    "wrong number": 2.3,
    "missing factor": 2.4,
}
"""How far-fetched each diagnosis is: of several changes that help, the most plausible one is reported."""

SECOND = frozenset(COSTS) - {
    "missing factor",
    "wrong number",
    "number for m",
    "division",
    "softmax slope",
}
"""The changes that are tried in pairs."""


EVERY_RULE = (*PRODUCT_RULES, *ARRAY_RULES, slopes_by_value, *CODE_RULES, *COST_RULES)


@dataclass(frozen=True)
class Change:
    """A change: the kind of mistake it undoes, its place, and the whole tree after it."""

    key: str
    old: Expression
    new: Expression
    tree: Expression
    surcharge: float = 0.0
    about: Mapping[str, Any] = field(default_factory=dict)

    @property
    def cost(self) -> float:
        return COSTS[self.key] + self.surcharge


def every_change(vocabulary: Vocabulary, tree: Expression, only: frozenset[str] = frozenset(COSTS)) -> Iterator[Change]:
    """Every change of the kinds ``only``, anywhere in a tree."""
    yield from everywhere(vocabulary, tree, only)
    yield from throughout(vocabulary, tree, only)


def throughout(vocabulary: Vocabulary, tree: Expression, only: frozenset[str]) -> Iterator[Change]:
    """Replace an array by another, or by that of another layer, wherever it stands more than once."""
    counts = Counter(node for node in outside_slopes(tree) if isinstance(node, Symbol))
    for old in (symbol for symbol, count in counts.items() if count > 1):
        for key, new, surcharge, *_about in layers(vocabulary, old):
            if key in only:
                yield Change(key, old, new, exchanged(tree, old, new), surcharge + 0.1)
    output, label = Symbol("A", vocabulary.depth), Symbol("Y")
    if "exchanged" in only and counts[output] and counts[label]:
        swapped = substitute(tree, lambda symbol: {output: label, label: output}.get(symbol, symbol))
        yield Change("exchanged", tree, swapped, swapped)


def everywhere(vocabulary: Vocabulary, tree: Expression, only: frozenset[str]) -> Iterator[Change]:
    """The changes of a tree, then those of its operands in their place."""
    yield from below(vocabulary, tree, only, lambda new: new)


def below(
    vocabulary: Vocabulary, node: Expression, only: frozenset[str], put: Callable[[Expression], Expression]
) -> Iterator[Change]:
    """The changes of a node and of what is below it; ``put`` puts another node in its place."""
    for key, new, surcharge, *about in local(vocabulary, node, only):
        yield Change(key, node, new, put(new), surcharge, *about)
    if isinstance(node, nd.Slope):
        return
    for place, child in operands(node):

        def inside(new: Expression, place: Place = place) -> Expression:
            return put(with_operand(node, place, new))

        for change in below(vocabulary, child, only, inside):
            if change.old is child and change.key == "transposed" and isinstance(node, Transpose):
                continue  # the transpose itself is taken away instead
            yield change


def with_operand(node: Expression, place: Place, new: Expression) -> Expression:
    """A node with another operand."""
    name, number = place
    if isinstance(node, Binary):
        return type(node)(new, node.right) if name == "left" else type(node)(node.left, new)
    if number is None:
        return replace(node, **{name: new})
    values = getattr(node, name)
    return replace(node, **{name: (*values[:number], new, *values[number + 1 :])})


def local(vocabulary: Vocabulary, node: Expression, only: frozenset[str]) -> Iterator[Replacement]:
    """The replacements of a node; they are made once, since most nodes of a changed tree are those of the tree."""
    if id(node) not in vocabulary.replacements:
        vocabulary.replacements[id(node)] = node, [each for rule in EVERY_RULE for each in rule(vocabulary, node)]
    return (each for each in vocabulary.replacements[id(node)][1] if each[0] in only)


def outside_slopes(node: Expression) -> Iterator[Expression]:
    yield node
    if not isinstance(node, nd.Slope):
        for child in children(node):
            yield from outside_slopes(child)


def exchanged(node: Expression, old: Expression, new: Expression) -> Expression:
    """The tree with ``new`` for ``old`` everywhere but in f'(…)."""
    if node == old:
        return new
    return node if isinstance(node, nd.Slope) else rebuild(node, lambda child: exchanged(child, old, new))


Place = tuple[str, int | None]
"""An operand of a node: the name of the field, and the number in it if there are several."""


def operands(node: Expression) -> Iterator[tuple[Place, Expression]]:
    """The operands of a node with their places."""
    for name in field_names(node):
        value = getattr(node, name)
        if isinstance(value, Expression):
            yield (name, None), value
        elif isinstance(value, tuple):
            yield from (((name, k), each) for k, each in enumerate(value) if isinstance(each, Expression))
