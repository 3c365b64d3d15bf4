"""The main journey, place by place: how one comes there, what one does next, and what is on screen.

At each place the connection can be lost, and the page has to be afterwards what it would have been without that.
"""

import time
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from tests.support.browser import PATIENCE, READY
from tests.support.cutting import EXPIRED

CONNECTED = READY + "[data-test-connection-state=CONNECTED]"
SENTENCE = "Reconnected: everything is as it was."
STILL = 0.8  # seconds in which a page that nothing happens on does not change

SCREEN = """() => {
  const shown = element => element.getClientRects().length > 0
  const all = selector => [...document.querySelectorAll(selector)].filter(shown)
  return {
    fields: all("[data-testid=stMain] :is(input:not([type=range]), textarea)").map(each => each.value),
    step: all("[data-step]").map(each => each.dataset.step).join(),
    numbers: all("[data-value]").slice(0, 80).map(each => each.dataset.value),
    said: all(".st-key-answer [data-testid=stMarkdown], [data-testid=stAlert]").map(each => each.textContent).join(" "),
    run: all("[data-testid=stProgress]").map(each => each.textContent.trim().split(" ")[0]).join(),
    undo: all(".st-key-undo button:enabled").length,
  }
}"""


@dataclass(frozen=True)
class Place:
    """A place in the journey: its link, how one comes there from it, and an edit that is made next."""

    name: str
    link: str
    come: Callable
    edit: Callable | None = None
    in_silence: bool = True
    """Whether the edit can be made while the browser does not know yet that the line is dead."""


def fill(label, text, area=False):
    def act(page):
        field = page.get_by_label(label, exact=False).first
        field.fill(text)
        field.press("Control+Enter" if area else "Enter")

    return act


def keys(*names):
    def act(page):
        if names:
            page.wait_for_selector("[data-part=formula] .katex-display")
        for name in names:
            page.keyboard.press(name)
            page.wait_for_timeout(60)

    return act


def weigh(text):
    """Give the first weight another value, in the stepper."""

    def act(page):
        page.locator('[data-part=ledger] [data-symbol=W][data-layer="1"]').first.dblclick()
        page.keyboard.press("Control+A")
        page.keyboard.type(text)
        page.keyboard.press("Enter")

    return act


def then(*acts):
    def act(page):
        for each in acts:
            each(page)
            settle(page)

    return act


def press(name):
    def act(page):
        page.get_by_role("button", name=name).and_(page.locator("button:enabled")).first.click()

    return act


def at_work(page):
    """Start a run; what it shows is drawn anew as long as it lasts, and is looked at no longer than it has to be."""
    press("Start")(page)
    page.wait_for_selector("[data-testid=stProgress]")


PROGRAM = (
    "# " + "my own notes on this, " * 130 + "\n"
    "Z1 = X @ W1.T + b1\nA1 = np.maximum(0, Z1)\nZ2 = A1 @ W2.T + b2\nA2 = 1 / (1 + np.exp(-Z2))\n"
    "dZ2 = (A2 - Y) * A2 * (1 - A2)\ndW2 = dZ2.T @ A1\n"
)
RUN = (
    "/train?dataset=moons&widths=2,8,1&activations=tanh,sigmoid&loss=binary_cross_entropy&reduction=mean_samples"
    "&batch_size=32&optimizer=adam&learning_rate=0.01&epochs=900&pace=2"
)
WEIGHTS = ";".join(",".join(str((7 * i + 3 * j) % 17 / 8) for j in range(64)) for i in range(8))

PLACES = (
    Place("a link is opened", "/network?preset=mazur", keys(), fill("Seed", "7")),
    Place(
        "widths, η and a seed are edited",
        "/network?preset=mazur",
        then(fill("Units of each layer", "2, 5, 3, 2"), fill("Learning rate", "0.125"), fill("Seed", "5")),
        fill("Seed", "7"),
    ),
    Place(
        "a weight is edited while stepping",
        "/?preset=mazur",
        then(weigh("0.9"), keys(*["Escape", "ArrowRight"] * 4)),
        weigh("0.7"),
    ),
    Place("a line of Derive", "/derive?walkthrough=layouts&layer=1&seed=3", keys(*["ArrowRight"] * 4)),
    Place(
        "a formula is judged",
        "/check?target=dW[2]",
        fill("formula", "delta[2].T @ A[1]", area=True),
        fill("formula", "delta[2] @ A[1]", area=True),
    ),
    Place(
        "a long program is judged",
        "/check?seed=3",
        fill("formula", PROGRAM, area=True),
        fill("formula", PROGRAM + "dW1 = X", area=True),
    ),
    Place(
        "more weights than a link carries",
        f"/?widths=64,8,2&entries=W1:{WEIGHTS}",
        keys("ArrowRight", "ArrowRight"),
        weigh("0.7"),
    ),
    Place("Train is set up", RUN, press("Two spirals"), press("Undo"), in_silence=False),
    Place(
        "a run is at work",
        RUN,
        at_work,
        press("Stop"),
        in_silence=False,
    ),
)


def settle(page, still=STILL):
    """Wait until a page is connected, no script runs, and it does not change."""
    deadline, seen, since = time.monotonic() + PATIENCE, None, time.monotonic()
    while time.monotonic() < deadline:
        page.wait_for_timeout(100)
        now = (page.locator(CONNECTED).count(), page.url, page.evaluate(SCREEN))
        if now != seen or not now[0]:
            seen, since = now, time.monotonic()
        elif time.monotonic() - since > still:
            return
    raise AssertionError(f"the page does not settle: {seen}")


def look(page):
    """What is in the address, without the order of its parts, and on screen; runs have other names each time."""
    settle(page)
    query = dict(parse_qsl(urlsplit(page.url).query, keep_blank_values=True))
    query |= {name: "a run" for name in ("run", "compared", "kept") if name in query}
    return {"address": query, **page.evaluate(SCREEN)}


def acted(page, place, silently=False):
    """Do what is done next, unless that has been done; what is there then, and after an undo."""
    if place.edit is not None and not silently:
        place.edit(page)
    there = look(page)
    if not page.locator(".st-key-undo button:enabled").count():
        return there, there
    page.locator(".st-key-undo button").click()
    return there, look(page)


def come(page, line, place):
    page.goto("about:blank")
    page.goto(line.url + place.link)
    settle(page)
    place.come(page)
    settle(page)


def undisturbed(page, line, place):
    """What is there after the next edit and its undo where nothing happens to the connection."""
    come(page, line, place)
    return acted(page, place)


def disturbed(page, line, server, place, loss):
    """The same where the connection is lost before that edit or, if the browser cannot know it, with it."""
    come(page, line, place)
    return lost(page, line, server, place, loss)


def lost(page, line, server, place, loss):
    """The same of a page that is there already, and whether it is told."""
    silent = loss != "cut" and place.in_silence and place.edit is not None
    LOSSES[loss](page, line, server, (lambda: place.edit(page)) if silent else lambda: None)
    page.wait_for_selector(CONNECTED, state="attached")
    told = is_told(page)
    return *acted(page, place, silent), told


def is_told(page):
    """Whether it is said, soon, that one is back."""
    for _ in range(60):
        if page.evaluate(TOLD, SENTENCE):
            return True
        page.wait_for_timeout(100)
    return False


TOLD = """sentence =>
  [...document.querySelectorAll("[data-testid=stToast]")].some(each => each.textContent.includes(sentence))"""


# how a connection is lost


def cut(page, line, server, silently):
    line.cut()
    time.sleep(EXPIRED)
    line.mend()


def kill(page, line, server, silently):
    line.hush()
    server.restart()
    silently()
    page.wait_for_timeout(300)
    line.mend(server.port)


def sleep(page, line, server, silently):
    line.hush()
    time.sleep(EXPIRED)
    silently()
    page.wait_for_timeout(300)
    line.mend()


LOSSES = {"cut": cut, "killed": kill, "asleep": sleep}


def kept(wanted, found):
    """By part of the page whether it is what it would have been, after the edit and after its undo."""
    (there, back), (now, then) = wanted, found
    parts = {name: there[name] == now[name] for name in there}
    return parts | {"undone": back == then}
