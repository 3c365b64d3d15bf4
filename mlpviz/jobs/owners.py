"""Whose a run is: only the browser that made it may steer it, whoever has its link may watch it."""

from __future__ import annotations

from ..maths.messages import Refusal
from .run import Run


class NotYours(Refusal):
    """A run is another browser's."""


def may_steer(run: Run, owner: str) -> bool:
    """Whether ``owner`` may pause, step, stop or take up a run: its own, or one of which nobody knows whose it is."""
    return not run.readable or run.spec.owner in ("", owner)


def check_steers(run: Run, owner: str) -> None:
    """Raise NotYours, with one sentence, if ``owner`` may not steer a run."""
    if not may_steer(run, owner):
        raise NotYours("This run is another browser's: you can watch it, and start one of your own.")
