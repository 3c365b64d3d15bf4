"""Measures training as a learner meets it: ``python -m tests.measure.training``. It prints figures, asserts nothing.

The trainings to begin with from five seeds; how soon a run starts, stops and comes back after its worker was killed;
the memory of a worker on a million samples; and how soon the page answers a click while four runs train.
"""

import os
import signal
import statistics
import subprocess
import tempfile
import time
from pathlib import Path

import numpy as np

import mlpviz
from mlpviz.engine.initializers import initialize
from mlpviz.examples.presets import PRESETS
from mlpviz.jobs import folder
from mlpviz.jobs.run import RUNNING, STOPPED, Run
from mlpviz.jobs.spec import Spec
from tests.measure.__main__ import summary
from tests.support.browser import Page as Opened
from tests.support.browser import Server, expect, launched
from tests.support.runs import ARCHITECTURE, made, started, until
from tests.support.train import LONG
from tests.support.trainings import SEEDS, of, trained


def digits():
    """Seconds and test accuracy of 64-64-10 on scikit-learn's digits."""
    from sklearn.model_selection import train_test_split

    data, _recipe = of("digits")
    right, seconds = [], []
    for seed in SEEDS:
        X, X_test, Y, Y_test = train_test_split(data.X, data.Y, test_size=0.2, stratify=data.classes, random_state=seed)
        start = time.perf_counter()
        right.append(trained("digits", X, Y, seed, (X_test, Y_test))[1].validation_accuracy)
        seconds.append(time.perf_counter() - start)
    told = ", ".join(f"{100 * share:.1f}" for share in right)
    print(f"digits, 64-64-10: median {100 * statistics.median(right):.1f} % of {told}; {spread(seconds)}")


def spirals():
    """Seconds and accuracy of the two spirals."""
    data, recipe = of("spirals")
    seconds = []
    for seed in SEEDS:
        start = time.perf_counter()
        _parameters, last = trained("spirals", data.X, data.Y, seed, recipe.validation)
        seconds.append(time.perf_counter() - start)
    print(f"two spirals, {recipe.epochs} epochs: {spread(seconds)}; the last validated at {last.validation_accuracy}")


def mazur():
    """The error after 10,000 updates with frozen biases."""
    preset, start = PRESETS["mazur"], time.perf_counter()
    parameters = preset.parameters()
    list(mlpviz.train(parameters, preset.X, preset.Y, "sgd", 0.5, None, 10_000, freeze=("b",)))
    seconds = time.perf_counter() - start
    error = mlpviz.backpropagate(parameters, preset.X, preset.Y).cost
    print(f"Mazur, 10,000 updates: {error:.10f} in {seconds:.2f} s")


def spread(seconds):
    """Seconds of several rounds."""
    return f"median {statistics.median(seconds):.2f} s, at most {max(seconds):.2f} s"


def stop_and_kill(path, rounds):
    """Milliseconds from the start of a worker, STOP and kill to what follows them."""
    starts, stops, returns = [], [], []
    for _ in range(rounds):
        run = made(path, 1_000_000)
        begun = time.perf_counter()
        process = started(run)
        until(lambda run=run: run.status.state == RUNNING and run.status.epoch)
        starts.append(1000 * (time.perf_counter() - begun))
        time.sleep(0.7)
        process.send_signal(signal.SIGKILL)
        process.wait()
        epoch, killed = run.status.epoch, time.perf_counter()
        process = started(run)
        until(lambda run=run, epoch=epoch: run.status.epoch > epoch)
        returns.append(1000 * (time.perf_counter() - killed))
        asked = time.perf_counter()
        run.request("STOP")
        until(lambda run=run: run.status.state == STOPPED)
        stops.append(1000 * (time.perf_counter() - asked))
        process.wait()
    print(f"worker's start to its first epoch: {summary(starts)}")
    print(f"kill -9 to beyond where it was: {summary(returns)}")
    print(f"Stop to stopped, the checkpoint written: {summary(stops)}")


def million(path):
    """The memory of a worker on a million samples, epoch by epoch."""
    X = np.random.default_rng(0).standard_normal((1_000_000, 2), "float32")
    settings = {"epochs": 1000, "batch_size": 2048, "validation": 0.2, "measure": ["accuracy"]}
    theta = initialize(ARCHITECTURE, "xavier_normal", 0).flat
    run = folder.create(path, Spec(ARCHITECTURE, settings), X, (X[:, :1] * X[:, 1:] > 0) * 1.0, theta)
    process, told = started(run), []
    for epoch in (2, 5, 10, 20, 30):
        until(lambda epoch=epoch: run.status.epoch >= epoch, 300)
        told.append(f"{memory(process.pid)} MB after {epoch}")
    seconds = run.status.worked / run.status.done
    run.request("STOP")
    process.wait()
    print(f"1,000,000 samples: {', '.join(told)} epochs; {seconds:.2f} s an epoch")


def memory(pid):
    """Resident megabytes of a process."""
    fields = Path(f"/proc/{pid}/status").read_text().split()
    return round(int(fields[fields.index("VmRSS:") + 1]) / 1024)


CLICK = """label => {
  window.answered = new Promise(done => {
    const look = start => {
      const shown = document.querySelector("[data-testid=stApp]").dataset.testScriptState
      if (window.ran && shown == "notRunning") done(performance.now() - start)
      else { window.ran ||= shown == "running"; requestAnimationFrame(() => look(start)) }
    }
    window.ran = false
    const button = [...document.querySelectorAll("[data-testid=stSegmentedControl] button, [role=radiogroup] button")]
      .find(each => each.textContent.includes(label))
    const start = performance.now()
    button.click()
    look(start)
  })
}"""


def clicks(path, rounds):
    """Milliseconds from a click on the page to the end of the script's run that answers it, while four runs train."""
    with launched() as browser, Server(path, env={**os.environ, "MLPVIZ_RUNS": str(path / "runs")}) as server:
        page = Opened(browser, server, (1280, 720), dark=False)
        view = page.open(LONG.replace("pace=30", "pace=0").replace("epochs=9000", "epochs=1000000"))
        for number in range(4):
            view.locator(".st-key-transport").get_by_role("button", name="Start", exact=True).click()
            expect(view, "/run=[0-9a-f]{16}/.test(location.search)")
            until(lambda number=number: sum(run.status.state == RUNNING for run in runs(path)) > number)
            if number < 3:
                view.goto(view.url.replace("&run=", "&gone=").replace("gone=", "utm_gone="))
        times = []
        for turn in range(rounds):
            view.evaluate(CLICK, ("Accuracy", "Cost")[turn % 2])
            times.append(view.evaluate("window.answered"))
            time.sleep(0.4)
        for run in runs(path):
            run.request("STOP")
        page.close()
    print(f"a click answered while four runs train: {summary(times)}, at most {max(times):.0f} ms, {rounds} clicks")


def runs(path):
    """The runs of the server."""
    return [Run(run.path) for run in folder.runs(path / "runs")]


def main():
    print(subprocess.run(["uptime"], capture_output=True, text=True, check=False).stdout.strip())
    for measure in (digits, spirals, mazur):
        measure()
    with tempfile.TemporaryDirectory() as path:
        stop_and_kill(Path(path), 7)
        million(Path(path))
    with tempfile.TemporaryDirectory() as path:
        clicks(Path(path), 24)


if __name__ == "__main__":
    main()
