"""Keeps programs running: one that has ended is started again, and all of them end with their keeper."""

from __future__ import annotations

import ctypes
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

LOOK = 0.2  # seconds between two looks
PATIENCE = 10.0  # seconds that a program has to end
LONGEST = 30.0  # seconds before one that ends again and again is started once more
LIVED = 10.0  # seconds after which a program has come up
TOLD_OF_DEATH = 1  # Linux' PR_SET_PDEATHSIG


@dataclass
class KeptProgram:
    """One program, which ``needs`` some files before it is started, and how often in a row it has ended at once."""

    name: str
    command: Sequence[str]
    environment: dict[str, str]
    folder: Path
    needs: Sequence[Path] = ()
    process: subprocess.Popen[bytes] | None = None
    begun: float = 0.0
    failures: int = 0
    due: float = 0.0

    def start(self) -> None:
        self.begun = time.monotonic()
        self.process = subprocess.Popen(
            self.command,
            env=self.environment,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            preexec_fn=end_with_parent,  # noqa: PLW1509 (there is no other thread)
        )

    def look(self, tell: Callable[[str, int], None]) -> None:
        """Start the program, or once more if it has ended."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.due and all(path.exists() for path in self.needs):
                self.start()
            return
        status = self.process.poll()
        if status is None:
            return
        tell(self.name, status)
        self.failures = 0 if now - self.begun > LIVED else self.failures + 1
        self.process, self.due = None, now + min(LONGEST, self.failures and 2.0 ** (self.failures - 1))

    def end(self) -> None:
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()


@dataclass
class Keeper:
    """Programs that run until the keeper is told to end."""

    kept: list[KeptProgram]
    tell: Callable[[str, int], None]
    ending: bool = field(default=False, init=False)

    def run(self) -> None:
        """Keep all running until SIGTERM, SIGINT or SIGHUP; then end them."""
        for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(each, self._asked)
        try:
            while not self.ending:
                for program in self.kept:
                    program.look(self.tell)
                time.sleep(LOOK)
        finally:
            self.end()

    def _asked(self, *_: object) -> None:
        self.ending = True

    def end(self) -> None:
        """End every program, by force if it takes too long."""
        for program in self.kept:
            program.end()
        deadline = time.monotonic() + PATIENCE
        for program in self.kept:
            if program.process is None:
                continue
            try:
                program.process.wait(max(0.0, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                program.process.kill()
                program.process.wait()


def end_with_parent() -> None:
    """In a child before its program: be ended by the system when the parent is gone, however that came."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(TOLD_OF_DEATH, signal.SIGTERM)
