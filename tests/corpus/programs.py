"""The corpus of whole programs: one row each, none copied from anywhere, and the causes of their planted bugs."""

from __future__ import annotations

import re

from .causes import CAUSES, LETTER, SLOPE
from .listings.cells import CELLS
from .listings.chains import CHAINS
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
    *CELLS,
    *CHAINS,
    *WRITTEN,
)

BROADCAST = r"broadcast|\bflat\b|one axis|1-D|stretch|repeat|\bshape|keepdims|\(\w+,\)|column|multipl"

PROGRAM_CAUSES: dict[str, str] = {
    "accumulate": r"\+=|add(s|ed|ing)? up|accumulat|last sample|overwrit|over (all|the) samples|sum",
    "ascent": r"\bsigns?\b|uphill|ascen|downhill|minus|descen",
    "flat bias": BROADCAST,
    "keepdims": BROADCAST,
    "mask": rf"mask|{LETTER}|{SLOPE}",
    "updated": r"updat|already|changed|old|before|moved|new",
}
"""What can be amiss with a line of a program only, as ``CAUSES`` has it of a line alone."""


def named(cause: str, message: str) -> bool:
    """Whether a message names a cause."""
    return bool(re.search({**CAUSES, **PROGRAM_CAUSES}[cause], message, re.IGNORECASE))
