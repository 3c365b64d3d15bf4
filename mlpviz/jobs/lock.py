"""A lock that is a file: held by one process, let go of by the system when that process dies."""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path

from . import disk


class Lock:
    """A lock on a file; ``handle`` is its descriptor while held. A child that inherits it holds the lock too."""

    def __init__(self, path: Path) -> None:
        self.path, self.handle = path, -1

    def take(self) -> bool:
        """Try to acquire the lock; return whether that succeeded."""
        handle = disk.private(str(self.path), os.O_RDWR | os.O_CREAT)
        if not locked(handle):
            os.close(handle)
            return False
        self.handle = handle
        return True

    @property
    def held(self) -> bool:
        """Whether any process holds it; several may ask at once without seeing each other."""
        try:
            handle = os.open(self.path, os.O_RDWR)
        except OSError:
            return False
        try:
            return not locked(handle, shared=True)
        finally:
            os.close(handle)

    def give(self) -> None:
        """Release it here; a child that has inherited it keeps it."""
        if self.handle >= 0:
            os.close(self.handle)
        self.handle = -1


def locked(handle: int, shared: bool = False) -> bool:
    """Try to lock an open file, exclusively or ``shared``; return whether that succeeded."""
    try:
        if os.name == "posix":
            fcntl = import_module("fcntl")
            fcntl.flock(handle, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
        else:
            msvcrt = import_module("msvcrt")
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
    except OSError:
        return False
    return True
