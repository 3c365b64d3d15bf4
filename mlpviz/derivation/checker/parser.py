"""From tokens to trees, by precedence: sums of products of signed factors; no evaluation takes place."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace

from ...maths.activations import ACTIVATIONS
from ...maths.expressions import (
    Add,
    Divide,
    Expression,
    MatMul,
    Multiply,
    Negate,
    Number,
    Subtract,
    Symbol,
    walk,
)
from .grammar import Token
from .names import COSTS, DIFFERENTIALS, GRADIENTS, LAYERED, WHOLE, Scope
from .nodes import Diagonal, Product, SampleSum, Slope, turned
from .refusal import Refusal

OPERATIONS = {"*": Multiply, "@": MatMul, "/": Divide, " ": Product}
FUNCTIONS = {"sum": SampleSum, "diag": Diagonal}
GENERIC = frozenset("f g h σ φ ϕ sigma phi d_f".split()) | {r"\sigma", r"\phi", r"\varphi"}
"""Letters that stand for whatever activation a layer has."""

STARTS = frozenset({"name", "number", "open", "slope", "frac", "partial"})
CLOSING = {"(": ")", "[": "]", "{": "}"}


class Parser:
    """Reads one side of a line; ``tight``: factors side by side are taken together before a sign."""

    def __init__(self, words: list[Token], scope: Scope, tight: bool = False) -> None:
        self.words, self.scope, self.tight, self.place = words, scope, tight, 0

    @property
    def next(self) -> Token:
        """The word to be read next."""
        return self.words[self.place]

    def peek(self, ahead: int) -> Token:
        """A word further on."""
        return self.words[min(self.place + ahead, len(self.words) - 1)]

    def take(self) -> Token:
        """Read a word."""
        word = self.next
        self.place += word.kind != "end"
        return word

    def whole(self) -> Expression:
        """The whole side."""
        node = self.sum()
        if self.next.kind != "end":
            raise Refusal("unexpected", text=f"“{self.next.text}”")
        return node

    def sum(self) -> Expression:
        """Terms with plus and minus between them."""
        node = self.term()
        while self.next.name in ("+", "-"):
            kind = Add if self.take().name == "+" else Subtract
            node = kind(node, self.term())
        return node

    def term(self) -> Expression:
        """Factors, every sign binding equally, from left to right."""
        node, over = self.factors(), False
        while self.next.name in OPERATIONS or self.next.kind in STARTS:
            if self.next.kind in STARTS:
                node = self.beside(node, over)
                continue
            sign = self.take().name
            over = sign == "/"
            node = OPERATIONS[sign](node, self.signed() if over else self.factors())
        return node

    def factors(self) -> Expression:
        """A factor, and in the tight reading those that stand right beside it."""
        negative, node = self.sign(), self.raised()
        while self.tight and self.next.kind in STARTS:
            node = self.beside(node, False)
        return Negate(node) if negative else node

    def beside(self, node: Expression, over: bool) -> Expression:
        """The product with the factor that follows without a sign."""
        before = self.words[self.place - 1]
        if self.next.kind == before.kind == "number":
            raise Refusal("numbers", left=before.text, right=self.next.text)
        return Product(node, self.factors() if over and self.tight else self.raised())

    def signed(self) -> Expression:
        """One factor with its sign."""
        return Negate(self.raised()) if self.sign() else self.raised()

    def sign(self) -> bool:
        """Whether an odd number of minus signs comes next."""
        minus = False
        while self.next.name in ("+", "-"):
            minus ^= self.take().name == "-"
        return minus

    def raised(self) -> Expression:
        """A factor with its transposes."""
        node = self.primary()
        while self.next.kind == "transpose":
            self.take()
            node = turned(node)
        return node

    def primary(self) -> Expression:
        """A number, a symbol, a bracket, a function or a fraction."""
        word = self.take()
        match word.kind:
            case "number":
                return number(word.text)
            case "open":
                return self.inside(CLOSING[word.text])
            case "slope":
                return self.slope(word)
            case "frac":
                return self.fraction()
            case "partial":
                return self.gradient()
            case "name":
                return self.named(word)
            case "end":
                raise Refusal("missing", where="at the end")
        raise Refusal("missing", where=f"before “{word.text}”")

    def inside(self, closing: str) -> Expression:
        """What stands in a bracket that is open already."""
        node = self.sum()
        if self.take().text != closing:
            raise Refusal("closed")
        return node

    def argument(self, text: str) -> Expression:
        """The argument of a function."""
        if self.next.text != "(":
            raise Refusal("function", text=text)
        self.take()
        return self.inside(")")

    def named(self, word: Token) -> Expression:
        """A symbol, or a function by name."""
        if word.name in FUNCTIONS and word.layer is None:
            return FUNCTIONS[word.name](self.argument(word.name))
        if word.name in DIFFERENTIALS and self.next.text == "/":
            self.take()
            return self.by(self.take(), "d")
        if word.name not in LAYERED and word.name not in WHOLE and self.next.text == "(":
            raise Refusal("call", text=f"“{word.text}”")
        return self.scope.symbol(word)

    def slope(self, word: Token) -> Expression:
        """f'(…), by the activation of the layer that its argument belongs to."""
        letter = word.text.split("^")[0].strip(" '′’").replace(r"\tanh", "tanh")
        argument = self.argument("f'")
        found = list(layers(argument))
        if not found:
            raise Refusal("argument")
        layer = max(found)
        if layer == 0:
            raise Refusal("no slope")
        self.check_activation(letter, layer)
        return Slope(argument, layer)

    def check_activation(self, letter: str, layer: int) -> None:
        """Refuse the name of an activation that the layer does not have."""
        if letter in GENERIC or not 1 <= layer <= self.scope.architecture.depth:
            return
        own = self.scope.architecture.activation(layer)
        if letter.lower() not in (own.name, own.title.lower(), own.text.lower()):
            if letter not in ACTIVATIONS and letter.lower() not in ("relu", "gelu", "silu", "elu"):
                raise Refusal("call", text=f"“{letter}'”")
            raise Refusal("activation", layer=layer + self.scope.notation.first_layer, own=own.title, text=letter)

    def fraction(self) -> Expression:
        r"""\frac{…}{…}, or a gradient written so."""
        self.opened()
        if self.next.kind == "partial":
            self.take()
            self.costed()
            self.closed()
            self.opened()
            node = self.by_partial()
            self.closed()
            return node
        above = self.inside("}")
        self.opened()
        return Divide(above, self.inside("}"))

    def opened(self) -> None:
        """Read an opening brace."""
        if self.take().text != "{":
            raise Refusal("missing", where="after \\frac")

    def closed(self) -> None:
        """Read a closing brace."""
        if self.take().text != "}":
            raise Refusal("closed")

    def gradient(self) -> Expression:
        """∂J/∂W[2], once its first ∂ has been read."""
        self.costed()
        if self.take().text != "/":
            raise Refusal("missing", where="after ∂J")
        return self.by_partial()

    def costed(self) -> None:
        """Read the cost's letter."""
        if (word := self.take()).name not in COSTS:
            raise Refusal("gradient", text=f"“∂{word.text}”")

    def by_partial(self) -> Expression:
        """Read the ∂ and the array of a gradient."""
        if self.take().kind != "partial":
            raise Refusal("missing", where="after ∂J")
        return self.by(self.take(), "")

    def by(self, word: Token, prefix: str) -> Expression:
        """The gradient by an array."""
        bare = replace(word, name=word.name.removeprefix(prefix))
        if word.kind != "name" or not word.name.startswith(prefix) or not bare.name:
            raise Refusal("missing", where="after ∂J")
        symbol = self.scope.layered(bare)
        if symbol.name not in GRADIENTS:
            raise Refusal("gradient", text=f"∂J/∂{bare.name}")
        return Symbol(GRADIENTS[symbol.name], symbol.layer)


def number(text: str) -> Number:
    """A constant."""
    if text == "½":
        return Number(0.5)
    value = float(text)
    if not math.isfinite(value) or value > 1e12:
        raise Refusal("number", text=f"{text[:12]}…" if len(text) > 12 else text)
    return Number(int(value) if value.is_integer() and text.isdigit() else value)


def layers(node: Expression) -> Iterator[int]:
    """The layers of the arrays in f'(…): those of Z, or else of the others."""
    symbols = [each for each in walk(node) if isinstance(each, Symbol) and isinstance(each.layer, int)]
    logits = [each for each in symbols if each.name == "Z"]
    yield from (each.layer for each in logits or symbols if isinstance(each.layer, int))
