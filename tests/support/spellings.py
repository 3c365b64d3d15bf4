"""Formulas from the engine's own equations, printed in a random spelling, right or with one mistake in them."""

import random
from dataclasses import dataclass

from mlpviz.derivation.notation import CHOICES, Notation, written
from mlpviz.maths.architecture import Architecture
from mlpviz.maths.equations import equation
from mlpviz.maths.expressions import (
    Add,
    Apply,
    Divide,
    MatMul,
    Multiply,
    Negate,
    Number,
    Subtract,
    Sum,
    Symbol,
    Transpose,
    children,
    rebuild,
    walk,
)
from mlpviz.maths.symbols import COMMANDS, OUTPUT

ARCHITECTURES = [
    Architecture((2, 3, 2), ("relu", "sigmoid"), "half_squared_error", "sum"),
    Architecture((2, 6, 5, 3), ("tanh", "tanh", "softmax"), "cross_entropy", "mean_samples"),
    Architecture((3, 4, 2), ("gelu", "sigmoid"), "binary_cross_entropy", "mean_samples", l2=0.2),
    Architecture((2, 5, 4, 1), ("sigmoid", "silu", "sigmoid"), "binary_cross_entropy", "sum"),
    Architecture((4, 3, 3, 2), ("leaky_relu", "tanh", "identity"), "squared_error", "mean_elements"),
    Architecture((3, 3, 3), ("elu", "tanh"), "half_squared_error", "mean_samples", l2=0.01),
    Architecture((2, 4, 3), ("softplus", "sigmoid"), "half_squared_error", "mean_elements", bias=False),
]
"""Networks whose every equation can be written with the checker's three functions."""

TARGETS = {"Z": "affine map", "delta": "hidden error", "dW": "weight gradient", "db": "bias gradient"}


@dataclass(frozen=True)
class Case:
    """One formula as text, what it is for, and the kinds of mistake one of which must be named (none: it is right)."""

    text: str
    target: str
    architecture: Architecture
    notation: Notation
    named: frozenset = frozenset()

    def __str__(self):
        return f"{self.target} = {self.text}"


def notation(chance):
    """A random notation."""
    return Notation(
        chance.choice(("rows", "columns")),
        chance.choice(("denominator", "numerator")),
        chance.choice(("out_in", "in_out")),
        first_layer=chance.choice((0, 1)),
        **{name: chance.choice(CHOICES[name]) for name in ("output", "cost", "error", "input", "letters")},
    )


def right_case(chance):
    """A random equation in a random notation and spelling."""
    architecture, view, target, tree = chosen(chance)
    return Case(Speller(chance, architecture, view).text(tree), label(target, view), architecture, view)


def chosen(chance):
    """A random network, notation, target and the tree that computes it."""
    architecture, view = chance.choice(ARCHITECTURES), notation(chance)
    name = chance.choice([name for name in TARGETS if name != "db" or architecture.bias])
    layer = chance.randint(1, architecture.depth)
    title = "output error" if name == "delta" and layer == architecture.depth else TARGETS[name]
    shown = written(equation(architecture, title, layer), view)
    return architecture, view, shown.target, plain(shown.value)


def plain(tree):
    """The tree without the row sums of the labels, which are 1."""
    match tree:
        case Multiply(left, Sum(Symbol("Y") | Transpose(Symbol("Y")), _)):
            return plain(left)
    return rebuild(tree, plain)


def label(symbol, view):
    """A target as the contract writes it."""
    return f"{symbol.name}[{symbol.layer + view.first_layer}]"


class Speller:
    """Prints trees; the choices of one formula are made once, those of each symbol anew."""

    def __init__(self, chance, architecture, view):
        self.chance, self.architecture, self.view = chance, architecture, view
        self.latex = chance.random() < 0.3
        self.times = r" \odot " if self.latex else chance.choice((" * ", " ⊙ ", "*"))
        self.product = chance.choice((" ", r" \cdot ")) if self.latex else chance.choice((" @ ", "@", " "))
        self.open, self.close = chance.choice((("(", ")"), (r"\left(", r"\right)"))) if self.latex else ("(", ")")

    def text(self, node, inside=False):
        """The tree as text; a compound operand stands in brackets."""
        text = self.bare(node)
        leaf = isinstance(node, Symbol | Number | Transpose | Sum | Apply) or text.startswith(r"\frac")
        return text if leaf or not inside else f"{self.open}{text}{self.close}"

    def bare(self, node):
        match node:
            case Symbol():
                return self.symbol(node)
            case Number(value):
                return f"{value:g}"
            case Transpose(operand):
                return self.text(operand, True) + self.transpose()
            case Negate(operand):
                return f"-{self.text(operand, True)}"
            case Add(left, right):
                return f"{self.text(left)} + {self.text(right, True)}"
            case Subtract(left, right):
                return f"{self.text(left)} - {self.text(right, True)}"
            case Divide(left, right) if self.latex:
                return rf"\frac{{{self.text(left)}}}{{{self.text(right)}}}"
            case Divide(left, right):
                return f"{self.text(left, True)} / {self.text(right, True)}"
            case MatMul(left, right):
                return self.text(left, True) + self.product + self.text(right, True)
            case Multiply(left, right):
                scalar = any(self.scalar(x) for x in (left, right))
                sign = self.chance.choice((" ", " * ")) if scalar else self.times
                sign = " * " if isinstance(left, Number) and isinstance(right, Number) else sign
                return self.text(left, True) + sign + self.text(right, True)
            case Sum(operand, _):
                return f"sum({self.text(operand)})"
            case Apply(_, (z, a), _):
                return self.slope(node, z, a)
        raise TypeError(type(node))

    def scalar(self, node):
        return all(
            isinstance(x, Number) or (isinstance(x, Symbol) and x.name in ("m", "n", "l2"))
            for x in walk(node)
            if not children(x)
        )

    def slope(self, node, z, a):
        """f' by name, or sigmoid's and tanh's in a."""
        if node.name == "sigmoid'" and self.chance.random() < 0.4:
            return f"({self.text(a)}{self.times}(1 - {self.text(a)}))"
        if node.name == "tanh'" and self.chance.random() < 0.3:
            return f"(1 - {self.text(a)}{self.times}{self.text(a)})"
        word = r"\sigma'" if self.latex else self.chance.choice(("f'", "f′", "σ'", "g'", "d_f", node.name))
        return f"{word}{self.open}{self.text(z)}{self.close}"

    def transpose(self):
        return self.chance.choice((r"^\top", r"^T", r"^{\top}") if self.latex else (".T", "ᵀ", "^T"))

    def symbol(self, symbol):
        name, layer = symbol.name, symbol.layer
        quantities = self.view.quantities
        if name == "m":
            return name
        if name == "Y":
            return self.whole(quantities["Y"])
        if name == "l2":
            return r"\lambda" if self.latex else self.chance.choice(("l2", "λ"))
        if name == "A" and layer == 0 and self.chance.random() < 0.5:
            return self.chance.choice("Xx")
        if name == "A" and layer == self.architecture.depth and self.chance.random() < 0.2:
            return self.whole(quantities.get("output", OUTPUT))
        number = layer + self.view.first_layer
        letters = {name: quantities[name].letters for name in "AZWbn"} | {"delta": ("delta", "δ", "Δ", "Delta")}
        if self.latex:
            letter = r"\delta" if name == "delta" else self.chance.choice(letters[name])
            return letter + self.chance.choice((f"^{{({number})}}", f"^{{[{number}]}}", f"_{{{number}}}", f"^{number}"))
        raised = "⁰¹²³⁴⁵"[number]
        forms = (f"[{number}]", f"{number}", f"_{number}", f"⁽{raised}⁾", raised, f"^({number})", "₀₁₂₃₄₅"[number])
        return self.chance.choice(letters[name]) + self.chance.choice(forms)

    def whole(self, quantity):
        """The letter of an array without layers."""
        letter = self.chance.choice(quantity.letters)
        return COMMANDS.get(letter, letter) if self.latex else letter


# Mistakes


def wrong_case(chance):
    """A random equation with one mistake in it, and the names it may be given."""
    while True:
        architecture, view, target, tree = chosen(chance)
        kind = chance.choice(list(MISTAKES))
        places = [node for node in outside_slopes(tree) if MISTAKES[kind][0](node)]
        if not places:
            continue
        place = chance.choice(places)
        changed = MISTAKES[kind][1](chance, place, architecture)
        if changed is None or target in walk(changed):
            continue
        wrong = replaced(tree, place, changed)
        text = Speller(chance, architecture, view).text(wrong)
        named = frozenset(MISTAKES[kind][2])
        return Case(text, label(target, view), architecture, view, named)


def outside_slopes(tree):
    """Every node, but for those in f'(…), whose two arguments must go together."""
    yield tree
    for child in () if isinstance(tree, Apply) else children(tree):
        yield from outside_slopes(child)


def replaced(tree, place, changed):
    """The tree with one of its nodes, told by identity, replaced."""
    return changed if tree is place else rebuild(tree, lambda child: replaced(child, place, changed))


def is_array(node):
    return isinstance(node, Symbol) and node.name not in ("m", "n", "l2")


def shifted(chance, symbol, architecture):
    """The same array of another layer that the network has."""
    first = 0 if symbol.name == "A" else 1
    others = [l for l in range(first, architecture.depth + 1) if l != symbol.layer]
    return Symbol(symbol.name, chance.choice(others)) if others else None


def unscaled(node):
    return isinstance(node, Divide) and any(isinstance(x, Symbol) and x.name == "m" for x in walk(node.right))


MISTAKES = {
    "transpose": (
        lambda node: is_array(node) and node.layer is not None,
        lambda chance, node, architecture: Transpose(node),
        ("transposed", "order", "convention"),
    ),
    "drop a transpose": (
        lambda node: isinstance(node, Transpose),
        lambda chance, node, architecture: node.operand,
        ("transposed", "order"),
    ),
    "swap": (
        lambda node: isinstance(node, MatMul),
        lambda chance, node, architecture: MatMul(node.right, node.left),
        ("order", "transposed"),
    ),
    "sign": (
        lambda node: isinstance(node, Add | Subtract),
        lambda chance, node, architecture: (Subtract if isinstance(node, Add) else Add)(node.left, node.right),
        ("sign",),
    ),
    "order of a difference": (
        lambda node: isinstance(node, Subtract) and not isinstance(node.left, Number),
        lambda chance, node, architecture: Subtract(node.right, node.left),
        ("sign",),
    ),
    "shift a layer": (
        lambda node: is_array(node) and node.layer is not None,
        shifted,
        ("wrong layer", "wrong target"),
    ),
    "drop 1/m": (unscaled, lambda chance, node, architecture: node.left, ("missing 1/m", "missing 1/(m n)")),
    "divide by m again": (
        lambda node: isinstance(node, MatMul),
        lambda chance, node, architecture: Divide(node, Symbol("m")),
        ("extra 1/m",),
    ),
    "drop a slope": (
        lambda node: isinstance(node, Multiply) and isinstance(node.right, Apply) and node.right.name != "identity'",
        lambda chance, node, architecture: node.left,
        ("missing slope", "wrong target"),
    ),
    "entrywise for matrix product": (
        lambda node: isinstance(node, MatMul),
        lambda chance, node, architecture: Multiply(node.left, node.right),
        ("elementwise instead of matrix product",),
    ),
    "matrix product for entrywise": (
        lambda node: isinstance(node, Multiply) and isinstance(node.right, Apply),
        lambda chance, node, architecture: MatMul(node.left, node.right),
        ("matrix product instead of elementwise",),
    ),
    "drop a factor": (
        lambda node: isinstance(node, MatMul),
        lambda chance, node, architecture: chance.choice((node.left, node.right)),
        ("missing factor", "wrong target", "missing term"),
    ),
    "drop the sum": (
        lambda node: isinstance(node, Sum),
        lambda chance, node, architecture: node.operand,
        ("missing sum",),
    ),
    "drop a term": (
        lambda node: isinstance(node, Add),
        lambda chance, node, architecture: node.left,
        ("missing bias", "only l2 missing", "missing l2"),
    ),
}
"""What may go wrong: where, how, and the names that fit."""


def generator(seed):
    return random.Random(seed)
