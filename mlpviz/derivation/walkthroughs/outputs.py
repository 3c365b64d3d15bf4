"""Softmax and cross-entropy, and the other pairs: when the output error collapses to a − y. Texts S2, S0."""

from __future__ import annotations

from ...maths.equations import equation, expand, scale
from ...maths.expressions import Expression, Symbol
from ...maths.messages import N_
from ..calculus import ONE, Indicator, Partial
from ..derived import diagonal, gradient, jacobian, slope_of_loss
from ..indices import Index, entry
from ..plain import WHOLE_TARGETS, needs_whole_targets
from ..scene import Scene
from .walkthrough import Chain, Line, Walkthrough, output_layer


def chains(scene: Scene) -> tuple[Chain, ...]:
    """The Jacobian of the output activation, and the output error."""
    return (the_jacobian(scene), error(scene))


def is_softmax(scene: Scene) -> bool:
    return scene.architecture.activations[-1] == "softmax"


def mixing(scene: Scene, p: Index, w: Index) -> Expression:
    """a_p (1_pw − a_w), the Jacobian of softmax."""
    A = Symbol("A", scene.layer)
    one = Indicator(p, w) if p and w else ONE
    return scene.at(A, None, p) * (one - scene.at(A, None, w))


def the_jacobian(scene: Scene) -> Chain:
    """∂a/∂z of the output."""
    L = scene.layer
    A, Z = Symbol("A", L), Symbol("Z", L)
    target = jacobian(A, Z)
    p, w = scene.frame(target)
    assert p is not None
    assert w is not None
    a, z = scene.at(A, None, p), scene.at(Z, None, w)
    if is_softmax(scene):
        product = scene.at(A, None, p) * scene.at(A, None, w)
        lines = (
            Line(
                scene.assembled(target, Partial(a, z, mixing(scene, p, w))),
                N_("Every output depends on every z"),
                N_("The exponentials share one sum: raise one z, and all other outputs fall."),
            ),
            Line(
                scene.assembled(target, mixing(scene, p, w)),
                N_("The slope of softmax"),
                N_("From the quotient rule; 1_ij is 1 on the diagonal and 0 elsewhere."),
            ),
            Line(
                scene.assembled(target, scene.at(A, None, p) * Indicator(p, w) - product),
                N_("A diagonal minus a product"),
                N_("Each column adds up to 0: the outputs keep adding up to 1."),
            ),
        )
    else:
        own = Indicator(p, w) * scene.slope(L, None, w)
        lines = (
            Line(
                scene.assembled(target, Partial(a, z, own)),
                N_("Each output depends on its own z"),
                N_("So the matrix is diagonal."),
            ),
            Line(scene.assembled(target, own), N_("f′ on the diagonal"), N_("Zeros elsewhere.")),
            Line(scene.for_target(target, diagonal(Z)), N_("As a matrix"), N_("Softmax outputs would fill it.")),
        )
    return Chain(N_("The Jacobian of the output"), target, lines)


def shared(scene: Scene, node: Expression) -> Expression:
    """A slope of the loss as a slope of the cost."""
    if scene.architecture.scale is None:
        return node
    return node / expand(scale, scene.architecture, scene.layer)


def error(scene: Scene) -> Chain:
    """δ of the output."""
    L = scene.layer
    delta, A, Z = Symbol("delta", L), Symbol("A", L), Symbol("Z", L)
    _, w = scene.frame(delta)
    own = not is_softmax(scene)
    p = w if own else "p"
    a, z = scene.at(A, None, p), scene.at(Z, None, w)
    slope = scene.slope(L, None, w) if own else mixing(scene, "p", w)
    by_loss = entry(scene.written(slope_of_loss(scene.architecture)), scene.view, p, p)
    over = (lambda body: body) if own else (lambda body: scene.over(A, "p", body))
    first = (
        Line(
            scene.assembled(delta, over(Partial(None, a, scene.at(gradient(A), None, p)) * Partial(a, z, slope))),
            N_("From the cost to a to z"),
            N_("Softmax: all outputs are paths, so sum. Otherwise: one path, through the unit's own output."),
        ),
        Line(
            scene.assembled(delta, over(by_loss * slope)),
            N_("Both slopes written out"),
            N_("The slope of the loss, from its definition, times the slope of the activation."),
            {"element-batch": N_("The text loses a minus sign here: the slope of −y ln a is −y/a.")},
        ),
    )
    whole = needs_whole_targets(equation(scene.architecture, "output error", L), scene.view)
    last = Line(
        scene.equation("output error", L).value,
        N_("As the pass computes it"),
        N_("The equation of the output error for this loss and this activation."),
        {"": WHOLE_TARGETS} if whole else {},
    )
    return Chain(N_("The error at the output"), delta, (*first, *collapse(scene, w), last))


def collapse(scene: Scene, w: Index) -> tuple[Line, ...]:
    """The lines between, where loss and activation were made for each other."""
    L, loss, output = scene.layer, scene.architecture.loss, scene.architecture.activations[-1]
    delta, A, Y = Symbol("delta", L), Symbol("A", L), Symbol("Y")
    a, y = scene.at(A, None, w), scene.at(Y, None, w)
    simple = Line(
        scene.assembled(delta, shared(scene, a - y)),
        N_("It cancels"),
        N_("What is left is output minus target."),
        {"answer": N_("The text has z − y for it, which holds for linear outputs only.")},
    )
    if (loss, output) in (("binary_cross_entropy", "sigmoid"), ("half_squared_error", "identity")):
        return (simple,)
    if (loss, output) != ("cross_entropy", "softmax"):
        return ()
    y_p, total = scene.at(Y, None, "p"), scene.over(A, "p", scene.at(Y, None, "p"))
    one = Indicator("p", w) if w else ONE
    lines = (
        Line(
            scene.assembled(delta, shared(scene, -scene.over(A, "p", y_p * (one - a)))),
            N_("a cancels"),
            N_("The 1/a of the logarithm and the a of softmax."),
        ),
        Line(
            scene.assembled(delta, shared(scene, a * total - y)),
            N_("Two sums"),
            N_("1_pj picks one target; a_j does not depend on p, so it comes out of the other sum."),
        ),
    )
    if not scene.view.whole_targets:
        return lines
    return (*lines, Line(simple.value, N_("The targets add up to 1"), N_("So the sum is 1, and a − y is left.")))


WALKTHROUGH = Walkthrough(
    "outputs",
    N_("Softmax and cross-entropy"),
    N_(
        "The slope of the loss divides by a, the slope of the activation multiplies by it: made for each other, they "
        "leave output minus target. With another loss, or targets that do not add up to 1, more is left."
    ),
    chains,
    derives=("output error", "loss", "cost"),
    errata=("E26", "E25", "E23", "E48", "E49", "E43"),
    layers=output_layer,
    below="collapse",
)
