"""Setups for the tests, with bases that need no preset."""

import dataclasses

from hypothesis import strategies as st

from mlpviz.derivation.notation import CHOICES, Notation
from mlpviz.engine.initializers import INITIALIZERS
from mlpviz.maths.activations import ACTIVATIONS
from mlpviz.maths.losses import LOSSES, REDUCTIONS
from mlpviz.setup import limits
from mlpviz.setup.checks import shape_of
from mlpviz.setup.setup import GRAINS, PREDICTING, Setup

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


NAMES = st.text("hpθ_1.", min_size=1, max_size=limits.NAME_LENGTH)
FINITE = st.floats(-1e300, 1e300)
LABELS = st.sampled_from([0.0, 1.0, 0.25, 1 / 3])


@st.composite
def setups(draw):
    """Any setup that fits together."""
    widths = tuple(draw(st.lists(st.integers(1, 4), min_size=2, max_size=5)))
    loss = draw(st.sampled_from(sorted(LOSSES)))
    outputs = LOSSES[loss].outputs or tuple(ACTIVATIONS)
    hidden = draw(st.lists(st.sampled_from(sorted(ACTIVATIONS)), min_size=len(widths) - 2, max_size=len(widths) - 2))
    m = draw(st.integers(1, 3))
    keys = [
        (letter, l, r, c)
        for l in range(1, len(widths))
        for letter in "Wb"
        for r in range(shape_of(widths, letter, l)[0])
        for c in range(shape_of(widths, letter, l)[1])
    ]
    return Setup(
        preset=draw(st.sampled_from(sorted(BASES))),
        widths=widths,
        activations=(*hidden, draw(st.sampled_from(outputs))),
        loss=loss,
        reduction=draw(st.sampled_from(sorted(REDUCTIONS))),
        X=tuple(tuple(draw(FINITE) for _ in range(widths[0])) for _ in range(m)),
        Y=tuple(tuple(draw(LABELS) for _ in range(widths[-1])) for _ in range(m)),
        bias=draw(st.booleans()),
        l2=draw(st.floats(0, 1e6)),
        initializer=draw(st.sampled_from(sorted(INITIALIZERS))),
        seed=draw(st.integers(0, limits.SEED)),
        entries=draw(st.dictionaries(st.sampled_from(keys), FINITE, max_size=len(keys))),
        learning_rate=draw(st.floats(0, 1e6, exclude_min=True)),
        sample=draw(st.none() | st.integers(0, m - 1)),
        notation=Notation(**{name: draw(st.sampled_from(choices)) for name, choices in CHOICES.items()}),
        digits=draw(st.integers(0, limits.DIGITS)),
        grain=draw(st.sampled_from(GRAINS)),
        predict=draw(st.sampled_from(("", *PREDICTING))),
        step=draw(st.integers(0, 500)),
        formula=draw(st.text(st.characters(exclude_categories=["Cs"]), max_size=60)),
        given=tuple(draw(st.dictionaries(NAMES, st.sampled_from(["A[1]", "dW[2]", "Y", "m"]), max_size=3)).items()),
    )


def bits(setup):
    """A setup with every number in full, so that -0.0 and 0.0 differ."""
    entries = sorted((key, repr(value)) for key, value in setup.entries.items())
    return repr(dataclasses.replace(setup, entries={})), entries
