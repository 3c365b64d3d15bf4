"""How a run's files are written so that none is ever half there, and how arrays are read without trust."""

from __future__ import annotations

import json
import math
import os
import shutil
import zipfile
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import numpy as np

from ..maths.messages import Message, Refusal, message_of

LARGEST = 2_000_000_000
"""Most bytes that a file's arrays may decompress to."""


class Damaged(Refusal):
    """An array's bytes are not those that were written."""


def put(path: Path, write: Callable[[IO[bytes]], object], sync: bool = False, before: str = "") -> None:
    """Write a file aside and move it into place; ``sync`` flushes both to the disk.

    What was in its place stays under the name ``before``, if that is given.
    """
    aside = path.with_name(path.name + ".new")
    try:
        with aside.open("wb") as file:
            write(file)
            if sync:
                file.flush()
                os.fsync(file.fileno())
        if before:
            keep(path, path.with_name(before))
        aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    if sync:
        sync_folder(path.parent)


def keep(path: Path, name: Path) -> None:
    """Give a file, if it exists, a second name that survives when the first is reused."""
    aside = name.with_name(name.name + ".new")
    aside.unlink(missing_ok=True)
    try:
        os.link(path, aside)
    except FileNotFoundError:
        return
    except OSError:  # a file system without links
        shutil.copyfile(path, aside)
    aside.replace(name)


def sync_folder(folder: Path) -> None:
    """Flush a folder's entries to the disk, where the system can."""
    try:
        handle = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def put_json(path: Path, value: Any, sync: bool = False) -> None:
    text = json.dumps(value, allow_nan=False)
    put(path, lambda file: file.write(text.encode()), sync)


def message_as_json(message: str) -> Any:
    """A message as a JSON object, and any other text unchanged; ``Message.from_json`` reads both.

    A message with a detail that JSON does not have is kept as its English sentence.
    """
    if isinstance(message, Message):
        with suppress(TypeError, ValueError):
            return json.loads(json.dumps(message.as_json(), allow_nan=False))
    return str(message)


def put_arrays(path: Path, arrays: Mapping[str, Any], sync: bool = False, before: str = "") -> None:
    """Write arrays, numbers and texts as ``.npz``, without pickle, as ``put`` does."""
    put(path, lambda file: np.savez(file, allow_pickle=False, **arrays), sync, before)


def read_arrays(path: Path, names: tuple[str, ...] = ()) -> dict[str, np.ndarray]:
    """Read the arrays ``names``, or all, of an ``.npz`` file; objects and excessive sizes are refused.

    Raises ValueError if the file is damaged, OSError if it cannot be opened.
    """
    with path.open("rb") as file:
        try:
            with zipfile.ZipFile(file) as directory:
                if sum(entry.file_size for entry in directory.infolist()) > LARGEST:
                    raise Refusal("{name} unfolds to more than {most:,} bytes", name=path.name, most=LARGEST)
                names = names or tuple(name.removesuffix(".npy") for name in directory.namelist())
                return {name: read_array(directory, f"{name}.npy") for name in names}
        except (Damaged, zipfile.BadZipFile, zlib.error, EOFError, KeyError, RuntimeError, OSError) as error:
            raise Refusal("{name} is damaged: {reason}", name=path.name, reason=message_of(error)) from None


def read_array(directory: zipfile.ZipFile, name: str) -> np.ndarray:
    """Read one array of an ``.npz`` file to its last byte, so that its checksum is verified; nothing is unpickled.

    Raises Damaged, or what ``zipfile`` raises, if the bytes are not those that were written.
    """
    with directory.open(name) as entry:
        if np.lib.format.read_magic(entry) != (1, 0):
            raise Damaged("{name} has a header of another version", name=name)
        shape, column_major, dtype = np.lib.format.read_array_header_1_0(entry)
        content = entry.read()
    if dtype.hasobject or math.prod(shape) * dtype.itemsize != len(content):
        raise Damaged("{name} holds no {dtype} array of shape {shape}", name=name, dtype=str(dtype), shape=str(shape))
    return np.frombuffer(content, dtype).reshape(shape, order="F" if column_major else "C")
