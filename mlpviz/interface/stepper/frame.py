"""The frame of a payload: what is the same whatever the numbers are, and so need not be made or sent again.

A class that steps through the same network has one frame; each edit sends its numbers alone.
"""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ...maths.expressions import Symbol
from .excerpt import Excerpt, unpacked
from .tree import Gaps, Node

NAME = 16
"""Characters of a frame's name, before its content."""

BYTES = 32_000_000
"""Of all frames that are kept; the oldest make room."""


@dataclass(frozen=True, eq=False)
class Frame:
    """The content of a payload without its numbers, and where the numbers belong.

    ``arrays`` has the symbol of each matrix by its key, ``symbols`` those the identity is made of; ``checked_as`` says
    of which gradient a key shows the proof, where that is another. Of the ``hidden`` arrays no number travels.
    """

    content: dict[str, Any]
    arrays: dict[str, Symbol]
    symbols: tuple[Symbol, ...]
    gaps: Gaps
    excerpt: Excerpt
    checked_as: dict[str, str]
    hidden: frozenset[Symbol] = frozenset()

    @cached_property
    def text(self) -> bytes:
        """The name and the content, as they travel."""
        content = json.dumps(self.content, ensure_ascii=False, separators=(",", ":")).encode()
        return hashlib.sha256(content).hexdigest()[:NAME].encode() + content

    @property
    def name(self) -> str:
        """What the numbers say that they belong to."""
        return self.text[:NAME].decode()


def woven(content: dict[str, Any], numbers: dict[str, Any]) -> dict[str, Any]:
    """The whole payload, as the browser puts it together: the content of a frame with the numbers in their places."""
    values = dict(zip(content["scalars"], unpacked(numbers["scalars"]).tolist(), strict=True))

    def filled(node: Any) -> Any:
        if isinstance(node, list):
            return [filled(each) for each in node]
        if not isinstance(node, dict):
            return node
        own: Node = {key: filled(each) for key, each in node.items()}
        own |= {"value": values[node["key"]]} if node.get("op") == "scalar" else {}
        return own | ({"rest": numbers["rests"][node["rest"]]} if "rest" in node else {})

    matrices = {
        key: {**matrix, "values": numbers["matrices"][key][0], "limit": numbers["matrices"][key][1]}
        for key, matrix in content["matrices"].items()
    }
    trees = [{name: filled(step[name]) for name in ("tree", "factors")} for step in content["steps"]]
    steps = [step | own for step, own in zip(content["steps"], trees, strict=True)]
    own = {"identity": numbers["identity"], "constants": values}
    return {**content, **own, "matrices": matrices, "steps": steps}


class Frames:
    """Frames by what they depend on, in order of their last use."""

    def __init__(self, most: int = BYTES) -> None:
        self.most = most
        self.lock = threading.Lock()
        self.kept: dict[Hashable, tuple[Any, Frame]] = {}

    def frame(self, key: Hashable, parts: Any, make: Callable[[], Frame]) -> Frame:
        """The frame of a key; what equals ``parts`` is made of the same equations."""
        with self.lock:
            entry = self.kept.pop(key, None)
            if entry is not None and entry[0] == parts:
                self.kept[key] = entry
                return entry[1]
        frame = make()
        if len(frame.text) > self.most:
            return frame
        with self.lock:
            self.kept[key] = parts, frame
            while sum(len(each.text) for _parts, each in self.kept.values()) > self.most:
                del self.kept[next(iter(self.kept))]
        return frame


FRAMES = Frames()
