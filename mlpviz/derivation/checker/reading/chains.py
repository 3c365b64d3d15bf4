"""Products of ∂-fractions: ∂J/∂a ∂a/∂z ∂z/∂W is the gradient by W if each link joins the next, in either order.

A link beside an array takes it one step back: X ∂a/∂z is X ⊙ f'(z), δ ∂z/∂W is δ aᵀ.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from ....maths import expressions as ex
from ....maths.expressions import Expression, Symbol
from ....maths.symbols import SCALARS, SLOPES
from .. import nodes as nd
from ..links import ChainProduct, Link
from . import syntax as sx
from .entries import PRODUCTS
from .lowering import Reader, word_of
from .names import Namespace
from .refusals import Unread
from .spellings import COSTS, parted

COST = Symbol("cost")
LOSS = "ℓ"
"""The loss of one sample."""

BELOW = {slope: name for name, slope in SLOPES.items()}
"""What a gradient is taken by: Z for delta."""


def factors(node: sx.Syntax) -> Iterator[sx.Syntax]:
    """The factors of a product from left to right."""
    if isinstance(node, sx.Operation) and node.sign in PRODUCTS:
        yield from factors(node.left)
        yield from factors(node.right)
    else:
        yield node


def is_local(node: sx.Syntax) -> bool:
    """Whether a factor is a derivative of something else than the cost."""
    node = node.operand if isinstance(node, sx.Transposed) else node
    return isinstance(node, sx.Derivative) and word_of(node.above) not in (*COSTS, LOSS)


def chain(reader: Reader, node: sx.Operation) -> Expression | None:
    """A product with links of the chain rule in it as a tree; None if it has none.

    Raises Unread for a link that no layer has.
    """
    parts = list(factors(node))
    if not any(map(is_local, parts)):
        return None
    numbers = [each for each in parts if not is_local(each) and is_number(reader, each)]
    links = [link_of(reader, each) for each in parts if each not in numbers]
    if None not in links and any(each is not None and each.above == COST for each in links):
        product: Expression = ChainProduct(tuple(each for each in links if each is not None))
        if all(isinstance(each, sx.Transposed) for each in parts if each not in numbers):
            product = nd.turned(product)
        scale = divisors(reader.scope) if any(map(is_of_loss, parts)) else []
        return reduce(ex.Multiply, [*(reader.tree(each) for each in numbers), *scale, product])
    return beside(reader, node)


def is_of_loss(node: sx.Syntax) -> bool:
    node = node.operand if isinstance(node, sx.Transposed) else node
    return isinstance(node, sx.Derivative) and word_of(node.above) == LOSS


def divisors(scope: Namespace) -> list[Expression]:
    """What the cost is divided by, and so what the derivative of a sample's own loss is larger by."""
    samples = [] if scope.notation.division == "gradients" else [Symbol("m")]
    sizes: dict[str, list[Expression]] = {
        "mean_samples": [*samples],
        "mean_elements": [*samples, Symbol("n", scope.architecture.depth)],
    }
    return sizes.get(scope.architecture.reduction, [])


def is_number(reader: Reader, node: sx.Syntax) -> bool:
    if isinstance(node, sx.Derivative):
        return False
    tree = reader.tree(node)
    return all(
        isinstance(leaf, ex.Number) or (isinstance(leaf, Symbol) and leaf.name in SCALARS) for leaf in ex.leaves(tree)
    )


def link_of(reader: Reader, node: sx.Syntax) -> Link | None:
    """A factor as a link: a ∂-fraction, or an array that is a gradient itself."""
    node = node.operand if isinstance(node, sx.Transposed) else node
    if isinstance(node, sx.Derivative):
        above = COST if word_of(node.above) in (*COSTS, LOSS) else array(reader, node.above)
        return Link(above, array(reader, node.below))
    tree = reader.tree(node)
    if isinstance(tree, Symbol) and tree.name in BELOW:
        return Link(COST, Symbol(BELOW[tree.name], tree.layer))
    return None


def placed(reader: Reader, node: sx.Syntax, layers: Mapping[str, int]) -> Expression:
    """The array that a derivative is of or by; without a layer it is of the one asked for, or as ``layers`` says."""
    scope = reader.scope
    if isinstance(node, sx.Word) and scope.needs_layer(node.text) and not parted(node.text)[1]:
        name = scope.spellings.layered[node.text]
        layer = layers.get(name, scope.layer)
        if layer is None:
            return reader.tree(node)
        return scope.symbol(node.text, sx.Numeral(scope.notation.number(Symbol(name, layer)) - scope.shift), "raised")
    return reader.tree(node)


def array(reader: Reader, node: sx.Syntax) -> Symbol:
    tree = placed(reader, node, {})
    if not isinstance(tree, Symbol) or tree.name in SCALARS:
        raise Unread("gradient", text=f"∂{word_of(node)}", span=node.span)
    return tree


def beside(reader: Reader, node: sx.Operation) -> Expression:
    """An array with links at its right or at its left, each of which takes it one step back."""
    right, left = list(factors(node.right)), list(factors(node.left))
    if len(right) == 1 and is_local(right[0]):
        return taken_back(reader, reader.tree(node.left), [right[0]])
    if all(map(is_local, left)):
        return taken_back(reader, reader.tree(node.right), left[::-1])
    raise Unread("links", span=node.span)


def taken_back(reader: Reader, tree: Expression, links: Sequence[sx.Syntax]) -> Expression:
    for each in links:
        link = link_of(reader, each)
        assert link is not None
        tree = StepBack(reader).through(tree, link, each)
    return tree


@dataclass(frozen=True)
class StepBack:
    """One step back through a layer, in the arrays as the notation shows them."""

    reader: Reader

    @property
    def shown_turned(self) -> frozenset[str]:
        return self.reader.scope.notation.transposed

    def through(self, tree: Expression, link: Link, node: sx.Syntax) -> Expression:
        above, below = link.above, link.below
        if not isinstance(above.layer, int) or not isinstance(below.layer, int):
            raise Unread("links", span=node.span)
        columns = "A" in self.shown_turned
        match above.name, below.name, above.layer - below.layer:
            case "A", "Z", 0:
                return ex.Multiply(tree, nd.Slope(below, below.layer))
            case "Z", "A", 1:
                return self.weighted(tree, Symbol("W", above.layer), columns)
            case "Z", "Z", 1:
                inner = self.weighted(tree, Symbol("W", above.layer), columns)
                return ex.Multiply(inner, nd.Slope(below, below.layer))
            case "Z", "W", 0:
                return self.onto(tree, Symbol("A", above.layer - 1), columns)
            case "Z", "b", 0:
                return tree
        raise Unread("links", span=node.span)

    def weighted(self, tree: Expression, W: Symbol, columns: bool) -> Expression:
        stored = nd.turned(W) if "W" in self.shown_turned else W
        return ex.MatMul(nd.turned(stored), tree) if columns else ex.MatMul(tree, stored)

    def onto(self, tree: Expression, A: Symbol, columns: bool) -> Expression:
        rows = (tree, A) if "dW" in self.shown_turned else (A, tree)
        first, second = rows[1], rows[0]
        return ex.MatMul(first, nd.turned(second)) if columns else ex.MatMul(nd.turned(first), second)
