"""Takes pictures of the states of the pages: ``python -m tests.measure.looks FOLDER``. It asserts nothing.

Every state is reached on a laptop and on a phone, light and dark, with ``--lang`` in a browser of that language. On the
laptop a page that goes on below the screen has a picture a screen, and one of a larger screen; on the phone all of its
screens stand side by side. It is told what could not be reached and what a text was cut by; with ``--axe`` also what
axe-core finds on the laptop.
"""

import argparse
import io
from collections import Counter
from pathlib import Path

from PIL import Image

from tests.measure.axe import TONGUES
from tests.measure.journeys import LOCALES
from tests.support import axe
from tests.support.axe import MAIN, State, clicked, controlled, keyed, pressed
from tests.support.browser import Page, running
from tests.support.legible import cut

LAPTOP, PHONE = ((1280, 720), (1920, 1080)), ((390, 844), (320, 640))
TOUCHED = {"has_touch": True, "is_mobile": True}
SCREENS = 4
"""Most screens of a page that are looked at."""

WAIT = 30
"""Seconds in which a state is reached."""


def of_a_class(page):
    """Open what Share has for a class."""
    pressed("Share")(page)
    page.locator(axe.PANEL).get_by_text(axe.said(page, "For a class")).click()
    page.wait_for_selector(axe.PANEL + "img")


def in_a_room(page):
    """Open a room and close Share."""
    of_a_class(page)
    pressed("Open a room")(page)
    page.wait_for_selector(".mlp-class-name")
    pressed("Share")(page)


def asked_in_a_room(page):
    in_a_room(page)
    page.locator(".mlp-class").get_by_role("button", name=axe.said(page, "Ask …")).click()
    page.locator(".mlp-class-offers button").first.click()


def projected(page, *keys):
    controlled("[data-do=projector]")(page)
    page.wait_for_selector(".mlp-projector")
    keyed(*keys)(page)


def large(page):
    """The large view of a page that has no stepper of its own."""
    pressed("Projector")(page)
    page.wait_for_timeout(600)


MORE = {
    "a guess": State("/?step=6&predict=guess"),
    "veiled": State("/?step=7&veil=delta[1],dW[1]&until=9&fix=numbers,notation"),
    "faces left out": State("/?step=9&faces=network,product&bare=1"),
    "a parameter of others": State("/?step=9&from=timeline&isappinstalled=0"),
    "a damaged link": State("/?preset=xor&step=900&widths=2,x,1"),
    "for a class": State("/?step=9", of_a_class),
    "a room": State("/?step=9", in_a_room, ".mlp-class-name"),
    "a question in a room": State("/?step=9", asked_in_a_room, ".mlp-class-question"),
    "a lesson": State("/?lesson=why-not-multiply&scene=4", there=".mlp-lesson-place"),
    "a lesson's batch": State("/?lesson=one-to-batch&scene=7", there=".mlp-lesson-place"),
    "a lesson that trains": State("/?lesson=learning-live&scene=2", there=".mlp-lesson-place"),
    "one face": State("/?step=9", lambda page: projected(page, "3"), ".mlp-projector"),
    "a lesson on the wall": State("/?lesson=why-not-multiply&scene=4", projected, ".mlp-projector"),
    "a digit on the wall": State("/?preset=digit&step=5", projected, ".mlp-projector"),
    "softmax on the wall": State("/?preset=softmax-batch&step=9", projected, ".mlp-projector"),
    "layouts on the wall": State("/derive?walkthrough=layouts&line=6", projected, ".mlp-projector"),
    "check on the wall": State(axe.LAYER_1 + axe.quote(axe.DIFFERS), large),
    "train on the wall": State(axe.MOONS, lambda page: (axe.trained(page), large(page))),
    "layouts": State("/derive?walkthrough=layouts&line=6"),
    "texts": State("/texts"),
    "a text": State("/texts?text=S0"),
    "many starts": State(axe.MOONS, pressed("Many starts")),
    "languages open": State("/", clicked(".st-key-languages button"), axe.PANEL + "*"),
    "data of a batch": State("/network?preset=softmax-batch"),
}
"""States beside those of axe-core's counts."""

STATES = axe.STATES | MORE
ON_THE_WALL = ("projector", "one face", *(name for name in MORE if name.endswith("on the wall")))
"""States for large screens alone."""

SEEN_ON = ([("laptop", LAPTOP[0]), ("phone", PHONE[0])], [("wall", size) for size in LAPTOP])


def reached(state, browser, server, size, dark, **context):
    opened = Page(browser, server, size, dark, **context)
    page = opened.open(state.path)
    page.set_default_timeout(1000 * WAIT)
    try:
        state.reached(page)
        page.wait_for_timeout(400)
    except BaseException:
        opened.context.close()
        raise
    return opened, page


def screens(page):
    """A picture of each screen of a page, which is scrolled as a reader does."""
    held = page.locator(".mlp-projector, .mlp-large, [data-testid=stPopoverBody]").count()
    height, whole = page.evaluate(f"[{MAIN}.clientHeight, {MAIN}.scrollHeight]")
    count = 1 if held else min(SCREENS, -(-(whole - 40) // height))
    for at in range(max(count, 1)):
        page.evaluate(f"{MAIN}.scrollTo(0, {at * (height - 60)})")
        page.wait_for_timeout(150 if at else 0)
        yield page.screenshot(animations="disabled")
    page.evaluate(f"{MAIN}.scrollTo(0, 0)")


def beside(pictures):
    """Pictures side by side."""
    images = [Image.open(io.BytesIO(each)).convert("RGB") for each in pictures]
    whole = Image.new("RGB", (sum(each.width for each in images), images[0].height))
    for at, each in enumerate(images):
        whole.paste(each, (sum(one.width for one in images[:at]), 0))
    return whole


def resized(page, size):
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.wait_for_timeout(500)


def on_a_laptop(page, name):
    for at, picture in enumerate(screens(page)):
        Path(f"{name}-{LAPTOP[0][1]}-{at + 1}.png").write_bytes(picture)
    resized(page, LAPTOP[1])
    Path(f"{name}-{LAPTOP[1][1]}.png").write_bytes(page.screenshot(animations="disabled"))


def on_the_wall(page, name):
    """The one screen of a page that fills it, whose size cannot be changed then."""
    Path(f"{name}-{page.viewport_size['height']}.png").write_bytes(page.screenshot(animations="disabled"))


def on_a_phone(page, name):
    beside([*screens(page)]).save(f"{name}-390.png")
    resized(page, PHONE[1])
    beside([*screens(page)]).save(f"{name}-320.png")


WIDE = f"[{MAIN}.scrollWidth, {MAIN}.clientWidth]"


def told(page, label, script):
    """What is amiss on a page that stands still."""
    wide, room = page.evaluate(WIDE)
    if wide > room:
        print(f"{label}: {wide} of {room} px wide", flush=True)
    if page.locator(".mlp-root").count() and (found := page.evaluate(cut())):
        print(f"{label}: cut: {'; '.join(found)}", flush=True)
    for each in axe.ours(page, script) if script else ():
        print(f"{label}: {each['rule']}: {each['at']}\n    {each['why']}\n    {each['html'][:200]}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("states", nargs="*", help="names of states; all if none are given")
    parser.add_argument("--lang", choices=LOCALES, default="en")
    parser.add_argument("--on", choices=("laptop", "phone", "wall"), action="append")
    parser.add_argument("--theme", choices=("light", "dark"), action="append")
    parser.add_argument("--axe", action="store_true", help="let axe-core look, too")
    parser.add_argument("--script", type=Path, help="another axe.min.js than the packaged one")
    options = parser.parse_args()
    options.tongues = Counter()
    options.folder.mkdir(parents=True, exist_ok=True)
    with running() as (browser, server):
        for name in options.states or STATES:
            look(browser, server, options, name)
    print(f"lang of the page / the stepper, states: {dict(options.tongues)}")


def look(browser, server, options, name):
    """One state on each screen in each theme."""
    script = options.axe and (options.script.read_text(encoding="utf-8") if options.script else axe.axe_script())
    for screen, size in [each for each in SEEN_ON[name in ON_THE_WALL] if not options.on or each[0] in options.on]:
        for theme in options.theme or ("light", "dark"):
            context = {"locale": LOCALES[options.lang]} | (TOUCHED if screen == "phone" else {})
            label = f"{name}, {screen}, {theme}"
            try:
                opened, page = reached(STATES[name], browser, server, size, theme == "dark", **context)
            except Exception as error:  # one state that is not reached leaves the others
                print(f"{label}: not reached: {str(error)[:300]}", flush=True)
                continue
            options.tongues[page.evaluate(TONGUES)] += 1
            told(page, label, screen != "phone" and script)
            file = str(options.folder / f"{name.replace(' ', '_').replace(',', '')}-{theme}")
            {"laptop": on_a_laptop, "phone": on_a_phone, "wall": on_the_wall}[screen](page, file)
            opened.context.close()
            for fault in opened.faults:
                print(f"{label}: {fault}", flush=True)


if __name__ == "__main__":
    main()
