"""Streamlit's files for browsers with a compressed copy beside each, which nginx sends from disk: made once."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
from pathlib import Path

COMPRESSED = {".js", ".css", ".html", ".json", ".svg", ".ttf", ".wasm"}
SMALLEST = 500  # bytes: below, a copy is hardly smaller
STAMP = "made-of"


def make(source: Path, target: Path) -> bool:
    """Mirror the files of ``source`` in ``target`` by links, with compressed copies; False if that is done already."""
    files = sorted(path for path in source.rglob("*") if path.is_file())
    stamp = target.with_name(target.name + f".{STAMP}")
    made_of = fingerprint(source, files)
    if stamp.exists() and stamp.read_text(encoding="ascii") == made_of:
        return False
    fresh = target.with_name(target.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    for path in files:
        mirror(path, fresh / path.relative_to(source))
    shutil.rmtree(target, ignore_errors=True)
    fresh.rename(target)
    stamp.write_text(made_of, encoding="ascii")
    return True


def fingerprint(source: Path, files: list[Path]) -> str:
    """What tells one installed version's files from another's."""
    told = ((str(path.relative_to(source)), path.stat().st_size, path.stat().st_mtime_ns) for path in files)
    return hashlib.sha256(repr([str(source), *told]).encode()).hexdigest()


def mirror(path: Path, link: Path) -> None:
    link.parent.mkdir(parents=True, exist_ok=True)
    link.symlink_to(path)
    if path.suffix not in COMPRESSED or path.stat().st_size < SMALLEST:
        return
    copy = link.with_name(link.name + ".gz")
    copy.write_bytes(gzip.compress(path.read_bytes(), 9, mtime=0))
    times = path.stat().st_mtime
    os.utime(copy, (times, times))  # nginx tells a copy's time, and both are to be one file to a browser
