"""From a single wire to the weight gradient of a batch. Texts S1 and S2."""

from __future__ import annotations

from ..maths.messages import N_
from .lesson import Explained, Guessed, Lesson, LessonScene, Reached
from .question import Ask

LESSON = Lesson(
    "one-to-batch",
    N_("From one number to the batch"),
    N_("The derivative by one weight, then by all weights of a layer, then for all samples in one product."),
    (
        LessonScene(
            N_("One wire"),
            N_(
                "One unit with two inputs and two followers. Its error is known: it says how the cost changes with the "
                "sum of the unit. A weight changes that sum by the input on its wire, so the derivative by the weight "
                "is error times input. Work it out for the second weight, then press →."
            ),
            N_(
                "The input is read off the wire, and no more calculus is needed. The other choices are the derivative "
                "by the first weight, and a wrong sign. Drag the second input to 0: what can this weight learn from "
                "such a sample?"
            ),
            "/?preset=one-neuron&step=9",
            Ask("number", "dW[1]", (0, 1)),
            (Guessed(), Reached("step", 10)),
        ),
        LessonScene(
            N_("Two wires back"),
            N_(
                "One step earlier: where does the error of the unit come from? Both followers send theirs back along "
                "their wires, each error times its weight, and the two are added. One weight is positive, the other "
                "negative. What is the sign of the error? Press → and click it."
            ),
            N_(
                "Adding the weights alone gives the wrong sign here; that slip has been printed. The errors at the "
                "other ends count as well, and minus times minus is plus. The last factor is the derivative of the "
                "sigmoid, which is never more than a quarter: what does that do to a deep network?"
            ),
            "/?preset=one-neuron&step=8",
            Ask("sign", "delta[1]", (0, 0)),
            (Guessed(), Reached("step", 9), Explained("delta[1]")),
        ),
        LessonScene(
            N_("All weights of a layer"),
            N_(
                "Three units and two inputs: six weights, six products of an error and an input. With the errors down "
                "the side and the inputs along the top they make a table, a column times a row. Which entry is the "
                "largest? Press → and click it."
            ),
            N_(
                "Nobody has to work out six products: the largest error meets the largest input. After → the product "
                "shows its grid. This is the outer product, and in a program it is one line: see the code."
            ),
            "/?preset=two-three-two&step=9",
            Ask("cell", "dW[1]"),
            (Guessed(), Reached("step", 10), Explained("dW[1]")),
        ),
        LessonScene(
            N_("The same for all samples"),
            N_(
                "Now four samples. Each has errors of its own, so the errors of the hidden layer become a matrix. "
                "What shape will it have?"
            ),
            N_(
                "A row for each sample, a column for each unit. Rows do not mix: what is computed for one sample knows "
                "nothing of the others. Ask where in the whole pass samples meet for the first time: in the cost, and "
                "on the way back in the gradients."
            ),
            "/?preset=xor&step=8",
            Ask("shape", "delta[1]"),
            (Guessed(), Reached("step", 9)),
        ),
        LessonScene(
            N_("The sum inside the product"),
            N_(
                "Each sample alone would give one matrix of derivatives, and the batch needs their sum. A single "
                "matrix product does both: it multiplies, and it adds up over the samples. Which one is it? Press → "
                "and click an entry."
            ),
            N_(
                "The index that is summed over is the one that disappears, and here it is the sample. So the errors "
                "stand in front, transposed, with a column for each sample. Let the class write the shapes below each "
                "choice: two do not even multiply. An entry has one term for each sample."
            ),
            "/?preset=xor&step=9",
            Ask("which", "dW[1]", mistakes=("order", "transposed", "sign")),
            (Guessed(), Reached("step", 10), Explained("dW[1]")),
        ),
        LessonScene(
            N_("Where the division goes"),
            N_(
                "Three classes, and the cost is the mean over four samples. With softmax and cross-entropy the output "
                "error is the probabilities minus the labels. But a mean divides by the number of samples, once. Which "
                "formula is the output error here?"
            ),
            N_(
                "The division stands in the first error, and all that follows inherits it. Other books divide at the "
                "end, in the gradients; Notation can switch that, and the gradients stay what they are. Dividing twice "
                "or never is like another learning rate: it still learns, so nobody notices."
            ),
            "/?preset=softmax-batch&step=7",
            Ask("which", "delta[3]", mistakes=("missing 1/m", "sign", "transposed")),
            (Guessed(), Reached("step", 8)),
        ),
        LessonScene(
            N_("The same in symbols"),
            N_(
                "The way from one sample to the batch once more, line by line in symbols, each line with its reason "
                "and with the numbers of this network. Read on with →."
            ),
            N_(
                "Let students say the reason before they read it. A click on a number of a line shows where it comes "
                "from, as on the Step page. Those who are quick read the place of the division to the end."
            ),
            "/derive?preset=softmax-batch&walkthrough=batch",
            None,
            (Reached("line", 10),),
        ),
    ),
)
