"""Modules and their backward functions B[M, x](v), the transposed Jacobian times v, each written out. Texts S0, S4."""

from __future__ import annotations

from ...maths.architecture import Architecture
from ...maths.expressions import Symbol
from ...maths.messages import N_, Message
from ..calculus import Partial
from ..derived import Derived, carried, diagonal, flat_gradient, gradient, jacobian, upstream
from ..scene import Scene
from .walkthrough import Chain, Line, Walkthrough, folded, input_of


def chains(scene: Scene) -> tuple[Chain, ...]:
    """Loss or activation of the layer, then its affine map with respect to input, weights and bias."""
    l, L = scene.layer, scene.architecture.depth
    first = loss(scene) if l == L else activation(scene)
    shown = [first, every_input(scene), by_input(scene), by_weights(scene), folding(scene)]
    return (*shown, by_bias(scene)) if scene.architecture.bias else tuple(shown)


def transposed_jacobian(scene: Scene, matrix: Derived) -> Message:
    """How a product with v is the transposed Jacobian times v in the notation."""
    if scene.turned(matrix):
        return scene.say(
            "𝓑 multiplies v by the transposed Jacobian, and {jacobian} is written transposed here: "
            "a row for each entry of what the derivative is taken with respect to.",
            jacobian=matrix,
        )
    return scene.say(
        "𝓑 multiplies v by the transposed Jacobian. v is a row here, so it stands on the left of {jacobian}, "
        "which need not be transposed.",
        jacobian=matrix,
    )


def with_v(scene: Scene, v: Derived, matrix: Derived) -> Message:
    """What v is, and what it is multiplied by."""
    return scene.say(
        "v is {gradient}. {product}", gradient=gradient(v.operands[0]), product=transposed_jacobian(scene, matrix)
    )


# The loss


def loss(scene: Scene) -> Chain:
    """The loss, and the output activation with it."""
    L = scene.layer
    A, Z, delta = Symbol("A", L), Symbol("Z", L), Symbol("delta", L)
    return Chain(
        N_("The loss"),
        delta,
        (
            Line(
                scene.for_target(delta, gradient(A) @ jacobian(A, Z)),
                N_("Start with 1"),
                scene.say(
                    "The derivative of {cost} with respect to itself is 1. The loss takes {z}, the output activation "
                    "is inside it: two Jacobians, from {cost} to {a} and from {a} to {z}.",
                    cost=Symbol("cost"),
                    z=Z,
                    a=A,
                ),
                {
                    "": N_(
                        "All parameters are inside the weighted sums: from the derivatives with respect to these all "
                        "others follow."
                    )
                },
                called=carried(Symbol("losses"), Z),
            ),
            Line(
                scene.equation("output error", L).value,
                N_("Multiplied out"),
                multiplied_out(scene),
                {"modules": N_("The text calls z at the output t; for one output it is a single number, not in ℝⁿ.")},
            ),
        ),
    )


def multiplied_out(scene: Scene) -> Message:
    """What the two Jacobians of the output come to."""
    architecture, A, Z = scene.architecture, Symbol("A", scene.layer), Symbol("Z", scene.layer)
    if (architecture.loss, architecture.activations[-1]) == ("binary_cross_entropy", "sigmoid"):
        return scene.say(
            "For the logistic loss one subtraction is left: {a} is the sigmoid of {z}, and the derivative of the "
            "sigmoid, {a} (1 − {a}), cancels against the one of the loss.",
            a=A,
            z=Z,
        )
    if architecture.activations[-1] in architecture.loss_entry.pairings:
        return scene.say("This loss and this activation belong together: most of the two Jacobians cancels.")
    if architecture.activation(scene.layer).elementwise:
        return scene.say("The Jacobian of the activation is diagonal: multiplying by it is ⊙ with its diagonal.")
    return scene.say("The Jacobian of the activation is full, but its product with v is computed without building it.")


# The activation


def activation(scene: Scene) -> Chain:
    """B[f, z](v)."""
    l = scene.layer
    A, Z, delta, above = Symbol("A", l), Symbol("Z", l), Symbol("delta", l), Symbol("delta", l + 1)
    v, matrix = upstream(A), jacobian(A, Z)
    elementwise = scene.architecture.activation(l).elementwise
    return Chain(
        N_("The activation"),
        delta,
        (
            Line(
                scene.for_target(delta, v @ matrix),
                N_("The whole Jacobian"),
                with_v(scene, v, matrix),
                called=carried(A, Z),
            ),
            *(without_zeros(scene) if elementwise else ()),
            Line(
                scene.equation("hidden error", l).value,
                N_("Put in v"),
                scene.say(
                    "v has come back through the affine map of the layer above: it is {product}.",
                    product=scene.for_target(gradient(A), above @ Symbol("W", l + 1)),
                ),
            ),
        ),
    )


def without_zeros(scene: Scene) -> tuple[Line, ...]:
    """A diagonal Jacobian as ⊙."""
    l = scene.layer
    A, Z, delta = Symbol("A", l), Symbol("Z", l), Symbol("delta", l)
    slopes = scene.architecture.activation(l).slope_at(Z, A)
    return (
        Line(
            scene.for_target(delta, upstream(A) @ diagonal(Z)),
            N_("It is diagonal"),
            scene.say(
                "Each entry of {a} depends on its own entry of {z} alone: off the diagonal there are only zeros.",
                a=A,
                z=Z,
            ),
        ),
        Line(
            scene.for_target(delta, upstream(A) * slopes),
            N_("A diagonal matrix becomes ⊙"),
            N_("To multiply by it is to multiply entry by entry: keep the diagonal, drop the zeros."),
        ),
    )


# The affine map


def every_input(scene: Scene) -> Chain:
    """∂z/∂a, entry by entry."""
    l = scene.layer
    W, Z, below = Symbol("W", l), Symbol("Z", l), Symbol("A", l - 1)
    target = jacobian(Z, below)
    k, j = scene.frame(target)
    z, a, weight = scene.at(Z, None, k), scene.at(below, None, j), scene.at(W, k, j)
    matrix = scene.for_target(target, W)
    return Chain(
        N_("The affine map, its Jacobian"),
        target,
        (
            Line(
                scene.assembled(target, Partial(z, a, weight)),
                N_("Every sum with respect to every input"),
                scene.say("One entry for each unit and each input: how {z} moves with {a}.", z=z, a=a),
            ),
            Line(
                scene.assembled(target, weight),
                N_("Each is a weight"),
                scene.say(
                    "{z} is a sum of weight times input, so its derivative with respect to {a} is the weight on that "
                    "input.",
                    z=z,
                    a=a,
                ),
            ),
            Line(
                matrix,
                N_("So the matrix is there already"),
                scene.say("All entries together are {weights}: nothing has to be built.", weights=matrix),
            ),
        ),
    )


def by_input(scene: Scene) -> Chain:
    """B[MM, a](v)."""
    l = scene.layer
    W, Z, below = Symbol("W", l), Symbol("Z", l), Symbol("A", l - 1)
    target, v, matrix = gradient(below), upstream(Z), jacobian(Z, below)
    return Chain(
        N_("The affine map, with respect to its input"),
        target,
        (
            Line(
                scene.for_target(target, v @ matrix),
                N_("The whole Jacobian"),
                with_v(scene, v, matrix),
                {"modules": N_("The text calls the input z here, as it called the output before.")},
                called=carried(Z, below),
            ),
            Line(
                scene.for_target(target, v @ W),
                N_("With the weights in its place"),
                scene.say("{jacobian} is {weights}.", jacobian=matrix, weights=scene.for_target(matrix, W)),
            ),
            Line(
                scene.for_target(target, Symbol("delta", l) @ W),
                N_("Put in v"),
                scene.say("v, {gradient}, is what the line before this module has computed.", gradient=gradient(Z)),
            ),
        ),
    )


def by_weights(scene: Scene) -> Chain:
    """B[MM, W](v) with W as one long vector."""
    l = scene.layer
    W, Z, below = Symbol("W", l), Symbol("Z", l), Symbol("A", l - 1)
    target, v, matrix = flat_gradient(W), upstream(Z), jacobian(Z, W)
    return Chain(
        N_("The affine map, with respect to its weights"),
        target,
        (
            Line(
                scene.for_target(target, v @ matrix),
                N_("The weights as one long vector"),
                scene.say(
                    "The derivative of {z} with respect to {w} has three indices, one for the unit of {z} and two for "
                    "the weight. flat {w} is {w} unit by unit in one long vector: with it the derivative is a matrix.",
                    z=Z,
                    w=W,
                ),
                {"modules": N_("The text counts four dimensions: that is with the samples of a batch.")},
                called=carried(Z, W),
            ),
            Line(
                scene.for_target(target, Symbol("delta", l) @ matrix),
                N_("A staircase, mostly zeros"),
                scene.say(
                    "Each weight moves one unit only: of its numbers in {jacobian} all are 0 but one, an entry of "
                    "{new_input}. v is {gradient}.",
                    jacobian=matrix,
                    new_input=below,
                    gradient=gradient(Z),
                ),
                {
                    "modules": scene.say(
                        "The last entry in row 1m of the text's staircase is the derivative with respect to W_{{1m}}, "
                        "not W_{{2n}}; it is 0."
                    )
                },
            ),
        ),
    )


def folding(scene: Scene) -> Chain:
    """The long vector folded back."""
    l = scene.layer
    W, dW, below, v = Symbol("W", l), Symbol("dW", l), Symbol("A", l - 1), upstream(Symbol("Z", l))
    i, j = scene.frame(dW)
    unit = scene.at(v, None, i)
    return Chain(
        N_("Fold it back"),
        dW,
        (
            Line(
                scene.weight_gradient(folded(scene)),
                N_("The long vector in the shape of the weights"),
                scene.say(
                    "Unit by unit: {count} numbers of {flat} are a unit's, then come those of the next one.",
                    count=scene.architecture.widths[l - 1],
                    flat=flat_gradient(W),
                ),
                {
                    "modules": N_(
                        "What the text calls 𝓑[MM, W](v) is the long vector at one place and the matrix at another."
                    )
                },
            ),
            Line(
                scene.weight_gradient(unit * input_of(scene, j)),
                N_("Each entry is a product"),
                scene.say(
                    "What the staircase leaves for a weight: {v} of its unit times {a} on its wire.",
                    v=unit,
                    a=input_of(scene, j),
                ),
            ),
            Line(
                scene.for_target(dW, scene.with_decay(v.T @ below)),
                N_("A column times a row"),
                N_("All these products at once: every entry of the one times every entry of the other."),
            ),
            Line(
                scene.equation("weight gradient", l).value,
                N_("Put in v"),
                scene.say(
                    "v is {gradient}. The way by single entries comes to the same, without any long vector.",
                    gradient=gradient(Symbol("Z", l)),
                ),
            ),
        ),
    )


def by_bias(scene: Scene) -> Chain:
    """B[MM, b](v) = v."""
    l = scene.layer
    Z, b, db = Symbol("Z", l), Symbol("b", l), Symbol("db", l)
    v, matrix = upstream(Z), jacobian(Z, b)
    return Chain(
        N_("The affine map, with respect to its bias"),
        db,
        (
            Line(
                scene.for_target(db, v @ matrix),
                N_("The whole Jacobian"),
                scene.say(
                    "Each entry of {b} is added to its own entry of {z}: {jacobian} is the identity.",
                    b=b,
                    z=Z,
                    jacobian=matrix,
                ),
                called=carried(Z, b),
            ),
            Line(scene.for_target(db, v), N_("v itself"), N_("The identity changes nothing.")),
            Line(
                scene.equation("bias gradient", l).value,
                N_("Put in v"),
                scene.say("v is {gradient}.", gradient=gradient(Z)),
            ),
        ),
    )


def is_long_enough(architecture: Architecture, _samples: int) -> bool:
    """Whether there is an affine map, an activation, and an affine map again."""
    return architecture.depth > 1


TITLE = N_("Modules, and what each carries back")

WALKTHROUGH = Walkthrough(
    "modules",
    TITLE,
    N_(
        "The network is a chain of modules: affine maps, activations, a loss. To be shown: each carries a derivative "
        "back on its own. Its 𝓑 takes v, the derivative of the cost with respect to its output, to that with respect "
        "to its input."
    ),
    chains,
    derives=("affine map",),
    errata=("E1", "E2", "E3", "E4", "E5", "E6", "E53", "E54", "E56", "E57"),
    below=("modules",),
    other="entries",
    preset="binary-classifier",
    shown_by=is_long_enough,
)
