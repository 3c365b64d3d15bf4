"""Small runs for the tests of the jobs."""

import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import numpy as np

from mlpviz.engine.initializers import initialize
from mlpviz.jobs import checkpoint, folder
from mlpviz.jobs.files import put_json
from mlpviz.jobs.progress import ProgressReader
from mlpviz.jobs.spec import Spec
from mlpviz.maths.architecture import Architecture
from tests.support.browser import PATIENCE, environment

ARCHITECTURE = Architecture((2, 8, 1), ("tanh", "sigmoid"), "binary_cross_entropy", "mean_samples")
MEASURE = ["accuracy", "gradient_norms", "dead_units", "saturation"]
TIMED = {"seconds"}


def data(samples=200):
    """The samples of two opposite quadrants against the others."""
    X = np.random.default_rng(0).standard_normal((samples, 2))
    return X, (X[:, :1] * X[:, 1:] > 0) * 1.0


def spec(epochs=20, owner="", pace=0.0, **settings):
    """What a small run trains."""
    chosen = {"learning_rate": 0.01, "batch_size": 20, "validation": 0.2, "measure": MEASURE, **settings}
    return Spec(ARCHITECTURE, {"epochs": epochs, **chosen}, owner, pace=pace)


def made(path, epochs=20, owner="", samples=200, pace=0.0, **settings):
    """A small run; with a ``pace`` it lasts long enough to be caught at work, on a busy machine too."""
    theta = initialize(ARCHITECTURE, "xavier_normal", 0).flat
    return folder.create(path, spec(epochs, owner, pace, **settings), *data(samples), theta)


def keep_to(run, pace):
    """Let workers keep to a pace, but not one in this process, which knows the run's spec already."""
    put_json(run.path / "spec.json", replace(run.spec, pace=pace).plain())


def started(run, pace=0.0, **variables):
    """A worker on a run, as the executor starts it, which keeps to a pace."""
    keep_to(run, pace)
    command = [sys.executable, "-m", "mlpviz.jobs", str(run.path)]
    return subprocess.Popen(command, env=environment(OPENBLAS_NUM_THREADS="1", **variables))


def until(condition, seconds=PATIENCE):
    """Wait for something; fails if it does not come."""
    deadline = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.01)
    return found


def state(run):
    """All that the last checkpoint holds of the engine."""
    kept = checkpoint.newest(run.path)
    return {name: kept[name].tobytes() for name in kept if name not in ("worked", "seconds", "progress")}


def lines(run):
    """The progress of whole epochs without what a clock measured, which parts of slow ones are told by."""
    found = [line for line in ProgressReader(run.path).read().lines if line["at"] == line.get("epoch")]
    return [json.dumps({name: value for name, value in line.items() if name not in TIMED}) for line in found]


def alive(pid):
    """Whether a process is there and no zombie."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return Path(f"/proc/{pid}/stat").read_text().split()[2] != "Z"


def kill_worker_of(run):
    """Kill the process that works on a run, whoever has started it."""
    victim = next(pid for pid in workers() if run.id in command_of(pid))
    os.kill(victim, signal.SIGKILL)
    until(lambda: not run.alive)


def workers():
    """The processes that work on runs."""
    return [int(path.name) for path in Path("/proc").glob("[0-9]*") if "mlpviz.jobs" in command_of(path.name)]


def command_of(pid):
    """The command line of a process; empty if it has gone."""
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().decode(errors="replace").replace("\0", " ")
    except OSError:
        return ""
