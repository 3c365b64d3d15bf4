"""The equations of any layer, with letters in the place of its number: l, the layers beside it, and L, the last."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, fields, replace
from typing import Self

from ..maths.architecture import Architecture
from ..maths.equations import equation
from ..maths.expressions import Symbol
from .printing.latex import equation_latex
from .view import View

LAST = "L"
"""The letter of the last layer's number."""

FORWARD, BACKWARD, UPDATE = (
    ("affine map", "activation"),
    ("weight gradient", "bias gradient"),
    ("weight update", "bias update"),
)
"""The equations that every layer has."""


@dataclass(frozen=True)
class LetteredView(View):
    """A view that names each layer by its letters."""

    letters: tuple[str, ...] = field(default=(), kw_only=True)

    def layer_text(self, symbol: Symbol) -> str:
        assert isinstance(symbol.layer, int), f"{symbol} has no absolute layer"
        return self.letters[self.notation.number(symbol) - self.notation.first_layer]

    @classmethod
    def over(cls, view: View, letters: tuple[str, ...]) -> Self:
        return cls(**{each.name: getattr(view, each.name) for each in fields(View)}, letters=letters)


def last_layers(view: View, last: str = LAST) -> LetteredView:
    """A network whose layers are counted back from the last."""
    L = view.architecture.depth
    return LetteredView.over(view, (*(f"{last}-{L - l}" for l in range(L)), last))


def middle(view: View, activation: str) -> LetteredView:
    """Five layers about l, its number 2 of them, all with one activation, which has the letter f if it has none."""
    own = view.architecture
    letter = view.notation.activation
    hidden = set(own.activations[:-1])
    common = letter != "named" or hidden == {activation}
    notation = replace(view.notation, activation=letter if common else "f")
    network = Architecture((2, 3, 4, 5, 6), (activation,) * 4, "half_squared_error", own.reduction, own.bias, own.l2)
    return LetteredView.over(replace(view, architecture=network, notation=notation), ("l-2", "l-1", "l", "l+1", "l+2"))


def every_layer(view: View, names: tuple[str, ...], activation: str) -> Iterator[str]:
    """Equations of layer l as LaTeX; those of absent biases are left out."""
    lettered = middle(view, activation)
    for name in names:
        if lettered.architecture.bias or not name.startswith("bias"):
            yield equation_latex(equation(lettered.architecture, name, 2), lettered)


def hidden_activations(architecture: Architecture) -> list[str]:
    """The activations below the output for which an error has a formula of its own: the first that works entry by entry
    stands for all of these."""
    kinds = {
        architecture.activation(l).elementwise: name
        for l, name in reversed([*enumerate(architecture.activations[:-1], 1)])
    }
    return [kinds[each] for each in (True, False) if each in kinds]


def forward_lines(view: View) -> list[str]:
    """Weighted sums and activations of layer l."""
    first = next(iter(hidden_activations(view.architecture)), view.architecture.activations[-1])
    return list(every_layer(view, FORWARD, first))


def backward_lines(view: View) -> list[str]:
    """The whole algorithm: the error of the last layer, that of a layer below, and the gradients of each."""
    architecture = view.architecture
    output = equation(architecture, "output error", architecture.depth)
    hidden = [line for name in hidden_activations(architecture) for line in every_layer(view, ("hidden error",), name)]
    return [equation_latex(output, last_layers(view)), *hidden, *every_layer(view, BACKWARD, "tanh")]


def update_lines(view: View) -> list[str]:
    return list(every_layer(view, UPDATE, "tanh"))
