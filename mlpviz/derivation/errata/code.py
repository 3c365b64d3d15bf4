"""The mistakes of the code in the text that goes from an element to the batch, and in its outline in English."""

from __future__ import annotations

from ...maths.messages import N_, NC_
from .erratum import BATCH, Answer, ChoiceExercise, Erratum, FormulaExercise, ProgramExercise

NO_BIAS = {"bias": False}

FORWARD = """\
L = len(W)
A, Z, Delta, W_g = [None] * L, [None] * L, [None] * L, [None] * L
below = X
for l in range(L):
    Z[l] = below @ W[l].T
    A[l] = np.tanh(Z[l]) if l < L - 1 else softmax(Z[l])
    below = A[l]
"""
BACKWARD = """\
Delta[L - 1] = (A[L - 1] - Y) / len(X)
for l in range(L - 1, -1, -1):
    if l < L - 1:
        Delta[l] = Delta[l + 1] @ W[l + 1] * (1 - A[l] ** 2)
    W_g[l] = Delta[l].T @ (A[l - 1] if l > 0 else X)
"""
LOSS = "loss = -np.sum(Y * np.log(A[L - 1])) / len(X)\n"
GRADIENTS = """\
def gradients(X, Y, A, W):
    L = len(W)
    Delta, W_g = [None] * L, [None] * L
    Delta[L - 1] = (A[L - 1] - Y) / len(X)
    W_g[L - 1] = Delta[L - 1].T @ A[L - 2]
    return W_g
"""
"""Programs as they should be; an exercise has one of them with the mistakes of the text."""

WHOLE = """\
L = len(W)
A, Z, Delta, W_g = [], [], [], []
for l in range(L - 1):
    Z[l] = A[l - 1] @ W[l].T
    A[l] = np.tanh(Z[l])
Z[L - 1] = A[L - 2] @ W[L - 1]
A[L - 1] = softmax(Z[L - 1])
L = -np.sum(Y * np.log(A[L - 1]))
Delta[L - 1] = (A[L - 1] - Y) / len(X)
for l in range(L - 2, 0, -1):
    Delta[l] = Delta[l + 1] @ W[l + 1] * (1 - A[l] ** 2)
    W_g[l] = Delta[l + 1].T @ A[l - 1]
"""
"""A program with most of the text's mistakes at once."""


def changed(program: str, *changes: tuple[str, str]) -> str:
    """A program with some of its lines written otherwise."""
    for right, wrong in changes:
        assert program.count(right) == 1, right
        program = program.replace(right, wrong)
    return program


MISTAKES: tuple[Erratum, ...] = (
    ProgramExercise(
        "E33", "S3", NC_("text", "code"),
        r"\texttt{def ...(...)},\ \texttt{Delta, W\textbackslash\_g = []}",
        r"\texttt{def ...(...):},\ \texttt{Delta, W\_g = [None] * L, [None] * L}",
        N_("The colon is lost, a backslash stands in the names, and an empty list has nothing to give to two names."),
        title=N_("It does not even start"), own=r"\texttt{def backward\_pass(Y, A, Z, W)},\ \ "
                                                r"\texttt{Delta, W\_g = []}",
        hint=N_("How does the line of a definition end, and how many values are there on the right for two names?"),
        formula=changed(GRADIENTS, ("W):", "W)"), ("[None] * L, [None] * L", "[]")), answer=GRADIENTS,
        preset="softmax-batch", notation=BATCH, changes=NO_BIAS),
    ProgramExercise(
        "E34", "S2", NC_("text", "code"), r"\texttt{A, Z = [], []}", r"\texttt{A, Z = [None] * L, [None] * L}",
        N_("An empty list has no place to assign to: Python raises an IndexError."),
        title=N_("A list with nothing in it"), own=r"\texttt{A, Z = [], []}",
        hint=N_("What does Python say to a = []; a[0] = 1?"),
        formula=changed(FORWARD, ("[None] * L, [None] * L, [None] * L, [None] * L", "[], [], [], []")),
        answer=FORWARD, preset="softmax-batch", notation=BATCH, changes=NO_BIAS),
    FormulaExercise(
        "E35", "S2", NC_("text", "code"), r"\texttt{A[-1]}", r"\texttt{X}",
        N_("Below the first layer there is only X; in Python the index −1 silently means the last layer."),
        title=N_("The first turn of the loop"), own=r"\texttt{Z[l] = A[l - 1] @ W[l].T},\ \ \texttt{l = 0}",
        hint=N_("The text's lists start at 0: put l = 0 in, and ask Python what that index means."),
        target="Z[1]", formula="Z[0] = A[-1] @ W[0].T", answer="Z[0] = X @ W[0].T",
        preset="softmax-batch", notation=BATCH, changes=NO_BIAS),
    FormulaExercise(
        "E36", "S2", NC_("text", "code"), r"\texttt{A[L-2] @ W[L-1]}", r"\texttt{A[L-2] @ W[L-1].T}",
        N_("W is (out, in) in every layer, so the last one is transposed like the others."),
        title=N_("The last layer of the code"), own=r"\texttt{Z[L - 1] = A[L - 2] @ W[L - 1]}",
        hint=N_("Compare it with the line of the loop, which computes the layers before."),
        target="Z[3]", formula="Z[L - 1] = A[L - 2] @ W[L - 1]", answer="Z[L - 1] = A[L - 2] @ W[L - 1].T",
        preset="softmax-batch", notation=BATCH, changes=NO_BIAS),
    ProgramExercise(
        "E37", "S2", NC_("text", "code"), r"\texttt{L = -np.sum(...)}", r"\texttt{loss = -np.sum(...)}",
        N_("L is the number of layers; with the loss in its place no index below is right."),
        title=N_("One name for two things"),
        own=r"\begin{gathered}\texttt{L = len(W)} \\ \texttt{L = - np.sum(Y * np.log(A[L - 1]))}\end{gathered}",
        hint=N_("Follow L from the first line to the last: what does it hold where it is used as an index?"),
        formula=changed(FORWARD + LOSS + BACKWARD, ("loss =", "L =")), answer=FORWARD + LOSS + BACKWARD,
        preset="softmax-batch", notation=BATCH, changes=NO_BIAS),
    ChoiceExercise(
        "E38", "S2", NC_("text", "code"), r"\texttt{forward\_pass(X, W)}", r"\texttt{forward\_pass(X, Y, W)}",
        N_("The loss is computed there from Y, so Y has to come in."),
        title=N_("What comes in?"), own=r"\texttt{def forward\_pass(X, W)}",
        hint=N_("Go through the lines of the forward pass to the loss, and note each name that no line before sets."),
        notation=BATCH,
        question=N_("The forward pass begins with `def forward_pass(X, W)` and ends with the loss "
                    "`-np.sum(Y * np.log(A[L - 1]))`. What is wrong with its arguments?"),
        answers=(
            Answer(N_("nothing: the labels are not needed before the backward pass"),
                   N_("The loss compares the output with them, and it is computed in the forward pass.")),
            Answer(N_("the labels Y are missing")),
            Answer(N_("L, the number of layers, is missing"), N_("The first line counts it: there is one W for each "
                                                                 "layer.")),
            Answer(N_("A and Z are missing"), N_("They are what the forward pass computes and gives back.")),
        )),
    ChoiceExercise(
        "E39", "S2", NC_("text", "code"), r"L = -\sum Y \log A", r"L = -\tfrac{1}{b}\sum Y \log A",
        N_("The text's loss is a mean over the batch, whose 1/b is in its Δ; the code computes the sum."),
        title=N_("A sum, or a mean?"),
        own=r"\texttt{L = - np.sum(Y * np.log(A[L - 1]))}",
        hint=N_("Hold each of the two lines of code against the text's own definition of its loss."), notation=BATCH,
        question=N_("The text's loss is the mean over a batch of $b$ examples. Its code takes the sum as the loss, and "
                    r"$\Delta^{(L)}=\frac{1}{b}(A^{(L)}-Y)$. Which line has to change, so that both are the text's own "
                    "mathematics?"),
        answers=(
            Answer(N_("that of Δ: no division by b"), N_("Then both would belong to the sum, which is not the text's "
                                                         "loss.")),
            Answer(N_("that of the loss: a division by b is missing")),
            Answer(N_("that of the weights: their gradient has to be divided by b"),
                   N_("The 1/b comes into it with Δ; it would be there twice.")),
            Answer(N_("neither: the sum has this gradient"), N_("The gradient of the sum is b times as large.")),
        )),
    ProgramExercise(
        "E40", "S2", NC_("text", "code"), r"\texttt{range(L-2, 0, -1)}", r"\texttt{range(L-1, -1, -1)}",
        N_("The loop leaves out the last layer and the first, whose gradients are never set."),
        title=N_("How far does the loop go?"), own=r"\texttt{for l in range(L - 2, 0, -1)}",
        hint=N_("Write down the values of l for three layers, and which gradients are set in each turn."),
        formula=changed(
            FORWARD + BACKWARD, ("L - 1, -1, -1", "L - 2, 0, -1"), ("    if l < L - 1:\n        Delta", "    Delta"),
            ("(A[l - 1] if l > 0 else X)", "A[l - 1]"),
        ),
        answer=FORWARD + BACKWARD, preset="softmax-batch", notation=BATCH, changes=NO_BIAS),
    FormulaExercise(
        "E41", "S2", NC_("text", "code"), r"\texttt{W\_g[l] = Delta[l+1].T @ A[l-1]}",
        r"\texttt{W\_g[l] = Delta[l].T @ A[l-1]}",
        N_("The gradient with respect to W of a layer takes the Δ of that layer, and what comes into it."),
        title=N_("Whose Delta?"), own=r"\texttt{W\_g[l] = Delta[l + 1].T @ A[l - 1]}",
        hint=N_("The text's own formula for the gradient has the same number at ∂L/∂W and at Δ."),
        target="dW[2]", formula="W_g[l] = Delta[l + 1].T @ A[l - 1]", answer="W_g[l] = Delta[l].T @ A[l - 1]",
        preset="softmax-batch", notation=BATCH),
    ChoiceExercise(
        "E42", "S2", NC_("text", "code"), r"\texttt{np.log(softmax(Z))}", r"\texttt{log\_softmax(Z)}",
        N_("A very small probability is rounded to 0, and its logarithm is −∞; log-softmax never forms that 0."),
        title=N_("The logarithm of nothing"), own=r"\texttt{np.log(softmax(Z[L - 1]))}",
        hint=N_("The smallest number of float64 is about e to the power of −745."),
        notation=BATCH,
        question=N_("The logits of a sample are $(1000, 0)$ and its label is the second class. What do `softmax` and "
                    "then `np.log` make of its loss?"),
        answers=(
            Answer(N_("about 0"), N_("That would be the loss if the label were the first class.")),
            Answer(N_("about 1000"), N_("That is the right value, which log-softmax gives; here the probability was "
                                        "rounded first.")),
            Answer(N_("infinity")),
            Answer(N_("an error message"), N_("NumPy warns and goes on with −∞, and the loss is its negative.")),
        )),
    ChoiceExercise(
        "E64", "S2", NC_("text", "code"),
        r"W^{(l)} \leftrightarrow \texttt{W[l]}", r"W^{(l)} \leftrightarrow \texttt{W[l-1]}",
        N_("The text's formulas count the layers from 1, its lists from 0, though the text says that W is as defined."),
        title=N_("Which layer is W[0]?"), own=r"\texttt{Z[l] = A[l - 1] @ W[l].T},\ \ \texttt{l = 0}",
        hint=N_("The loop begins with l = 0, and the network with its first layer."), notation=BATCH,
        question=N_("In the text's formulas $W^{(1)}$ leads from the inputs into the first layer. Which matrix is "
                    "`W[0]` in its code?"),
        answers=(
            Answer("$W^{(0)}$", N_("There is none: layer 0 are the inputs, into which no weights lead.")),
            Answer("$W^{(1)}$"),
            Answer("$W^{(L)}$", N_("That is W[L - 1] or, in Python, W[-1].")),
        )),
    ChoiceExercise(
        "E65", "S2", NC_("text", "code"), r"\texttt{W\_g} = \texttt{L.backward()}",
        r"\texttt{W\_g} = \tfrac{1}{b}\,\texttt{L.backward()}",
        N_("The code's loss is a sum and its Δ has the 1/b of a mean, so automatic differentiation of that loss "
           "gives b "
           "times its gradient."),
        title=N_("The same as L.backward()?"), own=r"\texttt{W\_g} \equiv \texttt{L.backward()}",
        hint=N_("L.backward() differentiates the loss that the code computes, not the one that the text defines."),
        notation=BATCH,
        question=N_("Suppose everything else in the code were mended; its loss is still the sum over $b$ examples, and "
                    "its Δ is divided by b. How does its gradient compare with what `L.backward()` gives?"),
        answers=(
            Answer(N_("They are equal."), N_("So the text says; they would be if the loss were divided by b.")),
            Answer(N_("It is b times as large."), N_("It is the other way round: the code's own has the 1/b.")),
            Answer(N_("It is 1/b of it.")),
            Answer(N_("It is its transpose."), N_("Both have the shape of W.")),
        )),
    ProgramExercise(
        "E70", "S2", NC_("text", "code"), r"\texttt{A[l-1]},\ \texttt{W[L-1]},\ \texttt{Delta[l+1]},\ \ldots",
        r"\texttt{X},\ \texttt{W[L-1].T},\ \texttt{Delta[l]},\ \ldots",
        N_("Each of them is small, and together nothing of the code runs: a listing has to be run before it is "
           "printed."),
        title=N_("The whole code"), own=r"\texttt{forward\_pass},\ \texttt{backward\_pass}",
        hint=N_("Begin at the top: mend the first line at fault, check again, and look at what is still not computed."),
        formula=WHOLE, answer=FORWARD + LOSS + BACKWARD, preset="softmax-batch", notation=BATCH, changes=NO_BIAS),
)  # fmt: skip
