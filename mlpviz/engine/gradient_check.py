"""Backpropagation against finite differences of the cost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from ..maths.losses import a, y
from .evaluate import evaluate
from .parameters import Parameters, views
from .passes import checked_batch, forward, running, whole_pass
from .trace import Trace

STEP = 2e-4
"""Distance h of the four evaluations around an entry, times max(1, |entry|): with the fourth-order central
difference both its truncation (h⁴) and its rounding (ε/h) stay near 1e-12 in float64."""

PAIRS = {1: 8, 2: -1}
"""By how many steps h it lies on both sides, what a pair of costs counts: 12h times the slope is the sum of these."""

NOISE = 4 * float(np.finfo(np.float64).eps) / STEP
"""What the rounding of the costs alone can make of a difference, for a cost of 1."""

TOLERANCE = 1e-7
"""Relative error up to which backpropagation and the differences agree."""

ALL_UP_TO = 500
"""Parameters up to which all are checked; of larger networks only ``SAMPLED``."""

SAMPLED = 32


@dataclass(frozen=True)
class ArrayCheck:
    """One array's result: ``error`` is ‖g − n‖ / (‖g‖ + ‖n‖) over the checked entries (None if there are none).

    ``skipped`` entries were left out, since their step crosses a kink of an activation or the loss; ``resolution`` is
    the largest ‖g − n‖ that rounding alone explains.
    """

    error: float | None
    distance: float
    resolution: float
    checked: int
    skipped: int
    of: int

    @property
    def passed(self) -> bool:
        """Whether backpropagation and the differences agree to ``TOLERANCE``, or to the ``resolution``."""
        return self.error is None or self.error <= TOLERANCE or self.distance <= self.resolution


def gradient_check(
    parameters: Parameters, X: Any, Y: Any, samples: int | None = None, seed: int = 0
) -> dict[str, ArrayCheck]:
    """Each "dW[l]" and "db[l]" against central differences of the cost, in float64 on the CPU.

    All entries up to 500 parameters, above that ``samples`` seeded ones (32), spread over the arrays.

    Raises ValueError as ``backpropagate`` does.
    """
    X, Y = checked_batch(parameters.astype("float64"), X, Y)
    host = parameters.arrays.to_host
    work = parameters.astype("float64", "cpu")
    trace = whole_pass(work, host(X), host(Y))
    chosen = chosen_entries(work, samples, seed)
    gradient, numeric = trace.gradient, numeric_gradient(trace, chosen)
    return dict(per_array(work, gradient, numeric, chosen, NOISE * abs(trace.cost)))


def numeric_gradient(trace: Trace, chosen: Iterable[int]) -> np.ndarray:
    """∂J/∂θ of the chosen entries by differences, NaN of the others."""
    numeric = np.full_like(trace.parameters.flat, np.nan)
    with running(trace) as moved:
        for index in chosen:
            numeric[index] = difference(moved, index)
    return numeric


def chosen_entries(parameters: Parameters, samples: int | None, seed: int) -> np.ndarray:
    """Choose the entries of θ to check: all of a small network, or seeded ones from every array in turn."""
    count = parameters.flat.size
    if samples is None and count <= ALL_UP_TO:
        return np.arange(count)
    generator = np.random.default_rng(seed)
    arrays_ = [
        array for both in views(np.arange(count), parameters.architecture) for array in both if array is not None
    ]
    one_of_each = [int(generator.choice(array.ravel())) for array in arrays_]
    others = np.setdiff1d(generator.permutation(count), one_of_each, assume_unique=True)
    size = min(count, SAMPLED if samples is None else samples)
    return np.sort([*one_of_each, *others][:size])


def difference(trace: Trace, index: int) -> float:
    """Estimate ∂J/∂θ of one entry by the fourth-order central difference; NaN if a kink is crossed on the way."""
    flat, kept = trace.parameters.flat, float(trace.parameters.flat[index])
    h = STEP * max(1.0, abs(kept))
    costs, sides = {}, []
    for offset in (sign * k for k in PAIRS for sign in (1, -1)):
        flat[index] = kept + offset * h
        forward(trace)
        costs[offset] = trace.cost
        sides.append(kink_sides(trace))
    flat[index] = kept
    if any(not np.array_equal(sides[0], side) for side in sides[1:]):
        return float("nan")
    apart = sum(2 * k * weight for k, weight in PAIRS.items())
    return sum(weight * (costs[k] - costs[-k]) for k, weight in PAIRS.items()) / (apart * h)


def kink_sides(trace: Trace) -> np.ndarray:
    """On which side of its kink every unit and every loss stands, where the function has one."""
    architecture = trace.architecture
    kinks = [trace.Z[l] for l in range(1, architecture.depth + 1) if architecture.activation(l).kinks]
    if (kink := architecture.loss_entry.kink) is not None:
        kinks.append(evaluate(kink, {a: trace.A[-1], y: trace.Y}.__getitem__))
    return np.concatenate([np.sign(each).ravel() for each in kinks]) if kinks else np.empty(0)


def per_array(
    parameters: Parameters, gradient: np.ndarray, numeric: np.ndarray, chosen: np.ndarray, noise: float
) -> Iterator[tuple[str, ArrayCheck]]:
    wanted = np.isin(np.arange(gradient.size), chosen)
    columns = [views(vector, parameters.architecture) for vector in (gradient, numeric, wanted)]
    for which, name in enumerate(("dW", "db")):
        for l, (g, n, w) in enumerate(zip(*(column[which] for column in columns), strict=True)):
            if g is not None:
                yield f"{name}[{l}]", compare(g[w], n[w], g.size, noise)


def compare(g: np.ndarray, n: np.ndarray, of: int, noise: float) -> ArrayCheck:
    """Compare one array's checked entries; those without a difference are counted as skipped."""
    kept = ~np.isnan(n)
    g_kept, n_kept = g[kept], n[kept]
    distance = float(np.linalg.norm(g_kept - n_kept))
    size = float(np.linalg.norm(g_kept) + np.linalg.norm(n_kept))
    error = (distance / size if size else 0.0) if kept.any() else None
    return ArrayCheck(error, distance, noise * float(kept.sum()) ** 0.5, int(kept.sum()), int((~kept).sum()), of)
