"""The error at the output: softmax and cross-entropy, and the other pairs; where it is a − y. Texts S2, S0."""

from __future__ import annotations

from ...maths.architecture import Architecture
from ...maths.equations import equation, expand, scale
from ...maths.expressions import Expression, Symbol, apply
from ...maths.messages import N_, Message
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


# The Jacobian


def the_jacobian(scene: Scene) -> Chain:
    """∂a/∂z of the output."""
    target = jacobian(Symbol("A", scene.layer), Symbol("Z", scene.layer))
    lines = quotient_rule(scene) if is_softmax(scene) else own_units(scene)
    return Chain(N_("The Jacobian of the output"), target, lines)


def places(scene: Scene) -> tuple[str, str]:
    """The indices of an output and of a z in the Jacobian."""
    p, w = scene.frame(jacobian(Symbol("A", scene.layer), Symbol("Z", scene.layer)))
    assert p is not None
    assert w is not None
    return p, w


def mixing(scene: Scene, p: Index, w: Index) -> Expression:
    """a_p (1_pw − a_w), the Jacobian of softmax."""
    A = Symbol("A", scene.layer)
    one = Indicator(p, w) if p and w else ONE
    return scene.at(A, None, p) * (one - scene.at(A, None, w))


def quotient_rule(scene: Scene) -> tuple[Line, ...]:
    """The Jacobian of softmax from its definition."""
    A, Z, (p, w) = Symbol("A", scene.layer), Symbol("Z", scene.layer), places(scene)
    target, one = jacobian(A, Z), Indicator(p, w)
    a, z = scene.at(A, None, p), scene.at(Z, None, w)
    power = lambda index: apply("exp", scene.at(Z, None, index))  # noqa: E731
    total = scene.over(Z, "k", power("k"))

    def line(body: Expression, title: str, reason: str) -> Line:
        return Line(scene.assembled(target, body), title, reason)

    return (
        line(
            Partial(a, z, mixing(scene, p, w)),
            N_("Every output depends on every unit"),
            scene.say("The powers share one sum: raise {z}, and every other output falls.", z=z),
        ),
        line(
            (one * power(p) * total - power(p) * power(w)) / (total * total),
            N_("The quotient rule"),
            scene.say(
                "{a} is a fraction: a power over the sum of all powers. Its derivative with respect to {z} is above′ "
                "times below, minus above times below′, over below squared. {one} is 1 where the indices agree: "
                "only there {z} stands above.",
                a=a,
                one=one,
                z=z,
            ),
        ),
        line(
            power(p) / total * (one - power(w) / total),
            N_("Divide by the sum twice"),
            N_("Both terms have the power above; one sum below belongs to each fraction."),
        ),
        line(
            mixing(scene, p, w),
            N_("Each fraction is an output"),
            scene.say("They are {a} and {other}.", a=a, other=scene.at(A, None, w)),
        ),
        line(
            a * one - a * scene.at(A, None, w),
            N_("A diagonal minus a product"),
            N_("Each row and each column adds up to 0: the outputs keep adding up to 1."),
        ),
    )


def own_units(scene: Scene) -> tuple[Line, ...]:
    """The Jacobian of an activation that works unit by unit."""
    A, Z, (p, w) = Symbol("A", scene.layer), Symbol("Z", scene.layer), places(scene)
    target, own = jacobian(A, Z), Indicator(p, w) * scene.slope(scene.layer, None, w)
    a, z = scene.at(A, None, p), scene.at(Z, None, w)
    return (
        Line(
            scene.assembled(target, Partial(a, z, own)),
            N_("Each output depends on its own unit"),
            scene.say("{a} moves with {z} only where {p} and {w} are the same unit.", a=a, z=z, p=p, w=w),
        ),
        Line(
            scene.assembled(target, own),
            N_("The derivatives on the diagonal"),
            scene.say("{one} is 1 where the indices agree and 0 elsewhere.", one=Indicator(p, w)),
        ),
        Line(
            scene.for_target(target, diagonal(Z)),
            N_("As a matrix"),
            N_("Softmax would fill it: there every output depends on every unit."),
        ),
    )


# The error


def shared(scene: Scene, node: Expression) -> Expression:
    """A derivative of the loss as one of the cost."""
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
    alone = scene.say("{z} moves its own output {a} and no other, and {a} moves {cost}: one path.", z=z, a=a,
                      cost=Symbol("cost"))  # fmt: skip
    mixed = scene.say("{z} moves every output, and each of them moves {cost}: add up over all outputs.", z=z,
                      cost=Symbol("cost"))  # fmt: skip
    first = (
        Line(
            scene.assembled(delta, over(Partial(None, a, scene.at(gradient(A), None, p)) * Partial(a, z, slope))),
            N_("From the cost to the output and through it"),
            alone if own else mixed,
        ),
        Line(
            scene.assembled(delta, over(by_loss * slope)),
            N_("Both derivatives written out"),
            N_("That of the loss, from its definition, times that of the activation, from above."),
            {"element-batch": N_("The text loses a minus sign here: the derivative of −y ln a is −y/a.")}
            if scene.architecture.loss == "cross_entropy"
            else {},
        ),
    )
    return Chain(N_("The error at the output"), delta, (*first, *collapse(scene, w), last(scene)))


def last(scene: Scene) -> Line:
    """The equation of the pass."""
    whole = needs_whole_targets(equation(scene.architecture, "output error", scene.layer), scene.view)
    return Line(
        scene.equation("output error", scene.layer).value,
        N_("As the pass computes it"),
        N_("All entries at once."),
        {"": WHOLE_TARGETS} if whole else {},
    )


def collapse(scene: Scene, w: Index) -> tuple[Line, ...]:
    """The lines between, where loss and activation were made for each other."""
    L = scene.layer
    delta, A, Y = Symbol("delta", L), Symbol("A", L), Symbol("Y")
    a, y = scene.at(A, None, w), scene.at(Y, None, w)
    value = scene.assembled(delta, shared(scene, a - y))
    remark = {"answer": N_("The text has z − y: that holds for outputs without an activation.")}
    match scene.architecture.loss, scene.architecture.activations[-1]:
        case "binary_cross_entropy", "sigmoid":
            reason = scene.say("The loss divides by {a} (1 − {a}), the sigmoid multiplies by it.", a=a)
            return (Line(value, N_("It cancels"), reason, remark),)
        case "half_squared_error", "identity":
            reason = scene.say("Without an activation the derivative of {a} is 1.", a=a)
            return (Line(value, N_("Output minus target"), reason),)
        case "cross_entropy", "softmax":
            return cancelled(scene, w, Line(value, N_("The targets add up to 1"), summed_up(scene, w), remark))
    return ()


def summed_up(scene: Scene, w: Index) -> Message:
    A, Y = Symbol("A", scene.layer), Symbol("Y")
    total = scene.over(A, "p", scene.at(Y, None, "p"))
    difference = scene.at(A, None, w) - scene.at(Y, None, w)
    return scene.say("So {total} is 1, and output minus target is left: {difference}.", total=total,
                     difference=difference)  # fmt: skip


def cancelled(scene: Scene, w: Index, simple: Line) -> tuple[Line, ...]:
    """Softmax with cross-entropy, from the sum over the outputs to ``simple``, if the targets allow it."""
    L = scene.layer
    delta, A, Y = Symbol("delta", L), Symbol("A", L), Symbol("Y")
    a, y, y_p, a_p = scene.at(A, None, w), scene.at(Y, None, w), scene.at(Y, None, "p"), scene.at(A, None, "p")
    one = Indicator("p", w) if w else ONE
    lines = (
        Line(
            scene.assembled(delta, shared(scene, -scene.over(A, "p", y_p * (one - a)))),
            N_("It cancels"),
            scene.say("The logarithm divides by {a}, softmax multiplies by it.", a=a_p),
        ),
        Line(
            scene.assembled(delta, shared(scene, a * scene.over(A, "p", y_p) - y)),
            N_("Two sums"),
            scene.say(
                "{one} is 1 for one target only, {y}; and {a} does not depend on {p}, so it leaves the other sum.",
                one=one,
                y=y,
                a=a,
                p="p",
            ),
        ),
    )
    return (*lines, simple) if scene.view.whole_targets else lines


def is_the_pair(architecture: Architecture, _samples: int) -> bool:
    """Whether the output is softmax and the loss cross-entropy."""
    return (architecture.activations[-1], architecture.loss) == ("softmax", "cross_entropy")


WALKTHROUGH = Walkthrough(
    "outputs",
    N_("The error at the output"),
    N_(
        "What is to be shown: the error at the output is output minus target where loss and activation belong "
        "together, as cross-entropy and softmax do. The derivative of the one divides by what that of the other "
        "multiplies by. With another loss, or targets that do not add up to 1, more is left."
    ),
    chains,
    derives=("output error", "loss", "cost"),
    errata=("E26", "E25", "E23", "E48", "E49", "E43", "E67"),
    layers=output_layer,
    below=("collapse",),
    preset="softmax-batch",
    shown_by=is_the_pair,
)
