"""A run: a directory, and the few files in it by which a page and a worker speak with each other.

``spec.json`` and ``arrays.npz`` are written once. The worker writes ``progress.jsonl``, ``checkpoint.npz`` and
``status.json``; a page touches ``STOP``, ``PAUSE`` and ``STEP…``. Whoever works on the run holds its ``LOCK``, which
the system lets go of when the process dies, however it dies.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import numpy as np

from ..maths.messages import Message, Refusal, message_of
from .files import message_as_json, put_arrays, put_json, read_arrays
from .lock import Lock
from .spec import Spec, damaged, read_spec

WAITING, RUNNING, PAUSED, STOPPED, FINISHED, FAILED = "waiting", "running", "paused", "stopped", "finished", "failed"
ACTIVE = (WAITING, RUNNING, PAUSED)
STEPS = ("batch", "epoch")
SPEC = "spec.json"

RESERVE = 65_536
"""Bytes set aside in every run and freed when the disk is full, so that the run can still record why it ended."""

UNREADABLE = Message("the run's status cannot be read; it can go on from its last checkpoint")
GONE = Message("the run is no longer here")

T = TypeVar("T")


class AlreadyRunning(Exception): ...


@dataclass(frozen=True)
class Status:
    """How far a run is; ``reason`` is the engine's for an early end, ``worked`` the seconds spent on it so far.

    ``turn`` is how many of its owner's runs were ahead of it, ``begun`` how often it was begun, and ``queue`` the
    server in whose queue it waits; ``how`` says how and where its steps are made. ``message`` and ``how`` are written
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
    deaths: int = 0
    begun: int = 0
    turn: int = 0
    queue: str = ""
    how: str = ""
    time: float = 0.0

    def as_json(self) -> dict[str, Any]:
        return {**vars(self), "message": message_as_json(self.message), "how": message_as_json(self.how)}

    @classmethod
    def from_json(cls, value: Any) -> Status:
        """The inverse of ``as_json``; messages may be plain texts, as in old files.

        Raises ValueError or TypeError if it is none.
        """
        status = cls(**value)
        return replace(status, message=Message.from_json(status.message), how=Message.from_json(status.how))

    @property
    def active(self) -> bool:
        return self.state in ACTIVE

    @property
    def done(self) -> float:
        """Epochs so far, with fractions."""
        return self.epoch + self.position / self.steps_per_epoch


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
            value = json.loads((self.path / SPEC).read_bytes())
        except ValueError as error:
            raise damaged(str(error)) from None
        return read_spec(value)

    @property
    def readable(self) -> bool:
        try:
            return self.spec is not None
        except (OSError, ValueError):
            return False

    def belongs_to(self, owner: str) -> bool:
        """Whether the run is ``owner``'s; one whose spec cannot be read belongs to nobody."""
        return self.readable and self.spec.owner == owner

    def is_on(self, device: str) -> bool:
        """Whether the run is made on ``device``; one whose spec cannot be read is on none."""
        try:
            return self.spec.device == device
        except (OSError, ValueError):
            return False

    @cached_property
    def arrays(self) -> dict[str, np.ndarray]:
        """X, Y and the initial parameters theta. Raises ValueError if they are damaged."""
        return read_arrays(self.path / "arrays.npz", ("X", "Y", "theta"))

    def write(self, spec: Spec, arrays: Mapping[str, Any]) -> None:
        """Write the run's files, so that it can be worked on."""
        put_arrays(self.path / "arrays.npz", arrays)
        self.set_reserve_aside()
        put_json(self.path / SPEC, spec.plain())
        self.note(Status(started_at=time.time()))

    @property
    def status(self) -> Status:
        """The present status; an unreadable one says so and is as old as the last change in the directory."""
        for _attempt in range(3):
            with suppress(OSError, ValueError, TypeError):
                return Status.from_json(json.loads((self.path / "status.json").read_bytes()))
            time.sleep(0.001)  # some file systems replace a file in two moments
        try:
            return Status(FAILED, UNREADABLE, time=self.path.stat().st_mtime)
        except OSError:
            return Status(FAILED, GONE)

    def note(self, status: Status) -> None:
        """Write a status, flushed to the disk if its state has changed. Raises OSError."""
        put_json(self.path / "status.json", replace(status, time=time.time()).as_json(), sync=status.state != RUNNING)

    def set_reserve_aside(self) -> None:
        """Allocate a few bytes on the disk for the run's last status."""
        reserve = self.path / "RESERVE"
        with suppress(FileNotFoundError):
            (self.path / "ROOM").rename(reserve)  # as it was once called
        if not reserve.exists():
            reserve.write_bytes(bytes(RESERVE))

    def with_reserve(self, write: Callable[[], T]) -> T:
        """Write something small; if the disk is full, again after freeing the reserve."""
        try:
            return write()
        except OSError:
            (self.path / "RESERVE").unlink(missing_ok=True)
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
        """Create the file STOP or PAUSE. Raises OSError."""
        self.with_reserve((self.path / flag).touch)

    def withdraw(self, *flags: str) -> None:
        """Remove the files STOP or PAUSE."""
        for flag in flags:
            (self.path / flag).unlink(missing_ok=True)

    def request_step(self, unit: str) -> None:
        """Ask a paused run for one step: a "batch", or the rest of the "epoch"."""
        if unit not in STEPS:
            raise Refusal("unit must be one of {names}; got {unit!r}", names=", ".join(STEPS), unit=unit)
        self.with_reserve((self.path / f"STEP.{time.time_ns()}.{unit}").touch)

    def take_steps(self) -> list[str]:
        """Remove and return the steps requested since the last call, oldest first."""
        paths = sorted(self.path.glob("STEP.*"))
        for path in paths:
            path.unlink(missing_ok=True)
        return [path.name.rpartition(".")[2] for path in paths]

    @property
    def wanted(self) -> bool:
        """Whether a paused run is asked to go on, or for a step."""
        return not self.requested("PAUSE") or any(self.path.glob("STEP.*"))

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
