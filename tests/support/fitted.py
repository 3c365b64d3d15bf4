"""Formulas typeset by the page's own KaTeX in the stepper's own boxes, and fitted by the stepper's own script."""

import re
from pathlib import Path

import streamlit

import mlpviz
from mlpviz.interface.derive.payload import LinesPayload
from mlpviz.interface.stepper.payload import Payload

JS = Path(mlpviz.__file__).parent / "interface" / "stepper" / "js"

SIZES = ((1280, 720), (390, 844))

ROOMS = """() => {
  const part = (name) => document.querySelector(`[data-part=${name}]`)
  const equation = part("formula").parentElement
  const gap = parseFloat(getComputedStyle(equation).columnGap)
  const others = [...equation.children].filter((el) => el !== part("formula"))
  return {
    formula: equation.clientWidth - others.reduce((sum, el) => sum + el.offsetWidth + gap, 0),
    sigma: part("sigma").clientWidth || part("lines").clientWidth,
  }
}"""

FITTED = """async ([katex, script, texts, kind, room]) => {
  // the page's plugin puts what KaTeX writes into a template: there it is taken from
  const own = Object.getOwnPropertyDescriptor(Element.prototype, "innerHTML")
  let html
  Object.defineProperty(HTMLTemplateElement.prototype, "innerHTML", {
    configurable: true, get() { return own.get.call(this) }, set(text) { html = text; own.set.call(this, text) },
  })
  const plugin = (await import(katex)).default({})
  const typeset = (value) => {
    const properties = { className: ["language-math", "math-display"] }
    const code = { type: "element", tagName: "code", properties, children: [{ type: "text", value }] }
    plugin({ type: "root", children: [code] }, { message() {} })
    return html
  }
  const known = (window.typeset ??= new Map()) // a page is asked about one formula in boxes of several sizes
  const [fitAll, least] = new Function(script + "; return [fitAll, LEAST_TYPE]")()
  const host = document.querySelector(kind === "formula" ? ".mlp-equation" : ".mlp-sum .mlp-body")
  const probe = document.createElement("div")
  Object.assign(probe.style, { position: "absolute", visibility: "hidden" })
  const boxes = texts.map((text) => {
    const box = document.createElement("div")
    box.className = `mlp-${kind}`
    box.style.width = `${room}px`
    if (!known.has(text)) known.set(text, typeset(text))
    box.innerHTML = known.get(text)
    const display = box.querySelector(".katex-display")
    box.replaceChildren(display)
    probe.append(box)
    return box
  })
  host.append(probe)
  fitAll(boxes, least)
  const sized = (el) => parseFloat(getComputedStyle(el).fontSize)
  const written = (box) => [...box.querySelectorAll(".katex-html *")].filter((el) =>
    [...el.childNodes].some((child) => child.nodeType === 3 && child.textContent.replace(/\\u200b/g, "").trim()))
  const found = boxes.map((box) => ({
    over: box.scrollWidth - box.clientWidth,
    high: box.offsetHeight,
    type: sized(box.querySelector(".katex")),
    script: Math.min(...written(box).map(sized)),
    wrapped: box.classList.contains("mlp-wrapped"),
  }))
  probe.remove()
  delete HTMLTemplateElement.prototype.innerHTML
  return found
}"""


def script():
    """The stepper's script for formulas, for a function of the page."""
    return re.sub(r"^(import .*|export )", "", (JS / "formulas.js").read_text(encoding="utf-8"), flags=re.MULTILINE)


def katex():
    """Where the server has the KaTeX that sets the formulas of its pages."""
    (file,) = (Path(streamlit.__file__).parent / "static" / "static" / "js").glob("rehype-katex.*.js")
    return f"/static/js/{file.name}"


def of_steps(update, view):
    """The formulas of the Step page: those of the headline, and those of the sums."""
    payload = Payload(update, view)
    data = payload.data()
    return texts_of(list(payload.formulas), data["steps"])


def of_lines(scene, chains):
    """The formulas of a walkthrough's lines on the Derive page."""
    payload = LinesPayload(scene, lambda _scene: chains)
    data = payload.data()
    return texts_of(list(payload.formulas), data["steps"])


def texts_of(formulas, steps):
    indices = {"formula": ("formula", "shapes"), "sigma": ("sum",)}
    return {
        kind: {formulas[step[name]] for step in steps for name in names if step[name] is not None}
        for kind, names in indices.items()
    }


def fitted(page, kind, texts, room):
    """How each formula stands in a box of some width."""
    found = []
    for start in range(0, len(texts), 150):
        found += page.evaluate(FITTED, [katex(), script(), texts[start : start + 150], kind, room])
    return dict(zip(texts, found, strict=True))


def faults(found):
    """The formulas that are wider than their box, or have type that is too small."""
    return {
        text: each for text, each in found.items() if each["over"] > 1 or each["type"] < 11.95 or each["script"] < 7.95
    }
