"""Layouts: the same chain of Jacobians in numerator and in denominator layout, samples as columns. Text S4."""

from __future__ import annotations

from ...maths.architecture import Architecture
from ...maths.expressions import Expression, Symbol, Transpose
from ...maths.functions import transposed
from ...maths.messages import N_, Message
from ..derived import flat_gradient, gradient, jacobian, one_gradient, one_slope
from ..scene import Scene
from .walkthrough import Chain, Line, Walkthrough


def chains(scene: Scene) -> tuple[Chain, ...]:
    """One link, one weight, and all weights."""
    return (links(scene), one_weight(scene), all_weights(scene))


def back(scene: Scene) -> Expression:
    """∂J/∂z of the layer as a product of Jacobians, in stored arrays."""
    l, L = scene.layer, scene.architecture.depth
    A, Z = Symbol("A", l), Symbol("Z", l)
    if l == L:
        return gradient(A) @ jacobian(A, Z)
    above = Symbol("Z", l + 1)
    return gradient(above) @ jacobian(above, A) @ jacobian(A, Z)


def leftwards(scene: Scene) -> bool:
    """Whether the next factor of a chain that starts at the cost goes to the left."""
    return scene.turned(gradient(Symbol("Z", scene.layer)))


def links(scene: Scene) -> Chain:
    """δ of the layer as a product of Jacobians, and the same product transposed."""
    l = scene.layer
    delta = Symbol("delta", l)
    value = scene.for_target(delta, back(scene))
    name = "output error" if l == scene.architecture.depth else "hidden error"
    return Chain(
        N_("The links of the chain"),
        delta,
        (
            Line(
                value,
                N_("A product of Jacobians"),
                appended(scene),
                {"element-batch": N_("The text gives both layouts the same name at one place.")},
            ),
            Line(
                Transpose(transposed(value)),
                N_("(AB)ᵀ = BᵀAᵀ"),
                N_("The other layout is the transpose of everything, and a transpose turns the order round."),
            ),
            Line(
                scene.equation(name, l).value,
                N_("With what is known of each factor"),
                known(scene),
                {
                    "question": N_(
                        "In the question of the text one factor stands twice and the order is that of the other layout."
                    )
                },
            ),
        ),
    )


def appended(scene: Scene) -> Message:
    """On which side each factor goes, from the cost on."""
    slope = gradient(Symbol("Z", scene.layer))
    if leftwards(scene):
        return scene.say(
            "Denominator layout: start at the cost, on the right, and append each factor to the left. {slope} is a "
            'column, and with "shapes" on, the inner numbers meet in this order only.',
            slope=slope,
        )
    return scene.say(
        "Numerator layout: start at the cost, on the left, and append each factor to the right. {slope} is a row, and "
        'with "shapes" on, the inner numbers meet in this order only.',
        slope=slope,
    )


def known(scene: Scene) -> Message:
    """What becomes of the Jacobians of a layer."""
    l = scene.layer
    A, Z, above, W = Symbol("A", l), Symbol("Z", l), Symbol("Z", l + 1), Symbol("W", l + 1)
    if l == scene.architecture.depth:
        return scene.say("For this loss and this activation both are known: {a} and the target.", a=A)
    if not scene.architecture.activation(l).elementwise:
        return scene.say(
            "{jacobian} is {weights}; the Jacobian of the activation is full, but need not be built.",
            jacobian=jacobian(above, A),
            weights=scene.for_target(jacobian(above, A), W),
        )
    return scene.say(
        "{jacobian} is {weights}; {own} is diagonal, and multiplying by it is ⊙ with its diagonal.",
        jacobian=jacobian(above, A),
        weights=scene.for_target(jacobian(above, A), W),
        own=jacobian(A, Z),
    )


def one_weight(scene: Scene) -> Chain:
    """The first weight of the layer, from the cost to the weight."""
    l = scene.layer
    W, Z = Symbol("W", l), Symbol("Z", l)
    target, slope = one_gradient(W, index=0), one_slope(Z, W, index=0)
    return Chain(
        N_("One weight"),
        target,
        (
            Line(
                scene.for_target(target, back(scene) @ slope),
                N_("From the cost to one weight"),
                N_("A row and a column at the ends, matrices between: what is left is one number."),
            ),
            Line(
                scene.for_target(target, gradient(Z) @ slope),
                N_("Short for the factors nearer to the cost"),
                together(scene),
            ),
            Line(
                scene.for_target(target, Symbol("delta", l) @ slope),
                N_("One entry survives"),
                scene.say(
                    "Only the weight's own unit moves with it: its entry is the input on the wire, {new_input}, all "
                    "others are 0. And {slope} is what the pass has computed.",
                    new_input=Symbol("A", l - 1),
                    slope=gradient(Z),
                ),
            ),
        ),
    )


def together(scene: Scene) -> Message:
    """Which factors are the gradient with respect to z."""
    slope = gradient(Symbol("Z", scene.layer))
    if leftwards(scene):
        return scene.say("The last factors together are {slope}.", slope=slope)
    return scene.say("The first factors together are {slope}.", slope=slope)


def all_weights(scene: Scene) -> Chain:
    """All weights of the layer as one vector."""
    l = scene.layer
    W, Z = Symbol("W", l), Symbol("Z", l)
    target = flat_gradient(W)
    flat = scene.say("flat {w} is {w} unit by unit in one long vector.", w=W)
    if leftwards(scene):
        sides = scene.say("{flat} The first factor has a row for each weight.", flat=flat)
    else:
        sides = scene.say("{flat} The last factor has a column for each weight.", flat=flat)
    return Chain(
        N_("All weights"),
        target,
        (
            Line(scene.for_target(target, back(scene) @ jacobian(Z, W)), N_("The whole chain"), sides),
            Line(
                scene.for_target(target, Symbol("delta", l) @ jacobian(Z, W)),
                N_("The error, and the staircase"),
                scene.say(
                    "The factors nearer to the cost are {slope}. Folded back into the shape of {w} this is the "
                    "gradient, in either layout.",
                    slope=gradient(Z),
                    w=W,
                ),
            ),
        ),
    )


def first_hidden(architecture: Architecture) -> int:
    """The layer of the question: its chain has a link of every kind."""
    return max(architecture.depth - 1, 1)


WALKTHROUGH = Walkthrough(
    "layouts",
    N_("Numerator and denominator layout"),
    N_(
        "∂u/∂v of m numbers u with respect to n numbers v is an m × n matrix in numerator layout and an n × m matrix "
        "in denominator layout. What is to be shown: either will do, and it decides on which side the next factor goes."
    ),
    chains,
    errata=("E21", "E44", "E45", "E46", "E47", "E52", "E68", "E69"),
    below=("both layouts", "shapes"),
    opens=first_hidden,
    orientation="columns",
    preset="two-three-two",
    shown_by=lambda architecture, _samples: architecture.depth > 1,
)
