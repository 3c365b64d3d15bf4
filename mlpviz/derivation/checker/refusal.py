"""Why a formula is not read, in one sentence each."""

from __future__ import annotations

REASONS = {
    "empty": "There is no formula here yet.",
    "long": "A formula may have at most {limit} characters, and this one has {count}.",
    "brackets": "A formula may have at most {limit} brackets, and this one has {count}.",
    "operands": "A formula may have at most {limit} symbols and numbers, and this one has {count}.",
    "character": "{character} is not a character that formulas are written in.",
    "look-alike": "{character} is not a character that formulas are written in, though it looks like {twin}.",
    "command": "The LaTeX command {text} is not one that formulas are written in{instead}.",
    "attribute": "The only thing that may follow a dot is T, the transpose; this formula has .{text}{instead}.",
    "call": "The only functions are f', sum and diag, and {text} is none of them{instead}.",
    "name": "{text} is not a name that formulas are written in: arrays are A, Z, W, b, delta, X and Y, numbers m, l2.",
    "power": "There are no powers here: write x * x for a square, and ^T or .T for a transpose.",
    "layer": "{text} needs the number of its layer, as in {text}[1].",
    "no layers": "{text} belongs to no layer, so it takes no layer number, and there are no powers here.",
    "index": "{text} is not the number of a layer.",
    "two layers": "{text} has two numbers, and one is its layer: entries and powers are not read, so write whole "
    "arrays, and x * x for a square.",
    "entry": "{text} is followed by an index: single entries are not read, so write whole arrays, as in {text}[1].",
    "missing": "Something is missing {where}.",
    "unexpected": "{text} cannot stand where it does.",
    "open": "A bracket is opened and not closed.",
    "closed": "A bracket is closed that was not opened.",
    "numbers": "The numbers {left} and {right} stand side by side with no sign between them.",
    "function": "{text} needs its argument in round brackets.",
    "activation": "The activation of layer {layer} is {own}, not {text}: write f'(…) for its slope.",
    "no slope": "The input has no activation, so it has no f': write f'(…) of the z of a layer, as in f'(Z[1]).",
    "argument": "f'(…) needs an argument that belongs to a layer, such as f'(Z[1]).",
    "number": "The number {text} is too large.",
    "equals": "A line has at most one equals sign, with a gradient or an array on its left.",
    "comma": "Lists of numbers are not read: name the arrays instead, such as f'(Z[1]) for a mask of slopes.",
    "circular": "{text} is what is asked for, so it cannot stand in its own formula.",
    "readings": "This can be read as {left} and as {right}, which differ: please add brackets.",
    "gradient": "{text} is not one of the gradients here, which are those by W, b and Z.",
}
"""The sentences by key."""

INSTEAD = {
    **dict.fromkeys(("sum", "nansum"), "sum(…) adds up the samples"),
    "mean": "sum(…) / m is the mean over the samples",
    **dict.fromkeys(("dot", "matmul", "mm"), "@ is the matrix product"),
    "outer": "a column @ a row is the outer product",
    **dict.fromkeys(("multiply", "mul"), "* or ⊙ is the product entry by entry"),
    "times": "@ is the matrix product, and * or ⊙ the one entry by entry",
    **dict.fromkeys(("transpose", "t", "mT", "H", "swapaxes"), "write .T"),
    **dict.fromkeys(("square", "pow", "power"), "write x * x for a square"),
    "diagflat": "diag(…) makes a diagonal matrix",
    **dict.fromkeys(
        (*"f g h σ φ phi sigma sigmoid relu tanh softmax gelu silu elu".split(),), "write A[1] for f(Z[1])"
    ),
}
"""What to write in place of functions that are not read."""

LONGEST = 24
"""Characters of a learner's word that a sentence repeats."""


class Refusal(ValueError):
    """A formula that is not read; the message is one sentence."""

    def __init__(self, key: str, text: str = "", **details: object) -> None:
        super().__init__(REASONS[key].format(**details, text=shortened(text), instead=instead_of(text)))
        self.key = key


def shortened(word: str) -> str:
    """A learner's word, cut off if it is long."""
    return word if len(word) <= LONGEST else word[: LONGEST - 1] + ("…”" if word.startswith("“") else "…")


def instead_of(word: str) -> str:
    """What to write in place of a learner's word, if there is anything to say."""
    bare = word.strip("“”\\")
    hint = INSTEAD.get(bare, INSTEAD.get(bare.lower()))
    return f": {hint}" if hint else ""
