"""A run as the Train page follows it: how far it is, the network as it is now, and the choice of what is drawn."""

from __future__ import annotations

import math
import threading
import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from weakref import WeakValueDictionary

import numpy as np
import streamlit as st

from ...engine.parameters import Parameters
from ...engine.passes import run as run_phases
from ...engine.trace import Trace
from ...engine.training.split import split
from ...examples.data import Data
from ...jobs import checkpoint
from ...jobs.progress import ProgressReader
from ...jobs.run import RUNNING, Run, Status
from ...maths.messages import counted
from ..shell import session, waking
from ..shell.page import dark
from ..shell.toolbar import plain
from ..shell.translation import _, told, translations
from .data import with_meaning
from .runs import describe

KEY = "mlpviz.live"
HEIGHT = 400  # pixels of a figure
LOOKED_AT = 2_000  # samples of the confusion matrix


LOOK, CALM, PART = 0.2, 1.0, 1 / 50
"""Seconds between two looks at a run that is worked on, however many watch it: a little less than a page's own at
first, then a PART of the seconds that it has been worked on, within which little changes, up to CALM.
"""


def beat(status: Status) -> float:
    """The seconds between two looks at a run that stands so."""
    if not status.active:
        return 0.0
    return min(max(LOOK, PART * status.worked), CALM) if status.state == RUNNING else LOOK


PACES = (0.25, 0.5, 1.0)
"""Seconds between two updates of a page: few of them, since it is drawn anew as a whole where they change."""


def pace(status: Status) -> float:
    """The seconds between two updates of a page that watches a run that stands so: as rare as the looks."""
    return max((each for each in PACES if each <= beat(status)), default=PACES[0])


@dataclass(eq=False)
class Live:
    """A run with its history so far and the buffers for passes through its network; one for all who watch it here.

    ``drawn`` has the figures of the last look. Of many networks trained together ``last`` has the last costs, None of
    one that has diverged, and the parameters are those of the best.
    """

    run: Run
    data: Data
    parameters: Parameters
    history: ProgressReader
    traces: dict[str, Trace] = field(default_factory=dict)
    last: list[float | None] = field(default_factory=list)
    looked_at: np.ndarray | None = None
    validated: bool = False
    drawn: dict[Hashable, str] = field(default_factory=dict)
    looked: float = -math.inf
    lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def many(self) -> bool:
        return self.run.spec.starts > 1

    def refresh(self, after: float = 0.0) -> None:
        """Read what the worker has written since, if the last look is so many seconds ago."""
        with self.lock:
            now = time.monotonic()
            if now - self.looked >= after:
                self.looked = now
                self._look()

    def _look(self) -> None:
        self.run.watch()
        before = self.history.offset
        self.history.read()
        state = checkpoint.newest(self.run.path, "parameters", *(["last"] if self.many else []))
        theta = self.run.first_weights if state is None else state["parameters"]
        if self.many and state is not None:
            self.last = [float(cost) if math.isfinite(cost) else None for cost in state["last"]]
        if self.history.offset != before or not np.array_equal(self.parameters.flat, theta):
            self.parameters.flat[...] = theta
            self.drawn.clear()

    def figure(self, key: Hashable, make: Callable[[], Any]) -> str:
        """A figure as text, made once a look for all who see the same: the same ``key``, theme, language and hand."""
        whole = (key, dark(), translations(), session.current().notation)
        with self.lock:
            if whole not in self.drawn:
                self.drawn[whole] = make().to_json()
            return self.drawn[whole]

    def outputs(self, name: str, X: np.ndarray) -> Trace:
        """The forward pass over the samples that always go with ``name``."""
        if name not in self.traces:
            self.traces[name] = Trace(self.parameters, len(X))
            self.traces[name].A[0][...] = X
        run_phases(self.traces[name], ("forward",))
        return self.traces[name]

    def samples(self) -> np.ndarray:
        """The validation samples, or else all; at most LOOKED_AT."""
        if self.looked_at is None:
            settings = self.run.spec.settings
            generator = np.random.default_rng(settings.get("seed", 0))
            order, apart = split(self.parameters, self.run.arrays["X"], settings.get("validation"), generator)
            self.validated = apart is not None
            self.looked_at = np.sort(order if apart is None else apart.index)[:LOOKED_AT]
        return self.looked_at


LIVES: WeakValueDictionary[Path, Live] = WeakValueDictionary()
"""The runs that somebody follows."""

_lives = threading.Lock()


def live_of(run: Run) -> Live:
    """The present run as this session follows it, together with others."""

    def followed() -> Live:
        run.check_whole()
        with _lives:
            live = LIVES.get(run.path)
            if live is None:
                live = LIVES[run.path] = begun(run)
            return live

    return session.cached(KEY, run.path, followed)


def begun(run: Run) -> Live:
    arrays = run.arrays
    data = with_meaning(arrays["X"], arrays["Y"], run.spec.about.get("data", {}))
    return Live(run, data, Parameters(run.spec.architecture, run.spec.dtype), ProgressReader(run.path))


def status_line(live: Live, status: Status) -> None:
    """The progress bar: how far the run is, its speed, and the time left."""
    run, speed = live.run, ""
    epochs = run.spec.epochs
    last = next((line for line in reversed(live.history.lines) if "samples" in line), None)
    if last is not None and last["seconds"]:
        sentence = _("{speed} samples/s while it computes") if run.spec.pace else _("{speed} samples/s")
        speed = sentence.format(speed=f"{last['samples'] / last['seconds']:,.0f}")
    parts = [describe(run, status), progress_of(status, epochs)]
    left = status.worked / status.done * (epochs - status.done) if status.done and status.worked else 0.0
    cost = next((line["cost"] for line in reversed(live.history.lines) if line.get("cost") is not None), None)
    parts += [_("cost {cost}").format(cost=f"{cost:.4g}")] if cost is not None else []
    parts += [speed] if speed else []
    parts += [_("{time} left").format(time=duration(left))] if left and status.active else []
    st.progress(min(status.done / epochs, 1.0), plain(" · ".join(parts)))


def progress_of(status: Status, epochs: int) -> str:
    """How far a run is: in whole epochs while it runs, and to the batch where it stands still."""
    if status.state == RUNNING or not status.position:
        return _("epoch {done} of {epochs}").format(done=f"{status.epoch:,}", epochs=f"{epochs:,}")
    text = counted(
        "epoch {done:,} of {epochs:,} and {count:,} batch of the {batches:,} in the next",
        "epoch {done:,} of {epochs:,} and {count:,} batches of the {batches:,} in the next",
        status.position,
        done=status.epoch,
        epochs=epochs,
        batches=status.steps_per_epoch,
    )
    return told(text)


def duration(seconds: float) -> str:
    if seconds < 90:
        return _("{count} s").format(count=max(1, round(seconds)))
    if seconds < 5400:
        return _("{count} min").format(count=round(seconds / 60))
    return _("{count} h").format(count=round(seconds / 3600))


# the figures


TWICE = 2


def steady(
    widget: Callable[..., Any], key: str, value: Any, label: str, take: Callable[[Any], Any], **options: Any
) -> None:
    """As ``controls.shown``, for a widget in a fragment that reruns on its own: its value is only set if it differs.

    Told again at every look, it would go back to the value of a look that was under way when it was clicked, and the
    next look would report that as another click. It is told in the first TWICE looks, since a browser may pass over
    one that another follows.
    """
    looks = st.session_state.get(f"{key} looks", 0) if key in st.session_state else 0
    if looks < TWICE or st.session_state[key] != value or waking.is_handed_over():
        st.session_state[key] = value
    st.session_state[f"{key} looks"] = min(looks + 1, TWICE)
    widget(label, key=key, on_change=lambda: take(st.session_state[key]), **options)


def choice(name: str, titles: dict[str, str], options: list[str]) -> None:
    """A choice among a few views, stored in the setup."""
    value = getattr(session.current(), name)
    steady(
        st.segmented_control,
        f"setup.{name}",
        value if value in options else options[0],
        titles[options[0]],
        lambda taken: session.edit(**{name: taken or value}),
        options=options,
        format_func=titles.__getitem__,
        label_visibility="collapsed",
    )
