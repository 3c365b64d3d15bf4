"""Which of Streamlit's files for browsers are sent compressed, and how."""

from __future__ import annotations

import gzip
import importlib.util
from pathlib import Path

COMPRESSED = {".js", ".css", ".html", ".json", ".svg", ".ttf", ".wasm"}
SMALLEST = 500  # bytes: below, a copy is hardly smaller


def streamlits_files() -> Path:
    """What Streamlit brings for browsers."""
    found = importlib.util.find_spec("streamlit")
    assert found is not None
    return Path(str(found.origin)).parent / "static"


def is_compressed(path: Path) -> bool:
    """Whether a file has a compressed copy."""
    return path.suffix in COMPRESSED and path.stat().st_size >= SMALLEST


def compressed(content: bytes) -> bytes:
    """The same bytes every time, so that two processes send one and the same file."""
    return gzip.compress(content, 9, mtime=0)
