"""The losses: per sample, one entry each, with the slope and the outputs they are paired with.

``value`` is ℓ in a = A[L] and y = Y, a column with one entry a sample; ``slope`` is ∂ℓ/∂A. A pairing is an output
activation with which ∂ℓ/∂Z has a simple form of its own (``delta``) and ℓ a kernel in the logits z.
Labels of an entropy may be any probabilities; a term with y = 0 contributes exactly 0, at a logit of −∞ too.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from .activations import a, sigmoid, z
from .expressions import Apply, Expression, Here, Max, Sum, Symbol, apply
from .functions import FUNCTIONS, Function
from .messages import N_

y = Symbol("y")


@dataclass(frozen=True)
class Pairing:
    """∂ℓ/∂Z of a loss with one output activation, and ℓ from the logits."""

    delta: Expression
    kernel: Expression


@dataclass(frozen=True)
class Loss:
    """A loss; ``paired_only``: it takes only the outputs of its pairings; targets must be in ``labels``.

    Its derivative jumps where ``kink``, in a and y, is 0.
    """

    name: str
    title: str
    value: Expression
    slope: Expression
    pairings: Mapping[str, Pairing] = field(default_factory=dict)
    paired_only: bool = False
    labels: tuple[float, float] | None = None
    kink: Expression | None = None

    def __post_init__(self) -> None:
        for output in (None, *self.pairings):
            kernel = self.pairings[output].kernel if output else None
            function = Function(r"\ell", "ℓ", (a, y, z), self.value, kernel, transparent=True)
            FUNCTIONS[self.function_name(output)] = function

    @property
    def outputs(self) -> tuple[str, ...] | None:
        """The accepted output activations, or None for all."""
        return tuple(self.pairings) if self.paired_only else None

    def function_name(self, output: str | None) -> str:
        """Its name in ``FUNCTIONS``, with the output whose kernel it uses."""
        return f"{self.name} of {output}" if output in self.pairings else self.name

    def of(self, output: str, A: Expression, Y: Expression, Z: Expression) -> Apply:
        """ℓ over an output activation."""
        return Apply(self.function_name(output), (A, Y, Z))


def weighted(weight: Expression, value: Expression) -> Expression:
    """weight · value, and exactly 0 where the weight is 0."""
    return apply("weighted", weight, value)


def softplus(x: Expression) -> Expression:
    """log(1 + eˣ), the negative logarithm of 1 − σ(x)."""
    return apply("softplus", x)


centred = z - Max(z, 1)

LOGARITHMS = {
    "log_softmax": Function(
        r"\log\operatorname{softmax}",
        "log softmax",
        (z,),
        apply("log", apply("softmax", z)),
        centred - apply("log", Sum(apply("exp", centred), 1)),
        numpy="scipy.special.log_softmax({0}, axis={axis})",
        torch="torch.log_softmax({0}, dim={axis})",
    ),
    # y · softplus(−z) + (1 − y) · softplus(z): (1 − y) · z where z > 0 and −y · z elsewhere, and what both share
    "logistic_loss": Function(
        r"\operatorname{BCE}",
        "BCE",
        (y, z),
        -(weighted(y, apply("log", sigmoid)) + weighted(1 - y, apply("log", 1 - sigmoid))),
        weighted(apply("greater", z, 0) - y, z) + apply("log1p", apply("exp", -apply("abs", z))),
        numpy="(np.logaddexp(0, {1}) - {0:base} * {1:base})",
        torch='F.binary_cross_entropy_with_logits({1}, {0}, reduction="none")',
    ),
}
"""What the losses from logits are made of: each library has them, and computes them without the output a."""

FUNCTIONS.update(LOGARITHMS)

LOSSES = {
    entry.name: entry
    for entry in (
        Loss("half_squared_error", N_("half squared error"), Sum((a - y) * (a - y), 1) / 2, a - y),
        Loss("squared_error", N_("squared error"), Sum((a - y) * (a - y), 1), 2 * (a - y)),
        Loss(
            "binary_cross_entropy",
            N_("binary cross-entropy"),
            -Sum(weighted(y, apply("log", a)) + weighted(1 - y, apply("log", 1 - a)), 1),
            (a - y) / (a * (1 - a)),
            {"sigmoid": Pairing(a - y, Sum(apply("logistic_loss", y, z), 1))},
            paired_only=True,
            labels=(0.0, 1.0),
        ),
        Loss(
            "cross_entropy",
            N_("cross-entropy"),
            -Sum(weighted(y, apply("log", a)), 1),
            -(y / a),
            {
                "softmax": Pairing(a * Sum(y, 1) - y, -Sum(weighted(y, apply("log_softmax", z)), 1)),
                "sigmoid": Pairing(y * (a - 1), Sum(weighted(y, softplus(-z)), 1)),
            },
            paired_only=True,
            labels=(0.0, float("inf")),
        ),
    )
}


@dataclass(frozen=True)
class Reduction:
    """The cost of a batch: the sum of its losses over ``scale``, or the plain sum if that is None."""

    name: str
    title: str
    scale: Expression | None


m, width = Symbol("m"), Symbol("n", Here())  # samples, and units of the layer the scale is written for: the output

REDUCTIONS = {
    entry.name: entry
    for entry in (
        Reduction("sum", N_("sum over samples"), None),
        Reduction("mean_samples", N_("mean over samples"), m),
        Reduction("mean_elements", N_("mean over all entries"), m * width),
    )
}
