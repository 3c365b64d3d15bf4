"""The chain rule: one path, several paths, and all slopes at once as one vector. Text S1."""

from __future__ import annotations

from ...maths.expressions import Number, Symbol
from ...maths.messages import N_
from ..calculus import Partial
from ..derived import gradient, nabla, new_theta, path, theta
from ..scene import Scene
from .walkthrough import Chain, Line, Walkthrough, slope_by_z


def chains(scene: Scene) -> tuple[Chain, ...]:
    """One path where there is one, several paths, and the step downhill."""
    shown = [one_path(scene)] if scene.architecture.activation(scene.layer).elementwise else []
    return (*shown, several_paths(scene), downhill(scene))


def one_path(scene: Scene) -> Chain:
    """∂a_i/∂W_ij: a weight moves z, and z moves a."""
    l = scene.layer
    A, W, Z, below = Symbol("A", l), Symbol("W", l), Symbol("Z", l), Symbol("A", l - 1)
    target = path(A, W)
    u, v = scene.frame(target)
    a, z, w = scene.at(A, None, u), scene.at(Z, None, u), scene.at(W, u, v)
    slope, given = scene.slope(l, None, u), scene.at(below, None, v)
    slopes = scene.architecture.activation(l).slope_at(Z, A)
    whole = Line(
        scene.for_target(target, slopes.T @ below),
        N_("All weights of the layer"),
        N_("A column of slopes times a row of inputs."),
    )
    return Chain(
        N_("One path"),
        target,
        (
            Line(
                scene.assembled(target, Partial(a, z, slope) * Partial(z, w, given)),
                N_("Δw → Δz → Δa"),
                N_("The weight moves z, z moves a, and nothing else: multiply the two slopes along the path."),
            ),
            Line(
                scene.assembled(target, slope * given),
                N_("Each slope, where the network stands now"),
                N_("z is computed already, so f′(z) is a number, and ∂z/∂w is the input on the wire."),
            ),
            *(() if isinstance(scene.architecture.activation(l).slope, Number) else (whole,)),
        ),
    )


def several_paths(scene: Scene) -> Chain:
    """∂J/∂a of the layer below: one path through every unit."""
    l = scene.layer
    Z, below = Symbol("Z", l), Symbol("A", l - 1)
    target = gradient(below)
    _, w = scene.frame(target)
    weight = scene.at(Symbol("W", l), "k", w)
    return Chain(
        N_("Several paths"),
        target,
        (
            Line(
                scene.assembled(
                    target,
                    scene.over(
                        Z,
                        "k",
                        slope_by_z(scene, l, "k") * Partial(scene.at(Z, None, "k"), scene.at(below, None, w), weight),
                    ),
                ),
                N_("A sum over the paths"),
                N_(
                    "One number moves every sum z of the next layer, and each of them moves the cost: add the paths up."
                ),
                {"": N_("∂, not d: each z is one of several the cost depends on.")},
            ),
            Line(
                scene.assembled(target, scene.over(Z, "k", scene.at(Symbol("delta", l), None, "k") * weight)),
                N_("Each path in numbers"),
                N_("∂z/∂a is the weight on the wire, and δ says how fast the cost rises with z."),
                {"forward-backward": N_("One line of the text has w₃ + w₄ here, without the two ∂C/∂z.")},
            ),
            Line(
                scene.for_target(target, Symbol("delta", l) @ Symbol("W", l)),
                N_("All of them at once"),
                N_("A sum over k of products is a matrix product."),
            ),
        ),
    )


def downhill(scene: Scene) -> Chain:
    """θ, ∇J, and the step of gradient descent."""
    row, column = scene.frame(new_theta)
    eta = Symbol("eta")
    return Chain(
        N_("All parameters as one vector"),
        new_theta,
        (
            Line(
                scene.assembled(new_theta, scene.at(theta, row, column) - eta * scene.at(nabla, row, column)),
                N_("Each parameter moves against its slope"),
                N_("θ lists every weight and bias, layer by layer; ∇ lists their slopes in the same order."),
            ),
            Line(
                scene.for_target(new_theta, theta - eta * nabla),
                N_("One step downhill"),
                N_("Training repeats this step to make the cost small."),
                {
                    "forward-backward": N_(
                        "The text calls the gradient itself backpropagation; that is the name of the way to compute it."
                    )
                },
            ),
        ),
    )


WALKTHROUGH = Walkthrough(
    "chain-rule",
    N_("The chain rule"),
    N_(
        "A small push travels along every path from where it is made to the cost. "
        "Along a path slopes multiply; paths add up."
    ),
    chains,
    errata=("E13", "E22", "E12"),
    above="nudge",
)
