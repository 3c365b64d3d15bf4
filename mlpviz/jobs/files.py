"""How a run's files are written so that none is ever half there, and how arrays are read without trust."""

from __future__ import annotations

import json
import math
import os
import zipfile
import zlib
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import IO, Any

import numpy as np

from ..maths.messages import Message, Refusal, message_of, verbatim
from . import disk

LONGEST = 4_000_000
"""Most bytes of a file of JSON."""

LARGEST = 2_000_000_000
"""Most bytes that a file's arrays may decompress to."""


class Damaged(Refusal):
    """An array's bytes are not those that were written."""


class Unreachable(OSError):
    """Somebody who should work on the runs cannot be reached."""

    def __init__(self, template: str, /, **details: Any) -> None:
        self.message = template if isinstance(template, Message) else Message(template, **details)
        super().__init__(self.message)


def reason_of(error: BaseException) -> Message:
    """Why something failed, without the paths and numbers that only this machine knows."""
    match error:
        case Unreachable():
            return error.message
        case OSError():
            return verbatim(error.strerror) if error.strerror else Message("the disk does not say why")
        case MemoryError():
            return Message("there is not enough memory")
    return message_of(error)


def what_failed(error: OSError) -> Message:
    """Which file, by its name alone, could not be read or written, and why."""
    named = isinstance(error.filename, str | os.PathLike)
    file = Path(error.filename).name if named else Message("the run's files")
    return Message("{files} cannot be read or written ({reason})", files=file, reason=reason_of(error))


def put(path: Path, write: Callable[[IO[bytes]], object], sync: bool = False, before: str = "") -> None:
    """Write a file aside and move it into place; ``sync`` flushes both to the disk.

    What was in its place stays under the name ``before``, if that is given.
    """
    aside = path.with_name(path.name + ".new")
    try:
        with disk.opened(aside, "wb") as file:
            write(file)
            if sync:
                file.flush()
                disk.sync(file.fileno())
        if before:
            keep(path, path.with_name(before))
        disk.replace(aside, path)
    except BaseException:
        with suppress(OSError):
            disk.remove(aside)
        raise
    if sync:
        disk.sync_folder(path.parent)


def keep(path: Path, name: Path) -> None:
    """Give a file, if it exists, a second name that survives when the first is reused."""
    aside = name.with_name(name.name + ".new")
    disk.remove(aside)
    try:
        disk.second_name(path, aside)
    except FileNotFoundError:
        return
    disk.replace(aside, name)


def put_json(path: Path, value: Any, sync: bool = False) -> None:
    text = json.dumps(value, allow_nan=False)
    put(path, lambda file: file.write(text.encode()), sync)


def read_json(path: Path) -> Any:
    """The value of a JSON file; what no browser could be sent is refused: halves of characters, too deep, too long.

    Raises ValueError if it is none, OSError if it cannot be read.
    """
    if path.stat().st_size > LONGEST:
        raise Refusal("{name} has more than {most:,} bytes", name=path.name, most=LONGEST)
    text = disk.read(path)
    try:
        value = json.loads(text)
        if b"\\u" in text:
            json.dumps(value, ensure_ascii=False).encode()
    except RecursionError:
        raise Refusal("{name} is nested too deeply", name=path.name) from None
    return value


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
    with disk.opened(path, "rb") as file:
        try:
            with zipfile.ZipFile(file) as directory:
                if sum(entry.file_size for entry in directory.infolist()) > LARGEST:
                    raise Refusal("{name} unfolds to more than {most:,} bytes", name=path.name, most=LARGEST)
                names = names or tuple(name.removesuffix(".npy") for name in directory.namelist())
                return {name: read_array(directory, f"{name}.npy") for name in names}
        except (Damaged, zipfile.BadZipFile, zlib.error, EOFError, KeyError, RuntimeError, OSError) as error:
            raise Refusal("{name} is damaged: {reason}", name=path.name, reason=reason_of(error)) from None


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
