"""Works on one run: trains, looks for STOP and PAUSE every tenth of a second, and writes down how far it is."""

from __future__ import annotations

import math
import time
from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np

from ..engine.memory import NoRoom
from ..engine.training.starts import Starts
from ..engine.training.training import Training
from ..maths.messages import Message, message_of
from . import checkpoint, disk, progress
from .bounds import LIGHT, rest_seconds
from .files import what_failed
from .run import FAILED, FINISHED, GIVE_WAY, GONE, PAUSE, PAUSED, RESTING, RUNNING, STOP, STOPPED, WAITING, Run, Status

LOOK = 0.1
"""Seconds between two looks for STOP and PAUSE, and between two statuses.

A step is never cut short: one that takes longer, or the pass over the samples kept apart that ends an epoch, is ended
first.
"""

SAVE, SHARE = 0.5, 20
"""A checkpoint is written every SAVE seconds, or more rarely: writing takes at most 1/SHARE of the time."""

PART = 1.0
"""Seconds after which a long epoch writes an intermediate line."""

PATIENCE = 60.0
"""Seconds that a paused run keeps its process; after that its slot is free for others until it goes on."""


HEAVY = 3.0
"""Seconds after which a run that keeps to a pace is known to compute most of the time, or not to."""

RESTS = Message("nobody has looked at it for long; it goes on when somebody does")

ALREADY_RUNNING = 75
"""The exit status of a worker if another process works on the run."""


def work(run: Run) -> Status:
    """Work on a run until it ends, is stopped or paused for long, or fails.

    Raises AlreadyRunning if another process works on it.
    """
    with run.claimed():
        if not run.status.active:
            return run.status
        try:
            run.set_reserve_aside()
            return on_a_device_with_room(run)
        except (OSError, ValueError, MemoryError) as error:
            return abandoned(run) if run.gone else run.fail(why_not(run, error))


def abandoned(run: Run) -> Status:
    """Leave nothing of a run that somebody has removed while it was worked on."""
    disk.remove_folder(run.path)
    return Status(FAILED, GONE)


def why_not(run: Run, error: OSError | ValueError | MemoryError) -> Message:
    """Why a run failed with ``error``, and what is left of it."""
    remains = checkpoint.remains(run.path)
    match error:
        case OSError():
            return Message("{what}; {remains}", what=what_failed(error), remains=remains)
        case MemoryError():
            return Message(
                "there is not enough memory for this network, data and batch size; {remains}", remains=remains
            )
    return message_of(error)


def on_a_device_with_room(run: Run) -> Status:
    """Work on a run on its device; if that has no memory left, continue from the last checkpoint on ``otherwise``."""
    try:
        return Worker(run).work()
    except (MemoryError, NoRoom):
        if run.spec.otherwise in ("", run.spec.device):
            raise
    return Worker(run, run.spec.otherwise).work()


class Worker:
    """One run at work in this process."""

    def __init__(self, run: Run, instead: str = "") -> None:
        self.run, spec = run, run.spec
        self.training: Training | Starts = spec.training(**run.arrays, device=instead)
        kept = checkpoint.resume(run.path, self.training)
        self.progress = progress.ProgressWriter(run.path, self.training.settings.epochs, int(kept.get("progress", 0)))
        self.worked, self.clock = float(kept.get("worked", 0.0)), time.perf_counter()
        self.lacking, self.noted = spec.device if instead else "", False
        self.status = replace(run.status, state=RUNNING, message="", steps_per_epoch=self.training.steps_per_epoch)
        self.saved_at, self.due = (-1, 0, ""), 0.0
        self.paced = spec.pace > 0 and not self.status.heavy
        self.begun_at, self.begun_with, self.since = time.monotonic(), time.process_time(), time.time()
        self.part_at, self.part_from = time.perf_counter(), self.training.position
        self.begin_at = time.perf_counter()

    def work(self) -> Status:
        """Train until the run ends, or is asked to leave."""
        self.run.withdraw(GIVE_WAY)
        self.note(RUNNING, taken=self.since)
        while not self.training.finished:
            if self.run.gone:
                return abandoned(self.run)
            if state := self.asked_to_leave():
                return self.leave(state)
            if not self.run.requested(PAUSE):
                self.train_for(LOOK)
                self.note(RUNNING)
            elif not self.pause():
                return self.leave(PAUSED)
        return self.leave(FINISHED)

    def asked_to_leave(self) -> str:
        """The state in which the run is left, or "" if it goes on."""
        if self.run.requested(STOP):
            return STOPPED
        if self.run.requested(GIVE_WAY):
            return PAUSED if self.run.requested(PAUSE) else WAITING
        if self.unwatched():
            return RESTING
        return WAITING if self.is_heavy() else ""

    def unwatched(self) -> bool:
        """Whether no page has looked at the run for long."""
        rest = rest_seconds()
        return rest > 0 and time.time() - max(self.run.watched_at, self.since) > rest

    def is_heavy(self) -> bool:
        """Whether a run that keeps to a pace computes most of the time, and so wants a place to compute."""
        seconds = time.monotonic() - self.begun_at
        if not self.paced or seconds < HEAVY:
            return False
        heavy = time.process_time() - self.begun_with > LIGHT * seconds
        self.status = replace(self.status, heavy=heavy)
        self.begun_at, self.begun_with = time.monotonic(), time.process_time()
        return heavy

    def train_for(self, seconds: float) -> None:
        """Train for about ``seconds`` seconds, and save if that is due."""
        started, pace = time.perf_counter(), self.run.spec.pace
        while not self.training.finished and (left := started + seconds - time.perf_counter()) > 0:
            if self.training.position == 0 and (rest := self.begin_at - time.perf_counter()) > 0:
                time.sleep(min(rest, left))
            elif self.advance(self.epoch_left if pace else None, left) and pace:
                self.begin_at = max(self.begin_at + 1 / pace, time.perf_counter())
        self.worked += time.perf_counter() - started
        if self.progress.lines:
            self.progress.flush()
        if time.perf_counter() >= self.due:
            self.save()

    @property
    def epoch_left(self) -> int:
        """The steps to the end of the epoch."""
        return self.training.steps_per_epoch - self.training.position

    def advance(self, steps: int | None, seconds: float = math.inf) -> bool:
        """Train on within these bounds, write what there is to tell, and return whether an epoch ended."""
        before = self.training.epoch
        record = self.training.advance(steps, seconds)
        if record is not None:
            self.progress.add(progress.line_of(record))
        now, position, ended = time.perf_counter(), self.training.position, self.training.epoch > before
        if record is not None or ended:
            self.part_at, self.part_from = now, position
        elif now - self.part_at > PART and len(costs := self.training.costs[self.part_from : position]):
            at = self.training.epoch + position / self.training.steps_per_epoch
            self.progress.add({"at": at, "cost": progress.plain(float(np.mean(costs)))})
            self.part_at, self.part_from = now, position
        return record is not None or ended

    def pause(self) -> bool:
        """Wait, making single steps on request; return False after a long time without requests."""
        self.save()
        self.note(PAUSED)
        idle = time.monotonic()
        while time.monotonic() < idle + PATIENCE:
            if self.run.gone or self.run.requested(GIVE_WAY):
                return self.run.gone
            if self.run.requested(STOP) or not self.run.requested(PAUSE):
                self.run.take_steps()
                self.part_at = time.perf_counter()
                return True
            units = self.run.take_steps()
            for unit in units:
                self.take_step(unit)
            if units:
                if self.training.finished:
                    return True
                idle = time.monotonic()
            time.sleep(LOOK / 4)
        return False

    def take_step(self, unit: str) -> None:
        """Make one step, or those to the end of the epoch unless STOP is there."""
        self.part_at = started = time.perf_counter()  # a pause does not make an epoch long
        if unit == "batch" and not self.training.finished:
            self.advance(1)
        while unit == "epoch" and not (self.training.finished or self.run.requested(STOP)):
            if self.advance(self.epoch_left, LOOK):
                break
            self.note(PAUSED)
        self.worked += time.perf_counter() - started
        self.save()
        self.note(PAUSED)

    def save(self) -> None:
        """Write a checkpoint, unless nothing has happened since the last one."""
        step = (self.training.epoch, self.training.position, self.training.stopped)
        if step == self.saved_at:
            return
        started = time.perf_counter()
        length = self.progress.flush(sync=True)
        checkpoint.save(self.run.path, self.training, progress=length, worked=self.worked)
        now = time.perf_counter()
        self.saved_at, self.due = step, now + max(SAVE, SHARE * (now - started))

    def note(self, state: str, **more: Any) -> Status:
        """Write how the run stands, unless it stands as it did."""
        training, before = self.training, self.status
        self.status = replace(before, state=state, epoch=training.epoch, position=training.position,
                              worked=self.worked, how=self.how, **more)  # fmt: skip
        if replace(self.status, worked=before.worked) != before or state != RUNNING or not self.noted:
            self.run.note(self.status)
            self.noted = True
        return self.status

    @property
    def how(self) -> str:
        """How and where the steps are made, and why not where they should be."""
        how = self.training.steps.how
        if not self.lacking:
            return how
        return Message("{how} The device {device} has too little memory free.", how=how, device=self.lacking)

    def leave(self, state: str) -> Status:
        self.save()
        if state in (STOPPED, FINISHED):
            self.run.withdraw(STOP, GIVE_WAY, *([PAUSE] if state == FINISHED else []))
        now, begun = time.time(), self.status.begun + (state == WAITING)
        message = RESTS if state == RESTING else self.training.message
        last = partial(
            self.note, state, message=message, reason=self.training.stopped, left=now, arrival=now, begun=begun
        )
        return self.run.with_reserve(last)
