"""Modules and their backward functions B[M, x](v) = v · ∂M/∂x, each with its Jacobian written out. Texts S0, S4."""

from __future__ import annotations

from ...maths.expressions import Symbol
from ...maths.messages import N_
from ..calculus import Partial
from ..derived import diagonal, flat_gradient, folded, gradient, jacobian
from ..scene import Scene
from .walkthrough import Chain, Line, Walkthrough, one_weight, slope_by_z


def chains(scene: Scene) -> tuple[Chain, ...]:
    """Loss or activation of the layer, then its affine map by input, weights and bias."""
    l, L = scene.layer, scene.architecture.depth
    shown = [loss(scene) if l == L else activation(scene), by_input(scene), by_weights(scene), folding(scene)]
    return (*shown, by_bias(scene)) if scene.architecture.bias else tuple(shown)


def loss(scene: Scene) -> Chain:
    """The loss, and the output activation with it."""
    L = scene.layer
    A, Z, delta = Symbol("A", L), Symbol("Z", L), Symbol("delta", L)
    return Chain(
        N_("The loss module"),
        delta,
        (
            Line(
                scene.for_target(delta, gradient(A) @ jacobian(A, Z)),
                N_("B[ℓ, z](1)"),
                N_("Start with ∂J/∂J = 1. The slope of the loss by a, carried back through the output activation."),
            ),
            Line(
                scene.equation("output error", L).value,
                N_("What it comes to"),
                N_("For the logistic loss this is σ(t) − y: one subtraction instead of two Jacobians."),
                {"modules": N_("t is a single number there, not in ℝⁿ as the text has it.")},
            ),
        ),
    )


def activation(scene: Scene) -> Chain:
    """B[σ, z](v)."""
    l = scene.layer
    A, Z, delta = Symbol("A", l), Symbol("Z", l), Symbol("delta", l)
    lines = [
        Line(
            scene.for_target(delta, gradient(A) @ jacobian(A, Z)),
            N_("B[σ, z](v) with the whole Jacobian"),
            N_("How every a depends on every z: a square matrix."),
        )
    ]
    if scene.architecture.activation(l).elementwise:
        slopes = scene.architecture.activation(l).slope_at(Z, A)
        lines += [
            Line(
                scene.for_target(delta, gradient(A) @ diagonal(Z)),
                N_("It is diagonal"),
                N_("Each a depends on its own z alone; off the diagonal there are only zeros."),
            ),
            Line(
                scene.for_target(delta, gradient(A) * slopes),
                N_("A diagonal matrix folds into ⊙"),
                N_("Multiplying by it is multiplying entry by entry: keep the diagonal, drop the zeros."),
            ),
        ]
    lines.append(
        Line(
            scene.equation("hidden error", l).value,
            N_("Put in v"),
            N_("v itself came back through the affine map above."),
        )
    )
    return Chain(N_("The activation"), delta, tuple(lines))


def by_input(scene: Scene) -> Chain:
    """B[MM, a](v) = v W."""
    l = scene.layer
    Z, below = Symbol("Z", l), Symbol("A", l - 1)
    target = gradient(below)
    _, w = scene.frame(target)
    z, a = scene.at(Z, None, "k"), scene.at(below, None, w)
    entry = slope_by_z(scene, l, "k") * Partial(z, a, scene.at(Symbol("W", l), "k", w))
    return Chain(
        N_("The affine map, by its input"),
        target,
        (
            Line(
                scene.for_target(target, gradient(Z) @ jacobian(Z, below)),
                N_("B[MM, a](v) with the whole Jacobian"),
                N_("v is ∂J/∂z. The Jacobian says how every z depends on every input."),
                {"modules": N_("The text calls the input z here, as it called the output before.")},
            ),
            Line(
                scene.assembled(target, scene.over(Z, "k", entry)),
                N_("Entry by entry"),
                N_("z is a sum of weight times input, so its slope by an input is the weight."),
            ),
            Line(
                scene.for_target(target, Symbol("delta", l) @ Symbol("W", l)),
                N_("The Jacobian is W"),
                N_("Nothing has to be built: the weights are there already."),
            ),
        ),
    )


def by_weights(scene: Scene) -> Chain:
    """B[MM, W](v) with W as one long vector."""
    l = scene.layer
    W, Z, delta = Symbol("W", l), Symbol("Z", l), Symbol("delta", l)
    target = flat_gradient(W)
    return Chain(
        N_("The affine map, by its weights"),
        target,
        (
            Line(
                scene.for_target(target, gradient(Z) @ jacobian(Z, W)),
                N_("W as one long vector"),
                N_("∂z/∂W would have three indices. With W unit by unit in one vector it is a matrix: a staircase."),
                {"modules": N_("The last entry of one row of the text's staircase is ∂(…)_n/∂W_1m, which is 0.")},
            ),
            Line(
                scene.for_target(target, delta @ jacobian(Z, W)),
                N_("Mostly zeros"),
                N_("Each weight has one entry that is not zero: its input, in the place of its own unit."),
            ),
        ),
    )


def folding(scene: Scene) -> Chain:
    """The long vector folded back."""
    l = scene.layer
    W, dW = Symbol("W", l), Symbol("dW", l)
    return Chain(
        N_("Fold it back"),
        dW,
        (
            Line(
                scene.for_target(dW, scene.with_decay(folded(W))),
                N_("The long vector, unit by unit"),
                N_("v₁a₁, v₁a₂, … v₂a₁, …: one unit after the other, in the shape of W again."),
                {
                    "modules": N_(
                        "What the text calls B[MM, W](v) is the long vector at one place and the matrix at another."
                    )
                },
            ),
            Line(
                scene.weight_gradient(one_weight(scene)),
                N_("The entries are products"),
                N_("Each is an entry of v times an entry of a: no staircase is needed to compute them."),
            ),
            Line(
                scene.equation("weight gradient", l).value,
                N_("v times a, as a matrix"),
                N_("The same as by single entries: two ways, one result."),
            ),
        ),
    )


def by_bias(scene: Scene) -> Chain:
    """B[MM, b](v) = v."""
    l = scene.layer
    Z, b, db = Symbol("Z", l), Symbol("b", l), Symbol("db", l)
    return Chain(
        N_("The affine map, by its bias"),
        db,
        (
            Line(
                scene.for_target(db, gradient(Z) @ jacobian(Z, b)),
                N_("B[MM, b](v) with the whole Jacobian"),
                N_("Each bias moves its own z one for one: the identity."),
            ),
            Line(scene.equation("bias gradient", l).value, N_("v itself"), N_("The identity changes nothing.")),
        ),
    )


TITLE = N_("Modules, and what each carries back")

WALKTHROUGH = Walkthrough(
    "modules",
    TITLE,
    N_(
        "The network is a chain of modules: affine maps, activations, a loss. Each has a function B that takes v, the "
        "slope of the cost by its output, and gives the slope by its input: v times a Jacobian that is never built."
    ),
    chains,
    derives=("affine map",),
    errata=("E1", "E2", "E3", "E4", "E5", "E6"),
    below="modules",
)
