"""The three ways to a gradient that text S2 names, each carried out."""

from __future__ import annotations

from ...maths.expressions import Symbol
from ...maths.messages import N_
from ..calculus import Indicator
from ..derived import flat_gradient, gradient, jacobian
from ..scene import Scene
from .entries import WAYS
from .walkthrough import Chain, Line, Walkthrough, assembling, decay, folded, one_weight


def chains(scene: Scene) -> tuple[Chain, ...]:
    """By whole Jacobians, by the differential, entry by entry."""
    return (whole(scene), fold(scene), differential(scene), entries(scene))


def whole(scene: Scene) -> Chain:
    """The Jacobian of z by all of W, multiplied out."""
    W, Z = Symbol("W", scene.layer), Symbol("Z", scene.layer)
    target = flat_gradient(W)
    return Chain(
        N_("1 · Whole Jacobians"),
        target,
        (
            Line(
                scene.for_target(target, gradient(Z) @ jacobian(Z, W)),
                N_("Build the whole Jacobian"),
                scene.say(
                    "The first way to the gradient of the weights: differentiate all of {z} with respect to all "
                    "weights at once. With the weights as one long vector, {jacobian} is a matrix, mostly of zeros.",
                    z=Z,
                    jacobian=jacobian(Z, W),
                ),
            ),
        ),
    )


def fold(scene: Scene) -> Chain:
    dW = Symbol("dW", scene.layer)
    return Chain(
        N_("1 · Whole Jacobians"),
        dW,
        (
            Line(
                scene.weight_gradient(folded(scene)),
                N_("Fold it back"),
                scene.say(
                    "The long vector, cut into pieces and put into the shape of {W}.", W=Symbol("W", scene.layer)
                ),
                {"": assembling(scene, dW)},
            ),
        ),
    )


def differential(scene: Scene) -> Chain:
    """The change of J for a small change of W, from which the gradient is read."""
    l, say = scene.layer, scene.say
    dW, Z, below, delta = (Symbol(name, layer) for name, layer in (("dW", l), ("Z", l), ("A", l - 1), ("delta", l)))
    u, v = scene.frame(dW)
    assert u is not None
    own, place, error = Indicator("k", u), Indicator("p", v or "p"), scene.at(delta, None, "k")
    inner = scene.over(below, "p", own * place * scene.at(below, None, "p"))
    return Chain(
        N_("2 · The differential"),
        dW,
        (
            Line(
                scene.weight_gradient(scene.over(Z, "k", error * inner)),
                N_("Change one weight alone"),
                say(
                    "The second way: change the weights by {new_change}, 0 but for one 1: that is {own} {place}, 1 "
                    "where {k} = {i} and {p} = {j}, else 0. The sum of unit {k} changes by the inner sum, {cost} by "
                    "{error} times it, added up over {k}.",
                    new_change="H",
                    own=own,
                    place=place,
                    k="k",
                    i=u,
                    p="p",
                    j=v,
                    cost=Symbol("cost"),
                    error=error,
                ),
            ),
            Line(
                scene.equation("weight gradient", l).value,
                N_("Read the gradient off"),
                say(
                    "Of both sums one term is left. For any small change {new_change} of the weights, {cost} changes "
                    "by the entries of {product} times those of {new_change}, added up: {product} is the gradient.",
                    new_change="H",
                    cost=Symbol("cost"),
                    product=scene.for_target(dW, delta.T @ below),
                ),
                decay(scene),
            ),
        ),
    )


def entries(scene: Scene) -> Chain:
    """One entry, then assembled: the way text S2 takes."""
    l = scene.layer
    dW = Symbol("dW", l)
    return Chain(
        N_("3 · Entry by entry, then assembled"),
        dW,
        (
            Line(
                scene.weight_gradient(one_weight(scene)),
                N_("One entry"),
                N_("The third way: the chain rule for single numbers. A loop over all entries would do."),
            ),
            Line(
                scene.equation("weight gradient", l).value,
                N_("Assembled"),
                N_("A matrix product does what the loop does, and much faster on hardware made for it."),
                decay(scene),
            ),
        ),
    )


WALKTHROUGH = Walkthrough(
    "strategies",
    WAYS,
    N_(
        "Whole Jacobians, the differential, or entry by entry and then assembled: "
        "the same gradient three times, at different costs."
    ),
    chains,
    below=("costs",),
)
