"""The progress of a run: a line for every epoch, appended by the worker and read by the pages."""

from __future__ import annotations

import json
import math
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

from ..engine.training.measures import MEASURES, SPREAD
from ..engine.training.record import Record, Recorded
from . import disk

MOST_LINES = 10_000
"""Most epochs of a run that are told of in a line."""

NAME = "progress.jsonl"
MOST = 1e300
LEFT_OUT = ("costs", "measures", "stopped", "message")
WRITTEN = tuple(field.name for field in fields(Record) if field.name not in LEFT_OUT)


def line_of(record: Record) -> dict[str, Any]:
    """A record and its measures as JSON, with null for numbers that are not finite; ``at`` counts epochs."""
    values = {**{name: getattr(record, name) for name in WRITTEN}, **record.measures, "stopped": record.stopped}
    return {"at": record.epoch, **{name: plain(value) for name, value in values.items()}}


def plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return None if isinstance(value, float) and not math.isfinite(value) else value


def line_in(text: bytes) -> dict[str, Any] | None:
    """The line of progress in ``text``, or None if it is none: each value must be what the pages take it for."""
    try:
        line = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if isinstance(line, dict) and is_number(line.get("at")) and all(is_value(*each) for each in line.items()):
        return line
    return None


PER_LAYER = {series.name for series in (SPREAD, *MEASURES.values()) if series.per_layer}


def is_value(name: str, value: Any) -> bool:
    """Whether a value can be that of ``name``: a number, one for each layer, or a word; or there is none."""
    if name == "stopped":
        return value is None or isinstance(value, str)
    if name in PER_LAYER:
        return value is None or (isinstance(value, list) and all(each is None or is_number(each) for each in value))
    return value is None or is_number(value)


def is_number(value: Any) -> bool:
    return type(value) in (int, float) and -MOST <= value <= MOST


class ProgressWriter:
    """Appends to a run's progress, a few lines at a time."""

    def __init__(self, folder: Path, epochs: int, length: int = 0) -> None:
        self.path, self.told, self.lines = folder / NAME, Recorded(epochs, MOST_LINES), list[str]()
        disk.touch(self.path)
        whole = disk.read(self.path)[:length].rfind(b"\n") + 1
        disk.cut(self.path, whole)

    def add(self, line: dict[str, Any]) -> None:
        """Add a line, if it is one of those that are written."""
        epoch = line["at"]
        if epoch in self.told or line.get("stopped") or epoch != int(epoch):
            self.lines.append(json.dumps(line, allow_nan=False) + "\n")

    def flush(self, sync: bool = False) -> int:
        """Write the collected lines; return the file's length."""
        with disk.opened(self.path, "ab") as file:
            file.write("".join(self.lines).encode())
            file.flush()
            self.lines.clear()
            if sync:
                disk.sync(file.fileno())
            return file.tell()


class ProgressReader:
    """The lines of a run; ``read`` adds those written since."""

    def __init__(self, folder: Path) -> None:
        self.path, self.offset = folder / NAME, 0
        self.lines: list[dict[str, Any]] = []

    def read(self) -> ProgressReader:
        """Read the complete lines added since; a file that has become shorter is read anew.

        What is no line of progress, since the disk has damaged it, is passed over.
        """
        try:
            with disk.opened(self.path, "rb") as file:
                size = os.fstat(file.fileno()).st_size
                if size < self.offset:
                    self.offset, self.lines = 0, []
                file.seek(self.offset)
                text = file.read()
        except OSError:  # not there yet, or the disk does not give it: what was read stays
            return self
        whole = text[: text.rfind(b"\n") + 1]
        self.offset += len(whole)
        for text in whole.splitlines():
            line = line_in(text)
            if line is not None:
                self.lines.append(line)
        return self

    def column(self, name: str, most: int = 300) -> tuple[list[float], list[Any]]:
        """Epochs and values of ``name``: at most ``most`` points, chosen so that they stay as more are added."""
        points = [(line["at"], line[name]) for line in self.lines if line.get(name) is not None]
        if name in PER_LAYER:
            points = with_all_layers(points)
        points = thinned(points, most)
        return [at for at, _value in points], [value for _at, value in points]


def with_all_layers(points: Sequence[Any]) -> list[Any]:
    """The points that have as many layers as most; the disk has damaged the others."""
    layers = Counter(len(value) for _at, value in points).most_common(1)
    return [(at, value) for at, value in points if len(value) == layers[0][0]]


def thinned(points: Sequence[Any], most: int) -> list[Any]:
    """At most ``most`` points: all, every second, every fourth and so on, and the last."""
    every = 1
    while len(points) > every * (most - 1):
        every *= 2
    chosen = list(points[::every])
    return chosen if not points or (len(points) - 1) % every == 0 else [*chosen, points[-1]]
