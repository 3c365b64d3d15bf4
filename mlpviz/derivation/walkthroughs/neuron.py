"""One neuron: what is on the wire, times ∂C/∂z, which comes back through the reversed neuron. Text S1."""

from __future__ import annotations

from ...maths.expressions import Expression, Symbol
from ...maths.messages import N_
from ..calculus import Partial
from ..derived import gradient, jacobian, slope_of_loss
from ..indices import Index, entry
from ..scene import Scene
from .walkthrough import Chain, Line, Walkthrough, input_of, slope_by_z


def chains(scene: Scene) -> tuple[Chain, ...]:
    """The wire, and the backward factor."""
    return (wire(scene), output(scene) if scene.layer == scene.architecture.depth else reversed_neuron(scene))


def wire(scene: Scene) -> Chain:
    """∂C/∂w = ∂z/∂w · ∂C/∂z."""
    l = scene.layer
    dW, W, Z = Symbol("dW", l), Symbol("W", l), Symbol("Z", l)
    u, v = scene.frame(dW)
    z, weight, given = scene.at(Z, None, u), scene.at(W, u, v), input_of(scene, v)
    return Chain(
        N_("One wire"),
        dW,
        (
            Line(
                scene.weight_gradient(Partial(z, weight, given) * slope_by_z(scene, l, u)),
                N_("Easy factor times hard factor"),
                N_("The weight moves only the z of its own neuron, and that z moves the cost."),
                {
                    "forward-backward": N_(
                        "The text labels both factors Forward Pass; ∂C/∂z belongs to the Backward Pass."
                    )
                },
            ),
            Line(
                scene.weight_gradient(given * scene.at(Symbol("delta", l), None, u)),
                N_("Read it off the wire"),
                N_("∂z/∂w is the input on the wire, known from the forward pass. δ is short for the other factor."),
            ),
            Line(
                scene.equation("weight gradient", l).value,
                N_("Every wire of the layer"),
                N_("All products at once."),
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
    l = scene.layer
    delta, A, above = Symbol("delta", l), Symbol("A", l), Symbol("Z", l + 1)
    _, w = scene.frame(delta)
    own = scene.architecture.activation(l).elementwise
    p = w if own else "p"
    back = scene.over(above, "k", scene.at(Symbol("W", l + 1), "k", p) * slope_by_z(scene, l + 1, "k"))
    slope = scene.slope(l, None, w) if own else scene.at(jacobian(A, Symbol("Z", l)), "p", w)
    body = slope * back if own else scene.over(A, "p", slope * back)
    return Chain(
        N_("The reversed neuron"),
        delta,
        (
            Line(
                scene.assembled(delta, out_of_unit(scene, w)),
                N_("Back through the activation"),
                N_("z moves the neuron's output, and that moves the cost."),
                {"forward-backward": N_("∂a/∂z is f′(z), not 1 as the text labels it.")},
            ),
            Line(
                scene.assembled(delta, body),
                N_("Collect from the neurons above"),
                N_("The neuron's output goes to several others: weight times ∂C/∂z of each, summed, times f′(z)."),
                {
                    "forward-backward": N_(
                        "Read backwards, it is an amplifier with the gain f′(z). The text drops the two ∂C/∂z once."
                    )
                },
            ),
            Line(
                scene.equation("hidden error", l).value,
                N_("The whole layer, reversed"),
                N_("The same again one layer up, and so on: the recursion ends at the output."),
            ),
        ),
    )


def output(scene: Scene) -> Chain:
    """∂C/∂z of an output neuron from the definition of the loss."""
    L = scene.layer
    delta, A, Z = Symbol("delta", L), Symbol("A", L), Symbol("Z", L)
    _, w = scene.frame(delta)
    own = scene.architecture.activation(L).elementwise
    p = w if own else "p"
    by_a = entry(scene.written(slope_of_loss(scene.architecture)), scene.view, p, p)
    slope = scene.slope(L, None, w) if own else scene.at(jacobian(A, Z), "p", w)
    body = slope * by_a if own else scene.over(A, "p", slope * by_a)
    alone = N_("Each output depends on its own z alone, so there is one path: through its own output.")
    mixed = N_("Softmax mixes: every output depends on this z, so all paths are added up.")
    return Chain(
        N_("Where the recursion ends"),
        delta,
        (
            Line(
                scene.assembled(delta, out_of_unit(scene, w)),
                N_("From z to the output to the cost"),
                alone if own else mixed,
                {
                    "forward-backward": N_(
                        "The formula of the text holds for outputs that work one by one; softmax needs the sum."
                    )
                },
            ),
            Line(
                scene.assembled(delta, body),
                N_("∂C/∂y from the definition of the loss"),
                N_("The loss is a formula in y, so its slope is a formula, too."),
            ),
            Line(scene.equation("output error", L).value, N_("All outputs"), N_("The equation of the output error.")),
        ),
    )


WALKTHROUGH = Walkthrough(
    "neuron",
    N_("One neuron"),
    N_(
        "A weight's slope has two factors: what is on its wire, which the forward pass knows, and how fast the cost "
        "rises with its neuron's z, which the backward pass finds by running the network in reverse."
    ),
    chains,
    errata=("E15", "E16", "E17", "E18", "E14", "E19", "E20"),
)
