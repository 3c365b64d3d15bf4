"""Lines written by hand, block by block: what a block's lines share stands once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from tests.corpus.line import PYTHON, Line


def block(
    dialect: str,
    network: str,
    notation: str | Mapping[str, Any] = "rows",
    right: Iterable[tuple[str, ...]] = (),
    wrong: Iterable[tuple[str, ...]] = (),
    given: Mapping[str, str] | None = None,
    **more: Any,
) -> list[Line]:
    """Lines from (text, target, meaning) if right and (text, target, cause, meaning) if wrong.

    A target with "=" before it is set by the left side alone; the meaning is left out where Python can run the text.
    Of ``given`` a line gets the names that are in it.
    """
    shared = {"dialect": dialect, "network": network, "notation": notation, **more}
    rows = [(text, about, "", *rest) for text, about, *rest in right] + [tuple(row) for row in wrong]
    return [made(shared, given or {}, *row) for row in rows]


def made(
    shared: Mapping[str, Any], given: Mapping[str, str], text: str, about: str, cause: str, meaning: str | None = None
) -> Line:
    alone, name = about.startswith("="), about.lstrip("=")
    used = {own: held for own, held in given.items() if re.search(rf"(?<![\w.]){re.escape(own)}(?!\w)", text)}
    assert meaning or shared["dialect"] in PYTHON or shared["dialect"] == "plain", text
    return Line(
        text=text,
        target=None if alone else name,
        sets=name if alone else "",
        given=used or None,
        right=not cause,
        cause=cause,
        meaning=meaning,
        **shared,
    )
