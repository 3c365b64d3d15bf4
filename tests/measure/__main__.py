"""Measures what the browser shows and when: ``python -m tests.measure``. It prints figures and asserts nothing.

A step is timed inside the page, from its key press to the first moment after the frame that painted it; an edit from
the Enter that commits it to the new number on screen; a start from the start of the process to the first number; an
answer of the Train page, while four runs train, from the click on another curve to its axis on screen.
"""

import argparse
import statistics
import tempfile
import time
from collections import Counter
from pathlib import Path

from mlpviz.jobs import folder
from tests.support.browser import Page, Server, environment, expect, launched

CLOCK = """() => {
  window.times = []
  addEventListener("keydown", () => {
    const start = performance.now(), channel = new MessageChannel()
    channel.port1.onmessage = () => window.times.push(performance.now() - start)
    requestAnimationFrame(() => channel.port2.postMessage(0))
  }, true)
}"""


def wide():
    """The link of a 64-128-10 network with a batch of 32."""
    inputs = rows(32, 64, lambda i, j: (i * j + i + j // 3) % 2)
    targets = rows(32, 10, lambda i, j: int(i % 10 == j))
    return (
        "/?widths=64,128,10&activations=relu,softmax&loss=cross_entropy&reduction=mean_samples"
        f"&initializer=he_normal&X={inputs}&Y={targets}"
    )


def rows(m, n, value):
    """A matrix as a link writes it."""
    return ";".join(",".join(str(value(i, j)) for j in range(n)) for i in range(m))


def summary(milliseconds):
    """Median and 95th percentile."""
    ordered = sorted(milliseconds)
    return f"median {statistics.median(ordered):.1f} ms, 95 % {ordered[int(0.95 * (len(ordered) - 1))]:.1f} ms"


def opened(browser, server, path, viewport=(1280, 720)):
    """A page of the app in a fresh profile, ready for keys."""
    page = Page(browser, server, viewport, dark=False)
    view = page.open(path)
    view.wait_for_selector("[data-step]")
    time.sleep(1)
    return page, view


def steps(browser, server, path, rounds):
    """Key presses there and back, and the frames that went to the server meanwhile and a second after."""
    page, view = opened(browser, server, path)
    sent = []
    page.page.on("request", lambda request: sent.append(request.url))
    view.evaluate(CLOCK)
    count = int(view.locator("[data-step]").get_attribute("data-steps"))
    for _ in range(rounds):
        for key in ["ArrowRight"] * (count - 1) + ["ArrowLeft"] * (count - 1):
            view.keyboard.press(key)
            time.sleep(0.02)
    time.sleep(1)
    times = view.evaluate("window.times")
    page.close()
    return times, sent


def edits(browser, server, rounds):
    """From the Enter that commits another weight to its new product on screen."""
    page, view = opened(browser, server, "/")
    times = []
    shown = "document.querySelector('[data-part=ledger] [data-symbol=Z][data-layer=\"1\"][data-value]')?.dataset.value"
    for k in range(rounds):
        view.keyboard.press("End")
        view.locator('[data-part=ledger] [data-symbol=W][data-layer="1"]').first.dblclick()
        view.keyboard.press("Control+A")
        view.keyboard.type(f"0.{k + 11}")
        before = view.evaluate(shown)
        start = time.perf_counter()
        view.keyboard.press("Enter")
        view.wait_for_function(f"{shown} !== {before!r}", polling="raf")
        times.append(1000 * (time.perf_counter() - start))
        time.sleep(0.3)
    page.close()
    return times


RATES = "0.001, 0.002, 0.005, 0.01"
FOUR = (
    "/train?dataset=moons&widths=2,16,1&activations=tanh,sigmoid&loss=binary_cross_entropy&reduction=mean_samples"
    "&batch_size=32&validation=0.2&optimizer=adam&epochs=1000000"
)

CLICKED = """() => {
  const up = () => document.querySelectorAll(".mlpviz-figure")[1]?.querySelector(".ytitle")?.textContent
  addEventListener("click", () => {
    const start = performance.now(), before = up()
    const look = () => {
      if ([undefined, before].includes(up())) requestAnimationFrame(look)
      else window.answered = performance.now() - start
    }
    window.answered = 0
    look()
  }, true)
}"""


def start_four(view):
    """Let four runs train at full speed, and wait until the present one is on its way."""
    view.locator(".st-key-transport").get_by_role("button", name="Sweep").click()
    view.get_by_label("Values, separated by commas").fill(RATES)
    view.get_by_label("Values, separated by commas").press("Enter")
    view.get_by_role("button", name="Start these runs").click()
    expect(view, "document.querySelectorAll('.mlpviz-figure .ytitle').length", 3)
    view.keyboard.press("Escape")


def answers(view, count):
    """Milliseconds from a click on another curve of the present run to its axis on screen."""
    times = []
    view.evaluate(CLICKED)
    for k in range(count):
        view.get_by_role("radio", name=("Accuracy", "Cost")[k % 2], exact=True).click()
        expect(view, "window.answered > 0")
        times.append(view.evaluate("window.answered"))
        view.wait_for_timeout(150 + 37 * (k % 5))
    return times


def states(path):
    """How many of a folder's runs are in each state."""
    return Counter(run.status.state for run in folder.runs(path))


def clicks(browser, count):
    """Answers of the Train page while four runs train, and how these stood afterwards."""
    with tempfile.TemporaryDirectory() as place, Server(Path(place), env=environment(MLPVIZ_RUNS=place)) as server:
        page = Page(browser, server, (1280, 720), dark=False)
        view = page.open(FOUR)
        start_four(view)
        times, after = answers(view, count), states(Path(place))
        view.get_by_role("button", name="Stop all").click()
        while any(run.alive for run in folder.runs(Path(place))):
            time.sleep(0.1)
        page.close()
    return times, after


def starts(browser, count):
    """From the start of the process to the first number in a fresh profile."""
    times = []
    for _ in range(count):
        with tempfile.TemporaryDirectory() as folder, Server(Path(folder)) as server:
            page = Page(browser, server, (1280, 720), dark=False)
            page.page.goto(server.url, wait_until="commit")
            page.page.wait_for_selector("[data-value]", state="attached")
            times.append(time.perf_counter() - server.started)
            page.close()
    return times


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with launched() as browser:
        with tempfile.TemporaryDirectory() as folder, Server(Path(folder)) as server:
            times, sent = steps(browser, server, "/", options.rounds)
            print(f"2-3-2, key to paint: {summary(times)} over {len(times)} steps; requests: {len(sent)}")
            times, sent = steps(browser, server, wide(), 1)
            print(f"64-128-10, batch 32, key to paint: {summary(times)} over {len(times)} steps; requests: {len(sent)}")
            print(f"an edited weight on screen: {summary(edits(browser, server, 4 * options.rounds))}")
        times, after = clicks(browser, 8 * options.rounds)
        print(f"a click on the Train page while {dict(after)}: {summary(times)} over {len(times)} clicks")
        times = starts(browser, options.rounds)
        each = ", ".join(f"{seconds:.2f}" for seconds in times)
        print(f"start to first number: median {statistics.median(times):.2f} s of {each}")


if __name__ == "__main__":
    main()
