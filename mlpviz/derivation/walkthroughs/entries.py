"""From an entry to a matrix: one weight, then [δ_i a_j]_ij = δ aᵀ; one unit, then Wᵀ δ ⊙ f′. Texts S2, S0, S4."""

from __future__ import annotations

from ...maths.expressions import Symbol
from ...maths.messages import N_, Message
from .. import gradients
from ..calculus import Indicator, Partial
from ..derived import jacobian
from ..indices import Index
from ..scene import Scene
from .walkthrough import Chain, Line, Walkthrough, assembling, decay, input_of, one_weight, slope_by_z


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
    l, say = scene.layer, scene.say
    W, Z, dW = Symbol("W", l), Symbol("Z", l), Symbol("dW", l)
    u, v = scene.frame(dW)
    assert u is not None
    z, given = scene.at(Z, None, "k"), input_of(scene, v)
    weight, delta = scene.at(W, u, v), scene.at(Symbol("delta", l), None, u)
    hit = Indicator("k", u) * given
    by_w = Partial(z, weight, hit)
    every = scene.over(Z, "k", slope_by_z(scene, l, "k") * by_w)
    short = Line(
        scene.weight_gradient(delta * given),
        say("Call it {delta}", delta=scene.letter("delta")),
        say(
            "{delta} is short for {by_z}. One weight: the {error} at the end of its wire times what comes in at the "
            "start.",
            delta=delta,
            by_z=slope_by_z(scene, l, u),
            error=scene.letter("delta"),
        ),
    )
    return Chain(
        N_("One weight, then all of them"),
        dW,
        (
            Line(
                scene.weight_gradient(every),
                N_("The chain rule for one weight"),
                say(
                    "How does the cost change with each weight of the layer? {cost} depends on one weight {w} only "
                    "through the weighted sums {z}: multiply along each path, add up over all units {k}.",
                    cost=Symbol("cost"),
                    w=weight,
                    z=z,
                    k="k",
                ),
                {"": assembling(scene, dW)},
            ),
            Line(
                scene.weight_gradient(scene.over(Z, "k", slope_by_z(scene, l, "k") * hit)),
                N_("What one weight moves"),
                say(
                    "A weight enters the sum of its own unit only, with the input on its wire: {by_w} is {x} if {k} is "
                    "{i}, and 0 for every other unit. {one} says so: it is 1 where {k} = {i}, and 0 elsewhere.",
                    by_w=by_w,
                    x=given,
                    k="k",
                    i=u,
                    one=Indicator("k", u),
                ),
                {"answer": N_("Where the text says that z does not depend on the weight, only other units are meant.")},
            ),
            Line(
                scene.weight_gradient(one_weight(scene)),
                N_("One term survives"),
                say("Of the sum over {k} only the term of the weight's own unit, {k} = {i}, is left.", k="k", i=u),
                decay(scene)
                | {
                    "question": say(
                        "Nothing is transposed at will: {x} belongs to the weights from its own unit, and that is its "
                        "place in the matrix.",
                        x=given,
                    )
                },
            ),
            *((short,) if scene.has_short else ()),
            Line(
                scene.equation("weight gradient", l).value,
                N_("Assemble the matrix"),
                say(
                    "A column times a row has in each place a product of two entries. Read backwards: the products of "
                    "the entries of {delta} and of {x}, assembled, are a column times a row.",
                    delta=Symbol("delta", l),
                    x=Symbol("A", l - 1),
                ),
                {
                    "question": SHAPED[scene.view.notation.layout],
                    "modules": Message(
                        "The text reshapes a long vector first; “{ways}” has both ways.",
                        ways=Message(WAYS),
                    ),
                },
            ),
        ),
    )


def biases(scene: Scene) -> Chain:
    """∂J/∂b of the layer, entry by entry."""
    l, say = scene.layer, scene.say
    b, Z, db = Symbol("b", l), Symbol("Z", l), Symbol("db", l)
    _, u = scene.frame(db)
    assert u is not None
    z, bias = scene.at(Z, None, "k"), scene.at(b, None, u)
    by_b = Partial(z, bias, Indicator("k", u))
    told = {"b": bias, "z": z, "k": "k", "i": u, "by_b": by_b}
    return Chain(
        N_("The bias"),
        db,
        (
            Line(
                scene.assembled(db, scene.over(Z, "k", slope_by_z(scene, l, "k") * by_b)),
                N_("The chain rule for one bias"),
                say(
                    "How does the cost change with each bias? {b} acts through the sums {z}, too: add up over {k}.",
                    **told,
                ),
                {"": assembling(scene, db), "forward-backward": N_("The text never treats the bias.")},
            ),
            Line(
                scene.assembled(db, slope_by_z(scene, l, u)),
                N_("Its wire carries a 1"),
                say(
                    "A bias is added to the sum of its own unit alone: {by_b} is 1 if {k} is {i}, and 0 otherwise.",
                    **told,
                ),
            ),
            Line(
                scene.equation("bias gradient", l).value,
                N_("Assemble the vector"),
                gradients.of_biases(scene.view, Symbol("delta", l)),
                {"element-batch": N_("The text leaves the bias gradient out.")},
            ),
        ),
    )


def hidden_error(scene: Scene) -> Chain:
    """δ of the layer from the layer above, entry by entry."""
    l, say = scene.layer, scene.say
    delta, Z, above, A = Symbol("delta", l), Symbol("Z", l), Symbol("Z", l + 1), Symbol("A", l)
    _, w = scene.frame(delta)
    z, z_above, a = scene.at(Z, None, w), scene.at(above, None, "k"), scene.at(A, None, "p")
    through = Partial(z_above, a, scene.at(Symbol("W", l + 1), "k", "p"))
    own = Partial(a, z, scene.at(jacobian(A, Z), "p", w))
    direct = Partial(z_above, z, scene.at(jacobian(above, Z), "k", w))
    told = {"z": z, "after": z_above, "cost": Symbol("cost"), "k": "k", "p": "p", "a": a, "W": Symbol("W", l + 1)}
    first = (
        Line(
            scene.assembled(delta, scene.over(above, "k", slope_by_z(scene, l + 1, "k") * direct)),
            say("The chain rule for one {z}", z=scene.letter("Z")),
            say(
                "How does the cost change with the weighted sum of a hidden unit? {z} reaches {cost} through every "
                "{after} of the next layer: add up over all its units {k}.",
                **told,
            ),
        ),
        Line(
            scene.assembled(
                delta,
                scene.over(above, "k", slope_by_z(scene, l + 1, "k") * scene.over(A, "p", through * own)),
            ),
            N_("In two moves"),
            say(
                "From {z} to the activations {a} of its own layer, and from each of these to {after}: inside, add up "
                "over {p}.",
                **told,
            ),
            {"element-batch": N_("The text writes the index k on a here; it is the index of a's own unit.")},
        ),
    )
    own_z = scene.architecture.activation(l).elementwise
    last = Line(
        scene.equation("hidden error", l).value,
        N_("Assemble the vector"),
        say(
            "The sum over {k} is a product with {W}; {slope} multiplies it entry by entry.",
            slope=scene.slope(l, None, w),
            **told,
        )
        if own_z
        else say("The sum over {k} is a product with {W}; that over {p} is the activation's own, written out.", **told),
        {"": N_("Brackets help: first the matrix product, then ⊙.")} if own_z else {},
    )
    middle = elementwise(scene, w) if own_z else mixed(scene, w)
    return Chain(N_("The error one layer down"), delta, (*first, *middle, last))


def elementwise(scene: Scene, w: Index) -> tuple[Line, ...]:
    """The middle lines where each a depends on its own z alone."""
    l, say = scene.layer, scene.say
    delta, above, A = Symbol("delta", l), Symbol("Z", l + 1), Symbol("A", l)
    weight = scene.at(Symbol("W", l + 1), "k", w)
    product = scene.at(Symbol("delta", l + 1), None, "k") * weight
    slope = scene.slope(l, None, w)
    return (
        Line(
            scene.assembled(delta, scene.over(above, "k", product * slope)),
            N_("Put in what is known"),
            say(
                "Each {a} depends on the {z} of its own unit alone, so inside one term is left, {p} = {j}: the weight "
                "{weight} on the wire times {slope}.",
                a=scene.at(A, None, "p"),
                z=scene.letter("Z"),
                p="p",
                j=w,
                weight=weight,
                slope=slope,
            ),
        ),
        Line(
            scene.assembled(delta, scene.over(above, "k", product)) * scene.assembled(delta, slope),
            N_("Out of the sum"),
            say(
                "{slope} does not depend on {k}, so it comes out of the sum: a vector of sums times a vector of "
                "derivatives, entry by entry, which {new_sign} says.",
                slope=slope,
                k="k",
                new_sign="⊙",
            ),
        ),
    )


def mixed(scene: Scene, w: Index) -> tuple[Line, ...]:
    """The middle line where a depends on every z of its layer."""
    l, say = scene.layer, scene.say
    delta, A = Symbol("delta", l), Symbol("A", l)
    weight, own = scene.at(Symbol("W", l + 1), "k", "p"), scene.at(jacobian(A, Symbol("Z", l)), "p", w)
    body = scene.over(
        Symbol("Z", l + 1), "k", scene.at(Symbol("delta", l + 1), None, "k") * scene.over(A, "p", weight * own)
    )
    return (
        Line(
            scene.assembled(delta, body),
            N_("Put in what is known"),
            say(
                "The derivative along the wire is its weight {weight}. This activation mixes the units of its layer, "
                "so the sum over {p} stays.",
                weight=weight,
                p="p",
            ),
        ),
    )


SHAPED = {
    "denominator": N_("Each weight has one entry, so the gradient has the shape of the weights."),
    "numerator": N_("Each weight has one entry; in this layout the gradient has the shape of the weights, transposed."),
}
"""By the layout."""

WAYS = N_("Three ways to a gradient")
"""The title of the walkthrough that shows the two routes side by side."""

WALKTHROUGH = Walkthrough(
    "entries",
    N_("From an entry to a matrix"),
    N_(
        "Take one entry of the gradient, apply the chain rule to it, see which terms of the sum are left, and only "
        "then put the entries together. No derivative of a matrix with respect to a matrix is needed."
    ),
    chains,
    derives=("weight gradient", "hidden error"),
    other="modules",
    errata=("E24", "E27", "E28", "E29", "E51", "E50", "E7"),
)
