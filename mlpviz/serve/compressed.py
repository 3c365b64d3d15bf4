"""Streamlit's files for browsers and our document, each with a compressed copy that nginx sends: made once."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

from ..interface.shell.compressed import compressed, is_compressed
from ..interface.shell.document import PAGE, document

STAMP = "made-of"


def make(source: Path, target: Path) -> bool:
    """Mirror the files of ``source`` in ``target`` by links, with compressed copies; False if that is done already."""
    files = sorted(path for path in source.rglob("*") if path.is_file())
    stamp = target.with_name(target.name + f".{STAMP}")
    page = document(source)
    made_of = fingerprint(source, files, page)
    if stamp.exists() and stamp.read_text(encoding="ascii") == made_of:
        return False
    fresh = target.with_name(target.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    for path in files:
        mirror(path, fresh / path.relative_to(source))
    if page:
        write_page(page, fresh / PAGE)
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)
    stamp.write_text(made_of, encoding="ascii")
    return True


def fingerprint(source: Path, files: list[Path], page: str) -> str:
    """What tells one installed version's files and document from another's."""
    told = ((str(path.relative_to(source)), path.stat().st_size, path.stat().st_mtime_ns) for path in files)
    return hashlib.sha256(repr([str(source), page, *told]).encode()).hexdigest()


def mirror(path: Path, link: Path) -> None:
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(path)
    if is_compressed(path):
        copy(path, link)


def write_page(page: str, path: Path) -> None:
    """The document of all pages, in the place of Streamlit's."""
    for old in (path, beside(path)):
        old.unlink(missing_ok=True)
    path.write_text(page, encoding="utf-8")
    copy(path, path)


def copy(path: Path, link: Path) -> None:
    beside(link).write_bytes(compressed(path.read_bytes()))
    times = path.stat().st_mtime
    os.utime(beside(link), (times, times))  # nginx tells a copy's time, and both are to be one file to a browser


def beside(path: Path) -> Path:
    return path.with_name(path.name + ".gz")
