"""A program with what can be said of it without running it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ..reading import syntax as sx
from ..reading.statements import Listing
from .classes import classes, definitions
from .facts import Facts, called_name, goes_through_samples, indexed_by_layer
from .paths import scripted_name, written_name
from .spelled import spelled
from .stage import Stage
from .stances import Stance
from .worlds import World

STARTING_ALONE = frozenset("XY")
"""What is in no list by layer."""


def side_by_side(target: sx.Syntax, iterable: sx.Syntax) -> list[tuple[sx.Syntax, sx.Syntax]]:
    """What each target of a loop goes through."""
    match target, iterable:
        case sx.Sequence(targets), sx.Call(sx.Word("zip"), arguments) if len(targets) == len(arguments):
            return list(zip(targets, arguments, strict=True))
    return [(target, iterable)]


def is_numbered(node: sx.Syntax) -> bool:
    """Whether this is an entry by its number: params[-1], params[l]."""
    return isinstance(node, sx.Index) and isinstance(node.items[0], sx.Numeral | sx.Signed | sx.Word)


def is_of_samples(node: sx.Syntax) -> bool:
    """Whether an index takes an entry of one sample among several: X[i] of X[i][j]."""
    return isinstance(node, sx.Index) and (own := spelled(written_name(node.object))) is not None and own.name in "XY"


@dataclass(frozen=True)
class Source:
    """A program with what can be said of it without running it."""

    listing: Listing
    given: Mapping[str, str] = field(default_factory=dict)
    facts: Facts = field(default_factory=Facts)

    @cached_property
    def nodes(self) -> list[sx.Syntax]:
        return [node for statement in self.listing.statements for node in sx.walked(statement)]

    @cached_property
    def is_for_batches(self) -> bool:
        """Whether it says anything that only many samples give sense to: an axis, their number."""
        calls = [each for each in self.nodes if isinstance(each, sx.Call)]
        axes = any(
            key in ("axis", "dim", "dims", "keepdims", "keepdim") for each in calls for key, _value in each.keywords
        )
        return axes or bool(self.names & {"m", "N", "batch_size", "num_examples", "n_samples", "axis"})

    @cached_property
    def is_for_one_sample(self) -> bool:
        """Whether it computes number by number with a sample that has one index: lists of Python, math.exp."""
        library = self.names & {"np", "numpy", "torch", "tf", "jnp", "jax"}
        by_rows = any(isinstance(each, sx.Index) and isinstance(each.object, sx.Index) for each in self.nodes)
        sampled = any(isinstance(each, sx.Index) and is_of_samples(each.object) for each in self.nodes)
        return not library and not sampled and not self.is_for_batches and (by_rows or "math" in self.names)

    @cached_property
    def unread(self) -> dict[int, sx.Unreadable]:
        """The lines that cannot be read, by number."""
        return {each.line: each for each in self.nodes if isinstance(each, sx.Unreadable)}

    @cached_property
    def has_biases(self) -> bool:
        """Whether any name of the program is a bias's or its gradient's."""
        names = self.names | {*self.given, *self.given.values()}
        return any(own is not None and own.name in ("b", "db") for own in map(spelled, names))

    @cached_property
    def repeated(self) -> set[int]:
        """The lines of loops that nothing says how often to go through."""
        loops = (each for each in self.nodes if isinstance(each, sx.While))
        return {each.line for each in loops if not self.facts.of("counts", each)}

    @cached_property
    def names(self) -> frozenset[str]:
        words = {each.text for each in self.nodes if isinstance(each, sx.Word)}
        attributes = {each.name for each in self.nodes if isinstance(each, sx.Attribute)}
        keys = {each.text for each in self.nodes if isinstance(each, sx.Quoted) and len(each.text) < 20}
        scripts = {scripted_name(each) or "" for each in self.nodes if isinstance(each, sx.Scripted)}
        return frozenset(words | attributes | keys | scripts)

    @cached_property
    def by_layer(self) -> frozenset[str]:
        return indexed_by_layer(self.nodes)

    @cached_property
    def has_lists(self) -> bool:
        """Whether any array is kept in a list by layer: an entry of a name without a number is taken."""
        own = filter(None, map(spelled, self.by_layer))
        return any(each.number is None and each.name not in STARTING_ALONE for each in own)

    @cached_property
    def paired(self) -> frozenset[str]:
        """The names whose entries are pairs: for W, b in params, or W, b = params[-1]."""
        loops = (each for each in self.nodes if isinstance(each, sx.Loop | sx.Comprehension))
        walks = [walk for each in loops for walk in side_by_side(each.target, each.iterable)]
        lines = (each for each in self.nodes if isinstance(each, sx.Assignment) and len(each.targets) == 1)
        walks += [(each.targets[0], each.value) for each in lines if is_numbered(each.value)]
        of = (each for target, each in walks if isinstance(target, sx.Sequence) and len(target.items) == 2)
        return frozenset(written_name(each.object if isinstance(each, sx.Index) else each) for each in of) - {""}

    @cached_property
    def multiplied(self) -> frozenset[str]:
        """The names that stand in matrix products."""
        products = (each for each in self.nodes if isinstance(each, sx.Operation) and each.sign in ("@", "·"))
        return frozenset(written_name(leaf) for each in products for part in sx.parts(each) for leaf in sx.walked(part))

    @cached_property
    def functions(self) -> frozenset[str]:
        return frozenset({each.name for each in definitions(self.listing.statements)}) | set(
            classes(self.listing.statements)
        )

    @cached_property
    def chosen_classes(self) -> frozenset[str]:
        """The names that get the places of the largest entries: classes that the program finds itself."""
        lines = [each for each in self.nodes if isinstance(each, sx.Assignment)]
        found = [
            each
            for each in lines
            if any(isinstance(part, sx.Call) and called_name(part) == "argmax" for part in sx.walked(each.value))
        ]
        return frozenset(written_name(target) for each in found for target in each.targets)

    @cached_property
    def uses_class_numbers(self) -> bool:
        """Whether labels stand inside an index: they are the numbers of classes then."""
        for node in self.nodes:
            items: tuple[sx.Syntax, ...] = node.items if isinstance(node, sx.Index) else ()
            if isinstance(node, sx.Call) and written_name(node.function) in ("one_hot", "to_categorical", "onehot"):
                items = node.arguments
            for item in items:
                own = spelled(written_name(item)) if written_name(item) not in ("", *self.chosen_classes) else None
                if own is not None and own.name == "Y" and own.number is None:
                    return True
        return False

    @cached_property
    def written_sizes(self) -> list[int]:
        """The numbers that loops are bounded by as they stand: range(4)."""
        loops = (each.iterable for each in self.nodes if isinstance(each, sx.Loop))
        ranges = (each for each in loops if isinstance(each, sx.Call) and called_name(each) == "range")
        last = (each.arguments[-1] for each in ranges if each.arguments)
        return [int(each.value) for each in last if isinstance(each, sx.Numeral)]

    @cached_property
    def goes_through_entries(self) -> bool:
        """Whether it goes through arrays entry by entry, or sample by sample."""
        loops = [each for each in self.nodes if isinstance(each, sx.Loop) and not self.facts.of("repeats", each)]
        inside = (inner for outer in loops for statement in outer.body for inner in sx.walked(statement))
        return any(isinstance(each, sx.Loop) for each in inside) or any(goes_through_samples(each) for each in loops)

    @cached_property
    def written_numbers(self) -> frozenset[float]:
        """The numbers between 0 and 1 that are written out: rates, mostly."""
        return frozenset(
            float(each.value) for each in self.nodes if isinstance(each, sx.Numeral) and 0 < each.value < 1
        )

    @cached_property
    def written_rates(self) -> frozenset[float]:
        """Every number that is written out and may be a rate: 2, 0.5 and 1/2 too."""
        quotients = (each for each in self.nodes if isinstance(each, sx.Operation) and each.sign == "/")
        parts = ((each.left, each.right) for each in quotients)
        whole = {(each.value, 1) for each in self.nodes if isinstance(each, sx.Numeral)} | {
            (a.value, b.value) for a, b in parts if isinstance(a, sx.Numeral) and isinstance(b, sx.Numeral)
        }
        return frozenset(float(a) / float(b) for a, b in whole if a > 0 and b > 0)

    def stage(self, world: World, stance: Stance, outputs: int = 0) -> Stage:
        language, facts = self.listing.language, self.facts
        names = (self.names, self.given, self.by_layer, self.functions)
        return Stage(world, stance, language, *names, facts, self.multiplied, self.paired, outputs)
