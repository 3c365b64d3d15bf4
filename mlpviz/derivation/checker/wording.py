"""Findings told: each template filled in, formulas spelled as the learner spells, arrays named as the notation does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import reduce
from itertools import islice
from string import Formatter
from typing import Any

from ...maths.digits import LOWERED
from ...maths.expressions import Expression, Number, Symbol, Transpose, children
from ...maths.messages import N_, NC_, Message, verbatim
from ...maths.symbols import Dimension
from ..notation import CHOICES, Notation
from ..printing.target import target_text
from . import nodes as nd
from .failures import Shapes
from .findings import CONVENTIONS, ELSEWHERE, KINDS, SENTENCES, Finding
from .networks import COUNT
from .reading.spelling import Spelling
from .verdict import Factor

COMMA, AND = NC_("in a list", "{before}, {after}"), N_("{before} and {after}")
OR, OR_WITH = N_("{before} or {after}"), N_("{before}, or with {after}")

MOST_FACTORS = 60
LONGEST_OPERAND = 60
"""Characters of an operand that a sentence repeats."""


@dataclass(frozen=True)
class Wording:
    """How a learner writes, the notation that they read, what they were asked for, and whether they have a network."""

    spelling: Spelling
    notation: Notation
    target: Symbol
    known: bool

    def message(self, finding: Finding) -> Message:
        """The sentence of a finding."""
        template, details = SENTENCES[finding.key], {**self.common, **finding.details}
        names = (name for _, name, _, _ in Formatter().parse(template) if name)
        return Message(template, **{name: self.detail(name, details[name]) for name in names})

    @property
    def common(self) -> dict[str, Any]:
        """What any sentence may name."""
        own: str
        if self.known:
            own, place = NC_("network", "your own"), N_("your network")
        else:
            own, place = N_("one with your sizes"), N_("a network with your sizes")
        return {"target": self.target, "count": COUNT, "own": own, "place": place}

    def detail(self, name: str, value: Any) -> Any:
        """A detail as a sentence tells it; what the table does not name is a number or a learner's own word."""
        return DETAILS[name](self, value) if name in DETAILS else value

    def operand(self, node: Expression) -> str:
        """An operand, unless it is long."""
        text = self.spelling.write(node)
        return text if len(text) <= LONGEST_OPERAND else Message("the expression before it")

    def dimension(self, dimension: Dimension) -> str:
        """A dimension as the notation calls it."""
        if isinstance(dimension, int):
            return str(dimension)
        if dimension.name == "m":
            return "m"
        assert isinstance(dimension.layer, int)
        return "n" + str(dimension.layer + self.notation.first_layer).translate(LOWERED)

    def counting(self, layer: int | None) -> Message:
        """What an index counts: the units of a layer, or the samples."""
        if layer is None:
            return Message("the samples")
        return Message("the units of layer {layer}", layer=layer + self.notation.first_layer)

    def shape(self, dimensions: Sequence[Dimension]) -> str:
        return f"({', '.join(map(self.dimension, dimensions))})"

    def aside(self, sizes: Sequence[tuple[int, int]]) -> str:
        """The same shapes in the learner's own numbers, if they have any."""
        if not sizes or not self.known:
            return ""
        return Message(", here {sizes}", sizes=joined(AND, [verbatim(str(size)) for size in sizes]))

    def equal(self, sizes: Iterable[Sequence[Dimension]]) -> Message:
        """Dimensions that happen to be the same number, each with the number."""
        return joined(AND, [verbatim(" = ".join(map(self.dimension, alike))) for alike in sizes])

    def nearest(self, changes: Mapping[str, Any]) -> Message:
        """Some changes of the notation."""
        return Message("with {words}", words=in_words(changes.items()))


def joined(template: str, messages: Iterable[Message]) -> Message:
    """Messages in a row, with what the template has between two."""
    return reduce(lambda before, after: Message(template, before=before, after=after), messages)


def in_words(settings: Iterable[tuple[str, Any]]) -> Message:
    """Some switches with their values, in a row: a, b and c."""
    *most, last = [Message(ELSEWHERE[switch][value]) for switch, value in settings]
    return joined(AND, [joined(COMMA, most), last]) if most else last


def described(notations: Sequence[Notation]) -> Message:
    """Some conventions: only the switches that matter are named."""
    if len(notations) == 2 ** len(CONVENTIONS):
        choices = [joined(OR, map(Message, words.values())) for words in CONVENTIONS.values()]
        return Message("in every convention: {choices}", choices=joined(COMMA, choices))
    bound = [switch for switch in CONVENTIONS if not indifferent(switch, notations)]
    settings = dict.fromkeys(tuple((switch, getattr(notation, switch)) for switch in bound) for notation in notations)
    return Message("with {words}", words=joined(OR_WITH, map(in_words, settings)))


def indifferent(switch: str, notations: Sequence[Notation]) -> bool:
    """Whether a switch may be turned without leaving some conventions."""
    values = CHOICES[switch]
    return all(replace(notation, **{switch: value}) in notations for notation in notations for value in values)


DETAILS: dict[str, Callable[[Wording, Any], Any]] = {
    **dict.fromkeys(("target", "other", "named"), lambda wording, symbol: target_text(symbol, wording.notation)),
    **dict.fromkeys(("old", "new", "part", "loose", "tight"), lambda wording, node: wording.spelling.write(node)),
    **dict.fromkeys(("left", "right"), Wording.operand),
    **dict.fromkeys(("link", "after"), lambda wording, link: wording.spelling.link(link)),
    **dict.fromkeys(("a", "b"), Wording.shape),
    **dict.fromkeys(("x", "y"), Wording.dimension),
    **dict.fromkeys(("own", "place", "axis", "activation", "function"), lambda _, words: Message(words)),
    **dict.fromkeys(("one", "two"), Wording.counting),
    "here": Wording.aside,
    "beyond": Wording.operand,
    "size": lambda _, size: verbatim(f"{size[0]:,} × {size[1]:,}"),
    "equal": Wording.equal,
    "failure": Wording.message,
    "suggestion": lambda _, suggestion: suggestion.text,
    "kinds": lambda _, kinds: joined(COMMA, [Message(KINDS[kind]) for kind in KINDS if kind in kinds]),
    "conventions": lambda _, notations: described(notations),
    "nearest": Wording.nearest,
}
"""How the details of findings are told, by name."""


def factors(tree: Expression, shapes: Shapes, wording: Wording) -> tuple[Factor, ...]:
    """The formula, its factors and their factors, each with its shape."""
    return tuple(islice(described_factors(tree, shapes, wording, 0), MOST_FACTORS))


def described_factors(node: Expression, shapes: Shapes, wording: Wording, depth: int) -> Iterator[Factor]:
    """A node and what is below it, from the outside in."""
    if not nd.is_scalar(node) or isinstance(node, Symbol):
        dimensions = shapes.dimensions(node)
        named = None if dimensions is None else (wording.dimension(dimensions[0]), wording.dimension(dimensions[1]))
        yield Factor(wording.spelling.write(node), node, named, shapes.size(node), depth)
    if isinstance(node, nd.Slope | Number) or (
        isinstance(node, Transpose) and isinstance(node.operand, Symbol | nd.Slope)
    ):
        return
    for child in children(node):
        yield from described_factors(child, shapes, wording, depth + 1)
