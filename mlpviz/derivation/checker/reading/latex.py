"""LaTeX: the commands that have arguments."""

from __future__ import annotations

from collections.abc import Callable

from .lexer import Token
from .parser import Parser
from .refusals import Unread
from .syntax import Derivative, Operation, Syntax, Word


def fraction(parser: Parser, token: Token) -> Syntax:
    r"""\frac{…}{…}, or a derivative in this form."""
    above, below = parser.argument(token), parser.argument(token)
    span = (token.span[0], parser.end)
    match above, below:
        case Derivative(numerator, Word("")), Derivative(denominator, Word("")):
            return Derivative(numerator, denominator, span=span)
    return Operation("/", above, below, span=span)


def hat(parser: Parser, token: Token) -> Syntax:
    letter = parser.argument(token)
    if not isinstance(letter, Word) or letter.text not in ("y", "Y"):
        raise Unread("command", text=token.text, span=token.span)
    return Word("ŷ" if letter.text == "y" else "Ŷ", span=(token.span[0], parser.end))


PREFIXES: dict[str, Callable[[Parser, Token], Syntax]] = {
    **dict.fromkeys((r"\frac", r"\tfrac", r"\dfrac"), fraction),
    **dict.fromkeys((r"\hat", r"\widehat"), hat),
}
"""How an operand that begins with a command is read on, by kind of token."""

LETTERS = frozenset({r"\hat", r"\widehat"})
"""The commands with which a name may begin."""
