"""What the parts of a click take that changes a weight: ``python -m tests.measure.click``.

Each part alone, in this process, of the network that the page opens with and of a larger one: milliseconds, the median.
``python -m tests.measure.reruns`` tells what a whole click takes on a server.
"""

import statistics
import time
from dataclasses import replace

from mlpviz.derivation.view import View
from mlpviz.engine.descent import Update
from mlpviz.engine.gradient_check import gradient_check
from mlpviz.engine.passes import backpropagate
from mlpviz.interface.shell.keeping import kept
from mlpviz.interface.shell.presets import preset_setup
from mlpviz.interface.shell.url import Session
from mlpviz.interface.stepper.messages import messages
from mlpviz.interface.stepper.payload import Payload
from mlpviz.setup.arrays import data_of, parameters_of, stand_of
from mlpviz.setup.checks import checked
from mlpviz.setup.history import History
from mlpviz.setup.link import shortened
from mlpviz.setup.resize import resized

NETWORKS = {"2-3-2": None, "16-16-16-2": (16, 16, 16, 2)}
TIMES = 50


def parts(setup):
    """By its name what each part of a click does."""
    parameters, (X, Y) = parameters_of(setup), data_of(setup)
    trace = backpropagate(parameters, X, Y)
    update = Update(trace, setup.learning_rate, stand_of(setup))
    view, session = View.of(trace, setup.notation), Session(History(setup))
    frame = Payload(update, view).frame(messages=messages())
    return {
        "the edit, checked": lambda: checked(replace(setup, entries={**setup.entries, ("W", 1, 0, 0): 0.1})),
        "its link": lambda: shortened(setup, preset_setup(setup.preset)),
        "what the browser keeps": lambda: kept(session),
        "the parameters": lambda: parameters_of(setup),
        "the pass": lambda: backpropagate(parameters, X, Y),
        "the update, and the cost after it": lambda: Update(trace, setup.learning_rate, stand_of(setup)),
        "the numbers that travel": lambda: Payload(update, view).numbers(frame),
        "the proof of the gradients": lambda: gradient_check(parameters, X, Y),
        "once for all: the frame": lambda: Payload(update, view).frame(messages=messages()),
    }


def median(act, times):
    """Milliseconds of the median call, after one that does not count."""
    act()
    taken = []
    for _ in range(times):
        begun = time.perf_counter()
        act()
        taken.append(time.perf_counter() - begun)
    return 1000 * statistics.median(taken)


def main():
    start = preset_setup("two-three-two")
    columns = [parts(resized(start, widths) if widths else start) for widths in NETWORKS.values()]
    print(f"{'ms':36}" + "".join(f"{name:>12}" for name in NETWORKS))
    for name in columns[0]:
        print(f"{name:36}" + "".join(f"{median(column[name], TIMES):12.3f}" for column in columns))


if __name__ == "__main__":
    main()
