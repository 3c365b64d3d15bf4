"""The document that a browser is sent first: Streamlit's, with the style of our pages and a picture until they come.

On a slow line Streamlit's scripts take seconds, in which its document is an empty sheet. What draws the first page is
named in it too, so that it is fetched with the rest and not only when the page asks for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

from ...drawing.theme import DARK, LIGHT, NEUTRAL
from .sheets import OF_PAGES, sheet

PAGE = "index.html"
TITLE, HEAD, ROOT = "<title>Streamlit</title>", "</head>", '<div id="root"></div>'

FIRST_DRAWN = ("Html", "BidiComponent", "PageLink", "Button", "Selectbox")
"""Streamlit's scripts that draw the first page, by the names that it gives them."""

NAMED = re.compile(r"""(?:from|import)\s*["'`]\./([\w.$-]+\.js)["'`]""")

LAYERS = ((20, (35, 85)), (80, (20, 60, 100)), (140, (35, 85)))
"""Where the units of a small network stand: each layer's x, and the y of its units."""

STYLE = f"""<style>
.mlpviz-arriving {{ position: fixed; inset: 0; display: grid; place-items: center; background: {LIGHT.background}; }}
.mlpviz-arriving svg {{ width: min(60vw, 20rem); }}
.mlpviz-arriving path {{ fill: none; stroke: {NEUTRAL}; stroke-width: 1.5; }}
.mlpviz-arriving circle {{ fill: {LIGHT.panel}; stroke: {NEUTRAL}; stroke-width: 1.5; }}
@media (prefers-color-scheme: dark) {{
  .mlpviz-arriving {{ background: {DARK.background}; }}
  .mlpviz-arriving circle {{ fill: {DARK.panel}; }}
}}
@media (prefers-reduced-motion: no-preference) {{
  .mlpviz-arriving circle {{ animation: mlpviz-arriving 1.8s ease-in-out infinite; }}
  @keyframes mlpviz-arriving {{ 40% {{ fill: {LIGHT.positive}; }} 80% {{ fill: {LIGHT.panel}; }} }}
}}
</style>"""


def picture() -> str:
    """A network whose units light up from the inputs on."""
    wires = "".join(f"M{x} {y}L{right} {to}" for (x, ys), (right, tos) in pairwise(LAYERS) for y in ys for to in tos)
    units = "".join(
        f'<circle cx="{x}" cy="{y}" r="11" style="animation-delay: {x / 200}s"/>' for x, ys in LAYERS for y in ys
    )
    shown = f'<svg viewBox="0 0 160 120" role="img" aria-label="mlpviz"><path d="{wires}"/>{units}</svg>'
    return f'<div class="mlpviz-arriving">{shown}</div>'


def document(folder: Path) -> str:
    """The document for the files of Streamlit in a folder; its own if that is not as it was known."""
    page = folder / PAGE
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    if any(text.count(mark) != 1 for mark in (TITLE, HEAD, ROOT)):
        return text
    late = [name for name in scripts(folder / "static/js") if name not in text]
    fetched = "".join(f'<link rel="modulepreload" crossorigin href="./static/js/{name}">' for name in late)
    drawn = f'{sheet(*OF_PAGES)}{STYLE}<div id="root">{picture()}</div>'
    return text.replace(TITLE, "<title>mlpviz</title>").replace(HEAD, fetched + HEAD).replace(ROOT, drawn)


def scripts(folder: Path) -> list[str]:
    """The scripts that the first page is drawn by, with those that they name."""
    found: dict[str, None] = {}
    waiting = [path.name for name in FIRST_DRAWN for path in sorted(folder.glob(f"{name}.*.js"))]
    while waiting:
        name = waiting.pop()
        if name not in found and (folder / name).is_file():
            found[name] = None
            waiting.extend(named(folder / name))
    return list(found)


def named(path: Path) -> Iterator[str]:
    """The scripts that a script begins with."""
    yield from NAMED.findall(path.read_text(encoding="utf-8"))
