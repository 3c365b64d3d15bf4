"""A run: a directory, and the few files in it by which a page and a worker speak with each other.

``spec.json`` and ``arrays.npz`` are written once. The worker writes ``progress.jsonl``, ``checkpoint.npz`` and
``status.json``; a page touches ``STOP``, ``PAUSE`` and ``STEP…``. Whoever works on the run holds its ``LOCK``, which
the system lets go of when the process dies, however it dies.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, fields, replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from ..maths.messages import Message, Refusal, enumerated, message_of
from . import disk
from .bounds import LOOKED_AT
from .files import message_as_json, put_arrays, put_json, read_arrays, read_json
from .lock import Lock
from .spec import Spec, damaged, read_spec

WAITING, RUNNING, PAUSED, STOPPED, FINISHED, FAILED = "waiting", "running", "paused", "stopped", "finished", "failed"
RESTING = "resting"
"""Nobody has looked at it for long; it goes on when somebody does."""

ACTIVE = (WAITING, RUNNING, PAUSED)
STATES = (*ACTIVE, RESTING, STOPPED, FINISHED, FAILED)
STEPS = ("batch", "epoch")
SPEC, ARRAYS, STATUS = "spec.json", "arrays.npz", "status.json"
CHECKPOINTS = ("checkpoint.npz", "checkpoint.before.npz")
STOP, PAUSE, GIVE_WAY, WATCHED = "STOP", "PAUSE", "GIVE_WAY", "WATCHED"

RESERVE = 65_536
"""Bytes set aside in every run and freed when the disk is full, so that the run can still record why it ended."""

UNREADABLE = Message("the run's status cannot be read; it stands where its last checkpoint is and can go on from there")
BEGINS_ANEW = Message("the run's status cannot be read, and it has no checkpoint yet; it can begin anew")
GONE = Message("the run is no longer here")
LATEST = 1e12
"""The largest number of a status: no clock and no count comes so far."""

T = TypeVar("T")


class AlreadyRunning(Exception): ...


@dataclass(frozen=True)
class Status:
    """How far a run is; ``reason`` is the engine's for an early end, ``worked`` the seconds spent on it so far.

    ``arrival`` is when it came into the queue, ``taken`` when its worker began and ``left`` when that gave its place
    away; ``begun`` is how often it came into the queue. A run that keeps to a pace and yet computes most of the time is
    ``heavy``. ``how`` says how and where its steps are made. ``message`` and ``how`` are written
    as messages, so that a run is told in the language of whoever looks at it.
    """

    state: str = WAITING
    message: str = ""
    reason: str = ""
    epoch: int = 0
    position: int = 0
    steps_per_epoch: int = 1
    worked: float = 0.0
    started_at: float = 0.0
    arrival: float = 0.0
    taken: float = 0.0
    left: float = 0.0
    heavy: bool = False
    deaths: int = 0
    begun: int = 0
    how: str = ""
    time: float = 0.0

    def as_json(self) -> dict[str, Any]:
        return {**vars(self), "message": message_as_json(self.message), "how": message_as_json(self.how)}

    @classmethod
    def from_json(cls, value: Any) -> Status:
        """The inverse of ``as_json``; messages may be plain texts, as in old files.

        Raises ValueError if it is none.
        """
        if not isinstance(value, dict) or not set(value) <= {*STATUS_FIELDS, *NO_LONGER_WRITTEN}:
            raise ValueError("no status")
        given = {name: read_field(name, value[name]) for name in STATUS_FIELDS if name in value}
        if "state" not in given or given.get("steps_per_epoch", 1) < 1:
            raise ValueError("no status")
        return cls(**given)

    @property
    def active(self) -> bool:
        return self.state in ACTIVE

    @property
    def done(self) -> float:
        """Epochs so far, with fractions."""
        return self.epoch + self.position / self.steps_per_epoch


STATUS_FIELDS = {field.name: field.default for field in fields(Status)}
NO_LONGER_WRITTEN = ("turn", "queue")


def read_field(name: str, value: Any) -> Any:
    """A field of a status. Raises ValueError if it is not of its kind."""
    kind = type(STATUS_FIELDS[name])
    if name in ("message", "how"):
        return Message.from_json(value)
    if kind is float and type(value) in (int, float) and 0 <= value <= LATEST:
        return float(value)
    if kind is int and type(value) is int and 0 <= value <= LATEST:
        return value
    if type(value) is kind and kind in (str, bool) and (name != "state" or value in STATES):
        return value
    raise ValueError(f"{name} is no {kind.__name__}")


@dataclass(frozen=True)
class Run:
    """A run by its directory."""

    path: Path

    @property
    def id(self) -> str:
        return self.path.name

    @cached_property
    def spec(self) -> Spec:
        """What the run trains. Raises ValueError if that is damaged."""
        try:
            value = read_json(self.path / SPEC)
        except ValueError as error:
            raise damaged(message_of(error)) from None
        return read_spec(value)

    @property
    def gone(self) -> bool:
        """Whether somebody has removed the run."""
        return not (self.path / SPEC).exists()

    @property
    def readable(self) -> bool:
        try:
            return self.spec is not None
        except (OSError, ValueError):
            return False

    def check_readable(self) -> None:
        """Raise ValueError or OSError if the run's spec cannot be read."""
        _spec = self.spec

    def check_whole(self) -> None:
        """Raise ValueError or OSError if the run's spec cannot be read, or its arrays are not there any more."""
        self.check_readable()
        if not (self.path / ARRAYS).exists():
            _arrays = self.arrays

    def is_on(self, device: str) -> bool:
        """Whether the run is made on ``device``; one whose spec cannot be read is on none."""
        try:
            return self.spec.device == device
        except (OSError, ValueError):
            return False

    @cached_property
    def arrays(self) -> dict[str, np.ndarray]:
        """X, Y and the initial parameters theta. Raises ValueError if they are damaged."""
        return read_arrays(self.path / ARRAYS, ("X", "Y", "theta"))

    @property
    def first_weights(self) -> np.ndarray:
        """The initial parameters as one vector; of many networks, those of the first."""
        return np.atleast_2d(self.arrays["theta"])[0]

    def write(self, spec: Spec, arrays: Mapping[str, Any]) -> None:
        """Write the run's files, so that it can be worked on."""
        put_arrays(self.path / ARRAYS, arrays)
        self.set_reserve_aside()
        put_json(self.path / SPEC, spec.plain())
        self.note(Status(started_at=time.time()))

    @property
    def status(self) -> Status:
        """The present status; without a readable one, where its last checkpoint is, as old as the directory."""
        for _attempt in range(3):
            with suppress(OSError, ValueError):
                return Status.from_json(read_json(self.path / STATUS))
            time.sleep(0.001)  # some file systems replace a file in two moments
        try:
            changed = self.path.stat().st_mtime
        except OSError:
            return Status(FAILED, GONE)
        return replace(self._at_checkpoint(), time=changed)

    def _at_checkpoint(self) -> Status:
        for name in CHECKPOINTS:
            with suppress(OSError, ValueError):
                return Status(STOPPED, UNREADABLE, epoch=int(read_arrays(self.path / name, ("epoch",))["epoch"]))
        return Status(STOPPED, BEGINS_ANEW)

    def note(self, status: Status) -> None:
        """Write a status, flushed to the disk if its state has changed. Raises OSError."""
        put_json(self.path / STATUS, replace(status, time=time.time()).as_json(), sync=status.state != RUNNING)

    def set_reserve_aside(self) -> None:
        """Allocate a few bytes on the disk for the run's last status."""
        reserve = self.path / "RESERVE"
        with suppress(FileNotFoundError):
            disk.replace(self.path / "ROOM", reserve)  # as it was once called
        if not reserve.exists():
            disk.write(reserve, bytes(RESERVE))

    def with_reserve(self, write: Callable[[], T]) -> T:
        """Write something small; if the disk is full, again after freeing the reserve."""
        try:
            return write()
        except OSError:
            disk.remove(self.path / "RESERVE")
            return write()

    def fail(self, why: Message | BaseException, **values: Any) -> Status:
        """Write why the run cannot go on. Raises OSError if even that fails."""
        message = message_of(why) if isinstance(why, BaseException) else why
        return self.with_reserve(lambda: self.change(state=FAILED, message=message, **values))

    def change(self, **values: Any) -> Status:
        """Replace some values of the status and write it."""
        status = replace(self.status, **values)
        self.note(status)
        return status

    # what a page asks of a worker

    def requested(self, flag: str) -> bool:
        """Whether the file STOP or PAUSE exists."""
        return (self.path / flag).exists()

    def request(self, flag: str) -> None:
        """Create the file STOP, PAUSE or GIVE_WAY. Raises OSError."""
        self.with_reserve(lambda: disk.touch(self.path / flag))

    def withdraw(self, *flags: str) -> None:
        """Remove such files."""
        for flag in flags:
            disk.remove(self.path / flag)

    def request_step(self, unit: str) -> None:
        """Ask a paused run for one step: a "batch", or the rest of the "epoch"."""
        if unit not in STEPS:
            raise Refusal("unit must be one of {names}; got {unit!r}", names=enumerated(STEPS), unit=unit)
        self.with_reserve(lambda: disk.touch(self.path / f"STEP.{time.time_ns()}.{unit}"))

    def take_steps(self) -> list[str]:
        """Remove and return the steps requested since the last call, oldest first."""
        paths = sorted(self.path.glob("STEP.*"))
        for path in paths:
            disk.remove(path)
        return [path.name.rpartition(".")[2] for path in paths]

    def watch(self) -> None:
        """Note that a page looks at the run, now and then."""
        if time.time() - self.watched_at > LOOKED_AT:
            with suppress(OSError):
                disk.touch(self.path / WATCHED)

    @property
    def watched_at(self) -> float:
        """When a page last looked at it; 0 if none ever did."""
        try:
            return (self.path / WATCHED).stat().st_mtime
        except OSError:
            return 0.0

    @property
    def wanted(self) -> bool:
        """Whether a paused run is asked to go on, or for a step."""
        return not self.requested(PAUSE) or any(self.path.glob("STEP.*"))

    # who works on it

    @contextmanager
    def claimed(self, patience: float = 1.0) -> Iterator[None]:
        """Hold the run's lock. Raises AlreadyRunning if another process holds it."""
        lock, deadline = Lock(self.path / "LOCK"), time.monotonic() + patience
        while not lock.take():
            if time.monotonic() > deadline:
                raise AlreadyRunning(self.id)
            time.sleep(0.02)
        try:
            yield
        finally:
            lock.give()

    @property
    def alive(self) -> bool:
        """Whether a process works on it."""
        return Lock(self.path / "LOCK").held

    @property
    def begun(self) -> Lock:
        """The lock that a server takes before it starts a worker, which inherits it."""
        return Lock(self.path / "BEGUN")


def stop(run: Run) -> None:
    """Ask a run to stop; one that nobody works on is stopped at once. Raises OSError if it cannot be asked."""
    run.request(STOP)
    if run.alive or run.begun.held:
        return
    with suppress(AlreadyRunning), run.claimed(patience=0.2):
        if run.status.active or run.status.state == RESTING:
            run.change(state=STOPPED)
        run.withdraw(STOP, PAUSE, GIVE_WAY)
