"""What every page starts with: the title, the menu, and the libraries that must be loaded before they are used.

Streamlit imports pandas and pyarrow where it first meets a table, and these import each other: learners who arrive
together can be shown a module that another thread has half loaded. So a page that shows tables or Plotly figures
first loads them, all in one order and under one lock. The Step page touches none of them and does not wait: on four
cores its script then takes 0.12 s rather than 0.39 s, and its first number is on screen in a fresh browser 2.5 s
rather than 3.0 s after the start of the process. They are loaded a moment later, while the learner looks at the
first step. What is loaded is left out of garbage collection from then on.
"""

from __future__ import annotations

import gc
import threading
from collections.abc import Mapping
from contextlib import suppress
from importlib import import_module
from pathlib import Path

import streamlit as st

from ...drawing.theme import DARK, LIGHT, NEUTRAL, edge
from ...jobs.executor import executor
from ...jobs.folder import default_folder
from ...setup.pages import PAGES
from . import door, language_menu, session, spared, uploads
from .assist import assist
from .languages import BY_TAG
from .sheets import sheet
from .translation import _, language

ROOT = Path(__file__).parents[3]


ICON = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    f'<g stroke="{NEUTRAL}" stroke-width="2"><path d="M7 9L25 16M7 23L25 16"/></g>'
    f'<circle cx="7" cy="9" r="5.5" fill="{LIGHT.negative}"/><circle cx="7" cy="23" r="5.5" fill="{NEUTRAL}"/>'
    f'<circle cx="25" cy="16" r="5.5" fill="{LIGHT.positive}"/></svg>'
)

CSS = sheet("page")


ON_LIGHT = f":root {{ --mlp-focus: {LIGHT.positive}; --mlp-control: {edge(LIGHT)}; --mlp-ground: {LIGHT.background}; }}"
ON_DARK = f""":root {{ --mlp-focus: {DARK.positive}; --mlp-control: {edge(DARK)}; --mlp-ground: {DARK.background}; }}
[data-testid=stBaseButton-primary]:enabled {{ color: {DARK.background}; }}"""
# Streamlit writes white on the light blue of the dark theme


def start(name: str, query: Mapping[str, str] | None = None) -> None:
    """Begin the page ``name``; the menu's links carry ``query``, so that they also work in a new tab."""
    language_menu.settle()
    page = PAGES[name]
    st.set_page_config(_(page.title) + " · mlpviz", ICON, layout="wide", initial_sidebar_state="collapsed")
    if page.tables:
        warm_up()
    else:
        warm_up_later()
    take_up_runs_later()
    uploads.bound()
    spared.spare()
    st.html(CSS.replace("</style>", f"{BY_TAG[language()].faces}{ON_DARK if dark() else ON_LIGHT}</style>"))
    if session.beside("bare"):
        with st.container(key="assist"):
            assist(name)
    else:
        menu(query or {}, name)
    language_menu.tell()


def dark() -> bool:
    return st.context.theme.type == "dark"


def menu(query: Mapping[str, str], here: str) -> None:
    with st.container(key="mlpviz-menu", horizontal=True, gap="xxsmall"):
        for page in PAGES.values():
            if (ROOT / page.script).exists():
                st.page_link(page.script, label=_(page.title), query_params=query)
        door.menu()
        assist(here)
        language_menu.menu()


LIBRARIES = ("numpy", "pandas", "pyarrow", "plotly.graph_objects", "scipy.special")
PAUSE = 2.0  # seconds: the browser still fetches and draws the first page

_lock = threading.Lock()
_warm = threading.Event()


def warm_up() -> None:
    """Load the libraries once per process, while other callers wait."""
    with _lock:
        if _warm.is_set():
            return
        for library in LIBRARIES:
            import_module(library)
        gc.collect()
        gc.freeze()
        _warm.set()


_later = threading.Timer(PAUSE, warm_up)
_later.daemon = True


def warm_up_later() -> None:
    """Load the libraries soon, in the background of a running server."""
    with _lock:
        if st.runtime.exists() and not _warm.is_set() and _later.ident is None:
            _later.start()


def take_up_runs() -> None:
    """Resume the runs left waiting by an earlier server; without any run, nothing is loaded."""
    if default_folder().is_dir():
        with suppress(OSError, ValueError):  # said on the Train page, where somebody asks for a run
            executor()


_runs = threading.Timer(PAUSE, take_up_runs)
_runs.daemon = True


def take_up_runs_later() -> None:
    with _lock:
        if st.runtime.exists() and _runs.ident is None:
            _runs.start()
