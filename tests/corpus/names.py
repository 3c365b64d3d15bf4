"""How people spell the names of arrays: the letters in many hands, and words of their own."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

RAISED = str.maketrans("0123456789()", "⁰¹²³⁴⁵⁶⁷⁸⁹⁽⁾")
LOWERED = str.maketrans("0123456789", "₀₁₂₃₄₅₆₇₈₉")
SLANTED = {"W": "𝑊", "A": "𝐴", "Z": "𝑍", "Y": "𝑌", "X": "𝑋", "b": "𝑏", "delta": "𝛿"}


@dataclass(frozen=True)
class Style:
    """How a name is made of its letter and its layer.

    ``forms`` take turns with the layers; ``alone`` is of a letter without one; ``digits`` are those of the layer, and
    ``scripted`` says that a superscript is taken by it, so that another one needs brackets.
    """

    forms: tuple[str, ...] = ("{}{}",)
    letters: Mapping[str, str] = field(default_factory=dict)
    alone: str = "{}"
    digits: Mapping[int, int] = field(default_factory=dict)
    scripted: bool = False
    penalty: str = "l2"
    input: str = "X"

    def spelled(self, letter: str, layer: int | None) -> str:
        shown = self.letters.get(letter, letter)
        if layer is None:
            return self.alone.format(shown)
        return self.forms[layer % len(self.forms)].format(shown, str(layer).translate(self.digits))


LATEX = {"letters": {"delta": r"\delta"}, "penalty": r"\lambda"}
GREEK = {"delta": "δ"}

STYLES: dict[str, Style] = {
    "code": Style(),
    "own": Style(),
    "theta": Style(),
    "dots": Style(),
    "dz": Style(letters={"delta": "dZ"}),
    "greek": Style(letters=GREEK),
    "brackets": Style(("{}[{}]",)),
    "round": Style(("{}^{{({})}}",), scripted=True, **LATEX),
    "square": Style(("{}^{{[{}]}}",), scripted=True, input="", **LATEX),
    "subscript": Style(("{}_{{{}}}", "{}_{}"), **LATEX),
    "bold": Style(
        (r"{}^{{({})}}",),
        {letter: rf"\mathbf{{{letter}}}" for letter in "WAZYXb"} | {"delta": r"\boldsymbol{\delta}"},
        scripted=True,
        penalty=r"\lambda",
    ),
    "superscript": Style(("{}⁽{}⁾",), GREEK, digits=RAISED, scripted=True),
    "subscripts": Style(letters=GREEK, digits=LOWERED),
    "italic": Style(letters=SLANTED, digits=LOWERED),
}

OWN: dict[str, dict[str, str]] = {
    "own": {
        "A[1]": "h_relu",
        "Z[1]": "h",
        "A[2]": "y_pred",
        "Y": "target",
        "W[1]": "w1",
        "W[2]": "w2",
        "delta[2]": "grad_out",
        "delta[1]": "grad_h",
        "dW[1]": "grad_w1",
        "dW[2]": "grad_w2",
        "dA[1]": "grad_h_relu",
        "db[1]": "grad_b1",
        "db[2]": "grad_b2",
        "Z[2]": "scores",
    },
    "theta": {
        "W[1]": "Theta1",
        "W[2]": "Theta2",
        "dW[1]": "Theta1_grad",
        "dW[2]": "Theta2_grad",
        "Y": "labels",
        "delta[2]": "d3",
        "delta[1]": "d2",
    },
    "dots": {
        "A[1]": "hidden",
        "A[2]": "output",
        "W[2]": "w.out",
        "W[1]": "w.hidden",
        "delta[2]": "delta.out",
        "delta[1]": "delta.hidden",
        "dW[2]": "grad.out",
    },
}


def canonical(letter: str, layer: int | None) -> str:
    return letter if layer is None else f"{letter}[{layer}]"


def spelled(letter: str, layer: int | None, style: str) -> str:
    """A name in a style, or somebody's own word for it."""
    entry = STYLES[style]
    if letter == "l2":
        return entry.penalty
    if letter == "A" and layer == 0 and entry.input:
        letter, layer = entry.input, None
    return OWN.get(style, {}).get(canonical(letter, layer)) or entry.spelled(letter, layer)


def scripted(tree: tuple[object, ...], style: str) -> bool:
    """Whether a tree is a name with a superscript."""
    return tree[0] == "name" and tree[2] is not None and (tree[2] != 0 or style == "square") and STYLES[style].scripted
