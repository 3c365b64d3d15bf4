"""Find the bug: the mistakes of the source texts that are a formula or a line of code, and why the others are not.

Each is posed on a preset's network, perhaps with some of its properties changed, in the notation of its text.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..maths.messages import N_
from .notation import Notation

TEXTS = {
    "S0": N_("S0: modules and their Jacobians"),
    "S1": N_("S1: forward pass and backward pass"),
    "S2": N_("S2: from an element to the batch, with code"),
    "S4": N_("S4: why does this not multiply?"),
}
"""The source texts that have exercises."""


@dataclass(frozen=True)
class Exercise:
    """One mistake of a text.

    ``wrong`` is what the text has and ``right`` what it should have, both as the checker reads them for ``target`` (in
    mathematical layers, dW[2]); the layers inside them are counted as ``notation`` counts. ``where`` is the place in
    the text, ``why`` one sentence. ``changes`` are properties of the preset's setup that are others here.
    """

    code: str
    text: str
    where: str
    title: str
    target: str
    wrong: str
    right: str
    why: str
    preset: str
    notation: Notation = field(default_factory=Notation)
    changes: Mapping[str, Any] = field(default_factory=dict, hash=False)


MODULES = Notation("columns", brackets="square")
MODULES_IN_ROWS = Notation(brackets="square")
NEURON = Notation("columns", cost="C")
VECTORS = Notation("columns", cost="L")
BATCH = Notation(cost="L")
QUESTION = Notation("columns", first_layer=1, cost="L")
ANSWER = Notation("columns")

ONE = {"sample": 0}
PLAIN = {"bias": False}
LINEAR = {"activations": ("relu", "identity")}

TABLE = (
    Exercise(
        "E3",
        "S0",
        N_("line 49"),
        N_("Which z is it?"),
        "dW[2]",
        "δ[2] z[1]ᵀ",
        "δ[2] a[1]ᵀ",
        N_("In the rule v zᵀ, z is what goes into the affine map; in the list above it that is a, not z."),
        "binary-classifier",
        MODULES,
    ),
    Exercise(
        "E9",
        "S0",
        N_("line 98"),
        N_("NumPy repairs the bias"),
        "Z[1]",
        "W[1] X + b[1].T",
        "W[1] X + b[1]",
        N_(
            "A plain list of biases is added along the last axis, so with samples in columns it acts as a row: it "
            "raises, or is silently wrong where m = n; b must be a column."
        ),
        "broadcast-trap",
        MODULES,
    ),
    Exercise(
        "E10",
        "S0",
        N_("line 104"),
        N_("Samples as rows"),
        "Z[1]",
        "X W[1] + b[1]",
        "X W[1]ᵀ + b[1]",
        N_("Turning samples into rows transposes the whole product, so the same W comes in transposed."),
        "binary-classifier",
        MODULES_IN_ROWS,
    ),
    Exercise(
        "E13",
        "S1",
        N_("line 82"),
        N_("What comes back through two wires"),
        "delta[1]",
        "f'(z1) ⊙ sum(W2)",
        "f'(z1) ⊙ (W2ᵀ δ2)",
        N_("Each weight multiplies the slope ∂C/∂z of the neuron that it leads to; w₃ + w₄ leaves these out."),
        "one-neuron",
        NEURON,
    ),
    Exercise(
        "E15",
        "S1",
        N_("line 111"),
        N_("Is ∂C/∂z just σ′(z)?"),
        "delta[1]",
        "f'(z1)",
        "f'(z1) ⊙ (W2ᵀ δ2)",
        N_("σ′(z) is ∂a/∂z, one of two factors; the other is ∂C/∂a, which comes back through the weights."),
        "one-neuron",
        NEURON,
    ),
    Exercise(
        "E16",
        "S1",
        N_("line 113"),
        N_("Slopes in the wrong places"),
        "delta[1]",
        "W2ᵀ f'(z2)",
        "f'(z1) ⊙ (W2ᵀ δ2)",
        N_("The weights carry back the errors δ of the next layer; σ′ is taken at the neuron's own z, outside."),
        "one-neuron",
        NEURON,
    ),
    Exercise(
        "E18",
        "S1",
        N_("lines 96 to 98"),
        N_("A softmax output, one unit at a time"),
        "delta[2]",
        "-y / a2 ⊙ f'(z2)",
        "a2 - y",
        N_("Every softmax output depends on every z, so all of them add to each ∂C/∂z; that sum comes to a − y."),
        "digit",
        NEURON,
    ),
    Exercise(
        "E19",
        "S1",
        N_("line 125"),
        N_("The weights of another layer"),
        "delta[2]",
        "f'(z2) ⊙ (W1ᵀ δ3)",
        "f'(z2) ⊙ (W3ᵀ δ3)",
        N_("w₁ and w₂ were the weights into the first neuron; the errors above come back through the weights between."),
        "three-levels",
        NEURON,
    ),
    Exercise(
        "E26",
        "S2",
        N_("line 61"),
        N_("Softmax, then the slope of the loss"),
        "delta[3]",
        "(diag(a3) - a3 a3ᵀ) (y / a3)",
        "(diag(a3) - a3 a3ᵀ) (-y / a3)",
        N_("The slope of −y ln a is −y/a; the line below has the minus again, so it is only lost in this one."),
        "softmax-batch",
        VECTORS,
        ONE,
    ),
    Exercise(
        "E28",
        "S2",
        N_("line 81"),
        N_("Two letters k too many"),
        "delta[2]",
        "W3ᵀ (δ3 ⊙ f'(z2))",
        "(W3ᵀ δ3) ⊙ f'(z2)",
        N_("With k for a and z alike the slope stands inside the sum over k; it belongs to j, and so outside."),
        "softmax-batch",
        VECTORS,
        ONE,
    ),
    Exercise(
        "E29",
        "S2",
        N_("line 90"),
        N_("Transpose first, or take the column first?"),
        "delta[2]",
        "(W3 δ3) ⊙ f'(z2)",
        "(W3ᵀ δ3) ⊙ f'(z2)",
        N_("Read as columns of Wᵀ the entries make W δ; meant is each column of W, transposed, which makes Wᵀ δ."),
        "softmax-batch",
        VECTORS,
        ONE,
    ),
    Exercise(
        "E30",
        "S2",
        N_("line 94"),
        N_("Labels side by side"),
        "delta[3]",
        "(A[3] - Y.T) / m",
        "(A[3] - Y) / m",
        N_("[y₁, …, y_b] puts the labels side by side as columns; a batch of rows needs them one below the other."),
        "softmax-batch",
        BATCH,
    ),
    Exercise(
        "E31",
        "S2",
        N_("line 103"),
        N_("The sum over the samples"),
        "dW[2]",
        "Delta[2] @ A[1]",
        "Delta[2].T @ A[1]",
        N_("The index k counts samples, the rows of Δ and of A; to sum over both rows, Δ comes in transposed."),
        "softmax-batch",
        BATCH,
    ),
    Exercise(
        "E32",
        "S2",
        N_("line 53"),
        N_("The bias, which is left out"),
        "db[2]",
        "Delta[2]",
        "sum(Delta[2])",
        N_("The text leaves the bias to the reader; every sample uses the same b, so the rows of Δ add up."),
        "softmax-batch",
        BATCH,
    ),
    Exercise(
        "E35",
        "S2",
        N_("lines 122 and 123, code"),
        N_("The first turn of the loop"),
        "Z[1]",
        "Z[1] = A[-1] @ W[1].T",
        "Z[1] = X @ W[1].T",
        N_("Below the first layer there is only X; in Python the index −1 silently means the last layer."),
        "softmax-batch",
        BATCH,
        PLAIN,
    ),
    Exercise(
        "E36",
        "S2",
        N_("line 125, code"),
        N_("The last layer of the code"),
        "Z[3]",
        "Z[L - 1] = A[L - 2] @ W[L - 1]",
        "Z[L - 1] = A[L - 2] @ W[L - 1].T",
        N_("W is (out, in) in every layer, so the last one is transposed like the others."),
        "softmax-batch",
        BATCH,
        PLAIN,
    ),
    Exercise(
        "E39",
        "S2",
        N_("lines 127 and 132, code"),
        N_("A sum, or a mean?"),
        "delta[3]",
        "Delta[L - 1] = (A[L - 1] - Y) / m",
        "Delta[L - 1] = A[L - 1] - Y",
        N_("The code's loss is a sum over the samples, and nothing is divided; or divide the loss by b and keep this."),
        "softmax-batch",
        BATCH,
        {"reduction": "sum"},
    ),
    Exercise(
        "E41",
        "S2",
        N_("line 135, code"),
        N_("Whose Delta?"),
        "dW[2]",
        "W_g[l] = Delta[l + 1].T @ A[l - 1]",
        "W_g[l] = Delta[l].T @ A[l - 1]",
        N_("The gradient by W of a layer takes the Δ of that layer, and what comes into it."),
        "softmax-batch",
        BATCH,
    ),
    Exercise(
        "E44",
        "S4",
        N_("line 19, left side"),
        N_("Which gradient is it?"),
        "dW[1]",
        "dW3 = ((W3ᵀ δ3) ⊙ f'(z2)) a1ᵀ",
        "dW2 = ((W3ᵀ δ3) ⊙ f'(z2)) a1ᵀ",
        N_("The chain goes on to the second weight matrix, so the left side is ∂L/∂W⁽²⁾."),
        "two-three-two",
        QUESTION,
    ),
    Exercise(
        "E45",
        "S4",
        N_("line 19, chain"),
        N_("A factor twice"),
        "dW[1]",
        "((W3ᵀ δ3) ⊙ f'(z2) ⊙ f'(z2)) a1ᵀ",
        "((W3ᵀ δ3) ⊙ f'(z2)) a1ᵀ",
        N_("∂a⁽²⁾/∂z⁽²⁾ stands in the chain twice; with ReLU nobody notices, since 0 and 1 are their own squares."),
        "two-three-two",
        QUESTION,
    ),
    Exercise(
        "E46",
        "S4",
        N_("line 19, product"),
        N_("2×1 2×3 3×1 1×2"),
        "dW[1]",
        "(a3 - y) ⊙ a3 ⊙ (1 - a3) W3 f'(z2) a1ᵀ",
        "((W3ᵀ ((a3 - y) ⊙ a3 ⊙ (1 - a3))) ⊙ f'(z2)) a1ᵀ",
        N_("In denominator layout each new factor goes to the left, transposed, and a slope is taken with ⊙."),
        "two-three-two",
        QUESTION,
    ),
    Exercise(
        "E47",
        "S4",
        N_("line 32"),
        N_("Row j and column i"),
        "dW[2]",
        "a2 ((a3 - y) ⊙ a3 ⊙ (1 - a3))ᵀ",
        "((a3 - y) ⊙ a3 ⊙ (1 - a3)) a2ᵀ",
        N_("With wᵢⱼ in row i and column j its slope has δᵢ and aⱼ; the answer counts the other way round."),
        "two-three-two",
        QUESTION,
    ),
    Exercise(
        "E48",
        "S4",
        N_("line 60"),
        N_("z − y, or a − y?"),
        "delta[3]",
        "z3 - y",
        "a3 - y",
        N_("z − y holds for linear outputs and half the squared error; an entropy and its output give a − y."),
        "binary-classifier",
        ANSWER,
    ),
    Exercise(
        "E49",
        "S4",
        N_("line 60, twice"),
        N_("An equals sign too many"),
        "delta[2]",
        "z2",
        "z2 - y",
        N_("The gradient is said to be z − y and then, twice, to be z; that second equals sign has to go."),
        "two-three-two",
        ANSWER,
        LINEAR,
    ),
    Exercise(
        "E51",
        "S4",
        N_("line 64"),
        N_("What goes into a neuron"),
        "Z[2]",
        "W2 a1",
        "W2 a1 + b2",
        N_("The text itself defines z = W a + b; here the b is lost, though no gradient by W changes by it."),
        "two-three-two",
        ANSWER,
    ),
    Exercise(
        "E52",
        "S4",
        N_("line 68"),
        N_("The last layer, or any layer?"),
        "dW[1]",
        "dW[L] = δ[l] a[l - 1]ᵀ",
        "dW[l] = δ[l] a[l - 1]ᵀ",
        N_("The rule is for every layer l; L on the left is the last one only."),
        "two-three-two",
        ANSWER,
    ),
)

EXERCISES = {exercise.code: exercise for exercise in TABLE}

NOT_POSED = {
    "E1": N_("says in which set t lies; no formula changes"),
    "E2": N_("says which numbers i and j are; no formula changes"),
    "E4": N_("is one entry of a Jacobian of W, which is 0 anyway; the checker's formulas are about whole arrays"),
    "E5": N_("is broken LaTeX, which nobody can read as any formula"),
    "E6": N_("uses one name for a matrix and for a function"),
    "E7": N_("uses the letter y for a layer's output; the formula itself is right"),
    "E8": N_("is a picture of a matrix whose bars are lost"),
    "E11": N_("is about the words 行 and 列, which change places between Taiwan and the mainland"),
    "E12": N_("calls the gradient backpropagation; a word, not a formula"),
    "E14": N_("is a caption under a factor: Forward for Backward"),
    "E17": N_("names the wrong two neurons in words beside formulas that are right"),
    "E20": N_("leaves the bias out altogether, so there is nothing to correct; E32 asks for it"),
    "E21": N_("gives a layout the name of the other one; a word, not a formula"),
    "E22": N_("writes ∂ for d and counts from 0 in one place; no array changes"),
    "E23": N_("calls the probabilities logits; a word, not a formula"),
    "E24": N_("has f(z) with the wrong z; the checker reads f′, the slope, and no function itself"),
    "E25": N_("has softmax(z) with the wrong z; the checker reads no function itself"),
    "E27": N_("is the upper end of a sum, which a matrix product does not write"),
    "E33": N_("is Python that does not parse or unpack"),
    "E34": N_("assigns into empty lists"),
    "E37": N_("uses L for two things"),
    "E38": N_("leaves out an argument of a function"),
    "E40": N_("is the range of a loop"),
    "E42": N_("is about numbers that underflow; the formula is right"),
    "E43": N_("calls half a sum of squares a mean; the formula is right"),
    "E50": N_("is a sentence that forgets the case k = i"),
}
"""The mistakes that are no formula or line of code, and why."""
