"""What the Check page says of a formula: the verdict, the parse with its shapes, what to try, and its numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ...derivation import walkthroughs
from ...derivation.checker import Factor, Suggestion, Verdict
from ...derivation.errata import EXERCISES
from ...derivation.printing.breaking import breakable
from ...derivation.walkthroughs.walkthrough import Walkthrough
from ...drawing.theme import ground
from ...maths.messages import Message
from ...setup.pages import PAGES
from ..shell import session
from ..shell.page import dark
from ..shell.toolbar import plain
from ..shell.translation import PARAMETER, _, told
from ..widgets.tables import table
from .checked import COLOURS, HEADINGS, LINES, ONCE, Checked, Tried, kind_of, sign
from .grid import numbers
from .switches import conventions, nearest, switch

Put = Callable[[str], None]

CSS = (
    "<style>"
    + "".join(
        f"[class*=st-key-verdict-{kind}] {{ border-left: 0.6rem solid {colour}; border-radius: 0.4rem; "
        f"padding: 0.7rem 1rem; background: color-mix(in srgb, {colour} 13%, transparent); }}\n"
        for kind, colour in COLOURS.items()
    )
    + """
[class*=st-key-verdict-] h3 { padding: 0; font-size: 1.45rem; }
[class*=st-key-verdict-] [data-testid=stText] {
  font-family: inherit; font-size: 1.06rem; line-height: 1.45; white-space: normal; overflow-wrap: anywhere; }
[class*=st-key-parse-] .katex-display { margin: 0; padding: 0.2rem 0 0.7rem; overflow: auto hidden; }
[class*=st-key-parse-] .katex-display > .katex { font-size: 1.4em; }
[class*=st-key-parse-] .katex .fbox { border-width: 2px; border-radius: 4px; }
.st-key-derived a { white-space: normal; height: auto; }
.st-key-derived a p { white-space: normal; text-align: left; }
[class*=st-key-factors] :is(th, td), .st-key-right-in :is(th, td) { padding: 0.15rem 0.5rem; }
[class*=st-key-suggestions] [data-testid=stCode] pre { padding: 0.45rem 0.7rem; }
@media (max-width: 640px) {
  [class*=st-key-parse-] .katex-display > .katex { font-size: 1.1em; }
  [class*=st-key-suggestions] [data-testid=stLayoutWrapper]:has([data-testid=stCode]) { flex-basis: 100%; }
}
</style>"""
)


def styles() -> None:
    st.html(CSS)


def verdict(checked: Checked, put: Put, guarded: bool = False) -> None:
    """The verdict and suggestions on one side, the numbers on the other; ``guarded``, nothing says what is right."""
    styles()
    box(checked, checked.verdict, guarded=guarded)
    sides(checked)
    parse(checked, checked.verdict, "formula")
    left, right = st.columns([6, 5], gap="medium")
    with left:
        if not guarded:
            ways_on(checked, put)
        factors(checked.verdict.factors)
        conventions(checked)
    with right:
        numbers(checked)


def ways_on(checked: Checked, put: Put) -> None:
    """What to try instead, in which convention it is right, and where what is right is derived."""
    suggestions(checked.verdict, put)
    switch(nearest(checked))
    with st.container(key="derived"):
        derived(checked)


def box(tried: Tried, found: Verdict, name: str = "formula", guarded: bool = False) -> DeltaGenerator:
    """The verdict in a word with its sign, and its sentences; ``guarded``, only the causes."""
    kind = kind_of(found, tried.notation)
    heading, sentences = headed(found, kind, found.hints if guarded else found.remarks)
    panel = st.container(key=f"verdict-{kind}-{name}", gap="small")
    with panel:
        st.markdown(f"### {sign(HEADINGS[kind][1])} {plain(told(heading))}")
        for sentence in sentences:
            st.text(told(sentence))
    return panel


def headed(found: Verdict, kind: str, sentences: Sequence[Message]) -> tuple[Message, Sequence[Message]]:
    """The heading and what stands below it: a sentence that begins with its verdict is not said twice."""
    key = found.findings[0].key if found.findings else ""
    if key not in ONCE or sentences[:1] != found.sentences[:1]:
        return Message(HEADINGS[kind][0]), sentences
    first, rest = (Message(template, **sentences[0].details) for template in ONCE[key])
    return first, (rest, *sentences[1:])


def parse(tried: Tried, found: Verdict, name: str) -> None:
    latex = tried.latex(found, ground(dark()))
    if latex:
        with st.container(key=f"parse-{name}"):
            st.latex(breakable(latex))


def sides(checked: Checked) -> None:
    """Each side of a derivation with its verdict."""
    if len(checked.verdict.sides) < 2:
        return
    rows = []
    for each in checked.verdict.sides:
        word, icon = LINES[each.kind]
        rows.append([f"{sign(icon)} {_(word)}", "= " + plain(each.formula or _("not read"))])
    with st.container(key="sides"):
        table(["", _("each side")], rows)


def suggestions(found: Verdict, put: Put, name: str = "") -> None:
    """Formulas that multiply, each with its verdict and a button that puts it into the box."""
    caption = _("What would multiply") if found.kind == "shape" else _("What to try instead")
    offered(found.suggestions, caption, put, name)


def offered(texts: Sequence[Suggestion], caption: str, put: Put, name: str = "") -> None:
    """Texts with their verdicts, each with a button that puts it into the box."""
    if not texts:
        return
    with st.container(key=f"suggestions{name}", gap="small"):
        st.caption(caption)
        for number, each in enumerate(texts):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                with st.container(width="stretch"):
                    st.code(each.text, language=None, wrap_lines=True)
                word = _("right") if each.right else _("multiplies, not right")
                icon = "check_circle" if each.right else "error"
                st.markdown(f"{sign(icon)} {word}", width="content")
                st.button(_("Try it"), key=f"try{name} {number}", on_click=put, args=(each.text,))


def factors(parts: tuple[Factor, ...], name: str = "") -> None:
    """Every part of the formula with its shape, in names and in numbers."""
    if not parts:
        return
    title = _("Every part with its shape")
    with st.expander(title, icon=":material/account_tree:"), st.container(key=f"factors{name}"):
        shapes(parts)


def shapes(parts: Sequence[Factor]) -> None:
    rows = []
    for each in parts:
        named = " × ".join(each.dimensions) if each.dimensions else _("does not multiply")
        here = " × ".join(map(str, each.size)) if each.size else "–"
        rows.append(("  " * each.depth + plain(each.text), named, here))
    table([_("part"), _("shape"), _("here")], rows)


def derived(checked: Checked) -> None:
    code, target = session.current().exercise, checked.verdict.target
    if code in EXERCISES:
        walkthrough: Walkthrough | None = walkthroughs.correcting(code)
    else:
        walkthrough = walkthroughs.deriving(target, checked.parameters.architecture)
    if walkthrough is None:
        return
    query = {key: text for key, text in session.query().items() if key not in ("line", "layer")}
    query |= {"walkthrough": walkthrough.name, "layer": str(target.layer or 0)}
    lang = st.query_params.get(PARAMETER)
    query |= {PARAMETER: lang} if lang else {}
    st.page_link(
        PAGES["derive"].script,
        label=_("Show me where this is derived: {title}").format(title=_(walkthrough.title)),
        icon=":material/route:",
        query_params=query,
    )
