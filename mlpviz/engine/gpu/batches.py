"""Statements for several entries of a thread: all that they read is asked for before any of it is waited for."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from mlpviz.engine.gpu.codegen.scope import indented


@dataclass(frozen=True)
class Batch:
    """So many entries a thread; ``asked`` holds what is read for each of them, by the name it is kept under."""

    count: int
    asked: dict[str, str] = field(default_factory=dict)

    def ask(self, place: str) -> str:
        """How an entry is read that stands at a place of the device's memory."""
        if self.count == 1:
            return place
        known = next((name for name, asked in self.asked.items() if asked == place), None)
        if known is None:
            known = re.sub(r"\[.*", "_in", place)
            known += str(len(self.asked)) if known in self.asked else ""
            self.asked[known] = place
        return f"{known}[k]"

    def written(
        self, body: Sequence[str], found: Callable[[Sequence[str]], list[str]], guard: str | None, real: str
    ) -> list[str]:
        """The statements for all entries: ``found`` declares the numbers that some statements use, k given."""
        if self.count == 1:
            return self.guarded(body, found(body if guard is None else [*body, guard]), guard)
        reads = [f"{name}[k] = {place};" for name, place in self.asked.items()]
        return [
            *(f"{real} {name}[{self.count}];" for name in self.asked),
            *(line for part in (reads, body) if part for line in self.looped(part, found, guard)),
        ]

    def looped(self, body: Sequence[str], found: Callable[[Sequence[str]], list[str]], guard: str | None) -> list[str]:
        """A loop over the thread's entries that the compiler unrolls."""
        inner = self.guarded(body, found(body if guard is None else [*body, guard]), guard)
        return ["#pragma unroll", f"for (int k = 0; k < {self.count}; k++) {{", *indented(inner), "}"]

    def guarded(self, body: Sequence[str], numbers: list[str], guard: str | None) -> list[str]:
        """Some statements where there is such an entry."""
        return [*numbers, *body] if guard is None else [*numbers, f"if ({guard}) {{", *indented(body), "}"]
