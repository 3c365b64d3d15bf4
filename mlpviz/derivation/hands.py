"""Whose hand formulas are written in: a source text or a book, the switches as it has them, and a preset for it.

Each was read at its ``source``. What it writes otherwise and no switch can say is its ``remark``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..maths.messages import N_
from .notation import Notation
from .texts import TEXTS


@dataclass(frozen=True)
class Hand:
    """A way to write: whose it is, where it can be read (nothing: here), its language, its notation and a preset."""

    name: str
    title: str
    source: str
    language: str
    notation: Notation
    preset: str
    remark: str = ""


ENGLISH = N_("English")


def of_text(name: str, code: str, notation: Notation, remark: str = "", title: str = "") -> Hand:
    """The hand of one of the source texts."""
    text = TEXTS[code]
    return Hand(name, title or text.title, "", text.language, notation, text.preset, remark)


HANDS: Mapping[str, Hand] = {
    hand.name: hand
    for hand in (
        of_text(
            "modules",
            "S0",
            Notation("columns", brackets="square", error="slope", activation="sigma"),
            N_("The text ends with the weighted sum of the last layer: its loss has the sigmoid inside."),
        ),
        of_text(
            "forward-backward",
            "S1",
            Notation("columns", cost="C", output="y", error="slope", activation="sigma"),
            N_("The text has one weight at a time: w, z and z′ without the number of a layer."),
        ),
        of_text(
            "element-batch",
            "S2",
            Notation("columns", cost="ℒ", input="a", activation="f"),
            N_("The text goes over to samples as rows for its batch, whose size it calls b; here it is m."),
        ),
        of_text(
            "question",
            "S4",
            Notation("columns", first_layer=1, cost="L", error="slope", input="a"),
        ),
        of_text(
            "answer",
            "S4",
            Notation("columns", error="nabla", input="a", activation="g"),
            title=N_("Why does this not multiply? The second answer"),
        ),
        Hand(
            "goodfellow",
            N_("Goodfellow, Bengio, Courville: Deep Learning (6.5)"),
            "https://www.deeplearningbook.org/contents/mlp.html",
            ENGLISH,
            Notation("columns", letters="ah", output="yhat", error="nabla", input="a", activation="f"),
            "two-three-two",
            N_("The book calls the gradient g on its way back, and counts layers with k."),
        ),
        Hand(
            "nielsen",
            N_("Nielsen: Neural Networks and Deep Learning (2)"),
            "http://neuralnetworksanddeeplearning.com/chap2.html",
            ENGLISH,
            Notation("columns", first_layer=1, cost="C", brackets="none", input="a", activation="sigma"),
            "two-three-two",
            N_("The book writes weights with a small w."),
        ),
        Hand(
            "cs229",
            N_("Stanford CS229: Ng, Ma (7)"),
            "https://cs229.stanford.edu/main_notes.pdf",
            ENGLISH,
            Notation("columns", brackets="square", error="slope", activation="sigma"),
            "binary-classifier",
            N_("The notes have the number of a sample in round brackets above the letter; here it stands below."),
        ),
        Hand(
            "cs231n",
            N_("Stanford CS231n: Karpathy (case study)"),
            "https://cs231n.github.io/neural-networks-case-study/",
            ENGLISH,
            Notation(weights="in_out", cost="L", letters="zh", error="d"),
            "softmax-batch",
            N_("The notes call the output's sums scores, and number W and b without brackets."),
        ),
        Hand(
            "deeplearning.ai",
            N_("deeplearning.ai: Ng, Deep Learning Specialization"),
            "https://www.deeplearning.ai/courses/deep-learning-specialization/",
            ENGLISH,
            Notation("columns", brackets="square", output="yhat", error="d", activation="g", division="gradients"),
            "binary-classifier",
            N_(
                "The course calls the loss of one example a cursive L; dZ is of the losses, and dW and db have the 1/m."
            ),
        ),
        Hand(
            "ufldl",
            N_("Stanford UFLDL: Ng and others (multi-layer neural networks)"),
            "http://ufldl.stanford.edu/wiki/index.php/Backpropagation_Algorithm",
            ENGLISH,
            Notation("columns", first_layer=1, input="a", activation="f", numbered="leaves", division="gradients"),
            "two-three-two",
            N_("The tutorial adds up the gradients of all examples in ΔW and Δb, and divides these by m."),
        ),
        Hand(
            "pytorch",
            N_("PyTorch: torch.nn.Linear"),
            "https://pytorch.org/docs/stable/generated/torch.nn.Linear.html",
            ENGLISH,
            Notation(cost="L", error="slope"),
            "softmax-batch",
            N_("A gradient is found in .grad of its tensor; nn.Linear calls its input x and its output y."),
        ),
        Hand(
            "lee",
            N_("Hung-yi Lee (李宏毅): Machine Learning, Backpropagation"),
            "https://speech.ee.ntu.edu.tw/~tlkagk/courses/ML_2016/Lecture/BP.pdf",
            N_("English slides, Mandarin lectures"),
            Notation("columns", cost="C", brackets="none", output="y", error="slope", activation="sigma"),
            "one-neuron",
            N_("The slides call the cost of one example C and that of all of them L."),
        ),
        Hand(
            "3blue1brown",
            N_("3Blue1Brown: Backpropagation calculus"),
            "https://www.3blue1brown.com/lessons/backpropagation-calculus",
            ENGLISH,
            Notation("columns", cost="C", error="slope", input="a", activation="sigma"),
            "one-neuron",
            N_("The cost of one example is C with the number of the example below."),
        ),
        Hand(
            "d2l",
            N_("Zhang and others: Dive into Deep Learning (5.3)"),
            "https://d2l.ai/chapter_multilayer-perceptrons/backprop.html",
            ENGLISH,
            Notation("columns", letters="zh", error="slope", activation="phi"),
            "two-three-two",
            N_("The book calls the weighted sum of the output o."),
        ),
        Hand(
            "bishop",
            N_("Bishop: Pattern Recognition and Machine Learning (5.3)"),
            "https://www.microsoft.com/en-us/research/publication/pattern-recognition-machine-learning/",
            ENGLISH,
            Notation("columns", cost="E", letters="az", output="yt", activation="h"),
            "two-three-two",
            N_("The book has single entries: the number of a layer stands above weights only."),
        ),
    )
}
"""Every hand by name: first those of the source texts, then those that people learn from."""
