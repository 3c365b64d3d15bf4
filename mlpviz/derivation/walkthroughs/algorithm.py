"""The whole algorithm: the error of the last layer, then layer by layer the gradients and the error below. Text S2."""

from __future__ import annotations

from ...maths.expressions import Symbol
from ...maths.messages import N_
from .. import gradients
from ..scene import Scene
from .walkthrough import Chain, Line, Walkthrough, output_layer


def chains(scene: Scene) -> tuple[Chain, ...]:
    """From the last layer to the first, each by the same lines."""
    return tuple(chain for l in range(scene.architecture.depth, 0, -1) for chain in layer(scene, l))


def layer(scene: Scene, l: int) -> tuple[Chain, ...]:
    """The error of a layer and its gradients."""
    first = start(scene, l) if l == scene.architecture.depth else one_layer_down(scene, l)
    shown = (first, weights(scene, l))
    return (*shown, biases(scene, l)) if scene.architecture.bias else shown


def start(scene: Scene, l: int) -> Chain:
    """The output error, where the cost comes in."""
    line = Line(
        scene.equation("output error", l).value,
        N_("Start at the output"),
        N_(
            "Only here the loss comes in, by its derivatives with respect to the last weighted sums. They are computed "
            "once, and everything else is made from them."
        ),
    )
    return Chain(N_("The error"), Symbol("delta", l), (line,), l)


def one_layer_down(scene: Scene, l: int) -> Chain:
    """The hidden error, the step that repeats."""
    line = Line(
        scene.equation("hidden error", l).value,
        N_("One layer down"),
        scene.say(
            "Back over the weights {w} and through the activation function of this layer. The step repeats down to "
            "the first layer.",
            w=Symbol("W", l + 1),
        ),
    )
    return Chain(N_("The error"), Symbol("delta", l), (line,), l)


def weights(scene: Scene, l: int) -> Chain:
    delta = Symbol("delta", l)
    line = Line(
        scene.equation("weight gradient", l).value,
        N_("The weights"),
        gradients.of_weights(scene.view, delta),
    )
    return Chain(N_("The weights"), Symbol("dW", l), (line,), l)


def biases(scene: Scene, l: int) -> Chain:
    delta = Symbol("delta", l)
    line = Line(
        scene.equation("bias gradient", l).value,
        N_("The biases"),
        gradients.of_biases(scene.view, delta),
    )
    return Chain(N_("The biases"), Symbol("db", l), (line,), l)


WALKTHROUGH = Walkthrough(
    "algorithm",
    N_("The whole algorithm"),
    N_(
        "What is to be shown: backpropagation is a few lines that repeat from the last layer to the first. The error "
        "at the output, the gradients of each layer, and the error one layer down; as formulas for any layer, as "
        "numbers of this network, and as a program to copy."
    ),
    chains,
    layers=output_layer,
    batch=True,
    below=("algorithm",),
    preset="softmax-batch",
    shown_by=lambda architecture, _samples: architecture.depth > 1,
)
