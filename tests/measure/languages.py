"""Measures each language beside English: ``python -m tests.measure.languages``. It asserts nothing.

For every language: its catalogue, what a first visit brings over the page's connection, and the time from the address
to the first number on screen in a fresh profile, the fastest and the middle of some, all languages by turns; and the
machine's load. Its readers' ways through the texts are walked by ``python -m tests.measure.journeys``.
"""

import argparse
import os
import statistics
import time

from mlpviz.interface.locale import books
from mlpviz.interface.shell.languages import LANGUAGES
from tests.measure.journeys import LOCALES
from tests.support.browser import Page, running

WIDE = (1280, 720)


def first_number(browser, server, locale):
    """Seconds until the first number of the first page is on screen, and the bytes that came over its connection."""
    page = Page(browser, server, WIDE, dark=False, locale=locale)
    received = []

    def watch(socket):
        socket.on("framereceived", lambda frame: received.append(len(frame)))

    page.page.on("websocket", watch)
    begun = time.perf_counter()
    page.page.goto(server.url, wait_until="commit")
    page.page.wait_for_selector(".mlp-n[data-value]")
    seconds = time.perf_counter() - begun
    page.page.wait_for_timeout(1000)
    page.close()
    return seconds, sum(received)


def turned(tags, turn):
    """The languages from another one on in each round, so that none is always measured after the same one."""
    first = turn % len(tags)
    return tags[first:] + tags[:first]


def sizes(browser, server, rounds):
    first_number(browser, server, "en-GB")  # what a server does once
    print("load before:", *(f"{each:.2f}" for each in os.getloadavg()), flush=True)
    taken = {language.tag: [] for language in LANGUAGES}
    for turn in range(rounds):
        for tag in turned([*taken], turn):
            taken[tag].append(first_number(browser, server, LOCALES[tag]))
    print("load after:", *(f"{each:.2f}" for each in os.getloadavg()))
    print("language   catalogue kB   connection kB   first number, fastest and median of", rounds)
    for tag, times in taken.items():
        path = books.path(tag.replace("-", "_"), ".mo")
        catalogue = path.stat().st_size / 1000 if path.exists() else 0.0
        seconds = [each for each, _bytes in times]
        kilobytes = max(each for _seconds, each in times) / 1000
        print(
            f"{tag:10} {catalogue:12.0f} {kilobytes:15.1f}   {min(seconds):.2f} s  {statistics.median(seconds):.2f} s"
        )


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    with running() as (browser, server):
        sizes(browser, server, options.rounds)


if __name__ == "__main__":
    main()
