"""Lines of derivations as NumPy or PyTorch: formulas in entries as ``einsum``, derived arrays as what makes them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

from ...maths import expressions as ex
from ...maths.architecture import Architecture
from ...maths.equations import equation
from ...maths.expressions import Expression, Number, Symbol, children, rebuild, substitute, walk
from ...maths.functions import FUNCTIONS, definition, transposed
from ..calculus import Assembled, Indicator, Partial
from ..calculus import parts as index_parts
from ..derived import Derived, gradient, is_turned, jacobian, layer_of, slope_of_loss
from ..indices import Entry, Index, SumOver, Unrolled
from ..notation import in_notation, pushed
from ..plain import ONE, is_constant, plain
from ..view import View
from .code import CodePrinter


def line_code(target: Symbol, value: Expression, view: View, dialect: str) -> str:
    """The line that computes a target by an expression, both as the view shows them."""
    return LineCoder(view, dialect).line(target, value)


@dataclass(frozen=True)
class Program(Symbol):
    """An array made by a call of the library: a form of ``CALLS``, of arrays as they are stored, and numbers."""

    call: str = ""
    arguments: tuple[Expression, ...] = ()
    numbers: tuple[int, ...] = ()


def program(call: str, *arguments: Expression, numbers: tuple[int, ...] = ()) -> Program:
    return Program("program", None, call, arguments, numbers)


CALLS: Mapping[str, Mapping[str, str]] = {
    "numpy": {
        "einsum": 'np.einsum("{spec}", {list})',
        "eye": "np.eye({a})",
        "ones": "np.ones(({a}, {b}))",
        "diagonal": "np.diagflat({0})",
        "slopes": "np.diagonal({0}).reshape(-1, 1)",
        "kron": "np.kron({0}, {1})",
        "joined": "np.concatenate([{list}], axis=None).reshape(1, -1)",
    },
    "torch": {
        "einsum": 'torch.einsum("{spec}", {list})',
        "eye": "torch.eye({a})",
        "ones": "torch.ones({a}, {b})",
        "diagonal": "torch.diagflat({0})",
        "slopes": "torch.diagonal({0}).reshape(-1, 1)",
        "kron": "torch.kron({0}, {1}.contiguous())",
        "joined": "torch.cat([each.reshape(-1) for each in ({list})]).reshape(1, -1)",
    },
}
"""How each library spells a call."""

METHODS: Mapping[str, str] = {
    "flat": "{0:base}.reshape(1, -1)",
    "shaped": "{0:base}.reshape({a}, {b})",
    "row": "{0:base}[[{a}]]",
    "column": "{0:base}[:, [{a}]]",
    "entry": "{0:base}[[{a}]][:, [{b}]]",
}
"""What every library spells alike."""

SYMMETRIC = frozenset({"eye", "diagonal"})


# What derived arrays are made of, as they are stored


def of_layer(name: str, layer: int) -> Symbol:
    return Symbol(name, layer)


def unit_matrix(architecture: Architecture, layer: int) -> Program:
    return program("eye", numbers=(architecture.widths[layer],))


def activation_jacobian(architecture: Architecture, layer: int) -> Expression:
    """∂a/∂z of a layer: a diagonal, or what the activation carries back of every unit vector."""
    activation, (Z, A) = architecture.activation(layer), (of_layer(name, layer) for name in "ZA")
    if isinstance(activation.slope, Number):
        return activation.slope * unit_matrix(architecture, layer)
    if activation.elementwise:
        return program("diagonal", activation.slope_at(Z, A))
    return activation.pull_back(unit_matrix(architecture, layer), Z, A)


def jacobian_program(node: Derived, architecture: Architecture) -> Expression:
    """∂u/∂v by the two arrays that it is of."""
    of, by = node.operands
    layer = layer_of(of)
    match of.name, by.name:
        case "Z", "W":
            return program("kron", unit_matrix(architecture, layer), of_layer("A", layer - 1))
        case "Z", "b":
            return unit_matrix(architecture, layer)
        case "Z", "A":
            return of_layer("W", layer)
        case "A", "Z":
            return activation_jacobian(architecture, layer)
        case "Z", "Z":
            return of_layer("W", layer) @ activation_jacobian(architecture, layer - 1)
    raise TypeError(f"{node} has no code")


def gradient_program(node: Derived, architecture: Architecture) -> Expression:
    (by,) = node.operands
    layer = layer_of(by)
    if by.name == "Z":
        return of_layer("delta", layer)
    if layer == architecture.depth:
        return slope_of_loss(architecture)
    return of_layer("delta", layer + 1) @ of_layer("W", layer + 1)


def carried_program(node: Derived, _architecture: Architecture) -> Expression:
    """What comes back to a module's output times its Jacobian; of the loss it is δ."""
    of, by = node.operands
    return of_layer("delta", layer_of(by)) if of.name == "losses" else gradient(of) @ jacobian(of, by)


def outer_program(node: Derived, _architecture: Architecture) -> Expression:
    """The gradient of the weights without the l2 term."""
    layer = layer_of(node.operands[-1])
    return of_layer("delta", layer).T @ of_layer("A", layer - 1)


def unscaled_program(_node: Derived, architecture: Architecture) -> Expression:
    """∂ℓ/∂Z: the output error of the same network whose cost is a plain sum."""
    return equation(replace(architecture, reduction="sum"), "output error", architecture.depth).value


def path_program(node: Derived, architecture: Architecture) -> Expression:
    """A column of slopes times a row of inputs."""
    layer = layer_of(node.operands[0])
    return program("slopes", activation_jacobian(architecture, layer)) * of_layer("A", layer - 1)


def all_parameters_program(node: Derived, architecture: Architecture) -> Expression:
    kept = node.operands[: 1 + architecture.bias]
    arrays = [of_layer(each.name, l) for l in range(1, architecture.depth + 1) for each in kept]
    return program("joined", *arrays)


def place(node: Derived, architecture: Architecture) -> tuple[int, int]:
    """Row and column of the one weight that an array is about."""
    return divmod(node.index or 0, architecture.widths[layer_of(node.operands[-1]) - 1])


PROGRAMS: Mapping[str, Callable[[Derived, Architecture], Expression]] = {
    "jacobian": jacobian_program,
    "gradient": gradient_program,
    "flat gradient": lambda node, architecture: program("flat", outer_program(node, architecture)),
    "upstream": gradient_program,
    "carried back": carried_program,
    "unscaled": unscaled_program,
    "diagonal": lambda node, architecture: activation_jacobian(architecture, layer_of(node)),
    "sample": lambda node, architecture: program("row", node.operands[0], numbers=(node.index or 0,)),
    "path": path_program,
    "parameters": all_parameters_program,
    "parameter gradient": all_parameters_program,
    "one slope": lambda node, architecture: program(
        "column", jacobian_program(node, architecture), numbers=(node.index or 0,)
    ),
    "one gradient": lambda node, architecture: program(
        "entry", outer_program(node, architecture), numbers=place(node, architecture)
    ),
}
"""What makes each kind of derived array, in stored arrays."""

TARGETS = {
    "gradient": "d{0}",
    "jacobian": "d{0}_d{1}",
    "flat gradient": "d{0}_flat",
    "path": "d{0}_d{1}",
    "one slope": "d{0}_dw",
    "one gradient": "dw",
    "parameters": "theta",
}
"""What a derived array is called where it is the target; others by their kind."""


class LineCoder(CodePrinter):
    """Writes the lines of derivations, too."""

    def __init__(self, view: View, dialect: str) -> None:
        super().__init__(view, dialect)
        self.calls = {**CALLS[dialect], **METHODS}

    def line(self, target: Symbol, value: Expression) -> str:
        shown = plain(value, self.view, opened=False)
        return f"{self.target(target)} = {self.write(pushed(substitute(shown, self.made)))}"

    def target(self, target: Symbol) -> str:
        if not isinstance(target, Derived):
            return self.symbol(target)
        names = [self.variable(each.name) for each in target.operands]
        name = TARGETS.get(target.name, re.sub(r"\W+", "_", target.name)).format(*names)
        new = "_new" if target.operands[0].name.startswith("new") else ""
        layer = f"[{self.view.layer_number(target)}]" if isinstance(target.layer, int) else ""
        return name + new + layer

    # Derived arrays

    def made(self, symbol: Symbol) -> Expression:
        """What makes a derived array, as it is shown; any other symbol as it is."""
        if not isinstance(symbol, Derived):
            return symbol
        tree = self.shown(symbol)
        return transposed(tree) if is_turned(symbol, self.view.notation) else tree

    def shown(self, stored: Expression) -> Expression:
        """A tree in stored arrays, derived ones among them, as a tree in shown arrays."""
        architecture = self.view.architecture

        def opened(symbol: Symbol) -> Expression:
            if not isinstance(symbol, Derived):
                return symbol
            return substitute(PROGRAMS[symbol.name](symbol, architecture), opened)

        tree = substitute(stored, opened)
        return plain(in_notation(tree, self.view.notation), self.view, opened=False)

    def bare(self, node: Expression) -> Expression:
        match node:
            case ex.Transpose(Program() as made) if made.call in SYMMETRIC:
                return made
            case Assembled():
                return self.bare(EntryArrays(self, node).array())
            case ex.Transpose(Assembled() as made):
                return ex.Transpose(EntryArrays(self, made).array())
        return super().bare(node)

    def atom(self, node: Expression) -> str | None:
        return self.called(node) if isinstance(node, Program) else super().atom(node)

    def called(self, node: Program) -> str:
        """The call that makes an array; a diagonal asks for no row or column, and einsum has its operands as shown."""
        given = list(node.arguments)
        if node.call not in ("diagonal", "einsum"):
            given = [self.shown(each) for each in given]
        numbers = dict(zip("abcd", node.numbers, strict=False))
        texts = [self.write(each) for each in given]
        spec = node.name if node.call == "einsum" else ""
        operands = [Argument(self, each) for each in given]
        return self.calls[node.call].format(*operands, list=", ".join(texts), spec=spec, **numbers)


class Argument:
    """An operand for a form, with the brackets that its place asks for."""

    def __init__(self, printer: LineCoder, node: Expression) -> None:
        self.printer, self.node = printer, node

    def __format__(self, way: str) -> str:
        return self.printer.base(self.node) if way == "base" else self.printer.write(self.node)


# Formulas in entries


@dataclass(frozen=True)
class Lettered:
    """A factor of a product of entries: an array, and a letter for each of its axes."""

    array: Expression
    letters: str


class EntryArrays:
    """One formula in entries as arrays: each index is a letter, and every axis of size 1 has the letter ``one``."""

    def __init__(self, coder: LineCoder, node: Assembled) -> None:
        self.coder, self.node = coder, node
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
        return 1 if letter == self.one else self.coder.view.length(self.sizes[letter])

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
                return Lettered(pushed(self.coder.made(symbol)), self.letter(row) + self.letter(column))
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
