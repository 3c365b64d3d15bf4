"""Whether the name that a report gives to a line is a true one: compared by value, on the numbers of the proof."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from .program import Program
from .proof import same

LAYERED = re.compile(r"(?:delta|dA|dW|db|Z|A|W|b)\[\d\]")
SYMBOL = re.compile(rf"{LAYERED.pattern}|\b(?:X|Y|cost|losses|labels|m|n)\b")
NAME = re.compile(rf"-?(?:[\w.]+(?:/[\w.]+)?\s*\*\s*)?(?:{SYMBOL.pattern})(?:\.T)?")
SAMPLE = re.compile(r"(?<=\])\[(?::, )?i\]|(?<=[XY])\[(?::, )?i\]")
INDEX = re.compile(r"(?:(?<=\])|(?<=\b[XY]))\[[^\]]*\]")
ASIDE = re.compile(r"\s+(?:of|for|in|after|before|at|\().*$")
SIGNS = str.maketrans({"×": "*", "·": "*", "−": "-", "δ": "delta"})


def wanted(label: str) -> Iterator[list[str]]:
    """Each array that a label tells of, as a list of names that are equally true."""
    for listed in label.split("&"):
        for each in listed.split(";"):
            if each.strip() not in ("~", "..."):
                yield [SAMPLE.sub("", one.strip()) for one in each.split("|")]


def told(program: Program, line: int, name: str, numbers: Mapping[str, Any]) -> bool:
    """Whether a report's name of a line tells of all that the line must hold, by ``numbers`` of a proof's run."""
    plain = INDEX.sub("", (name or "").translate(SIGNS))
    said = [ASIDE.sub("", each.strip()) for each in re.split(r"[,;&]| and ", plain)]
    return all(
        any(agree(right, each, numbers) for right in rights for each in said) for rights in wanted(program.holds[line])
    )


def subject(label: str) -> str:
    """The array that a label speaks of first, such as W[2] in ``(W[2] - eta*dW[2]).T``; "" of an intermediate."""
    found = LAYERED.search(label) or SYMBOL.search(label)
    return found[0] if found else ""


def agree(right: str, said: str, numbers: Mapping[str, Any]) -> bool:
    """Whether two names mean the same; of what has no name of its own, the array must be spoken of."""
    if right == said:
        return True
    if right in ("m", "n"):
        return said.startswith(right)
    if not NAME.fullmatch(right):
        return subject(right) in LAYERED.findall(said)
    return bool(NAME.fullmatch(said)) and alike(value(right, numbers), value(said, numbers))


def value(name: str, numbers: Mapping[str, Any]) -> Any:
    try:
        return eval(name, dict(numbers))
    except (NameError, IndexError, TypeError):
        return None


def alike(left: Any, right: Any) -> bool:
    """Whether two arrays are the same, transposed or not: how a program keeps an array is its own affair."""
    return left is not None and right is not None and any(same(turned, right) for turned in (left, np.transpose(left)))
