"""Measures each language beside English: ``python -m tests.measure.languages``. It asserts nothing.

For every language: its catalogue, what a first visit brings over the page's connection, and the time from the address
to the first number on screen in a fresh profile, the fastest and the middle of some. Its readers' ways through the
texts are walked by ``python -m tests.measure.journeys``.
"""

import argparse
import os
import statistics
import tempfile
import time
from pathlib import Path

from mlpviz.interface.locale import books
from mlpviz.interface.shell.languages import LANGUAGES
from tests.measure.journeys import LOCALES
from tests.support.browser import Page, Server, launched

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


def sizes(browser, server, rounds):
    print("language   catalogue kB   connection kB   first number, fastest and median of", rounds)
    first_number(browser, server, "en-GB")  # what a server does once
    taken = {language.tag: [] for language in LANGUAGES}
    for _ in range(rounds):
        for tag, times in taken.items():
            times.append(first_number(browser, server, LOCALES[tag]))
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
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder), env={**os.environ, "MLPVIZ_RUNS": folder})
        with server, launched(options.chromium) as browser:
            sizes(browser, server, options.rounds)


if __name__ == "__main__":
    main()
