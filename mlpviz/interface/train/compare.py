"""Runs beside each other: their curves, what differs between them, and sweeps that make several at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import streamlit as st

from ...drawing.curves import Curve
from ...drawing.numbers import number as shown_number
from ...engine.training.measures import COST, CURVES
from ...jobs import folder
from ...jobs.progress import ProgressReader
from ...jobs.run import Run
from ...maths.activations import ACTIVATIONS
from ...maths.messages import N_, Message, Refusal, counted, enumerated, listed
from ...maths.wide import narrow
from ...setup.codecs import quoted, words
from ...setup.setup import BY_NAME, Setup, replaced
from ..shell import session
from ..shell.labels import COMPARED, LABELS
from ..shell.toolbar import plain
from ..shell.translation import C_, _, told
from ..widgets.figure import draw
from . import runs
from .curves import figure_of


@dataclass(frozen=True)
class Swept:
    """A property that runs can be made to differ in: values to begin with, and what it is called if not as compared."""

    hint: str
    title: str = ""


SWEPT = {
    "learning_rate": Swept("0.001, 0.01, 0.1"),
    "batch_size": Swept("8, 32, 128"),
    "optimizer": Swept("sgd, momentum, adam"),
    "initializer": Swept("zeros, normal, xavier_normal"),
    "activation": Swept("relu, tanh, sigmoid"),
    "seed": Swept("0, 1, 2", N_("seed of the weights")),
}
MOST = 8  # runs of one sweep
COST_DIGITS = 4
HISTORIES = "mlpviz.histories"


def compared() -> list[Run]:
    """The compared runs that still exist."""
    names = filter(None, session.current().compared.split(","))
    candidates = (folder.find(folder.default_folder(), name) for name in names)
    return [run for run in candidates if run is not None and run.readable]


def compare() -> None:
    """The compared runs' curves and a table of their differences, updated while one of them is running."""
    kept_runs = compared()
    if not kept_runs or [run.id for run in kept_runs] == [session.current().run]:
        return
    st.markdown("#### " + _("Kept runs"))
    active = any(run.status.active for run in kept_runs)
    st.fragment(follow, run_every=1.0 if active else None)(kept_runs)
    with st.container(horizontal=True, gap="xxsmall"):
        for number, run in enumerate(kept_runs, 1):
            button(_("Show run {number} above").format(number=number), f"show {run.id}", show, run.id)
            button(_("Take run {number} off the table").format(number=number), f"leave {run.id}", leave_out, run.id)
        if any(run.status.active and runs.is_ours(run) for run in kept_runs):
            st.button(_("Stop all"), key="train.stop all", on_click=stop_all, type="tertiary")


def button(label: str, key: str, take: Callable[[str], None], name: str) -> None:
    st.button(label, key=f"train.{key}", on_click=take, args=(name,))


def show(name: str) -> None:
    session.edit(run=name)


def stop_all() -> None:
    for run in compared():
        if runs.is_ours(run):
            runs.end(run)


def leave_out(name: str) -> None:
    """Remove a run from the comparison; one of ours is stopped, and if it is shown another takes its place."""
    run = folder.find(folder.default_folder(), name)
    if run is not None and runs.is_ours(run):
        runs.end(run)
    names = [each for each in session.current().compared.split(",") if each and each != name]
    shown = session.current().run
    session.edit(compared=",".join(names), run=(names or [""])[-1] if shown == name else shown)


def follow(kept_runs: list[Run]) -> None:
    """Update all compared runs."""
    setup = session.current()
    for run in kept_runs:
        run.watch()
    histories = [history_of(run) for run in kept_runs]
    names = [name_of(number, run, different(kept_runs)) for number, run in enumerate(kept_runs, 1)]
    series = COST if CURVES[setup.curve].per_layer else CURVES[setup.curve]
    apart = f"validation_{series.name}"
    key = apart if all(history.column(apart)[0] for history in histories) else series.name
    pairs = enumerate(zip(names, histories, strict=True))
    lines = [Curve(name, *history.column(key), k, k) for k, (name, history) in pairs]
    epochs = max(run.spec.epochs for run in kept_runs)
    st.caption(_("validation") if key == apart else _("training"))
    figure = figure_of(series, lines, epochs, setup.log)
    draw(figure, "train.compared", _("Curves of the kept runs"))
    with st.container(key="compared"):
        st.markdown(table(kept_runs, histories))


def history_of(run: Run) -> ProgressReader:
    """A run's history, cached from update to update."""
    histories = st.session_state.setdefault(HISTORIES, {})
    return histories.setdefault(run.id, ProgressReader(run.path)).read()


def properties(run: Run) -> dict[str, Any]:
    return dict(run.spec.about.get("setup", {}))


def different(kept_runs: Sequence[Run]) -> list[str]:
    return [name for name in COMPARED if len({str(properties(run).get(name)) for run in kept_runs}) > 1]


def name_of(number: int, run: Run, names: list[str]) -> str:
    if not names:
        return str(number)
    values = {name: text(properties(run).get(name)) for name in names}
    own = listed(Message("{name} {value}", name=Message(COMPARED[name]), value=values[name]) for name in names)
    return told(Message("{number} · {own}", number=number, own=own))


def text(value: Any) -> str:
    return "-".join(map(str, value)) if isinstance(value, list) else str(value)


def table(kept_runs: list[Run], histories: list[ProgressReader]) -> str:
    """The differences of the runs, and how far each has come."""
    names = different(kept_runs)
    ends = [_("epoch"), _("cost"), _("validation"), _("accuracy"), C_("table", "state")]
    heads = [C_("table", "run"), *(_(COMPARED[name]) for name in names), *ends]
    lines = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    for number, (run, history) in enumerate(zip(kept_runs, histories, strict=True), 1):
        last = [(history.column(name)[1] or [None])[-1] for name in ("cost", "validation_cost")]
        right = (history.column("validation_accuracy")[1] or history.column("accuracy")[1] or [None])[-1]
        cells = [str(number), *(plain(text(properties(run).get(name))) for name in names), f"{run.status.epoch:,}"]
        cells += ["" if value is None else shown_number(value, COST_DIGITS) for value in last]
        cells += ["" if right is None else f"{100 * right:.1f} %", plain(runs.describe(run, runs.standing(run)))]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


# several runs at once


def sweep() -> None:
    """Runs that differ in one property only, with equal initial weights unless that is the property."""
    titles = {name: _(swept.title or LABELS[name]) for name, swept in SWEPT.items()}
    name = st.selectbox(_("Vary the"), list(titles), format_func=titles.__getitem__, key="train.swept")
    st.text_input(_("Values, separated by commas"), key=f"train.values {name}", placeholder=SWEPT[name].hint)
    st.button(_("Start these runs"), key="train.sweep", on_click=start_sweep, args=(name,))


def start_sweep(name: str) -> None:
    """Start a run for every value, or for the suggested ones if the field is empty."""
    values = narrow(st.session_state.get(f"train.values {name}") or SWEPT[name].hint)
    try:
        setups = variations(session.current(), name, values)
    except ValueError as error:
        session.refuse(error)
        return
    started = begun(setups)
    if started:
        shown = {"run": started[0].id, "compared": ",".join(run.id for run in started)}
        session.change(lambda setup: replaced(setup, shown), refusal=session.state().refusal)


def variations(setup: Setup, name: str, values: str) -> list[Setup]:
    """A setup for each of the comma-separated values of a property.

    Raises ValueError if it cannot be one of them, or if there are none or too many.
    """
    setups = [varied(setup, name, value.strip()) for value in values.split(",") if value.strip()]
    if not 1 <= len(setups) <= MOST:
        raise Refusal(
            counted(
                "{name}: found {count} value; accepted are 1 to {most}.",
                "{name}: found {count} values; accepted are 1 to {most}.",
                len(setups),
                name=name,
                most=MOST,
            )
        )
    return setups


def begun(setups: list[Setup]) -> list[Run]:
    """Start the runs of some setups, up to the first that is refused."""
    started: list[Run] = []
    for setup in setups:
        run = runs.begin(setup)
        if run is None:
            break
        started.append(run)
    return started


def varied(setup: Setup, name: str, value: str) -> Setup:
    """A setup with another value of a property.

    Raises ValueError if it cannot be that.
    """
    if name == "activation":
        try:
            (read,) = words(ACTIVATIONS, 1).read(value)
        except ValueError:
            raise Refusal(
                "{name}: found {found}; accepted is one of {names}.",
                name=name,
                found=quoted(value),
                names=enumerated(ACTIVATIONS),
            ) from None
        return replaced(setup, {"activations": (*[read] * (len(setup.widths) - 2), setup.activations[-1])})
    drawn: dict[str, Any] = {"entries": {}} if name in ("initializer", "seed") else {}
    return replaced(setup, {name: BY_NAME[name].read(value), **drawn})
