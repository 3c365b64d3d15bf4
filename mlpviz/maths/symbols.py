"""What every symbol of the equations stands for: one row each, read by whatever computes, writes or reads formulas.

Canonical storage: samples are rows, W[l] is (n_l, n_{l−1}), b[l] is (1, n_l).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from .expressions import Here, Symbol
from .messages import N_

Dimension = Symbol | int
Shape = tuple[Dimension, Dimension]

m, n = Symbol("m"), Symbol("n", Here())  # samples; units of a layer

BATCH: Shape = (m, n)
EDGES: Shape = (n, n.below)
UNITS: Shape = (1, n)
SAMPLES: Shape = (m, 1)
NUMBER: Shape = (1, 1)


class Role(StrEnum):
    """The role of a symbol in a pass through the network."""

    PARAMETER = "parameter"
    VALUE = "value"
    ERROR = "error"
    GRADIENT = "gradient"
    CARRIED = "carried"
    STATE = "state"
    UPDATED = "updated"
    LABEL = "label"
    LOSS = "loss"
    COST = "cost"
    CHANGE = "change"
    CONSTANT = "constant"


PER = {BATCH: "activation", EDGES: "edge", UNITS: "unit", SAMPLES: "sample", NUMBER: "network"}
"""What each entry of a symbol with some shape belongs to."""


@dataclass(frozen=True)
class Quantity:
    """What one symbol stands for, and how it is written.

    ``shape`` is that at its own layer l; what is not ``layered`` belongs to the whole network, and its shape to the
    output. ``of`` names the symbol by which it is the cost's slope, that it updates, or that it is kept for.
    ``letters`` are for a batch and for one sample; what has none is written by means of ``of``. ``spellings`` are what
    a typed formula may call it and ``words`` what else programs do, ``code`` is what a program calls it, if not by its
    name or as the new ``of``; {cost} is the letter of the cost.
    """

    name: str
    role: Role
    shape: Shape
    letters: tuple[str, str] | None = None
    of: str = ""
    spellings: tuple[str, ...] = ()
    words: str = ""
    code: str = ""
    layered: bool = True
    lowest: int = 1
    """The first layer that has one."""

    meaning: str = ""
    """What it is, in a few words."""

    @property
    def letter(self) -> str:
        """The letter where nothing says whether there is a batch: the large one, but a small δ."""
        return self.name if self.letters is None else self.letters[self.role is Role.ERROR]

    @property
    def is_gradient(self) -> bool:
        """Whether it is a slope of the cost, which numerator layout writes transposed."""
        return self.role in (Role.ERROR, Role.GRADIENT, Role.CARRIED)


CORRECTED = "corrected"
KINDS_OF_STATE = {
    "velocity": ("v", "v", N_("the velocity of each parameter: its past gradients, added up and fading")),
    "mean": ("m", "m", N_("the running mean of each parameter’s gradients")),
    "square": ("v", "v", N_("the running mean of each parameter’s squared gradients")),
    f"{CORRECTED} mean": ("m̂", "m_hat", N_("the running mean of gradients, corrected for its start at zero")),
    f"{CORRECTED} square": ("v̂", "v_hat", N_("the running mean of squared gradients, corrected for its start at zero")),
}
"""What an optimiser keeps of each array of parameters, or makes of it: letter, what a program calls it, and meaning."""


def state_of(parameter: str, shape: Shape) -> Iterator[Quantity]:
    """What an optimiser keeps of an array of parameters, before and after the update."""
    for kind, (letter, code, meaning) in KINDS_OF_STATE.items():
        name, code = f"{kind} {parameter}", f"{code}_{parameter}"
        yield Quantity(name, Role.STATE, shape, (letter, letter), of=parameter, code=code, meaning=meaning)
        if not kind.startswith(CORRECTED):
            yield Quantity(f"new {name}", Role.UPDATED, shape, of=name, meaning=meaning)


QUANTITIES = {
    quantity.name: quantity
    for quantity in (
        Quantity(
            "W",
            Role.PARAMETER,
            EDGES,
            ("W", "W"),
            spellings=("W", "w"),
            words="weights weight Weights Ws kernel kernels Θ",
            meaning=N_("the weights of the layer, one for each wire from a unit below to a unit of the layer"),
        ),
        Quantity(
            "b",
            Role.PARAMETER,
            UNITS,
            ("b", "b"),
            spellings=("b",),
            words="bias biases Biases bs B",
            meaning=N_("the biases of the layer, one for each unit"),
        ),
        Quantity(
            "Z",
            Role.VALUE,
            BATCH,
            ("Z", "z"),
            spellings=("Z", "z"),
            words="zs Zs pre_activations preactivations logits",
            meaning=N_(
                "the weighted sums of the layer before the activation function (pre-activations; at the output: logits)"
            ),
        ),
        Quantity(
            "A",
            Role.VALUE,
            BATCH,
            ("A", "a"),
            spellings=("A", "a"),
            lowest=0,
            words="activations acts",
            meaning=N_("the activations of the layer: what its units give to the next layer"),
        ),
        Quantity(
            "delta",
            Role.ERROR,
            BATCH,
            ("Δ", "δ"),
            of="Z",
            spellings=("delta", "Delta", "δ", "Δ", r"\delta", r"\Delta", "dZ", "dz"),
            words="deltas",
            meaning=N_("the error: the derivative of the cost with respect to the weighted sums of the layer"),
        ),
        Quantity(
            "dW",
            Role.GRADIENT,
            EDGES,
            of="W",
            spellings=("dW", "dw", "W_g", "W_grad", "dJ_dW", "dL_dW"),
            meaning=N_("the gradient of the weights: the derivative of the cost with respect to each of them"),
        ),
        Quantity(
            "db",
            Role.GRADIENT,
            UNITS,
            of="b",
            spellings=("db", "b_g", "b_grad", "dJ_db", "dL_db"),
            meaning=N_("the gradient of the biases: the derivative of the cost with respect to each of them"),
        ),
        Quantity(
            "dA",
            Role.CARRIED,
            BATCH,
            of="A",
            spellings=("dA", "da"),
            lowest=0,
            meaning=N_("what comes back to a layer: the derivative of the cost with respect to its activations"),
        ),
        *state_of("W", EDGES),
        *state_of("b", UNITS),
        Quantity("new W", Role.UPDATED, EDGES, of="W", meaning=N_("the weights after the update")),
        Quantity("new b", Role.UPDATED, UNITS, of="b", meaning=N_("the biases after the update")),
        Quantity(
            "new Z",
            Role.UPDATED,
            BATCH,
            of="Z",
            meaning=N_("the weighted sums of the same batch with the new parameters"),
        ),
        Quantity(
            "new A",
            Role.UPDATED,
            BATCH,
            of="A",
            meaning=N_("the activations of the same batch with the new parameters"),
        ),
        Quantity(
            "Y",
            Role.LABEL,
            BATCH,
            ("Y", "y"),
            spellings=("Y", "y"),
            layered=False,
            words=(
                "y_true Y_true y_train Y_train y_batch Y_batch yb Yb target targets label labels "
                "one_hot_Y one_hot_y Y_one_hot y_one_hot y_onehot Y_onehot y_enc Y_enc"
            ),
            meaning=N_("the targets (labels): what the output should be"),
        ),
        Quantity(
            "losses",
            Role.LOSS,
            SAMPLES,
            ("ℓ", "ℓ"),
            spellings=("losses", "ℓ", r"\ell"),
            layered=False,
            meaning=N_("the loss of each example: how far its output is from its target"),
        ),
        Quantity(
            "cost",
            Role.COST,
            NUMBER,
            spellings=("J", "L", "C", "ℒ", "E", "cost"),
            words="loss Loss total_loss total_cost mse MSE bce sse objective",
            code="{cost}",
            layered=False,
            meaning=N_("the cost of the whole batch, which training makes smaller"),
        ),
        Quantity(
            "new losses",
            Role.UPDATED,
            SAMPLES,
            of="losses",
            layered=False,
            meaning=N_("the loss of each example with the new parameters"),
        ),
        Quantity(
            "new cost",
            Role.UPDATED,
            NUMBER,
            of="cost",
            layered=False,
            meaning=N_("the cost of the same batch with the new parameters"),
        ),
        Quantity(
            "change",
            Role.CHANGE,
            NUMBER,
            of="cost",
            layered=False,
            meaning=N_("how much the update has changed the cost"),
        ),
        Quantity(
            "m",
            Role.CONSTANT,
            NUMBER,
            ("m", "m"),
            spellings=("m",),
            layered=False,
            words=(
                "N M batch_size num_examples n_examples num_samples n_samples N_samples nsamples "
                "num_train sample_size n_batch batchsize batchSize numSamples nSamples num_data n_train"
            ),
            meaning=N_("the number of examples in the batch"),
        ),
        Quantity(
            "n",
            Role.CONSTANT,
            NUMBER,
            ("n", "n"),
            spellings=("n",),
            lowest=0,
            meaning=N_("the number of units of a layer, the layer as index"),
        ),
        Quantity(
            "eta",
            Role.CONSTANT,
            NUMBER,
            ("η", "η"),
            code="learning_rate",
            layered=False,
            words="lr learning_rate eta η learningRate step_size",
            meaning=N_("the learning rate: how far a step goes against the gradient"),
        ),
        Quantity(
            "mu",
            Role.CONSTANT,
            NUMBER,
            ("μ", "μ"),
            layered=False,
            meaning=N_("the momentum: how much of its velocity a parameter keeps"),
        ),
        Quantity(
            "alpha",
            Role.CONSTANT,
            NUMBER,
            ("α", "α"),
            layered=False,
            meaning=N_("how much of the running mean of squares is kept"),
        ),
        Quantity(
            "beta_1",
            Role.CONSTANT,
            NUMBER,
            ("β₁", "β₁"),
            layered=False,
            meaning=N_("how much of the running mean of gradients is kept"),
        ),
        Quantity(
            "beta_2",
            Role.CONSTANT,
            NUMBER,
            ("β₂", "β₂"),
            layered=False,
            meaning=N_("how much of the running mean of squared gradients is kept"),
        ),
        Quantity(
            "beta_1^t",
            Role.CONSTANT,
            NUMBER,
            ("β₁ᵗ", "β₁ᵗ"),
            code="beta_1**t",
            layered=False,
            meaning=N_("β₁ to the power of the number of updates so far, this one included"),
        ),
        Quantity(
            "beta_2^t",
            Role.CONSTANT,
            NUMBER,
            ("β₂ᵗ", "β₂ᵗ"),
            code="beta_2**t",
            layered=False,
            meaning=N_("β₂ to the power of the number of updates so far, this one included"),
        ),
        Quantity(
            "t",
            Role.CONSTANT,
            NUMBER,
            ("t", "t"),
            layered=False,
            meaning=N_("the number of updates so far, this one included"),
        ),
        Quantity(
            "epsilon",
            Role.CONSTANT,
            NUMBER,
            ("ε", "ε"),
            layered=False,
            meaning=N_("a small number that keeps the division from being by zero"),
        ),
        Quantity(
            "l2",
            Role.CONSTANT,
            NUMBER,
            ("λ", "λ"),
            spellings=("l2", "λ", r"\lambda", "lambda", "lam"),
            layered=False,
            words="lam lambd lambda_ reg reg_lambda weight_decay decay",
            meaning=N_("the strength of weight decay: how much large weights cost"),
        ),
        Quantity("scale", Role.CONSTANT, NUMBER, layered=False),
    )
}
"""Every symbol by name, in the order in which the arrays of a layer are shown."""

HATTED = ("ŷ", "Ŷ", "yhat", "Yhat", "y_hat", "Y_hat")
INPUT = Quantity(
    "input",
    Role.VALUE,
    BATCH,
    ("X", "x"),
    of="A",
    spellings=("X", "x"),
    code="X",
    layered=False,
    words="X_train x_train inputs X_batch x_batch Xb xb",
    meaning=N_("the input of the network, one example beside the other"),
)
OUTPUT = Quantity(
    "output",
    Role.VALUE,
    BATCH,
    ("Ŷ", "ŷ"),
    of="A",
    spellings=HATTED,
    layered=False,
    words="y_pred Y_pred ypred predictions prediction preds pred probs output outputs aL y_out",
    meaning=N_("the output of the network: its prediction"),
)
PLAIN_OUTPUT = replace(OUTPUT, letters=("Y", "y"), spellings=("Y", "y"))
"""The names of A at both ends of the network, of layer 0 and of layer L."""


def called(name: str, letters: tuple[str, str], code: str, spellings: tuple[str, ...] = ()) -> Quantity:
    """A symbol under other letters."""
    return replace(QUANTITIES[name], letters=letters, spellings=spellings or letters, code=code)


DH = replace(QUANTITIES["dA"], spellings=("dH", "dh"), code="dH")

LETTERS: Mapping[tuple[str, str], Mapping[str, Quantity]] = {
    ("input", "x"): {"input": INPUT},
    ("output", "yhat"): {"output": OUTPUT},
    ("output", "y"): {
        "output": PLAIN_OUTPUT,
        "Y": called("Y", ("Ŷ", "ŷ"), "Y_hat", HATTED),
    },
    ("output", "yt"): {"output": PLAIN_OUTPUT, "Y": called("Y", ("T", "t"), "T")},
    ("error", "d"): {"delta": replace(QUANTITIES["delta"], code="dZ")},
    ("letters", "zh"): {"A": called("A", ("H", "h"), "H"), "dA": DH},
    ("letters", "ah"): {"Z": called("Z", ("A", "a"), "A"), "A": called("A", ("H", "h"), "H"), "dA": DH},
    ("letters", "az"): {
        "Z": called("Z", ("A", "a"), "A"),
        "A": called("A", ("Z", "z"), "Z"),
        "dA": replace(QUANTITIES["dA"], spellings=(), code="dJ_dZ"),  # dz is the error in every notation
    },
}
"""What is called differently where a switch of the notation has a value; A at its ends is ``input`` or ``output``."""

COMMANDS = {
    "Δ": r"\Delta",
    "δ": r"\delta",
    "ℓ": r"\ell",
    "η": r"\eta",
    "λ": r"\lambda",
    "Ŷ": r"\hat{Y}",
    "ŷ": r"\hat{y}",
    "ℒ": r"\mathcal{L}",
    "μ": r"\mu",
    "α": r"\alpha",
    "β₁": r"\beta_1",
    "β₂": r"\beta_2",
    "β₁ᵗ": r"\beta_1^{t}",
    "β₂ᵗ": r"\beta_2^{t}",
    "ε": r"\epsilon",
    "m̂": r"\hat{m}",
    "v̂": r"\hat{v}",
}
"""The letters with a LaTeX command."""


def named(*roles: Role) -> tuple[str, ...]:
    """The names of the symbols with the given roles, role by role."""
    return tuple(each.name for role in roles for each in QUANTITIES.values() if each.role is role)


SCALARS = frozenset(each.name for each in QUANTITIES.values() if each.shape == NUMBER)
"""The symbols that are single numbers."""

BEFORE = {name: QUANTITIES[name].of for name in named(Role.UPDATED)}
"""For each array after the update, the name of the one before."""

ANEW = {before: name for name, before in BEFORE.items()}
"""The inverse."""

SLOPES = {each.of: each.name for each in QUANTITIES.values() if each.is_gradient}
"""For each array the derivative of the cost by it."""

CONSTANTS = frozenset(named(Role.CONSTANT))
"""The scalars that no equation computes."""

COMPUTED = named(Role.GRADIENT, Role.ERROR, Role.CARRIED, Role.VALUE, Role.LOSS, Role.COST)
"""What a pass computes from its parameters and batch; what is carried back is a part of an error's equation."""
