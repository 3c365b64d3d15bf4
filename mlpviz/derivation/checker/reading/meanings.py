"""What each kind of syntax means: one row each, by which the reader makes trees."""

from __future__ import annotations

from ....maths import expressions as ex
from ....maths.expressions import Expression, Symbol
from ....maths.symbols import CONSTANTS
from ..nodes import Juxtaposition, Power, SampleSum, turned
from .chains import PRODUCTS, chain
from .dialects import Language
from .functions import FUNCTIONS, SLOPES, call
from .lowering import Meanings, Reader, unknown, word_of
from .names import COSTS, GRADIENTS, Namespace
from .refusals import Unread
from .syntax import (
    Attribute,
    Call,
    Derivative,
    Index,
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
)

OPERATIONS: dict[str, type[ex.Binary]] = {
    "+": ex.Add,
    "-": ex.Subtract,
    "*": ex.Multiply,
    "@": ex.MatMul,
    "/": ex.Divide,
    " ": Juxtaposition,
    "·": Juxtaposition,
}

LARGEST_POWER = 9


def number(_: Reader, node: Numeral) -> Expression:
    return ex.Number(node.value)


def word(lowering: Reader, node: Word) -> Expression:
    if node.text in FUNCTIONS or node.text in SLOPES:
        raise Unread("function", text=node.text)
    return lowering.scope.symbol(node.text)


def scripted(lowering: Reader, node: Scripted) -> Expression:
    """A name with its layer, or a power."""
    scope, above, below = lowering.scope, list(node.above), list(node.below)
    if isinstance(node.base, Word) and scope.knows(node.base.text):
        needs = needs_layer(scope, node.base.text)
        script = below or above if needs else []
        if len(script) > 1:
            raise Unread("two layers", text=node.base.text)
        layer = script.pop() if script else None
        operand: Expression = scope.symbol(node.base.text, layer, "raised")
        if below:
            raise Unread("no layers", text=node.base.text)
    elif below or not above:
        raise Unread("entry", text=node.base.text if isinstance(node.base, Word) else "")
    else:
        operand = lowering.tree(node.base)
    for each in above:
        operand = power(operand, lowering.tree(each))
    return operand


def needs_layer(scope: Namespace, word: str) -> bool:
    return word not in scope.given and word in scope.spellings.layered


def power(base: Expression, exponent: Expression) -> Expression:
    match exponent:
        case ex.Number(1):
            return base
        case ex.Number(2):
            return ex.Multiply(base, base)
        case ex.Number(value) if abs(value) <= LARGEST_POWER:
            return Power(base, value)
        case ex.Negate(ex.Number(value)) if value <= LARGEST_POWER:
            return Power(base, -value)
    raise Unread("power")


def index(lowering: Reader, node: Index) -> Expression:
    """An array of a list by layers."""
    if isinstance(node.object, Word) and len(node.items) == 1:
        return lowering.scope.symbol(node.object.text, node.items[0], "index")
    if isinstance(node.object, Index | Scripted):
        lowering.tree(node.object)
        raise Unread("two layers", text=word_of(node.object))
    raise Unread("index", text="")


def transposed(lowering: Reader, node: Transposed) -> Expression:
    return turned(lowering.tree(node.operand))


def signed(lowering: Reader, node: Signed) -> Expression:
    if node.sign != "-":
        return unknown(lowering, node)
    return ex.Negate(lowering.tree(node.operand))


def operation(lowering: Reader, node: Operation) -> Expression:
    left, right = lowering.tree(node.left), lowering.tree(node.right)
    if node.sign == "**":
        return power(left, right)
    if node.sign not in OPERATIONS:
        return unknown(lowering, node)
    return OPERATIONS[node.sign](left, right)


def attribute(_: Reader, node: Attribute) -> Expression:
    raise Unread("attribute", text=node.name)


def sequence(lowering: Reader, node: Sequence) -> Expression:
    if len(node.items) == 1:
        return lowering.tree(node.items[0])
    raise Unread("comma")


def primed(lowering: Reader, node: Primed) -> Expression:
    """The transpose of an array; of a function without an argument nothing."""
    if lowering.calls(node.function):
        raise Unread("function", text="f'")
    return turned(lowering.tree(node.function))


def derivative(lowering: Reader, node: Derivative) -> Expression:
    """The gradient of the cost by an array."""
    if word_of(node.above) not in COSTS:
        raise Unread("gradient", text=f"“∂{word_of(node.above)}”")
    if word_of(node.below) in lowering.scope.spellings.whole:
        raise Unread("gradient", text=f"∂J/∂{word_of(node.below)}")
    symbol = lowering.tree(node.below)
    if not isinstance(symbol, Symbol) or symbol.name not in GRADIENTS:
        raise Unread("gradient", text=f"∂J/∂{word_of(node.below)}")
    return Symbol(GRADIENTS[symbol.name], symbol.layer)


def summed(lowering: Reader, node: Summed) -> Expression:
    """Σ without an index, which adds up all there is."""
    return SampleSum(lowering.tree(node.body))


MEANINGS: Meanings = {
    Summed: summed,
    Numeral: number,
    Word: word,
    Scripted: scripted,
    Index: index,
    Transposed: transposed,
    Signed: signed,
    Operation: operation,
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
    if isinstance(node, Word) and node.text in COSTS:
        return Symbol("cost")
    tree = Reader(scope, dialect, MEANINGS).tree(node)
    if not isinstance(tree, Symbol) or tree.name in CONSTANTS:
        raise Unread("equals", span=node.span)
    return tree
