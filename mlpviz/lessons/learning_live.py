"""Slopes, updates and learning, with the numbers in the hand. Text S1."""

from __future__ import annotations

from ..maths.messages import N_
from .lesson import Edited, Guessed, Lesson, LessonScene, Reached, Trained
from .question import Ask
from .trainings import MOONS

LESSON = Lesson(
    "learning-live",
    N_("Learning, live"),
    N_("Feel a slope, go one step downhill, take too long a step, and let a network learn before your eyes."),
    (
        LessonScene(
            N_("A slope in the hand"),
            N_(
                "The cost depends on every weight. Drag a weight of the output layer to the right and to the left, "
                "and watch the cost. Then say before it is computed: what is the sign of the derivative of the cost "
                "by the first weight of the output layer? Press → to see it."
            ),
            N_(
                "If the cost falls while the weight grows, the derivative is negative. With a weight chosen, key J "
                "draws the cost over it with the tangent, whose slope is the number that → computes. A gradient is no "
                "more than that: one slope for every weight."
            ),
            "/?preset=two-three-two&step=6",
            Ask("sign", "dW[2]", (0, 0)),
            (Edited("entries"), Guessed(), Reached("step", 7)),
            6,
        ),
        LessonScene(
            N_("One step downhill"),
            N_(
                "All derivatives are known. An update moves every weight a little so that the cost falls: against the "
                "derivative, as far as the learning rate says. Which formula does that? Then go on to the last step: "
                "by how much has the cost changed?"
            ),
            N_(
                "The minus sign is the whole idea. Ask of each wrong formula what the network would do with it: not "
                "learn at all, turn its weights round, or not even have the right shape."
            ),
            "/?preset=two-three-two&step=13",
            Ask("which", "new W[2]", mistakes=("missing term", "sign", "transposed")),
            (Guessed(), Reached("step", 22)),
        ),
        LessonScene(
            N_("Too long a step"),
            N_(
                "Exclusive or, and a learning rate of 80. The direction of the update is right, but a slope holds "
                "only nearby. What is the sign of the change of the cost? Go on to the last step and see."
            ),
            N_(
                "A derivative is a promise about a small neighbourhood. Let the class find a learning rate with which "
                "the cost falls again (its field is on the Network page), and then one so small that nothing seems to "
                "happen."
            ),
            "/?preset=xor&learning_rate=80&step=15",
            Ask("sign", "change", (0, 0)),
            (Guessed(), Reached("step", 22)),
            4,
        ),
        LessonScene(
            N_("Again and again"),
            N_(
                "One update is not learning; some hundred are. Press A to apply the update and compute the pass anew, "
                "hold it down to go on, or press R to let it run. Watch the four outputs: two should go to 0, and two "
                "to 1."
            ),
            N_(
                "Stop after about a hundred updates and look at the hidden layer: which unit has taken which part? The "
                "trail shows the cost; drag along it to go back in time. Two units that begin with the same weights "
                "stay the same for ever: ask why."
            ),
            "/?preset=xor&step=22",
            None,
            (Edited("updates"),),
        ),
        LessonScene(
            N_("A network of your own"),
            N_(
                "Now it is your turn: keep this network, or choose other layers, another learning rate, other data. "
                "Press Start. When are 95 % of the samples right, and does it still happen with half the units?"
            ),
            N_(
                "Let groups change one thing each: the units, the layers, the learning rate, the activation. Collect "
                "what they find in a table. Several runs can be drawn in one picture, to compare them."
            ),
            MOONS,
            None,
            (Trained(0.95),),
        ),
    ),
)
