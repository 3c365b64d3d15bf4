"""The calls by which a run's files are read and changed, in one place, so that a test can make any of them fail.

What is written is for its own user alone: files have mode 0600 and folders 0700, whatever the system's habit is.
"""

from __future__ import annotations

import errno
import os
import shutil
import stat
from contextlib import suppress
from pathlib import Path
from typing import IO, Any, Literal

FILE, FOLDER = 0o600, 0o700
OTHERS = 0o077

Mode = Literal["rb", "wb", "ab"]


def private(path: str, flags: int) -> int:
    """A descriptor of a file that only its own user may read."""
    return os.open(path, flags, FILE)


def opened(path: Path, mode: Mode) -> IO[bytes]:
    return open(path, mode, opener=private)


def read(path: Path) -> bytes:
    with opened(path, "rb") as file:
        return file.read()


def write(path: Path, content: bytes) -> None:
    with opened(path, "wb") as file:
        file.write(content)


def touch(path: Path) -> None:
    """Make an empty file, or make an old one new."""
    os.close(private(str(path), os.O_WRONLY | os.O_CREAT))
    os.utime(path)


def sync(handle: int) -> None:
    os.fsync(handle)


def replace(path: Path, target: Path) -> None:
    path.replace(target)


def remove(path: Path) -> None:
    """Remove a file, if it is there."""
    path.unlink(missing_ok=True)


def second_name(path: Path, name: Path) -> None:
    """Give a file another name, or make a copy where the file system has no second names."""
    try:
        os.link(path, name)
    except FileNotFoundError:
        raise
    except OSError:
        with opened(path, "rb") as file, opened(name, "wb") as copy:
            shutil.copyfileobj(file, copy)


def cut(path: Path, length: int) -> None:
    os.truncate(path, length)


def sync_folder(folder: Path) -> None:
    """Flush a folder's entries to the disk, where the system can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        sync(handle)
    finally:
        os.close(handle)


def make_folder(path: Path) -> None:
    """Make a folder and those above it, unless they are there."""
    missing = [each for each in (path, *path.parents) if not each.exists()]
    for each in reversed(missing):
        each.mkdir(mode=FOLDER, exist_ok=True)
    if not missing and not path.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(path))


def close_to_others(path: Path) -> None:
    """Take away what others may do with a folder of ours that was made before folders were private."""
    with suppress(OSError):
        status: Any = path.lstat()
        if stat.S_ISDIR(status.st_mode) and status.st_mode & OTHERS:
            path.chmod(FOLDER)


def remove_folder(path: Path) -> None:
    """Remove a folder and all that is in it, as far as that is possible."""
    shutil.rmtree(path, ignore_errors=True)
