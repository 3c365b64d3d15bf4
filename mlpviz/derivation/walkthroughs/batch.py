"""From one sample to a batch: sheets δaᵀ added up into ΔᵀA, the place of 1/m, the bias as a sum. Texts S0, S1, S2."""

from __future__ import annotations

from ...maths.equations import expand, scale
from ...maths.expressions import Expression, Symbol, Transpose
from ...maths.functions import transposed
from ...maths.messages import N_
from ..derived import sample_row, unscaled
from ..indices import entry
from ..scene import Scene, total
from .walkthrough import Chain, Line, Walkthrough


def chains(scene: Scene) -> tuple[Chain, ...]:
    """Forwards, δ, the weights, the biases."""
    L = scene.architecture.depth
    shown = [forward(scene), output(scene) if scene.layer == L else hidden(scene), weights(scene)]
    if scene.layer == L and scene.architecture.scale is not None:
        shown.append(division(scene))
    return (*shown, biases(scene)) if scene.architecture.bias else tuple(shown)


def forward(scene: Scene) -> Chain:
    """Z of the batch: every sample through the same weights."""
    l = scene.layer
    value = scene.equation("affine map", l).value
    Z, W, below = Symbol("Z", l), Symbol("W", l), Symbol("A", l - 1)
    s, u = scene.frame(Z)
    each = scene.over(below, "k", scene.at(below, s, "k") * scene.at(W, u, "k"))
    if scene.architecture.bias:
        each = each + scene.at(Symbol("b", l), None, u)
    return Chain(
        N_("Forwards, all samples"),
        Z,
        (
            Line(
                scene.assembled(Z, each),
                N_("One sample at a time"),
                N_("Each sample goes through the same weights and the same bias."),
            ),
            Line(
                Transpose(transposed(value)),
                N_("The other way round"),
                N_("Samples as columns or as rows: transpose everything and turn every product round."),
                {"modules": N_("The text uses the same letters for a matrix and its transpose.")},
            ),
            Line(
                value,
                N_("One matrix product"),
                N_("The bias is added to every sample; as a matrix it is one row (or column), repeated."),
                {
                    "modules": N_(
                        "The text says not to worry about its shape: see below what NumPy does to a plain list."
                    )
                },
            ),
        ),
    )


def divided(scene: Scene, node: Expression) -> Expression:
    """A sum over samples divided as the cost is."""
    if scene.architecture.scale is None:
        return node
    return node / expand(scale, scene.architecture, scene.architecture.depth)


def output(scene: Scene) -> Chain:
    """δ of the output: the one place where the cost's division stands."""
    L = scene.layer
    delta = Symbol("delta", L)
    rows = scene.frame(delta)
    each = divided(scene, scene.at(unscaled(delta), *rows))
    return Chain(
        N_("The error at the output"),
        delta,
        (
            Line(
                scene.assembled(delta, each),
                N_("Sample by sample"),
                N_("A sample's z moves only its own loss. If the cost is a mean, each loss counts with its share."),
            ),
            Line(
                scene.for_target(delta, divided(scene, unscaled(delta))),
                N_("The share is in δ"),
                N_("The division stands here, and here only: every gradient below is made from δ and has it already."),
                {
                    "element-batch": N_(
                        "The code of the text sums the loss and yet divides δ by b: the two differ by the factor b."
                    )
                },
            ),
            Line(
                scene.equation("output error", L).value,
                N_("All samples at once"),
                N_("The equation of the output error."),
            ),
        ),
    )


def hidden(scene: Scene) -> Chain:
    """δ of a hidden layer, sample by sample."""
    delta = Symbol("delta", scene.layer)
    value = scene.equation("hidden error", scene.layer).value
    return Chain(
        N_("The error one layer down"),
        delta,
        (
            Line(
                scene.assembled(delta, entry(value, scene.view)),
                N_("Samples do not mix"),
                N_("Each sample's δ is made from its own δ above and its own z."),
            ),
            Line(value, N_("All samples at once"), N_("The same weights carry every sample's δ back.")),
        ),
    )


def sheets(scene: Scene, delta: Symbol) -> list[Expression]:
    """δ aᵀ of each sample."""
    below = Symbol("A", scene.layer - 1)
    return [sample_row(delta, index=s).T @ sample_row(below, index=s) for s in range(scene.view.batch_size)]


def weights(scene: Scene) -> Chain:
    """∂J/∂W as a sum of one sheet a sample."""
    l = scene.layer
    dW, delta, below = Symbol("dW", l), Symbol("delta", l), Symbol("A", l - 1)
    u, v = scene.frame(dW)
    body = scene.over_samples("s", lambda s: scene.at(delta, s, u) * scene.at(below, s, v))
    return Chain(
        N_("The weights"),
        dW,
        (
            Line(
                scene.for_target(dW, scene.with_decay(total(sheets(scene, delta)))),
                N_("One sheet a sample"),
                N_(
                    "Each sample gives a matrix of its own, δ times a; a weight is part of all of them, so add them up."
                ),
            ),
            Line(
                scene.weight_gradient(body),
                N_("One weight through all samples"),
                N_("The sum runs over the samples."),
                {"element-batch": N_("The text has its indices the other way round here, Δ_ik instead of Δ_ki.")},
            ),
            Line(
                scene.equation("weight gradient", l).value,
                N_("A sum over samples is a matrix product"),
                N_("The samples are the inner dimension: the product adds the sheets up."),
            ),
        ),
    )


def division(scene: Scene) -> Chain:
    """The division of the cost, moved from the sum into δ."""
    L = scene.layer
    dW, raw = Symbol("dW", L), unscaled(Symbol("delta", L))
    below = Symbol("A", L - 1)
    share = lambda s: divided(scene, sample_row(raw, index=s)).T @ sample_row(below, index=s)  # noqa: E731
    return Chain(
        N_("Where the division goes"),
        dW,
        (
            Line(
                scene.for_target(dW, scene.with_decay(divided(scene, total(sheets(scene, raw))))),
                N_("Divide the sum"),
                N_("The gradient of a mean is the mean of the gradients."),
            ),
            Line(
                scene.for_target(dW, scene.with_decay(total(share(s) for s in range(scene.view.batch_size)))),
                N_("Divide each δ"),
                N_("A number may be moved into any factor; in δ it is divided once for all gradients."),
            ),
            Line(
                scene.equation("weight gradient", L).value,
                N_("Nothing left to divide"),
                N_("A second division here would make every gradient too small."),
            ),
        ),
    )


def biases(scene: Scene) -> Chain:
    """∂J/∂b: the sum of δ over the samples."""
    l = scene.layer
    db, delta = Symbol("db", l), Symbol("delta", l)
    _, u = scene.frame(db)
    rows = [sample_row(delta, index=s) for s in range(scene.view.batch_size)]
    return Chain(
        N_("The biases"),
        db,
        (
            Line(
                scene.for_target(db, total(rows)),
                N_("One row a sample"),
                N_("The same bias is added to every sample, so its slopes are added up, too."),
            ),
            Line(
                scene.assembled(db, scene.over_samples("s", lambda s: scene.at(delta, s, u))),
                N_("One bias through all samples"),
                N_("The sum runs over the samples."),
            ),
            Line(
                scene.equation("bias gradient", l).value,
                N_("A product with ones"),
                N_("Adding up the samples is a product with a vector of ones."),
                {"element-batch": N_("The text leaves it out.")},
            ),
        ),
    )


WALKTHROUGH = Walkthrough(
    "batch",
    N_("From one sample to a batch"),
    N_(
        "Every sample goes through the same weights, so a weight's slope is the sum of what each sample says. "
        "A matrix product adds up over its inner dimension: let that be the samples."
    ),
    chains,
    derives=("bias gradient",),
    errata=("E8", "E9", "E10", "E11", "E30", "E31", "E32", "E39", "E36", "E41", "E40", "E35", "E33", "E34", "E37",
            "E38", "E42"),
    batch=True,
    below="bias and loop",
)  # fmt: skip
