"""What each kind of syntax means: one row each, by which the reader makes trees."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import reduce

from ....maths import expressions as ex
from ....maths.expressions import Expression, Symbol
from ....maths.symbols import CONSTANTS, INPUT, OUTPUT, QUANTITIES
from ..nodes import ChainProduct, Dotted, Filled, Juxtaposition, Link, Outer, SampleSum, Total, turned
from . import activations
from .arguments import Arguments
from .chains import COST, LOSS, PRODUCTS, chain, divisors, placed
from .dialects import Language
from .functions import call, callee
from .literals import ONES, flipped, is_literal, is_vector, literal, masked, with_ones
from .lowering import Meanings, Reader, unknown, unsaid, word_of
from .names import COSTS, ERROR, GRADIENTS, UNKNOWN, Namespace
from .operations import BY_NAME, condition, denied, power
from .refusals import Unread
from .shapes import upright
from .sums import NEW_AXIS, count, is_flattened
from .syntax import (
    Attribute,
    Call,
    Chosen,
    Compared,
    Derivative,
    Index,
    Numeral,
    Operation,
    Primed,
    Quoted,
    Scripted,
    Sequence,
    Signed,
    Slice,
    Summed,
    Syntax,
    Transposed,
    Word,
)
from .words import HOLDERS, HOLDERS_OF_GRADIENTS, WORDS

OPERATIONS: dict[str, Callable[[Expression, Expression], Expression]] = {
    "+": ex.Add,
    "-": ex.Subtract,
    "*": activations.times,
    "@": ex.MatMul,
    "/": ex.Divide,
    " ": Juxtaposition,
    "·": Juxtaposition,
    "×": Dotted,
    "outer": Outer,
    "**": power,
}
"""What each sign between two operands means."""


def number(_: Reader, node: Numeral) -> Expression:
    return ex.Number(node.value)


def word(reader: Reader, node: Word) -> Expression:
    if node == ONES:
        return ex.Number(1)
    if not reader.scope.knows(node.text) and (node.text in BY_NAME or activations.needs_argument(node.text)):
        raise Unread("function", text=node.text)
    return reader.scope.symbol(node.text)


def scripted(reader: Reader, node: Scripted) -> Expression:
    """A name with its layer, or a power."""
    scope, above, below = reader.scope, list(node.above), list(node.below)
    if node.base == Word("e") and len(above) == 1 and not below:
        return ex.apply("exp", reader.tree(above[0]))
    if (mask := masked(reader, node)) is not None:
        return mask
    if isinstance(node.base, Word) and scope.knows(node.base.text):
        script = (below or above) if scope.needs_layer(node.base.text) else []
        if len(script) > 1 and (below or script[1:] != [Numeral(2)]):
            raise Unread("two layers", text=node.base.text)
        layer = script.pop(0) if script else None
        operand: Expression = scope.symbol(node.base.text, layer, "raised")
        if below:
            raise Unread("no layers", text=node.base.text)
    elif node.base == Word("e") and len(above) == 1 and not below:
        return ex.apply("exp", reader.tree(above[0]))
    elif below or not above:
        raise Unread("entry", text=word_of(node.base))
    else:
        operand = reader.tree(node.base)
    for each in above:
        operand = power(operand, reader.tree(each))
    return operand


def index(reader: Reader, node: Index) -> Expression:
    """An array of a list by layers, one that is looked up by its name, or how long one is."""
    match node:
        case Index(base, (Compared() as condition,)) if base == ONES:
            return reader.tree(condition)
        case Index(inner, (Slice(None, None, None),)):
            return reader.tree(inner)
        case Index(Attribute(array, "shape"), (item,)):
            return length(reader, array, item)
        case Index(Call(function, (array,)), (item,)) if callee(function)[0] in ("shape", "size", "dim"):
            return length(reader, array, item)
        case Index(Call(Attribute(array, "size"), ()), (item,)):
            return length(reader, array, item)
        case Index(holder, (key,)) if is_holder(holder) and (named := key_of(key)) is not None:
            return held(reader, word_of(holder), *named)
        case Index(Word(name), (item,)):
            return reader.scope.symbol(name, item, "index")
        case Index(Attribute(holder, name), (item,)) if is_holder(holder):
            return reader.scope.symbol(name, item, "index")
        case Index(Index() | Scripted() as inner):
            reader.tree(inner)
            raise Unread("two layers", text=word_of(inner))
        case Index(inner, items) if any(each in NEW_AXIS for each in items):
            return upright(reader.tree(inner), next(k for k, each in enumerate(items) if each in NEW_AXIS))
        case Index(Call(function) as inner, (Numeral(0),)) if callee(function)[0] == "max" and reader.dialect.is_code:
            return reader.tree(inner)  # torch's values, without the indices
        case Index(Call() as inner, (factor,)) if not reader.dialect.is_code:
            return Juxtaposition(reader.tree(inner), reader.tree(factor))
    raise Unread("index")


def length(reader: Reader, array: Syntax, item: Syntax) -> Expression:
    """The number of rows or columns: X.shape[0]."""
    return count(reader, reader.tree(array), Arguments(reader, {"axis": item}).axis())


def is_holder(node: Syntax) -> bool:
    match node:
        case Attribute(inner, name):
            return is_holder(inner) or name in HOLDERS
        case Word(name):
            return name in HOLDERS
    return False


def key_of(node: Syntax) -> tuple[str, Syntax | None] | None:
    """The name that a key gives, and its layer: "W1", "W" + str(l)."""
    match node:
        case Quoted(text):
            formatted = re.fullmatch(r"(\w+?)\{\s*(\w)\s*(?:([+-])\s*(\d+)\s*)?\}", text)
            if formatted is None:
                return text, None
            layer: Syntax = Word(formatted[2])
            return formatted[1], Operation(formatted[3], layer, Numeral(int(formatted[4]))) if formatted[3] else layer
        case Operation("+", Quoted(text), Call(Word("str"), (layer,))):
            return text, layer
    return None


def held(reader: Reader, holder: str, name: str, layer: Syntax | None) -> Expression:
    """An array of a dictionary; among gradients the key names what they are taken by."""
    symbol = reader.scope.symbol(name, layer, "index")
    of_gradients = holder in HOLDERS_OF_GRADIENTS and symbol.name in GRADIENTS
    return Symbol(GRADIENTS[symbol.name], symbol.layer) if of_gradients else symbol


def transposed(reader: Reader, node: Transposed) -> Expression:
    """The transpose; a vector that is written out as (1, 1, 1) is a column as it is."""
    tree = reader.tree(node.operand)
    if isinstance(node.operand, Sequence) and is_vector(node.operand):
        return tree
    return flipped(tree) if isinstance(tree, Filled) else turned(tree)


def signed(reader: Reader, node: Signed) -> Expression:
    return ex.Negate(reader.tree(node.operand)) if node.sign == "-" else denied(reader, node.operand)


def operation(reader: Reader, node: Operation) -> Expression:
    if node.sign not in OPERATIONS:
        return unknown(reader, node)
    if node.sign in PRODUCTS and (total := with_ones(reader, node)) is not None:
        return total
    if node.sign in PRODUCTS and (pair := outer_of(node)) is not None:
        return Outer(*map(reader.tree, pair))
    if node.sign in PRODUCTS and is_row_of_all(node.left) and is_flattened(node.right):
        return Total(ex.Multiply(turned(reader.tree(node.left)), reader.tree(node.right)))
    left = reader.tree(node.left)
    right = Symbol("m") if node.sign == "/" and node.right in BATCH_SIZES else reader.tree(node.right)
    return OPERATIONS[node.sign](left, right)


def outer_of(node: Operation) -> tuple[Syntax, Syntax] | None:
    """The vectors of δ[:, None] * x[None, :]."""
    match node.left, node.right:
        case Index(column, (Slice(), one)), Index(row, (other, Slice())) if one in NEW_AXIS and other in NEW_AXIS:
            return column, row
        case Index(row, (one, Slice())), Index(column, (Slice(), other)) if one in NEW_AXIS and other in NEW_AXIS:
            return (column, row) if node.sign == "*" else None
    return None


def is_row_of_all(node: Syntax) -> bool:
    """Whether all entries stand in one row, A(:)'."""
    node = node.operand if isinstance(node, Signed) else node
    return isinstance(node, Transposed) and is_flattened(node)


BATCH_SIZES = (Word("b"), Word("B"))
"""What else than a bias a b may be, where it is divided by."""


def attribute(reader: Reader, node: Attribute) -> Expression:
    """What a holder has by a name, the gradient that torch keeps with an array, or what changes nothing."""
    if is_holder(node.object):
        return held(reader, word_of(node.object), node.name, None)
    if node.name == "grad":
        symbol = reader.tree(node.object)
        if isinstance(symbol, Symbol) and symbol.name in GRADIENTS:
            return Symbol(GRADIENTS[symbol.name], symbol.layer)
    if node.name == "size":
        return count(reader, reader.tree(node.object), None)
    if node.name in ("data", "value", "values"):
        return reader.tree(node.object)
    raise Unread("attribute", text=node.name)


def compared(reader: Reader, node: Compared) -> Expression:
    """A mask: 1 where it holds, else 0."""
    return condition(reader, node, ex.Number(1), ex.Number(0))


def chosen(reader: Reader, node: Chosen) -> Expression:
    return condition(reader, node.condition, reader.tree(node.this), reader.tree(node.otherwise))


def sequence(reader: Reader, node: Sequence) -> Expression:
    if is_literal(node):
        return literal(reader, node)
    if len(node.items) == 1:
        return reader.tree(node.items[0])
    raise Unread("comma")


def primed(reader: Reader, node: Primed) -> Expression:
    """The transpose of an array; of a function without an argument nothing."""
    match node.function:
        case Scripted(Word(name), above, below) if reader.calls(node.function) and len(above) + len(below) == 1:
            return slope_of_layer(reader, name, (*above, *below)[0])
    if reader.calls(node.function):
        raise Unread("function", text="f'")
    return turned(reader.tree(node.function))


def slope_of_layer(reader: Reader, name: str, layer: Syntax) -> Expression:
    """f'_1, the derivative of a layer's activation at its weighted sums."""
    if len(name) > 1 and not activations.activation_named(name):
        raise Unread("function", text="f'")
    return activations.slope(reader.scope, activations.OWN, reader.scope.symbol("Z", layer, "raised"))


def derivative(reader: Reader, node: Derivative) -> Expression:
    """The gradient of the cost by an array."""
    if word_of(node.above) == LOSS:
        return of_losses(reader, node)
    if word_of(node.above) not in COSTS:
        raise Unread("gradient", text=f"“∂{word_of(node.above)}”")
    if reader.scope.spellings.whole.get(word_of(node.below), INPUT.name) not in (INPUT.name, OUTPUT.name):
        raise Unread("gradient", text=f"∂J/∂{word_of(node.below)}")
    symbol = placed(reader, node.below, {"A": reader.scope.architecture.depth})
    if not isinstance(symbol, Symbol) or symbol.name not in GRADIENTS:
        raise Unread("gradient", text=f"∂J/∂{word_of(node.below)}")
    return Symbol(GRADIENTS[symbol.name], symbol.layer)


def of_losses(reader: Reader, node: Derivative) -> Expression:
    """∂ℓ/∂z, the derivative of each sample's own loss: that of the cost times what the cost divides by."""
    symbol = derivative(reader, Derivative(Word("J"), node.below, span=node.span))
    assert isinstance(symbol, Symbol)
    chain = ChainProduct((Link(COST, Symbol(QUANTITIES[symbol.name].of, symbol.layer)),))
    return reduce(ex.Multiply, [*divisors(reader.scope), chain])


def summed(reader: Reader, node: Summed) -> Expression:
    """Σ without an index, which adds up all there is."""
    return SampleSum(reader.tree(node.body))


MEANINGS: Meanings = {
    Summed: summed,
    Numeral: number,
    Word: word,
    Scripted: scripted,
    Index: index,
    Transposed: transposed,
    Signed: signed,
    Operation: operation,
    Compared: compared,
    Chosen: chosen,
    Attribute: attribute,
    Sequence: sequence,
    Primed: primed,
    Call: call,
    Derivative: derivative,
}
"""What each kind of syntax means."""


def with_links(lowering: Reader, node: Operation) -> Expression:
    """A product that may hold links of the chain rule."""
    linked = chain(lowering, node) if node.sign in PRODUCTS else None
    return operation(lowering, node) if linked is None else linked


LINKED: Meanings = {**MEANINGS, Operation: with_links}
"""What syntax means where a ∂-fraction is of something else than the cost."""


def target(node: Syntax, scope: Namespace, dialect: Language) -> Symbol:
    """The array on the left of a line, or the target.

    Raises Unread if it is none.
    """
    if isinstance(node, Word) and (node.text in COSTS or WORDS.get(node.text) == "cost"):
        return Symbol("cost")
    if isinstance(node, Word) and not scope.knows(node.text) and not ERROR.fullmatch(node.text):
        scope.unsaid(node.text)
        raise unsaid(scope, node)
    tree = Reader(scope, dialect, MEANINGS).tree(node)
    if isinstance(tree, Symbol) and tree.name.startswith(UNKNOWN):
        raise unsaid(scope, node)
    if not isinstance(tree, Symbol) or tree.name in CONSTANTS:
        raise Unread("equals", span=node.span)
    return tree
