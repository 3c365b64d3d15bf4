"""From an entry to a matrix: one weight, then [δ_i a_j]_ij = δ aᵀ; one unit, then Wᵀ δ ⊙ f′. Texts S2, S0, S4."""

from __future__ import annotations

from collections.abc import Mapping

from ...maths.expressions import Expression, Symbol
from ...maths.messages import N_, Message
from ..calculus import Indicator, Partial
from ..derived import jacobian
from ..indices import Index
from ..scene import Scene
from . import modules
from .walkthrough import Chain, Line, Walkthrough, input_of, one_weight, slope_by_z


def chains(scene: Scene) -> tuple[Chain, ...]:
    """Weights, biases, and (below the output) the error of the layer."""
    shown = [weights(scene)]
    if scene.architecture.bias:
        shown.append(biases(scene))
    if scene.layer < scene.architecture.depth:
        shown.append(hidden_error(scene))
    return tuple(shown)


def weights(scene: Scene) -> Chain:
    """∂J/∂W of the layer, entry by entry."""
    l = scene.layer
    W, Z, dW = Symbol("W", l), Symbol("Z", l), Symbol("dW", l)
    u, v = scene.frame(dW)
    assert u is not None
    z = scene.at(Z, None, "k")
    weight, delta = scene.at(W, u, v), scene.at(Symbol("delta", l), None, u)
    hit = Indicator("k", u) * input_of(scene, v)

    def line(body: Expression, title: str, reason: str, notes: Mapping[str, str] | None = None) -> Line:
        return Line(scene.weight_gradient(body), title, reason, notes or {})

    return Chain(
        N_("One weight, then all of them"),
        dW,
        (
            line(
                scene.over(Z, "k", slope_by_z(scene, l, "k") * Partial(z, weight, hit)),
                N_("The chain rule for one weight"),
                N_("The cost depends on this weight through the sums z of the layer: add up over all of them."),
            ),
            line(
                scene.over(Z, "k", slope_by_z(scene, l, "k") * hit),
                N_("What one weight moves"),
                N_(
                    "A weight enters the sum of its own unit and no other, with the input on its wire: "
                    "∂z/∂W is that input for its own unit and 0 for every other."
                ),
                {
                    "answer": N_(
                        "The text says that z_k does not depend on the weight; that is so for the other units only."
                    )
                },
            ),
            line(
                one_weight(scene),
                N_("One term survives"),
                N_("Of the sum only the weight's own unit is left."),
            ),
            line(
                delta * input_of(scene, v),
                N_("Call it δ"),
                N_("δ is short for ∂J/∂z. One weight: the δ at its end times the activation at its start."),
            ),
            Line(
                scene.equation("weight gradient", l).value,
                N_("Assemble the matrix"),
                N_("All products of an entry of δ with an entry of a, in rows and columns: a column times a row."),
                {
                    "modules": Message(
                        "The text reshapes a long vector instead: the walkthrough “{title}” does it.",
                        title=Message(modules.TITLE),
                    )
                },
            ),
        ),
    )


def biases(scene: Scene) -> Chain:
    """∂J/∂b of the layer, entry by entry."""
    l = scene.layer
    b, Z, db = Symbol("b", l), Symbol("Z", l), Symbol("db", l)
    _, u = scene.frame(db)
    assert u is not None
    z, bias = scene.at(Z, None, "k"), scene.at(b, None, u)
    hit = Indicator("k", u)
    return Chain(
        N_("The bias"),
        db,
        (
            Line(
                scene.assembled(db, scene.over(Z, "k", slope_by_z(scene, l, "k") * Partial(z, bias, hit))),
                N_("The chain rule for one bias"),
                N_("The same sum over the units of the layer."),
                {"forward-backward": N_("The text never treats the bias; ∂z/∂b is 1.")},
            ),
            Line(
                scene.assembled(db, slope_by_z(scene, l, u)),
                N_("Its wire carries a 1"),
                N_("A bias moves its own unit alone, one for one."),
            ),
            Line(
                scene.equation("bias gradient", l).value,
                N_("Assemble the vector"),
                N_("So the gradient of the biases is δ itself."),
                {"element-batch": N_("The text leaves the bias gradient out.")},
            ),
        ),
    )


def hidden_error(scene: Scene) -> Chain:
    """δ of the layer from the layer above, entry by entry."""
    l = scene.layer
    delta, Z, above, A = Symbol("delta", l), Symbol("Z", l), Symbol("Z", l + 1), Symbol("A", l)
    _, w = scene.frame(delta)
    z, z_above, a = scene.at(Z, None, w), scene.at(above, None, "k"), scene.at(A, None, "p")
    through = Partial(z_above, a, scene.at(Symbol("W", l + 1), "k", "p"))
    own = Partial(a, z, scene.at(jacobian(A, Z), "p", w))
    direct = Partial(z_above, z, scene.at(jacobian(above, Z), "k", w))
    first = (
        Line(
            scene.assembled(delta, scene.over(above, "k", slope_by_z(scene, l + 1, "k") * direct)),
            N_("The chain rule for one z"),
            N_("This z reaches the cost through every sum of the layer above: add up over all of them."),
        ),
        Line(
            scene.assembled(
                delta,
                scene.over(above, "k", slope_by_z(scene, l + 1, "k") * scene.over(A, "p", through * own)),
            ),
            N_("In two moves"),
            N_("From z to the activations of its layer, and from these to the sums above."),
            {"element-batch": N_("The text writes the index k on a here; it is the index of a's own unit.")},
        ),
    )
    last = Line(
        scene.equation("hidden error", l).value,
        N_("Assemble the vector"),
        N_("The sum over the units above is a product with W, and f′ multiplies entry by entry."),
        {"": N_("Brackets help: first the matrix product, then ⊙.")},
    )
    middle = elementwise(scene, w) if scene.architecture.activation(l).elementwise else mixed(scene, w)
    return Chain(N_("The error one layer down"), delta, (*first, *middle, last))


def elementwise(scene: Scene, w: Index) -> tuple[Line, ...]:
    """The middle lines where each a depends on its own z alone."""
    l = scene.layer
    delta, above = Symbol("delta", l), Symbol("Z", l + 1)
    product = scene.at(Symbol("delta", l + 1), None, "k") * scene.at(Symbol("W", l + 1), "k", w)
    slope = scene.slope(l, None, w)
    return (
        Line(
            scene.assembled(delta, scene.over(above, "k", product * slope)),
            N_("Put in what is known"),
            N_("∂z/∂a is the weight on the wire. a depends on its own z alone: one inner term is left, f′(z)."),
        ),
        Line(
            scene.assembled(delta, scene.over(above, "k", product)) * scene.assembled(delta, slope),
            N_("f′ does not depend on k"),
            N_("Take it out of the sum: a vector of sums, times a vector of slopes, entry by entry."),
        ),
    )


def mixed(scene: Scene, w: Index) -> tuple[Line, ...]:
    """The middle line where a depends on every z of its layer."""
    l = scene.layer
    delta, A = Symbol("delta", l), Symbol("A", l)
    inner = scene.over(A, "p", scene.at(Symbol("W", l + 1), "k", "p") * scene.at(jacobian(A, Symbol("Z", l)), "p", w))
    body = scene.over(Symbol("Z", l + 1), "k", scene.at(Symbol("delta", l + 1), None, "k") * inner)
    return (
        Line(
            scene.assembled(delta, body),
            N_("Put in what is known"),
            N_(
                "∂z/∂a is the weight on the wire. This activation mixes the units of its layer, so the inner sum stays."
            ),
        ),
    )


WALKTHROUGH = Walkthrough(
    "entries",
    N_("From an entry to a matrix"),
    N_(
        "Take one entry of the gradient, apply the chain rule to it, see which terms survive, and only then put the "
        "entries together. No derivative of a matrix by a matrix is needed."
    ),
    chains,
    derives=("weight gradient", "hidden error"),
    errata=("E24", "E27", "E28", "E29", "E51", "E50", "E7"),
)
