"""Walks the reader of each text of a language through all of it, by clicks: ``python -m tests.measure.journeys TAG``.

In a browser that asks for the language: the Texts page, the text's card, everything written as the text writes, then
each of its points and each of its mistakes by a click, and back. At every stop it is told what is amiss there:
English, half-width punctuation at a Chinese character, another language's shapes, a text without all of it in view, a
line that is not what the link said. With ``--shots FOLDER`` a picture of every stop is kept. It asserts nothing.
"""

import argparse
import re
from collections import Counter
from pathlib import Path

from mlpviz.derivation.texts import TEXTS
from tests.support.browser import Page, expect, fonts, running
from tests.support.glossary import LATIN
from tests.support.legible import cut
from tests.support.pseudo_locale import NAMES
from tests.support.stepping import settled

LOCALES = {"zh-Hant": "zh-TW", "zh-Hans": "zh-CN", "en": "en-GB"}
WRITTEN = {"zh-Hant": "Traditional Chinese", "zh-Hans": "Simplified Chinese", "en": "English"}
"""How the language of a text begins, by that of its reader."""

SIZES = {"desktop": (1280, 720), "phone": (390, 844)}
POINTS = ".st-key-items [data-testid=stPageLink] a"
MISTAKES = ".st-key-items [class*='st-key-texts-E'] button"
ERRORS = ".katex-error, [data-testid=stException]"

SHOWN = """() => {
  const formal = '.katex, code, pre, style, svg, textarea, .mlp-code, .mlp-grid, .mlp-symbol, '
    + '[translate=no], [data-testid=stFileUploader], [data-testid=stIconMaterial]'
  const kept = document.querySelector('[data-testid=stMain]'), main = kept.cloneNode(true)
  for (const el of main.querySelectorAll(formal)) el.replaceWith('▢')
  for (const el of main.querySelectorAll('table')) if (el.innerText.includes('简体中文')) el.remove()
  kept.append(main)
  const text = main.innerText
  main.remove()
  return text
}"""
SAID = """() => document.querySelector("[data-testid=stMain]").innerText + "\\n"
  + [...document.querySelectorAll("[data-testid=stMain] :is(input, [role=combobox])")]
    .map((el) => el.value || el.getAttribute("aria-label") || "").join("\\n")"""
CODE = re.compile(r"\b\w*_\w*\b|\b\w+\.\w+\b|\b[EFS]\d+\b")
HAN = r"[\u3400-\u9fff]"
GLUED = re.compile(
    rf".{{0,9}}(?:{HAN}[,;:!?()]|[,;!?()]{HAN}|{HAN}\.(?![\w.])|[，。；：、] |(?<![ ▢]) [，。；：、！？]).{{0,9}}"
)
FONTS = ".mlp-root :is(h3, h4, p, header), [data-testid=stMain] :is(p, label, h3, h5)"
SIDEWAYS = """() => {
  const unclipped = ({ overflowX, display, clipPath }) =>
    overflowX === "visible" || display === "inline" || clipPath !== "none"
  return [...document.querySelectorAll("[data-testid=stMain] :is(p, label, button, a, h3, [role=combobox])")]
    .filter((el) => el.getClientRects().length && el.scrollWidth > el.clientWidth + 1 && el.innerText.trim())
    .filter((el) => !unclipped(getComputedStyle(el)))
    .map((el) => `cut: ${el.innerText.slice(0, 40)}`)
}"""


def foreign(view):
    """The words on a page that are in no language but English, and no names."""
    words = re.findall(r"[A-Za-z]{4,}", CODE.sub(" ", view.evaluate(SHOWN)))
    return Counter(word for word in words if word not in NAMES | LATIN)


LANGUAGE = {"html": "document.documentElement.lang", "stepper": "document.querySelector('.mlp-root')?.lang"}
SHAPES = {"zh-Hant": "TC", "zh-Hans": "SC"}
"""How the names of the fonts end that have a language's own shapes, with serifs in formulas and without."""


def amiss(view, tag):
    """What is wrong with a stop, in a few words each."""
    for where, look in LANGUAGE.items():
        if view.evaluate(look) not in (tag, None):
            yield f"{where} is in {view.evaluate(look)}"
    if tag != "en":
        yield from (f"English: {word}" for word in foreign(view))
        yield from (f"punctuation: {each!r}" for each in GLUED.findall(view.evaluate(SHOWN)))
        yield from (f"font: {each}" for each in fonts(view, FONTS) if "CJK" in each and not each.endswith(SHAPES[tag]))
    yield from (f"not all in view: {each}" for each in view.evaluate(cut()))
    yield from view.evaluate(SIDEWAYS)
    yield from (f"error: {each}" for each in view.locator(ERRORS).all_inner_texts())


def plain(text):
    """Without the marks that keep a formula in one direction."""
    return re.sub("[\u2066-\u2069]", "", text)


class Journey:
    """One text's reader: where they are, what was amiss on the way, and the pictures of it."""

    def __init__(self, page, tag, shots):
        self.page, self.view, self.tag, self.shots = page, page.page, tag, shots
        self.found = Counter()
        self.stops = 0

    def stop(self, name, *remarks):
        """Look at where the reader is."""
        self.stops += 1
        for each in [*amiss(self.view, self.tag), *remarks]:
            if not self.found[each]:
                print(f"  {name}: {each}", flush=True)
            self.found[each] += 1
        if self.shots:
            self.view.screenshot(path=str(self.shots / f"{name}.png"), full_page=True)

    def begin(self, code):
        """To the text's card, and everything written like it."""
        self.page.open("/texts")
        self.view.locator(f"[class*='st-key-open-{code}'] button").click()
        expect(self.view, "location.search.includes('text=')")
        settled(self.view)
        self.stop(f"{code}-card")
        self.view.locator("[class*='st-key-write-like'] button").click()
        self.view.wait_for_selector("[class*='st-key-write-like'] button:disabled")
        settled(self.view)

    def visit(self, selector, at, name, there):
        """Click the link or button of one point, look, and go back."""
        one = self.view.locator(selector).nth(at)
        label = one.locator("p").last.inner_text()
        one.click()
        expect(self.view, "location.pathname !== '/texts'")
        self.view.wait_for_selector(there)
        settled(self.view)
        self.view.wait_for_timeout(400)
        said, parts = plain(self.view.evaluate(SAID)), re.split("[:：·] ?", plain(label))
        there_too = any(all(word in said for word in re.split("[,，] ?", words)) for words in parts[1:] or parts)
        self.stop(name, *([] if there_too else [f"{label!r} is not what stands there"]))
        self.view.go_back()
        expect(self.view, "location.pathname", "/texts")
        self.view.wait_for_selector(selector)
        settled(self.view)

    def walk(self, code, begin):
        """All of a text."""
        self.begin(code)
        for at in range(begin - 1, self.view.locator(POINTS).count()):
            self.visit(POINTS, at, f"{code}-{at + 1:02}", ".mlp-root [data-step], .st-key-answer, textarea")
        for at in range(self.view.locator(MISTAKES).count()):
            self.visit(MISTAKES, at, f"{code}-mistake-{at + 1:02}", ".st-key-exercise")


def walked(browser, server, options, code):
    page = Page(browser, server, SIZES[options.size], options.dark, locale=LOCALES[options.tag])
    journey = Journey(page, options.tag, options.shots)
    try:
        journey.walk(code, options.begin)
    finally:
        amiss_in_all = sum(journey.found.values())
        print(f"{code} in {options.tag}: {journey.stops} stops, {amiss_in_all} amiss, faults {page.faults}", flush=True)
        page.context.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("tag", choices=LOCALES, type=lambda tag: tag.replace("_", "-"))
    parser.add_argument("texts", nargs="*", help="codes such as S0; all of the language if none are given")
    parser.add_argument("--shots", type=Path)
    parser.add_argument("--size", choices=SIZES, default="desktop")
    parser.add_argument("--begin", type=int, default=1, help="the point to begin with")
    parser.add_argument("--dark", action="store_true")
    options = parser.parse_args()
    if options.shots:
        options.shots.mkdir(parents=True, exist_ok=True)
    own = [code for code, text in TEXTS.items() if text.language.startswith(WRITTEN[options.tag])]
    with running() as (browser, server):
        for code in options.texts or own:
            walked(browser, server, options, code)


if __name__ == "__main__":
    main()
