"""A large view of a page for a class: the whole screen, all type as large as on the stepper's, nothing of the menu."""

from __future__ import annotations

import streamlit as st

from ..shell.translation import _
from .assets import joined, read

CSS = """
html.mlp-projecting:has(.mlpviz-wall) { font-size: calc(max(16px, min(2.65vh, 1.49vw)) / 0.875) !important; }
.mlp-projecting :is([data-testid=stHeader], [data-testid=stSidebar], .st-key-mlpviz-menu) { display: none !important; }
.mlp-projecting [data-testid=stMainBlockContainer] { padding: 0.5rem 0.8rem 1rem; }
.mlp-projecting [data-testid=stMainBlockContainer] > [data-testid=stVerticalBlock] { gap: 0.5rem; }
.mlp-projecting :is(.st-key-toolbar, .st-key-transport) { gap: 0.4rem; }
.mlp-projecting :is(.st-key-toolbar, .st-key-transport, .st-key-row) button {
  min-height: 2rem; padding: 0.1rem 0.5rem; }
.mlp-projecting :is(.st-key-toolbar, .st-key-row) [data-testid=stSelectbox] [role=group] {
  min-height: 2rem; height: calc(2rem + 2px); }
.mlp-projecting .st-key-box textarea { min-height: 2.6rem; padding-block: 0.35rem; }
.mlp-projecting [class*=st-key-verdict-] { padding-block: 0.4rem; gap: 0.3rem; }
.mlp-projecting [class*=st-key-verdict-] > :has(h3) { margin-bottom: 0.7rem; }
.mlp-projecting .st-key-numbers, .mlp-projecting .st-key-numbers [data-testid=stVerticalBlock] { gap: 0.2rem; }
.mlp-projecting .st-key-answer { gap: 0.6rem; }
.mlp-projecting .st-key-box [data-testid=stWidgetLabel] { position: absolute; width: 1px; height: 1px; min-height: 0;
  overflow: hidden; clip-path: inset(50%); }
.mlp-projecting :is(.st-key-undo, .st-key-redo, .st-key-share, .st-key-train-look, .st-key-train-saving,
  .st-key-train-sweeping, .st-key-train-many, .st-key-reset, .st-key-how-it-is-made, .st-key-keys,
  .st-key-setup-log) { display: none; }
.mlp-projecting [data-testid=stLayoutWrapper]:has(.st-key-setup-target):not(
  :has([data-testid=stLayoutWrapper] .st-key-setup-target)) { min-width: 8.5rem; }
.mlp-projecting [data-testid=stLayoutWrapper]:has(.st-key-setup-preset):not(
  :has([data-testid=stLayoutWrapper] .st-key-setup-preset)) { min-width: 16rem; }
.mlpviz-wall { font: inherit; font-size: 0.875rem; color: inherit; background: transparent;
  border: 1px solid var(--st-border-color); border-radius: 0.5rem;
  min-height: 2.5rem; padding: 0.25rem 0.75rem; white-space: nowrap; cursor: pointer; }
.mlpviz-wall:hover { border-color: var(--st-primary-color); color: var(--st-primary-color); }
.mlpviz-wall:focus-visible { outline: 2px solid var(--st-primary-color); outline-offset: 1px; }
@media (max-width: 799px) {
  .st-key-wall, [data-testid=stElementContainer]:has(.mlpviz-wall), [data-testid=stLayoutWrapper]:has(> .st-key-wall) {
    display: none; }
}
@media print { .mlpviz-wall { display: none; } }
"""
# Captions are 0.875 rem: they too have the size that all has on the stepper's wall. What is for one's own desk makes
# room, and so do the label of the box and the air around what is said of its text. The menus have widths in
# pixels, which do not grow with their type.

JS = (
    joined({"screen": read("js/screen.js")})
    + """
export default function ({ data: [texts], parentElement }) {
  const button = parentElement.querySelector("button"), page = document.documentElement
  const isOn = () => page.classList.contains("mlp-projecting")
  const name = () => { button.textContent = texts[isOn() ? "leave" : "enter"] }
  const show = on => {
    page.classList.toggle("mlp-projecting", on)
    fillScreen(on, () => show(false))
    name()
  }
  const typed = at => at.closest?.("input, textarea, [contenteditable=true], [role=dialog], [role=listbox]")
  const onKey = event => {
    if (event.key === "Escape" && isOn() && !event.defaultPrevented && !typed(event.target)) show(false)
  }
  button.onclick = () => show(!isOn())
  document.addEventListener("keydown", onKey)
  button.title = texts.about
  name()
  return () => {
    document.removeEventListener("keydown", onKey)
    setTimeout(() => document.querySelector(".mlpviz-wall") || isOn() && show(false))
  }
}
"""
)

_component = st.components.v2.component(
    "mlpviz.wall",
    html='<button type="button" class="mlpviz-wall"></button>\n',
    css=CSS,
    js=JS,
    isolate_styles=False,
)


def large_view() -> None:
    """The button that shows a page large, and as it was."""
    texts = {
        "enter": _("Projector"),
        "leave": _("Leave projector"),
        "about": _("Everything large, on the whole screen; Esc leaves"),
    }
    _component(key="wall", data=[texts], width="content", height="content")
