"""Why products of matrices have the order that they have: fifty minutes with the network 2-3-2. Text S4."""

from __future__ import annotations

from ..maths.messages import N_
from .lesson import Edited, Explained, FoundRight, Guessed, Lesson, LessonScene, Reached, Trained
from .question import Ask
from .trainings import MOONS

LESSON = Lesson(
    "why-not-multiply",
    N_("Why does this not multiply?"),
    N_("A small network forwards and backwards: why each product has the order that it has, and W its transpose."),
    (
        LessonScene(
            N_("Forward"),
            N_(
                "Two inputs, three hidden units, two outputs, and numbers small enough to check by hand. Each press of "
                "→ computes one line; what is not computed yet is blank. The sums of the output layer come next: work "
                "out the first one yourself, then press →."
            ),
            N_(
                "Let everybody open the link first. The sum is a row of the weights times the activations below, plus "
                "the bias. Whoever has forgotten the bias is told so: ask what a unit could not do without one. Then "
                "press → as far as the cost, and let the class say what each line is for."
            ),
            "/?preset=two-three-two&step=1",
            Ask("number", "Z[2]", (0, 0)),
            (Guessed(), Reached("step", 5)),
            9,
        ),
        LessonScene(
            N_("A dead unit"),
            N_(
                "ReLU passes a positive sum on and makes 0 of a negative one. Change the second input to 0.5 "
                "(double-click it): now the sum of the third hidden unit is negative. What is the sign of the error "
                "that comes back to that unit?"
            ),
            N_(
                "The unit puts out 0, and there ReLU has the derivative 0: whatever comes back from the outputs is "
                "multiplied by it. Ask which weights the update cannot move now, and what that means if a unit is dead "
                "for every sample. Ctrl+Z gives the input back."
            ),
            "/?preset=two-three-two&step=8",
            Ask("sign", "delta[1]", (0, 2)),
            (Edited("X"), Guessed()),
            3,
        ),
        LessonScene(
            N_("Rows or columns"),
            N_(
                "The same network, but a sample is now a column, as in most books. No number changes, only the order "
                "of the factors and what is transposed. Which formula gives the sums of the output layer? Afterwards "
                "make the sample a row again, under Notation, and watch the product."
            ),
            N_(
                "Write the shapes of the two factors side by side, once for columns and once for rows: the inner two "
                "must be equal. With columns W stands in front, as it is stored. With rows the whole product is "
                "transposed, so the order turns round and W gets its ⊤. It is one fact, not two formulas to learn."
            ),
            "/?preset=two-three-two&orientation=columns&step=1",
            Ask("which", "Z[2]", mistakes=("transposed", "order", "missing bias")),
            (Guessed(), Edited("orientation")),
            6,
        ),
        LessonScene(
            N_("The error runs back"),
            N_(
                "Now read the network from right to left. What comes back to a hidden unit is a sum over its outgoing "
                "wires, each weight times the error at the other end; then it is multiplied by the derivative of the "
                "unit’s activation. What is the sign of the error of the second hidden unit? Press → and click the "
                "number to see its sum."
            ),
            N_(
                "Do it on the picture with two fingers. The two weights of this unit have opposite signs, and so have "
                "the two errors: both terms are positive. Whoever says negative has looked at one wire, or at the "
                "weights alone. All three units are on, so the derivative is 1 and easy to forget; a network with "
                "tanh will not forgive that."
            ),
            "/?preset=two-three-two&step=8",
            Ask("sign", "delta[1]", (0, 1)),
            (Guessed(), Reached("step", 9), Explained("delta[1]")),
            9,
        ),
        LessonScene(
            N_("A product that does not multiply"),
            N_(
                "Somebody has followed the chain rule from left to right, and the shapes do not meet: 2×1, 2×3, 3×1, "
                "1×2. Mend the formula until it gives the derivative of the cost by the weights of the hidden layer. "
                "After each try you are told what is wrong."
            ),
            N_(
                "Open the question and wait. The bars show not who is wrong, but how. A wrong order and a wrong "
                "transpose are mostly the same mistake, a factor on the wrong side; a missing derivative of the "
                "activation is another one. Discuss the most frequent cause, then let everybody write again."
            ),
            "/check?exercise=E46",
            Ask("formula", "dW[1]"),
            (FoundRight("dW[1]"),),
            7,
        ),
        LessonScene(
            N_("One of four"),
            N_(
                "The error of the hidden layer is there. The derivative by the weights of this layer must have the "
                "shape of the weights, three rows and two columns. Which formula gives it?"
            ),
            N_(
                "The shape decides before any calculus: of three errors and two inputs a 3×2 matrix can be made in one "
                "way only, as an outer product. Each entry is one error times one input; click one after →. The "
                "formula with the minus sign has the right shape, too: shapes find many mistakes, not all."
            ),
            "/?preset=two-three-two&step=9",
            Ask("which", "dW[1]", mistakes=("order", "transposed", "sign")),
            (Guessed(), Reached("step", 10)),
            4,
        ),
        LessonScene(
            N_("A batch"),
            N_(
                "Four samples at once, one in each row, so the errors of the hidden layer are a matrix with four "
                "rows. What is the shape of the derivative of the cost by the weights of the first layer? Press →, "
                "and click one of its entries."
            ),
            N_(
                "Two of the wrong answers are the shapes of the factors, with the 4 of the samples in them; the third "
                "is the right one turned round. The product runs over the samples: each entry is a sum of four terms, "
                "and the 4 is gone. Count the terms. What would change with a thousand samples?"
            ),
            "/?preset=xor&step=9",
            Ask("shape", "dW[1]"),
            (Guessed(), Reached("step", 10), Explained("dW[1]")),
            6,
        ),
        LessonScene(
            N_("It learns"),
            N_(
                "The same equations, some thousand times over: eight tanh units learn to part two half circles. Press "
                "Start and watch the boundary bend until 95 % of the samples are right. Then take units away: with how "
                "few does it still succeed?"
            ),
            N_(
                "Everybody trains a network of their own. Let the class look for the fewest units, and ask why three "
                "may do where two do not. The address of the page is what they take home: it opens the same network "
                "tonight."
            ),
            MOONS,
            None,
            (Trained(0.95),),
            6,
        ),
    ),
)
