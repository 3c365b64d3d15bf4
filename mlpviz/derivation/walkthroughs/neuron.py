"""One neuron: what is on the wire, times ∂C/∂z, which comes back through the reversed neuron. Text S1."""

from __future__ import annotations

from dataclasses import replace

from ...maths.expressions import Expression, Symbol
from ...maths.messages import N_
from ..calculus import Partial
from ..derived import gradient, jacobian, slope_of_loss
from ..indices import Index, entry
from ..scene import Scene
from .walkthrough import Chain, Line, Walkthrough, assembling, decay, input_of, paired, slope_by_z


def chains(scene: Scene) -> tuple[Chain, ...]:
    """The wire, and the backward factor of both kinds of units; first that of the layer itself."""
    l, L = scene.layer, scene.architecture.depth
    at_output = output(replace(scene, layer=L))
    if L == 1:
        return wire(scene), at_output
    hidden = reversed_neuron(replace(scene, layer=min(l, L - 1)))
    return (wire(scene), at_output, hidden) if l == L else (wire(scene), hidden, at_output)


def wire(scene: Scene) -> Chain:
    """∂C/∂w = ∂z/∂w · ∂C/∂z."""
    l, say = scene.layer, scene.say
    dW, W, Z = Symbol("dW", l), Symbol("W", l), Symbol("Z", l)
    u, v = scene.frame(dW)
    z, weight, given = scene.at(Z, None, u), scene.at(W, u, v), input_of(scene, v)
    delta, by_w, by_z = scene.at(Symbol("delta", l), None, u), Partial(z, weight, given), slope_by_z(scene, l, u)
    told = {"by_w": by_w, "x": given, "by_z": by_z, "delta": delta}
    return Chain(
        N_("One wire"),
        dW,
        (
            Line(
                scene.weight_gradient(by_w * by_z),
                N_("Easy factor times hard factor"),
                say(
                    "How does one weight change the cost? {w} moves the weighted sum {z} of its own unit only, and {z} "
                    "moves {cost}: the easy factor {by_w} times the hard one, {by_z}.",
                    w=weight,
                    z=z,
                    cost=Symbol("cost"),
                    by_w=by_w,
                    by_z=by_z,
                ),
                {
                    "": assembling(scene, dW),
                    "forward-backward": N_("The text calls both factors Forward Pass; ∂C/∂z is of the Backward Pass."),
                },
            ),
            Line(
                scene.weight_gradient(given * delta),
                N_("Read it off the wire"),
                say(
                    "{by_w} is what comes in over the wire, {x}: the forward pass has it. {delta} is short for {by_z}, "
                    "which the backward pass finds.",
                    **told,
                )
                if scene.has_short
                else say(
                    "{by_w} is what comes in over the wire, {x}: the forward pass has it. The backward pass finds "
                    "{by_z}.",
                    **told,
                ),
                decay(scene),
            ),
            Line(
                scene.equation("weight gradient", l).value,
                N_("Every wire of the layer"),
                N_("All these products at once: a column times a row."),
            ),
        ),
    )


def out_of_unit(scene: Scene, w: Index) -> Expression:
    """Σ_p ∂J/∂a_p ∂a_p/∂z_w, which is one term where a depends on its own z alone."""
    l = scene.layer
    A, Z = Symbol("A", l), Symbol("Z", l)
    own = scene.architecture.activation(l).elementwise
    p = w if own else "p"
    a, z = scene.at(A, None, p), scene.at(Z, None, w)
    by_a = Partial(None, a, scene.at(gradient(A), None, p))
    by_z = Partial(a, z, scene.slope(l, None, w) if own else scene.at(jacobian(A, Z), p, w))
    return by_a * by_z if own else scene.over(A, "p", by_a * by_z)


def reversed_neuron(scene: Scene) -> Chain:
    """∂C/∂z of a hidden neuron from the neurons it feeds."""
    l, say = scene.layer, scene.say
    delta, A, above = Symbol("delta", l), Symbol("A", l), Symbol("Z", l + 1)
    _, w = scene.frame(delta)
    own = scene.architecture.activation(l).elementwise
    p = w if own else "p"
    a, z, weight = scene.at(A, None, p), scene.at(Symbol("Z", l), None, w), scene.at(Symbol("W", l + 1), "k", p)
    by_above = slope_by_z(scene, l + 1, "k")
    back = scene.over(above, "k", weight * by_above)
    slope = scene.slope(l, None, w) if own else scene.at(jacobian(A, Symbol("Z", l)), "p", w)
    body = slope * back if own else scene.over(A, "p", slope * back)
    slopes = scene.for_target(delta, scene.architecture.activation(l).slope_at(Symbol("Z", l), A)) if own else slope
    told = {"z": z, "a": a, "cost": Symbol("cost"), "k": "k", "p": "p", "weight": weight, "by_above": by_above}
    return Chain(
        N_("A hidden unit: the reversed neuron"),
        delta,
        (
            Line(
                scene.assembled(delta, out_of_unit(scene, w)),
                N_("Back through the activation"),
                say(
                    "The hard factor of a unit that feeds others: {z} moves the activation {a} of its unit, and that "
                    "moves {cost}.",
                    **told,
                )
                if own
                else say(
                    "The hard factor of a unit that feeds others: {z} moves every activation {a} of its layer, and "
                    "each of these moves {cost}. Add up over all {p}.",
                    **told,
                ),
                {"forward-backward": N_("∂a/∂z is the derivative of the activation, not 1 as the text labels it.")},
            ),
            Line(
                scene.assembled(delta, body),
                N_("Collect from the units above"),
                say(
                    "{a} goes to every unit {k} of the next layer: the weight {weight} times {by_above} of each, added "
                    "up, times {slope}.",
                    slope=slope,
                    **told,
                ),
                {
                    "": say(
                        "Read backwards the unit is an amplifier: what comes in is added up and multiplied by {slope}.",
                        slope=slope,
                    ),
                    "forward-backward": N_("The text drops the two ∂C/∂z once."),
                },
            ),
            Line(
                scene.equation("hidden error", l).value,
                N_("The whole layer, reversed"),
                say(
                    "All units of the layer at once. {after} is found the same way, one layer on, until the output is "
                    "reached.",
                    after=gradient(above) if not scene.has_short else Symbol("delta", l + 1),
                ),
                {"": say("{slopes} are the gains of the units as amplifiers.", slopes=slopes)} if own else {},
            ),
        ),
        layer=l,
    )


def output(scene: Scene) -> Chain:
    """∂C/∂z of an output neuron from the definition of the loss."""
    L, say = scene.layer, scene.say
    delta, A, Z, Y = Symbol("delta", L), Symbol("A", L), Symbol("Z", L), Symbol("Y")
    _, w = scene.frame(delta)
    own = scene.architecture.activation(L).elementwise
    p = w if own else "p"
    by_a = entry(scene.written(slope_of_loss(scene.architecture)), scene.view, p, p)
    slope = scene.slope(L, None, w) if own else scene.at(jacobian(A, Z), "p", w)
    body = slope * by_a if own else scene.over(A, "p", slope * by_a)
    told = {"a": scene.at(A, None, p), "z": scene.at(Z, None, w), "y": scene.at(Y, None, p), "p": "p"}
    return Chain(
        N_("An output unit: where it ends"),
        delta,
        (
            Line(
                scene.assembled(delta, out_of_unit(scene, w)),
                N_("Through the output to the cost"),
                say(
                    "The hard factor of an output unit: nothing comes after it but the loss. The output {a} depends on "
                    "its own {z} alone, so there is one path.",
                    **told,
                )
                if own
                else say(
                    "The hard factor of an output unit: nothing comes after it but the loss. Softmax mixes: every "
                    "output {a} depends on {z}, so there is a path through each. Add up over all {p}.",
                    **told,
                ),
                {
                    "forward-backward": N_(
                        "The formula of the text holds for outputs that work one by one; softmax needs the sum."
                    )
                },
            ),
            Line(
                scene.assembled(delta, body),
                N_("From the definition of the loss"),
                say(
                    "The loss is a formula in the output {a} and the target {y}, so its derivative with respect to {a} "
                    "can be written down.",
                    **told,
                ),
            ),
            Line(
                scene.equation("output error", L).value,
                N_("All outputs"),
                N_("All outputs at once. The derivatives of this loss and this activation cancel.")
                if paired(scene)
                else N_("All outputs at once."),
            ),
        ),
        layer=L,
    )


WALKTHROUGH = Walkthrough(
    "neuron",
    N_("One neuron"),
    N_(
        "The derivative of the cost with respect to a weight has two factors: what comes in over its wire, which the "
        "forward pass knows, and how fast the cost rises with the weighted sum of its unit, which the backward pass "
        "finds by running the network in reverse."
    ),
    chains,
    errata=("E15", "E16", "E17", "E18", "E14", "E19", "E20", "E59", "E60", "E61"),
)
