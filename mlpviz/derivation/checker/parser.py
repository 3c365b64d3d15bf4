"""From text to trees, by precedence: sums of products of signed factors; no evaluation takes place."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ...maths import expressions as ex
from ...maths.activations import ACTIVATIONS, Activation
from ...maths.expressions import Expression, Symbol
from ...maths.messages import Message
from ...maths.symbols import CONSTANTS
from .findings import GENERIC, Unread
from .grammar import Token, tokens
from .names import COSTS, DIFFERENTIALS, GRADIENTS, Namespace
from .nodes import Diagonal, Juxtaposition, SampleSum, Slope, turned

OPERATIONS = {"*": ex.Multiply, "@": ex.MatMul, "/": ex.Divide, " ": Juxtaposition}
FUNCTIONS = {"sum": SampleSum, "diag": Diagonal}
STARTS = frozenset({"name", "number", "open", "slope", "frac", "partial", "nabla"})
CLOSING = {"(": ")", "[": "]", "{": "}"}


class Parser:
    """Reads one side of a line; ``tight``: a product without a sign binds before one with a sign."""

    def __init__(self, words: list[Token], scope: Namespace, tight: bool = False) -> None:
        self.words, self.scope, self.tight, self.place = words, scope, tight, 0

    @property
    def next(self) -> Token:
        return self.words[self.place]

    def peek(self, ahead: int) -> Token:
        return self.words[min(self.place + ahead, len(self.words) - 1)]

    def take(self) -> Token:
        word = self.next
        self.place += word.kind != "end"
        return word

    def whole(self) -> Expression:
        node = self.sum()
        if self.next.kind != "end":
            raise Unread("unexpected", text=f"“{self.next.text}”")
        return node

    def sum(self) -> Expression:
        node = self.term()
        while self.next.name in ("+", "-"):
            kind = ex.Add if self.take().name == "+" else ex.Subtract
            node = kind(node, self.term())
        return node

    def term(self) -> Expression:
        """Factors from left to right, all operators binding equally."""
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
        """A factor and, if ``tight``, those that follow it without a sign."""
        negative, node = self.sign(), self.raised()
        while self.tight and self.next.kind in STARTS:
            node = self.beside(node, False)
        return ex.Negate(node) if negative else node

    def beside(self, node: Expression, over: bool) -> Expression:
        """The product with the factor that follows without a sign."""
        before = self.words[self.place - 1]
        if self.next.kind == before.kind == "number":
            raise Unread("numbers", left=before.text, right=self.next.text)
        return Juxtaposition(node, self.factors() if over and self.tight else self.raised())

    def signed(self) -> Expression:
        return ex.Negate(self.raised()) if self.sign() else self.raised()

    def sign(self) -> bool:
        """Read minus signs; return whether their number is odd."""
        minus = False
        while self.next.name in ("+", "-"):
            minus ^= self.take().name == "-"
        return minus

    def raised(self) -> Expression:
        node = self.primary()
        while self.next.kind == "transpose":
            self.take()
            node = turned(node)
        return node

    def primary(self) -> Expression:
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
            case "nabla":
                return self.nabla()
            case "name":
                return self.named(word)
            case "end":
                raise Unread("missing", "at the end")
        raise Unread("missing", "before", sign=word.text)

    def inside(self, closing: str) -> Expression:
        node = self.sum()
        if self.take().text != closing:
            raise Unread("closed")
        return node

    def argument(self, text: str) -> Expression:
        if self.next.text != "(":
            raise Unread("function", text=text)
        self.take()
        return self.inside(")")

    def named(self, word: Token) -> Expression:
        if word.name in FUNCTIONS and word.layer is None:
            return FUNCTIONS[word.name](self.argument(word.name))
        if word.name in DIFFERENTIALS and self.next.text == "/":
            self.take()
            return self.by(self.take(), "d")
        if word.name not in self.scope.spellings and self.next.text == "(":
            raise Unread("call", text=f"“{word.text}”")
        return self.scope.symbol(word)

    def slope(self, word: Token) -> Expression:
        """f'(…), with the activation of the layer of its argument."""
        letter = word.text.split("^")[0].strip(" '′’").replace(r"\tanh", "tanh")
        argument = self.argument("f'")
        layer = max(layers(argument), default=None)
        if layer is None:
            raise Unread("argument")
        if layer == 0:
            raise Unread("no slope")
        self.check_activation(letter, layer)
        return Slope(argument, layer)

    def check_activation(self, letter: str, layer: int) -> None:
        """Refuse the name of an activation that the layer does not have."""
        if letter in GENERIC or not 1 <= layer <= self.scope.architecture.depth:
            return
        own = self.scope.architecture.activation(layer)
        if letter.lower() in spellings_of(own):
            return
        if not any(letter.lower() in spellings_of(activation) for activation in ACTIVATIONS.values()):
            raise Unread("call", text=f"“{letter}'”")
        shown = layer + self.scope.notation.first_layer
        raise Unread("activation", layer=shown, own=Message(own.title), text=letter)

    def fraction(self) -> Expression:
        r"""\frac{…}{…}, or a gradient in this form."""
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
        return ex.Divide(above, self.inside("}"))

    def opened(self) -> None:
        if self.take().text != "{":
            raise Unread("missing", "after", sign="\\frac")

    def closed(self) -> None:
        if self.take().text != "}":
            raise Unread("closed")

    def gradient(self) -> Expression:
        """∂J/∂W[2], after its first ∂."""
        self.costed()
        if self.take().text != "/":
            raise Unread("missing", "after", sign="∂J")
        return self.by_partial()

    def nabla(self) -> Expression:
        """∇_W[2] J, after its ∇."""
        braced = self.next.text == "{"
        if braced:
            self.take()
        node = self.by(self.take(), "")
        if braced:
            self.closed()
        if self.next.kind != "name":
            raise Unread("missing", "after", sign="∇")
        self.costed()
        return node

    def costed(self) -> None:
        if (word := self.take()).name not in COSTS:
            raise Unread("gradient", text=f"“∂{word.text}”")

    def by_partial(self) -> Expression:
        if self.take().kind != "partial":
            raise Unread("missing", "after", sign="∂J")
        return self.by(self.take(), "")

    def by(self, word: Token, prefix: str) -> Expression:
        """The gradient by an array."""
        bare = replace(word, name=word.name.removeprefix(prefix))
        if word.kind != "name" or not word.name.startswith(prefix) or not bare.name:
            raise Unread("missing", "after", sign="∂J")
        symbol = self.scope.layered(bare)
        if symbol.name not in GRADIENTS:
            raise Unread("gradient", text=f"∂J/∂{bare.name}")
        return Symbol(GRADIENTS[symbol.name], symbol.layer)


def spellings_of(activation: Activation) -> set[str]:
    """The spellings of an activation's name, in small letters."""
    return {activation.name, activation.title.lower(), activation.text.lower()}


def number(text: str) -> ex.Number:
    if text == "½":
        return ex.Number(0.5)
    value = float(text)
    if not math.isfinite(value) or value > 1e12:
        raise Unread("number", text=f"{text[:12]}…" if len(text) > 12 else text)
    return ex.Number(int(value) if value.is_integer() and text.isdigit() else value)


def layers(node: Expression) -> Iterator[int]:
    """The layers of the arrays in f'(…): those of Z, or else of the others."""
    symbols = [each for each in ex.walk(node) if isinstance(each, Symbol) and isinstance(each.layer, int)]
    logits = [each for each in symbols if each.name == "Z"]
    yield from (each.layer for each in logits or symbols if isinstance(each.layer, int))


@dataclass(frozen=True)
class Reading:
    """A formula as read: the array on its left, if any, and each way to read its right side."""

    left: Symbol | None
    trees: tuple[Expression, ...]
    names: Namespace


def read(formula: str, scope: Namespace) -> Reading:
    """Read a line such as ``dW[2] = delta[2].T @ A[1]``, or its right side alone.

    Two readings if products without a sign bind tighter in one of them.
    Raises Unread if it is not in the grammar.
    """
    words = tokens(formula)
    balanced(words)
    sides = split(words)
    left = None
    if len(sides) == 2:
        scope = shifted(sides[0], scope)
        left = parse_target(sides[0], scope)
        scope = fresh(scope)
    loose = Parser(sides[-1], scope).whole()
    tight = Parser(sides[-1], fresh(scope), tight=True).whole()
    return Reading(left, (loose,) if tight == loose else (loose, tight), scope)


def fresh(scope: Namespace) -> Namespace:
    return replace(scope, letters={}, forms=set(), words=set())


def balanced(words: list[Token]) -> None:
    waiting: list[str] = []
    for word in words:
        if word.kind == "open":
            waiting.append(CLOSING[word.text])
        elif word.kind == "close" and (not waiting or waiting.pop() != word.text):
            raise Unread("closed")
    if waiting:
        raise Unread("open")


def split(words: list[Token]) -> list[list[Token]]:
    places = [place for place, word in enumerate(words) if word.name == "="]
    if not places:
        return [words]
    if len(places) > 1 or places[0] == 0:
        raise Unread("equals")
    return [[*words[: places[0]], words[-1]], words[places[0] + 1 :]]


def shifted(words: list[Token], scope: Namespace) -> Namespace:
    """The names of a line whose left side, such as Z[0] or Z[L - 1] for the output, counts its lists from 0."""
    index = next((word.layer for word in words if word.layer and ("L" in word.layer or word.layer == "0")), None)
    if index is None or scope.layer is None:
        return scope
    first = scope.notation.first_layer
    return replace(scope, shift=max(0, min(1, scope.layer + first - scope.number(index))))


def parse_target(words: list[Token], scope: Namespace) -> Symbol:
    """The array on the left of a line, or the target."""
    parser = Parser(words, scope)
    if parser.next.kind == "name" and parser.next.name in COSTS and parser.peek(1).kind == "end":
        return Symbol("cost")
    node = parser.whole()
    if not isinstance(node, Symbol) or node.name in CONSTANTS:
        raise Unread("equals")
    return node
