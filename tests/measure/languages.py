"""Measures each language beside English, and walks its texts: ``python -m tests.measure.languages [--journeys]``.

For every language: its catalogue, what a first visit brings over the page's connection, and the time from the address
to the first number on screen in a fresh profile, the fastest and the middle of some. With ``--journeys`` the reader of
each Chinese text goes from its card to every point of it, in a browser that asks for that language: what of it is not
in the language is printed.
"""

import argparse
import os
import re
import statistics
import tempfile
import time
from collections import Counter
from pathlib import Path

from mlpviz.interface.locale import books
from mlpviz.interface.shell.languages import LANGUAGES
from tests.support.browser import READY, Page, Server, expect, launched
from tests.support.glossary import LATIN
from tests.support.pseudo_locale import NAMES

WIDE = (1280, 720)
LOCALES = {"zh-Hant": "zh-TW", "zh-Hans": "zh-CN", "en": "en-GB"}
TEXTS = {"S0": "zh-Hant", "S1": "zh-Hans", "S2": "zh-Hans"}
LINK = "[data-testid=stMain] a[href*='text=']"
SHOWN = """() => {
  const main = document.querySelector('[data-testid=stMain]').cloneNode(true)
  const formal = '.katex, code, pre, style, svg, textarea, .mlp-code, .mlp-grid, .mlp-symbol, '
    + '[translate=no], [data-testid=stFileUploader]'
  for (const el of main.querySelectorAll(formal)) el.remove()
  for (const el of main.querySelectorAll('table')) if (el.innerText.includes('简体中文')) el.remove()
  return main.innerText
}"""
CODE = re.compile(r"\b\w*_\w*\b|\b\w+\.\w+\b|\b[EFS]\d+\b")


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


def foreign(view):
    """The words on a page that are in no language but English, and no names."""
    words = re.findall(r"[A-Za-z]{4,}", CODE.sub(" ", view.evaluate(SHOWN)))
    return Counter(word for word in words if word not in NAMES | LATIN)


def journey(browser, server, text, tag):
    """From the card of a text to every point of it and back."""
    page = Page(browser, server, WIDE, dark=False, locale=LOCALES[tag])
    view = page.open(f"/texts?text={text}")
    view.wait_for_selector(LINK)
    view.wait_for_timeout(500)
    links = view.evaluate("selector => [...document.querySelectorAll(selector)].map(each => each.href)", LINK)
    left = foreign(view)
    for link in dict.fromkeys(links):
        view.goto(link, wait_until="commit")
        view.wait_for_selector(READY, state="attached")
        expect(view, "document.documentElement.lang", tag)
        view.wait_for_timeout(300)
        assert not view.locator("[data-testid=stException]").count(), link
        left += foreign(view)
    print(f"{text} in {tag}: {len(dict.fromkeys(links))} points, faults {page.faults}, English: {dict(left)}")
    page.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--journeys", action="store_true")
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder), env={**os.environ, "MLPVIZ_RUNS": folder})
        with server, launched(options.chromium) as browser:
            if options.journeys:
                for text, tag in TEXTS.items():
                    journey(browser, server, text, tag)
            else:
                sizes(browser, server, options.rounds)


if __name__ == "__main__":
    main()
