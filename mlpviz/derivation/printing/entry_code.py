"""Formulas in entries as arrays: each index is a letter of an einsum, unless axes meet as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from ...maths import expressions as ex
from ...maths.expressions import Expression, Number, Symbol, children, rebuild, walk
from ...maths.functions import FUNCTIONS, definition
from ..calculus import Assembled, Indicator, Partial
from ..calculus import parts as index_parts
from ..indices import Entry, Index, SumOver, Unrolled
from ..notation import pushed
from ..plain import ONE, is_constant
from ..view import View
from .derived_code import program


@dataclass(frozen=True)
class Lettered:
    """A factor of a product of entries: an array, and a letter for each of its axes."""

    array: Expression
    letters: str


class EntryArrays:
    """One formula in entries as arrays: each index is a letter, and every axis of size 1 has the letter ``one``.

    ``made`` says what makes an array.
    """

    def __init__(self, view: View, made: Callable[[Symbol], Expression], node: Assembled) -> None:
        self.view, self.made, self.node = view, made, node
        self.sizes = dict(zip((node.row, node.column), node.dimensions, strict=True))
        body = known(node.body)
        self.body = self.with_letters(body, {})
        used = set("".join(self.free(self.body)) + "".join(map(str, self.sizes)))
        self.one = next(letter for letter in "soxw" if letter not in used)

    def with_letters(self, node: Expression, names: Mapping[str, str]) -> Expression:
        """The formula with another letter for every Σ: sums side by side may share one."""
        other = lambda index: names.get(index, index) if index else index  # noqa: E731
        match node:
            case Entry(symbol, row, column):
                return Entry(symbol, other(row), other(column))
            case Indicator(left, right):
                return Indicator(other(left) or left, other(right) or right)
            case SumOver(index, dimension, body):
                own = next(letter for letter in (index, *"kpqrtuvabcdefgh") if letter not in self.sizes)
                self.sizes[own] = dimension
                return SumOver(own, dimension, self.with_letters(body, {**names, index: own}))
            case Symbol():
                return node
        return rebuild(node, lambda child: self.with_letters(child, names))

    def free(self, node: Expression) -> Iterator[str]:
        """The indices of a formula that no Σ in it runs through."""
        match node:
            case Entry(_, row, column):
                yield from (name for index in (row, column) for name in index_parts(index))
            case Indicator(left, right):
                yield from (left, right)
            case SumOver(index, _, body):
                yield from (letter for letter in self.free(body) if letter != index)
            case _:
                for child in children(node):
                    yield from self.free(child)

    def size(self, letter: str) -> int:
        return 1 if letter == self.one else self.view.length(self.sizes[letter])

    def letter(self, index: Index) -> str:
        return index or self.one

    def array(self) -> Expression:
        """The matrix of all entries."""
        out = self.letter(self.node.row) + self.letter(self.node.column)
        made = self.spread(self.body, out)
        if set(out) - {self.one} <= set(self.free(self.body)):
            return made
        return program("ones", numbers=(self.size(out[0]), self.size(out[1]))) * made

    def spread(self, node: Expression, out: str) -> Expression:
        """A formula as an array whose axes are ``out``, or 1 long."""
        if is_constant(node):
            return node
        match node:
            case Entry() | Indicator() | SumOver() | ex.Multiply():
                return self.product(node, out)
        return rebuild(node, lambda child: self.spread(child, out))

    def product(self, node: Expression, out: str) -> Expression:
        numbers, factors, summed = [], [], []
        for part in parts(node):
            if isinstance(part, str):
                summed.append(part)
            elif is_constant(part):
                numbers.append(part)
            else:
                factors.append(self.factor(part))
        numbers += [Number(self.size(k)) for k in summed if not any(k in each.letters for each in factors)]
        made = self.contracted(factors, out) if factors else ONE
        for number in reversed(numbers):
            made = made if number == ONE else number * made
        return made

    def factor(self, node: Expression) -> Lettered:
        match node:
            case Entry(symbol, row, column) if isinstance(long := row or column, Unrolled):
                lengths = (self.size(self.letter(long.row)), long.length)
                return Lettered(
                    program("shaped", symbol, numbers=lengths), self.letter(long.row) + self.letter(long.column)
                )
            case Entry(symbol, row, column):
                return Lettered(pushed(self.made(symbol)), self.letter(row) + self.letter(column))
            case Indicator(left, right):
                return Lettered(program("eye", numbers=(self.size(left),)), left + right)
        letters = self.pattern(node)
        return Lettered(self.spread(node, letters), letters)

    def pattern(self, node: Expression) -> str:
        """The axes of a part that is no product: those of its entry with the most indices, and what that lacks."""
        pairs = [self.factor(each).letters for each in walk(node) if isinstance(each, Entry | Indicator)]
        free = list(dict.fromkeys(self.free(node)))
        within = [pair for pair in pairs if set(pair) - {self.one} <= set(free)]
        widest = max(within, key=lambda pair: len(set(pair) - {self.one}), default=self.one * 2)
        missing = [letter for letter in free if letter not in widest]
        for letter in missing:
            widest = widest.replace(self.one, letter, 1) if self.one in widest else widest + letter
        return widest

    def contracted(self, factors: list[Lettered], out: str) -> Expression:
        """The product of arrays, summed over every index that is not in ``out``."""
        aligned = [self.aligned(each, out) for each in factors]
        if all(each is not None for each in aligned):
            return self.entry_by_entry([each for each in aligned if each is not None], out)
        here = set("".join(each.letters for each in factors))
        left = "".join(letter for letter in out if letter in here)
        left = "" if left == self.one * 2 else left
        spec = ",".join(each.letters for each in factors) + "->" + left
        made = replace(program("einsum", *(each.array for each in factors)), name=spec)
        lengths = (self.size(letter) if letter in left else 1 for letter in out)
        return made if left == out else program("shaped", made, numbers=tuple(lengths))

    def entry_by_entry(self, factors: list[Lettered], out: str) -> Expression:
        """The product of arrays that meet axis by axis; columns by rows are the product of two matrices."""
        columns, rows = ([each for each in factors if each.letters == letters] for letters in self.sides(out))
        if columns and rows and len(columns) + len(rows) == len(factors):
            return multiplied(columns) @ multiplied(rows)
        return multiplied(factors)

    def sides(self, out: str) -> tuple[str, str]:
        """The letters of a column and of a row of a matrix; those of none if it is no matrix."""
        return (out[0] + self.one, self.one + out[1]) if self.one not in out else ("", "")

    def aligned(self, factor: Lettered, out: str) -> Lettered | None:
        """The factor if it meets ``out`` axis by axis as it is or turned, else None."""
        letters = factor.letters.replace(self.one, "")
        if self.meets(factor.letters, out) and len(set(letters)) == len(letters):
            return factor
        turned = factor.letters[::-1]
        return Lettered(pushed(ex.Transpose(factor.array)), turned) if self.meets(turned, out) else None

    def meets(self, letters: str, out: str) -> bool:
        """Whether each axis has its letter there, or is 1 long."""
        return len(letters) == len(out) and all(x in (y, self.one) for x, y in zip(letters, out, strict=True))


def multiplied(factors: list[Lettered]) -> Expression:
    """The product of arrays, entry by entry."""
    first, *others = [each.array for each in factors]
    for each in others:
        first = first * each
    return first


def known(node: Expression) -> Expression:
    """A formula with every ∂u/∂v by what it comes to, and every slope that is a number as that number."""
    match node:
        case Partial(_, _, body):
            return known(body)
        case ex.Apply(name) if isinstance(FUNCTIONS[name].formula, Number):
            return definition(node) or node
        case Symbol() | Entry():
            return node
    return rebuild(node, known)


def parts(node: Expression) -> Iterator[Expression | str]:
    """The factors of a product, those behind a Σ included, and the index of every Σ on the way."""
    match node:
        case ex.Multiply(left, right):
            yield from parts(left)
            yield from parts(right)
        case SumOver(index, _, body):
            yield index
            yield from parts(body)
        case ex.Negate(operand):
            yield Number(-1)
            yield from parts(operand)
        case _:
            yield node
