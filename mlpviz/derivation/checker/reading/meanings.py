"""What each kind of syntax means: one row each, by which the reader makes trees."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

from ....maths import expressions as ex
from ....maths.expressions import Expression, Symbol
from ....maths.messages import in_quotes
from ....maths.symbols import CONSTANTS, INPUT, OUTPUT, QUANTITIES, SLOPES
from .. import nodes as nd
from ..links import ChainProduct, Link
from . import activations
from . import syntax as sx
from .chains import COST, LOSS, PRODUCTS, chain, divisors, placed
from .dialects import Language
from .entries import labels_of
from .functions import call
from .literals import ONES, flipped, is_literal, is_vector, literal, masked, with_ones
from .lookups import attribute, index
from .lowering import Meanings, Reader, unknown, unsaid, word_of
from .names import ERROR, UNKNOWN, Namespace
from .operations import BY_NAME, condition, denied, power
from .refusals import Unread
from .spellings import COSTS
from .sums import NEW_AXIS, is_flattened
from .words import WORDS

OPERATIONS: dict[str, Callable[[Expression, Expression], Expression]] = {
    "+": ex.Add,
    "-": ex.Subtract,
    "*": activations.times,
    "@": ex.MatMul,
    "/": ex.Divide,
    " ": nd.Juxtaposition,
    "·": nd.Juxtaposition,
    "×": nd.Dotted,
    "outer": nd.Outer,
    "**": power,
}
"""What each sign between two operands means."""


def number(_: Reader, node: sx.Numeral) -> Expression:
    return ex.Number(node.value)


def word(reader: Reader, node: sx.Word) -> Expression:
    if node == ONES:
        return ex.Number(1)
    if not reader.scope.knows(node.text) and needs_argument(node.text):
        raise Unread("function", text=node.text)
    return reader.scope.symbol(node.text)


def needs_argument(text: str) -> bool:
    """Whether a word can only be a function; a single letter may be an array of the learner's, such as t."""
    return len(text) > 1 and (text in BY_NAME or activations.needs_argument(text))


def scripted(reader: Reader, node: sx.Scripted) -> Expression:
    """A name with its layer, or a power."""
    above = node.above
    if node.base == sx.Word("e") and len(above) == 1 and not node.below:
        return ex.apply("exp", reader.tree(above[0]))
    if (mask := masked(reader, node)) is not None:
        return mask
    if isinstance(node.base, sx.Word) and reader.scope.knows(node.base.text):
        operand, above = with_layer(reader.scope, node.base.text, above, node.below)
    elif isinstance(node.base, sx.Word) and len(node.base.text) == 1 and labels_of(node.below):
        operand = reader.scope.unsaid(node.base.text)
    elif node.below or not above:
        raise Unread("entry", text=word_of(node.base))
    else:
        operand = reader.tree(node.base)
    return reduce(power, map(reader.tree, above), operand)


Scripts = tuple[sx.Syntax, ...]


def with_layer(scope: Namespace, word: str, above: Scripts, below: Scripts) -> tuple[Expression, Scripts]:
    """A name with the layer that is raised or lowered beside it, and what is raised besides."""
    script = (below or above) if scope.needs_layer(word) else ()
    if len(script) > 1 and (below or script[1:] != (sx.Numeral(2),)):
        raise Unread("two layers", text=word)
    symbol = scope.symbol(word, script[0] if script else None, "raised")
    if below and not script:
        raise Unread("no layers", text=word)
    return symbol, above[1:] if script and not below else above


def transposed(reader: Reader, node: sx.Transposed) -> Expression:
    """The transpose; a vector that is written out as (1, 1, 1) is a column as it is."""
    tree = reader.tree(node.operand)
    if isinstance(node.operand, sx.Sequence) and is_vector(node.operand):
        return tree
    return flipped(tree) if isinstance(tree, nd.Filled) else nd.turned(tree)


def signed(reader: Reader, node: sx.Signed) -> Expression:
    return ex.Negate(reader.tree(node.operand)) if node.sign == "-" else denied(reader, node.operand)


def operation(reader: Reader, node: sx.Operation) -> Expression:
    if node.sign not in OPERATIONS:
        return unknown(reader, node)
    if node.sign in PRODUCTS and (total := with_ones(reader, node)) is not None:
        return total
    if node.sign in PRODUCTS and (pair := outer_of(node)) is not None:
        return nd.Outer(*map(reader.tree, pair))
    if node.sign in PRODUCTS and is_row_of_all(node.left) and is_flattened(node.right):
        return nd.Total(ex.Multiply(nd.turned(reader.tree(node.left)), reader.tree(node.right)))
    left = reader.tree(node.left)
    right = Symbol("m") if node.sign == "/" and node.right in BATCH_SIZES else reader.tree(node.right)
    return OPERATIONS[node.sign](left, right)


def outer_of(node: sx.Operation) -> tuple[sx.Syntax, sx.Syntax] | None:
    """The vectors of δ[:, None] * x[None, :]."""
    match node.left, node.right:
        case sx.Index(column, (sx.Slice(), one)), sx.Index(row, (other, sx.Slice())) if (
            one in NEW_AXIS and other in NEW_AXIS
        ):
            return column, row
        case sx.Index(row, (one, sx.Slice())), sx.Index(column, (sx.Slice(), other)) if (
            one in NEW_AXIS and other in NEW_AXIS
        ):
            return (column, row) if node.sign == "*" else None
    return None


def is_row_of_all(node: sx.Syntax) -> bool:
    """Whether all entries stand in one row, A(:)'."""
    node = node.operand if isinstance(node, sx.Signed) else node
    return isinstance(node, sx.Transposed) and is_flattened(node)


BATCH_SIZES = (sx.Word("b"), sx.Word("B"))
"""What else than a bias a b may be, where it is divided by."""


def compared(reader: Reader, node: sx.Compared) -> Expression:
    """A mask: 1 where it holds, else 0."""
    return condition(reader, node, ex.Number(1), ex.Number(0))


def chosen(reader: Reader, node: sx.Chosen) -> Expression:
    return condition(reader, node.condition, reader.tree(node.this), reader.tree(node.otherwise))


def sequence(reader: Reader, node: sx.Sequence) -> Expression:
    if is_literal(node):
        return literal(reader, node)
    if len(node.items) == 1:
        return reader.tree(node.items[0])
    raise Unread("comma")


def primed(reader: Reader, node: sx.Primed) -> Expression:
    """The transpose of an array; of a function without an argument nothing."""
    match node.function:
        case sx.Scripted(sx.Word(name), above, below) if reader.calls(node.function) and len(above) + len(below) == 1:
            return slope_of_layer(reader, name, (*above, *below)[0])
    if reader.calls(node.function):
        raise Unread("function", text="f'")
    return nd.turned(reader.tree(node.function))


def slope_of_layer(reader: Reader, name: str, layer: sx.Syntax) -> Expression:
    """f'_1, the derivative of a layer's activation at its weighted sums."""
    if len(name) > 1 and not activations.activation_named(name):
        raise Unread("function", text="f'")
    return activations.slope(reader.scope, activations.OWN, reader.scope.symbol("Z", layer, "raised"))


def derivative(reader: Reader, node: sx.Derivative) -> Expression:
    """The gradient of the cost by an array."""
    if word_of(node.above) == LOSS:
        return of_losses(reader, node)
    if word_of(node.above) not in COSTS:
        raise Unread("gradient", text=in_quotes(f"∂{word_of(node.above)}"))
    if reader.scope.spellings.whole.get(word_of(node.below), INPUT.name) not in (INPUT.name, OUTPUT.name):
        raise Unread("gradient", text=f"∂J/∂{word_of(node.below)}")
    symbol = placed(reader, node.below, {"A": reader.scope.architecture.depth})
    if not isinstance(symbol, Symbol) or symbol.name not in SLOPES:
        raise Unread("gradient", text=f"∂J/∂{word_of(node.below)}")
    return Symbol(SLOPES[symbol.name], symbol.layer)


def of_losses(reader: Reader, node: sx.Derivative) -> Expression:
    """∂ℓ/∂z, the derivative of each sample's own loss: that of the cost times what the cost divides by."""
    symbol = derivative(reader, sx.Derivative(sx.Word("J"), node.below, span=node.span))
    assert isinstance(symbol, Symbol)
    chain = ChainProduct((Link(COST, Symbol(QUANTITIES[symbol.name].of, symbol.layer)),))
    return reduce(ex.Multiply, [*divisors(reader.scope), chain])


def summed(reader: Reader, node: sx.Summed) -> Expression:
    """Σ without an index, which adds up all there is."""
    return nd.SampleSum(reader.tree(node.body))


MEANINGS: Meanings = {
    sx.Summed: summed,
    sx.Numeral: number,
    sx.Word: word,
    sx.Scripted: scripted,
    sx.Index: index,
    sx.Transposed: transposed,
    sx.Signed: signed,
    sx.Operation: operation,
    sx.Compared: compared,
    sx.Chosen: chosen,
    sx.Attribute: attribute,
    sx.Sequence: sequence,
    sx.Primed: primed,
    sx.Call: call,
    sx.Derivative: derivative,
}
"""What each kind of syntax means."""


def with_links(lowering: Reader, node: sx.Operation) -> Expression:
    """A product that may hold links of the chain rule."""
    linked = chain(lowering, node) if node.sign in PRODUCTS else None
    return operation(lowering, node) if linked is None else linked


LINKED: Meanings = {**MEANINGS, sx.Operation: with_links}
"""What syntax means where a ∂-fraction is of something else than the cost."""


def target(node: sx.Syntax, scope: Namespace, dialect: Language) -> Symbol:
    """The array on the left of a line, or the target.

    Raises Unread if it is none.
    """
    if isinstance(node, sx.Word) and (node.text in COSTS or WORDS.get(node.text) == "cost"):
        return Symbol("cost")
    if isinstance(node, sx.Word) and not scope.knows(node.text) and not ERROR.fullmatch(node.text):
        scope.unsaid(node.text)
        raise unsaid(scope, node)
    tree = Reader(scope, dialect, MEANINGS).tree(node)
    if isinstance(tree, Symbol) and tree.name.startswith(UNKNOWN):
        raise unsaid(scope, node)
    if not isinstance(tree, Symbol) or tree.name in CONSTANTS:
        raise Unread("equals", span=node.span)
    return tree
