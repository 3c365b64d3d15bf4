"""From syntax to trees: the engine, which asks the table of meanings what each kind of syntax is in a network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from ....maths.expressions import Expression, children
from .dialects import Language
from .names import DECAY, Namespace
from .refusals import Unread
from .syntax import Attribute, Call, Index, Primed, Scripted, Syntax, Word, walked

Meanings = Mapping[type, Callable[["Reader", Any], Expression]]

MOST_PARTS = 400
"""Most parts of a tree: more than any formula has whose functions write nothing out."""


class Reader:
    """Makes trees of syntax with the names of a network."""

    def __init__(self, scope: Namespace, dialect: Language, meanings: Meanings) -> None:
        self.scope, self.dialect, self.meanings = scope, dialect, meanings
        self.trees: dict[int, tuple[Syntax, Expression]] = {}
        self.sizes: dict[int, tuple[Expression, int]] = {}

    def tree(self, node: Syntax) -> Expression:
        """The tree that a piece of syntax means, made once: a product of links asks for its factors again and again.

        Raises Unread, with the place at fault, if it means nothing here.
        """
        if id(node) not in self.trees:
            try:
                self.trees[id(node)] = node, self.made(node)
            except Unread as refusal:
                raise refusal.at(node.span) from None
        return self.trees[id(node)][1]

    def made(self, node: Syntax) -> Expression:
        tree = self.meanings.get(type(node), unknown)(self, node)
        if self.size(tree) > MOST_PARTS:
            raise Unread("parts", limit=MOST_PARTS)
        return tree

    def size(self, tree: Expression) -> int:
        """How many parts a tree has; what a function writes twice, as a mean does, counts twice."""
        if id(tree) not in self.sizes:
            self.sizes[id(tree)] = tree, 1 + sum(map(self.size, children(tree)))
        return self.sizes[id(tree)][1]

    def calls(self, node: Syntax) -> bool:
        """Whether an operand before a bracket is a function; if it is an array the two are a product."""
        match node:
            case Word(text):
                return not self.scope.knows(text) and not any(
                    node == word_at(name) for name, _ in self.scope.definitions
                )
            case Scripted(base):
                return self.calls(base)
            case Primed(function):
                return self.calls(function)
            case Call(function, arguments):
                return not arguments or word_of(function) == "vectorize" or is_attribute(function, "vectorize")
        return isinstance(node, Attribute)


def word_at(name: Syntax) -> Syntax | None:
    """The letter of a name that is defined as an array."""
    return name.base if isinstance(name, Scripted) else name if isinstance(name, Word) else None


def is_attribute(node: Syntax, name: str) -> bool:
    return isinstance(node, Attribute) and node.name == name


def unknown(_: Reader, node: Syntax) -> Expression:
    raise Unread("construct", span=node.span)


def unsaid(scope: Namespace, node: Syntax) -> Unread:
    """The refusal of the names of one's own that nothing says what they are."""
    first = scope.unknown[0]
    place = next((each.span for each in walked(node) if isinstance(each, Word) and each.text == first), None)
    variant = "decay" if first == DECAY else ""
    return Unread("name", variant, text=f"“{first}”", span=place, unknown=tuple(scope.unknown))


def word_of(node: Syntax) -> str:
    """The name that a piece of syntax begins with."""
    match node:
        case Word(text):
            return text
        case Scripted(inner) | Index(inner) | Attribute(inner) | Call(inner) | Primed(inner):
            return word_of(inner)
    return ""
