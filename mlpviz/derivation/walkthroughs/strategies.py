"""The three ways to a gradient that text S2 names, each carried out."""

from __future__ import annotations

from ...maths.expressions import Symbol
from ...maths.messages import N_
from ..calculus import Indicator
from ..derived import flat_gradient, folded, gradient, jacobian
from ..scene import Scene
from .walkthrough import Chain, Line, Walkthrough, one_weight


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
                N_("Build ∂z/∂W"),
                N_("With W as one long vector it is a matrix. Most of its entries are zero."),
            ),
        ),
    )


def fold(scene: Scene) -> Chain:
    W, dW = Symbol("W", scene.layer), Symbol("dW", scene.layer)
    return Chain(
        N_("1 · Whole Jacobians"),
        dW,
        (
            Line(
                scene.for_target(dW, scene.with_decay(folded(W))),
                N_("Fold it back"),
                N_("The long vector in the shape of W."),
            ),
        ),
    )


def differential(scene: Scene) -> Chain:
    """dJ for a small change of W, from which the gradient is read."""
    l = scene.layer
    dW, Z, below, delta = (Symbol(name, layer) for name, layer in (("dW", l), ("Z", l), ("A", l - 1), ("delta", l)))
    u, v = scene.frame(dW)
    assert u is not None
    body = scene.over(
        Z,
        "k",
        scene.at(delta, None, "k")
        * scene.over(below, "p", Indicator("k", u) * Indicator("p", v or "p") * scene.at(below, None, "p")),
    )
    return Chain(
        N_("2 · The differential"),
        dW,
        (
            Line(
                scene.weight_gradient(body),
                N_("Change W by a matrix with a single 1"),
                N_("dz = dW a, and dJ = δ · dz. With a 1 in the place of one weight, dJ is that weight's slope."),
            ),
            Line(
                scene.equation("weight gradient", l).value,
                N_("Read the gradient off"),
                N_("δ · (dW a) is the sum over all entries of dW times δ aᵀ, so δ aᵀ is the gradient."),
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
                N_("By the chain rule for single numbers. A loop over all entries would do."),
            ),
            Line(
                scene.equation("weight gradient", l).value,
                N_("Assembled"),
                N_("The matrix product does what the loop does, on fast hardware much faster."),
            ),
        ),
    )


WALKTHROUGH = Walkthrough(
    "strategies",
    N_("Three ways to a gradient"),
    N_(
        "Whole Jacobians, the differential, or entry by entry and then assembled: "
        "the same gradient three times, at different costs."
    ),
    chains,
    below="costs",
)
