"""The chain rule: one path, several paths, and all derivatives at once as one vector. Text S1."""

from __future__ import annotations

from ...maths.expressions import Number, Symbol
from ...maths.messages import N_
from ..calculus import Partial
from ..derived import gradient, nabla, new_theta, path, theta
from ..printing.prose import prose
from ..scene import Scene
from .walkthrough import Chain, Line, Walkthrough, assembling, slope_by_z

LISTED = 6
"""The most arrays that a sentence lists."""


def chains(scene: Scene) -> tuple[Chain, ...]:
    """One path where there is one, several paths, and the step downhill."""
    shown = [one_path(scene)] if scene.architecture.activation(scene.layer).elementwise else []
    return (*shown, several_paths(scene), downhill(scene))


def one_path(scene: Scene) -> Chain:
    """∂a_i/∂W_ij: a weight moves z, and z moves a."""
    l, say = scene.layer, scene.say
    A, W, Z, below = Symbol("A", l), Symbol("W", l), Symbol("Z", l), Symbol("A", l - 1)
    target = path(A, W)
    u, v = scene.frame(target)
    a, z, w = scene.at(A, None, u), scene.at(Z, None, u), scene.at(W, u, v)
    slope, given = scene.slope(l, None, u), scene.at(below, None, v)
    by_z, by_w = Partial(a, z, slope), Partial(z, w, given)
    slopes = scene.architecture.activation(l).slope_at(Z, A)
    whole = Line(
        scene.for_target(target, slopes.T @ below),
        N_("All weights of the layer"),
        N_("All these products at once: a column of inputs times a row of derivatives.")
        if scene.turned(target)
        else N_("All these products at once: a column of derivatives times a row of inputs."),
    )
    return Chain(
        N_("One path"),
        target,
        (
            Line(
                scene.assembled(target, by_z * by_w),
                say("Δ{w} → Δ{z} → Δ{a}", w=scene.letter("W"), z=scene.letter("Z"), a=scene.letter("A", l)),
                say(
                    "How does one weight of the layer change the output of its unit? {w} moves {z}, {z} moves {a}, "
                    "and there is no other way: along the one path, multiply the derivatives.",
                    w=w,
                    z=z,
                    a=a,
                ),
                {"": assembling(scene, target)},
            ),
            Line(
                scene.assembled(target, slope * given),
                N_("Each derivative, where the network stands now"),
                say(
                    "Unfold the chain only as far as each piece can be differentiated. {by_w} is the input {x} on the "
                    "wire; {by_z} is {slope}, a number by now, for the forward pass has computed {z}.",
                    by_w=by_w,
                    x=given,
                    by_z=by_z,
                    slope=slope,
                    z=z,
                ),
            ),
            *(() if isinstance(scene.architecture.activation(l).slope, Number) else (whole,)),
        ),
    )


def several_paths(scene: Scene) -> Chain:
    """∂J/∂a of the layer below: one path through every unit."""
    l, say = scene.layer, scene.say
    Z, below = Symbol("Z", l), Symbol("A", l - 1)
    target = gradient(below)
    _, w = scene.frame(target)
    weight, delta = scene.at(Symbol("W", l), "k", w), scene.at(Symbol("delta", l), None, "k")
    z, a = scene.at(Z, None, "k"), scene.at(below, None, w)
    by_z, by_a = slope_by_z(scene, l, "k"), Partial(z, a, weight)
    told = {"weight": weight, "by_a": by_a, "by_z": by_z, "delta": delta, "cost": Symbol("cost"), "z": z}
    return Chain(
        N_("Several paths"),
        target,
        (
            Line(
                scene.assembled(target, scene.over(Z, "k", by_z * by_a)),
                N_("A sum over the paths"),
                say(
                    "How does an input of the layer change the cost? {a} moves {z} of every unit, and {cost} "
                    "depends on all of these: multiply along each path, add up over {k}.",
                    a=a,
                    z=z,
                    k="k",
                    cost=Symbol("cost"),
                ),
                {
                    "": say(
                        "So for all functions: if {new_f} depends on {new_u} and {new_v}, and these on {new_t}, then "
                        "{new_rule}; {new_partial}: {new_f} has several arguments.",
                        new_f="f",
                        new_u="u",
                        new_v="v",
                        new_t="t",
                        new_rule="df/dt = ∂f/∂u du/dt + ∂f/∂v dv/dt",
                        new_partial="∂",
                    )
                },
            ),
            Line(
                scene.assembled(target, scene.over(Z, "k", delta * weight)),
                N_("Each path in numbers"),
                say(
                    "{by_a} is the weight {weight} on the wire. {delta} is short for {by_z}: how fast {cost} rises "
                    "with {z}.",
                    **told,
                )
                if scene.has_short
                else say(
                    "{by_a} is the weight {weight} on the wire, and {by_z} says how fast {cost} rises with {z}.", **told
                ),
                {
                    "": assembling(scene, target),
                    "forward-backward": N_("One line of the text has w₃ + w₄ here, without the two ∂C/∂z."),
                    "element-batch": N_("A function of a vector is a function of several variables, its entries."),
                },
            ),
            Line(
                scene.for_target(target, Symbol("delta", l) @ Symbol("W", l)),
                N_("All of them at once"),
                say("A sum of products over {k} is what a matrix product has in each place.", k="k"),
            ),
        ),
    )


def downhill(scene: Scene) -> Chain:
    """θ, ∇J, and the step of gradient descent."""
    say = scene.say
    row, column = scene.frame(new_theta)
    eta, cost = Symbol("eta"), Symbol("cost")
    old, slope = scene.at(theta, row, column), scene.at(nabla, row, column)
    return Chain(
        N_("All parameters as one vector"),
        new_theta,
        (
            Line(
                scene.assembled(new_theta, old - eta * slope),
                N_("Each parameter moves against its derivative"),
                say(
                    "{theta} is the list of all parameters: {new_parameters}. {slope} says how fast {cost} rises with "
                    "one of them, so step the other way, {eta} (the learning rate) times as far.",
                    theta=theta,
                    new_parameters=listing(scene),
                    slope=slope,
                    cost=cost,
                    eta=eta,
                ),
            ),
            Line(
                scene.for_target(new_theta, theta - eta * nabla),
                N_("One step downhill"),
                say(
                    "{gradient} lists the derivatives in the order of {theta}. Training repeats this step in search of "
                    "{new_best}, the {theta} for which {cost} is smallest.",
                    gradient=nabla,
                    theta=theta,
                    new_best=f"θ* = argmin {scene.view.notation.cost}(θ)",
                    cost=cost,
                ),
                {
                    "forward-backward": N_(
                        "The text calls the gradient itself backpropagation; that is the name of the way to compute it."
                    )
                },
            ),
        ),
    )


def listing(scene: Scene) -> str:
    """The arrays of parameters in the order of θ; of many, the first and the last."""
    names = ("W", "b") if scene.architecture.bias else ("W",)
    every = [prose(Symbol(name, l), scene.view) for l in range(1, scene.architecture.depth + 1) for name in names]
    return ", ".join(every if len(every) <= LISTED else [*every[: LISTED - 2], "…", every[-1]])


WALKTHROUGH = Walkthrough(
    "chain-rule",
    N_("The chain rule"),
    N_(
        "A small change travels along every path from where it is made to the cost. "
        "Along a path derivatives are multiplied; over several paths they are added up."
    ),
    chains,
    errata=("E13", "E22", "E12", "E58", "E62"),
    below=("nudge",),
)
