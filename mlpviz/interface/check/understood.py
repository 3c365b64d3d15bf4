"""What of a text was understood though it is not read as a whole: the arrays that it names, with their shapes."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from ...derivation.checker.reading import Unread, read
from ...derivation.checker.reading.lexer import Token, tokens
from ...derivation.checker.reading.names import Namespace
from ...derivation.printing.target import target_text
from ...maths.expressions import Symbol
from ...maths.symbols import SCALARS
from ..shell import session
from ..shell.toolbar import plain
from ..shell.translation import C_, _
from ..widgets.tables import table
from .checked import Checked
from .writing import symbol_of

ENDS = frozenset({"word", "number", ")", "]", "}"})
"""How the name of an array ends."""

MOST, LONGEST = 12, 8
"""Arrays that are told, and tokens of one name: δ^{(l+1)} has seven."""


def understood(checked: Checked) -> None:
    """The arrays that a text names, each with its shape here."""
    rows, view = [], checked.view
    for written, symbol in arrays(checked):
        size = "" if symbol.name in SCALARS else "{} × {}".format(*view.size(symbol))
        rows.append([f"`{written}`", plain(target_text(symbol, checked.notation)), size])
    if rows:
        with st.container(key="understood", gap="small"):
            st.caption(_("What was understood"))
            table([C_("of a formula", "written"), C_("of a formula", "what it is"), C_("in numbers", "here")], rows)


def arrays(checked: Checked) -> Iterator[tuple[str, Symbol]]:
    """The names of arrays in a text as they are written, each once, with what they stand for."""
    text, words, place = checked.text, readable_part(checked.text), 0
    told: set[Symbol] = set()
    while place < len(words) and len(told) < MOST:
        length, symbol = (
            named(text, words[place : place + LONGEST], checked) if words[place].kind == "word" else (1, None)
        )
        if symbol is not None and symbol not in told:
            told.add(symbol)
            yield text[words[place].span[0] : words[place + length - 1].span[1]], symbol
        place += length


def readable_part(text: str) -> list[Token]:
    """The tokens of a text up to what cannot be read."""
    try:
        return tokens(text)[:-1]
    except Unread as refusal:
        return readable_part(text[: refusal.span[0]]) if refusal.span and refusal.span[0] else []


def named(text: str, words: list[Token], checked: Checked) -> tuple[int, Symbol | None]:
    """How many of some tokens are one name, the most of them, and what it stands for."""
    start = words[0].span[0]
    for length in range(len(words), 0, -1):
        if words[length - 1].kind not in ENDS:
            continue
        symbol = read_alone(text[start : words[length - 1].span[1]], checked)
        if symbol is not None:
            return length, symbol
    return 1, None


def read_alone(piece: str, checked: Checked) -> Symbol | None:
    """The array that a piece of text names, if it is but a name of one that is there."""
    architecture, asked = checked.parameters.architecture, checked.verdict.target
    layer = asked.layer if asked and isinstance(asked.layer, int) else architecture.depth
    own = {name: symbol_of(quantity) for name, quantity in session.current().given}
    scope = Namespace(architecture, checked.notation, layer, given=own)
    try:
        reading = read(piece, scope)
    except Unread:
        return None
    symbol = reading.sides[0].symbol if len(reading.sides) == 1 else None
    return symbol if symbol is not None and scope.has(symbol) else None
