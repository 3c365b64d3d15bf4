"""What the Check page says of a formula: the verdict, the parse with its shapes, what to try, and its numbers."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from ...derivation import walkthroughs
from ...derivation.checker import Verdict
from ...derivation.errata import EXERCISES
from ...derivation.walkthroughs.walkthrough import Walkthrough
from ...maths.messages import Message
from ...setup.pages import PAGES
from ..shell import session
from ..shell.toolbar import plain
from ..shell.translation import _, told
from .checked import COLOURS, HEADINGS, ONCE, Checked, Tried, kind_of, sign
from .grid import numbers
from .mending import sided
from .parts import Put, factors, parse, suggestions
from .sides import sides
from .switches import conventions, nearest, switch

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
[class*=st-key-parse-] .katex-display > .katex { font-size: 1.4em; padding-inline: 0 0.2em; }
[class*=st-key-parse-] .katex .fbox { border-width: 2px; border-radius: 4px; }
.st-key-derived a { white-space: normal; height: auto; }
.st-key-derived a p { white-space: normal; text-align: left; }
[class*=st-key-factors] :is(th, td), .st-key-right-in :is(th, td) { padding: 0.15rem 0.5rem; }
[class*=st-key-folded] details { border: none; }
[class*=st-key-folded] summary { padding: 0.1rem 0.4rem 0.3rem; min-height: 0; font-size: 0.9rem; }
[class*=st-key-line-] { padding: 0.2rem 0 0.6rem 0.6rem; }
[class*=st-key-line-] [data-testid=stText] { font-family: inherit; white-space: normal; overflow-wrap: anywhere; }
[class*=st-key-suggestions] [data-testid=stCode] pre { padding: 0.45rem 0.7rem; }
@media (max-width: 40em) {
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
    sides(checked, put, guarded)
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
    suggestions(checked.verdict, lambda formula: put(sided(checked.text, formula)))
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


def derived(checked: Checked) -> None:
    code, target = session.current().exercise, checked.verdict.target
    if code in EXERCISES:
        walkthrough: Walkthrough | None = walkthroughs.correcting(code)
    else:
        walkthrough = walkthroughs.deriving(target, checked.parameters.architecture)
    if walkthrough is None:
        return
    query = {key: text for key, text in session.whole_query().items() if key not in ("line", "layer")}
    query |= {"walkthrough": walkthrough.name, "layer": str(target.layer or 0)}
    st.page_link(
        PAGES["derive"].script,
        label=_("Show me where this is derived: {title}").format(title=_(walkthrough.title)),
        icon=":material/route:",
        query_params=query,
    )
