"""Whether a text is one formula or a program of several statements."""

from __future__ import annotations

import re

GOES_ON = re.compile(r"=(?!=)|&|\\\\|\\(?:begin|end|odot|cdot|times)\b|[+*/@⊙·)\]}]")
"""How a line begins that goes on with the one before: a further side of a derivation, a further factor."""

REMARK = re.compile(r"#|//|%")

OPENING, CLOSING = "([{", ")]}"


def is_program(text: str) -> bool:
    """Whether a text has more than one statement; the lines of one derivation are one."""
    count = depth = 0
    for line in text.split("\n"):
        bare = line.strip()
        if not bare or REMARK.match(bare):
            continue
        if not depth and not GOES_ON.match(bare):
            count += 1
        depth = max(0, depth + sum(map(bare.count, OPENING)) - sum(map(bare.count, CLOSING)))
    return count > 1 or assignments(text) > 1


def assignments(text: str) -> int:
    """The statements with an equals sign that stand in one line between semicolons."""
    return sum("=" in part for part in text.split(";")) if ";" in text else 0
