"""Equations as people write them: what the facts on screen leave of a tree that the engine computes for every case.

With one sample m is 1 and stands nowhere. Where the gradients divide by m, the errors do not. Where every sample's
targets add up to 1, so does their sum. A division by numbers is a fraction in front. The value stays what it is.
"""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache, partial

from ..maths.equations import Equation
from ..maths.expressions import (
    Add,
    Apply,
    Divide,
    Expression,
    Multiply,
    Negate,
    Number,
    Subtract,
    Sum,
    Symbol,
    Transpose,
    leaves,
    rebuild,
)
from ..maths.functions import FUNCTIONS, definition
from ..maths.messages import N_
from ..maths.symbols import CONSTANTS
from .calculus import Assembled, Partial
from .indices import SumOver
from .notation import written
from .view import View

ONE, M = Number(1), Symbol("m")

WHOLE_TARGETS = N_("In general the output is multiplied by the sum of the sample's targets first; here that sum is 1.")
"""What is said where an equation has the form that it has only because of its targets."""


@lru_cache(maxsize=1024)  # formula, tree and code ask for the same few
def displayed(equation: Equation, view: View, opened: bool = True) -> Equation:
    """An equation in a view's notation, as it is shown; see ``plain``."""
    shown = written(shared(equation, view), view.notation)
    return replace(shown, value=plain(shown.value, view, opened))


def shared(equation: Equation, view: View) -> Equation:
    """An equation in the errors that a view shows: without m in them, it stands in front of what is made of them."""
    if not view.divides_gradients:
        return equation
    made_of_errors = bool(
        view.notation.multiplied & {leaf.name for leaf in leaves(equation.value) if isinstance(leaf, Symbol)}
    )
    if equation.target.name in view.notation.multiplied:
        return equation if made_of_errors else replace(equation, value=times_m(equation.value))
    return replace(equation, value=over_m(equation.value, view)) if made_of_errors else equation


def times_m(node: Expression) -> Expression:
    """m times a node; a division by m is left out."""
    match node:
        case Divide(over, Symbol("m")):
            return over
        case Divide(over, Multiply(Symbol("m"), under)):
            return Divide(over, under)
    return Multiply(M, node)


def over_m(node: Expression, view: View) -> Expression:
    """A node, linear in the errors, whose terms with errors are divided by m."""
    if not view.notation.multiplied & {leaf.name for leaf in leaves(node) if isinstance(leaf, Symbol)}:
        return node
    if isinstance(node, Add | Subtract):
        return rebuild(node, lambda term: over_m(term, view))
    return Divide(node, M)


def plain(node: Expression, view: View, opened: bool = True) -> Expression:
    """An expression in a view's notation, as it is shown; with ``opened`` a loss is its formula."""
    recur = partial(plain, view=view, opened=opened)
    match node:
        case Symbol("m") if view.single:
            return ONE
        case Assembled() | SumOver() | Partial():
            return replace(node, body=recur(node.body))
        case Symbol():
            return node
        case Apply(name) if opened and FUNCTIONS[name].transparent and (body := definition(node)) is not None:
            return recur(body)
    return simpler(rebuild(node, recur), view)


def needs_whole_targets(equation: Equation, view: View) -> bool:
    """Whether an equation would have another form if the targets of some sample did not add up to 1."""
    return displayed(equation, view) != displayed(equation, replace(view, whole_targets=False))


def simpler(node: Expression, view: View) -> Expression:
    """A node whose operands are plain already, without what is 1, and with a constant divisor in front."""
    match node:
        case Multiply(left, right) if is_one(right, view):
            return left
        case Multiply(left, right) if is_one(left, view):
            return right
        case Divide(over, Number(1)):
            return over
        case Divide(over, under) if is_constant(under) and not is_constant(over):
            return in_front(over, under)
    return node


def is_one(node: Expression, view: View) -> bool:
    """Whether a factor is 1: the number, or the sum of each sample's targets where that is 1."""
    match node:
        case Sum(Symbol("Y") | Transpose(Symbol("Y")), axis) if view.whole_targets:
            return view.shape(node.operand)[axis] == Symbol("n", view.architecture.depth)
    return node == ONE


def is_constant(node: Expression) -> bool:
    """Whether nothing but numbers that no equation computes stands in a node."""
    return all(isinstance(leaf, Number) or (type(leaf) is Symbol and leaf.name in CONSTANTS) for leaf in leaves(node))


def in_front(node: Expression, under: Expression, over: Expression = ONE) -> Expression:
    """``over`` / ``under`` times a node, as the first of its factors and behind its sign."""
    match node:
        case Negate(operand):
            return Negate(in_front(operand, under, over))
        case Multiply(left, right) if over == ONE and is_constant(left):
            return in_front(right, under, left)
        case Multiply(left, right) if left != right and not is_constant(left):
            return Multiply(in_front(left, under, over), right)
    return Multiply(Divide(over, under), node)
