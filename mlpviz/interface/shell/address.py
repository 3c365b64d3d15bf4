"""Keeps the browser's address in step with the session, without adding to its history.

Streamlit's own ``st.query_params`` adds an entry for every change, and Back would then go through edits one by one.
"""

from __future__ import annotations

import streamlit as st

from ...setup.link import END, as_text
from . import session
from .url import MOVING

JS = """
function noteLeaving() {  // where the stepper stood when a menu link was clicked: the link itself is older
  if (window.mlpvizAddress) return
  window.mlpvizAddress = {}
  document.addEventListener("click", event => {
    if (!event.target.closest?.("a")) return
    const { pathname, search } = window.location
    Object.assign(window.mlpvizAddress, { pathname, search })
  }, true)
}

function placeIn(search, name) {
  return new URLSearchParams(search).get(name) ?? "0"
}

function moved(search, places) {  // where the steppers of the pages stand now, of those that stand elsewhere
  const now = Object.keys(places).map(name => [name, placeIn(search, name)])
  return Object.fromEntries(now.filter(([name, text]) => text !== places[name]))
}

function others(search) {  // what belongs to the page and not to the setup
  const parts = search.slice(1).split("&")
  return parts.filter(part => /^(embed|embed_options|lang)=/.test(part)).map(part => "&" + part).join("")
}

export default function ({ data: [data], setTriggerValue }) {
  noteLeaving()
  const { pathname, search, hash } = window.location
  const left = window.mlpvizAddress
  const elsewhere = left.search !== undefined && left.pathname !== pathname
  const places = moved(elsewhere ? left.search : search, data.places)
  if ((elsewhere || data.ask) && Object.keys(places).length) setTriggerValue("move", places)
  const before = left.places ?? {}
  window.mlpvizAddress = { places: data.places }
  if (!data.query) return
  let query = data.query
  for (const [name, place] of Object.entries(data.places)) {
    const text = before[name] === place ? placeIn(search, name) : place  // the stepper may have gone on meanwhile
    if (text !== "0") query += "&" + name + "=" + encodeURIComponent(text)
  }
  query += data.end + others(search)
  if (search !== "?" + query) window.history.replaceState(window.history.state, "", pathname + "?" + query + hash)
}
"""

_component = st.components.v2.component("mlpviz.address", html="<span hidden></span>\n", js=JS)


def show() -> None:
    """Put the present setup's link into the address; a damaged link stays until something is changed.

    Streamlit tells the server of the address a page was opened with, not of where the stepper has gone since: while the
    link to copy is on screen the browser is asked for that.
    """
    state = session.state()
    query = session.query()
    at = {name: query.pop(name, "0") for name in MOVING}
    end = f"&{END}={query.pop(END)}"
    with st.container(key="address", height="content"):
        _component(
            key="mlpviz.address",
            data=[  # in a list, as the stepper's
                {
                    "query": "" if state.damaged else as_text(query),
                    "places": at,
                    "ask": bool(st.session_state.get("share")),
                    "end": end,
                }
            ],
            on_move_change=_take_places,
        )


def _take_places() -> None:
    places = st.session_state["mlpviz.address"].get("move")
    if isinstance(places, dict):
        session.move_to({name: text for name, text in places.items() if name in MOVING and isinstance(text, str)})
