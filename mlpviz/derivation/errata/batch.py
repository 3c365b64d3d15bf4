"""The mistakes of the text that goes from an element to the batch, but for those of its code."""

from __future__ import annotations

from ...maths.messages import N_, NC_, Message
from .erratum import BATCH, VECTORS, Answer, ChoiceExercise, Erratum, FormulaExercise

ONE_SAMPLE = {"sample": 0}

MISTAKES: tuple[Erratum, ...] = (
    ChoiceExercise(
        "E21", "S2", NC_("text", "layouts"), Message(r"W^{{\top}}\text{{'s shape: denominator layout}}"),
        Message(r"W^{{\top}}\text{{'s shape: numerator layout}}"),
        N_("Denominator layout has the shape of the matrix itself, as the sentence before says."),
        title=N_("Which layout is it?"), hint=N_("The sentence before: in denominator layout ∂L/∂W has the shape of "
                                                 "W."),
        notation=VECTORS,
        question=N_(r"$\frac{\partial L}{\partial W}$ comes out in the shape of $W^{\top}$. Which layout is that?"),
        answers=(
            Answer(N_("denominator layout"), N_("There the derivative has the shape of what stands in the denominator, "
                                                "W itself.")),
            Answer(N_("numerator layout")),
            Answer(N_("either: the layouts differ for vectors only"), N_("They differ for a matrix, too: by a "
                                                                         "transpose.")),
        )),
    ChoiceExercise(
        "E22", "S2", NC_("text", "chain rule"),
        r"\frac{\partial z}{\partial t},\ f(x_0,\ldots,x_n),\ a_0,\ldots,a_{c-1}",
        r"\frac{dz}{dt},\ f(x_1,\ldots,x_n),\ a_1,\ldots,a_c",
        N_("In the end z depends on t alone, and ∂ is for one variable of several; and entries that a sum counts "
           "from 1 "
           "to n are not listed from 0, which would make one more."),
        title=N_("∂ or d?"),
        own=r"\frac{\partial z}{\partial t} = \frac{\partial f}{\partial x}\frac{\partial x}{\partial t} + "
            r"\frac{\partial f}{\partial y}\frac{\partial y}{\partial t}",
        hint=N_("On how many variables does each of z, f, x and y depend?"), notation=VECTORS,
        question=N_("$x=x(t)$, $y=y(t)$ and $z=f(x,y)$. Which of these derivatives are ordinary ones, written with d?"),
        answers=(
            Answer(NC_("answer", "none"), N_("x, y and, through them, z are functions of t alone.")),
            Answer(N_("those of $x$ and $y$ with respect to $t$, and no other"),
                   N_("z is a function of t alone, too, once x and y are.")),
            Answer(N_("those of $x$, $y$ and $z$ with respect to $t$")),
            Answer(NC_("answer", "all"), N_("f is a function of two variables, so its derivatives are partial.")),
        )),
    ChoiceExercise(
        "E23", "S2", NC_("text", "definitions"),
        Message(r"\text{{logits }} a^{{(L)}}"), Message(r"\text{{logits }} z^{{(L)}}"),
        N_("Logits go into softmax; what comes out of it is a, the probabilities."),
        title=N_("Which are the logits?"), own=r"\mathbf{a}^{(L)},\ [c, 1]",
        hint=N_("Logits may be negative and need not add up to 1."), notation=VECTORS,
        question=N_("The text calls $a^{(L)}$, the output of softmax, the logits. What are logits?"),
        answers=(
            Answer("$a^{(L)}$", N_("These are what softmax makes of the logits: probabilities, which add up to 1.")),
            Answer("$z^{(L)}$"),
            Answer(r"$\log a^{(L)}$", N_("These are the log-probabilities; they differ from the logits by a number "
                                         "that "
                                         "is the same for all classes.")),
            Answer("$a^{(L-1)}$", N_("That is the last hidden layer, before the last weights.")),
        )),
    FormulaExercise(
        "E24", "S2", NC_("text", "forward pass"), "a^{(l)} = f(z^{(l-1)})", "a^{(l)} = f(z^{(l)})",
        N_("Each layer applies f to its own z, which the line before has just computed."),
        title=N_("Whose z does f take?"), own=r"\mathbf{a}^{(l)} = f(\mathbf{z}^{(l-1)})",
        hint=N_("What has the line before it just computed?"),
        target="A[2]", formula="f(z1)", answer="f(z2)", preset="softmax-batch", notation=VECTORS, changes=ONE_SAMPLE),
    FormulaExercise(
        "E25", "S2", NC_("text", "forward pass"),
        r"\operatorname{softmax}(z^{(L-1)})", r"\operatorname{softmax}(z^{(L)})",
        N_("The output has an entry for each class, and so has z of the last layer; the layer below has others."),
        title=N_("What goes into softmax?"), own=r"\mathbf{a}^{(L)} = \text{softmax}(\mathbf{z}^{(L-1)})",
        hint=N_("Softmax gives as many numbers as it gets: how many classes are there?"),
        target="A[3]", formula="softmax(z2)", answer="softmax(z3)", preset="softmax-batch", notation=VECTORS,
        changes=ONE_SAMPLE),
    FormulaExercise(
        "E26", "S2", NC_("text", "last layer"), r"\sum_i \frac{y_i}{a_i}\ldots", r"-\sum_i \frac{y_i}{a_i}\ldots",
        N_("The derivative of −y ln a is −y/a; the line below has the minus again, so it is only lost in this one."),
        title=N_("Softmax, then the derivative of the loss"),
        own=r"\sum_{i=1}^{c}\left(\frac{\mathbf{y}_i}{\mathbf{a}_i^{(L)}}\right)"
            r"\frac{\partial \mathbf{a}_i^{(L)}}{\partial \mathbf{z}_j^{(L)}}",
        hint=N_("Differentiate one term of the loss, −y ln a, with respect to a."),
        target="delta[3]", formula="(diag(a3) - a3 a3ᵀ) (y / a3)", answer="(diag(a3) - a3 a3ᵀ) (-y / a3)",
        preset="softmax-batch", notation=VECTORS, changes=ONE_SAMPLE),
    ChoiceExercise(
        "E27", "S2", NC_("text", "weights"), r"\sum_{j=1}^{n}", r"\sum_{j=1}^{m^{(l-1)}}",
        N_("The sum is over the units of the layer below; n is the number of inputs of the whole network."),
        title=N_("How far does the sum go?"),
        own=r"\mathbf{z}^{(l)}_i=\sum_{j=1}^n \mathbf{W}^{(l)}_{i,j}\mathbf{a}^{(l-1)}_j+\mathbf{b}^{(l)}_i",
        hint=N_("What does j count: in W it is the column, and in a?"), notation=VECTORS,
        question=N_("Layer $l$ has $m^{(l)}$ units, the network has $n$ inputs. Where does this sum end?"),
        answers=(
            Answer("$n$", N_("That is right in the first layer only, whose layer below are the inputs.")),
            Answer("$m^{(l)}$", N_("So many values has i: one for each unit of the layer itself.")),
            Answer("$m^{(l-1)}$"),
            Answer("$L$", N_("That counts the layers, and the sum stays between two of them.")),
        )),
    FormulaExercise(
        "E28", "S2", NC_("text", "between layers"),
        r"\frac{\partial z_k}{\partial a_k}\frac{\partial a_k}{\partial z_j}",
        r"\frac{\partial z_k}{\partial a_j}\frac{\partial a_j}{\partial z_j}",
        N_("With k for a and z alike the derivative f′ stands inside the sum over k; it belongs to j, and so outside."),
        title=N_("Two letters k too many"),
        own=r"\sum_{k}\frac{\partial \mathcal{L}}{\partial \mathbf{z}_k^{(l)}}"
            r"\frac{\partial \mathbf{z}_k^{(l)}}{\partial \mathbf{a}_k^{(l-1)}}"
            r"\frac{\partial \mathbf{a}_k^{(l-1)}}{\partial \mathbf{z}_j^{(l-1)}}",
        hint=N_("Which activation of the layer below does its z with the index j change?"),
        target="delta[2]", formula="W3ᵀ (δ3 ⊙ f'(z2))", answer="(W3ᵀ δ3) ⊙ f'(z2)",
        preset="softmax-batch", notation=VECTORS, changes=ONE_SAMPLE),
    FormulaExercise(
        "E29", "S2", NC_("text", "assembly"), r"W_{:,j}^{\top}\delta", r"(W_{:,j})^{\top}\delta",
        N_("Read as columns of Wᵀ the entries make W δ; meant is each column of W, transposed, which makes Wᵀ δ."),
        title=N_("Transpose first, or take the column first?"),
        own=r"\left[\mathbf{W}^{(l)\top}_{:,j}\, \mathbf{\delta}^{(l)}\right]_{j=1}^m\odot f'(\mathbf{z}^{(l-1)})",
        hint=N_("A column of Wᵀ has as many entries as the layer below has units: does it meet δ of the layer above?"),
        target="delta[2]", formula="(W3 δ3) ⊙ f'(z2)", answer="(W3ᵀ δ3) ⊙ f'(z2)",
        preset="softmax-batch", notation=VECTORS, changes=ONE_SAMPLE),
    FormulaExercise(
        "E30", "S2", NC_("text", "batch"), r"Y = [y_1, \ldots, y_b]", r"Y = [y_1, \ldots, y_b]^{\top}",
        N_("Listed like this the labels are columns side by side; a batch of rows needs them one below the other."),
        title=N_("Labels side by side"), own=r"\mathbf{Y}=[\mathbf{y}_1,\mathbf{y}_2,\cdots,\mathbf{y}_b]",
        hint=N_("With columns side by side, what shape has Y, and what shape has A?"),
        target="delta[3]", formula="(A[3] - Y.T) / m", answer="(A[3] - Y) / m", preset="softmax-batch",
        notation=BATCH),
    FormulaExercise(
        "E31", "S2", NC_("text", "weights"), r"\sum_k \Delta_{i,k} A_{k,j}", r"\sum_k \Delta_{k,i} A_{k,j}",
        N_("The index k counts examples, the rows of Δ and of A; so it is the first index of both, and Δ comes in "
           "transposed."),
        title=N_("The sum over the examples"), own=r"\sum_{k=1}^b\mathbf{\Delta}_{i,k}^{(l)}\mathbf{A}_{k,j}^{(l-1)}",
        hint=N_("Which axis of Δ has the examples: the first, or the second?"),
        target="dW[2]", formula="Delta[2] @ A[1]", answer="Delta[2].T @ A[1]", preset="softmax-batch",
        notation=BATCH),
    ChoiceExercise(
        "E32", "S2", NC_("text", "biases"), Message(r"\text{{no }} \partial L / \partial b"),
        r"\partial L / \partial b = \sum_k \Delta_{k,:}",
        N_("The text leaves the bias to the reader; every example uses the same b, so the rows of Δ add up."),
        title=N_("The bias, which is left out"), own=
            r"\mathbf{Z}^{(l)}=\mathbf{A}^{(l-1)}\mathbf{W}^{(l)\top}+\mathbf{B}^{(l)}",
        hint=N_("b has one entry for each unit, and each example adds its own share."), notation=BATCH,
        preset="softmax-batch",
        question=N_("The text says that the bias goes like the weights. $\\Delta$, of shape $[b, m]$, has the 1/b of "
                    r"the mean in it already. What is $\frac{\partial L}{\partial b}$ of the layer?"),
        answers=(
            Answer(r"$\Delta$", N_("It has a row for each example; b has no axis for examples.")),
            Answer(r"$\frac{1}{b}\sum_k \Delta_{k,:}$", N_("1/b is due once, and Δ has it already.")),
            Answer(r"$\sum_k \Delta_{k,:}$"),
            Answer(r"$\sum_j \Delta_{:,j}$", N_("That adds up the units of an example; it has an entry for each "
                                                "example.")),
        )),
    ChoiceExercise(
        "E63", "S2", NC_("text", "overview"), Message(r"\text{{SGD needs a batch}}"),
        Message(r"\text{{mini-batch SGD needs a batch}}"),
        N_("Stochastic gradient descent takes one example at a time; with some at a time it is mini-batch SGD."),
        title=N_("How many examples for one step?"),
        hint=N_("Gradient descent takes all examples, mini-batch SGD takes some."), notation=BATCH,
        question=N_("The text says that SGD needs a batch of examples. Strictly, how many examples does one step of "
                    "stochastic gradient descent take?"),
        answers=(
            Answer(NC_("answer", "all"), N_("That is gradient descent, in which nothing is stochastic.")),
            Answer(N_("one, drawn at random")),
            Answer(N_("a batch of some"), N_("That is mini-batch SGD; people often say SGD for it.")),
        )),
    ChoiceExercise(
        "E66", "S2", NC_("text", "batch"), Message(r"b:\ \text{{batch size and bias}}"), r"b,\ \mathbf{b}^{(l)}",
        N_("One b counts the examples and the other is the bias; in B both meet."),
        title=N_("One b, two meanings"), own=r"\mathbf{B}^{(l)},\ [b, m^{(l)}]",
        hint=N_("A layer has one bias for each unit, however many examples there are."), notation=BATCH,
        question=N_("B has the shape $[b, m]$, as Z. What is in its rows?"),
        answers=(
            Answer(N_("in each the bias of one layer"), N_("B belongs to one layer; the b of its shape is the number "
                                                           "of "
                                                           "examples.")),
            Answer(N_("in each a bias of its own for one example"),
                   N_("Then there would be b·m of them to learn, and none for a new example.")),
            Answer(N_("in each the same biases, those of the layer's units")),
        )),
    Erratum(
        "E67", "S2", NC_("text", "forward pass"), r"\mathrm{CE}(\mathbf{a}^{(L)}, y)", r"\mathrm{CE}(\mathbf{a}^{(L)}, "
                                                                              r"\mathbf{y})",
        N_("The labels of one example are a vector, and vectors are bold in this text."),
        unposed=N_("is a letter that should be bold")),
)  # fmt: skip
