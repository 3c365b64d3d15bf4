"""From one sample to a batch: matrices δaᵀ added up into ΔᵀA, the place of 1/m, the bias as a sum. Texts S0, S1, S2."""

from __future__ import annotations

from ...maths.equations import expand, scale
from ...maths.expressions import Expression, Symbol, Transpose
from ...maths.functions import transposed
from ...maths.messages import N_
from .. import gradients
from ..derived import Derived, sample_row, unscaled
from ..indices import entry
from ..plain import M, times_m
from ..scene import Scene, total
from .walkthrough import Chain, Line, Walkthrough, assembling, decay, paired


def chains(scene: Scene) -> tuple[Chain, ...]:
    """Forwards, δ, the weights, the biases; at the output also the cost, and where its division goes."""
    at_output = scene.layer == scene.architecture.depth
    divides = at_output and scene.architecture.scale is not None and not scene.single
    return (
        one_sample(scene),
        forward(scene),
        *((cost(scene), output(scene)) if at_output else (hidden(scene),)),
        weights(scene),
        *((division(scene),) if divides else ()),
        *((biases(scene),) if scene.architecture.bias else ()),
    )


# Forwards


def affine(scene: Scene, inputs: Symbol) -> Expression:
    """The weighted sums of a layer, of all samples or of one, in stored arrays."""
    sums = inputs @ Symbol("W", scene.layer).T
    return sums + Symbol("b", scene.layer) if scene.architecture.bias else sums


def one_sample(scene: Scene) -> Chain:
    """The first sample of the batch alone."""
    target, x = sample_row(Symbol("Z", scene.layer), index=0), sample_row(Symbol("A", scene.layer - 1), index=0)
    return Chain(
        N_("Forwards, one sample"),
        target,
        (
            Line(
                scene.for_target(target, affine(scene, x)),
                N_("The first sample alone"),
                N_(
                    "To be shown: what holds for one sample holds for many at once, as one product. Here is one sample."
                ),
            ),
        ),
    )


WAYS_ROUND = {
    "rows": N_(
        "The samples are rows here, as in most code (PyTorch, TensorFlow). With samples as columns, as in most books, "
        "it reads {other}: everything transposed, every product turned round."
    ),
    "columns": N_(
        "The samples are columns here, as in most books. With samples as rows, as in most code (PyTorch, TensorFlow), "
        "it reads {other}: everything transposed, every product turned round."
    ),
}
REPEATED = {
    "rows": N_("All samples at once. The biases are added to each sample: {b} stands for this row, repeated."),
    "columns": N_("All samples at once. The biases are added to each sample: {b} stands for this column, repeated."),
}
STACKED = {
    "rows": N_("The samples stand in {x} as rows, one below the other, and so do their weighted sums in {z}."),
    "columns": N_("The samples stand in {x} as columns, side by side, and so do their weighted sums in {z}."),
}
"""Sentences by what a sample is."""


def forward(scene: Scene) -> Chain:
    """Z of the batch: every sample through the same weights."""
    l, say, orientation = scene.layer, scene.say, scene.view.notation.orientation
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
                N_("One entry, then all"),
                N_("This batch has one sample; so far nothing is new.")
                if scene.single
                else say(STACKED[orientation], x=below, z=Z),
                {"": assembling(scene, Z)},
            ),
            Line(
                Transpose(transposed(value)),
                N_("The other way round"),
                say(WAYS_ROUND[orientation], other=transposed(value)),
                {"modules": N_("The text uses the same letters for a matrix and its transpose.")},
            ),
            Line(value, N_("One matrix product"), at_once(scene), in_out(scene)),
        ),
    )


def at_once(scene: Scene) -> str:
    """What the affine map of a batch does with the biases."""
    if not scene.architecture.bias or scene.single:
        return N_("All samples at once, with the same weights.")
    return scene.say(REPEATED[scene.view.notation.orientation], b=Symbol("b", scene.layer))


def in_out(scene: Scene) -> dict[str, str]:
    """The order of W's axes, and what the text says of the biases."""
    notes: dict[str, str] = {}
    if scene.view.notation.orientation == "rows":
        W, x = Symbol("W", scene.layer), Symbol("A", scene.layer - 1)
        shown = scene.written(x @ W.T)
        notes[""] = (
            scene.say("With {W} as (in, out) the product is {product}, without a transpose.", W=W, product=shown)
            if scene.view.notation.weights == "in_out"
            else scene.say(
                "{W} is (out, in), as in PyTorch's nn.Linear; as (in, out), a choice of the notation, it needs no "
                "transpose.",
                W=W,
            )
        )
    if scene.architecture.bias:
        notes["modules"] = N_("The text leaves their shape to NumPy: see below what it does.")
    return notes


# The cost, and δ


def divided(scene: Scene, node: Expression) -> Expression:
    """A sum over samples divided as the cost is."""
    if scene.architecture.scale is None:
        return node
    return node / expand(scale, scene.architecture, scene.architecture.depth)


REDUCED = {
    "sum": N_("The cost of the batch is the sum of the losses {loss} of its samples."),
    "mean_samples": N_("The cost of the batch is the mean of the losses {loss} of its samples."),
    "mean_elements": N_(
        "The cost of the batch is the sum of the losses {loss}, divided by the number of samples and of outputs."
    ),
}
MOVED = {
    "sum": N_("What a sample does moves only its own loss {loss}, and the cost is the sum of the losses."),
    "mean_samples": N_("What a sample does moves only its own loss {loss}, which counts 1/{m} in the cost."),
    "mean_elements": N_(
        "What a sample does moves only its own loss {loss}, which the cost divides by the number of samples and of "
        "outputs."
    ),
}
"""Sentences by what the cost does with the losses."""

OWN = N_("What a sample does moves only its own loss {loss}; {delta} is written without the 1/{m} of the cost.")
FURTHER = N_("The division by {m} stands further on, first in every gradient that is made from {delta}.")
STAYS = N_("{delta} is written without the 1/{m}, which stays first in every gradient.")
"""Sentences for errors that are written m times as large."""


def reduction(scene: Scene) -> str:
    """How the cost is made of the losses; the mean of one is that one."""
    name = scene.architecture.reduction
    return "sum" if scene.single and name == "mean_samples" else name


def cost(scene: Scene) -> Chain:
    """The cost of the batch from the losses of its samples."""
    J = Symbol("cost")
    return Chain(
        N_("The cost of the batch"),
        J,
        (
            Line(
                scene.equation("cost", scene.layer).value,
                N_("The losses added up"),
                scene.say(REDUCED[reduction(scene)], loss=Symbol("losses")),
                {
                    "": scene.say(
                        "Training looks for {new_best}, the parameters {new_theta} with the smallest {cost}. The "
                        "derivative of a sum is the sum of the derivatives: every gradient below adds up over samples.",
                        new_best=f"θ* = argmin {scene.view.notation.cost}(θ)",
                        new_theta="θ",
                        cost=J,
                    )
                },
            ),
        ),
    )


def output(scene: Scene) -> Chain:
    """δ of the output: the one place where the cost's division stands."""
    L, say = scene.layer, scene.say
    delta, raw = Symbol("delta", L), unscaled(Symbol("delta", L))
    each = in_error(scene, scene.at(raw, *scene.frame(delta)))
    return Chain(
        N_("The error at the output"),
        delta,
        (
            Line(
                scene.assembled(delta, each),
                N_("Sample by sample"),
                say(
                    OWN if scene.view.divides_gradients else MOVED[reduction(scene)],
                    loss=Symbol("losses"),
                    m=M,
                    delta=delta,
                ),
            ),
            as_matrix(scene, scene.for_target(delta, in_error(scene, raw))),
            Line(
                scene.equation("output error", L).value,
                N_("All samples at once"),
                outcome(scene),
            ),
        ),
    )


def in_error(scene: Scene, node: Expression) -> Expression:
    """A slope of the losses as the error of the output has it."""
    return times_m(divided(scene, node)) if scene.view.divides_gradients else divided(scene, node)


def as_matrix(scene: Scene, value: Expression) -> Line:
    """The error of the output by the losses, and where the cost's division stands."""
    delta = Symbol("delta", scene.layer)
    if scene.view.divides_gradients:
        return Line(value, N_("As a matrix"), scene.say(FURTHER, delta=delta, m=M))
    if reduction(scene) == "sum":
        return Line(value, N_("As a matrix"), N_("The cost is a sum, so every loss counts as it is."))
    return Line(
        value,
        N_("The division stands here"),
        scene.say(
            "The cost's division stands here and only here: every gradient below is made from {delta} and has it "
            "already.",
            delta=delta,
        ),
        {
            "element-batch": N_(
                "The code of the text sums the loss and yet divides Δ by b: the two differ by the factor b."
            )
        },
    )


def outcome(scene: Scene) -> str:
    """What becomes of the derivatives of the loss and of the output activation."""
    if not paired(scene):
        return N_("The derivative of the loss, carried back through the activation of the output.")
    if scene.architecture.activations[-1] == "softmax" and not scene.view.whole_targets:
        return N_("The derivatives of this loss and this activation cancel.")
    return N_("The derivatives of this loss and this activation cancel: what is left is output minus target.")


def hidden(scene: Scene) -> Chain:
    """δ of a hidden layer, sample by sample."""
    l, say = scene.layer, scene.say
    delta, Z = Symbol("delta", l), Symbol("Z", l)
    value = scene.equation("hidden error", l).value
    place = scene.frame(delta)
    return Chain(
        N_("The error one layer down"),
        delta,
        (
            Line(
                scene.assembled(delta, entry(value, scene.view)),
                N_("Samples do not mix"),
                say(
                    "{delta} of a sample is made from the same sample's {after} and what its own units did.",
                    delta=scene.at(delta, *place),
                    after=scene.at(Symbol("delta", l + 1), place[0], "k"),
                ),
            ),
            Line(
                value,
                N_("All samples at once"),
                say("The same weights {W} carry every sample back.", W=Symbol("W", l + 1), z=Z),
            ),
        ),
    )


# The gradients


def each_sample(scene: Scene, delta: Symbol) -> list[Expression]:
    """δ aᵀ of each sample."""
    return [product_of(scene, delta, index) for index in range(scene.view.batch_size)]


def product_of(scene: Scene, delta: Symbol, index: int) -> Expression:
    """δ aᵀ of one sample."""
    return sample_row(delta, index=index).T @ sample_row(Symbol("A", scene.layer - 1), index=index)


def weights(scene: Scene) -> Chain:
    """∂J/∂W as a sum of one matrix for each sample."""
    l, say = scene.layer, scene.say
    dW, delta, below = Symbol("dW", l), Symbol("delta", l), Symbol("A", l - 1)
    u, v = scene.frame(dW)
    entry_of = lambda s: scene.at(delta, s, u) * scene.at(below, s, v)  # noqa: E731
    last = scene.for_target(dW, delta.T @ below)
    return Chain(
        N_("The weights"),
        dW,
        (
            Line(
                scene.for_target(dW, scene.with_decay(scene.mean(total(each_sample(scene, delta))))),
                N_("One matrix for each sample"),
                say(
                    "Each sample alone gives a column times a row, as the first does: {product}. A weight serves all "
                    "samples, so these matrices are added up.",
                    product=scene.for_target(dW, product_of(scene, delta, 0)),
                ),
                decay(scene),
            ),
            Line(
                scene.weight_gradient(scene.mean(scene.over_samples("s", entry_of))),
                N_("One weight through all samples"),
                ALONE
                if scene.single
                else say(
                    "In the place of one weight stands {product}, added up over the samples {s}.",
                    product=entry_of("s"),
                    s="s",
                ),
                swapped(scene),
            ),
            Line(
                scene.equation("weight gradient", l).value,
                N_("A sum over samples is a matrix product"),
                say("The samples are the inner dimension of {product}: the product adds up over them.", product=last),
            ),
        ),
    )


ALONE = N_("This batch has one sample, so the sum has one term.")


def swapped(scene: Scene) -> dict[str, str]:
    """The slip of a text whose samples are rows."""
    if scene.view.notation.orientation != "rows":
        return {}
    return {"element-batch": N_("The text has the two indices of Δ the other way round here.")}


def division(scene: Scene) -> Chain:
    """The division of the cost, moved from the sum into δ."""
    L, say = scene.layer, scene.say
    dW, delta, raw = Symbol("dW", L), Symbol("delta", L), unscaled(Symbol("delta", L))
    below = Symbol("A", L - 1)
    part = lambda s: divided(scene, sample_row(raw, index=s)).T @ sample_row(below, index=s)  # noqa: E731
    each_term = Line(
        scene.for_target(dW, scene.with_decay(total(part(s) for s in range(scene.view.batch_size)))),
        N_("Divide each term"),
        say(
            "A number may be moved into any factor: here it divides {raw} of each sample, once for all gradients.",
            raw=first_of(raw),
        ),
    )
    stays = scene.view.divides_gradients
    return Chain(
        N_("Where the division goes"),
        dW,
        (
            Line(
                scene.for_target(dW, scene.with_decay(divided(scene, total(each_sample(scene, raw))))),
                N_("Divide the sum"),
                N_("The derivative of a mean is the mean of the derivatives: add up, then divide."),
                decay(scene),
            ),
            *(() if stays else (each_term,)),
            Line(
                scene.equation("weight gradient", L).value,
                N_("The division stays in front") if stays else N_("Nothing left to divide"),
                say(STAYS, delta=delta, m=M)
                if stays
                else say(
                    "{delta} has the division in it. A second one would make the gradient too small.", delta=delta
                ),
            ),
        ),
    )


def first_of(symbol: Symbol) -> Derived:
    return sample_row(symbol, index=0)


def biases(scene: Scene) -> Chain:
    """∂J/∂b: the sum of δ over the samples."""
    l, say = scene.layer, scene.say
    db, delta = Symbol("db", l), Symbol("delta", l)
    _, u = scene.frame(db)
    rows = [sample_row(delta, index=s) for s in range(scene.view.batch_size)]
    return Chain(
        N_("The biases"),
        db,
        (
            Line(
                scene.for_target(db, scene.mean(total(rows))),
                N_("One vector for each sample"),
                say(
                    "The derivative of a weighted sum with respect to its bias is 1: the first sample gives {first}. "
                    "A bias serves all samples, so these are added up.",
                    first=rows[0],
                ),
            ),
            Line(
                scene.assembled(db, scene.mean(scene.over_samples("s", lambda s: scene.at(delta, s, u)))),
                N_("One bias through all samples"),
                ALONE
                if scene.single
                else say("For one bias: {delta}, added up over the samples {s}.", delta=scene.at(delta, "s", u), s="s"),
            ),
            Line(
                scene.equation("bias gradient", l).value,
                N_("A product with ones"),
                gradients.of_biases(scene.view, delta)
                if scene.single
                else N_("Adding up the samples is a product with a vector of ones."),
                {"element-batch": N_("The text leaves the bias gradient out.")},
            ),
        ),
    )


WALKTHROUGH = Walkthrough(
    "batch",
    N_("From one sample to a batch"),
    N_(
        "Every sample goes through the same weights, so the derivative of the cost with respect to a weight is a sum "
        "over the samples. A matrix product adds up over its inner dimension: let that be the samples."
    ),
    chains,
    derives=("bias gradient",),
    errata=("E8", "E9", "E10", "E11", "E55", "E63", "E64", "E65", "E66",
            "E30", "E31", "E32", "E39", "E36", "E41", "E40", "E35", "E33", "E34", "E37",
            "E38", "E42", "E70"),
    batch=True,
    below=("bias and loop",),
    preset="softmax-batch",
    shown_by=lambda _architecture, samples: samples > 1,
)  # fmt: skip
