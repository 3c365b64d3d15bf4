"""The corpus of whole programs: one row each, none copied from anywhere, and the causes of their planted bugs."""

from __future__ import annotations

import re

from .listings.classifiers import CLASSIFIERS
from .listings.functions import FUNCTIONS
from .listings.loops import LOOPS
from .listings.manners import MANNERS
from .listings.others import OTHERS
from .listings.samples import SAMPLES
from .listings.scripts import SCRIPTS
from .listings.signs import SIGNS
from .listings.signs_again import MORE_SIGNS
from .listings.tensors import TENSORS
from .listings.trainers import TRAINERS
from .listings.written import WRITTEN
from .program import Program

PROGRAMS: tuple[Program, ...] = (
    *SCRIPTS,
    *CLASSIFIERS,
    *FUNCTIONS,
    *LOOPS,
    *SAMPLES,
    *TRAINERS,
    *OTHERS,
    *MANNERS,
    *TENSORS,
    *SIGNS,
    *MORE_SIGNS,
    *WRITTEN,
)

SLOPE = r"slope|f['′]|σ['′]|g['′]|derivative of (the|its) activation"
BY_M = r"1\s*/\s*m|\bm\b|mean|average|number of samples"
BROADCAST = r"broadcast|\bflat\b|one axis|1-D|stretch|repeat|\bshape|keepdims|\(\w+,\)|column|multipl"

PROGRAM_CAUSES: dict[str, str] = {
    "accumulate": r"\+=|add(s|ed|ing)? up|accumulat|last sample|overwrit|over (all|the) samples|sum",
    "ascent": r"\bsigns?\b|uphill|ascen|downhill|minus|descen",
    "axis": r"\baxis|dims?\b|over the (units|outputs|samples)|columns|rows",
    "elementwise": r"element|entry by entry|entries|matrix product|matrix multiplication",
    "extra 1/m": BY_M,
    "flat bias": BROADCAST,
    "keepdims": BROADCAST,
    "layer": r"layer|index|numbered",
    "mask": r"mask|\bz|pre-?activation|weighted sum|" + SLOPE,
    "missing 1/m": BY_M,
    "missing l2": r"\bl2\b|penalty|decay|regulari|λ",
    "missing slope": SLOPE,
    "one number": r"one number|single number|scalar|one value|single value|without (an )?axis|axis",
    "relu slope": r"relu|rectif",
    "sigmoid slope": r"sigmoid|logistic",
    "sign": r"\bsigns?\b|minus|negative|the other way r",
    "transposed": r"transpos|ᵀ|\.T\b",
    "two": r"\b2\b|\btwo\b|twice|doubl|square",
    "updated": r"updat|already|changed|old|before|moved|new",
    "z for a": r"\bz|weighted sum|pre-?activation|activations?\b",
}
"""By cause, a regular expression; a message that has one of its words counts as having named it."""


def named(cause: str, message: str) -> bool:
    """Whether a message names a cause."""
    return bool(re.search(PROGRAM_CAUSES[cause], message, re.IGNORECASE))
