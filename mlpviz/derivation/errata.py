"""The mistakes of the source texts, E1 to E52, one row each: what is right, and an exercise or why it is none.

A walkthrough names its errata by their codes; the Check page poses the exercises.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from ..maths.messages import N_, Message
from .hands import HANDS
from .notation import Notation

TEXTS = {
    "S0": N_("S0: modules and their Jacobians"),
    "S1": N_("S1: forward pass and backward pass"),
    "S2": N_("S2: from an element to the batch, with code"),
    "S4": N_("S4: why does this not multiply?"),
}
"""The source texts that have exercises. S3 is S2 again, in English and without its formulas."""


@dataclass(frozen=True)
class Erratum:
    """A mistake in the passage ``where`` of a ``text``: what it has and what is right, both as LaTeX, and why.

    ``unposed`` says of it why it is no exercise.
    """

    code: str
    text: str
    where: str
    wrong: str
    right: str
    why: str
    unposed: str = field(default="", kw_only=True)

    @property
    def place(self) -> Message:
        """The passage, with its text."""
        return in_text(self.text, self.where)


@dataclass(frozen=True, kw_only=True)
class Exercise(Erratum):
    """A mistake to be found: ``formula`` is what the text has in its ``line`` and ``answer`` what it should be.

    The checker reads both for ``target``, which has its mathematical layer; inside them layers are counted as
    ``notation`` counts. The network is that of ``preset``, with ``changes`` to the properties of its setup.
    """

    title: str
    line: str
    target: str
    formula: str
    answer: str
    preset: str
    notation: Notation
    changes: Mapping[str, Any] = field(default_factory=dict, hash=False)

    @property
    def line_in_text(self) -> Message:
        """The line, with its text."""
        return in_text(self.text, self.line)


def in_text(text: str, where: str) -> Message:
    return Message("text {text}, {where}", text=text, where=Message(where))


MODULES, NEURON, VECTORS, QUESTION, ANSWER = (
    HANDS[name].notation for name in ("modules", "forward-backward", "element-batch", "question", "answer")
)
MODULES_IN_ROWS, BATCH = (replace(each, orientation="rows") for each in (MODULES, VECTORS))

ONE_SAMPLE = {"sample": 0}
NO_BIAS = {"bias": False}

TABLE: tuple[Erratum, ...] = (
    Erratum("E1", "S0", N_("loss"), r"t = \theta^{\top}x \in \mathbb{R}^n", r"t \in \mathbb{R}",
        N_("A row times a column is one number, however many entries they have."),
        unposed=N_("says in which set t lies; no formula changes")),
    Erratum("E2", "S0", N_("affine map"), r"i \in \mathbb{R}^m", r"i \in \{1, \ldots, m\}",
        N_("i and j count entries: they are whole numbers, not vectors."),
        unposed=N_("says which numbers i and j are; no formula changes")),
    Exercise("E3", "S0", N_("affine map"), r"\mathrm{MM}(z)", r"\mathrm{MM}(a^{[i-1]})",
        N_("In the rule v zᵀ, z is what goes into the affine map; in the list above it that is a, not z."),
        title=N_("Which z is it?"), line=N_("line 49"), target="dW[2]",
        formula="δ[2] z[1]ᵀ", answer="δ[2] a[1]ᵀ", preset="binary-classifier", notation=MODULES),
    Erratum("E4", "S0", N_("staircase, row 1m"), r"\frac{\partial (Wz+b)_n}{\partial W_{2n}}",
        r"\frac{\partial (Wz+b)_n}{\partial W_{1m}} = 0",
        N_("Every entry of that row is a slope by W_1m, and the last output does not depend on it."),
        unposed=N_("is one entry of a Jacobian of W, which is 0 anyway; the checker's formulas are about whole "
                       "arrays")),
    Erratum("E5", "S0", N_("weights"), r"\texttt{egin\{bmatrix\}},\ \texttt{dots}",
        r"\texttt{\textbackslash begin\{bmatrix\}},\ \texttt{\textbackslash vdots}",
        N_("The first letters of the commands are lost, so the long vector is no vector on the page."),
        unposed=N_("is broken LaTeX, which nobody can read as any formula")),
    Erratum("E6", "S0", N_("weights"), r"\mathcal{B}[\mathsf{MM}, W](v) = vz^{\top}", r"\operatorname{fold}(\ldots)",
        N_("A matrix times v is a long vector; it is v zᵀ only when it is folded into the shape of W."),
        unposed=N_("uses one name for a matrix and for a function")),
    Erratum("E7", "S0", N_("second proof"), r"\partial J / \partial y", r"\partial J / \partial z",
        N_("y is the label; what the proof differentiates by is what comes out of the affine map."),
        unposed=N_("uses the letter y for a layer's output; the formula itself is right")),
    Erratum("E8", "S0", N_("batch"),
        r"\begin{bmatrix} & & \\ z^{[1](1)} & z^{[1](2)} & z^{[1](3)} \end{bmatrix}",
        r"\begin{bmatrix} \vert & \vert & \vert \\ z^{[1](1)} & z^{[1](2)} & z^{[1](3)} \\ "
        r"\vert & \vert & \vert \end{bmatrix}",
        N_("Each z is a whole column, which bars above and below it say, as they do for X."),
        unposed=N_("is a picture of a matrix whose bars are lost")),
    Exercise("E9", "S0", N_("broadcasting"), r"b \in \mathbb{R}^{n}", r"b \in \mathbb{R}^{n \times 1}",
        N_("A plain list of biases is added along the last axis, so with samples in columns it acts as a row: it "
                "raises, or is silently wrong where m = n; b must be a column."),
        title=N_("NumPy repairs the bias"), line=N_("line 98"), target="Z[1]",
        formula="W[1] X + b[1].T", answer="W[1] X + b[1]", preset="broadcast-trap", notation=MODULES),
    Exercise("E10", "S0", N_("last line"), "Z = XW + b", r"Z^{\top} = X^{\top} W^{\top} + b^{\top}",
        N_("Turning samples into rows transposes the whole product, so the same W comes in transposed."),
        title=N_("Samples as rows"), line=N_("line 104"), target="Z[1]",
        formula="X W[1] + b[1]", answer="X W[1]ᵀ + b[1]", preset="binary-classifier", notation=MODULES_IN_ROWS),
    Erratum("E11", "S0", N_("row-major convention"), r"\text{列}", Message(r"\text{{行}}\ (\text{{column}})"),
        N_("The points are columns: 行 where the text is from, where 列 is a row, and the other way round on the "
               "mainland."),
        unposed=N_("is about the words 行 and 列, which change places between Taiwan and the mainland")),
    Erratum("E12", "S1", N_("before the chain rule"), Message(r"\text{{backpropagation}} = \nabla L"),
        Message(r"\text{{backpropagation computes }} \nabla L"),
        N_("The gradient is a vector of slopes; backpropagation is the way to compute it."),
        unposed=N_("calls the gradient backpropagation; a word, not a formula")),
    Exercise("E13", "S1", N_("backward pass"), r"\frac{\partial C}{\partial a} = w_3 + w_4",
        r"w_3\frac{\partial C}{\partial z'} + w_4\frac{\partial C}{\partial z''}",
        N_("Each weight multiplies the slope ∂C/∂z of the neuron that it leads to; w₃ + w₄ leaves these out."),
        title=N_("What comes back through two wires"), line=N_("line 82"), target="delta[1]",
        formula="f'(z1) ⊙ sum(W2)", answer="f'(z1) ⊙ (W2ᵀ δ2)", preset="one-neuron", notation=NEURON),
    Erratum("E14", "S1", N_("Framework"), Message(r"\text{{Forward, Forward}}"), Message(r"\text{{Forward, Backward}}"),
        N_("Only ∂z/∂w is read off the forward pass; ∂C/∂z comes back from the cost."),
        unposed=N_("is a caption under a factor: Forward for Backward")),
    Exercise("E15", "S1", N_("Framework"), r"\frac{\partial C}{\partial z} = \sigma'(z)",
        r"\sigma'(z)\frac{\partial C}{\partial a}",
        N_("σ′(z) is ∂a/∂z, one of two factors; the other is ∂C/∂a, which comes back through the weights."),
        title=N_("Is ∂C/∂z just σ′(z)?"), line=N_("line 111"), target="delta[1]",
        formula="f'(z1)", answer="f'(z1) ⊙ (W2ᵀ δ2)", preset="one-neuron", notation=NEURON),
    Exercise("E16", "S1", N_("Framework"), r"\frac{\partial C}{\partial z'} = \sigma'(z')w_3 + \sigma'(z'')w_4",
        r"\frac{\partial C}{\partial z} = "
        r"\sigma'(z)\left[w_3\frac{\partial C}{\partial z'} + w_4\frac{\partial C}{\partial z''}\right]",
        N_("The weights carry back the errors δ of the next layer; σ′ is taken at the neuron's own z, outside."),
        title=N_("Slopes in the wrong places"), line=N_("line 113"), target="delta[1]",
        formula="W2ᵀ f'(z2)", answer="f'(z1) ⊙ (W2ᵀ δ2)", preset="one-neuron", notation=NEURON),
    Erratum("E17", "S1", N_("Framework"), "z, z'", "z', z''",
        N_("The two neurons that are in the output layer, or not, are the ones above: z is the one asked for."),
        unposed=N_("names the wrong two neurons in words beside formulas that are right")),
    Exercise("E18", "S1", N_("output layer"),
        r"\frac{\partial C}{\partial z'} = \sigma'(z')\frac{\partial C}{\partial y_1}",
        r"\sum_i \frac{\partial C}{\partial y_i}\frac{\partial y_i}{\partial z'}",
        N_("Every softmax output depends on every z, so all of them add to each ∂C/∂z; that sum comes to a − y."),
        title=N_("A softmax output, one unit at a time"), line=N_("lines 96 to 98"), target="delta[2]",
        formula="-ŷ / y ⊙ f'(z2)", answer="y - ŷ", preset="digit", notation=NEURON),
    Exercise("E19", "S1", N_("example"), "w_1, w_2", r"W^{(l)}_{ij}",
        N_("w₁ and w₂ were the weights into the first neuron; the errors above come back through the weights "
                "between."),
        title=N_("The weights of another layer"), line=N_("line 125"), target="delta[2]",
        formula="f'(z2) ⊙ (W1ᵀ δ3)", answer="f'(z2) ⊙ (W3ᵀ δ3)", preset="three-levels", notation=NEURON),
    Erratum("E20", "S1", N_("throughout"), Message(r"\text{{no bias}}"), r"\partial z / \partial b = 1",
        N_("A bias is added to z as it is, so z moves one for one with it."),
        unposed=N_("leaves the bias out altogether, so there is nothing to correct; E32 asks for it")),
    Erratum("E21", "S2", N_("layouts"), Message(r"\text{{transposed: denominator}}"),
        Message(r"\text{{transposed: numerator}}"),
        N_("Denominator layout has the shape of the matrix itself, as the sentence before says."),
        unposed=N_("gives a layout the name of the other one; a word, not a formula")),
    Erratum("E22", "S2", N_("chain rule"), r"\frac{\partial z}{\partial t}", r"\frac{dz}{dt}",
        N_("In the end z depends on t alone, and ∂ is for one variable of several."),
        unposed=N_("writes ∂ for d and counts from 0 in one place; no array changes")),
    Erratum("E23", "S2", N_("definitions"), Message(r"\text{{logits }} a^{{(L)}}"),
        Message(r"\text{{logits }} z^{{(L)}}"),
        N_("Logits go into softmax; what comes out of it is a, the probabilities."),
        unposed=N_("calls the probabilities logits; a word, not a formula")),
    Erratum("E24", "S2", N_("forward pass"), "a^{(l)} = f(z^{(l-1)})", "a^{(l)} = f(z^{(l)})",
        N_("Each layer applies f to its own z, which the line before has just computed."),
        unposed=N_("has f(z) with the wrong z; the checker reads f′, the slope, and no function itself")),
    Erratum("E25", "S2", N_("forward pass"), r"\operatorname{softmax}(z^{(L-1)})", r"\operatorname{softmax}(z^{(L)})",
        N_("The output has an entry for each class, and so has z of the last layer; the layer below has others."),
        unposed=N_("has softmax(z) with the wrong z; the checker reads no function itself")),
    Exercise("E26", "S2", N_("last layer"), r"\sum_i \frac{y_i}{a_i}\ldots", r"-\sum_i \frac{y_i}{a_i}\ldots",
        N_("The slope of −y ln a is −y/a; the line below has the minus again, so it is only lost in this one."),
        title=N_("Softmax, then the slope of the loss"), line=N_("line 61"), target="delta[3]",
        formula="(diag(a3) - a3 a3ᵀ) (y / a3)", answer="(diag(a3) - a3 a3ᵀ) (-y / a3)",
        preset="softmax-batch", notation=VECTORS, changes=ONE_SAMPLE),
    Erratum("E27", "S2", N_("weights"), r"\sum_{j=1}^{n}", r"\sum_{j=1}^{m^{(l-1)}}",
        N_("The sum is over the units of the layer below; n is the number of inputs of the whole network."),
        unposed=N_("is the upper end of a sum, which a matrix product does not write")),
    Exercise("E28", "S2", N_("between layers"), r"\frac{\partial z_k}{\partial a_k}\frac{\partial a_k}{\partial z_j}",
        r"\frac{\partial z_k}{\partial a_j}\frac{\partial a_j}{\partial z_j}",
        N_("With k for a and z alike the slope stands inside the sum over k; it belongs to j, and so outside."),
        title=N_("Two letters k too many"), line=N_("line 81"), target="delta[2]",
        formula="W3ᵀ (δ3 ⊙ f'(z2))", answer="(W3ᵀ δ3) ⊙ f'(z2)",
        preset="softmax-batch", notation=VECTORS, changes=ONE_SAMPLE),
    Exercise("E29", "S2", N_("assembly"), r"W_{:,j}^{\top}\delta", r"(W_{:,j})^{\top}\delta",
        N_("Read as columns of Wᵀ the entries make W δ; meant is each column of W, transposed, which makes Wᵀ δ."),
        title=N_("Transpose first, or take the column first?"), line=N_("line 90"), target="delta[2]",
        formula="(W3 δ3) ⊙ f'(z2)", answer="(W3ᵀ δ3) ⊙ f'(z2)",
        preset="softmax-batch", notation=VECTORS, changes=ONE_SAMPLE),
    Exercise("E30", "S2", N_("batch"), r"Y = [y_1, \ldots, y_b]", r"Y = [y_1, \ldots, y_b]^{\top}",
        N_("[y₁, …, y_b] puts the labels side by side as columns; a batch of rows needs them one below the other."),
        title=N_("Labels side by side"), line=N_("line 94"), target="delta[3]",
        formula="(A[3] - Y.T) / m", answer="(A[3] - Y) / m", preset="softmax-batch", notation=BATCH),
    Exercise("E31", "S2", N_("weights"), r"\sum_k \Delta_{i,k} A_{k,j}", r"\sum_k \Delta_{k,i} A_{k,j}",
        N_("The index k counts samples, the rows of Δ and of A; to sum over both rows, Δ comes in transposed."),
        title=N_("The sum over the samples"), line=N_("line 103"), target="dW[2]",
        formula="Delta[2] @ A[1]", answer="Delta[2].T @ A[1]", preset="softmax-batch", notation=BATCH),
    Exercise("E32", "S2", N_("biases"), Message(r"\text{{none}}"), r"\partial L / \partial b = \sum_k \Delta_{k,:}",
        N_("The text leaves the bias to the reader; every sample uses the same b, so the rows of Δ add up."),
        title=N_("The bias, which is left out"), line=N_("line 53"), target="db[2]",
        formula="Delta[2]", answer="sum(Delta[2])", preset="softmax-batch", notation=BATCH),
    Erratum("E33", "S3", N_("code"), r"\texttt{Delta, W\_g = []}",
        r"\texttt{Delta, W\_g = [None] * L, [None] * L}",
        N_("An empty list has nothing to give to two names."),
        unposed=N_("is Python that does not parse or unpack")),
    Erratum("E34", "S2", N_("code"), r"\texttt{A, Z = [], []}", r"\texttt{A, Z = [None] * L, [None] * L}",
        N_("An empty list has no place to assign to: Python raises an IndexError."),
        unposed=N_("assigns into empty lists")),
    Exercise("E35", "S2", N_("code"), r"\texttt{A[-1]}", r"\texttt{X}",
        N_("Below the first layer there is only X; in Python the index −1 silently means the last layer."),
        title=N_("The first turn of the loop"), line=N_("lines 122 and 123, code"), target="Z[1]",
        formula="Z[1] = A[-1] @ W[1].T", answer="Z[1] = X @ W[1].T",
        preset="softmax-batch", notation=BATCH, changes=NO_BIAS),
    Exercise("E36", "S2", N_("code"), r"\texttt{A[L-2] @ W[L-1]}", r"\texttt{A[L-2] @ W[L-1].T}",
        N_("W is (out, in) in every layer, so the last one is transposed like the others."),
        title=N_("The last layer of the code"), line=N_("line 125, code"), target="Z[3]",
        formula="Z[L - 1] = A[L - 2] @ W[L - 1]", answer="Z[L - 1] = A[L - 2] @ W[L - 1].T",
        preset="softmax-batch", notation=BATCH, changes=NO_BIAS),
    Erratum("E37", "S2", N_("code"), r"\texttt{L = -np.sum(...)}", r"\texttt{loss = -np.sum(...)}",
        N_("L is the number of layers; with the loss in its place no index below is right."),
        unposed=N_("uses L for two things")),
    Erratum("E38", "S2", N_("code"), r"\texttt{forward\_pass(X, W)}", r"\texttt{forward\_pass(X, Y, W)}",
        N_("The loss is computed there from Y, so Y has to come in."),
        unposed=N_("leaves out an argument of a function")),
    Exercise("E39", "S2", N_("code"), r"L = -\sum Y \log A", r"L = -\tfrac{1}{b}\sum Y \log A",
        N_("For a sum, which the code has as its loss, Δ is not divided; what the code lacks is the 1/b of the text's "
           "own loss, with which its Δ is right."),
        title=N_("A sum, or a mean?"), line=N_("lines 127 and 132, code"), target="delta[3]",
        formula="Delta[L - 1] = (A[L - 1] - Y) / m", answer="Delta[L - 1] = A[L - 1] - Y",
        preset="softmax-batch", notation=BATCH, changes={"reduction": "sum"}),
    Erratum("E40", "S2", N_("code"), r"\texttt{range(L-2, 0, -1)}", r"\texttt{range(L-1, -1, -1)}",
        N_("The loop leaves out the last layer and the first, whose gradients are never set."),
        unposed=N_("is the range of a loop")),
    Exercise("E41", "S2", N_("code"), r"\texttt{W\_g[l] = Delta[l+1].T @ A[l-1]}",
        r"\texttt{W\_g[l] = Delta[l].T @ A[l-1]}",
        N_("The gradient by W of a layer takes the Δ of that layer, and what comes into it."),
        title=N_("Whose Delta?"), line=N_("line 135, code"), target="dW[2]",
        formula="W_g[l] = Delta[l + 1].T @ A[l - 1]", answer="W_g[l] = Delta[l].T @ A[l - 1]",
        preset="softmax-batch", notation=BATCH),
    Erratum("E42", "S2", N_("code"), r"\texttt{np.log(softmax(Z))}", r"\texttt{log\_softmax(Z)}",
        N_("A very small probability is rounded to 0, and its logarithm is −∞; log-softmax never forms that 0."),
        unposed=N_("is about numbers that underflow; the formula is right")),
    Erratum("E43", "S4", N_("question"), r"\text{MSE} = \tfrac12 \sum (\hat y - y)^2", r"\tfrac12\,\text{SSE}",
        N_("Nothing is divided by the number of outputs, so it is half a sum and no mean."),
        unposed=N_("calls half a sum of squares a mean; the formula is right")),
    Exercise("E44", "S4", N_("question"), r"\frac{\partial L}{\partial W^{(3)}}",
        r"\frac{\partial L}{\partial W^{(2)}}",
        N_("The chain goes on to the second weight matrix, so the left side is ∂L/∂W⁽²⁾."),
        title=N_("Which gradient is it?"), line=N_("line 19, left side"), target="dW[1]",
        formula="dW3 = ((W3ᵀ δ3) ⊙ f'(z2)) a1ᵀ", answer="dW2 = ((W3ᵀ δ3) ⊙ f'(z2)) a1ᵀ",
        preset="two-three-two", notation=QUESTION),
    Exercise("E45", "S4", N_("question"),
        r"\frac{\partial a^{(2)}}{\partial z^{(2)}}\frac{\partial a^{(2)}}{\partial z^{(2)}}",
        r"\frac{\partial a^{(2)}}{\partial z^{(2)}}",
        N_("∂a⁽²⁾/∂z⁽²⁾ stands in the chain twice; with ReLU nobody notices, since 0 and 1 are their own squares."),
        title=N_("A factor twice"), line=N_("line 19, chain"), target="dW[1]",
        formula="((W3ᵀ δ3) ⊙ f'(z2) ⊙ f'(z2)) a1ᵀ", answer="((W3ᵀ δ3) ⊙ f'(z2)) a1ᵀ",
        preset="two-three-two", notation=QUESTION),
    Exercise("E46", "S4", N_("question"), r"(a^{(3)}-y)\odot\ldots W^{(3)}(1,1,1)^{\top}a^{(1)\top}",
        r"\left[W^{(3)\top}\left((a^{(3)}-y)\odot\ldots\right)\odot(1,1,1)^{\top}\right]a^{(1)\top}",
        N_("In denominator layout each new factor goes to the left, transposed, and a slope is taken with ⊙."),
        title=N_("2×1 2×3 3×1 1×2"), line=N_("line 19, product"), target="dW[1]",
        formula="(a3 - y) ⊙ a3 ⊙ (1 - a3) W3 f'(z2) a1ᵀ",
        answer="((W3ᵀ ((a3 - y) ⊙ a3 ⊙ (1 - a3))) ⊙ f'(z2)) a1ᵀ", preset="two-three-two", notation=QUESTION),
    Exercise("E47", "S4", N_("first answer"), r"{a_2^{(2)}}^{\top}", r"a^{(2)\top}",
        N_("With wᵢⱼ in row i and column j its slope has δᵢ and aⱼ; the answer counts the other way round."),
        title=N_("Row j and column i"), line=N_("line 32"), target="dW[2]",
        formula="a2 ((a3 - y) ⊙ a3 ⊙ (1 - a3))ᵀ", answer="((a3 - y) ⊙ a3 ⊙ (1 - a3)) a2ᵀ",
        preset="two-three-two", notation=QUESTION),
    Exercise("E48", "S4", N_("second answer"), r"\nabla_{z} J = z - y", "a - y",
        N_("z − y holds for linear outputs and half the squared error; an entropy and its output give a − y."),
        title=N_("z − y, or a − y?"), line=N_("line 60"), target="delta[3]",
        formula="z3 - y", answer="a3 - y", preset="binary-classifier", notation=ANSWER),
    Exercise("E49", "S4", N_("second answer"), r"\nabla_z J = z^{(L)}", r"\nabla_z J",
        N_("The gradient is said to be z − y and then, twice, to be z; that second equals sign has to go."),
        title=N_("An equals sign too many"), line=N_("line 60, twice"), target="delta[2]",
        formula="z2", answer="z2 - y", preset="two-three-two", notation=ANSWER,
        changes={"activations": ("relu", "identity")}),
    Erratum("E50", "S4", N_("second answer"), r"\partial z_k / \partial W_{ij} = 0", r"\ldots\ k \neq i",
        N_("W_ij is a weight of unit i, so z_i does depend on it."),
        unposed=N_("is a sentence that forgets the case k = i")),
    Exercise("E51", "S4", N_("second answer"), r"z_i = \sum_j W_{ij} a_j", r"z_i = \sum_j W_{ij} a_j + b_i",
        N_("The text itself defines z = W a + b; here the b is lost, though no gradient by W changes by it."),
        title=N_("What goes into a neuron"), line=N_("line 64"), target="Z[2]",
        formula="W2 a1", answer="W2 a1 + b2", preset="two-three-two", notation=ANSWER),
    Exercise("E52", "S4", N_("second answer"), Message(r"\text{{(1a-m) twice}}"), r"\text{(1b-m)}",
        N_("The rule is for every layer l; L on the left is the last one only."),
        title=N_("The last layer, or any layer?"), line=N_("line 68"), target="dW[1]",
        formula="dW[L] = δ[l] a[l - 1]ᵀ", answer="dW[l] = δ[l] a[l - 1]ᵀ",
        preset="two-three-two", notation=ANSWER),
)  # fmt: skip

ERRATA = {erratum.code: erratum for erratum in TABLE}
EXERCISES = {erratum.code: erratum for erratum in TABLE if isinstance(erratum, Exercise)}
