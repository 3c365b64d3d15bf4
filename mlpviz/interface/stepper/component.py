"""The stepper as a Streamlit component, and what its elements are called for tests and other checks.

Everything in it is drawn in the browser from one payload; stepping asks the server nothing. What does not change does
not travel: whatever of a component changes takes its script, its style and its markup along, so the script stands in a
component of its own, the frame of the payload in another, and the third has the numbers and the few lines that bring
them together. Its parts, by CSS class:

- ``.mlp-root[data-phase]``: the whole; it takes the keys → ← Space Home End (Esc goes back out).
- ``.mlp-position[data-step][data-steps]``: the present step, from 0; the only element with ``data-step``.
- ``[data-do=previous|next|play|projector|shapes|numpy|torch]``: the buttons; ``.mlp-next`` is the lit one;
  ``[data-part=speed]``, ``[data-part=grain]`` (matrix, entry) and ``[data-part=scrubber]`` are form controls.
- ``[data-part=title]``, ``[data-part=text]``, ``[data-part=formula]``: what happens in the step, and its equation.
- ``.mlp-n``: a number, with ``data-symbol``, ``data-layer``, ``data-row`` and ``data-column`` (canonical storage) and,
  once it is computed, ``data-value``; its ``aria-label`` names it. ``.mlp-subject`` is the one asked about,
  ``.mlp-source`` what it is computed from, ``.mlp-now`` the pair multiplied just now, ``.mlp-marked`` a number with a
  reason in its ``title`` (not finite, say).
- ``.mlp-matrix[data-key][data-shape]``: a matrix with its label, its cells ``.mlp-grid`` and its true ``.mlp-shape``.
- the faces ``.mlp-network`` (``.mlp-neuron``, ``.mlp-edge`` and ``.mlp-tag``; ``.mlp-lit`` takes part,
  ``.mlp-backwards`` and ``.mlp-amplifies`` backwards), ``.mlp-sum``, ``.mlp-product`` and ``.mlp-code``.
- ``.mlp-sum[data-key][data-row][data-column]``: the number explained; ``data-total`` is what its expansion adds up to
  (absent for a given number and while it is not complete). ``.mlp-numbers`` is the line with the numbers,
  ``.mlp-answer`` its result, ``.mlp-trail button`` the way back out.
- ``.mlp-figure``: the picture beside the explanation; ``.mlp-point`` is what a hand moves in it, and ``.mlp-watch`` has
  in sight what stands to change while it does.
- ``.mlp-ledger .mlp-layer .mlp-matrix``: the ledger; ``[data-part=device]`` names what computed it, and where that is
  not the CPU, ``[data-difference=KEY]`` says how far an array is from the CPU's.
- ``[data-proof=KEY]``: the badge of a gradient; ``.mlp-window``: the heat map of a matrix that is not shown whole,
  with its ``.mlp-arrows``.
- ``[data-picture]`` on the product's expression: product, row-column (one entry picked out of whole matrices), outer (a
  column times a row as a grid), entries or none; ``.mlp-mover`` moves the part of a matrix that is in view, and
  ``[data-do=enlarge]`` gives the product all panels.
- ``.mlp-letters``: the legend of letters (key ?), a ``[data-letter]`` for each array and sign; ``.mlp-ask[data-of]``
  opens it at one.
- ``[data-do=predict]`` (key p) hides each result until it is answered for: ``.mlp-root[data-predict]`` is "", "1" or
  "guess", ``.mlp-veils`` says that a result is hidden now. ``.mlp-guess[data-kind]`` asks for its sign, shape, number
  or formula, with ``.mlp-choices``; afterwards its ``data-verdict`` is right or wrong.
- ``.mlp-root[data-live][data-updates]``: whether the numbers follow the hand, and how many updates lie behind;
  ``.mlp-course`` has them with J and its trail, ``[data-do=again|run]``, the ``[data-part=pace]`` of a run and
  ``[data-part=back]``, which goes back over the updates. An edit may carry what they have led to.
- ``.mlp-projector`` is the projector view, ``[data-alone=network|sum|product|code]`` one face of it alone (keys 1 to 4,
  0 for all), ``.mlp-black`` a black screen (B or .); ``[data-do=notation]`` opens the page's notation there.
- ``.mlp-edit``: the field for typing a number; ``.mlp-refusal`` says why what was typed is not taken.

Formulas travel as LaTeX and are set by the page's own KaTeX (``typesetting.py``); no formula that is not shown stands
in the page.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from functools import partial
from typing import Any

import streamlit as st

from ...setup.setup import BY_NAME, CODES, PREDICTING, replaced
from ..shell import browser, session, teaching
from ..shell.browser import Does
from ..shell.translation import told, translations
from ..shell.url import MOVING
from .assets import read, script, style
from .frame import FRAMES, Frame
from .payload import Payload

NUMBERS, REFUSED, HEARD = "mlpviz.numbers", "mlpviz.refused edit", "mlpviz.heard"
EVENTS = ("edit", "undo", "redo", "grain", "predict", "look")
"""What can be done in the stepper that the server is told."""

AT = tuple(name for name in MOVING if name not in ("step", "line"))
"""Where a stepper stands besides its step, and how it is looked at there."""

_script = st.components.v2.component(
    "mlpviz.script",
    html=f"<template>{read('stepper.html')}</template>\n",
    css=style(),
    js=script(),
    isolate_styles=False,
)
_frame = st.components.v2.component("mlpviz.frame", html="<span hidden></span>\n", js=read("frame.js"))
_component = st.components.v2.component(
    "mlpviz.stepper", html='<div class="mlp-place"></div>\n', js=read("place.js"), isolate_styles=False
)


@dataclass(frozen=True)
class Sent:
    """The two parts of a payload."""

    frame: Frame
    numbers: dict[str, Any]

    @classmethod
    def of(cls, payload: Payload, kind: Hashable, equations: Any, options: Callable[[], dict[str, Any]]) -> Sent:
        """The parts of a payload, each made only if what it depends on is new.

        The frame depends on the view, the veil, the language, the equations, and on what ``kind`` says besides.
        """
        key = (kind, payload.view, payload.veil, translations())
        frame = FRAMES.frame(key, equations, lambda: payload.frame(**options()))
        return cls(frame, session.cached(NUMBERS, (payload.update, frame), lambda: payload.numbers(frame)))


def stepper(
    sent: Sent,
    *,
    key: str = "stepper",
    does: Does | None = None,
    **options: Any,
) -> Any:
    """Mount the stepper with a payload; ``options`` (digits, start, focus, grain …) travel as they are.

    What it ``does`` when something is done in it goes by the name of that, one of ``EVENTS``, and gets its value: of an
    edit the symbol, layer, row, column and value. Another grain becomes the setup's, as does whether results are to be
    predicted.
    """
    done = {"grain": take_grain, "predict": take_predict, "look": take_look, **(does or {})}
    browser.heed(done, key)
    heard: dict[str, Any] = {f"on_{name}_change": partial(_done, key, name, done.get(name)) for name in EVENTS}
    with st.container(key="unseen"):
        _script(key="mlpviz.script")
        _frame(key="mlpviz.frame", data=sent.frame.text)
    answer = {"heard": st.session_state.get(HEARD, 0)}
    beside = looks() | teaching.options() | refused() | answer | options | {"frame": sent.frame.name}
    return _component(
        key=key,
        data=[sent.numbers | beside],  # of a dict Streamlit would ask pandas
        **heard,
    )


def looks() -> dict[str, Any]:
    """How the setup is looked at, and where in it: what was asked about, the sample seen, the entry reached."""
    setup = session.current()
    at = {name: str(value) for name in AT if (value := getattr(setup, name))}
    return {"code": setup.code, "shapes": setup.shapes, **({"at": at} if at else {})}


def _done(key: str, name: str, does: Callable[[Any], None] | None) -> None:
    """Do what was done in the stepper, and count it: it is answered even where the next one has taken it back."""
    value = st.session_state[key].get(name)
    if value and does:
        st.session_state[HEARD] = st.session_state.get(HEARD, 0) + 1
        does(value)
        note_refusal()


def note_refusal() -> None:
    """Keep why what was just done is refused, and which refusal it is: the same one twice is told twice."""
    refusal, before = session.state().refusal, st.session_state.get(REFUSED)
    if refusal:
        st.session_state[REFUSED] = told(refusal), (before[1] if before else 0) + 1


def refused() -> dict[str, Any]:
    """The last refusal, which is told beside the number that it is of."""
    return {"refused": list(known)} if (known := st.session_state.get(REFUSED)) else {}


def take_grain(grain: Any) -> None:
    session.change(lambda setup: replaced(setup, {"grain": BY_NAME["grain"].read(str(grain))}))


def take_look(wish: Any) -> None:
    """In which library's words code is shown becomes the setup's, and whether formulas have their shapes."""
    if isinstance(wish, dict) and wish.get("code") in CODES:
        session.edit(code=wish["code"], shapes=bool(wish.get("shapes")))


def take_predict(wish: Any) -> None:
    """Whether results are to be predicted becomes the setup's."""
    if isinstance(wish, dict) and wish.get("value") in ("", *PREDICTING):
        session.edit(predict=wish["value"])
