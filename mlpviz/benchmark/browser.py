"""The stepper's engine, which runs in the browser, beside the others: one batch over and over, in float64.

Node runs it here, on the engine of Chromium. Every contestant starts from the same weights, and is timed only if its
first costs are those of mlpviz.
"""

from __future__ import annotations

import importlib.util
import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median
from time import process_time
from typing import Any

import numpy as np

from mlpviz.benchmark import contestants
from mlpviz.benchmark.configurations import CONFIGURATIONS, Configuration, one_thread
from mlpviz.engine.descent import Update
from mlpviz.engine.initializers import initialize
from mlpviz.engine.parameters import Parameters
from mlpviz.engine.passes import backpropagate
from mlpviz.engine.training.optimizers import OPTIMIZERS
from mlpviz.interface.stepper.program import program
from mlpviz.maths.expressions import Symbol, walk

SCRIPT = Path(__file__).with_name("browser_steps.mjs")

LETTERS = ("a", "b")
"""The networks that a learner watches."""

BROWSER, OURS = "in the browser", "mlpviz"

COMPARED, TOLERANCE = 100, 1e-6
"""Costs that must agree before any time is taken, and their accepted relative difference."""

TURN = 0.2
"""The least seconds of a turn."""

Turn = Callable[[int], tuple[float, list[float]]]
"""Makes at least so many updates: the processor's seconds for each of them, and the first costs."""


@dataclass(frozen=True)
class OneBatch(Configuration):
    """A configuration whose batches are all the same, in float64."""

    def parameters(self) -> Parameters:
        return initialize(self.architecture, "he_normal", 0, "float64")

    def batch(self) -> tuple[np.ndarray, np.ndarray]:
        X, Y = super().data()
        return X[: self.batch_size].astype(np.float64), Y[: self.batch_size].astype(np.float64)

    def data(self) -> tuple[np.ndarray, np.ndarray]:
        X, Y = self.batch()
        return np.tile(X, (self.steps, 1)), np.tile(Y, (self.steps, 1))


class NodeProcess:
    """The engine of the stepper in a process of node, with a program of a configuration."""

    def __init__(self, configuration: OneBatch) -> None:
        node = shutil.which("node")
        assert node is not None
        self.process = subprocess.Popen(
            [node, str(SCRIPT)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
        )
        self.ask(posed(configuration))

    def ask(self, question: dict[str, Any]) -> dict[str, Any]:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(question) + "\n")
        self.process.stdin.flush()
        answer: dict[str, Any] = json.loads(self.process.stdout.readline())
        return answer

    def __call__(self, updates: int) -> tuple[float, list[float]]:
        answer = self.ask({"updates": updates})
        return answer["seconds"] / updates, answer["costs"]

    def end(self) -> None:
        with self.process:
            self.process.terminate()


def version() -> str:
    return subprocess.run(["node", "--version"], capture_output=True, text=True, check=True).stdout.strip()


def posed(configuration: OneBatch) -> dict[str, Any]:
    """The program of an update and what it starts from, as the browser is given them."""
    parameters, optimizer = configuration.parameters(), OPTIMIZERS[configuration.optimizer]
    state = {name: np.zeros(parameters.flat.size) for name in optimizer.state}
    trace = backpropagate(parameters, *configuration.batch())
    update = Update(trace, configuration.learning_rate, optimizer.stand(1, state))
    made = program(update)
    nodes = (node for step in update.steps for node in walk(step.equation.value))
    symbols = {str(node): node for node in nodes if isinstance(node, Symbol)}
    keys = [row[-1] for row in made["rows"] if row[0] == "given"]
    values = {key: update.value(symbols.get(key, Symbol(key))) for key in keys}
    return {"program": made, "given": {key: np.ravel(value).tolist() for key, value in values.items()}}


def epochs_of(configuration: OneBatch, name: str) -> Turn:
    """The turns of a contestant whose epoch is many steps; it takes whole epochs."""
    epoch = contestants.CONTESTANTS[name][0](configuration, configuration.data(), 1, False)

    def turn(updates: int) -> tuple[float, list[float]]:
        epochs, begun = -(-updates // configuration.steps), process_time()
        costs = [epoch() for _ in range(epochs)]
        return (process_time() - begun) / (epochs * configuration.steps), costs[0][:COMPARED]

    return turn


def in_float64() -> None:
    """Let the other libraries compute in float64, in which the browser does."""
    if importlib.util.find_spec("torch"):
        import torch

        torch.set_default_dtype(torch.float64)
    if importlib.util.find_spec("jax"):
        import jax

        jax.config.update("jax_enable_x64", True)


def compare(letter: str, names: list[str], rounds: int) -> dict[str, float]:
    """The updates a second of every contestant on one core, the medians of rounds in turn.

    Raises ValueError if somebody's costs are others than ours.
    """
    configuration = OneBatch(**asdict(CONFIGURATIONS[letter]))
    with one_thread(True):
        in_float64()
        node = NodeProcess(configuration)
        turns: dict[str, Turn] = {BROWSER: node, **{name: epochs_of(configuration, name) for name in names}}
        try:
            check_costs({name: turn(COMPARED)[1] for name, turn in turns.items()})
            return timed(turns, rounds)
        finally:
            node.end()


def check_costs(costs: dict[str, list[float]]) -> None:
    """Raises ValueError if somebody's costs are others than ours."""
    for name, found in costs.items():
        if not np.allclose(found, costs[OURS], rtol=TOLERANCE, atol=0):
            worst = float(np.max(np.abs(np.array(found) / costs[OURS] - 1)))
            raise ValueError(f"the costs of {name} differ from ours by a factor of up to {1 + worst:.9f}")


def timed(turns: dict[str, Turn], rounds: int) -> dict[str, float]:
    lengths = {name: max(COMPARED, round(TURN / turn(1000)[0])) for name, turn in turns.items()}
    seconds: dict[str, list[float]] = {name: [] for name in turns}
    for _ in range(rounds):
        for name, turn in turns.items():
            seconds[name].append(turn(lengths[name])[0])
    return {name: 1 / median(times) for name, times in seconds.items()}


def table(found: dict[str, dict[str, float]]) -> str:
    """Updates a second as a Markdown table; a contestant that is not here has a dash."""
    names = list(dict.fromkeys(name for rates in found.values() for name in rates))
    head = ["", "network", "batch", "optimiser", *names]
    lines = [f"| {' | '.join(head)} |", "|" + "---|" * len(head)]
    for letter, rates in found.items():
        given = CONFIGURATIONS[letter]
        cells = [letter, "-".join(map(str, given.widths)), str(given.batch_size), given.optimizer]
        lines.append(f"| {' | '.join([*cells, *(f'{rates[name]:,.0f}' for name in names)])} |")
    return "\n".join(lines)
