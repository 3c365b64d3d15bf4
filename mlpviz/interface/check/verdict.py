"""What the Check page says of a formula: the verdict, the parse with its shapes, what to try, and its numbers."""

from __future__ import annotations

from collections.abc import Callable
from math import prod

import streamlit as st

from ...derivation import walkthroughs
from ...derivation.checker import Factor, Verdict
from ...derivation.checker.findings import CONVENTIONS, differences
from ...derivation.errata import EXERCISES
from ...derivation.printing.breaking import breakable
from ...drawing.theme import ground
from ...maths.messages import Message, listed, verbatim
from ...setup.pages import PAGES
from ..shell import controls, session
from ..shell.page import dark
from ..shell.toolbar import plain
from ..shell.translation import PARAMETER, _, told
from ..widgets.tables import table
from .checked import COLOURS, HEADINGS, Checked, kind_of, sign
from .grid import numbers

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
.st-key-factors th, .st-key-factors td, .st-key-conventions th, .st-key-conventions td { padding: 0.15rem 0.5rem; }
.st-key-suggestions [data-testid=stCode] pre { padding: 0.45rem 0.7rem; }
@media (max-width: 640px) { [class*=st-key-parse-] .katex-display > .katex { font-size: 1.1em; } }
</style>"""
)


def verdict(checked: Checked, put: Put, guarded: bool = False) -> None:
    """The verdict and suggestions on one side, the numbers on the other; ``guarded``, nothing says what is right."""
    styles()
    box(checked, guarded=guarded)
    if checked.verdict.kind == "refused":
        return
    parse(checked, "formula")
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
    elsewhere(checked)
    with st.container(key="derived"):
        derived(checked)


def styles() -> None:
    st.html(CSS)


def box(checked: Checked, name: str = "formula", guarded: bool = False) -> None:
    """The verdict in a word with its sign, and its sentences; ``guarded``, only the causes."""
    kind, found = kind_of(checked), checked.verdict
    title, icon = HEADINGS[kind]
    with st.container(key=f"verdict-{kind}-{name}", gap="small"):
        st.markdown(f"### {sign(icon)} {_(title)}")
        for sentence in found.hints if guarded else found.remarks:
            st.text(told(sentence))


def parse(checked: Checked, name: str) -> None:
    latex = checked.latex(ground(dark()))
    if latex:
        with st.container(key=f"parse-{name}"):
            st.latex(breakable(latex))


def suggestions(verdict: Verdict, put: Put) -> None:
    """Formulas that multiply, each with its verdict and a button that puts it into the box."""
    if not verdict.suggestions:
        return
    with st.container(key="suggestions", gap="small"):
        st.caption(_("What would multiply") if verdict.kind == "shape" else _("What to try instead"))
        for number, each in enumerate(verdict.suggestions):
            with st.container(horizontal=True, vertical_alignment="center", gap="small"):
                with st.container(width="stretch"):
                    st.code(each.text, language=None, wrap_lines=True)
                word = _("right") if each.right else _("multiplies, not right")
                icon = "check_circle" if each.right else "error"
                st.markdown(f"{sign(icon)} {word}", width="content")
                st.button(_("Try it"), key=f"try {number}", on_click=put, args=(each.text,))


def elsewhere(checked: Checked) -> None:
    """A link to the nearest convention in which the formula is right, if it is wrong in the present one."""
    if "label" in checked.verdict.causes:
        text = _("Write y for the output and ŷ for the label")
        st.button(text, key="label", icon=":material/tune:", on_click=turn, kwargs={"output": "y"})
        return
    right = checked.verdict.conventions
    if not right or checked.notation in right:
        return
    nearest = right[0]
    changes = {name: getattr(nearest, name) for name in differences(nearest, checked.notation)}
    turned = listed(Message(CONVENTIONS[name][value]) for name, value in changes.items())
    label = Message("Switch to {conventions}", conventions=turned)
    st.button(told(label), key="elsewhere", icon=":material/tune:", on_click=turn, kwargs=changes)


def turn(**switches: str) -> None:
    session.edit(**switches)


def factors(parts: tuple[Factor, ...]) -> None:
    """Every part of the formula with its shape, in names and in numbers."""
    if not parts:
        return
    with st.expander(_("Every part with its shape"), icon=":material/account_tree:"), st.container(key="factors"):
        rows = []
        for each in parts:
            named = " × ".join(each.dimensions) if each.dimensions else _("does not multiply")
            here = " × ".join(map(str, each.size)) if each.size else "–"
            rows.append(("  " * each.depth + plain(each.text), named, here))
        table([_("part"), _("shape"), _("here")], rows)


def conventions(checked: Checked) -> None:
    """In which of the conventions the formula is right."""
    right = checked.verdict.conventions
    if not right and checked.verdict.kind != "right":
        return
    every = prod(map(len, CONVENTIONS.values()))
    if checked.notation in right:
        title = Message("Right in {count} of {all} conventions, yours among them", count=len(right), all=every)
    else:
        title = Message("Right in {count} of {all} conventions, but not in yours", count=len(right), all=every)
    with st.expander(told(title), icon=":material/tune:"), st.container(key="conventions"):
        titles = controls.notation_titles()
        gradients, layouts = titles["layout"]
        heads = [f"{gradients} {layouts[layout]}" for layout in ("denominator", "numerator")]
        lines = [f"| | {heads[0]} | {heads[1]} |", "|:--|:--|:--|"]
        for orientation, of_samples in titles["orientation"][1].items():
            for weights, of_weights in titles["weights"][1].items():
                row = [mark(checked, orientation, layout, weights) for layout in ("denominator", "numerator")]
                label = _("a sample is a {sample}, W is {weights}").format(sample=of_samples, weights=of_weights)
                lines.append(f"| {label} | {row[0]} | {row[1]} |")
        st.markdown("\n".join(lines))


def mark(checked: Checked, orientation: str, layout: str, weights: str) -> str:
    key = (orientation, layout, weights)
    right = any(key == (each.orientation, each.layout, each.weights) for each in checked.verdict.conventions)
    here = key == (checked.notation.orientation, checked.notation.layout, checked.notation.weights)
    word = Message("right") if right else verbatim("–")
    shown = told(Message("{verdict} · chosen", verdict=word) if here else word)
    signed = f"{sign('check')} {shown}" if right else shown
    return f"**{signed}**" if here else signed


def derived(checked: Checked) -> None:
    code, target = session.current().exercise, checked.verdict.target
    if code in EXERCISES:
        walkthrough = walkthroughs.correcting(code)
    else:
        walkthrough = walkthroughs.deriving(target, checked.parameters.architecture)
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
