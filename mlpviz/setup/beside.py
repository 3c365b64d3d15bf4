"""What a link says beside the setup: in which language, and how a class is to see it. None of it is part of undo.

Each parameter is one row of ``BESIDE``, which links, pages and the address read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..maths.messages import Message, Refusal
from ..maths.symbols import COMPUTED, QUANTITIES
from . import limits
from .codecs import Codec, each, matching, read_as, require, whole, word, words
from .codes import CODE


@dataclass(frozen=True)
class Beside:
    """One parameter: how it is written, read and refused.

    What ``stays`` is in the address as long as it holds; all else is taken out of it once it has been read. What goes
    ``along`` is in every link of a page, wherever that leads, and not only in those to what is on screen.
    """

    name: str
    codec: Codec
    stays: bool = True
    along: bool = False

    def read(self, text: str) -> Any:
        """Read a value. Raises Refusal naming the text and the accepted values."""
        return read_as(self.name, self.codec, text)


LANGUAGE = matching(
    "[A-Za-z]{2,3}([-_][A-Za-z0-9]{2,8}){0,3}", Message("is the tag of a language, as in {example}", example="zh-Hant")
)

FACES = ("network", "sum", "product", "code", "ledger")
"""What the stepper has to show, under the names that a link has for it."""

FIXED = ("numbers", "notation", "network")
"""What a link may hold fast."""

_ARRAY = re.compile("|".join(name + r"\[[0-9]{1,2}\]" * QUANTITIES[name].layered for name in COMPUTED))


def _read_arrays(text: str) -> tuple[str, ...]:
    require(text.count(",") < limits.VEILED)
    return tuple(each(_read_array, text.split(",")))


def _read_array(text: str) -> str:
    require(_ARRAY.fullmatch(text) is not None)
    return text


ARRAYS = Codec(",".join, _read_arrays, Message("are computed arrays, as in {example}", example="delta[1],dW[1]"))

LESSON = matching("[a-z0-9-]{1,40}", Message("is the name of a lesson, as in {example}", example="why-not-multiply"))

BESIDE = {
    row.name: row
    for row in (
        Beside("lang", LANGUAGE, along=True),
        Beside("faces", words(FACES, len(FACES))),
        Beside("veil", ARRAYS),
        Beside("until", whole(0, limits.STEP)),
        Beside("fix", words(FIXED, len(FIXED))),
        Beside("bare", word(("1",)), along=True),
        Beside("s", CODE, stays=False),
        Beside("room", CODE, along=True),
        Beside("lesson", LESSON, along=True),
        Beside("scene", whole(1, limits.SCENES), along=True),
    )
}
"""The language; of the stepper the parts shown, the arrays veiled and the last step; what is held fast; whether the
page has no menu; a short code in place of a whole link; and the room that a class is in."""

ADDED = re.compile("utm_.*|fbclid|gclid|embed|embed_options")
"""What others add to a link, who say so by the name, and what Streamlit takes for itself."""


def beside_of(query: Mapping[str, str]) -> tuple[dict[str, Any], list[Refusal]]:
    """The values of a link's parameters beside the setup, and the refusals of those that cannot be read."""
    values: dict[str, Any] = {}
    refused: list[Refusal] = []
    for name in BESIDE.keys() & query.keys():
        try:
            values[name] = BESIDE[name].read(query[name])
        except Refusal as refusal:
            refused.append(refusal)
    return values, refused


def written_beside(values: Mapping[str, Any], along: bool = False) -> dict[str, str]:
    """The texts of parameters that stay in a link; of those that go ``along``, if no others are wanted."""
    return {
        name: row.codec.write(values[name])
        for name, row in BESIDE.items()
        if name in values and row.stays and (row.along or not along)
    }
