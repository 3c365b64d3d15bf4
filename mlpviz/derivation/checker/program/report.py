"""The report on a program: what each of its lines holds, which of them are wrong, and what the whole of it does."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ....maths.messages import Message


@dataclass(frozen=True)
class ReportLine:
    """What is said of one line.

    ``kind`` is "right", "wrong", "shape" (it does not multiply), "other" (something of its own) or "refused";
    ``name`` what it holds, of each pass in a loop; ``verdict`` the judgement on its formula where it is at fault;
    ``value`` the shape of what it holds, ``expected`` what it should hold.
    """

    number: int
    text: str
    kind: str
    name: str
    message: Message
    verdict: Any = None
    value: str = ""
    expected: str = ""


@dataclass(frozen=True)
class ProgramReport:
    """What is said of a program.

    ``kind`` is that of its first line at fault, "refused" if nothing was read, else "right". ``computes`` says which
    line gives which quantity, ``missing`` which of Z, A, δ, dW and db it does not give, ``downhill`` whether its update
    makes the cost smaller, or None if it has none. ``switches`` is the notation in which it is written, as far as it is
    not the reader's own; ``unknown`` are names that nothing says the meaning of.
    """

    kind: str
    message: Message
    lines: tuple[ReportLine, ...] = ()
    computes: Mapping[str, int] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    downhill: bool | None = None
    dialect: str = ""
    one_sample: bool = False
    switches: Mapping[str, Any] = field(default_factory=dict)
    unknown: tuple[str, ...] = ()
    candidates: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
