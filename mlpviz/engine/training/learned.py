"""Whether a network has learned: one criterion for all, stated wherever its share is."""

from __future__ import annotations

import numpy as np

from ...maths.expressions import Symbol
from ..many.host import ENTRIES, HostPass, parts
from ..many.networks import FIRST, Networks
from ..plan import TrainingPlan
from .evaluation import right_answers

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)
"""The shares of networks whose cost is at most a line of the bands."""

SHARE = 0.95
"""The share of right answers, or of the targets' variance that is explained, from which a network has learned."""

LOOKED_AT = 1000
"""The number of training samples, from the first, that are looked at."""


class Criterion:
    """Looks at the first training samples: whether SHARE of them are answered right or, without classes, explained."""

    def __init__(self, plan: TrainingPlan, order: np.ndarray, count: int) -> None:
        self.rows = np.sort(order)[:LOOKED_AT]
        self.right = right_answers(plan.Y[self.rows])
        architecture = plan.parameters.architecture
        self.size = max(1, min(count, ENTRIES // (len(self.rows) * max(architecture.widths))))
        self.architecture = architecture
        self.passes = {
            size: HostPass(plan, len(self.rows), size, FIRST, ("forward",))
            for size in {self.size, count % self.size} - {0}
        }
        self.output = Symbol("A", architecture.depth)

    def learned(self, networks: Networks) -> np.ndarray:
        """Which of K networks have learned (K,); none that has diverged."""
        found = [self.of(networks.theta[start : start + self.size]) for start in range(0, networks.count, self.size)]
        return np.concatenate(found) & (networks.ended == 0)

    def of(self, theta: np.ndarray) -> np.ndarray:
        own = self.passes[len(theta)]
        own.arrays |= parts(theta, self.architecture, ("W", "b"))
        own.gather(self.rows)
        own.run()
        return self.share(own.arrays[self.output], own.targets) >= SHARE

    def share(self, A: np.ndarray, Y: np.ndarray) -> np.ndarray:
        """The share of right answers, or of the variance explained, of each network."""
        if self.right is not None:
            return np.asarray(self.right(A, Y)) / len(self.rows)
        around = ((Y - Y.mean(0)) ** 2).sum()
        return 1.0 - ((A - Y) ** 2).sum((-1, -2)) / around if around else np.zeros(len(A))
