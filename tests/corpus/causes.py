"""What can be amiss with a line, and words of which a good teacher would use one to name it."""

from __future__ import annotations

import re

SLOPE = r"slope|f['′]|σ['′]|g['′]|derivative of (the|its|an?) activation"
PRODUCT = r"element|entry by entry|entry-wise|entries|matrix product|matrix multiplication"
BY_M = r"1\s*/\s*m|divi[^.]*\bm\b|\b(by|times|write) m\b|mean|average|number of samples"
BY_N = r"[12]\s*/\s*n|divi[^.]*\bn|\b(by|times) n|number of (outputs|units|elements|entries)|average"
TWO = (
    r"\b(two|twice)\b|doubl|square|½|\bhal[fv]|1\s*/\s*2|0\.5|\b(factor|number|write|by|times|the|a) (of )?2\b|\b2 is\b"
)
PENALTY = r"\bl2\b|penalty|decay|regulari|λ"
LETTER = r"\bz|weighted sum|pre-?activation|activations?\b"

CAUSES: dict[str, str] = {
    "transposed": r"transpos|with samples as|\bturn",
    "order": r"\border\b|swap|the other way r|exchang|from the (left|right)|other side|turn|how [^.]* multiplied",
    "elementwise": PRODUCT,
    "matrix product": PRODUCT,
    "sign": r"\bsigns?\b|minus|negative|negated",
    "missing slope": SLOPE,
    "extra slope": SLOPE,
    "tanh slope": r"tanh",
    "sigmoid slope": r"sigmoid|logistic",
    "relu slope": r"relu|rectif",
    "other slope": SLOPE,
    "layer": r"layer|index|numbered",
    "missing 1/m": BY_M,
    "extra 1/m": BY_M,
    "1/n": BY_N,
    "two": TWO,
    "half": TWO,
    "missing sum": r"\bsum|add(s|ed|ing)? up|over (the|all) samples|total",
    "one number": r"one number|single number|scalar|one value|single value|axis|\bdims?\b",
    "axis": r"\baxis|columns?\b|rows?\b|over the (units|outputs|samples)|\bdims?\b",
    "missing l2": PENALTY,
    "extra l2": PENALTY,
    "z for a": LETTER,
    "a for z": LETTER,
    "a for y": r"label|target|\bY\b",
    "missing error": r"error|\b[Aa]\S* ?[-−] ?[Yy]\b|\bY\b|label|target",
    "brackets": r"bracket|parenthes",
    "extra factor": r"extra|too (many|much)|superfluous|does not belong|leave (it )?out|without|factor|stands for",
    "missing bias": r"bias|\bb\b|\bb\[|\bb⁽|\bb[₀-₉0-9]",
    "activation": r"activation|sigmoid|tanh|relu|softmax|softplus",
    "missing complement": r"1\s*[-−]|other class|second (half|term)|\blog|missing",
    "square": r"square|\*\*\s*2|\^2|²|power",
}
"""By category, a regular expression; any wording that has one of its words counts as having named it."""


def named(cause: str, message: str) -> bool:
    """Whether a message names every category of a cause."""
    return all(re.search(CAUSES[each], message, re.IGNORECASE) for each in cause.split(" + "))
