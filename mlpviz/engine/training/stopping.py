"""When a run ends before its time."""

from __future__ import annotations

import math

from ...maths.messages import Message, counted
from .settings import Settings

Verdict = tuple[str, Message]
"""A reason as in ``Record.stopped`` and a sentence; both empty if the run goes on."""

GOES_ON: Verdict = ("", Message(""))


class Watch:
    """The lowest cost so far (the validation cost, if there is one) and the number of epochs since, of those it sees.

    It has to see each epoch if it ``waits`` for something.
    """

    def __init__(self, settings: Settings) -> None:
        self.target, self.patience = settings.target_cost, settings.patience
        self.waits = self.target is not None or self.patience is not None
        self.lowest, self.waited = math.inf, 0

    def verdict(self, cost: float) -> Verdict:
        """Whether an epoch with this cost is the last."""
        self.waited = 0 if cost < self.lowest else self.waited + 1
        self.lowest = min(cost, self.lowest)
        if self.target is not None and cost <= self.target:
            return "target", reached(cost, self.target)
        if self.patience is not None and self.waited >= self.patience:
            return "patience", not_come_down(self.waited, self.lowest)
        return GOES_ON


def reached(cost: float, target: float) -> Message:
    return Message(
        "The cost has come down to {cost}, and the target is {target}.", cost=f"{cost:g}", target=f"{target:g}"
    )


def not_come_down(epochs: int, lowest: float) -> Message:
    return counted(
        "The cost has not come down for {count} epoch; the lowest was {lowest}.",
        "The cost has not come down for {count} epochs; the lowest was {lowest}.",
        epochs,
        lowest=f"{lowest:g}",
    )


def diverged(step: int, cost: float, changed: bool) -> Verdict:
    """The verdict on a cost that is not finite at ``step``, counted from 1."""
    if step == 1:  # no learning rate has had a say in it
        return "diverged", Message(
            "The cost at step 1 is {cost}, with the initial weights: they or the data are too large; "
            "scaling the inputs and targets down may help.",
            cost=f"{cost:g}",
        )
    back = Message("nothing was changed")
    if changed:
        back = Message("the parameters are those before update {update}", update=step - 1)
    return "diverged", Message(
        "The cost at step {step} is {cost}: {back}, and a smaller learning rate may help.",
        step=step,
        cost=f"{cost:g}",
        back=back,
    )


def overflowed(step: int) -> Verdict:
    """The verdict on parameters that are not finite after an epoch's last step, ``step``."""
    return "diverged", Message(
        "After step {step} the parameters are no longer finite: they are those before it, "
        "and a smaller learning rate may help.",
        step=step,
    )
