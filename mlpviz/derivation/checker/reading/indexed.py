r"""Index notation as whole arrays: \delta_j = \sum_k w_{kj} \delta_k f'(z_j) is what (Wᵀ δ) ⊙ f'(z) is.

The first index of an array counts its rows and the second its columns, as the notation shows it; an array of units has
one, and an axis along the samples that is not written. Where no layer is written the indices say which.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import product as pairs

from . import entries as en
from . import syntax as sx
from .chains import LOSS
from .contraction import SAMPLE, Algebra, Axes, Contraction, Labelled
from .entry_links import EntryLinks, SummedProduct
from .lowering import word_of
from .placed_indices import PlacedIndices
from .refusals import Unread
from .spellings import COSTS


class IndexReader(PlacedIndices):
    """Turns entries into arrays."""

    def formula(self, node: sx.Syntax, result: Axes | None) -> sx.Syntax:
        """The array with the axes ``result`` that a formula in entries gives."""
        self.of_cost = result == ("", "") or (result is None and not self.free(node))
        result = result or self.by_layers(node)
        between = [label for label in self.layers if result is None or label not in result]
        wanted = [label for label in result or () if label]
        if SAMPLE in wanted:
            self.order = (*wanted[:1], *between, *wanted[1:])
        else:
            self.order = (*wanted, *between, SAMPLE) if "A" in self.turned else (SAMPLE, *wanted, *between)
        found = [each for sign, part in en.terms(node) for each in self.term(sign, part, result)]
        return self.joined(found, node).array

    def free(self, node: sx.Syntax) -> set[str]:
        """The indices that no Σ runs through."""
        bound = {each.index for each in sx.walked(node) if isinstance(each, sx.Summed)}
        return {label for each in self.entries for label in each.indices} - bound

    def by_layers(self, node: sx.Syntax) -> Axes | None:
        """The axes of a weight gradient, where nothing but the layers of two free indices says which comes first."""
        bound = {each.index for each in sx.walked(node) if isinstance(each, sx.Summed)}
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
            product=lambda left, right: sx.Operation("@", left, right, span=left.span),
            times=lambda left, right: sx.Operation("*", left, right, span=left.span),
            turned=lambda node: (
                node.operand if isinstance(node, sx.Transposed) else sx.Transposed(node, span=node.span)
            ),
            total=self.total,
            repeated=self.repeated,
            diagonal=lambda node: sx.Call(sx.Word("diag"), (node,), span=node.span),
        )

    def total(self, node: sx.Syntax, axis: int | None, label: str) -> sx.Syntax:
        """sum(…), which adds up the samples or, of a cost, everything; or the sum along another axis."""
        if axis is None or label == SAMPLE or self.of_cost:
            return sx.Call(sx.Word("sum"), (node,), span=node.span)
        keywords = (("axis", sx.Numeral(axis)), ("keepdims", sx.Word("True")))
        return sx.Call(sx.Word("sum"), (node,), keywords, span=node.span)

    def repeated(self, node: sx.Syntax, axis: int, label: str) -> sx.Syntax:
        """A vector of one number for each sample, for each unit of a layer."""
        if label not in self.layers:
            raise Unread("indices", span=node.span)
        units = sx.Scripted(sx.Word("n"), (), (self.shown("n", self.layers[label]),))
        size = (units, sx.Numeral(1)) if axis == 0 else (sx.Numeral(1), units)
        ones = sx.Call(sx.Word("ones"), (sx.Sequence(size),))
        return sx.Operation("@", ones, node) if axis == 0 else sx.Operation("@", node, ones)

    def term(self, sign: str, node: sx.Syntax, result: Axes | None) -> list[tuple[str, Labelled]]:
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

    def products(self, node: sx.Syntax) -> list[tuple[str, SummedProduct]]:
        """The products of factors, those inside its sums too, that a term is the sum of, each with its sign."""
        match node:
            case sx.Operation(sign, left, right) if sign in en.PRODUCTS:
                both = pairs(self.products(left), self.products(right))
                return [("+" if a == b else "-", one.times(other)) for (a, one), (b, other) in both]
            case sx.Operation("/", sx.Numeral(), right) if self.divides(right):
                return [("+", SummedProduct([Labelled(node)]))]
            case sx.Operation("/", left, right) if self.divides(right):
                share = Labelled(sx.Operation("/", sx.Numeral(1), self.value(right).array, span=node.span))
                return [(sign, SummedProduct([share]).times(one)) for sign, one in self.products(left)]
            case sx.Operation("+" | "-") if en.has_same(node):
                return [
                    ("+" if sign == inner else "-", one)
                    for sign, each in en.terms(node)
                    for inner, one in self.products(each)
                ]
            case sx.Signed("-", operand) if en.has_same(operand):
                return [("-" if sign == "+" else "+", one) for sign, one in self.products(operand)]
            case sx.Summed(body, index) if index and (en.has_same(body) or len(list(en.terms(body))) == 1):
                label = self.bound_by(node)
                return [(sign, replace(one, bound=one.bound | {label})) for sign, one in self.products(body)]
            case en.Same():
                return [("+", SummedProduct(same=[node]))]
            case sx.Derivative(en.IndexedArray() as above, en.IndexedArray() as below):
                return EntryLinks(self).terms(above, below)
        return [("+", SummedProduct([self.value(node)]))]

    def divides(self, node: sx.Syntax) -> bool:
        """Whether what is divided by is a number; a lone b or n is that of the samples."""
        return (isinstance(node, sx.Word) and node.text in en.SAMPLES) or not self.value(node).labels

    def bound_by(self, node: sx.Summed) -> str:
        """The label that a Σ runs through; the samples, if its index counts them or stands nowhere."""
        used = any(node.index in each.indices for each in sx.walked(node.body) if isinstance(each, en.IndexedArray))
        used |= any(node.index in (each.left, each.right) for each in sx.walked(node.body) if isinstance(each, en.Same))
        return node.index if used else SAMPLE

    def value(self, node: sx.Syntax) -> Labelled:
        match node:
            case en.IndexedArray():
                return Labelled(self.array(node), self.axes(node))
            case sx.Derivative(above, en.IndexedArray() as below) if word_of(above) in (*COSTS, LOSS):
                return Labelled(sx.Derivative(above, self.array(below), span=node.span), self.by(below))
            case sx.Signed(sign, operand):
                inner = self.value(operand)
                return replace(inner, array=sx.Signed(sign, inner.array, span=node.span))
            case sx.Transposed(operand) | sx.Sequence((operand,)):
                return self.value(operand)
            case sx.Summed(index=index) if index:
                return self.joined(self.summands(node), node)
            case sx.Operation("/", above, below) if (z := en.softmax_of(above, below)) is not None:
                return self.called(sx.Call(sx.Word("softmax"), (z,), span=node.span))
            case sx.Operation("+" | "-", left, right):
                return self.beside(node.sign, self.value(left), self.value(right), node)
            case sx.Operation("/", left, right) if self.value(right).labels:
                return self.beside("/", self.value(left), self.value(right), node)
            case sx.Operation(sign) if sign in (*en.PRODUCTS, "/"):
                return self.joined([(sign, self.contracted(each)) for sign, each in self.products(node)], node)
            case sx.Operation("**", base, power) | sx.Scripted(base, (power,), ()) if not isinstance(base, sx.Word):
                inner = self.value(base)
                return replace(inner, array=sx.Operation("**", inner.array, power, span=node.span))
            case sx.Scripted(sx.Word("e"), (power,), ()):
                return self.called(sx.Call(sx.Word("exp"), (power,), span=node.span))
            case sx.Call():
                return self.called(node)
        if isinstance(node, sx.Word) and node.text in en.SAMPLES:
            return Labelled(node)
        if any(isinstance(each, en.IndexedArray) for each in sx.walked(node)) or self.is_array(node):
            raise Unread("indices", span=node.span)
        return Labelled(node)

    def summands(self, node: sx.Summed) -> list[tuple[str, Labelled]]:
        """The terms of what a Σ adds up, each summed by itself."""
        found = []
        for sign, each in en.terms(node.body):
            for inner, product in self.products(replace(node, body=each)):
                found.append(("+" if sign == inner else "-", self.contracted(product)))
        return found

    def called(self, node: sx.Call) -> Labelled:
        """A function, entry by entry."""
        (argument,) = node.arguments if len(node.arguments) == 1 else (node,)
        if argument is node:
            raise Unread("indices", span=node.span)
        inner = self.value(argument)
        return replace(inner, array=replace(node, arguments=(inner.array,)))

    def beside(self, sign: str, left: Labelled, right: Labelled, node: sx.Syntax) -> Labelled:
        """A sum, a difference or a quotient, entry by entry; a bias has no axis along the samples."""
        longer = left if len(left.labels) >= len(right.labels) else right
        if not (left.labels <= longer.labels and right.labels <= longer.labels):
            raise Unread("indices", span=node.span)
        one, other = (self.contraction.like(each, longer.axes) for each in (left, right))
        return Labelled(sx.Operation(sign, one.array, other.array, span=node.span), longer.axes)

    def joined(self, found: list[tuple[str, Labelled]], node: sx.Syntax) -> Labelled:
        """The sum of terms with their signs."""
        (sign, total), *others = found
        if sign == "-":
            total = replace(total, array=sx.Signed("-", total.array, span=node.span))
        for sign, term in others:
            total = self.beside(sign, total, term, node)
        return total
