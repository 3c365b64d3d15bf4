"""The mistakes of the question why a product does not multiply, and of its two answers."""

from __future__ import annotations

from ...maths.messages import N_, NC_, Message
from .erratum import ANSWER, QUESTION, Answer, ChoiceExercise, Erratum, FormulaExercise

MISTAKES: tuple[Erratum, ...] = (
    ChoiceExercise(
        "E43", "S4", NC_("text", "question"), r"\text{MSE} = \tfrac12 \sum (\hat y - y)^2", r"\tfrac12\,\text{SSE}",
        N_("Nothing is divided by the number of outputs, so it is half a sum and no mean."),
        title=N_("Is it a mean?"), own=r"L = \frac{1}{2} \sum (y_{hat} - y_{true})^2",
        hint=N_("A mean follows the number of what it averages."), notation=QUESTION,
        question=N_("The question calls this the mean squared error. Which formula is that, with ten outputs?"),
        answers=(
            Answer(r"$\frac{1}{2}\sum(\hat y-y)^2$",
                   N_("Half the sum of squared errors; with two outputs, as there, it equals the mean by accident.")),
            Answer(r"$\frac{1}{10}\sum(\hat y-y)^2$"),
            Answer(r"$\sum(\hat y-y)^2$", N_("That is the sum of squared errors.")),
            Answer(r"$\sqrt{\sum(\hat y-y)^2}$", N_("That is the length of the error, as a vector.")),
        )),
    ChoiceExercise(
        "E44", "S4", NC_("text", "question"),
        r"\frac{\partial L}{\partial W^{(3)}}", r"\frac{\partial L}{\partial W^{(2)}}",
        N_("The chain goes on to the second weight matrix, so the left side is ∂L/∂W⁽²⁾."),
        title=N_("Which gradient is it?"),
        own=r"\frac{\partial L}{\partial W^{(3)}} = \frac{\partial L}{\partial a^{(3)}} "
            r"\frac{\partial a^{(3)}}{\partial z^{(3)}} \frac{\partial z^{(3)}}{\partial a^{(2)}} "
            r"\frac{\partial a^{(2)}}{\partial z^{(2)}} \cdots \frac{\partial z^{(2)}}{\partial W^{(2)}}",
        hint=N_("In a chain the last denominator is what the whole is differentiated with respect to."),
        notation=QUESTION,
        question=N_("The left side is wrong. Which derivative is this chain?"),
        answers=(
            Answer(r"$\frac{\partial L}{\partial W^{(3)}}$",
                   N_("Its chain ends with ∂z⁽³⁾/∂W⁽³⁾, right after ∂a⁽³⁾/∂z⁽³⁾.")),
            Answer(r"$\frac{\partial L}{\partial z^{(2)}}$", N_("That is what stands there without the last factor.")),
            Answer(r"$\frac{\partial L}{\partial W^{(2)}}$"),
            Answer(r"$\frac{\partial L}{\partial a^{(1)}}$", N_("Its chain ends with ∂z⁽²⁾/∂a⁽¹⁾.")),
        )),
    FormulaExercise(
        "E45", "S4", NC_("text", "question"),
        r"\frac{\partial a^{(2)}}{\partial z^{(2)}}\frac{\partial a^{(2)}}{\partial z^{(2)}}",
        r"\frac{\partial a^{(2)}}{\partial z^{(2)}}",
        N_("∂a⁽²⁾/∂z⁽²⁾ stands in the chain twice; with ReLU nobody notices, since 0 and 1 are their own squares."),
        title=N_("A factor twice"),
        own=r"\cdots \frac{\partial z^{(3)}}{\partial a^{(2)}} \frac{\partial a^{(2)}}{\partial z^{(2)}} "
            r"\frac{\partial a^{(2)}}{\partial z^{(2)}} \frac{\partial z^{(2)}}{\partial W^{(2)}}",
        hint=N_("In a chain each denominator is the numerator of the factor that follows."),
        target="dW[1]", formula="((W3ᵀ δ3) ⊙ f'(z2) ⊙ f'(z2)) a1ᵀ", answer="((W3ᵀ δ3) ⊙ f'(z2)) a1ᵀ",
        preset="two-three-two", notation=QUESTION),
    FormulaExercise(
        "E46", "S4", NC_("text", "question"), r"(a^{(3)}-y)\odot\ldots W^{(3)}(1,1,1)^{\top}a^{(1)\top}",
        r"\left[W^{(3)\top}\left((a^{(3)}-y)\odot\ldots\right)\odot(1,1,1)^{\top}\right]a^{(1)\top}",
        N_("In denominator layout each new factor goes to the left, transposed, and a derivative f′ is taken with ⊙."),
        title=N_("2×1 2×3 3×1 1×2"),
        own=r"(a^{(3)} - y) \odot a^{(3)} \odot (1 - a^{(3)})\, W^{(3)} (1,1,1)^T a^{(1)T}",
        hint=N_("On which side of δ does W have to stand, so that their axes of length 2 meet?"),
        target="dW[1]", formula="(a3 - y) ⊙ a3 ⊙ (1 - a3) W3 f'(z2) a1ᵀ",
        answer="((W3ᵀ ((a3 - y) ⊙ a3 ⊙ (1 - a3))) ⊙ f'(z2)) a1ᵀ", preset="two-three-two", notation=QUESTION),
    ChoiceExercise(
        "E47", "S4", NC_("text", "first answer"), r"{a_2^{(2)}}^{\top}", r"a^{(2)\top}",
        N_("a₂ is one number; what multiplies δ is the row of all the activations, one for each column of W."),
        title=N_("One activation, or all?"), own=r"\delta\, {a_2^{(2)}}^T",
        hint=N_("A column of two entries times what gives two rows and three columns?"), notation=QUESTION,
        preset="two-three-two",
        question=N_(r"$\delta$ has two entries and $W^{(3)}$ two rows and three columns. What multiplies $\delta$ in "
                    r"$\frac{\partial L}{\partial W^{(3)}}$?"),
        answers=(
            Answer("$a_2^{(2)}$", N_("That is one number, and δ times a number is no matrix.")),
            Answer(N_("the column $a^{(2)}$"), N_("Two columns, of two and of three entries, have no product.")),
            Answer(N_("the row $a^{(2)T}$")),
            Answer(N_("the matrix $W^{(3)T}$"), N_("That carries δ back to the layer below.")),
        )),
    FormulaExercise(
        "E48", "S4", NC_("text", "second answer"), r"\nabla_{z} J = z - y", "a - y",
        N_("z − y holds for linear outputs and half the squared error; an entropy and its output give a − y."),
        title=N_("z − y, or a − y?"), own=r"\nabla_{z^{(L)}} J = z^{(L)} - y",
        hint=N_("What does the network compare with the label: z, or what the last activation makes of it?"),
        target="delta[3]", formula="z3 - y", answer="a3 - y", preset="binary-classifier", notation=ANSWER),
    FormulaExercise(
        "E49", "S4", NC_("text", "second answer"), r"\nabla_z J = z^{(L)}", r"\nabla_z J",
        N_("The gradient is said to be z − y and then, twice, to be z; that second equals sign has to go."),
        title=N_("An equals sign too many"), own=r"\nabla_{z^{(L)}} J = z^{(L)}",
        hint=N_("The text's sentence before says what the gradient is, for linear outputs and half the squared error."),
        target="delta[2]", formula="z2", answer="z2 - y", preset="two-three-two", notation=ANSWER,
        changes={"activations": ("relu", "identity")}),
    ChoiceExercise(
        "E50", "S4", NC_("text", "second answer"), r"\partial z_k / \partial W_{ij} = 0", r"\ldots\ k \neq i",
        N_("Wᵢⱼ is a weight of unit i, so zᵢ does depend on it."),
        title=N_("Which z depends on a weight?"),
        own=r"\frac{\partial J}{\partial W^{(L)}_{ij}} = \sum_k \frac{\partial J}{\partial z^{(L)}_k} "
            r"\frac{\partial z^{(L)}_k}{\partial W^{(L)}_{ij}}",
        hint=N_("One term of the sum is left in the text's next formula."), notation=ANSWER,
        question=N_("The answer says that $z_k$ does not depend on $W_{ij}$. Which of the $z_k$ do depend on it?"),
        answers=(
            Answer(NC_("answer", "none"), N_("Then the whole sum would be 0, and no weight could be learned.")),
            Answer(NC_("answer", "all"), N_("Wᵢⱼ leads into one unit; the others have weights of their own.")),
            Answer(N_("$z_j$ alone"), N_("j is where the weight begins: aⱼ is what it multiplies.")),
            Answer(N_("$z_i$ alone")),
        )),
    FormulaExercise(
        "E51", "S4", NC_("text", "second answer"), r"z_i = \sum_j W_{ij} a_j", r"z_i = \sum_j W_{ij} a_j + b_i",
        N_("The text itself defines z = W a + b; here the b is lost, though no gradient with respect to W changes by "
           "it."),
        title=N_("What goes into a unit"), own=r"z^{(l)}_i = \sum_j W^{(l)}_{ij} a^{(l-1)}_j",
        hint=N_("Compare it with the definition at the beginning of the text."),
        target="Z[2]", formula="W2 a1", answer="W2 a1 + b2", preset="two-three-two", notation=ANSWER),
    ChoiceExercise(
        "E52", "S4", NC_("text", "second answer"),
        Message(r"\text{{(1a-m) twice}},\ \nabla_{{W^{{(l)}}}} J \ni \frac{{\partial J}}{{\partial W^{{(L)}}_{{ij}}}}"),
        r"\text{(1b-m)},\ \frac{\partial J}{\partial W^{(l)}_{ij}}",
        N_("The rule is for every layer l, and L is the last one only; and the rule for the bias is (1b-m), not (1a-m) "
           "once more."),
        title=N_("The last layer, or any layer?"),
        own=r"\nabla_{W^{(l)}} J:\quad \frac{\partial J}{\partial W^{(L)}_{ij}}",
        hint=N_("The rule stands between other rules, each of them for every layer."), notation=ANSWER,
        question=N_(r"The entries of $\nabla_{W^{(l)}} J$, in row $i$ and column $j$, are said to be these. Which are "
                    "they?"),
        answers=(
            Answer(r"$\frac{\partial J}{\partial W^{(L)}_{ij}}$", N_("These are the entries for the last layer "
                                                                     "alone.")),
            Answer(r"$\frac{\partial J}{\partial W^{(l)}_{ij}}$"),
            Answer(r"$\frac{\partial J}{\partial W^{(l)}_{ji}}$", N_("These are the entries of its transpose.")),
            Answer(r"$\frac{\partial J}{\partial z^{(l)}_{i}}$", N_("These have one index: they make the vector for "
                                                                    "the "
                                                                   "bias.")),
        )),
    ChoiceExercise(
        "E68", "S4", NC_("text", "question"),
        r"\delta_1 \odot \delta_2\, a^{\top}", r"(\delta_1 \odot \delta_2)\, a^{\top}",
        N_("Where ⊙ and a matrix product stand side by side, brackets say which comes first."),
        title=N_("Which product comes first?"),
        own=r"(a^{(3)} - y) \odot a^{(3)} \odot (1 - a^{(3)})\, a^{(2)T}",
        hint=N_("⊙ takes two arrays of the same shape."), notation=QUESTION,
        question=N_("There are no brackets around the products ⊙. Which order does multiply, for columns $a^{(3)}$, "
                    "$y$ "
                    "of two entries and $a^{(2)}$ of three?"),
        answers=(
            Answer(r"$(a^{(3)}-y) \odot \left[a^{(3)} \odot \left((1-a^{(3)})\,a^{(2)T}\right)\right]$",
                   N_("The innermost product is 2×3, and ⊙ would take a column of two with it.")),
            Answer(r"$\left[(a^{(3)}-y) \odot a^{(3)} \odot (1-a^{(3)})\right] a^{(2)T}$"),
            Answer(r"$(a^{(3)}-y) \odot \left[\left(a^{(3)} \odot (1-a^{(3)})\right) a^{(2)T}\right]$",
                   N_("The bracket is 2×3, and ⊙ would take a column of two with it.")),
        )),
    ChoiceExercise(
        "E69", "S4", NC_("text", "first answer"), r"a_i^{(2)}", r"a_j^{(2)}",
        N_("With the unit in row i and its input in column j, as everywhere else, the factor is the input's aⱼ."),
        title=N_("a with index i, or j?"), own=r"w_{ij}^{(3)}:\quad a_{i}^{(2)}",
        hint=N_("In the product W a, which index of W is summed with that of a?"), notation=QUESTION,
        question=N_(r"In $z^{(3)} = W^{(3)}a^{(2)}$, the entry $w_{ij}$ stands in row $i$ and column $j$. Which "
                    r"activation is a factor of $\frac{\partial L}{\partial w_{ij}^{(3)}}$?"),
        answers=(
            Answer("$a_i^{(2)}$", N_("It has the index of the unit that the weight leads to; the answer counts columns "
                                     "first, as it says in a remark.")),
            Answer("$a_j^{(2)}$"),
            Answer(r"$\sum_j a_j^{(2)}$", N_("A weight sees one input only.")),
        )),
)  # fmt: skip
