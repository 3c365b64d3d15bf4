"""What programs call the quantities besides their letters, and where they keep them."""

from __future__ import annotations

import re

from ....maths.symbols import INPUT, OUTPUT, QUANTITIES

WORDS = {word: each.name for each in (*QUANTITIES.values(), INPUT, OUTPUT) for word in each.words.split()}
"""Words by quantity; a list by layer, or a word with the number of a layer, where the quantity has layers."""

COST = "(?:J|L|C|E|l|cost|loss|Cost|Loss)"
ARRAY = "(?P<{}>[WwbZzAa])"
GRADIENT = re.compile(
    rf"(?:d{COST}?_?d?_?|(?:grads?|gradient|nabla|g)_?(?:of_)?|∇|∂){ARRAY.format('after')}"
    rf"|{ARRAY.format('before')}_?(?:grads?|gradient|g)"
)
"""The name of a gradient in a program: dL_dW, grad_W, nabla_w, W_grad."""

INSIDE = re.compile(r"(?P<letter>[WwbZzAa])_?(?P<number>[0-9]+)_?(?:grads?|gradient)")
"""A gradient with its layer inside its name: W2_grad."""

PLACED = {
    "l": re.compile(r"(?P<name>.+)_l"),
    "L": re.compile(r"(?P<name>.+?)_?L"),
    "before": re.compile(r"(?P<name>.+)_(?:prev|previous)|(?:prev|previous)_(?P<other>.+)"),
    "after": re.compile(r"(?P<name>.+)_next|next_(?P<other>.+)"),
}
"""The layer of a name as a word beside it."""

HOLDERS = frozenset(
    "self this model net network mlp ann brain nnet params parameters param cache caches grads grad gradients "
    "memory mem state store values layer ctx obj opt p c forward fwd backward bwd results".split()
)
"""What holds the arrays of a program: what is looked up in it has the name of the key."""

HOLDERS_OF_GRADIENTS = frozenset("grads grad gradients gradient dparams".split())


def by(word: str) -> str:
    """The letter of what a word for a gradient is the derivative by, or ""."""
    match = GRADIENT.fullmatch(word)
    return (match["after"] or match["before"]) if match else ""
