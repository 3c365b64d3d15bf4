"""A pass or a walkthrough as one HTML file that needs nothing else: the stepper with its data, and nothing fetched.

What it is made of is packed, since a class of three hundred phones opens it: browsers unpack it themselves. Its policy
lets no script run but its own, and lets nothing be fetched or sent.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import math
import re
from base64 import b64encode
from collections.abc import Mapping
from html import escape
from pathlib import Path
from typing import Any

from ...derivation.checker.asked import checked_notation
from ...derivation.notation import Notation
from ...derivation.printing.mathml import mathml
from ...derivation.view import View
from ...drawing import theme
from ...drawing.theme import Ground
from ...engine.descent import Update
from ...engine.parameters import Parameters
from ...engine.passes import backpropagate
from ...maths.messages import N_, Refusal
from ..shell.languages import BY_TAG
from ..shell.translation import _, language
from ..stepper.assets import joined, modules, read, style
from ..stepper.assets import script as stepper_script
from ..stepper.frame import Frame
from ..stepper.messages import messages
from ..stepper.payload import Payload

HERE = Path(__file__).parent
DIGITS = 3
"""Decimals of the numbers on a page."""

PASS = N_(
    "Press → and ← to step, click a number to see where it comes from, drag a given one to change it. This page needs "
    "no network and sends nothing: what you change stays in it."
)
LINES = N_(
    "Press → and ← to go through the lines, click a number to see where it comes from. This page needs no network and "
    "sends nothing."
)
KEPT = N_("a saved walkthrough keeps its numbers: change them in mlpviz, and save it again")
WORDS = {"undo": N_("Undo"), "redo": N_("Redo"), "print": N_("Print as a handout")}
"""The buttons above the stepper."""


class WebPage(str):
    """One HTML file as text; a notebook shows it in a frame of its own."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return f'<iframe srcdoc="{escape(self)}" style="width: 100%; height: 60rem; border: 0"></iframe>'


def saved(
    parameters: Parameters, X: Any, Y: Any, notation: str | Notation, rate: float, predict: bool | str
) -> WebPage:
    """A page of the pass over a batch and of one update, as ``mlpviz.web_page`` gives it."""
    if isinstance(rate, bool) or not isinstance(rate, int | float) or not math.isfinite(rate):
        raise Refusal("learning_rate must be a finite number, got {given}", given=repr(rate))
    if predict not in (True, False, "guess"):
        raise Refusal("predict must be True, False or 'guess', got {given}", given=repr(predict))
    return pass_page(Update(backpropagate(parameters, X, Y), rate), checked_notation(notation), predict)


def pass_page(
    update: Update,
    notation: Notation,
    predict: bool | str = False,
    title: str = "",
    address: str = "",
    digits: int = DIGITS,
    **options: Any,
) -> WebPage:
    """A pass and its update as a page; ``address`` leads back to where it was saved, if that is somewhere."""
    payload = Payload(update, View.of(update.trace, notation))
    frame = payload.frame(messages=messages())
    widths = "-".join(map(str, update.trace.architecture.widths))
    title = title or _("A network of {widths} units").format(widths=widths)
    return page_of(payload, frame, title, "", _(PASS), address, digits=digits, predict=predict, **options)


def page_of(
    payload: Payload, frame: Frame, title: str, about: str, how: str, address: str = "", **options: Any
) -> WebPage:
    """What the stepper shows as a page in the language of this run; ``options`` are the stepper's own.

    ``about`` says what it is and ``how`` what to do with it, which paper leaves out.
    """
    latex, still = frame.content["formulas"], {}
    content = frame.content | {"formulas": [mathml(formula) for formula in latex], "latex": latex, "katex": ""}
    if "program" not in content:
        content["matrices"] = {key: {**each, "editable": False} for key, each in content["matrices"].items()}
        still = {"still": _(KEPT)}
    saved = {
        "frame": content | still,
        "numbers": payload.numbers(frame) | {"frame": "", "focus": True} | options,
        "words": {name: _(word) for name, word in WORDS.items()},
    }
    words = _("Open it in mlpviz")
    link = f'<a href="{escape(address)}">{escape(words)}</a>' if address else ""
    opening = own("open.js")
    parts = {
        "language": language(),
        "title": escape(title),
        "about": escape(about),
        "how": escape(how),
        "link": link,
        "policy": policy(opening),
        "style": style() + own("web.css") + colours() + BY_TAG[language()].faces,
        "template": read("stepper.html"),
        "nothing": escape(_("This page needs JavaScript, and a browser of 2023 or later.")),
        "script": packed(script()),
        "saved": packed(json.dumps(saved, ensure_ascii=False, separators=(",", ":"))),
        "opening": opening,
    }
    return WebPage(re.sub(r"\{\{(\w+)\}\}", lambda place: parts[place[1]], own("web.html")))


def own(name: str) -> str:
    return (HERE / name).read_text(encoding="utf-8")


def packed(text: str) -> str:
    """A text, compressed and in characters."""
    return b64encode(gzip.compress(text.encode(), mtime=0)).decode()


def policy(opening: str) -> str:
    """What the page lets run: its opening script, and what that unpacks; no address is ever asked for anything."""
    digest = b64encode(hashlib.sha256(opening.encode()).digest()).decode()
    return f"default-src 'none'; script-src 'sha256-{digest}' blob:; style-src 'unsafe-inline'; img-src data: blob:"


BEGIN = ("export default function", "const beginStepper = function")
OPEN = "let opened;\n{{\n{modules}\nopened = (saved) => open(saved, beginStepper);\n}}\nexport default opened;\n"
"""The page's own modules stand in a scope inside that of the stepper's, whose names they see."""


def script() -> str:
    """The stepper's modules and those of this page as one."""
    return stepper_script().replace(*BEGIN, 1) + OPEN.format(modules=joined(modules(HERE)))


def colours() -> str:
    """The page's colours, light or dark as the reader's system is, and light on paper."""
    dark = f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {variables(theme.DARK)} }} }}"
    return f"{theme.CSS}\n:root {{ {variables(theme.LIGHT)} }}\n{dark}"


def variables(ground: Ground) -> str:
    named: Mapping[str, str] = {
        "text-color": ground.ink,
        "background-color": ground.background,
        "secondary-background-color": ground.panel,
        "border-color": ground.border,
        "primary-color": ground.positive,
    }
    return " ".join(f"--st-{name}: {colour};" for name, colour in named.items())
