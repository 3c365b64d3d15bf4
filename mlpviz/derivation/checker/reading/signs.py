"""What may stand between two operands: a sign, and how tightly it binds."""

from __future__ import annotations

from . import syntax as sx
from .parser import Divided, Infix, Level, Parser


def operation(sign: str, level: Level, right: Level) -> Infix:
    def read(parser: Parser, left: sx.Syntax, _: Divided) -> sx.Syntax:
        return sx.Operation(sign, left, parser.expression(right), span=(left.span[0], parser.end))

    return Infix(sign, level, read)


def comparison(sign: str) -> Infix:
    def read(parser: Parser, left: sx.Syntax, _: Divided) -> sx.Syntax:
        return sx.Compared(sign, left, parser.expression(Level.SUM), span=(left.span[0], parser.end))

    return Infix(sign, Level.COMPARISON, read)


def chosen(parser: Parser, this: sx.Syntax, _: Divided) -> sx.Syntax:
    """this if condition else otherwise"""
    condition = parser.expression(Level.COMPARISON)
    parser.expect("else")
    return sx.Chosen(condition, this, parser.expression(Level.CHOICE), span=(this.span[0], parser.end))


INFIXES: dict[str, Infix] = {
    **{sign: operation(sign, Level.SUM, Level.PRODUCT) for sign in "+-"},
    **{sign: operation(sign, Level.PRODUCT, Level.BESIDE) for sign in ("*", "@", "·", "×", "outer", "//", "%")},
    "/": operation("/", Level.PRODUCT, Level.SIGN),
    "**": operation("**", Level.POWER, Level.SIGN),
    **{sign: comparison(sign) for sign in ("<", "<=", ">", ">=", "==", "!=")},
    "if": Infix("if", Level.CHOICE, chosen),
}
"""The contract of how tightly things bind: * ⊙ @ / alike, from left to right, as in Python."""
