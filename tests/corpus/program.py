"""One program of the corpus: its text with what each assigning line must hold, told beside the line.

The listings of the dialects' files are written with a mark after a line, which is no part of the text::

    Z1 = X @ W1 + b1        ‖ Z[1]            holds that array (Python's expression of the truth's arrays)
    dZ = A2 - Y             ‖ m*delta[2]      ... with a factor; ``|`` parts names that are equally true
    W1, b1 = ...            ‖ W[1].T & b[1]   several arrays assigned at once
    a = f(z)                ‖ A[1]; A[2]      one for each pass of a loop; ``...; dW[2]`` is the last
    t = np.exp(s)           ‖ ~               an honest intermediate of its own
    W1 = randn(...)         ‖ =W[1].T         a given: the program's own numbers are replaced by the network's
    db = np.sum(dZ)         ‖ !one number: db[2]   a planted bug, by its cause, and what the line should hold

In a loop over samples ``i`` counts the passes. Arrays are as the program's notation has them: with ``columns`` all but
W are transposed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from textwrap import dedent

from .oracle import Network

MARK = "‖"


@dataclass(frozen=True)
class Program:
    """A whole program, the network that it is written for, and the truth about its lines (numbered from 1).

    ``holds`` tells what a line must hold, ``bugs`` the cause of those that do not, ``own`` the honest intermediates and
    ``givens`` the lines that set up data and parameters. ``binds`` gives the names that the program does not define,
    ``driver`` calls what it only defines, and ``once`` names the variables of loops that the proof runs once.
    ``twin`` is the same program in NumPy, line by line, where Python cannot run the text.
    """

    name: str
    dialect: str
    text: str
    network: Network
    notation: str
    holds: Mapping[int, str]
    bugs: Mapping[int, str]
    own: frozenset[int]
    givens: frozenset[int]
    given: Mapping[str, str] = field(default_factory=dict)
    binds: Mapping[str, str] = field(default_factory=dict)
    driver: str = ""
    once: tuple[str, ...] = ()
    twin: str = ""
    m: int = 5
    ascends: bool = False
    later: bool = False

    @property
    def lines(self) -> list[str]:
        return self.text.splitlines()

    @property
    def marked(self) -> frozenset[int]:
        """The lines that assign."""
        return frozenset(self.holds) | self.own


@dataclass(frozen=True)
class Label:
    """What stands after a mark, read."""

    holds: str = ""
    cause: str = ""
    own: bool = False
    given: bool = False


def read_label(text: str) -> Label:
    text = text.strip()
    if not set(text) - set("~& "):
        return Label(own=True)
    if text.startswith("="):
        return Label(text.replace("=", ""), given=True)
    if found := re.fullmatch(r"!([^:]+): (.+)", text):
        return Label(found[2], found[1])
    return Label(text)


def names(listed: str) -> dict[str, str]:
    """``x=X w1=W[1].T`` as a mapping."""
    return dict(pair.split("=", 1) for pair in listed.split())


def program(
    name: str, dialect: str, network: Network, notation: str, listing: str, given: str = "", binds: str = "", **more
) -> Program:
    """A row of the corpus from a marked listing."""
    lines = [line.rstrip() for line in dedent(listing).strip("\n").splitlines()]
    parts = [line.partition(MARK) for line in lines]
    labels = {k: read_label(label) for k, (_text, mark, label) in enumerate(parts, 1) if mark}
    return Program(
        name,
        dialect,
        "\n".join(text.rstrip() for text, _mark, _label in parts),
        network,
        notation,
        holds={k: label.holds for k, label in labels.items() if label.holds},
        bugs={k: label.cause for k, label in labels.items() if label.cause},
        own=frozenset(k for k, label in labels.items() if label.own),
        givens=frozenset(k for k, label in labels.items() if label.given),
        given=names(given),
        binds=names(binds),
        **{**more, "twin": dedent(more.get("twin", "")).removeprefix("\n")},
    )
