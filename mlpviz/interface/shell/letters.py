"""What a text calls single numbers, beside what they are called here, for who has chosen to write like it."""

from __future__ import annotations

from ...derivation import beside
from ...derivation.notation import Notation
from ...derivation.texts import TEXTS, Letter, Text
from ...derivation.view import View
from ...maths.expressions import Symbol
from ...setup.checks import architecture_of
from ...setup.setup import Setup


def own_letters(setup: Setup) -> str:
    """The letters of the text whose hand and preset a setup has, as Markdown; nothing if it has none of its own."""
    texts = (text for text in TEXTS.values() if setup.hand in text.hands and setup.preset in text.letters)
    text = next(texts, None)
    return written(text, setup) if text else ""


def written(text: Text, setup: Setup) -> str:
    """A text's letters for the numbers of a setup's preset, each with the letter that it has here."""
    view = View(architecture_of(setup), 1, setup.notation)
    return ", ".join(f"${{{letter.theirs} = {here(letter, view)}}}$" for letter in text.letters[setup.preset])


def here(letter: Letter, view: View) -> str:
    """An entry of an array as the notation writes it."""
    return beside.named(view, Symbol(letter.array, letter.layer), index(letter, view.notation))


def index(letter: Letter, notation: Notation) -> str:
    """The indices of an entry: both of a weight, of one sample's number the unit's alone."""
    row, column = (k + notation.first_index for k in letter.entry)
    if letter.array != "W":
        return str(column)
    return f"{column}{row}" if letter.array in notation.transposed else f"{row}{column}"
