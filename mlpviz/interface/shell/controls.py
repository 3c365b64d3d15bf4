"""The controls of the setup as widgets: each shows a property, and hands what is chosen or typed to the session.

A widget never keeps a value of its own: before it is drawn it is given the setup's, so undo, links and presets show
everywhere. Only a text that was refused stays as it was typed, to be mended, while the page says why.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

import streamlit as st

from ...derivation.hands import HANDS
from ...derivation.notation import CHOICES
from ...derivation.printing.latex import equation_latex
from ...derivation.view import View
from ...examples.presets import PRESETS
from ...maths.architecture import Architecture
from ...maths.equations import equation
from ...maths.losses import REDUCTIONS
from ...maths.messages import Message, counted
from ...maths.wide import narrow
from ...setup import limits
from ...setup.setup import BY_NAME, GRAINS, Setup
from . import browser, session, teaching
from .presets import preset_setup
from .translation import _, told

LYING, STANDING = ":material/crop_16_9: ", ":material/crop_portrait: "  # a row and a column as pictures
SWITCHBOARD = 484  # pixels, or less on a narrow screen
REFUSED = "mlpviz.refused"
GIVEN = "mlpviz.given"  # the value of each widget before the one that it shows, and that one
ENTRIES = "mlpviz.entries"  # those of each menu
ALL = -1  # the whole batch in the menu of samples: a menu takes None for nothing chosen
MANY_SAMPLES = 50  # above this a sample is chosen by typing its number


def chosen(widget: Callable[..., Any], name: str, label: str, take: Callable[[Any], Any], **options: Any) -> None:
    shown(widget, f"setup.{name}", BY_NAME[name].get(session.current()), label, take, **options)


def shown(
    widget: Callable[..., Any], key: str, value: Any, label: str, take: Callable[[Any], Any], **options: Any
) -> None:
    """A widget that shows a value and passes a new one to ``take``."""
    st.session_state[key] = value  # in every run: a widget that was not drawn in the last one has lost its value
    held = {"disabled": True} if teaching.fixed(key.removeprefix("setup.").partition(" ")[0]) else {}
    st.session_state.setdefault(ENTRIES, {})[key] = options.get("options")
    shows = widget(label, key=key, on_change=_hand_over, args=(key, take), **options | held)
    given = st.session_state.setdefault(GIVEN, {})
    if given.setdefault(key, [shows])[-1] != shows:
        given[key] = [given[key][-1], shows]


def _hand_over(key: str, take: Callable[[Any], Any]) -> None:
    if _is_gone(key) or (_is_old(key) and (browser.acting() or not all(map(_is_old, st.session_state.get(GIVEN, ()))))):
        return  # something else was done, before the browser had heard what this widget shows now
    value = st.session_state[key]
    take(narrow(value) if isinstance(value, str) else value)


def _is_old(key: str) -> bool:
    """Whether a widget has, if it is there, a value that it was given last or before, or one its menu lacks now."""
    given = st.session_state.get(GIVEN, {}).get(key, ())
    return key not in st.session_state or st.session_state[key] in given or _is_gone(key)


def _is_gone(key: str) -> bool:
    """Whether a menu has an entry that it has no longer: the browser sends its words, and these are no value now."""
    entries = st.session_state.get(ENTRIES, {}).get(key)
    value = st.session_state.get(key)
    return entries is not None and isinstance(value, str) and value not in entries


def typed(name: str, label: str, take: Callable[[Any], Any] | None = None, **options: Any) -> None:
    """A text field for a property in the form of a link; a text that cannot be read is refused in one sentence."""
    prop = BY_NAME[name]

    def read(text: str) -> None:
        try:
            value = prop.read(text or "")
        except ValueError as error:
            session.refuse(error)
        else:
            (take or (lambda read_value: session.edit(**{name: read_value})))(value)
        st.session_state[REFUSED] = name, text, session.state().refusal

    shown(st.text_input, f"setup.{name}", refused(name) or prop.write(session.current()), label, read, **options)


def refused(name: str) -> str:
    """The text that was refused in a field, while the page says why."""
    field, text, refusal = st.session_state.get(REFUSED, ("", "", ""))
    return text if refusal and (field, refusal) == (name, session.state().refusal) else ""


def picked(
    name: str,
    label: str,
    titles: dict[Any, str],
    widget: Any = None,
    take: Callable[..., Any] | None = None,
    **options: Any,
) -> None:
    """A choice among a few values by title; what is chosen is an edit, or goes to ``take`` by the property's name."""
    edit = take or session.edit

    def title(value: Any) -> str:
        return titles.get(value, str(value))

    widget, options = (widget, options) if widget else (st.radio, {"horizontal": True, **options})
    chosen(widget, name, label, lambda value: edit(**{name: value}), options=list(titles), format_func=title, **options)


def preset(**options: Any) -> None:
    """The menu of the presets; what is none of them, or is changed, has an entry of its own above them.

    So a preset that is chosen again brings its own setup back.
    """
    setup = session.current()
    titles = {name: _(entry.title) for name, entry in PRESETS.items()}
    value = "" if name_of(setup) else setup.preset
    titles = titles if value else {"": told(name_of(setup)), **titles}
    menu = {"options": list(titles), "format_func": titles.__getitem__, **options}
    shown(st.selectbox, "setup.preset", value, _("Preset"), lambda name: name and session.open_preset(name), **menu)


def name_of(setup: Setup) -> Message | str:
    """What a setup is called that is not a preset as it is; nothing for one that is."""
    if not is_presets(setup):
        return own_network(setup)
    if session.unchanged():
        return ""
    return Message("{preset} · changed", preset=Message(PRESETS[setup.preset].title))


def is_presets(setup: Setup) -> bool:
    """Whether the network is its preset's, whatever its numbers and its cost."""
    own = preset_setup(setup.preset)
    return not setup.stepped and (setup.widths, setup.activations) == (own.widths, own.activations)


def own_network(setup: Setup) -> Message:
    widths = "-".join(map(str, setup.widths))
    if setup.stepped:
        return Message("{widths} · from your run", widths=widths)
    return Message("{widths} · your own", widths=widths)


def hand(key: str = "setup.hand", **options: Any) -> None:
    """The menu of the texts and books whose letters and conventions all formulas can have."""
    titles = {"": _("this program"), **{name: _(each.title) for name, each in HANDS.items()}}
    menu = {"options": list(titles), "format_func": titles.__getitem__, **options}
    shown(st.selectbox, key, session.current().hand, _("Write it like"), session.write_like, **menu)


def hand_offers() -> None:
    """What the chosen hand writes otherwise and where it was read, its switches if some were changed, its network."""
    setup = session.current()
    if not setup.hand:
        return
    own = HANDS[setup.hand]
    source = f"[{urlsplit(own.source).netloc}]({own.source})" if own.source else ""
    st.caption(" · ".join(filter(None, (own.remark and _(own.remark), _(own.language), source))))
    with st.container(horizontal=True):
        if setup.notation != own.notation:
            pressed(_("As it is written there"), "hand.again", session.write_like, setup.hand)
        if setup.preset != own.preset:
            title = _("Open its network: {preset}").format(preset=_(PRESETS[own.preset].title))
            pressed(title, "hand.preset", session.open_preset, own.preset)


def pressed(label: str, key: str, take: Callable[[str], Any], value: str) -> None:
    """A button that hands a value to ``take``."""

    def press() -> None:
        take(value)

    st.button(label, key=key, on_click=press)


Titles = dict[str, tuple[str, dict[Any, str]]]


def notation_titles() -> Titles:
    """The title of every switch of the notation, and those of its values."""
    return array_titles() | letter_titles() | equation_titles()


def array_titles() -> Titles:
    """The switches that say how arrays lie and how layers, rows and columns are counted.

    Which layout turns ∂u/∂v which way has a name only where samples are columns.
    """
    here = session.current().notation
    layouts = {"denominator": "v", "numerator": "vᵀ"}
    if here.orientation == "columns":
        layouts = {"denominator": _("v (denominator layout)"), "numerator": _("vᵀ (numerator layout)")}
    return {
        "orientation": (_("A sample is a"), {"rows": LYING + _("row"), "columns": STANDING + _("column")}),
        "layout": (_("∂{cost}/∂v has the shape of").format(cost=here.cost), layouts),
        "weights": (_("W is"), {"out_in": _("(out, in)"), "in_out": _("(in, out)")}),
        "first_layer": (_("Count layers from"), {}),
        "first_index": (_("Count rows and columns from"), {}),
        "brackets": (
            _("Layer l is written"),
            {"round": "a⁽ˡ⁾", "square": "a[l]", "none": "aˡ"},
        ),
    }


def letter_titles() -> Titles:
    """The switches that say which letters are written."""
    here = session.current().notation
    total, active = tuple(here.letters)
    errors = {"delta": "δ", "slope": f"∂{here.cost}/∂{total}", "nabla": f"∇{here.cost}", "d": f"d{total}"}
    return {
        "output": (_("The output is"), {"a": active, "yhat": "ŷ", "y": _("y, label ŷ"), "yt": _("y, label t")}),
        "cost": (_("The cost is called"), {}),
        "error": (_("The error is"), errors),
        "input": (_("The input is"), {"x": "x", "a": f"{active}⁽⁰⁾" if here.first_layer == 0 else f"{active}⁽¹⁾"}),
        "letters": (_("Sum and activation are"), {each: ", ".join(each) for each in CHOICES["letters"]}),
        "activation": (_("Activation functions are"), {"named": _("named"), "sigma": "σ", "phi": "φ"}),
    }


def equation_titles() -> Titles:
    """The switches that equations show best: by how weights are numbered, and where 1/m stands."""
    return {
        "numbered": (
            _("W and b carry the number of the layer that they"),
            {
                "enters": _("lead to: {formula}").format(formula=written_so("affine map", numbered="enters")),
                "leaves": _("leave: {formula}").format(formula=written_so("affine map", numbered="leaves")),
            },
        ),
        "division": (
            _("The 1/m of a mean stands in"),
            {
                "error": _("the error: {formula}").format(formula=written_so("output error", division="error")),
                "gradients": _("the gradients: {formula}").format(
                    formula=written_so("weight gradient", division="gradients")
                ),
            },
        ),
    }


SMALL = Architecture((2, 3, 4), ("sigmoid", "sigmoid"), "binary_cross_entropy", "mean_samples", bias=False)
"""A network whose formulas are examples."""


def written_so(name: str, **switches: Any) -> str:
    """An equation of the last layer as an example of some switches, beside all others as they are."""
    view = View(SMALL, 5, replace(session.current().notation, **switches))
    return f"${equation_latex(equation(SMALL, name, SMALL.depth), view)}$"


def switchboard(side: str) -> None:
    """Whose hand, the notation, and what of it is shown; no number that is stored changes except by the reduction.

    It lies over the ``side`` of the page, left or right, where there is no formula.
    """
    with st.container(key=f"switchboard-{side}", width=SWITCHBOARD):
        hand()
        hand_offers()
        left, right = st.columns(2)
        with left:
            switches(array_titles())
            reduction()
            sample()
        with right:
            switches(letter_titles())
            picked("grain", _("One step computes"), dict(zip(GRAINS, (_("a matrix"), _("an entry")), strict=True)))
            digits()
        switches(equation_titles())


def switches(titles: Titles) -> None:
    for name, (label, values) in titles.items():
        picked(name, label, {value: values.get(value, str(value)) for value in CHOICES[name]})


def reduction() -> None:
    titles = {name: _(entry.title) for name, entry in REDUCTIONS.items()}
    picked("reduction", _("The cost is the"), titles, st.selectbox)


def digits() -> None:

    def take(value: int | None) -> None:
        session.edit(digits=session.current().digits if value is None else value)

    chosen(st.number_input, "digits", _("Digits shown"), take, min_value=0, max_value=limits.DIGITS, step=1)


def sample() -> None:
    setup = session.current()
    count, first = len(setup.X), setup.notation.first_index
    if count == 1:
        return
    if count > MANY_SAMPLES:
        _sample_by_number(count, first)
        return
    whole = counted("the whole batch ({count} sample)", "the whole batch ({count} samples)", count)
    names = {ALL: told(whole), **{k: _("sample {number}").format(number=k + first) for k in range(count)}}
    menu: dict[str, Any] = {"options": list(names), "format_func": names.__getitem__}
    shown(st.selectbox, "setup.sample", here_or_all(setup), _("Formulas are for"), take_sample, **menu)


def here_or_all(setup: Setup) -> int:
    return ALL if setup.sample is None else setup.sample


def take_sample(sample: int) -> None:
    session.edit(sample=None if sample == ALL else sample)


def _sample_by_number(count: int, first: int) -> None:
    """A field for the number of a sample; empty for the whole batch."""
    here = session.current().sample

    def take(value: int | None) -> None:
        session.edit(sample=None if value is None else value - first)

    label = _("Formulas are for sample (empty: all {count})").format(count=count)
    value = None if here is None else here + first
    shown(st.number_input, "setup.sample number", value, label, take, min_value=first, max_value=count - 1 + first)


def layer_name(layer: int) -> str:
    return str(layer + session.current().notation.first_layer)


def index_labels(count: int) -> Sequence[str]:
    first = session.current().notation.first_index
    return [str(k + first) for k in range(count)]
