"""Why a formula is not read, in one sentence each."""

from __future__ import annotations

REASONS = {
    "empty": "There is no formula here yet.",
    "long": "A formula may have at most {limit} characters, and this one has {count}.",
    "brackets": "A formula may have at most {limit} brackets, and this one has {count}.",
    "operands": "A formula may have at most {limit} symbols and numbers, and this one has {count}.",
    "character": "{character} is not a character that formulas are written in.",
    "look-alike": "{character} is not a character that formulas are written in, though it looks like {twin}.",
    "command": "The LaTeX command {text} is not one that formulas are written in.",
    "attribute": "The only thing that may follow a dot is T, the transpose; this formula has .{text}.",
    "call": "The only functions are f', sum and diag, and {text} is none of them.",
    "name": "{text} is not a name that formulas are written in: arrays are A, Z, W, b, delta, X and Y, numbers m, l2.",
    "power": "There are no powers here: write x * x for a square, and ^T or .T for a transpose.",
    "layer": "{text} needs the number of its layer, as in {text}[1].",
    "no layers": "{text} belongs to no layer, so it takes no layer number.",
    "index": "{text} is not the number of a layer.",
    "two layers": "{text} has two layer numbers.",
    "missing": "Something is missing {where}.",
    "unexpected": "{text} cannot stand where it does.",
    "open": "A bracket is opened and not closed.",
    "closed": "A bracket is closed that was not opened.",
    "numbers": "The numbers {left} and {right} stand side by side with no sign between them.",
    "function": "{text} needs its argument in round brackets.",
    "activation": "The activation of layer {layer} is {own}, not {text}: write f'(…) for its slope.",
    "argument": "f'(…) needs an argument that belongs to a layer, such as f'(Z[1]).",
    "number": "The number {text} is too large.",
    "equals": "A line has at most one equals sign, with a gradient or an array on its left.",
    "comma": "Lists of numbers are not read: name the arrays instead, such as f'(Z[1]) for a mask of slopes.",
    "circular": "{text} is what is asked for, so it cannot stand in its own formula.",
    "readings": "This can be read as {left} and as {right}, which differ: please add brackets.",
    "gradient": "{text} is not one of the gradients here, which are those by W, b and Z.",
}
"""The sentences by key."""


class Refusal(ValueError):
    """A formula that is not read; the message is one sentence."""

    def __init__(self, key: str, **details: object) -> None:
        super().__init__(REASONS[key].format(**details))
        self.key = key
