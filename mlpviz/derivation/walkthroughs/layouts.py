"""Layouts: the same chain of Jacobians in numerator and in denominator layout. Text S4."""

from __future__ import annotations

from ...maths.expressions import Expression, Symbol, Transpose
from ...maths.functions import transposed
from ...maths.messages import N_
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
                N_("Look at the shapes below: in this layout, with these vectors, only this order multiplies."),
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
                N_("The diagonal Jacobian becomes ⊙."),
                {
                    "question": N_(
                        "In the question of the text one factor stands twice and the order is that of the other layout."
                    )
                },
            ),
        ),
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
                N_("∂J/∂z of its layer"),
                N_("The first factors together are ∂J/∂z."),
            ),
            Line(
                scene.for_target(target, Symbol("delta", l) @ slope),
                N_("One entry survives"),
                N_("∂z/∂W_ij is the input in the place of the weight's own unit, and zeros."),
            ),
        ),
    )


def all_weights(scene: Scene) -> Chain:
    """All weights of the layer as one vector."""
    l = scene.layer
    W, Z = Symbol("W", l), Symbol("Z", l)
    target = flat_gradient(W)
    return Chain(
        N_("All weights"),
        target,
        (
            Line(
                scene.for_target(target, back(scene) @ jacobian(Z, W)),
                N_("The whole chain"),
                N_("All weights side by side, unit by unit: the last factor has one column (or row) for each."),
            ),
            Line(
                scene.for_target(target, Symbol("delta", l) @ jacobian(Z, W)),
                N_("δ, and the staircase"),
                N_("Folded back into the shape of W this is the gradient, in either layout."),
            ),
        ),
    )


WALKTHROUGH = Walkthrough(
    "layouts",
    N_("Numerator and denominator layout"),
    N_(
        "Is ∂u/∂v a matrix with the entries of u in its rows, or in its columns? Either will do, and decides on which "
        "side the next factor goes."
    ),
    chains,
    errata=("E21", "E44", "E45", "E46", "E47", "E52"),
    above="both layouts",
    below="shapes",
)
