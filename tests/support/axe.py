"""axe-core on the states of the pages; what of it is Streamlit's own, and why that stays."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

from mlpviz.interface.shell import languages
from mlpviz.interface.shell.translation import catalog
from tests.support.stepping import opened_at, settled

MOONS = "/train?dataset=moons&widths=2,4,1&activations=tanh,sigmoid&loss=binary_cross_entropy&epochs=20"
LAYER_1 = "/check?preset=two-three-two&target=delta[1]&formula="
DIFFERS, SAME = "delta[2].T @ W[2] * f'(Z[1])", "(delta[2] @ W[2]) * f'(Z[1])"


@dataclass(frozen=True)
class State:
    """A page by its address, what is done on it, and what is there when that is done."""

    path: str
    act: Callable = lambda page: None
    there: str = "[data-testid=stMainBlockContainer]"

    def reached(self, page):
        """Do what leads to this state on a page that has just been opened and has said which language it is in."""
        settled(page)
        spoken = languages.found(page.evaluate("navigator.language")).tag
        page.wait_for_function("tag => document.documentElement.lang === tag", arg=spoken)
        if page.locator(".mlp-place").count():
            opened_at(page)
        self.act(page)
        page.wait_for_selector(self.there)
        settled(page)
        page.wait_for_timeout(300)  # what fades in has no colour yet


def said(page, words):
    """What the program says for these English words in the language of a page."""
    return catalog(page.evaluate("document.documentElement.lang")).gettext(words)


def pressed(name):
    """Press a button of the page."""
    return lambda page: page.get_by_role("button", name=said(page, name)).first.click()


def clicked(selector):
    return lambda page: page.locator(selector).first.click()


def controlled(selector):
    """Press a control of the stepper, which on a phone stands behind a button."""

    def press(page):
        if (more := page.locator("[data-part=more]")).is_visible():
            more.click()
        page.locator(selector).click()

    return press


def keyed(*keys):
    def press(page):
        for key in keys:
            page.keyboard.press(key)

    return press


def refused(page):
    """Type a number that a softmax output cannot be held against."""
    label = page.locator("[data-part=ledger] [data-symbol=Y]").first
    label.dblclick()
    if not page.locator(".mlp-edit").count():  # a phone's sheet has come between, whose number one tap opens
        page.locator(".mlp-sum[popover] .mlp-lines .mlp-n").first.click()
    page.wait_for_selector(".mlp-edit")
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("-3")
    page.keyboard.press("Enter")


def trained(page):
    """Let a short run train to its end."""
    page.locator(".st-key-train-start button").click()
    page.wait_for_selector(".js-plotly-plot .ytitle")
    page.wait_for_selector(f"button:has-text('{said(page, 'Start anew')}')")


PANEL = "[data-testid=stPopoverBody] "
MAIN = "document.querySelector('[data-testid=stMain]')"

STATES = {
    "step": State("/"),
    "step 10": State("/?step=9"),
    "a number asked": State("/?step=9", clicked(".mlp-product .mlp-result .mlp-n"), ".mlp-trail.mlp-deep"),
    "entry by entry": State("/?step=9&grain=entry", keyed(*["ArrowRight"] * 2), ".mlp-later"),
    "notation open": State("/", pressed("Notation"), PANEL + "[data-testid=stRadio]"),
    "share open": State("/", pressed("Share"), PANEL + "[data-testid=stCode]"),
    "projector": State("/?step=9", controlled("[data-do=projector]"), ".mlp-projector"),
    "a refused edit": State("/?preset=softmax-batch&step=4", refused, "[data-testid=stAlert]"),
    "softmax, a batch": State("/?preset=softmax-batch&step=9"),
    "a digit": State("/?preset=digit&step=5"),
    "network": State("/network"),
    "derive": State("/derive"),
    "derive, a batch": State("/derive?walkthrough=batch&line=5"),
    "check": State("/check"),
    "an exercise": State("/check", clicked("[class*=st-key-start-E46] button"), ".st-key-exercise"),
    "does not multiply": State(LAYER_1 + quote(DIFFERS), there="[class*=st-key-verdict-shape]"),
    "right": State(LAYER_1 + quote(SAME), there="[class*=st-key-verdict-right]"),
    "train": State(MOONS),
    "a run": State(MOONS, trained),
    "settings open": State(MOONS, pressed("Settings"), PANEL + "input"),
}
"""What the pages are looked at in."""

STREAMLITS = (
    ("presentation-role-conflict", "stFileUploader", "its button lies over an input that it hides"),
    (
        "empty-table-header",
        'data-grid-canvas|role="columnheader"',
        "the table that its grid, a canvas, has for screen readers",
    ),
    ("td-has-header", 'role="grid"', "the same table, which numbers its rows without a heading"),
    ("empty-table-header", "with katex", "a formula, whose MathML for screen readers KaTeX clips away for the eyes"),
)
"""Of Streamlit's own: a rule, what its element has in its markup, and why it stays."""

LEFT_OUT = ("focus-order-semantics",)
"""An experiment: where the focus stops it wants the role of a control; a part that scrolls stops it for its keys."""

RULES = f"""axe.getRules().filter(({{ ruleId, tags }}) =>
  !{[*LEFT_OUT]}.includes(ruleId) && !tags.includes("deprecated") && !tags.includes("wcag2aaa"))"""
LOOK = f"""async () => {{
  const rules = Object.fromEntries({RULES}.map(({{ ruleId }}) => [ruleId, {{ enabled: true }}]))
  const {{ violations }} = await axe.run(document, {{ resultTypes: ["violations"], elementRef: true, rules }})
  const inside = (el) => (el.querySelector(".katex") ? " with katex" : "")
  return violations.flatMap(({{ id, impact, nodes }}) => nodes.map((node) => (
    {{ rule: id, impact, html: node.html.slice(0, 400) + inside(node.element), at: node.target.flat().join(" "),
       why: node.failureSummary.split("\\n").slice(1).join(" ").trim() }})))
}}"""


def axe_script():
    """axe-core as it comes with the tests' own packages."""
    import axe_playwright_python.base as packaged

    return packaged.AXE_SCRIPT


def violations(page, script):
    """What axe-core finds on a page as it is now: rule, impact, element, and what is wrong with it."""
    page.evaluate(f"() => {{ if (!window.axe) {{ {script} }} }}")
    return page.evaluate(LOOK)


def is_streamlits(found):
    return any(found["rule"] == rule and re.search(mark, found["html"] + found["at"]) for rule, mark, _ in STREAMLITS)


def ours(page, script):
    """What is to be mended."""
    return [found for found in violations(page, script) if not is_streamlits(found)]


# where the focus is

TOP = """() => {
  const top = Object.assign(document.createElement("span"), { tabIndex: -1 })
  document.body.prepend(top)
  top.focus()
}"""
FOCUSED = """async (first) => {
  const el = document.activeElement
  await Promise.all(el.getAnimations().map(moving => moving.finished))
  const box = el.getBoundingClientRect()
  const hit = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height, 20) / 2)
  const unseen = !box.width || !box.height || getComputedStyle(el).visibility === "hidden"
  const under = Boolean(hit) && !el.contains(hit) && !hit.contains(el) && !el.labels?.length
  const name = (el.getAttribute("aria-label") || el.textContent || el.tagName).trim().slice(0, 40)
  return { own: el.matches(first), unseen, under, name }
}"""
