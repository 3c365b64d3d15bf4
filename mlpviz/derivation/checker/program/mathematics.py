"""The lines of a program that is written in mathematics: entries, ∂-fractions and bold ones as whole arrays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from ..links import ChainProduct
from ..reading import in_arrays
from ..reading.chains import PRODUCTS, chain, is_local
from ..reading.chains import factors as chain_factors
from ..reading.literals import without_ones
from ..reading.lowering import Reader
from ..reading.meanings import MEANINGS
from ..reading.names import Namespace
from ..reading.refusals import Unread
from ..reading.statements import Listing
from ..reading.syntax import Assignment, Derivative, Expressed, Operation, Statement, Syntax, Transposed, Word, changed


def in_whole_arrays(listing: Listing, scope: Callable[[], Namespace]) -> Listing:
    """A program with whole arrays where it has entries; a line that has no whole arrays stays as it is.

    ``scope`` makes the names of a line.
    """
    if listing.language.is_code:
        return listing
    statements = tuple(rewritten(each, Reader(scope(), listing.language, MEANINGS)) for each in listing.statements)
    return replace(listing, statements=statements)


def rewritten(statement: Statement, reader: Reader) -> Statement:
    try:
        match statement:
            case Assignment(targets, value):
                left = targets[0]
                sides = [whole(each, None if each is left else left, reader) for each in (*targets, value)]
                return replace(statement, targets=tuple(sides[:-1]), value=sides[-1])
            case Expressed(value):
                return replace(statement, value=whole(value, None, reader))
    except Unread:
        pass
    return statement


def whole(node: Syntax, left: Syntax | None, reader: Reader) -> Syntax:
    """One of the equal parts of a line; ``left`` is the first of them."""
    return linked(without_ones(in_arrays(node, left or node, reader.scope)), reader)


def linked(node: Syntax, reader: Reader) -> Syntax:
    """A formula with the gradient for each product of ∂-fractions that joins."""
    if not isinstance(node, Operation) or node.sign not in PRODUCTS or not any(map(is_local, chain_factors(node))):
        return changed(node, lambda child: linked(child, reader))
    tree = chain(reader, node)
    if not isinstance(tree, ChainProduct) or tree.broken:
        return node
    parts = [each.operand if isinstance(each, Transposed) else each for each in chain_factors(node)]
    ends = [each.below for each in parts if isinstance(each, Derivative) and reader.tree(each.below) == tree.last]
    return Derivative(Word("J"), ends[-1], span=node.span) if ends else node
