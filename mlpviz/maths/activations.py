"""The activations: one entry each, the rule beside its derivative.

``formula`` is f(z), ``slope`` is f′ in z and a = f(z), ``kernel`` is f(z) written so that it stays exact for extreme z.
An activation that mixes the entries of a row gives its ``pullback`` instead of a slope: the row vector v ↦ v · ∂a/∂z.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from .expressions import Apply, Expression, Max, Number, Sum, Symbol, apply, substitute, walk
from .functions import FUNCTIONS, Function
from .messages import N_
from .primitives import PRIMITIVES

z, a, v = Symbol("z"), Symbol("a"), Symbol("v")


@dataclass(frozen=True)
class Activation:
    """One activation as PyTorch defines it.

    ``kinks`` says that a derivative jumps at z = 0; ``smooth`` names an activation that stands in for it where slopes
    of 0 and 1 would hide a mistake.
    ``numpy``, ``torch`` and ``onnx`` are its names there; without them its kernel or formula is written.
    """

    name: str
    title: str
    latex: str
    text: str
    formula: Expression
    slope: Expression | None = None
    kernel: Expression | None = None
    pullback: Expression | None = None
    kinks: bool = False
    smooth: str = ""
    numpy: str = ""
    torch: str = ""
    onnx: str = ""

    def __post_init__(self) -> None:
        if self.name not in PRIMITIVES:
            onnx = apply(self.onnx, z) if self.onnx else None
            FUNCTIONS[self.name] = Function(
                self.latex, self.text, (z,), self.formula, self.kernel, numpy=self.numpy, torch=self.torch, onnx=onnx
            )
        if self.slope is not None:
            FUNCTIONS[self.slope_name] = Function(self.latex + "'", self.text + "′", (z, a), self.slope)

    @property
    def elementwise(self) -> bool:
        """Whether each a depends on its own z alone."""
        return not any(isinstance(node, Sum) for node in walk(self.formula))

    @property
    def slope_name(self) -> str:
        """The name of f′ among the functions."""
        return self.name + "'"

    def activate(self, Z: Expression) -> Expression:
        """f(Z)."""
        return Z if self.formula == z else Apply(self.name, (Z,))

    def slope_at(self, Z: Expression, A: Expression) -> Expression:
        """f′(Z), with A = f(Z)."""
        return Apply(self.slope_name, (Z, A))

    def pull_back(self, row: Expression, Z: Expression, A: Expression) -> Expression:
        """row · ∂a/∂z, sample by sample: row ⊙ f′(Z) where a depends on its own z alone."""
        if self.pullback is None:
            return row * self.slope_at(Z, A)
        values = {v: row, z: Z, a: A}
        return substitute(self.pullback, lambda symbol: values[symbol])


def greater(left: Expression, right: int) -> Expression:
    """1 where left > right, else 0."""
    return apply("greater", left, right)


sigmoid = apply("sigmoid", z)
normal_cdf = apply("normal_cdf", z)
normal_density = apply("exp", -(z * z) / 2) / Number(math.sqrt(2 * math.pi))
shifted = apply("exp", z - Max(z, 1))

ACTIVATIONS = {
    entry.name: entry
    for entry in (
        Activation("identity", N_("identity"), r"\mathrm{id}", "id", z, Number(1), pullback=v),
        Activation(
            "relu",
            N_("ReLU"),
            r"\operatorname{ReLU}",
            "ReLU",
            apply("maximum", z, 0),
            greater(z, 0),
            kinks=True,
            smooth="softplus",
            torch="torch.relu({0})",
            onnx="Relu",
        ),
        Activation(
            "leaky_relu",
            N_("leaky ReLU"),
            r"\operatorname{LReLU}",
            "LReLU",
            apply("maximum", z, 0.01 * z),
            apply("maximum", greater(z, 0), 0.01),
            kinks=True,
            smooth="silu",
            torch="F.leaky_relu({0})",
            onnx="LeakyRelu",
        ),
        Activation(
            "elu",
            N_("ELU"),
            r"\operatorname{ELU}",
            "ELU",
            apply("maximum", z, 0) + (apply("exp", apply("minimum", z, 0)) - 1),
            apply("exp", apply("minimum", z, 0)),
            kernel=apply("maximum", z, 0) + apply("expm1", apply("minimum", z, 0)),
            kinks=True,
            smooth="softplus",
            torch="F.elu({0})",
            onnx="Elu",
        ),
        Activation(
            "gelu",
            N_("GELU"),
            r"\operatorname{GELU}",
            "GELU",
            z * normal_cdf,
            normal_cdf + z * normal_density,
            torch="F.gelu({0})",
            onnx="Gelu",
        ),
        Activation(
            "silu",
            N_("SiLU"),
            r"\operatorname{SiLU}",
            "SiLU",
            z * sigmoid,
            sigmoid * (1 + z * (1 - sigmoid)),
            torch="F.silu({0})",
        ),
        Activation(
            "softplus",
            N_("softplus"),
            r"\operatorname{softplus}",
            "softplus",
            apply("log", 1 + apply("exp", z)),
            sigmoid,
            kernel=apply("maximum", z, 0) + apply("log1p", apply("exp", -apply("abs", z))),
            numpy="np.logaddexp(0, {0})",
            torch="F.softplus({0})",
            onnx="Softplus",
        ),
        Activation(
            "sigmoid",
            N_("sigmoid"),
            r"\sigma",
            "σ",
            1 / (1 + apply("exp", -z)),
            a * (1 - a),
            numpy="scipy.special.expit({0})",
            torch="torch.sigmoid({0})",
            onnx="Sigmoid",
        ),
        Activation("tanh", N_("tanh"), r"\tanh", "tanh", apply("tanh", z), 1 - a * a),
        Activation(
            "softmax",
            N_("softmax"),
            r"\operatorname{softmax}",
            "softmax",
            apply("exp", z) / Sum(apply("exp", z), 1),
            kernel=shifted / Sum(shifted, 1),
            pullback=a * (v - Sum(v * a, 1)),
            numpy="scipy.special.softmax({0}, axis={axis})",
            torch="torch.softmax({0}, dim={axis})",
            onnx="Softmax",
        ),
    )
}
