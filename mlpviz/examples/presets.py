"""The presets, one table entry each; the first is the one the program opens with.

The given numbers are tidy and, where a preset is free to choose, differ in magnitude: nothing is right by accident.
"""

from __future__ import annotations

from functools import cache

import numpy as np

from ..derivation.texts import TEXTS
from ..maths.architecture import Architecture
from ..maths.messages import N_, Message
from .preset import Batch, Preset, entries

__all__ = ["PRESETS", "Preset"]


DIGIT_ONE = 1
"""The index of a handwritten 1 among scikit-learn's digits: the text that has them draws the label of the digit 1."""


def of_text(code: str) -> Message:
    """The text that a preset is from."""
    return Message("The network of the text “{title}”", title=Message(TEXTS[code].title))


@cache
def one_digit(index: int = DIGIT_ONE) -> Batch:
    """One digit as a batch: X (1, 256), grey values from 0 to 1, and its one-hot label Y (1, 10).

    The 8×8 image becomes 16×16 by doubling every pixel, so that each number is one that was scanned.
    """
    from sklearn.datasets import load_digits

    digits = load_digits()
    image = np.kron(digits.images[index] / 16, np.ones((2, 2)))
    label = np.eye(10)[digits.target[index]]
    return (tuple(image.ravel().tolist()),), (tuple(label.tolist()),)


TABLE = (
    Preset(
        "two-three-two",
        N_("2-3-2 with ReLU and sigmoid"),
        N_(
            "Two inputs, three ReLU units and two sigmoid outputs, with half the sum of the squared errors. "
            "All three hidden units are on, so the ReLU mask is (1, 1, 1), as in the question. "
            "Watch the shapes in the hidden error: the product in the question does not multiply, this one does."
        ),
        of_text("S4"),
        Architecture((2, 3, 2), ("relu", "sigmoid"), "half_squared_error", "sum"),
        "he_normal",
        learning_rate=0.5,
        data=(((0.8, -0.55),), ((0.95, 0.05),)),
        entries=entries(
            (((0.7, -0.3), (0.2, 0.5), (-0.4, -0.9)), (0.1, 0.35, 0.15)),
            (((0.6, -0.85, 1.1), (-0.65, 1.2, 0.25)), (-0.45, 0.75)),
        ),
    ),
    Preset(
        "mazur",
        N_("Matt Mazur's 2-2-2"),
        N_(
            "A published example: show nine digits and compare with what the article prints, from the total error "
            "0.298371109 to the new weight w5 = 0.35891648. Look at an output weight first, then at a hidden weight, "
            "whose error comes from both outputs. The article leaves its biases as they are; here the update moves "
            "them too."
        ),
        N_(
            "Matt Mazur 2015, A Step by Step Backpropagation Example, "
            "https://mattmazur.com/2015/03/17/a-step-by-step-backpropagation-example/"
        ),
        Architecture((2, 2, 2), ("sigmoid", "sigmoid"), "half_squared_error", "sum"),
        "xavier_normal",
        learning_rate=0.5,
        data=(((0.05, 0.10),), ((0.01, 0.99),)),
        entries=entries(
            (((0.15, 0.20), (0.25, 0.30)), (0.35, 0.35)),
            (((0.40, 0.45), (0.50, 0.55)), (0.60, 0.60)),
        ),
    ),
    Preset(
        "binary-classifier",
        N_("Binary classifier with logistic loss"),
        N_(
            "Three layers, each a matrix product and a sigmoid, closed by the logistic loss, for three samples at once "
            "whose losses are added up. The output error is simply a − y: the derivative of the sigmoid cancels. "
            "The text that it is from puts samples in columns: “Write it like” shows its formulas."
        ),
        of_text("S0"),
        Architecture((2, 5, 4, 1), ("sigmoid", "sigmoid", "sigmoid"), "binary_cross_entropy", "sum"),
        "xavier_normal",
        learning_rate=0.5,
        data=(((0.5, -1.25), (1.5, 0.25), (-0.75, 2.0)), ((1.0,), (1.0,), (0.0,))),
        entries=entries(
            (((1.2, -0.7), (-0.9, 1.1), (0.5, 0.8), (1.4, -0.6), (-1.3, -0.3)), (0.1, -0.2, 0.3, -0.4, 0.6)),
            (
                (
                    (1.5, -1.3, 0.4, 0.7, -0.6),
                    (-0.8, 1.1, 1.8, -1.2, 0.9),
                    (0.2, -1.7, 1.0, 1.3, -0.5),
                    (-1.9, 0.6, -0.1, 1.4, 1.6),
                ),
                (-0.3, 0.5, 0.25, -0.15),
            ),
            (((1.7, -2.1, 1.3, -0.9),), (0.35,)),
        ),
    ),
    Preset(
        "one-neuron",
        N_("One neuron and its two successors"),
        N_(
            "One neuron, z = w1 x1 + w2 x2 + b, whose output goes on to z′ and z″ through w3 = 1.5 and w4 = −2.1. Read "
            "∂z/∂w off the wire: it is the input on it. ∂C/∂z collects w3 ∂C/∂z′ + w4 ∂C/∂z″ and multiplies by σ′(z); "
            "w3 + w4 alone, as one line of its text has it, even has the other sign."
        ),
        of_text("S1"),
        Architecture((2, 1, 2), ("sigmoid", "sigmoid"), "half_squared_error", "sum"),
        "xavier_normal",
        learning_rate=0.5,
        data=(((0.7, -0.4),), ((0.25, 0.9),)),
        entries=entries((((0.8, -1.2),), (-0.5,)), (((1.5,), (-2.1,)), (-0.3, 0.6))),
    ),
    Preset(
        "three-levels",
        N_("Three levels: z1, z3, z5"),
        N_(
            "Six neurons in three levels: z1 and z2 feed z3 and z4, which feed z5 and z6. "
            "Follow the errors backwards: z5 from its own output, z3 from z5 and z6, z1 from z3 and z4. "
            "Each level needs only its own derivative, its outgoing weights and the errors of the level above."
        ),
        Message("The worked example at the end of the text “{title}”", title=Message(TEXTS["S1"].title)),
        Architecture((2, 2, 2, 2), ("sigmoid", "sigmoid", "sigmoid"), "squared_error", "sum"),
        "xavier_normal",
        learning_rate=0.5,
        data=(((0.75, -0.5),), ((0.15, 0.85),)),
        entries=entries(
            (((1.2, -0.8), (0.65, 0.9)), (0.1, -0.35)),
            (((1.6, -1.1), (-0.7, 2.0)), (0.2, -0.55)),
            (((1.4, -0.6), (-0.45, 1.8)), (-0.25, 0.4)),
        ),
    ),
    Preset(
        "digit",
        N_("A handwritten digit, 256 to 10"),
        N_(
            "A handwritten 1, 16 by 16 pixels, goes into 256 inputs; softmax makes ten probabilities of the ten "
            "outputs. The output error is the probabilities minus the label: only the entry of the digit 1 is "
            "negative. A blank pixel has the input 0, so its column in the first weight gradient is exactly zero."
        ),
        Message(
            "The digits of the text “{title}”; this one is from the data that come with scikit-learn",
            title=Message(TEXTS["S1"].title),
        ),
        Architecture((256, 16, 10), ("sigmoid", "softmax"), "cross_entropy", "sum"),
        "xavier_normal",
        learning_rate=0.1,
        data=one_digit,
    ),
    Preset(
        "softmax-batch",
        N_("Softmax network with a batch"),
        N_(
            "Three layers, tanh and softmax, and four samples as rows, with the mean cross-entropy. The division by 4 "
            "happens once, in the output error; each weight gradient is then a plain product that adds up over the "
            "samples. All widths and the batch size differ, so a misplaced factor shows in the shapes."
        ),
        of_text("S2"),
        Architecture((2, 6, 5, 3), ("tanh", "tanh", "softmax"), "cross_entropy", "mean_samples"),
        "xavier_normal",
        learning_rate=0.5,
        seed=3,
        data=(
            ((0.5, -0.8), (-0.6, 0.45), (1.4, 0.7), (-1.1, -0.35)),
            ((1.0, 0.0, 0.0), (0.0, 0.0, 1.0), (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
        ),
        entries=entries(
            ((), (0.15, -0.25, 0.05, 0.3, -0.1, 0.2)),
            ((), (-0.35, 0.4, -0.05, 0.1, 0.25)),
            ((), (0.2, -0.15, 0.3)),
        ),
    ),
    Preset(
        "broadcast-trap",
        N_("The bias that broadcasts the wrong way"),
        N_(
            "Three samples and three hidden units, so Z of the first layer is 3 by 3. With samples in columns, a bias "
            "kept as a plain list of three numbers is added along the wrong axis and nothing complains: each sample "
            "gets a bias of its own, not each unit. With four samples the same line stops with an error; a 3 by 1 bias "
            "always works."
        ),
        Message(
            "The remark on NumPy in the text “{title}”, made with a batch of three", title=Message(TEXTS["S0"].title)
        ),
        Architecture((2, 3, 1), ("tanh", "sigmoid"), "binary_cross_entropy", "mean_samples"),
        "xavier_normal",
        learning_rate=0.5,
        data=(((0.25, 0.9), (-0.65, 0.55), (1.3, -0.45)), ((1.0,), (0.0,), (1.0,))),
        entries=entries((((0.8, -0.4), (-0.6, 0.7), (0.3, 1.1)), (0.5, -1.05, 0.75)), (((1.2, -0.85, 0.95),), (-0.2,))),
    ),
    Preset(
        "xor",
        N_("Exclusive or"),
        N_(
            "The four samples of exclusive or, which no single layer can separate; three tanh units can. "
            "One update lowers the cost by a little; after a few hundred all four outputs are right. "
            "The cost is the mean over all entries of the output, as PyTorch takes it."
        ),
        N_("A classic: the smallest data that need a hidden layer"),
        Architecture((2, 3, 1), ("tanh", "sigmoid"), "binary_cross_entropy", "mean_elements"),
        "xavier_normal",
        learning_rate=0.5,
        data=(((0.0, 0.0), (0.0, 1.0), (1.0, 0.0), (1.0, 1.0)), ((0.0,), (1.0,), (1.0,), (0.0,))),
        entries=entries((((1.1, 0.9), (-0.8, 1.3), (0.7, -0.6)), (-0.3, 0.2, 0.4)), (((0.5, -1.2, 0.85),), (0.1,))),
    ),
)

PRESETS: dict[str, Preset] = {preset.name: preset for preset in TABLE}
