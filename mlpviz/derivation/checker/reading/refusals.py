"""Why a text cannot be read: the reasons by key, and what to write instead."""

from __future__ import annotations

from ....maths.messages import N_, Refusal
from .syntax import Span

REASONS = {
    "no target": N_(
        "What should this be? Put the array and an equals sign before it, as in dW[2] = …, or choose what it should be."
    ),
    "own left": N_("Nothing says what {text} should be: choose the array that it stands for."),
    "given": N_("{text} is given and not computed, so no formula can be right or wrong about it."),
    "empty": N_("There is no formula here yet."),
    "long": N_("A formula may have at most {limit} characters, and this one has {count}."),
    "brackets": N_("A formula may have at most {limit} brackets, and this one has {count}."),
    "operands": N_("A formula may have at most {limit} symbols and numbers, and this one has {count}."),
    "sides": N_("A line may have at most {limit} equal parts, and this one has {count}."),
    "parts": N_("With its functions written out a formula may have at most {limit} parts."),
    "character": N_("{character} is not a character that formulas are written in."),
    "look-alike": N_("{character} is not a character that formulas are written in, though it looks like {twin}."),
    "command": N_("The LaTeX command {text} is not one that formulas are written in."),
    "attribute": N_("“.{text}” is not read here; .T is the transpose, and .dot(…), .sum(…) and the like are read."),
    "call": N_("{text} is not a function that is read here."),
    "call instead": N_("{text} is not a function that is read here, but {hint} is."),
    "name": N_("Nothing says what {text} is: name an array A, Z, W, b, delta, X or Y, or say what it stands for."),
    "name decay": N_(
        "{text} is the strength of weight decay unless it is said what else it is; here it looks like an array."
    ),
    "power": N_("Only a number can be a power here, as in A[1]**2; ^T or .T is the transpose."),
    "layer": N_("{text} needs the number of its layer, as in {text}[1]."),
    "no layers": N_("{text} belongs to no layer, so it takes no layer number."),
    "index": N_("An index is the number of a layer here, as in A[1] or W[l]."),
    "two layers": N_(
        "{text} has two numbers, and one is its layer: single entries are not read, so write whole arrays."
    ),
    "entry": N_("{text} is followed by an index: single entries are not read, so write whole arrays, as in {text}[1]."),
    "chosen": N_(
        "This changes some entries of an array that another line makes: check both lines as a program, or write one "
        "formula with a factor such as (Z[1] > 0)."
    ),
    "indices": N_("These single entries do not add up to whole arrays in one way: write whole arrays, as in W[2].T."),
    "links": N_(
        "This is no step of the chain rule that is read beside arrays: write ∂J/∂a ∂a/∂z ∂z/∂W, or whole arrays."
    ),
    "missing at the end": N_("Something is missing at the end."),
    "missing after": N_("Something is missing after {sign}."),
    "missing before": N_("Something is missing before “{sign}”."),
    "unexpected": N_("{text} cannot stand where it does."),
    "construct": N_("What is marked here is not read in a formula."),
    "open": N_("A bracket is opened and not closed."),
    "colon": N_("The colon at the end of the line is missing."),
    "closed": N_("A bracket is closed that was not opened."),
    "numbers": N_("The numbers {left} and {right} stand side by side with no sign between them."),
    "few arguments": N_("Something is missing in the brackets of a function."),
    "many arguments": N_("There is too much in the brackets of {text}."),
    "keyword": N_("{text} is not a parameter that is read here."),
    "axis": N_("An axis is 0 or 1 here: that of the rows or that of the columns."),
    "condition": N_("A condition compares two arrays with < or >, as in Z[1] > 0."),
    "function": N_("{text} needs its argument in round brackets."),
    "no slope": N_("The input has no activation, so it has no f': write f'(…) of the z of a layer, as in f'(Z[1])."),
    "argument": N_("f'(…) needs an argument that belongs to a layer, such as f'(Z[1])."),
    "number": N_("The number {text} is too large."),
    "small number": N_("The number {text} is too small: a computer holds 0 in its place."),
    "size": N_("An array may have at most {limit} rows and columns here."),
    "equals": N_("An equals sign has a gradient or an array on its left."),
    "long program": N_("A program may have at most {limit} characters, and this one has {count}."),
    "many lines": N_("A program may have at most {limit} lines, and this one has {count}."),
    "many statements": N_("A program may have at most {limit} statements."),
    "deep program": N_("Blocks may stand at most {limit} deep in one another."),
    "comma": N_("Lists are not read here: name the arrays instead, such as f'(Z[1]) for a mask of derivatives."),
    "entries differ": N_("Numbers that differ hold for your own network only: name the array that they stand for."),
    "length": N_("Numbers in brackets stand for a layer of as many units, and not exactly one layer has {count}."),
    "gradient": N_("{text} is not one of the gradients here, which are those by W, b, Z and A."),
}
"""Why a formula cannot be read, by key and perhaps variant."""

LONGEST_WORD = 24
"""Most characters of a learner's word that a sentence repeats."""


class Unread(Refusal):
    """A text that cannot be read: ``key`` is the reason, ``variant`` chooses among its sentences.

    ``span`` is the place at fault, where it is known; ``unknown`` are the names that nothing says what they are.
    """

    def __init__(
        self,
        key: str,
        variant: str = "",
        *,
        text: str = "",
        span: Span | None = None,
        unknown: tuple[str, ...] = (),
        **details: object,
    ):
        super().__init__(REASONS[f"{key} {variant}".strip()], text=shortened(text), **details)
        self.key, self.span, self.unknown = key, span, unknown

    def at(self, span: Span) -> Unread:
        """The refusal with a place, unless it has one."""
        self.span = self.span or span
        return self

    def __reduce__(self) -> tuple[object, ...]:
        return Refusal, (self.message,)


def shortened(word: str) -> str:
    return word if len(word) <= LONGEST_WORD else word[: LONGEST_WORD - 1] + ("…”" if word.startswith("“") else "…")
