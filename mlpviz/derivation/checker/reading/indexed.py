r"""Index notation as whole arrays: \delta_j = \sum_k w_{kj} \delta_k f'(z_j) is what (Wᵀ δ) ⊙ f'(z) is.

The first index of an array counts its rows and the second its columns, as the notation shows it; an array of units has
one, and an axis along the samples that is not written. Where no layer is written the indices say which.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from itertools import product as pairs

from ....maths.symbols import INPUT, OUTPUT
from .chains import LOSS
from .chains import factors as chain_factors
from .contraction import SAMPLE, Algebra, Axes, Contraction, Labelled
from .entries import (
    DOTS,
    EVERY,
    PRODUCTS,
    SAMPLES,
    IndexedArray,
    Same,
    entry,
    has_same,
    indexed_by,
    is_indexed,
    letters,
    softmax_of,
    terms,
    unit,
    without_number,
)
from .lowering import word_of
from .names import COSTS, Namespace
from .placed_indices import PlacedIndices
from .refusals import Unread
from .syntax import (
    Call,
    Derivative,
    Numeral,
    Operation,
    Primed,
    Scripted,
    Sequence,
    Signed,
    Summed,
    Syntax,
    Transposed,
    Word,
    changed,
    walked,
)


@dataclass
class SummedProduct:
    """Factors, the labels they are summed over, and those that must be equal."""

    factors: list[Labelled] = field(default_factory=list)
    bound: set[str] = field(default_factory=set)
    same: list[Same] = field(default_factory=list)

    def times(self, other: SummedProduct) -> SummedProduct:
        return SummedProduct(self.factors + other.factors, self.bound | other.bound, self.same + other.same)


# From entries to arrays


def whole(value: Syntax, left: Syntax | None, scope: Namespace) -> Syntax:
    """A formula in single entries in whole arrays; ``left`` is what it is equal to, if that is written.

    Raises Unread if it has none, or more than one reading.
    """
    value = assembled(value, scope)
    if not is_indexed(value, scope):
        return value
    reader = IndexReader(scope)
    value = reader.resolved(value, {})
    left = None if left is None else reader.resolved(assembled(left, scope), {})
    reader.place([value] if left is None else [left, value], scope.layer)
    if not any(each.indices for each in reader.entries):
        return reader.over_samples(value)
    if is_chain(value):
        return reader.bare(value)
    return reader.formula(value, None if left is None else reader.axes_of_left(left))


def assembled(node: Syntax, scope: Namespace) -> Syntax:
    """A formula with the whole array for each of its entries in square brackets with indices, [δ_i a_j]_ij."""
    match node:
        case Scripted(Sequence((inside,)), _, below) if labels := tuple(each for one in below for each in letters(one)):
            if not is_indexed(inside, scope):
                return indexed_by(inside, below)
            reader = IndexReader(scope)
            inside = reader.resolved(over_columns(assembled(inside, scope), scope), {})
            reader.place([inside], scope.layer)
            axes = (labels[0], labels[1]) if len(labels) == 2 else reader.vector(labels[0])
            return reader.formula(inside, axes)
        case Sequence(rows) if any(row == DOTS for row in rows) and isinstance(rows[0], Sequence):
            return without_number(rows[0].items[0])
    return changed(node, lambda child: assembled(child, scope))


def over_columns(node: Syntax, scope: Namespace) -> Syntax:
    """A product with a whole column in it, W_{:,j} δ, as the sum over its entries."""
    if not any(EVERY in found.indices for each in walked(node) if (found := entry(each, scope)) is not None):
        return node

    def every(node: Syntax) -> Syntax:
        if entry(node, scope) is not None:
            return node
        if IndexReader(scope).is_array(node):
            return indexed_by(node, (Word(EVERY),))
        return changed(node, every)

    return Summed(every(node), EVERY, span=node.span)


def is_chain(node: Syntax) -> bool:
    """Whether a formula is a product of ∂-fractions of whole arrays, of which but one is by a single entry."""
    parts = list(chain_factors(node))
    arrays = [each for each in parts if isinstance(each, Derivative) and not isinstance(each.below, IndexedArray)]
    return len(arrays) > 0 and all(isinstance(each, Derivative) for each in parts)


def left_whole(left: Syntax, scope: Namespace) -> Syntax:
    """A left side in single entries as the whole array."""
    reader = IndexReader(scope)
    left = reader.resolved(assembled(left, scope), {})
    reader.place([left], scope.layer)
    return reader.bare(left)


class IndexReader(PlacedIndices):
    """Turns entries into arrays."""

    def formula(self, node: Syntax, result: Axes | None) -> Syntax:
        """The array with the axes ``result`` that a formula in entries gives."""
        self.of_cost = result == ("", "") or (result is None and not self.free(node))
        result = result or self.by_layers(node)
        between = [label for label in self.layers if result is None or label not in result]
        wanted = [label for label in result or () if label]
        if SAMPLE in wanted:
            self.order = (*wanted[:1], *between, *wanted[1:])
        else:
            self.order = (*wanted, *between, SAMPLE) if "A" in self.turned else (SAMPLE, *wanted, *between)
        found = [each for sign, part in terms(node) for each in self.term(sign, part, result)]
        return self.joined(found, node).array

    def free(self, node: Syntax) -> set[str]:
        """The indices that no Σ runs through."""
        bound = {each.index for each in walked(node) if isinstance(each, Summed)}
        return {label for each in self.entries for label in each.indices} - bound

    def by_layers(self, node: Syntax) -> Axes | None:
        """The axes of a weight gradient, where nothing but the layers of two free indices says which comes first."""
        bound = {each.index for each in walked(node) if isinstance(each, Summed)}
        free = sorted((layer, label) for label, layer in self.layers.items() if label not in bound)
        if len(free) != 2 or free[1][0] - free[0][0] != 1:
            return None
        (_, below), (_, own) = free
        return (below, own) if "dW" in self.turned else (own, below)

    @property
    def contraction(self) -> Contraction:
        return Contraction(self.algebra, self.order)

    @property
    def algebra(self) -> Algebra:
        """Arrays as they are written."""
        return Algebra(
            product=lambda left, right: Operation("@", left, right, span=left.span),
            times=lambda left, right: Operation("*", left, right, span=left.span),
            turned=lambda node: node.operand if isinstance(node, Transposed) else Transposed(node, span=node.span),
            total=self.total,
            repeated=self.repeated,
            diagonal=lambda node: Call(Word("diag"), (node,), span=node.span),
        )

    def total(self, node: Syntax, axis: int | None, label: str) -> Syntax:
        """sum(…), which adds up the samples or, of a cost, everything; or the sum along another axis."""
        if axis is None or label == SAMPLE or self.of_cost:
            return Call(Word("sum"), (node,), span=node.span)
        keywords = (("axis", Numeral(axis)), ("keepdims", Word("True")))
        return Call(Word("sum"), (node,), keywords, span=node.span)

    def repeated(self, node: Syntax, axis: int, label: str) -> Syntax:
        """A vector of one number for each sample, for each unit of a layer."""
        if label not in self.layers:
            raise Unread("indices", span=node.span)
        units = Scripted(Word("n"), (), (self.shown("n", self.layers[label]),))
        size = (units, Numeral(1)) if axis == 0 else (Numeral(1), units)
        ones = Call(Word("ones"), (Sequence(size),))
        return Operation("@", ones, node) if axis == 0 else Operation("@", node, ones)

    def term(self, sign: str, node: Syntax, result: Axes | None) -> list[tuple[str, Labelled]]:
        """A term of a sum in whole arrays: several where a bracket had to be multiplied out."""
        found = []
        for inner, product in self.products(node):
            free = {label for each in product.factors for label in each.labels} - product.bound
            wanted = free - {SAMPLE} if result is None else {label for label in result if label}
            if SAMPLE in free - wanted and len(wanted) == 2:
                product.bound.add(SAMPLE)
            array = self.contracted(product)
            placed = array if result is None else self.contraction.like(array, result)
            found.append(("+" if inner == sign else "-", placed))
        return found

    def contracted(self, product: SummedProduct) -> Labelled:
        """A product of entries as one of whole arrays; equal indices become one."""
        factors, bound = product.factors, set(product.bound)
        for same in product.same:
            inner, outer = (same.left, same.right) if same.left in bound else (same.right, same.left)
            if inner != outer and inner not in bound:
                raise Unread("indices", span=same.span)
            bound -= {inner} if inner != outer else set()
            factors = [each.renamed(inner, outer) for each in factors]
        return self.contraction.contracted(factors, bound)

    def products(self, node: Syntax) -> list[tuple[str, SummedProduct]]:
        """The products of factors, those inside its sums too, that a term is the sum of, each with its sign."""
        match node:
            case Operation(sign, left, right) if sign in PRODUCTS:
                both = pairs(self.products(left), self.products(right))
                return [("+" if a == b else "-", one.times(other)) for (a, one), (b, other) in both]
            case Operation("/", Numeral(), right) if self.divides(right):
                return [("+", SummedProduct([Labelled(node)]))]
            case Operation("/", left, right) if self.divides(right):
                share = Labelled(Operation("/", Numeral(1), self.value(right).array, span=node.span))
                return [(sign, SummedProduct([share]).times(one)) for sign, one in self.products(left)]
            case Operation("+" | "-") if has_same(node):
                return [
                    ("+" if sign == inner else "-", one)
                    for sign, each in terms(node)
                    for inner, one in self.products(each)
                ]
            case Signed("-", operand) if has_same(operand):
                return [("-" if sign == "+" else "+", one) for sign, one in self.products(operand)]
            case Summed(body, index) if index and (has_same(body) or len(list(terms(body))) == 1):
                label = self.bound_by(node)
                return [(sign, replace(one, bound=one.bound | {label})) for sign, one in self.products(body)]
            case Same():
                return [("+", SummedProduct(same=[node]))]
            case Derivative(IndexedArray() as above, IndexedArray() as below):
                return self.link(above, below)
        return [("+", SummedProduct([self.value(node)]))]

    def divides(self, node: Syntax) -> bool:
        """Whether what is divided by is a number; a lone b or n is that of the samples."""
        return (isinstance(node, Word) and node.text in SAMPLES) or not self.value(node).labels

    def bound_by(self, node: Summed) -> str:
        """The label that a Σ runs through; the samples, if its index counts them or stands nowhere."""
        used = any(node.index in each.indices for each in walked(node.body) if isinstance(each, IndexedArray))
        used |= any(node.index in (each.left, each.right) for each in walked(node.body) if isinstance(each, Same))
        return node.index if used else SAMPLE

    def value(self, node: Syntax) -> Labelled:
        match node:
            case IndexedArray():
                return Labelled(self.array(node), self.axes(node))
            case Derivative(above, IndexedArray() as below) if word_of(above) in (*COSTS, LOSS):
                return Labelled(Derivative(above, self.array(below), span=node.span), self.by(below))
            case Signed(sign, operand):
                inner = self.value(operand)
                return replace(inner, array=Signed(sign, inner.array, span=node.span))
            case Transposed(operand) | Sequence((operand,)):
                return self.value(operand)
            case Summed(index=index) if index:
                return self.joined(self.summands(node), node)
            case Operation("/", above, below) if (z := softmax_of(above, below)) is not None:
                return self.called(Call(Word("softmax"), (z,), span=node.span))
            case Operation("+" | "-", left, right):
                return self.beside(node.sign, self.value(left), self.value(right), node)
            case Operation("/", left, right) if self.value(right).labels:
                return self.beside("/", self.value(left), self.value(right), node)
            case Operation(sign) if sign in (*PRODUCTS, "/"):
                return self.joined([(sign, self.contracted(each)) for sign, each in self.products(node)], node)
            case Operation("**", base, power) | Scripted(base, (power,), ()) if not isinstance(base, Word):
                inner = self.value(base)
                return replace(inner, array=Operation("**", inner.array, power, span=node.span))
            case Scripted(Word("e"), (power,), ()):
                return self.called(Call(Word("exp"), (power,), span=node.span))
            case Call():
                return self.called(node)
        if isinstance(node, Word) and node.text in SAMPLES:
            return Labelled(node)
        if any(isinstance(each, IndexedArray) for each in walked(node)) or self.is_array(node):
            raise Unread("indices", span=node.span)
        return Labelled(node)

    def summands(self, node: Summed) -> list[tuple[str, Labelled]]:
        """The terms of what a Σ adds up, each summed by itself."""
        found = []
        for sign, each in terms(node.body):
            for inner, product in self.products(replace(node, body=each)):
                found.append(("+" if sign == inner else "-", self.contracted(product)))
        return found

    def called(self, node: Call) -> Labelled:
        """A function, entry by entry."""
        (argument,) = node.arguments if len(node.arguments) == 1 else (node,)
        if argument is node:
            raise Unread("indices", span=node.span)
        inner = self.value(argument)
        return replace(inner, array=replace(node, arguments=(inner.array,)))

    def beside(self, sign: str, left: Labelled, right: Labelled, node: Syntax) -> Labelled:
        """A sum, a difference or a quotient, entry by entry; a bias has no axis along the samples."""
        longer = left if len(left.labels) >= len(right.labels) else right
        if not (left.labels <= longer.labels and right.labels <= longer.labels):
            raise Unread("indices", span=node.span)
        one, other = (self.contraction.like(each, longer.axes) for each in (left, right))
        return Labelled(Operation(sign, one.array, other.array, span=node.span), longer.axes)

    def joined(self, found: list[tuple[str, Labelled]], node: Syntax) -> Labelled:
        """The sum of terms with their signs."""
        (sign, total), *others = found
        if sign == "-":
            total = replace(total, array=Signed("-", total.array, span=node.span))
        for sign, term in others:
            total = self.beside(sign, total, term, node)
        return total

    def link(self, above: IndexedArray, below: IndexedArray) -> list[tuple[str, SummedProduct]]:
        """∂z_k/∂a_i, an entry of a Jacobian of one layer, as the array that has it."""
        upper, lower = self.number(above), self.number(below)
        assert upper is not None
        assert lower is not None
        k, i = unit(self.units(above)), unit(self.units(below))
        sample = next((label for label in above.indices if label != k), SAMPLE)
        same = [Same(k, i, span=above.span)]
        match above.name, below.name, upper - lower:
            case "Z", "A" | INPUT.name, 1:
                return [("+", SummedProduct([self.weights(upper, k, i)]))]
            case "Z", "Z", 1:
                return [("+", SummedProduct([self.weights(upper, k, i), self.slope(lower, i, sample)]))]
            case "A" | OUTPUT.name, "Z", 0 if self.mixes(lower):
                a, b = (self.lettered("A", lower, label, sample) for label in (k, i))
                return [("+", SummedProduct([a], same=same)), ("-", SummedProduct([a, b]))]
            case "A" | OUTPUT.name, "Z", 0:
                return [("+", SummedProduct([self.slope(lower, i, sample)], same=same))]
            case "Z", "W", 0 if len(below.indices) == 2:
                out, into = below.indices[::-1] if "W" in self.turned else below.indices
                return [
                    (
                        "+",
                        SummedProduct(
                            [self.lettered("A", lower - 1, into, sample)], same=[replace(same[0], right=out)]
                        ),
                    )
                ]
            case "Z", "b", 0:
                return [("+", SummedProduct(same=same))]
        raise Unread("indices", span=above.span)

    def mixes(self, layer: int) -> bool:
        """Whether each output of a layer depends on all of its weighted sums, as with softmax."""
        architecture = self.scope.architecture
        return 1 <= layer <= architecture.depth and not architecture.activation(layer).elementwise

    def lettered(self, name: str, layer: int, label: str, sample: str) -> Labelled:
        """A or Z of which a link is made, as the notation calls it."""
        letters_of = self.scope.notation.quantities[name].letters or (name, name)
        letter = next(each for each in (letters_of[1], letters_of[0], name) if each in self.scope.spellings.layered)
        array = Scripted(Word(letter), (self.shown(name, layer),))
        return Labelled(array, (label, sample) if name in self.turned else (sample, label))

    def weights(self, layer: int, out: str, into: str) -> Labelled:
        array = Scripted(Word("W"), (self.shown("W", layer),))
        return Labelled(array, (into, out) if "W" in self.turned else (out, into))

    def slope(self, layer: int, label: str, sample: str) -> Labelled:
        z = self.lettered("Z", layer, label, sample)
        return replace(z, array=Call(Primed(Word("f")), (z.array,)))
