"""A Plotly figure that lives: its values change while it stays where it is, with what is hovered and zoomed to.

``st.plotly_chart`` takes new values by making a new figure, which is blank for a moment and forgets the pointer. So
Streamlit only brings the drawing library, with an empty figure that is not shown, and this component draws with it:
one element for as long as the figure is on the page. Colours and type are those of the theme.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from ...drawing.figure import CONFIG, figure
from ..shell.translation import _

CSS = """
.mlpviz-figure { position: relative; }
.mlpviz-figure .main-svg { overflow: visible !important; }
.mlpviz-figure .nsewdrag, .mlpviz-figure .drag { touch-action: pan-y; }
"""

JS = """
const FIGURES = new WeakMap(), WAIT = 50, PATIENCE = 30000, REST = 2000, REM = 16
const SPARE = 9  // times as long as a drawing has taken, until other numbers are drawn in the same axes
const TYPE = 13, TYPE_LARGE = 14  // of 16; before a class no text is smaller than a caption
const LOWEST = 0.45, EDGE = 12  // of the screen's height, before a class; pixels below

export default function ({ data: [data], parentElement }) {
  const place = parentElement.querySelector(".mlpviz-figure")
  const known = FIGURES.get(parentElement)
  const figure = known ?? { place, zoomed: {}, pointer: null, begun: Date.now(), free: 0 }
  if (!known) begin(parentElement, figure)
  const { uirevision, height } = JSON.parse(data.figure).layout
  if (figure.revision !== uirevision) figure.zoomed = {}
  Object.assign(figure, { data, revision: uirevision })
  place.style.minHeight = fitting(place, height) + "px"
  place.setAttribute("aria-label", data.alt)
  draw(figure)
  return () => {
    figure.gone = true
    figure.observer.disconnect()
    document.removeEventListener("visibilitychange", figure.seen)
    clearTimeout(figure.later)
    FIGURES.delete(parentElement)
    setTimeout(() => place.isConnected || window.Plotly?.purge(place), REST)  // it still has events to tell of
  }
}

function begin(parent, figure) {
  FIGURES.set(parent, figure)
  figure.observer = new ResizeObserver(() => {
    if (figure.width && (figure.width !== figure.place.clientWidth || figure.rem !== rem())) {
      figure.place.style.minHeight = fitting(figure.place, JSON.parse(figure.data.figure).layout.height) + "px"
      draw(figure)
    }
  })
  figure.observer.observe(figure.place)
  figure.seen = () => draw(figure)
  document.addEventListener("visibilitychange", figure.seen)
  figure.place.onmousemove = event => { figure.pointer = event }
  figure.place.onmouseleave = () => { figure.pointer = null }
}

function draw(figure) {  // always with the newest values, and no more often than a slow machine has time for
  clearTimeout(figure.later)
  if (figure.gone || figure.drawing) return void (figure.again = true)
  if (document.hidden && figure.shown) return  // drawn when somebody looks again
  const { place, data } = figure
  if (!window.Plotly || !place.clientWidth) {
    if (Date.now() - figure.begun > PATIENCE && !window.Plotly) place.textContent = data.missing
    return void (figure.later = setTimeout(draw, WAIT, figure))
  }
  const { data: traces, layout } = JSON.parse(data.figure), made = themed(figure, layout)
  const around = [large(), JSON.stringify(made)].join(), shown = around + data.figure
  const now = performance.now(), early = around === figure.around ? figure.free - now : 0
  if (shown === figure.shown) return void (figure.again = false)
  if (early > 0) return void (figure.later = setTimeout(draw, early, figure))
  Object.assign(figure, { drawing: true, again: false, shown, around, width: place.clientWidth, rem: rem() })
  for (const { font } of [...traces.map(trace => ({ font: trace.textfont })), ...(layout.annotations ?? [])]) {
    if (font?.size) font.size = Math.max(font.size, large() ? TYPE_LARGE : 0) * rem() / REM
  }
  const drawn = window.Plotly.react(place, traces, made, data.config)
  drawn.finally(() => {
    Object.assign(figure, { drawing: false, free: performance.now() + SPARE * (performance.now() - now) })
    if (figure.gone) return
    wire(figure)
    hover(figure)
    if (figure.again) draw(figure)
  })
}

function wire(figure) {  // where a learner has zoomed to is kept, whatever comes; a double click goes back
  const { place } = figure
  if (figure.wired || !place.on) return
  figure.wired = true
  place.on("plotly_relayout", moved => {
    for (const axis of ["xaxis", "yaxis"]) {
      if (`${axis}.range[0]` in moved) figure.zoomed[axis] = [moved[`${axis}.range[0]`], moved[`${axis}.range[1]`]]
    }
  })
  place.on("plotly_doubleclick", () => {
    Object.assign(figure, { zoomed: {}, shown: "", around: "" })
    draw(figure)
  })
}

function hover(figure) {  // the label stays under a pointer that stays, with the numbers of now
  const { place, pointer } = figure
  if (!pointer || !place.contains(pointer.target)) return
  if (place._fullLayout?._plots?.xy && !place._dragging) window.Plotly.Fx.hover(place, pointer, "xy")
}

function fitting(place, height) {  // on a phone lower than wide
  const most = large() ? Math.max(LOWEST * innerHeight, innerHeight - topOf(place) - EDGE) : Infinity
  const wanted = Math.min(height * rem() / REM, most)
  return place.clientWidth > 0 ? Math.min(wanted, 0.9 * place.clientWidth) : wanted
}

function topOf(place) {  // on a page that is not scrolled; before a class all of a figure is to be in view
  return place.getBoundingClientRect().top + (place.closest("[data-testid=stMain]")?.scrollTop ?? 0)
}

function large() {
  return document.documentElement.matches(".mlp-projecting")
}

function rem() {
  return parseFloat(getComputedStyle(document.documentElement).fontSize)
}

function themed(figure, layout) {
  const style = getComputedStyle(figure.place), of = name => style.getPropertyValue("--st-" + name).trim()
  const text = of("text-color"), ground = of("background-color"), edge = of("border-color")
  const axis = {
    gridcolor: edge, zerolinecolor: edge, linecolor: edge, automargin: true, showgrid: false,
    zeroline: false, ticks: "outside", ticklen: 4, tickcolor: "rgba(0,0,0,0)", title: { standoff: 10 },
  }
  const template = { layout: {
    font: { family: of("font"), color: text, size: (large() ? TYPE_LARGE : TYPE) / REM * rem() },
    paper_bgcolor: "rgba(0,0,0,0)", plot_bgcolor: "rgba(0,0,0,0)",
    hoverlabel: { bgcolor: ground, bordercolor: edge, font: { color: text, family: of("font") } },
    xaxis: axis, yaxis: { ...axis, showgrid: true },
  } }
  const made = { ...layout, template, width: figure.place.clientWidth, height: fitting(figure.place, layout.height) }
  for (const [name, range] of Object.entries(figure.zoomed)) if (made[name]) made[name] = { ...made[name], range }
  if (!matchMedia("(pointer: fine)").matches) made.dragmode = false  // a finger moves the page
  return made
}
"""

_component = st.components.v2.component(
    "mlpviz.figure", html='<div class="mlpviz-figure" role="figure"></div>\n', css=CSS, js=JS, isolate_styles=False
)

HEIGHT = 10
HIDDEN = "<style>[data-testid=stLayoutWrapper]:has(> .st-key-plotly) { display: none; }</style>"


def load() -> None:
    """Let Streamlit load the drawing library, once a page."""
    st.html(HIDDEN)
    with st.container(key="plotly"):
        st.plotly_chart(figure([], HEIGHT), key="train.plotly")


def draw(chart: Any, key: str, alt: str) -> None:
    """A figure, or its text, as wide as its column and of its own height; ``alt`` names it for a screen reader."""
    data = {
        "figure": chart if isinstance(chart, str) else chart.to_json(),
        "config": CONFIG,
        "alt": alt,
        "missing": _("The drawing library could not be loaded; reload the page."),
    }
    _component(key=key, data=[data], width="stretch", height="content")
