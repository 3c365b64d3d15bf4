"""An entry of a Jacobian, ∂z_k/∂a_i, as the product of entries that it is: one link of the chain rule."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from ....maths.symbols import INPUT, OUTPUT
from . import entries as en
from . import syntax as sx
from .contraction import SAMPLE, Labelled
from .placed_indices import PlacedIndices
from .refusals import Unread


@dataclass
class SummedProduct:
    """Factors, the labels they are summed over, and those that must be equal."""

    factors: list[Labelled] = field(default_factory=list)
    bound: set[str] = field(default_factory=set)
    same: list[en.Same] = field(default_factory=list)

    def times(self, other: SummedProduct) -> SummedProduct:
        return SummedProduct(self.factors + other.factors, self.bound | other.bound, self.same + other.same)


Terms = list[tuple[str, SummedProduct]]
"""Products with their signs."""


def term(*factors: Labelled, same: en.Same | None = None, sign: str = "+") -> tuple[str, SummedProduct]:
    return sign, SummedProduct(list(factors), same=[same] if same else [])


@dataclass(frozen=True)
class EntryLinks:
    """The links of the chain rule among the entries of a formula, in the arrays as the notation shows them."""

    placed: PlacedIndices

    def terms(self, above: en.IndexedArray, below: en.IndexedArray) -> Terms:
        """∂z_k/∂a_i, ∂a_k/∂z_i and the like as sums of products.

        Raises Unread for what is no step through one layer.
        """
        upper, lower = self.placed.number(above), self.placed.number(below)
        assert upper is not None
        assert lower is not None
        k, i = en.unit(self.placed.units(above)), en.unit(self.placed.units(below))
        sample = next((label for label in above.indices if label != k), SAMPLE)
        same = en.Same(k, i, span=above.span)
        match above.name, below.name, upper - lower:
            case "Z", "A" | INPUT.name, 1:
                return [term(self.weights(upper, k, i))]
            case "Z", "Z", 1:
                return [term(self.weights(upper, k, i), self.slope(lower, i, sample))]
            case "A" | OUTPUT.name, "Z", 0 if self.mixes(lower):
                a, b = (self.lettered("A", lower, label, sample) for label in (k, i))
                return [term(a, same=same), term(a, b, sign="-")]
            case "A" | OUTPUT.name, "Z", 0:
                return [term(self.slope(lower, i, sample), same=same)]
            case "Z", "W", 0 if len(below.indices) == 2:
                out, into = below.indices[::-1] if "W" in self.placed.turned else below.indices
                return [term(self.lettered("A", lower - 1, into, sample), same=replace(same, right=out))]
            case "Z", "b", 0:
                return [term(same=same)]
        raise Unread("indices", span=above.span)

    def mixes(self, layer: int) -> bool:
        """Whether each output of a layer depends on all of its weighted sums, as with softmax."""
        architecture = self.placed.scope.architecture
        return 1 <= layer <= architecture.depth and not architecture.activation(layer).elementwise

    def lettered(self, name: str, layer: int, label: str, sample: str) -> Labelled:
        """A or Z of which a link is made, as the notation calls it."""
        scope = self.placed.scope
        batch, single = scope.notation.quantities[name].letters or (name, name)
        letter = next(each for each in (single, batch, name) if each in scope.spellings.layered)
        array = sx.Scripted(sx.Word(letter), (self.placed.shown(name, layer),))
        return Labelled(array, (label, sample) if name in self.placed.turned else (sample, label))

    def weights(self, layer: int, out: str, into: str) -> Labelled:
        array = sx.Scripted(sx.Word("W"), (self.placed.shown("W", layer),))
        return Labelled(array, (into, out) if "W" in self.placed.turned else (out, into))

    def slope(self, layer: int, label: str, sample: str) -> Labelled:
        z = self.lettered("Z", layer, label, sample)
        return replace(z, array=sx.Call(sx.Primed(sx.Word("f")), (z.array,)))
