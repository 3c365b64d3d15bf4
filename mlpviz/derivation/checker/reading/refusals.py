"""Why a text cannot be read: the reasons by key, and what to write instead."""

from __future__ import annotations

from ....maths.activations import ACTIVATIONS
from ....maths.messages import N_, Message, Refusal
from .syntax import Span

REASONS = {
    "empty": N_("There is no formula here yet."),
    "long": N_("A formula may have at most {limit} characters, and this one has {count}."),
    "brackets": N_("A formula may have at most {limit} brackets, and this one has {count}."),
    "operands": N_("A formula may have at most {limit} symbols and numbers, and this one has {count}."),
    "character": N_("{character} is not a character that formulas are written in."),
    "look-alike": N_("{character} is not a character that formulas are written in, though it looks like {twin}."),
    "command": N_("The LaTeX command {text} is not one that formulas are written in."),
    "command instead": N_("The LaTeX command {text} is not one that formulas are written in: {hint}."),
    "attribute": N_("The only thing that may follow a dot is T, the transpose; this formula has .{text}."),
    "attribute instead": N_(
        "The only thing that may follow a dot is T, the transpose; this formula has .{text}: {hint}."
    ),
    "call": N_("The only functions are f', sum and diag, and {text} is none of them."),
    "call instead": N_("The only functions are f', sum and diag, and {text} is none of them: {hint}."),
    "name": N_(
        "{text} is not a name that formulas are written in: arrays are A, Z, W, b, delta, X and Y, numbers m, l2."
    ),
    "power": N_("There are no powers here: write x * x for a square, and ^T or .T for a transpose."),
    "layer": N_("{text} needs the number of its layer, as in {text}[1]."),
    "no layers": N_("{text} belongs to no layer, so it takes no layer number, and there are no powers here."),
    "index": N_("{text} is not the number of a layer."),
    "two layers": N_(
        "{text} has two numbers, and one is its layer: entries and powers are not read, so write whole arrays, and "
        "x * x for a square."
    ),
    "entry": N_("{text} is followed by an index: single entries are not read, so write whole arrays, as in {text}[1]."),
    "indices": N_("These single entries do not add up to whole arrays in one way: write whole arrays, as in W[2].T."),
    "links": N_(
        "This is no step of the chain rule that is read beside arrays: write ∂J/∂a ∂a/∂z ∂z/∂W, or whole arrays."
    ),
    "missing at the end": N_("Something is missing at the end."),
    "missing after": N_("Something is missing after {sign}."),
    "missing before": N_("Something is missing before “{sign}”."),
    "unexpected": N_("{text} cannot stand where it does."),
    "open": N_("A bracket is opened and not closed."),
    "closed": N_("A bracket is closed that was not opened."),
    "numbers": N_("The numbers {left} and {right} stand side by side with no sign between them."),
    "function": N_("{text} needs its argument in round brackets."),
    "activation": N_("The activation of layer {layer} is {own}, not {text}: write f'(…) for its derivative."),
    "no slope": N_("The input has no activation, so it has no f': write f'(…) of the z of a layer, as in f'(Z[1])."),
    "argument": N_("f'(…) needs an argument that belongs to a layer, such as f'(Z[1])."),
    "number": N_("The number {text} is too large."),
    "equals": N_("A line has at most one equals sign, with a gradient or an array on its left."),
    "comma": N_("Lists of numbers are not read: name the arrays instead, such as f'(Z[1]) for a mask of derivatives."),
    "gradient": N_("{text} is not one of the gradients here, which are those by W, b, Z and A."),
}
"""Why a formula cannot be read, by key and perhaps variant."""

GENERIC = frozenset("f g h σ φ ϕ sigma phi d_f".split())
"""Letters that stand for whatever activation a layer has."""

INSTEAD = {
    **dict.fromkeys(("sum", "nansum"), N_("sum(…) adds up the samples")),
    "mean": N_("sum(…) / m is the mean over the samples"),
    **dict.fromkeys(("dot", "matmul", "mm"), N_("@ is the matrix product")),
    "outer": N_("a column @ a row is the outer product"),
    **dict.fromkeys(("multiply", "mul"), N_("* or ⊙ is the product entry by entry")),
    "times": N_("@ is the matrix product, and * or ⊙ the one entry by entry"),
    **dict.fromkeys(("transpose", "t", "mT", "H", "swapaxes"), N_("write .T")),
    **dict.fromkeys(("square", "pow", "power"), N_("write x * x for a square")),
    "diagflat": N_("diag(…) makes a diagonal matrix"),
    **dict.fromkeys((*GENERIC, *ACTIVATIONS), N_("write A[1] for f(Z[1])")),
}
"""What to write instead of functions that cannot be read."""

LONGEST_WORD = 24
"""Most characters of a learner's word that a sentence repeats."""


class Unread(Refusal):
    """A text that cannot be read: ``key`` is the reason, ``variant`` chooses among its sentences.

    ``span`` is the place at fault, where it is known.
    """

    def __init__(self, key: str, variant: str = "", *, text: str = "", span: Span | None = None, **details: object):
        hint = hint_for(text) if f"{key} instead" in REASONS else ""
        if hint:
            variant, details = "instead", details | {"hint": Message(hint)}
        super().__init__(REASONS[f"{key} {variant}".strip()], text=shortened(text), **details)
        self.key, self.span = key, span

    def at(self, span: Span) -> Unread:
        """The refusal with a place, unless it has one."""
        self.span = self.span or span
        return self

    def __reduce__(self) -> tuple[object, ...]:
        return Refusal, (self.message,)


def shortened(word: str) -> str:
    return word if len(word) <= LONGEST_WORD else word[: LONGEST_WORD - 1] + ("…”" if word.startswith("“") else "…")


def hint_for(word: str) -> str:
    """What to write instead of a learner's word, or ""."""
    bare = word.strip("“”\\")
    return INSTEAD.get(bare, INSTEAD.get(bare.lower(), ""))
