"""How large each text on a page is to the eye, in pixels of the screen, and how much it stands out from its ground."""

import json
from pathlib import Path

KINDS = (
    ("formula, index", ".katex .mtight, .katex .mtight *"),
    ("formula", ".katex, .katex *"),
    ("index", ".mlp-scripts, .mlp-scripts *, sup, sup *, sub, .mlp-carried .mlp-sup, .mlp-carried .mlp-sub"),
    ("shape under a matrix", ".mlp-shape, .mlp-shape *"),
    ("number in a neuron", ".mlp-picture .mlp-main text"),
    ("gain of an amplifier", ".mlp-picture .mlp-amplifier text"),
    ("number on a wire", ".mlp-picture .mlp-tag text"),
    ("number beside a neuron", ".mlp-picture :is(.mlp-below, .mlp-target) text:not(.mlp-name)"),
    ("letter in the picture", ".mlp-picture .mlp-name, .mlp-picture .mlp-carried, .mlp-picture .mlp-carried *"),
    ("layer's heading", ".mlp-picture .mlp-heading"),
    ("legend", ".mlp-legend, .mlp-legend *"),
    ("cell of the product", ".mlp-product .mlp-grid .mlp-n"),
    ("name in the product", ".mlp-product .mlp-body, .mlp-product .mlp-body *"),
    ("number in the sum", ".mlp-lines .mlp-n"),
    ("sum", ".mlp-sum .mlp-body, .mlp-sum .mlp-body *"),
    ("code", ".mlp-code code"),
    ("title", ".mlp-headline h3, .mlp-headline h3 *"),
    ("sentence", ".mlp-headline p, .mlp-headline p *"),
    ("heading of a face", ".mlp-face header, .mlp-face header *"),
    ("button", "button, button *, select, option, output, .mlp-bar *"),
    ("ledger", ".mlp-ledger, .mlp-ledger *"),
    ("other", "*"),
)
"""Kinds of text by what selects them; the first that fits counts."""

SMALL = {"formula, index", "index", "shape under a matrix"}
"""Kinds that may be smaller, since they are read together with what they stand at."""

PART = 0.7
"""Of the size of everything else, what those must have at least."""

PAGE_KINDS = (
    KINDS[0],
    ("formula", ".katex, .katex *"),
    ("index", "sup, sup *, sub, sub *, svg tspan[style*='font-size: 70%'], svg tspan[style*='font-size:70%']"),
    ("text of a figure", ".mlpviz-figure *"),
    ("picture of the network", ".st-key-network-seen svg *"),
    ("button", "button, button *, [role=tab], [role=tab] *, [role=radio], [role=radio] *"),
    ("input", "input, textarea, select, [role=combobox], [role=combobox] *, [data-baseweb=select] *"),
    ("code", "code, code *, pre, pre *"),
    ("table", "table *, [role=grid] *"),
    ("title", "h1, h1 *, h2, h2 *, h3, h3 *, h4, h4 *, summary, summary *"),
    ("caption, label", "[data-testid=stCaptionContainer] *, label, label *"),
    ("sentence", "p, p *, li, li *"),
    ("other", "*"),
)
"""Kinds of text on the pages without a stepper."""

SCRIPT = Path(__file__).with_name("legible.js")


def looked(kinds=KINDS, within=".mlp-root") -> str:
    """A function of the page that gives for each kind of text in an element the smallest and the least contrast."""
    _comment, _end, script = SCRIPT.read_text(encoding="utf-8").partition("\n")
    return f"() => ({script})(...{json.dumps([kinds, within])})"


def least(found):
    """Of what was found at several steps, the least of each kind: (size, text), (contrast, text)."""
    kinds = {}
    for each in found:
        for kind, one in each.items():
            size, faint = (one["size"], one["small"]), (one["contrast"], one["faint"])
            known = kinds.get(kind, (size, faint))
            kinds[kind] = min(known[0], size), min(known[1], faint)
    return kinds


BOXES = (
    ".mlp-face .mlp-body, .mlp-face header, .mlp-legend, .mlp-proof, .mlp-headline, .mlp-what, .mlp-headline p, "
    ".mlp-formula, .mlp-sigma, .mlp-bar, .mlp-root"
)
CUT = """async ([boxes, scrolls]) => {
  for (let frame = 0; frame < 2; frame += 1) await new Promise(requestAnimationFrame)
  const rounded = (el) => Math.max(1, parseFloat(getComputedStyle(el).fontSize) / 19) // a pixel where 1 em is 19
  const over = (el, free) =>
    el.scrollWidth > el.clientWidth + 1 || (!free && el.scrollHeight > el.clientHeight + rounded(el))
  const sizes = (el) => [el.scrollWidth, el.scrollHeight, el.clientWidth, el.clientHeight].join(" ")
  return [...document.querySelectorAll(boxes)]
    .filter((el) => el.getClientRects().length && over(el, el.matches(scrolls)))
    .map((el) => `${el.getAttribute("class") || el.localName}: ${sizes(el)}`)
}"""


def cut(boxes=BOXES) -> str:
    """A function of the page: what has not all of its content in view. A formula's signs rise above its box."""
    return f"() => ({CUT})({json.dumps([boxes, '.mlp-formula, .mlp-sigma, .mlp-root'])})"
