"""The mistakes of the lecture notes on the forward pass and the backward pass, one neuron at a time."""

from __future__ import annotations

from ...maths.messages import N_, NC_, Message
from .erratum import NEURON, Answer, ChoiceExercise, Erratum, FormulaExercise

MISTAKES: tuple[Erratum, ...] = (
    ChoiceExercise(
        "E12", "S1", NC_("text", "before the chain rule"), Message(r"\text{{backpropagation}} = \nabla L"),
        Message(r"\text{{backpropagation computes }} \nabla L"),
        N_("The gradient is a vector of partial derivatives; backpropagation is the way to compute it."),
        title=N_("What is backpropagation?"),
        own=r"\frac{\partial L}{\partial w_1} \ldots \frac{\partial L}{\partial b_1}",
        hint=N_("Central differences give the same vector without any backpropagation."), notation=NEURON,
        question=N_("The text says that backpropagation is these derivatives as a vector. What is it?"),
        answers=(
            Answer(N_("the vector of these derivatives"), N_("That is the gradient, however it was computed.")),
            Answer(N_("the step $-\\eta\\nabla L$ that changes the parameters"), N_("That is gradient descent.")),
            Answer(N_("the order of computation that gives them, from the output back to the input")),
        )),
    ChoiceExercise(
        "E13", "S1", NC_("text", "backward pass"), r"\frac{\partial C}{\partial a} = w_3 + w_4",
        r"w_3\frac{\partial C}{\partial z'} + w_4\frac{\partial C}{\partial z''}",
        N_("Each weight multiplies the derivative ∂C/∂z of the neuron that it leads to; w₃ + w₄ leaves these out."),
        title=N_("What comes back through two wires"),
        own=r"\frac{\partial C}{\partial a} = \frac{\partial C}{\partial z'}\frac{\partial z'}{\partial a} + "
            r"\frac{\partial C}{\partial z''}\frac{\partial z''}{\partial a} = w_3 + w_4",
        hint=N_("∂z′/∂a = w₃: put it into the sum in the middle, and leave the rest as it is."),
        notation=NEURON, preset="one-neuron",
        question=N_(r"Which is $\frac{\partial C}{\partial a}$, if $z'=w_3a+\ldots$ and $z''=w_4a+\ldots$?"),
        answers=(
            Answer("$w_3 + w_4$", N_("So it would be if both ∂C/∂z′ and ∂C/∂z″ were 1.")),
            Answer(r"$\sigma'(z')\,w_3 + \sigma'(z'')\,w_4$",
                   N_("That is how the two activations above change with a, not how the cost does.")),
            Answer(r"$w_3\frac{\partial C}{\partial z'} + w_4\frac{\partial C}{\partial z''}$"),
            Answer(r"$(w_3 + w_4)\left(\frac{\partial C}{\partial z'} + \frac{\partial C}{\partial z''}\right)$",
                   N_("Each weight leads to one of the two neurons; this sends all through all.")),
        )),
    ChoiceExercise(
        "E14", "S1", NC_("text", "Framework"), r"\underbrace{\partial C/\partial z}_{\text{Forward Pass}}",
        r"\underbrace{\partial C/\partial z}_{\text{Backward Pass}}",
        N_("Only ∂z/∂w is read off the forward pass; ∂C/∂z comes back from the cost."),
        title=N_("Forward, or backward?"),
        own=r"\frac{\partial C}{\partial W} = \underbrace{\frac{\partial C}{\partial z}}_{\text{Forward Pass}}\ "
            r"\underbrace{\frac{\partial z}{\partial W}}_{\text{Forward Pass}}",
        hint=N_("Which of the two can be known before the cost is?"), notation=NEURON,
        question=N_("Which pass gives which factor?"),
        answers=(
            Answer(N_("both the forward pass"), N_("∂C/∂z depends on all that comes after z, up to the cost.")),
            Answer(N_("∂C/∂z the backward pass, ∂z/∂W the forward pass")),
            Answer(N_("∂C/∂z the forward pass, ∂z/∂W the backward pass"),
                   N_("∂z/∂W is the input on that wire, known as soon as the forward pass is there.")),
            Answer(N_("both the backward pass"), N_("∂z/∂W is an input: nothing of it comes back from the cost.")),
        )),
    FormulaExercise(
        "E15", "S1", NC_("text", "Framework"), r"\frac{\partial C}{\partial z} = \sigma'(z)",
        r"\sigma'(z)\frac{\partial C}{\partial a}",
        N_("σ′(z) is ∂a/∂z, one of two factors; the other is ∂C/∂a, which comes back through the weights."),
        title=N_("Is ∂C/∂z just σ′(z)?"),
        own=r"\frac{\partial C}{\partial z} = \underbrace{\frac{\partial C}{\partial a}}_{\sigma'(z)}\ "
            r"\underbrace{\frac{\partial a}{\partial z}}_{=1} = \sigma'(z)",
        hint=N_("Under which of the two factors does σ′(z) belong, and what is the other one?"),
        target="delta[1]", formula="f'(z1)", answer="f'(z1) ⊙ (W2ᵀ δ2)", preset="one-neuron", notation=NEURON),
    FormulaExercise(
        "E16", "S1", NC_("text", "Framework"), r"\frac{\partial C}{\partial z'} = \sigma'(z')w_3 + \sigma'(z'')w_4",
        r"\frac{\partial C}{\partial z} = "
        r"\sigma'(z)\left[w_3\frac{\partial C}{\partial z'} + w_4\frac{\partial C}{\partial z''}\right]",
        N_("The weights carry back the errors δ of the next layer; σ′ is taken at the neuron's own z, outside."),
        title=N_("Derivatives in the wrong places"),
        own=r"\underbrace{\frac{\partial C}{\partial a}}_{\sigma'(z')}\ \underbrace{\frac{\partial a}{\partial "
            r"z'}}_{=w_3} + "
            r"\underbrace{\frac{\partial C}{\partial z''}}_{\sigma'(z'')}\ \underbrace{\frac{\partial a}{\partial "
            r"z'}}_{=w_4}",
        hint=N_("What does a weight carry back: how the next neuron's activation changes, or how the cost does?"),
        target="delta[1]", formula="W2ᵀ f'(z2)", answer="f'(z1) ⊙ (W2ᵀ δ2)", preset="one-neuron", notation=NEURON),
    ChoiceExercise(
        "E17", "S1", NC_("text", "Framework"), Message(r"\text{{in the output layer: }} z,\ z'"),
        Message(r"\text{{in the output layer: }} z',\ z''"),
        N_("The two neurons that are in the output layer, or not, are the ones above: z is the one asked for."),
        title=N_("Which neurons are in the output layer?"), own="z,\\ z'",
        hint=N_("The formulas of the case are about ∂C/∂z′ and ∂C/∂z″."), notation=NEURON,
        question=N_("To compute ∂C/∂z, the text distinguishes whether two neurons are in the output layer. Which two?"),
        answers=(
            Answer("$z,\\ z'$", N_("z is the neuron that is asked about; if it were in the output layer, nothing would "
                                   "be above it.")),
            Answer("$z,\\ z''$", N_("z is the neuron that is asked about; if it were in the output layer, nothing "
                                    "would "
                                    "be above it.")),
            Answer("$z',\\ z''$"),
        )),
    FormulaExercise(
        "E18", "S1", NC_("text", "output layer"),
        r"\frac{\partial C}{\partial z'} = \sigma'(z')\frac{\partial C}{\partial y_1}",
        r"\sum_i \frac{\partial C}{\partial y_i}\frac{\partial y_i}{\partial z'}",
        N_("Every softmax output depends on every z, so all of them add to each ∂C/∂z; that sum comes to a − y."),
        title=N_("A softmax output, one unit at a time"),
        own=r"\frac{\partial C}{\partial z'} = \frac{\partial C}{\partial y_1}\frac{\partial y_1}{\partial z'} = "
            r"\sigma'(z')\frac{\partial C}{\partial y_1}",
        hint=N_("The digits of this text go into ten classes by softmax: which outputs change with one z?"),
        target="delta[2]", formula="-ŷ / y ⊙ f'(z2)", answer="y - ŷ", preset="digit", notation=NEURON),
    FormulaExercise(
        "E19", "S1", NC_("text", "example"), "w_1, w_2", r"W^{(l)}_{ij}",
        N_("w₁ and w₂ were the weights into the first neuron; the errors above come back through the weights between."),
        title=N_("The weights of another layer"),
        own=r"\frac{\partial L}{\partial z_3} = \sigma'(z_3)\left(w_1 \frac{\partial L}{\partial z_5} + "
            r"w_2 \frac{\partial L}{\partial z_6}\right)",
        hint=N_("Which weights lie between z₃ and z₅, and which before z₁?"),
        target="delta[2]", formula="f'(z2) ⊙ (W1ᵀ δ3)", answer="f'(z2) ⊙ (W3ᵀ δ3)", preset="three-levels",
        notation=NEURON),
    ChoiceExercise(
        "E20", "S1", NC_("text", "throughout"),
        Message(r"\text{{no }} \partial z / \partial b"), r"\partial z / \partial b = 1",
        N_("A bias is added to z as it is, so z moves one for one with it."),
        title=N_("And the bias?"), hint=N_("Move b by a little: by how much does z move?"), notation=NEURON,
        question=N_(r"The text reads off $\frac{\partial z}{\partial w_1}=x_1$ and never treats the bias. What is "
                    r"$\frac{\partial z}{\partial b}$?"),
        answers=(
            Answer("$0$", N_("Then a bias would change nothing, and could not be learned.")),
            Answer("$1$"),
            Answer("$b$", N_("That is its value; the derivative says how z changes with it.")),
            Answer(r"$\sigma'(z)$", N_("That is ∂a/∂z, which comes after z.")),
        )),
    ChoiceExercise(
        "E58", "S1", NC_("text", "loss"), r"\sum_{i=1}^{n},\ \sum_{n=1}^{N}", r"\sum_{i=1}^{10},\ \sum_{n=1}^{N}",
        N_("One n is the number of classes and the other counts the examples, in the same line."),
        title=N_("One n, two meanings"), own=r"C(y,\hat y) = -\sum_{i=1}^{n} \hat y_i \ln y_i,\quad "
            r"L(\theta) = \sum_{n=1}^{N} C^n(\theta)",
        hint=N_("ŷ has one entry for each class."), notation=NEURON,
        question=N_("Digits come in with 256 numbers and go into 10 classes, and there are $N$ examples. How many "
                    "terms "
                    "has the sum in $C$?"),
        answers=(
            Answer("$10$"),
            Answer("$256$", N_("So many numbers come in; the sum is over what comes out.")),
            Answer("$N$", N_("So many has the sum in L, which adds up the examples.")),
            Answer(N_("as many as the number of the example"),
                   N_("So it would be if both n were the same: the third example would have three classes.")),
        )),
    ChoiceExercise(
        "E59", "S1", NC_("text", "forward pass"), Message(r"z:\ \text{{output of the neuron}}"),
        Message(r"a = \sigma(z):\ \text{{output of the neuron}}"),
        N_("z is the weighted sum inside the neuron; what it passes on is a = σ(z)."),
        title=N_("What is a neuron's output?"), hint=N_("What do the weights w₃ and w₄ multiply?"), notation=NEURON,
        question=N_("The text calls $z$ the output of every neuron. What does a neuron pass on to the next layer?"),
        answers=(
            Answer("$z$", N_("Then no activation function would stand between two layers, and both would be one.")),
            Answer(r"$a=\sigma(z)$"),
            Answer(r"$\sigma'(z)$", N_("That is its gain on the way back.")),
        )),
    ChoiceExercise(
        "E60", "S1", NC_("text", "forward pass"), r"\frac{\partial z}{\partial w_1} = x_1",
        Message(r"x_1\ \text{{in the first layer only, }} a\ \text{{above it}}"),
        N_("A wire carries the activation of the unit where it begins, which is an input x for the first layer only."),
        title=N_("What is read off a wire?"), own=r"\frac{\partial z}{\partial w_1} = x_1",
        hint=N_("z is a sum over the units of the layer below."), notation=NEURON, preset="three-levels",
        question=N_("A weight $w$ leads from the first hidden layer into a neuron of the second. What is "
                    r"$\frac{\partial z}{\partial w}$?"),
        answers=(
            Answer(N_("the input $x$ of the network"), N_("That holds for weights into the first hidden layer.")),
            Answer(N_("the activation $a$ of the unit where the wire begins")),
            Answer(N_("the activation $a$ of the unit where the wire ends"), N_("That one comes after z.")),
            Answer(N_("the weight itself"), N_("That is ∂z/∂a: the derivative with respect to what the wire carries.")),
        )),
    ChoiceExercise(
        "E61", "S1", NC_("text", "output layer"), "C = C(y_1)", "C = C(y_1, y_2)",
        N_("The cost depends on every output; y₁ is only the one through which z′ reaches it."),
        title=N_("What does the cost depend on?"), own=r"y_1 = \sigma(z')\quad C = C(y_1)",
        hint=N_("The next line of the text differentiates the same C with respect to y₂."), notation=NEURON,
        question=N_("The network has two outputs. Of what is the cost $C$ a function?"),
        answers=(
            Answer("$C(y_1)$", N_("Then the second output could be anything, and ∂C/∂y₂ would be 0.")),
            Answer("$C(y_1, y_2)$"),
            Answer("$C(y_1 + y_2)$", N_("Then only the sum would matter, and two wrong outputs could make up for each "
                                        "other.")),
        )),
    ChoiceExercise(
        "E62", "S1", NC_("text", "backward pass"), r"\Delta a \to \Delta z' \to \Delta C",
        r"\Delta a \to (\Delta z', \Delta z'') \to \Delta C",
        N_("a goes into both neurons above it, so a change of it reaches the cost on two paths."),
        title=N_("By which paths?"), own=r"C = C(z', z'')\quad \Delta a \to \Delta z' \to \Delta C",
        hint=N_("The sum that follows in the text has two terms."), notation=NEURON,
        question=N_("By which paths does a change $\\Delta a$ reach the cost?"),
        answers=(
            Answer(N_("through $z'$ alone"), N_("Then w₄ would not occur in ∂C/∂a.")),
            Answer(N_("through $z''$ alone"), N_("Then w₃ would not occur in ∂C/∂a.")),
            Answer(N_("first through $z'$, then through $z''$"), N_("The two are in one layer: neither feeds the "
                                                                    "other.")),
            Answer(N_("through $z'$ and through $z''$, and the two add up")),
        )),
)  # fmt: skip
