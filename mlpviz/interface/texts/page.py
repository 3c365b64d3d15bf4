"""The Texts page: a card for every source text, and the items of the open one, each with its line and its mistakes."""

from __future__ import annotations

import streamlit as st

from ...derivation.checker.findings import CONVENTIONS
from ...derivation.errata import ERRATA, Erratum, Exercise
from ...derivation.hands import HANDS
from ...derivation.printing.text import spoken
from ...derivation.texts import TEXTS, Item, Text
from ...derivation.view import View
from ...derivation.walkthroughs import WALKTHROUGHS
from ...examples.presets import PRESETS
from ...lessons.question import symbol_of
from ...maths.messages import Message, counted, verbatim
from ...setup.checks import architecture_of
from ...setup.pages import PAGES
from ...setup.setup import Setup, replaced
from ..shell import lesson_list, session
from ..shell.letters import written
from ..shell.presets import preset_setup
from ..shell.toolbar import bar, plain
from ..shell.translation import _, told, told_together
from ..shell.ways import by_hand, way_to
from ..stepper import texts as step_texts
from ..widgets import exercises
from ..widgets.words import glossary
from .places import Located, shown

FIRST = "S4"
"""The text that is open for who has chosen none: its question is the one the program opens with."""

BILINGUAL = "S3"
"""The text that is read beside another for the words of both languages."""

CSS = """<style>
[class*=st-key-card-] { padding: 0.5rem 0.75rem; }
[class*=st-key-card-] button { text-align: left; padding: 0; min-height: 0; }
.st-key-card-open { box-shadow: inset 3px 0 0 var(--mlp-positive); }
.st-key-items [data-testid=stHorizontalBlock] { padding-top: 0.5rem;
  border-top: 1px solid color-mix(in srgb, currentColor 15%, transparent); }
.st-key-items [data-testid=stColumn] > [data-testid=stVerticalBlock] { gap: 0.1rem; }
.st-key-items :is([data-testid=stPageLink] a, button) { padding: 0.1rem 0.3rem; height: auto; }
.st-key-items button { min-height: 0; text-align: left; }
.st-key-items :is([data-testid=stPageLink] a, button) p { white-space: normal;
  text-decoration: underline; text-decoration-color: var(--mlp-positive); text-underline-offset: 0.2em; }
.st-key-items .katex { white-space: normal; }
.st-key-items [data-testid=stCaptionContainer] { overflow-x: auto; }
</style>"""


def toolbar() -> None:
    with bar():
        st.markdown(_("What the texts explain, in their own order: each point leads to the line where it is shown."))


def shelf() -> None:
    """The lessons, then the cards, and beside them the items of the open text."""
    st.html(CSS)
    lesson_list.shelf()
    text = opened()
    left, right = st.columns([2, 7], gap="large")
    with left:
        for each in TEXTS.values():
            card(each, each is text)
    with right, st.container(key="text"):
        st.markdown(f"### {_(text.title)}")
        st.caption(_(text.about))
        written_like(text)
        items(text)
        if text.code == BILINGUAL:
            words(text)


def opened() -> Text:
    """The text that is open: the one chosen here, or the first that is in the learner's hand."""
    setup = session.current()
    hand = setup.hand
    in_hand = (each.code for each in TEXTS.values() if hand in each.hands)
    return TEXTS[setup.text or next(in_hand, FIRST)]


def card(text: Text, is_open: bool) -> None:
    """A text's title, language and what there is of it."""
    with st.container(border=True, key="card-open" if is_open else f"card-{text.code}", gap="xxsmall"):
        st.button(_(text.title), key=f"open {text.code}", type="tertiary", on_click=open_text, args=(text.code,))
        st.caption(" · ".join(map(told, contents(text))))


def open_text(code: str) -> None:
    session.edit(text=code)


def contents(text: Text) -> list[Message]:
    mistakes = len(mistakes_of(text))
    return [
        Message(text.language),
        counted("{count} point", "{count} points", len(text.items)),
        counted("{count} mistake", "{count} mistakes", mistakes),
    ]


def mistakes_of(text: Text) -> list[Erratum]:
    """All mistakes of a text: those that stand beside its items, and the others."""
    return [each for each in ERRATA.values() if each.text == text.code or each.code in text.errata]


def written_like(text: Text) -> None:
    """One choice that writes every formula as the text does."""
    hand, setup = HANDS[text.hand], session.current()
    with st.container(horizontal=True, vertical_alignment="center"):
        there = setup.hand == text.hand and setup.notation == hand.notation
        label = _("Everything is written like this text") if there else _("Write everything like this text")
        icon = ":material/check:" if there else ":material/edit:"
        st.button(label, key="write like", icon=icon, disabled=there, on_click=write_like, args=(text.hand,))
        if hand.remark:
            st.caption(_(hand.remark), width="content")


def write_like(hand: str) -> None:
    session.write_like(hand)


def items(text: Text) -> None:
    with st.container(key="items", gap="xsmall"):
        for item in text.items:
            words, places = st.columns(2, gap="medium")
            with words:
                told_by(item)
            with places:
                where(text, item)
        letters_of(text)
        others = [each for each in mistakes_of(text) if each.code not in text.errata]
        if others:
            st.markdown("##### " + _("Other mistakes of this text"))
            for each in others:
                mistake(each)


def words(text: Text) -> None:
    """The words of the texts in their languages."""
    setup = by_hand(preset_setup(text.preset), text.hand)
    st.markdown("##### " + _("The words in English and Chinese"))
    glossary(View(architecture_of(setup), len(setup.X), setup.notation), len(setup.widths) - 1)


def letters_of(text: Text) -> None:
    """What the text calls the numbers of its presets."""
    for preset in text.letters:
        setup = by_hand(preset_setup(preset), text.hand)
        heard = told_together([_("in the text, and here:"), written(text, setup)])
        st.markdown(f"**{_(PRESETS[preset].title)}** · {heard}")


def told_by(item: Item) -> None:
    """What the text says: a few words, and a formula of its own."""
    formula = f"  \n${item.formula}$" if item.formula else ""
    st.markdown(f"**{item.number}** · {_(item.words)}{formula}")


def where(text: Text, item: Item) -> None:
    """The lines that show an item, and the mistakes beside it."""
    there = [shown(text, item, address) for address in item.places]
    for each, name in zip(there, names_of(item, there), strict=True):
        link(text, each.setup, name)
    for code in item.errata:
        mistake(ERRATA[code])


def link(text: Text, setup: Setup, label: str, icon: str = ":material/arrow_forward:") -> None:
    """A link to a setup, from which this text is one click away."""
    query = session.with_beside(way_to(replaced(setup, {"text": text.code})))
    session.points(setup.page, query)
    st.page_link(PAGES[setup.page].script, label=plain(label), icon=icon, query_params=query)


def names_of(item: Item, there: list[Located]) -> list[str]:
    """What the places of an item are called, each by another name."""
    names = [name_of(each, bool(address.line)) for address, each in zip(item.places, there, strict=True)]
    called = [(name, address.target) for name, address in zip(names, item.places, strict=True)]
    return [
        name if names.count(name) == 1 else apart(name, target, each.setup, called.count((name, target)) == 1)
        for (name, target), each in zip(called, there, strict=True)
    ]


def apart(name: str, target: str, setup: Setup, by_array: bool) -> str:
    """A name that another place has too, with its array or, if the other has the same, how W lies there."""
    single = setup.page == "derive" and not WALKTHROUGHS[setup.walkthrough].batch
    view = View(architecture_of(setup), 1 if single else len(setup.X), setup.notation)
    part = spoken(symbol_of(target), view) if by_array else Message(CONVENTIONS["weights"][setup.notation.weights])
    return told(Message("{where}, {part}", where=verbatim(name), part=part))


def name_of(there: Located, by_title: bool) -> str:
    """What the line or the step at a place is called and where it stands; or the walkthrough, if all of it is meant."""
    setup = there.setup
    if there.line and not by_title:
        return _(WALKTHROUGHS[setup.walkthrough].title)
    if there.line:
        inside, title = Message(WALKTHROUGHS[setup.walkthrough].title), message(there.line.title)
    elif there.step:
        inside, title = Message(PAGES[setup.page].title), step_title(there)
    else:
        return _("Check this product")
    return told(Message("{place}: {title}", place=inside, title=title))


def step_title(there: Located) -> Message:
    """What a step is called, with its layer if others are called the same."""
    assert there.step
    title, target = verbatim(step_texts.title(there.step)), there.step.equation.target
    if target.layer is None:
        return title
    return Message("{step}, layer {number}", step=title, number=there.setup.notation.number(target))


def message(title: str) -> Message:
    return title if isinstance(title, Message) else Message(title)


def mistake(erratum: Erratum) -> None:
    """A mistake of the text: an exercise to be opened, or what is right instead."""
    if isinstance(erratum, Exercise):
        exercises.button(erratum, "texts")
        return
    wrong, right = f"${told(erratum.wrong)}$", f"${told(erratum.right)}$"
    sentence = _("The text has {wrong}; right is {right}.").format(wrong=wrong, right=right)
    st.caption(told_together([sentence, _(erratum.why)]))
