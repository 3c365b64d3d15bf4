"""Loses the connection at every place of the main journey, in every way, and says what was kept.

``python -m tests.measure.reconnect`` takes some minutes; ``--app PATH`` measures another checkout, ``--places`` some.
"""

import argparse
import tempfile
from pathlib import Path

from tests.support.browser import ROOT, Page, environment, launched
from tests.support.cutting import Forgetful, Line
from tests.support.journey import LOSSES, PLACES, disturbed, kept, undisturbed

PARTS = ("address", "fields", "step", "numbers", "said", "run", "undone")


def measured(browser, server, line, places):
    """Print a row for every place and loss."""
    print(f"{'place':36} {'lost by':8} " + " ".join(f"{part:8}" for part in (*PARTS, "sentence")))
    for place in places:
        wanted = fresh(browser, server, lambda page, place=place: undisturbed(page, line, place))
        for loss in LOSSES:
            row(
                place,
                loss,
                wanted,
                fresh(browser, server, lambda page, place=place, loss=loss: disturbed(page, line, server, place, loss)),
            )


def fresh(browser, server, act):
    """What is found in a page with a profile of its own; what goes wrong on the way is a finding, too."""
    opened = Page(browser, server, (1280, 720), dark=False)
    opened.context.set_default_timeout(15_000)
    try:
        return act(opened.page)
    except Exception as error:
        return error
    finally:
        opened.context.close()


def row(place, loss, wanted, found):
    if isinstance(wanted, Exception) or isinstance(found, Exception):
        fault = wanted if isinstance(wanted, Exception) else found
        print(f"{place.name:36} {loss:8} {str(fault).splitlines()[0][:120]}", flush=True)
        return
    *states, told = found
    parts = kept(wanted, states)
    words = ["kept" if parts[part] else "LOST" for part in PARTS] + ["said" if told else "none"]
    print(f"{place.name:36} {loss:8} " + " ".join(f"{word:8}" for word in words), flush=True)
    for moment, one, other in zip(("then", "undone"), wanted, states, strict=True):
        for part in one:
            if one[part] != other[part]:
                print(f"    {moment}, {part}: {differing(repr(one[part]), repr(other[part]))}", flush=True)


def differing(one, other):
    """Two texts from where they differ."""
    pairs = enumerate(zip(one, other, strict=False))
    start = max(0, next((k for k, (a, b) in pairs if a != b), min(len(one), len(other))) - 20)
    return f"…{one[start : start + 200]}\n        found …{other[start : start + 200]}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--app", type=Path, default=ROOT / "app.py", help="the app.py of another checkout")
    parser.add_argument("--places", default="", help="only places with this in their name")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        env = environment(MLPVIZ_RUNS=f"{folder}/runs", PYTHONPATH=str(given.app.parent))
        with (
            Forgetful(Path(folder), given.app.resolve(), env) as server,
            Line(server.port) as line,
            launched() as browser,
        ):
            measured(browser, server, line, [place for place in PLACES if given.places in place.name])


if __name__ == "__main__":
    main()
