"""The runs of the Train page: starting one, and asking it to pause, step, go on or stop."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import streamlit as st

from ...jobs import folder
from ...jobs.executor import executor
from ...jobs.queue import Full
from ...jobs.run import PAUSED, Run, Status
from ...setup import limits
from ...setup.setup import Setup
from ..shell import session
from ..shell.translation import _
from .spec import made


def current() -> Run | None:
    """The run that the link names, if there still is one."""
    return folder.find(folder.default_folder(), session.current().run)


def begin(setup: Setup, step: str = "") -> Run | None:
    """Make a run and submit it, paused after one step if ``step`` names one; None, with a sentence, if refused."""
    try:
        run = made(setup)
    except ValueError as error:
        session.refuse(sentence(error))
        return None
    except OSError as error:
        session.refuse(_("The run cannot be written ({reason}).").format(reason=error.strerror or error))
        return None
    if (not step or asked(lambda: paused_after(run, step))) and submitted(run):
        return run
    folder.discard(run)
    return None


def sentence(error: Exception) -> str:
    """A refusal as one sentence."""
    text = str(error)
    return text if text.endswith(".") else text + "."


def submitted(run: Run) -> bool:
    """Give a run to the executor; False, with a sentence, if it takes no more."""
    return asked(lambda: executor().submit(run))


def asked(act: Callable[[], object]) -> bool:
    """Ask a run or the executor for something; False, with a sentence, if that cannot be done."""
    try:
        act()
    except Full as error:
        session.refuse(sentence(error))
        return False
    except (OSError, ValueError) as error:
        session.refuse(_("The runs cannot be reached ({reason}).").format(reason=error))
        return False
    return True


def remembered(*runs: Run) -> str:
    """The runs that are compared, with some more; the oldest make room."""
    names = [name for name in session.current().compared.split(",") if name]
    names += [run.id for run in runs if run.id not in names]
    return ",".join(names[-limits.RUNS :])


# what the buttons do


def start(step: str = "") -> None:
    """A new run of the present setup."""
    setup = session.current()
    if st.session_state.get("train.fresh") and setup.run:
        setup = replace(setup, seed=(setup.seed + 1) % (limits.SEED + 1), entries={})
    run = begin(setup, step)
    if run is not None:
        session.edit(run=run.id, compared=remembered(run), seed=setup.seed, entries=setup.entries)


def go_on() -> None:
    """Let the present run go on."""
    run = current()
    if run is not None and asked(lambda: run.withdraw("PAUSE", "STOP")):
        submitted(run)


def pause() -> None:
    """Pause the present run."""
    run = current()
    if run is not None:
        asked(lambda: run.request("PAUSE"))


def stop() -> None:
    """Stop the present run."""
    run = current()
    if run is not None:
        end(run)


def end(run: Run) -> None:
    """Stop a run, if it is not at its end."""
    if run.status.active:
        asked(lambda: executor().stop(run))


def step(unit: str) -> None:
    """One step of the present run, or of a new one."""
    run = current()
    if run is None or not (run.status.active or resumable(run)):
        start(unit)
    elif asked(lambda: paused_after(run, unit)) and (run.status.state == PAUSED or not run.status.active):
        submitted(run)


def paused_after(run: Run, unit: str) -> None:
    """Let a run be paused after one more step."""
    run.request("PAUSE")
    run.request_step(unit)


# how they stand


def resumable(run: Run) -> bool:
    """Whether a run that is not at work can go on."""
    status = run.status
    at_rest = status.state in ("stopped", "failed") and run.readable
    return at_rest and status.epoch < run.spec.settings.get("epochs", 1)


def place(run: Run) -> int | None:
    """The run's place in the queue."""
    try:
        return executor().place(run)
    except (OSError, ValueError):
        return None


def describe(run: Run, status: Status) -> str:
    """How a run stands, in words."""
    states = {
        "waiting": _("waiting"),
        "running": _("running"),
        "paused": _("paused"),
        "stopped": _("stopped"),
        "finished": _("finished"),
        "failed": _("cannot go on"),
    }
    words = states[status.state]
    if status.state == "waiting" and (number := place(run)) is not None:
        words = _("waiting, {place} in the queue").format(place=number)
    return f"{words}: {status.message}" if status.message else words
