"""Every sentence that the checker says about a formula it has read."""

from __future__ import annotations

SENTENCES = {
    # right
    "right": "Right: this is {target}. It agrees on {count} random networks whose sizes all differ, and on {own}.",
    "right untried": "Right: this is {target}. It agrees on {count} random networks whose sizes all differ; on your "
    "own network some of the numbers are too extreme to compare.",
    "right for one": "Right for one sample, as it is written: this is {target} where m = 1. It agrees on {count} "
    "random networks whose sizes all differ, and on {own}.",
    "conventions": "It is right {conventions}.",
    "one output": "With several outputs it would also be divided by their number, n; here n = 1.",
    "labels": "This uses that each row of labels adds up to 1.",
    "in a batch": "For a batch of m samples write {new}.",
    "diagonal": "diag(…) holds one sample, so this was tried with m = 1; a batch needs ⊙ in its place.",
    "all sums": "Here sum(…) was read as the sum over {over}.",
    "lists": "Read with lists that start at 0, as the left side says.",
    # shape
    "inner": "{left} is {a} and {right} is {b}{here}: inner dimensions {x} and {y} differ, so they do not multiply.",
    "entrywise": "{left} is {a} and {right} is {b}{here}: {x} and {y} {axis} differ, so they cannot be taken entry by "
    "entry; only single numbers and b are repeated.",
    "scalar matrix product": "{left} @ {right} has a single number on one side: write *, since @ takes two matrices.",
    "diagonal of a matrix": "diag(…) takes a vector, and {left} is {a}{here}.",
    "suggest right": "{text} would multiply and is right.",
    "suggest wrong": "{text} would multiply, too, but is not right.",
    "suggest only wrong": "{text} would multiply, but is not right.",
    "suggest none": "No reordering or transposing of these factors that was tried gives the shape of {target}.",
    # wrong
    "wrong": "It multiplies, but it is not {target}.",
    "result": "The result is {a}{here}, but {target} is {b}.",
    "square": "Here it multiplies only because a matrix is square ({equal}). In general: {failure}",
    "right because square": "Right because square: on {place} it gives {target} only because {equal}. In general "
    "it does not multiply: {failure}",
    "accident": "Right by accident: it gives {target} on {place}, but not on a second, random one.",
    "accident of m": "Right by accident: it gives {target} on {place} only because m = 1.",
    "accident of slopes": "Right by accident: it gives {target} with {activation}, not with a smooth f in its place.",
    "transposed": "A factor is transposed the wrong way: write {new} instead of {old}.",
    "transposed result": "The result is transposed: the formula gives the transpose of {target}.",
    "sign": "The sign is wrong: write {new} instead of {old}.",
    "sign result": "The sign is wrong: the formula gives the negative of {target}.",
    "order": "The order of the factors is wrong: write {new} instead of {old}.",
    "brackets": "Brackets are missing, or the products are taken in the wrong order: write {new} instead of {old}.",
    "missing slope": "The slope f' is missing: write {new} instead of {old}.",
    "extra slope": "There is one slope f' too many: write {new} instead of {old}.",
    "wrong slope": "The slope f' is wrong: write {new} instead of {old}.",
    "softmax slope": "Softmax has no f' of its own, since each output depends on all of its row.",
    "missing 1/m": "The division by m is missing: the cost is a mean over the samples, so a factor 1/m is due once.",
    "extra 1/m": "There is one division by m (1/m) too many{why}.",
    "missing 1/(m n)": "The factor 1/(m n) is missing: the cost is a mean over m samples and n outputs.",
    "extra 1/(m n)": "There is one division by m n (the factor 1/m and 1/n) too many.",
    "missing 1/n": "A division by the number of outputs, n, is missing.",
    "extra 1/n": "There is one division by the number of outputs, n, too many.",
    "factor": "A constant factor is wrong: the formula should be multiplied by {factor:.6g}.",
    "only l2 missing": "Only the l2 term is missing: add {new}.",
    "missing l2": "The l2 term is missing, too: add {new}.",
    "wrong layer": "An array is of the wrong layer: write {new} instead of {old}.",
    "wrong array": "It is the wrong array of its layer: write {new} instead of {old}.",
    "missing bias": "The bias is missing: write {new} instead of {old}.",
    "missing sum": "The sum over the samples is missing: write {new} instead of {old}.",
    "extra sum": "The sum over the samples is one too many: write {new} instead of {old}.",
    "elementwise instead of matrix product": "The product is taken entry by entry (* or ⊙) where a matrix product (@) "
    "is due: write {new} instead of {old}.",
    "matrix product instead of elementwise": "A matrix product (@) is taken where the product is entry by entry (⊙): "
    "write {new} instead of {old}.",
    "division": "It divides where it should multiply: write {new} instead of {old}.",
    "missing error": "The error δ is missing: each weight carries back the δ of the unit that it leads to, so "
    "write {new} instead of {old}.",
    "extra factor": "There is a factor too many: write {new} instead of {old}.",
    "missing factor": "A factor is missing: write {new} instead of {old}.",
    "extra term": "There is a term too many: write {new} instead of {old}.",
    "missing term": "A term is missing: write {new} instead of {old}.",
    "number for m": "The number {old} stands for something that changes: write {new}.",
    "wrong number": "A number is wrong: write {new} instead of {old}.",
    "arrangement": "The factors are right, but not how they are multiplied ({kinds}).",
    "arrangement too": "The factors have to be multiplied otherwise ({kinds}).",
    "repaired": "Altogether: {new}.",
    "wrong target": "This is {other}, and what is asked for is {target}.",
    "left side": "The left side names {left}, and what is asked for is {target}.",
    "right side": "The right side is {target}, as asked.",
    "absent": "This network has no {text}: {range}.",
    "absent -1": "This network has no {text}: its input is X; in Python, an index of -1 silently means the last layer.",
    "other count": "If your text counts its layers from {first}, choose that in the notation: then all of these are "
    "there.",
    "convention": "It would be right {conventions}.",
    "one sample": "For one sample (m = 1) it is right; for a batch it is not.",
    "not here": "It agrees on random networks, but not on yours.",
    "labels here": "It holds where each row of labels adds up to 1, and yours do not.",
    "unknown": "None of the changes that were tried, one or two at a time, makes it right.",
}
"""The templates by key; a cause is told by the template of its own name."""

CONVENTIONS = {
    "orientation": {"rows": "samples as rows", "columns": "samples as columns"},
    "layout": {"denominator": "denominator layout", "numerator": "numerator layout"},
    "weights": {"out_in": "W as (out, in)", "in_out": "W as (in, out)"},
}
"""The three switches that transpose arrays, in words."""

KINDS = {
    "transposed": "transposed",
    "order": "order",
    "elementwise instead of matrix product": "⊙ in place of @",
    "matrix product instead of elementwise": "@ in place of ⊙",
}
"""What may be wrong with how factors are multiplied, in short."""
