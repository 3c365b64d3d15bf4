r"""The commands of LaTeX that take arguments: what is made of each, in plain text."""

from __future__ import annotations

import re

from . import commands
from .characters import PREDICTION, Typed, as_typed, put
from .latex import Command, Reader, Rewriter, bracketed
from .refusals import Unread

FUNCTION_LETTERS = frozenset("fghsFGσφϕψθρΣΦ")


def unlatexed(text: Typed | str) -> Typed:
    """A text with LaTeX as plain text.

    Raises Unread for a command that is not in the tables, with its place.
    """
    return Rewriter(as_typed(text) if isinstance(text, str) else text, READERS).whole()


def font(latex: Rewriter, command: Command) -> Typed:
    inside = latex.argument()
    if command.name in commands.ONE and inside.text == "1":
        return put("𝟏", latex.since(command.start))
    if command.name in commands.CALLIGRAPHIC and inside.text == "L":
        return put("ℒ", latex.since(command.start))
    return bracketed(inside, latex.since(command.start)) if re.search("[-+=]", inside.text) else inside


def words(latex: Rewriter, command: Command) -> Typed:
    """A text: the command.name of a function, or words between formulas."""
    inside = latex.raw()
    if "\\" in inside:
        latex.place = command.start + len(command.name) + 1
        return font(latex, command)
    words = re.sub(r"[{}$~]", " ", inside).split()
    here = latex.since(command.start)
    bare = words[0].strip(".,:;") if words else ""
    if len(words) != 1 or bare.lower() in commands.CONNECTIVES or not re.fullmatch(r"[A-Za-z_]\w*'?", words[0]):
        return put(" ⇒ " if words else " ", here)
    return put(words[0], here)


def hat(latex: Rewriter, command: Command) -> Typed:
    inside = latex.argument()
    return put(PREDICTION[inside.text], latex.since(command.start)) if inside.text in PREDICTION else inside


def bar(latex: Rewriter, command: Command) -> Typed:
    """A bar above an array, which means the gradient by it where it stands on the left, too."""
    inside, here = latex.argument(), latex.since(command.start)
    if latex.is_adjoint and re.fullmatch(r"[WwbZzAa](?:[_^]\{[^{}]*\})*", inside.text):
        return put("∂J/∂", here) + inside
    return bracketed(inside, here) if re.search("[-+=]", inside.text) else inside


def dot(latex: Rewriter, command: Command) -> Typed:
    """A function with a dot above it, its derivative; a dot above an array says nothing."""
    inside = latex.argument()
    return inside + put("'", latex.since(command.start)) if inside.text in FUNCTION_LETTERS else inside


def hidden(latex: Rewriter, command: Command) -> Typed:
    for _ in range(commands.HIDDEN[command.name]):
        latex.raw()
    return put(" ", latex.since(command.start))


def second(latex: Rewriter, _: Command) -> Typed:
    """The second argument, without the first."""
    latex.raw()
    return latex.argument()


def underbrace(latex: Rewriter, command: Command) -> Typed:
    """What stands over or under a brace, without the text at its other side."""
    if command.name in ("underset", "overset", "stackrel"):
        return second(latex, command)
    inside = latex.argument()
    while attached := re.match(r"\s*[_^]", latex.typed.text[latex.place :]):
        latex.place += attached.end()
        latex.raw()
    return put(" ", latex.since(command.start)) + bracketed(inside, latex.since(command.start))


def fraction(latex: Rewriter, command: Command) -> Typed:
    above, below = latex.argument(), latex.argument()
    return latex.divided(above, below, latex.since(command.start))


def begin(latex: Rewriter, command: Command) -> Typed:
    environment = latex.raw().strip().rstrip("*")
    if environment in commands.MATRICES:
        latex.matrices += 1
        if environment == "array":
            latex.raw()
        return put("[[", latex.since(command.start))
    if environment not in commands.LINES:
        raise Unread("command", text=f"\\begin{{{environment}}}", span=latex.since(command.start))
    if environment.startswith("aligned") or environment == "alignat":
        latex.skip(re.compile(r"\s*(?:\[[a-z]\])?(?:\{\d+\})?"))
    return put("\n", latex.since(command.start))


def end(latex: Rewriter, command: Command) -> Typed:
    matrix = latex.raw().strip().rstrip("*") in commands.MATRICES
    latex.matrices -= matrix
    return put("]]" if matrix else "\n", latex.since(command.start))


READERS: dict[str, Reader] = {
    **dict.fromkeys(commands.FONTS, font),
    **dict.fromkeys(commands.TEXTS, words),
    **dict.fromkeys(("hat", "widehat"), hat),
    "dot": dot,
    **dict.fromkeys(("bar", "overline"), bar),
    **dict.fromkeys(commands.HIDDEN, hidden),
    **dict.fromkeys(("textcolor", "colorbox", "mathcolor"), second),
    **dict.fromkeys(commands.BRACES, underbrace),
    **dict.fromkeys(commands.FRACTIONS, fraction),
    "begin": begin,
    "end": end,
}
"""The commands that take arguments."""
