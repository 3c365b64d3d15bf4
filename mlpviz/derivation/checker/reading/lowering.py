"""From syntax to trees: the engine, which asks the table of meanings what each kind of syntax is in a network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ....maths.expressions import Expression, children
from ....maths.messages import in_quotes
from . import syntax as sx
from .dialects import Language
from .names import DECAY, Namespace
from .refusals import Unread

Meanings = Mapping[type, Callable[["Reader", Any], Expression]]

MOST_PARTS = 400
"""Most parts of a tree: more than any formula has whose functions write nothing out."""


class Reader:
    """Makes trees of syntax with the names of a network."""

    def __init__(self, scope: Namespace, dialect: Language, meanings: Meanings) -> None:
        self.scope, self.dialect, self.meanings = scope, dialect, meanings
        self.trees: dict[int, tuple[sx.Syntax, Expression]] = {}
        self.sizes: dict[int, tuple[Expression, int]] = {}

    def tree(self, node: sx.Syntax) -> Expression:
        """The tree that a piece of syntax means, made once: a product of links asks for its factors again and again.

        Raises Unread, with the place at fault, if it means nothing here.
        """
        if id(node) not in self.trees:
            try:
                self.trees[id(node)] = node, self.made(node)
            except Unread as refusal:
                raise refusal.at(node.span) from None
        return self.trees[id(node)][1]

    def made(self, node: sx.Syntax) -> Expression:
        tree = self.meanings.get(type(node), unknown)(self, node)
        if self.size(tree) > MOST_PARTS:
            raise Unread("parts", limit=MOST_PARTS)
        return tree

    def size(self, tree: Expression) -> int:
        """How many parts a tree has; what a function writes twice, as a mean does, counts twice."""
        if id(tree) not in self.sizes:
            self.sizes[id(tree)] = tree, 1 + sum(map(self.size, children(tree)))
        return self.sizes[id(tree)][1]

    def calls(self, node: sx.Syntax) -> bool:
        """Whether an operand before a bracket is a function; if it is an array the two are a product."""
        match node:
            case sx.Word(text):
                return not self.scope.knows(text) and not any(
                    node == word_at(name) for name, _ in self.scope.definitions
                )
            case sx.Scripted(base):
                return self.calls(base)
            case sx.Primed(function):
                return self.calls(function)
            case sx.Call(function, arguments):
                return not arguments or word_of(function) == "vectorize" or is_attribute(function, "vectorize")
        return isinstance(node, sx.Attribute)


def word_at(name: sx.Syntax) -> sx.Syntax | None:
    """The letter of a name that is defined as an array."""
    return name.base if isinstance(name, sx.Scripted) else name if isinstance(name, sx.Word) else None


def is_attribute(node: sx.Syntax, name: str) -> bool:
    return isinstance(node, sx.Attribute) and node.name == name


def unknown(_: Reader, node: sx.Syntax) -> Expression:
    raise Unread("construct", span=node.span)


def unsaid(scope: Namespace, node: sx.Syntax) -> Unread:
    """The refusal of the names of one's own that nothing says what they are."""
    first = scope.unknown[0]
    place = next((each.span for each in sx.walked(node) if isinstance(each, sx.Word) and each.text == first), None)
    variant = "decay" if first == DECAY else ""
    return Unread("name", variant, text=in_quotes(first), span=place, unknown=tuple(scope.unknown))


def word_of(node: sx.Syntax) -> str:
    """The name that a piece of syntax begins with."""
    match node:
        case sx.Word(text):
            return text
        case sx.Scripted(inner) | sx.Index(inner) | sx.Attribute(inner) | sx.Call(inner) | sx.Primed(inner):
            return word_of(inner)
    return ""
