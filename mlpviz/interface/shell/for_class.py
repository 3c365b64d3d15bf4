"""A link for a class: what of the page it shows, where it stops, what it keeps back and what it holds fast.

What is chosen here is of the link alone: the page of the one who makes it stays as it is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import streamlit as st

from ...drawing import qr
from ...maths.equations import steps
from ...maths.messages import N_, Message
from ...setup.beside import BESIDE, FACES
from ...setup.checks import architecture_of
from ...setup.fixing import FIXES
from ...setup.link import as_text
from ...setup.setup import Setup
from . import session
from .addresses import address, here, shareable
from .owner import owner
from .translation import _, told

STEPPING = ("step", "derive")
"""The pages that have a stepper."""

RESULTS = {"": N_("at once"), "1": N_("after →"), "guess": N_("after a guess")}
PARTS = {
    "network": N_("the network"),
    "sum": N_("the sum"),
    "product": N_("the product"),
    "code": N_("the code"),
    "ledger": N_("every number"),
}
assert tuple(PARTS) == FACES, "a part of the stepper has no title"

CODES = "mlpviz.codes"
"""The short codes that this session has had made, by their queries."""

WIDTH, LINK = 656, 210  # pixels of the panel and, in it, of the link; on a narrow screen they stand below one another

QR = 190  # pixels along a side

CSS = """<style>
[data-testid=stPopoverBody]:has(.st-key-class) { max-height: calc(100vh - 6.25rem) !important; padding-block: 0.75rem; }
.st-key-class, .st-key-class [data-testid=stVerticalBlock] { gap: 0.35rem; }
.st-key-class [data-testid=stWidgetLabel] { min-height: 0; margin: 0; }
.st-key-class [data-testid=stRadioGroup] { min-height: 0; gap: 0 0.8rem; }
.st-key-class [data-testid=stRadioOption] { min-height: 1.6rem; padding-block: 0; }
.st-key-class-parts { flex-wrap: wrap; }
.st-key-class-parts > :has(> .st-key-class-choices) { flex: 1 1 min(24rem, 100%); }
.st-key-class-link pre { padding: 0.5rem 0.75rem; }
</style>"""


def panel() -> None:
    """What the link is to have, the link, and both as a code for phones."""
    st.html(CSS)
    with st.container(width=WIDTH, key="class", gap="small"):
        query, _without_text = shareable()
        if query is None:
            st.warning(_("This setup is too long for a link, so there is none for a class."))
            return
        with st.container(horizontal=True, key="class-parts", gap="small"):
            with st.container(width="stretch", key="class-choices"):
                made = session.with_beside(*wanted(query, session.current()))
            with st.container(width=LINK, key="class-link"):
                link(made)
        st.caption(_("Such a link hides and holds fast, but it does not protect: whoever edits the address sees all."))


def wanted(query: Mapping[str, str], setup: Setup) -> tuple[dict[str, str], dict[str, str]]:
    """The query of the setup, and what stands beside it, as they are chosen."""
    kept = {name: value for name, value in session.state().beside.items() if BESIDE[name].along}
    own = {name: text for name, text in query.items() if name != "predict"}
    if setup.page in STEPPING:
        results = choice(_("Results"), "results", RESULTS, setup.predict)
        own |= {"predict": results} if results else {}
        kept |= shown_of(setup)
    kept |= held()
    written = {name: BESIDE[name].codec.write(value) for name, value in kept.items() if BESIDE[name].stays}
    return own, written


def choice(label: str, key: str, titles: Mapping[str, str], value: str = "") -> str:
    """One of a few by title; at first what is on screen."""
    options = list(titles)
    chosen = st.radio(
        label,
        options,
        index=options.index(value),
        format_func=lambda each: _(titles[each]),
        horizontal=True,
        key=f"class {key}",
    )
    return str(chosen or "")


def several(label: str, key: str, titles: Mapping[str, str], default: Sequence[str] = ()) -> list[str]:
    """Some of a few by title, in their order."""
    chosen: Any = st.pills(
        label,
        list(titles),
        selection_mode="multi",
        default=list(default),
        format_func=lambda each: _(titles[each]),
        key=f"class {key}",
    )
    return [each for each in titles if each in chosen]


def shown_of(setup: Setup) -> dict[str, Any]:
    """What of the stepper is shown, where it stops and what it keeps back."""
    faces = several(_("Show"), "faces", PARTS, tuple(PARTS))
    found: dict[str, Any] = {"faces": tuple(faces)} if 0 < len(faces) < len(PARTS) else {}
    on_step = setup.page == "step"
    until = setup.step if on_step else setup.line
    stop = _("Stop at this step") if on_step else _("Stop at this line")
    if st.checkbox(stop, key="class until"):
        found["until"] = until
    if on_step and (target := target_at(setup)):
        keep = _("Keep back what this step computes, and all that follows from it")
        if st.checkbox(keep, key="class veil"):
            found["veil"] = (target,)
            st.caption(_("Its numbers are not sent, but whoever has the inputs can compute them."))
    return found


def target_at(setup: Setup) -> str:
    """The array that the present step computes, if a link can keep it back."""
    passed = steps(architecture_of(setup))
    target = str(passed[setup.step].equation.target) if setup.step < len(passed) else ""
    try:
        BESIDE["veil"].read(target)
    except ValueError:
        return ""
    return target


def held() -> dict[str, Any]:
    """What the link holds fast, and whether the page has its menu."""
    fix = several(_("Fix"), "fix", {word: title for word, (title, _names) in FIXES.items()})
    found: dict[str, Any] = {"fix": tuple(fix)} if fix else {}
    return found | ({"bare": "1"} if st.checkbox(_("Without the menu"), key="class bare") else {})


def link(query: dict[str, str]) -> None:
    """The link and its QR code; a short one if it is asked for."""
    text = as_text(query)
    code = st.session_state.setdefault(CODES, {}).get(text)
    long = address(query)
    shown = f"{here()}?s={code}" if code else long
    if len(shown) <= qr.MOST:
        st.image(qr.qr_svg(shown), width=QR, alt=_("QR code of the link"))
    st.code(shown, language=None, wrap_lines=True)
    if code:
        st.caption(told(Message("Good for {days} days; the long link is good for ever.", days=days_good())))
    else:
        st.button(_("Make it short"), key="class short", icon=":material/link:", on_click=shorten, args=(text,))


def days_good() -> int:
    from ...rooms.links import DAYS  # and with it the database's driver, which nobody else needs

    return DAYS


def shorten(text: str) -> None:
    """Have a short code made for a query."""
    from ...rooms.links import shorten

    try:
        st.session_state[CODES][text] = shorten(text, owner())
    except ValueError as error:
        session.refuse(error)
