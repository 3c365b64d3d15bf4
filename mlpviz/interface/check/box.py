"""The box for what is to be checked: several lines with their numbers, as wide as the page, and what it is asked for.

Enter is a new line and Ctrl+Enter checks, as in any field of several lines here; a button does it where there is no
such key. The numbers of the lines, and the marks of what is wrong, lie over the field: they are drawn in the browser.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from ...derivation.checker.reading.syntax import Span
from ..shell import waking

KEY = "setup.formula"
LINES = 20  # lines that are shown before the box scrolls

CSS = f"""<style>
.st-key-box {{ position: relative; gap: 0; }}
.st-key-box textarea {{
  font: 1.06rem/1.5 "Source Code Pro", ui-monospace, monospace; padding: 0.5rem 0.75rem 0.5rem 3.2rem;
  min-height: 4rem; max-height: calc({LINES} * 1.6rem + 1rem); overflow-y: auto; white-space: pre-wrap;
  overflow-wrap: break-word; tab-size: 4; resize: none; }}
.st-key-box [data-testid=InputInstructions] {{ display: none; }}
[data-testid=stLayoutWrapper]:has(> .st-key-lines) {{
  position: absolute; inset: 0; margin: 0; pointer-events: none; }}
@supports (field-sizing: content) {{ .st-key-box textarea {{ field-sizing: content; height: auto !important; }} }}
@media (max-width: 40em) {{ .st-key-box textarea {{ font-size: 1rem; padding-left: 2.4rem; }} }}
</style>"""

STYLE = """
.mlp-lines { position: absolute; overflow: hidden; pointer-events: none; }
.mlp-lines .mlp-text { position: absolute; top: 0; left: 0; box-sizing: border-box; color: transparent;
  white-space: pre-wrap; overflow-wrap: break-word; tab-size: 4; }
.mlp-line { position: relative; min-height: 1.5em; }
.mlp-line::before { content: attr(data-number); position: absolute; right: 100%; margin-right: 0.7em; font-size: 0.85em;
  line-height: 1.76; color: var(--st-text-color); opacity: 0.5; user-select: none; white-space: pre; }
.mlp-line[data-sign]::before { content: attr(data-sign) attr(data-number); opacity: 1; font-weight: 700;
  color: var(--mlp-negative); }
.mlp-lines mark { color: transparent; background: color-mix(in srgb, var(--mark) 28%, transparent); border-radius: 2px;
  box-shadow: 0 2px 0 var(--mark); }
"""

JS = """
const AREA = ".st-key-setup-formula textarea", BUTTON = ".st-key-check_it button"
const COPIED = ["fontFamily", "fontSize", "fontWeight", "lineHeight", "letterSpacing", "paddingTop", "paddingRight",
  "paddingBottom", "paddingLeft"]
const states = new WeakMap()

function part(tag, name, text) {
  const element = document.createElement(tag)
  if (name) element.className = name
  if (text !== undefined) element.textContent = text
  return element
}

function marked(line, [from, to]) {  // the characters of a line, those at fault in a mark
  const all = Array.from(line)  // by code points, as Python counts
  const pieces = [all.slice(0, from), all.slice(from, to), all.slice(to)].map(each => each.join(""))
  return [part("span", "", pieces[0]), part("mark", "", pieces[1]), part("span", "", pieces[2])]
}

function lineOf(text, number, at, data, fresh) {
  const line = part("div", "mlp-line")
  line.dataset.number = number
  const length = Array.from(text).length
  const [from, to] = fresh && data.place ? data.place : [0, 0]
  if (from < at + length + 1 && to > at && from < to) line.append(...marked(text, [Math.max(from - at, 0), to - at]))
  else line.textContent = text
  if (fresh && data.signs[number]) line.dataset.sign = data.signs[number]
  return [line, at + length + 1]
}

function draw(state) {
  const area = document.querySelector(AREA)
  if (!area) return
  const { host, data } = state
  const style = getComputedStyle(area)
  const text = host.firstChild ?? host.appendChild(part("div", "mlp-text"))
  COPIED.forEach(name => { text.style[name] = style[name] })
  const at = area.getBoundingClientRect(), own = host.offsetParent.getBoundingClientRect()
  Object.assign(host.style, { left: `${at.left - own.left + area.clientLeft}px`,
    top: `${at.top - own.top + area.clientTop}px`, width: `${area.clientWidth}px`, height: `${area.clientHeight}px` })
  text.style.width = `${area.clientWidth}px`
  text.style.transform = `translateY(${-area.scrollTop}px)`
  host.style.setProperty("--mark", data.colour)
  const fresh = area.value === data.text
  const key = JSON.stringify([area.value, fresh && data.place, fresh && data.signs])
  if (state.key === key) return
  state.key = key
  let place = 0, line
  text.replaceChildren(...area.value.split("\\n").map((each, k) => {
    [line, place] = lineOf(each, k + 1, place, data, fresh)
    return line
  }))
}

function backToTheBox(event) {  // after a click with a mouse; on a phone the keyboard would cover the verdict
  const mouse = event.detail > 0 && window.matchMedia("(pointer: fine)").matches
  if (mouse && event.target.closest?.(BUTTON)) setTimeout(() => document.querySelector(AREA)?.focus(), 0)
}

export default function ({ data: [data], parentElement }) {
  let state = states.get(parentElement)
  if (!state) {
    const host = parentElement.querySelector(".mlp-lines")
    state = { host, data, key: "" }
    states.set(parentElement, state)
    const again = () => draw(state)
    state.timer = setInterval(again, 120)  // a text that the server puts in tells nobody
    document.addEventListener("input", again)
    document.addEventListener("scroll", again, true)
    document.addEventListener("click", backToTheBox)
    state.end = () => {
      clearInterval(state.timer)
      document.removeEventListener("input", again)
      document.removeEventListener("scroll", again, true)
      document.removeEventListener("click", backToTheBox)
      states.delete(parentElement)
    }
  }
  state.data = data
  draw(state)
  return state.end
}
"""

_component = st.components.v2.component(
    "mlpviz.lines", html='<div class="mlp-lines" aria-hidden="true"></div>\n', css=STYLE, js=JS, isolate_styles=False
)


@dataclass(frozen=True)
class Marks:
    """What is marked in a text: the place at fault, in a colour, and a sign beside the number of each faulty line."""

    place: Span | None = None
    colour: str = ""
    signs: Mapping[int, str] = field(default_factory=dict)


def box(text: str, label: str, placeholder: str, put, marks: Marks) -> None:  # type: ignore[no-untyped-def]
    """The field with the text; ``put`` takes what is entered."""
    if st.session_state.get(KEY) != text or waking.is_handed_over():
        st.session_state[KEY] = text  # only then: what is typed on meanwhile is not to be lost
    with st.container(key="box"):
        st.text_area(
            label,
            key=KEY,
            height="content",
            placeholder=placeholder,
            on_change=lambda: put(st.session_state[KEY]),
        )
        with st.container(key="lines", height="content"):
            signs = {str(number): sign for number, sign in marks.signs.items()}
            data = {"text": text, "place": marks.place, "colour": marks.colour, "signs": signs}
            _component(key="mlpviz.lines", data=[data])
