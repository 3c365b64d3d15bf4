"""Of which layer each index of a formula counts the units, and the axes of each array that has indices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from string import digits

from ....maths.expressions import Symbol
from ....maths.symbols import BATCH, EDGES, INPUT, OUTPUT, QUANTITIES, SLOPES, UNITS, Shape
from ....maths.symbols import SAMPLES as SAMPLES_ALONE
from . import entries as en
from . import syntax as sx
from .contraction import SAMPLE, Axes
from .names import Clash, Namespace
from .refusals import Unread
from .spellings import parted


def shape_of(name: str) -> Shape:
    return BATCH if name in (INPUT.name, OUTPUT.name, "Y") else QUANTITIES[name].shape


class PlacedIndices:
    """The entries of a formula; ``layers`` says for each index of which layer it counts the units."""

    def __init__(self, scope: Namespace) -> None:
        self.scope, self.count = scope, 0
        self.turned = scope.notation.transposed
        self.entries: list[en.IndexedArray] = []
        self.layers: dict[str, int] = {}
        self.samples: set[str] = set()
        self.order: tuple[str, ...] = ()
        self.of_cost = False

    # Names

    def resolved(self, node: sx.Syntax, names: Mapping[str, str]) -> sx.Syntax:
        """The formula with entries for names with indices; each Σ has an index of its own."""
        if isinstance(node, sx.Summed) and node.index:
            self.count += 1
            own = f"{node.index}{self.count}"
            return replace(node, index=own, body=self.resolved(node.body, {**names, node.index: own}))
        found = en.entry(node, self.scope)
        if found is not None:
            indices = tuple(names.get(each, each) for each in found.indices)
            self.samples |= {names.get(found.sample, found.sample)} - {""}
            return replace(found, indices=indices)
        match node:
            case sx.Scripted(sx.Word("𝟏"), (), below) if len(pair := en.labels_of(below)) == 2:
                return en.Same(*(names.get(each, each) for each in pair), span=node.span)
        return sx.changed(node, lambda child: self.resolved(child, names))

    def units(self, found: en.IndexedArray) -> dict[str, int]:
        """Of which layer, counted from the entry's own, each index counts the units."""
        shape, indices = shape_of(found.name), found.indices
        turned = found.name in self.turned
        if shape == EDGES and len(indices) == 2:
            return dict(zip(indices[::-1] if turned else indices, (0, -1), strict=True))
        if shape == BATCH and len(indices) == 2:
            return {indices[0 if turned else 1]: 0}
        return {indices[0]: 0} if shape in (BATCH, UNITS) and len(indices) == 1 else {}

    def number(self, found: en.IndexedArray) -> int | None:
        """The layer of an entry; None as long as nothing says it."""
        if found.name == INPUT.name:
            return 0
        if found.name in (OUTPUT.name, "Y"):
            return self.scope.architecture.depth
        if found.layer is not None:
            first = self.scope.notation.first_number(found.name)
            return self.scope.number(found.layer) - first + self.scope.shift
        known = {self.layers[label] - passed for label, passed in self.units(found).items() if label in self.layers}
        return next(iter(known)) if len(known) == 1 else None

    def place(self, sides: Iterable[sx.Syntax], own: int | None) -> None:
        """Find the layer of every index, from the entries with a layer or else from the first, of layer ``own``."""
        self.entries = [each for side in sides for each in sx.walked(side) if isinstance(each, en.IndexedArray)]
        self.spread()
        first = next((each for each in self.entries if self.units(each)), None)
        if first is not None and self.number(first) is None and own is not None:
            self.layers |= {label: own + passed for label, passed in self.units(first).items()}
            self.spread()
        if own is not None:
            self.below(own)
        for each in self.entries:
            if QUANTITIES.get(each.name, INPUT).layered and self.number(each) is None:
                raise Unread("layer", text=each.letter, span=each.span)
        self.note_clashes()

    def note_clashes(self) -> None:
        """Note every index that counts the units of two layers, or units and samples."""
        counted: dict[str, dict[int | None, en.IndexedArray]] = {}
        for each in self.entries:
            units, number = self.units(each), self.number(each)
            for label in each.indices if number is not None else ():
                counts = number + units[label] if number is not None and label in units else None
                counted.setdefault(label, {}).setdefault(counts, each)
        for label, places in counted.items():
            if len(places) > 1:
                clash = Clash(label.rstrip(digits), tuple(places)[:2], list(places.values())[1].span)
                self.scope.clashes += [clash] if clash not in self.scope.clashes else []

    def below(self, own: int) -> None:
        """Take an activation that nothing places for the input of the layer."""
        for each in self.entries:
            if each.name == "A" and self.number(each) is None:
                self.layers |= dict.fromkeys(self.units(each), own - 1)
            elif QUANTITIES.get(each.name, INPUT).layered and self.number(each) is None:
                self.layers |= {label: own + passed for label, passed in self.units(each).items()}

    def spread(self) -> None:
        for _ in self.entries:
            for each in self.entries:
                if (number := self.number(each)) is not None:
                    for label, passed in self.units(each).items():
                        self.layers.setdefault(label, number + passed)

    # Arrays

    def bare(self, node: sx.Syntax) -> sx.Syntax:
        """A formula without its indices."""
        if isinstance(node, en.IndexedArray):
            return self.array(node)
        return sx.changed(node, self.bare)

    def array(self, found: en.IndexedArray) -> sx.Syntax:
        number = self.number(found)
        if found.name in self.scope.spellings.whole.values() or number is None:
            return sx.Word(found.letter, span=found.span)
        layer = found.layer or self.shown(found.name, number)
        return sx.Scripted(sx.Word(found.letter, span=found.span), (layer,), span=found.span)

    def shown(self, name: str, layer: int) -> sx.Numeral:
        """The number of a layer as the notation writes it beside an array."""
        return sx.Numeral(self.scope.notation.number(Symbol(name, layer)) - self.scope.shift)

    def axes(self, found: en.IndexedArray) -> Axes:
        """The labels along the axes of an array as it is shown."""
        shape, indices, turned = shape_of(found.name), found.indices, found.name in self.turned
        if len(indices) == 2 and shape in (EDGES, BATCH):
            return (indices[0], indices[1])
        if len(indices) == 1 and shape == SAMPLES_ALONE:
            return ("", indices[0]) if turned else (indices[0], "")
        if len(indices) != 1 or shape not in (BATCH, UNITS):
            raise Unread("indices", span=found.span)
        other = SAMPLE if shape == BATCH else ""
        stands = found.name in ("Y", INPUT.name, OUTPUT.name) and "A" in self.turned
        return (indices[0], other) if turned or stands else (other, indices[0])

    def by(self, found: en.IndexedArray) -> Axes:
        """The axes of the gradient by an array: those of the array, unless the layout turns gradients."""
        axes = self.axes(found)
        gradient = SLOPES.get(found.name, found.name)
        return axes if (gradient in self.turned) == (found.name in self.turned) else axes[::-1]

    def axes_of_left(self, left: sx.Syntax) -> Axes | None:
        match left:
            case en.IndexedArray(indices=indices) if indices:
                return self.axes(left)
            case sx.Derivative(_, en.IndexedArray(indices=indices) as below) if indices:
                return self.by(below)
        return ("", "") if isinstance(left, sx.Word) and not self.is_array(left) else None

    def vector(self, label: str) -> Axes:
        return (label, SAMPLE) if "A" in self.turned else (SAMPLE, label)

    def is_array(self, node: sx.Syntax) -> bool:
        word = node.base if isinstance(node, sx.Scripted) else node
        if not isinstance(word, sx.Word) or not self.scope.knows(word.text):
            return False
        name = self.scope.spellings.all.get(parted(word.text)[0], "m")
        return shape_of(name) in (BATCH, EDGES, UNITS)

    # Sums over samples

    def over_samples(self, node: sx.Syntax) -> sx.Syntax:
        """Whole arrays for those of one sample: a product adds the samples up by itself, all else by a sum."""
        if isinstance(node, sx.Summed) and node.index:
            body = self.over_samples(self.joined_outers(node.body))
            return sx.Call(sx.Word("sum"), (body,), span=node.span) if SAMPLE in self.sides(body) else body
        if isinstance(node, sx.Operation) and node.sign in (" ", "×"):
            alike = self.sides(self.bare(node.left)) == self.sides(self.bare(node.right))
            node = replace(node, sign="*") if alike and SAMPLE in self.sides(self.bare(node.left)) else node
        return self.array(node) if isinstance(node, en.IndexedArray) else sx.changed(node, self.over_samples)

    def joined_outers(self, node: sx.Syntax) -> sx.Syntax:
        """What is added up over the samples with a matrix product for each outer product: δ ⊗ a is δ aᵀ there."""
        node = sx.changed(node, self.joined_outers)
        match node:
            case sx.Operation("outer", left, right) if "A" in self.turned:
                return replace(node, sign="@", right=sx.Transposed(right, span=right.span))
            case sx.Operation("outer", left, right):
                return replace(node, sign="@", left=sx.Transposed(left, span=left.span))
        return node

    def sides(self, node: sx.Syntax) -> Axes:
        """What the axes of a whole array count: the samples, or something else."""
        match node:
            case sx.Transposed(operand):
                return self.sides(operand)[::-1]
            case sx.Sequence((inside,)):
                return self.sides(inside)
            case sx.Operation(sign, left, right):
                one, other = self.sides(left), self.sides(right)
                plain = sign in ("*", "+", "-", "/") or ("", "") in (one, other)
                return (one if one != ("", "") else other) if plain else (one[0], other[1])
            case sx.Call(_, (argument,)):
                return self.sides(argument)
            case sx.Derivative(_, below):
                return self.sides(below)
            case sx.Signed(_, operand):
                return self.sides(operand)
        return self.of_name(node)

    def of_name(self, node: sx.Syntax) -> Axes:
        if not self.is_array(node):
            return ("", "")
        word = node.base if isinstance(node, sx.Scripted) else node
        assert isinstance(word, sx.Word)
        name = self.scope.spellings.all[parted(word.text)[0]]
        axes = {BATCH: (SAMPLE, "n"), UNITS: ("1", "n")}.get(shape_of(name), ("n", "n"))
        return axes[::-1] if "A" in self.turned else axes
