"""Which parameters may move, and which are frozen."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from ...maths.architecture import Architecture
from ...maths.messages import Refusal
from ..arrays import Span
from ..parameters import views


def movable(architecture: Architecture, freeze: Iterable[str]) -> list[Span]:
    """The trainable ranges of the flat vector: all but the arrays that ``freeze`` names, as "b", "W[1]" or "b[2]".

    Raises ValueError for a name that this network does not have.
    """
    if isinstance(freeze, str) or not isinstance(freeze, Iterable):
        raise Refusal("freeze must be a sequence of names such as ('b',) or ('W[1]',), got {freeze!r}", freeze=freeze)
    free = np.ones(architecture.parameter_count, bool)
    W, b = views(free, architecture)
    for name in freeze:
        for array in named(name, {"W": W, "b": b}, architecture.depth):
            array[...] = False
    edges = np.flatnonzero(np.diff(np.concatenate(([False], free, [False])).astype(np.int8))).tolist()
    return list(zip(edges[::2], edges[1::2], strict=True))


def named(name: Any, arrays_by_letter: Mapping[str, list[Any]], depth: int) -> list[Any]:
    """The arrays that ``name`` stands for, such as "b" or "W[1]"."""
    match = re.fullmatch(r"([Wb])(?:\[(\d+)\])?", name) if isinstance(name, str) else None
    chosen: list[Any] = []
    if match is not None:
        layers = arrays_by_letter[match[1]]
        wanted = range(1, depth + 1) if match[2] is None else [int(match[2])]
        chosen = [layers[l] for l in wanted if 1 <= l <= depth and layers[l] is not None]
    if not chosen:
        raise Refusal(
            "freeze must name parameters of this network, W or b, or W[1] to b[{depth}]; got {name!r}",
            depth=depth,
            name=name,
        )
    return chosen
