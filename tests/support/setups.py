"""Setups for the tests, with bases that need no preset."""

from mlpviz.setup.setup import Setup

BASE = Setup(
    preset="two-three-two",
    widths=(2, 3, 2),
    activations=("relu", "sigmoid"),
    loss="half_squared_error",
    reduction="sum",
    X=((0.5, -1.0),),
    Y=((1.0, 0.0),),
    entries={("W", 1, r, c): 0.1 * r - 0.7 * c for r in range(3) for c in range(2)} | {("b", 2, 0, 1): -0.25},
)
BATCH = Setup(
    preset="softmax",
    widths=(3, 4, 2),
    activations=("tanh", "softmax"),
    loss="cross_entropy",
    reduction="mean_samples",
    X=((0.5, -1.0, 2.0), (0.25, 1.5, -0.125), (1.0, 0.0, 3.5)),
    Y=((1.0, 0.0), (0.0, 1.0), (0.5, 0.5)),
    initializer="xavier_normal",
    seed=7,
)
BASES = {"two-three-two": BASE, "softmax": BATCH}
