"""Measures updates in the browser: ``python -m tests.measure.updates``. It prints figures and asserts nothing.

Exclusive or is learned by Run, at each number of updates a frame: frames a second while it runs, updates a second, and
how far its weights are from those of ``mlpviz.train`` after as many.
"""

import argparse

import numpy as np

import mlpviz
from mlpviz.examples.presets import PRESETS
from tests.support.browser import Page, expect, running

SCREENS = {"phone": (390, 844), "laptop": (1280, 720)}

WATCH = """(pace) => new Promise(resolve => {
  const root = document.querySelector(".mlp-root"), button = document.querySelector(".mlp-bar [data-do=run]")
  button.click()
  const choice = document.querySelector("[data-part=pace]")
  choice.value = pace
  choice.dispatchEvent(new Event("change"))
  const times = [], begun = Number(root.dataset.updates)
  const look = (now) => {
    times.push(now)
    if (now - times[0] < 3000) return requestAnimationFrame(look)
    const seconds = (now - times[0]) / 1000
    const gaps = times.slice(1).map((time, i) => time - times[i]).sort((a, b) => a - b)
    const made = Number(root.dataset.updates) - begun
    button.click()
    resolve([(times.length - 1) / seconds, gaps[Math.floor(0.95 * gaps.length)], made / seconds])
  }
  requestAnimationFrame(look)
})"""

WEIGHTS = """() => Object.fromEntries([...document.querySelectorAll("[data-part=ledger] .mlp-matrix[data-key]")]
  .map(matrix => [matrix.dataset.key, [...matrix.querySelectorAll(".mlp-n")].map(el => Number(el.dataset.value))]))"""


def away(view, updates):
    """The largest distance of a weight or bias on screen from that of training."""
    preset, shown = PRESETS["xor"], view.evaluate(WEIGHTS)
    parameters = preset.parameters()
    for _ in mlpviz.train(parameters, preset.X, preset.Y, "sgd", preset.learning_rate, None, updates, shuffle=False):
        pass
    keys = {f"{letter}[{l}]": getattr(parameters, letter)[l] for letter in "Wb" for l in (1, 2)}
    return max(float(np.abs(np.array(shown[key]) - right.ravel()).max()) for key, right in keys.items())


def measured(browser, server, screen, dark=False):
    page = Page(browser, server, SCREENS[screen], dark)
    view = page.open("/?preset=xor")
    expect(view, "document.querySelector('.mlp-root')?.dataset.live", "yes")
    view.wait_for_timeout(1000)
    for pace in (1, 10, 100, 1000):
        rate, slow, updates = view.evaluate(WATCH, str(pace))
        made = int(view.evaluate("document.querySelector('.mlp-root').dataset.updates"))
        print(
            f"{screen}, {pace} a frame: {rate:.0f} frames a second (95 % within {slow:.0f} ms), {updates:,.0f} updates "
            f"a second; after {made:,} the weights are {away(view, made):.1e} from training's",
            flush=True,
        )
    page.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.parse_args()
    with running() as (browser, server):
        for screen in SCREENS:
            measured(browser, server, screen)


if __name__ == "__main__":
    main()
