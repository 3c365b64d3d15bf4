"""What each special kernel of the GPU engine gains: steps with and without it, all of them captured as graphs."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from functools import partial
from statistics import median
from typing import Any
from unittest.mock import patch

from mlpviz.benchmark.configurations import Configuration
from mlpviz.benchmark.contestants import Epoch
from mlpviz.benchmark.device_race import OURS, RACED, SAMPLES, STEPS, Mlpviz, Place, in_words, unlike
from mlpviz.benchmark.race import timed
from mlpviz.benchmark.table import duration
from mlpviz.engine.gpu.codegen.gather_update import update_kernels
from mlpviz.engine.gpu.schedule.plan import plan

FEWEST = 4
"""Steps of an epoch of the largest batches."""

GRAPH, PLAIN = "one kernel for many steps", "all of them"

ENGINE = "mlpviz.engine.gpu"

Patches = Mapping[str, Any]

NO_LOOP: Patches = {f"{ENGINE}.runtime.program.persistent": lambda *_given: None}

SPECIAL: dict[str, Patches] = {
    GRAPH: NO_LOOP,
    "small products by tiles": {f"{ENGINE}.schedule.lowering.tiled": lambda product, _trees: product},
    "equations joined": {f"{ENGINE}.schedule.fusion.Graph.hand_on": lambda _graph: None},
    "side by side": {f"{ENGINE}.schedule.fusion.Graph.share": lambda _graph: None},
    "update at once": {
        f"{ENGINE}.schedule.plan.update_kernels": lambda update, dtype, _fused: update_kernels(update, dtype, False)
    },
    "a block for a long row": {f"{ENGINE}.codegen.threads.LONG": math.inf},
    "tall sums in pieces": {f"{ENGINE}.schedule.lowering.pieces_of": lambda _size: 1},
    PLAIN: {f"{ENGINE}.runtime.program.planned": partial(plan, fused=False)},
}
"""Each special kernel, and what of the engine has to be exchanged to do without it; all but the first in a graph."""

WIDE = Configuration("h", (64, 2048), "softmax", "cross_entropy", 64, "sgd", 0.01, 100)
TALL = replace(RACED["d"], name="i", batch_size=65_536)
COMPARED = [*RACED.values(), WIDE, TALL]
"""The networks of the race, one with long rows and one with tall columns."""


@dataclass(frozen=True)
class Gain:
    """Seconds of a step with all kernels, and how many times as long it takes without each that it has."""

    configuration: Configuration
    seconds: float | None
    without: dict[str, float]
    fault: str = ""


def compare(configuration: Configuration, place: Place, rounds: int) -> Gain:
    """Time a configuration with and without each special kernel, in turn; the first costs must be the same.

    Over many steps roundings grow apart.
    """
    try:
        return compared(configuration, place, rounds)
    except Exception as error:
        return Gain(configuration, None, {}, in_words(error))


def compared(configuration: Configuration, place: Place, rounds: int) -> Gain:
    long = replace(configuration, steps=max(FEWEST, min(STEPS, SAMPLES // configuration.batch_size)))
    data = long.data()
    made = {name: bound(long, data, place, patches) for name, patches in variants()}
    runners: dict[str, Epoch] = dict(distinct(made))
    costs = {name: runner() for name, runner in runners.items()}
    for name, found in costs.items():
        if reason := unlike(costs[OURS][: configuration.steps], found[: configuration.steps], place):
            raise ValueError(f"without {name}, {reason}")
    times = timed(runners, rounds)
    ours = times[OURS]
    graph = times.get(GRAPH, ours)
    against = {GRAPH: ours, PLAIN: ours}
    without = {name: ratio(times[name], against.get(name, graph)) for name in times if name != OURS}
    return Gain(configuration, median(ours) / long.steps, without)


def variants() -> Iterator[tuple[str, Patches]]:
    yield OURS, {}
    for name, patches in SPECIAL.items():
        yield name, {**NO_LOOP, **patches}


def bound(configuration: Configuration, data: Any, place: Place, patches: Patches) -> Mlpviz:
    with exchanged(patches):
        return Mlpviz(configuration, data, False, place)


@contextmanager
def exchanged(patches: Patches) -> Iterator[None]:
    """Exchange parts of the engine inside the block."""
    with ExitStack() as stack:
        for name, value in patches.items():
            stack.enter_context(patch(name, value))
        yield


def distinct(made: dict[str, Mlpviz]) -> Iterator[tuple[str, Mlpviz]]:
    """Those that launch anything else than the whole engine does, with its graph for many steps or without."""
    seen: list[Any] = []
    for name, runner in made.items():
        steps: Any = runner.training.steps
        launches = steps.whole.launches
        if launches not in seen[:2]:
            seen.append(launches)
            yield name, runner


def ratio(times: Iterable[float], others: Iterable[float]) -> float:
    """The median of the rounds' ratios."""
    return median(one / other for one, other in zip(times, others, strict=True))


def gains(found: list[Gain]) -> str:
    """The comparisons as a Markdown table."""
    head = ["", "network", "batch", OURS, *(f"{name} ×" for name in SPECIAL)]
    lines = [
        "How many times as long a step takes without a special kernel, its products and the rest in one graph:",
        "",
    ]
    lines += [f"| {' | '.join(head)} |", "|" + "---|" * len(head), *map(line, found)]
    faults = [f"- {each.configuration.name}: {each.fault}" for each in found if each.fault]
    return "\n".join([*lines, *(["", *faults] if faults else [])])


def line(found: Gain) -> str:
    """One line of the table; a dash where a network has no such kernel."""
    given = found.configuration
    own = "–" if found.seconds is None else duration(found.seconds)
    cells = [given.name, "-".join(map(str, given.widths)), f"{given.batch_size:,}", own]
    cells += [f"{found.without[name]:.2f}" if name in found.without else "–" for name in SPECIAL]
    return f"| {' | '.join(cells)} |"
