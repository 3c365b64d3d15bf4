"""Keeps the browser's address in step with the session, without adding to its history.

Streamlit's own ``st.query_params`` adds an entry for every change, and Back would then go through edits one by one.
"""

from __future__ import annotations

import streamlit as st

from ..sharing.link import END, as_text
from . import session

JS = """
function noteLeaving() {  // where the stepper stood when a menu link was clicked: the link itself is older
  if (window.mlpvizAddress) return
  window.mlpvizAddress = {}
  document.addEventListener("click", event => {
    if (!event.target.closest?.("a")) return
    const { pathname, search } = window.location
    window.mlpvizAddress = { pathname, step: stepOf(search) }
  }, true)
}

function stepOf(search) {
  return new URLSearchParams(search).get("step") ?? "0"
}

function others(search) {  // what belongs to the page and not to the setup
  const parts = search.slice(1).split("&")
  return parts.filter(part => /^(embed|embed_options|lang)=/.test(part)).map(part => "&" + part).join("")
}

export default function ({ data, setTriggerValue }) {
  noteLeaving()
  const { pathname, search, hash } = window.location
  const left = window.mlpvizAddress
  if (left.step && left.pathname !== pathname) {
    window.mlpvizAddress = {}
    if (left.step !== data.step) setTriggerValue("step", left.step)
  }
  if (!data.query) return
  const moved = stepOf(search) !== data.seen && data.step === data.seen  // the stepper went on meanwhile
  const step = moved ? stepOf(search) : data.step
  const query = data.query + (step === "0" ? "" : "&step=" + encodeURIComponent(step)) + data.end + others(search)
  if (search !== "?" + query) window.history.replaceState(window.history.state, "", pathname + "?" + query + hash)
}
"""

_component = st.components.v2.component("mlpviz.address", html="<span hidden></span>\n", js=JS)


def show() -> None:
    """Put the present setup's link into the address; a damaged link stays there until something is changed."""
    state = session.state()
    query = session.query()
    step = query.pop("step", "0")
    end = f"&{END}={query.pop(END)}"
    with st.container(key="address", height="content"):
        _component(
            key="mlpviz.address",
            data={"query": "" if state.damaged else as_text(query), "step": step, "seen": state.seen_step, "end": end},
            on_step_change=_take_step,
        )


def _take_step() -> None:
    step = st.session_state["mlpviz.address"].get("step")
    if isinstance(step, str):
        session.move_to(step)
