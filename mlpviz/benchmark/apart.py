"""A race in a process of its own: what one leaves behind in its libraries, and its core, are not the next one's."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

from mlpviz.benchmark.browser import compare
from mlpviz.benchmark.configurations import CONFIGURATIONS
from mlpviz.benchmark.race import Result, race


def apart(letter: str, threads: int | None, names: list[str], rounds: int) -> Result:
    """Race one configuration in a new process."""
    with ProcessPoolExecutor(1, get_context("spawn")) as executor:
        return executor.submit(alone, letter, threads, names, rounds).result()


def alone(letter: str, threads: int | None, names: list[str], rounds: int) -> Result:
    """Race one configuration in this process, bound to one core if ``threads`` is 1."""
    if threads == 1:
        pin()
    return race(CONFIGURATIONS[letter], threads, names, rounds)


def alone_in_a_process(letter: str, names: list[str], rounds: int) -> dict[str, float]:
    """Compare the stepper's engine with others on one configuration, in a new process and on one core."""
    with ProcessPoolExecutor(1, get_context("spawn")) as executor:
        return executor.submit(compared, letter, names, rounds).result()


def compared(letter: str, names: list[str], rounds: int) -> dict[str, float]:
    pin()
    return compare(letter, names, rounds)


def pin() -> None:
    """Bind this process to one core: XLA sizes its thread pool by the cores it may use."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    os.environ["OMP_NUM_THREADS"] = "1"
