"""When a run ends before its time."""

from __future__ import annotations

import math

from mlpviz.engine.training.settings import Settings

Verdict = tuple[str, str]
"""A reason as in ``Record.stopped`` and a sentence; both empty if the run goes on."""

GOES_ON: Verdict = ("", "")


class Watch:
    """The lowest cost so far and for how many epochs it has not come down: the validation cost, if there is one."""

    def __init__(self, settings: Settings) -> None:
        self.target, self.patience = settings.target_cost, settings.patience
        self.lowest, self.waited = math.inf, 0

    def verdict(self, cost: float) -> Verdict:
        """Whether an epoch with this cost is the last."""
        self.waited = 0 if cost < self.lowest else self.waited + 1
        self.lowest = min(cost, self.lowest)
        if self.target is not None and cost <= self.target:
            return "target", f"The cost has come down to {cost:g}, and the target is {self.target:g}."
        if self.patience is not None and self.waited >= self.patience:
            return "patience", f"The cost has not come down for {self.waited} epochs; the lowest was {self.lowest:g}."
        return GOES_ON


def diverged(step: int, cost: float, changed: bool) -> Verdict:
    """The verdict on a cost that is not finite, at the step counted from 1."""
    back = f"the parameters are those before update {step - 1}" if changed else "nothing was changed"
    return "diverged", f"The cost at step {step} is {cost:g}: {back}, and a smaller learning rate may help."


def overflowed(step: int) -> Verdict:
    """The verdict on parameters that are not finite after the last step of an epoch."""
    back = "they are those before it, and a smaller learning rate may help"
    return "diverged", f"After step {step} the parameters are no longer finite: {back}."
