"""What there is to say about a formula, as data, and the sentences that say it.

A finding is told by the template of its key (``wording`` fills it in); reading.refusals has those of refusals.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...maths.messages import N_, NC_
from ..notation import Notation


@dataclass(frozen=True)
class Finding:
    """One thing to say: the key of its sentence, its details, and the kinds of mistake that it names."""

    key: str
    details: Mapping[str, Any]
    causes: tuple[str, ...] = ()


def finding(key: str, *causes: str, **details: Any) -> Finding:
    return Finding(key, details, causes)


SENTENCES = {
    # refused
    "circular": N_("{part} is what is asked for, so it cannot stand in its own formula."),
    "readings": N_("This can be read as {loose} and as {tight}, which differ: please add brackets."),
    # right
    "right": N_("Right: this is {target}. It agrees on {count} random networks whose sizes all differ, and on {own}."),
    "right untried": N_(
        "Right: this is {target}. It agrees on {count} random networks whose sizes all differ; on your own network "
        "some of the numbers are too extreme to compare."
    ),
    "right beyond": N_(
        "Right: this is {target}. It agrees on {count} random networks whose sizes all differ; on {own} {beyond} would "
        "be {size}, which is more than is computed here."
    ),
    "right for one": N_(
        "Right for one sample, as it is written: this is {target} where m = 1. It agrees on {count} random networks "
        "whose sizes all differ, and on {own}."
    ),
    "conventions": N_("It is right {conventions}."),
    "one output": N_("With several outputs it would also be divided by their number, n; here n = 1."),
    "labels": N_("This uses that each row of labels adds up to 1."),
    "in a batch": N_("For a batch of m samples write {new}."),
    "outputs here": N_("It holds only for {number} outputs, as here."),
    "for one output": N_("It holds only for one output, as here."),
    "in general": N_("With any number of outputs write {new}."),
    "diagonal": N_("diag(…) holds one sample, so this was tried with m = 1; a batch needs ⊙ in its place."),
    "sums over everything": N_("Here sum(…) was read as the sum over all entries."),
    "sums over outputs": N_("Here sum(…) was read as the sum over the outputs."),
    "lists": N_("Read with lists that start at 0, as the line says."),
    # shape
    "inner": N_(
        "{left} is {a} and {right} is {b}{here}: inner dimensions {x} and {y} differ, so they do not multiply."
    ),
    "chain twice": N_("{link} stands twice: each link of the chain rule is taken once."),
    "chain missing": N_("The links do not join: {link} follows {after}, and a link between the two is missing."),
    "chain layer": N_(
        "{link} is of the wrong layer: it follows {after}, and each link joins what the one before is by."
    ),
    "chain order": N_("All links are there, but out of order: each joins what the one before it is by."),
    "clash": N_(
        "The index {index} counts {one} in one place and {two} in another: these are two indices, so they need two "
        "letters, each where it counts the same."
    ),
    "entrywise": N_(
        "{left} is {a} and {right} is {b}{here}: {x} and {y} {axis} differ, so they cannot be taken entry by entry; "
        "only single numbers and b are repeated."
    ),
    "scalar matrix product": N_(
        "{left} @ {right} has a single number on one side: write *, since @ takes two matrices."
    ),
    "no value": N_("{part} has no value: what stands in it does not fit together."),
    "outer of matrices": N_("An outer product takes two vectors, and {left} is {a} and {right} is {b}{here}."),
    "diagonal of a matrix": N_("diag(…) takes a vector, and {left} is {a}{here}."),
    "suggest right": N_("{suggestion} would multiply and is right."),
    "suggest wrong": N_("{suggestion} would multiply, too, but is not right."),
    "suggest only wrong": N_("{suggestion} would multiply, but is not right."),
    "suggest none": N_("No reordering or transposing of these factors that was tried gives the shape of {target}."),
    # wrong
    "wrong": N_("It multiplies, but it is not {target}."),
    "result": N_("The result is {a}{here}, but {target} is {b}."),
    "square": N_("Here it multiplies only because a matrix is square ({equal}). In general: {failure}"),
    "right because square": N_(
        "Right because square: on {place} it gives {target} only because {equal}. In general it does not multiply: "
        "{failure}"
    ),
    "accident": N_("Right by accident: it gives {target} on {place}, but not on a second, random one."),
    "accident of m": N_("Right by accident: it gives {target} on {place} only because m = 1."),
    "accident of n": N_(
        "Right by accident: it gives {target} only where there are {number} outputs, so that what it lacks comes to 1."
    ),
    "accident of slopes": N_(
        "Right by accident: it gives {target} with {activation}, not with a smooth f in its place."
    ),
    "transposed": N_("A factor is transposed the wrong way: write {new} instead of {old}."),
    "transposed result": N_("The result is transposed: the formula gives the transpose of {target}."),
    "sign": N_("The sign is wrong: write {new} instead of {old}."),
    "sign result": N_("The sign is wrong: the formula gives the negative of {target}."),
    "order": N_("The order of the factors is wrong: write {new} instead of {old}."),
    "brackets": N_("Brackets are missing, or the products are taken in the wrong order: write {new} instead of {old}."),
    "missing slope": N_("The derivative f' is missing: write {new} instead of {old}."),
    "extra slope": N_("There is one derivative f' too many: write {new} instead of {old}."),
    "ones for slope": N_("{old} is f' of ReLU only where every z is greater than 0: write {new} in general."),
    "wrong slope": N_("The derivative f' is wrong: write {new} instead of {old}."),
    "no softmax slope": N_("Softmax has no f' of its own, since each output depends on all of its row."),
    "other slope": N_(
        "The derivative f' is wrong: {part} is that of {activation}, and layer {layer} has {function}, so write {new} "
        "in its place."
    ),
    "other slope in z": N_(
        "The derivative f' is wrong: {part} is how that of {activation} is written in a = f(z), here with z in the "
        "place of a, and layer {layer} has {function}, so write {new} in its place."
    ),
    "no prime": N_(
        "The prime is missing: {part} is the activation f of layer {layer} itself, and its derivative f' is due, so "
        "write {new} in its place."
    ),
    "softmax slope": N_(
        "Every output moves with each z, so ∂J/∂z is a sum over all outputs, which comes to {new}: write it instead of "
        "{old}."
    ),
    "softmax sum": N_(
        "Every output moves with each z, so what is due is a sum over all outputs: the Jacobian diag(a) − a aᵀ times "
        "the derivative of the loss."
    ),
    "missing 1/m": N_(
        "The division by m is missing: the cost is a mean over the samples, so a factor 1/m is due once."
    ),
    "missing dA": N_(
        "This is ∂a/∂z alone, one of two factors of the chain rule; the other, what comes back to a, is missing: write "
        "{new} instead of {old}."
    ),
    "extra 1/m": N_("There is one division by m (1/m) too many."),
    "extra 1/m of a sum": N_(
        "There is one division by m (1/m) too many: the cost is a sum over the samples, nothing is divided by m."
    ),
    "extra 1/m after delta": N_("There is one division by m (1/m) too many: the error delta holds the 1/m already."),
    "missing 1/(m n)": N_("The factor 1/(m n) is missing: the cost is a mean over m samples and n outputs."),
    "extra 1/(m n)": N_("There is one division by m n (the factor 1/m and 1/n) too many."),
    "missing 1/n": N_("A division by the number of outputs, n, is missing."),
    "extra 1/n": N_("There is one division by the number of outputs, n, too many."),
    "missing 2": N_("A factor 2 is missing."),
    "missing 2 of the square": N_("The 2 of the square is missing: the derivative of (a − y)² is 2 (a − y)."),
    "extra 2": N_("There is a factor 2 too many."),
    "extra 2 of the half": N_(
        "There is a factor 2 too many: the ½ of the loss and the 2 of the square cancel each other."
    ),
    "extra 2 here": N_("There is a factor 2 too many: write {new} instead of {old}."),
    "missing 2 here": N_("There is a factor ½ too many: write {new} instead of {old}."),
    "extra rate": N_("The learning rate belongs to the update, not to the gradient: write {new} instead of {old}."),
    "missing half": N_("The ½ is missing: the loss is half of the squared error."),
    "factor": N_("A constant factor is wrong: the formula should be multiplied by {factor:.6g}."),
    "only l2 missing": N_("Only the l2 term is missing: add {new}."),
    "missing l2": N_("The l2 term is missing, too: add {new}."),
    "wrong layer": N_("An array is of the wrong layer: write {new} instead of {old}."),
    "wrong array": N_("It is the wrong array: write {new} instead of {old}."),
    "missing bias": N_("The bias is missing: write {new} instead of {old}."),
    "missing sum": N_("The sum over the samples is missing: write {new} instead of {old}."),
    "extra sum": N_("The sum over the samples is one too many: write {new} instead of {old}."),
    "one number": N_("A sum without an axis is one number, the same for all biases: write {new} instead of {old}."),
    "wrong axis": N_("The sum runs along the wrong axis: write {new} instead of {old}."),
    "softmax axis": N_(
        "The softmax is taken along the wrong axis, over the samples: it is each sample's own units that add up to 1."
    ),
    "lost axis": N_(
        "{old} has lost the axis that it runs along, so that it is laid beside the matrix the wrong way: keep that "
        "axis, write {new}."
    ),
    "outer": N_("An outer product takes one sample at a time: for a batch write {new} instead of {old}."),
    "square of a sum": N_("Each difference is to be squared, not their sum: write {new} instead of {old}."),
    "misplaced square": N_("The square is that of one term, not of the bracket: write {new} instead of {old}."),
    "exchanged": N_("The label y and the output have changed places: write {new} instead of {old}."),
    "missing complement": N_(
        "The other class is missing, (1 − y) log(1 − a): a label of 0 costs, too. Write {new} instead of {old}."
    ),
    "wrong class": N_("It is the wrong one of the two classes: write {new} instead of {old}."),
    "missing log": N_("The logarithm is missing: write {new} instead of {old}."),
    "missing square": N_("The square is missing: write {new} instead of {old}."),
    "wrong activation": N_("The activation is another one: write {new} instead of {old}."),
    "elementwise instead of matrix product": N_(
        "The product is taken entry by entry (* or ⊙) where a matrix product (@) is due: write {new} instead of {old}."
    ),
    "matrix product instead of elementwise": N_(
        "A matrix product (@) is taken where the product is entry by entry (⊙): write {new} instead of {old}."
    ),
    "division": N_("It divides where it should multiply: write {new} instead of {old}."),
    "missing error": N_(
        "The error δ is missing: each weight carries back the δ of the unit that it leads to, so write {new} instead "
        "of {old}."
    ),
    "extra factor": N_("There is a factor too many: write {new} instead of {old}."),
    "missing factor": N_("A factor is missing: write {new} instead of {old}."),
    "extra term": N_("There is a term too many: write {new} instead of {old}."),
    "missing term": N_("A term is missing: write {new} instead of {old}."),
    "number for m": N_("The number {old} stands for something that changes: write {new}."),
    "wrong number": N_("A number is wrong: write {new} instead of {old}."),
    "arrangement": N_("The factors are right, but not how they are multiplied ({kinds})."),
    "arrangement too": N_("The factors have to be multiplied otherwise ({kinds})."),
    "repaired": N_("Altogether: {new}."),
    "wrong target": N_("This is {other}, and what is asked for is {target}."),
    "part": N_("Of the equal parts {part} is the first that is not right."),
    "penalty": N_(
        "l2 was read as λ, the strength of weight decay, which this network does not have: if it is layer 2, write "
        "{new}."
    ),
    "keepdims in columns": N_(
        "Add keepdims=True: without it the sum is an array of one axis, which is no column, and b minus it would "
        "silently become a square matrix."
    ),
    "keepdims": N_("Without keepdims=True the sum has one axis only; its numbers are the same."),
    "update": N_("An update is judged by the gradient in it, {target}."),
    "descent": N_("Right: it goes against the gradient, {target}."),
    "ascent": N_("With this sign the update goes uphill: along the gradient, not against it."),
    "left side": N_("The left side names {named}, and what is asked for is {target}."),
    "absent left": N_("The left side names {named}, which this network does not have."),
    "absent": N_("This network has no {part}: its layers of {name} go from {lowest} to {highest}."),
    "absent bias": N_("This network has no {part}: it has no biases."),
    "absent -1": N_(
        "This network has no {part}: its input is X; in Python, an index of -1 silently means the last layer."
    ),
    "other count": N_(
        "If your text counts its layers from {number}, choose that in the notation: then all of these are there."
    ),
    "convention": N_("It would be right {nearest}."),
    "label": N_(
        "It would be right where ŷ is the label and y the output, as some texts have it; here ŷ is the output and y "
        "the label."
    ),
    "one sample": N_("For one sample (m = 1) it is right; for a batch it is not."),
    "not here": N_("It agrees on random networks, but not on yours."),
    "labels here": N_("It holds where each row of labels adds up to 1, and yours do not."),
    "unknown": N_("None of the changes that were tried, one or two at a time, makes it right."),
}
"""The templates by key; the key of a mistake's sentence is the kind of mistake."""

CAUSES = {
    "chain twice": N_("A link of the chain rule stands twice."),
    "chain missing": N_("A link of the chain rule is missing."),
    "chain layer": N_("A link of the chain rule is of the wrong layer."),
    "chain order": N_("The links of the chain rule are out of order."),
    "transposed": N_("A factor is transposed the wrong way."),
    "missing dA": N_("This is ∂a/∂z alone; the other factor of the chain rule, what comes back to a, is missing."),
    "sign": N_("A sign is wrong."),
    "order": N_("The order of the factors is wrong."),
    "brackets": N_("Brackets are missing, or the products are taken in the wrong order."),
    "missing slope": N_("The derivative f' is missing."),
    "ones for slope": N_("A vector of ones is f' of ReLU only where every z is greater than 0."),
    "extra slope": N_("There is one derivative f' too many."),
    **dict.fromkeys(("wrong slope", "other slope", "other slope in z", "no prime"), N_("The derivative f' is wrong.")),
    "softmax slope": N_("Every output moves with each z, so ∂J/∂z is a sum over all outputs."),
    "only l2 missing": N_("Only the l2 term is missing."),
    "missing l2": N_("The l2 term is missing, too."),
    "wrong layer": N_("An array is of the wrong layer."),
    "wrong array": N_("An array is the wrong one."),
    "missing bias": N_("The bias is missing."),
    "missing sum": N_("The sum over the samples is missing."),
    "extra sum": N_("The sum over the samples is one too many."),
    "one number": N_("A sum without an axis is one number, the same for all biases."),
    "wrong axis": N_("A sum runs along the wrong axis."),
    "softmax axis": N_("The softmax is taken along the wrong axis, over the samples."),
    "lost axis": N_("A sum or maximum has lost its axis, so that it is laid beside a matrix the wrong way."),
    "outer": N_("An outer product takes one sample at a time."),
    "square of a sum": N_("Each difference is to be squared, not their sum."),
    "misplaced square": N_("The square is that of one term, not of the bracket."),
    "exchanged": N_("The label y and the output have changed places."),
    "missing complement": N_("The other class is missing: a label of 0 costs, too."),
    "wrong class": N_("It is the wrong one of the two classes."),
    "missing log": N_("The logarithm is missing."),
    "missing square": N_("The square is missing."),
    "wrong activation": N_("The activation is another one."),
    "extra 2 here": N_("There is a factor 2 too many."),
    "missing 2 here": N_("There is a factor ½ too many."),
    "elementwise instead of matrix product": N_(
        "A product is taken entry by entry (* or ⊙) where a matrix product (@) is due."
    ),
    "matrix product instead of elementwise": N_(
        "A matrix product (@) is taken where the product is entry by entry (⊙)."
    ),
    "division": N_("It divides where it should multiply."),
    "missing error": N_("The error δ is missing: each weight carries back the δ of the unit that it leads to."),
    "extra factor": N_("There is a factor too many."),
    "extra rate": N_("The learning rate belongs to the update, not to the gradient."),
    "missing factor": N_("A factor is missing."),
    "extra term": N_("There is a term too many."),
    "missing term": N_("A term is missing."),
    "number for m": N_("A number stands for something that changes."),
    "wrong number": N_("A number is wrong."),
}
"""What the sentences of these keys say without the formula that is right: the cause alone."""

ALONE = {
    "shape": N_("It does not multiply."),
    "wrong target": N_("This is another array than the one that is asked for."),
    "circular": N_("What is asked for stands in its own formula."),
    "readings": N_("It can be read in two ways that differ: brackets are missing."),
    "factor": N_("A constant factor is wrong."),
    "convention": N_("It is right in another notation."),
    "index": N_("An index counts two different things."),
    "absent": N_("It names an array that this network does not have."),
    "accident": N_("It is right by accident, on these numbers alone."),
    "other": N_("It is wrong in another way."),
}
"""The same for causes that have no sentence of their own, or none without the formula that is right."""

SOLVING = frozenset(
    {"repaired", "in a batch", "in general", "convention", "suggest right", "suggest wrong", "suggest only wrong"}
)
"""The keys of the sentences that say nothing but what to write."""


def cause_sentence(cause: str) -> str:
    """What is amiss where a cause is, in a sentence that names no formula."""
    told = ALONE.get(cause) or CAUSES.get(cause) or SENTENCES.get(cause, "")
    return told if told and "{" not in told else ALONE["other"]


KINDS = {
    "transposed": N_("transposed"),
    "order": NC_("of factors", "order"),
    "elementwise instead of matrix product": N_("⊙ in place of @"),
    "matrix product instead of elementwise": N_("@ in place of ⊙"),
}
"""The mistakes in how factors are multiplied, in short."""

CONVENTIONS = {
    "orientation": {"rows": N_("samples as rows"), "columns": N_("samples as columns")},
    "layout": {"denominator": N_("gradients of the shape of their variable"), "numerator": N_("transposed gradients")},
    "weights": {"out_in": N_("W as (out, in)"), "in_out": N_("W as (in, out)")},
}
"""The three switches that transpose arrays, in words."""


ELSEWHERE: Mapping[str, Mapping[Any, str]] = {
    **CONVENTIONS,
    "output": {"y": N_("ŷ as the label and y as the output")},
    "division": {"error": N_("1/m in δ"), "gradients": N_("1/m in dW and db, and none in δ")},
    "first_layer": {0: N_("layers counted from 0"), 1: N_("layers counted from 1")},
    "numbered": {
        "enters": N_("W and b numbered by the layer that they lead to"),
        "leaves": N_("W and b numbered by the layer that they leave"),
    },
}
"""Every switch with which a formula may be right, in words, the likeliest first."""


def differences(notation: Notation, own: Notation) -> list[str]:
    """The switches by which two notations transpose arrays differently."""
    return [switch for switch in CONVENTIONS if getattr(notation, switch) != getattr(own, switch)]
