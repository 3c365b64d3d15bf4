"""A step's text as a compiled function. What was compiled once is kept for this user, and found by its text."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import sys
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import Any

from ..threads import controller

KEPT = "MLPVIZ_COMPILED"
"""The variable that names another folder for compiled steps; empty keeps none."""


def folder() -> Path | None:
    """Where compiled steps are kept, readable by this user alone; None if there is no such place."""
    named = os.environ.get(KEPT)
    if named == "":
        return None
    base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    place = Path(named) if named else base / "mlpviz" / "compiled"
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return place if os.access(place, os.W_OK) else None


@lru_cache(maxsize=64)
def loaded(text: str) -> Callable[..., Any]:
    """The function ``steps`` of a module's text, which is compiled when it is called first, or found compiled."""
    if "np.dot(" in text:
        load_library()
    place = folder()
    return anew(text) if place is None else imported(text, place)


def anew(text: str) -> Callable[..., Any]:
    """The function compiled for this process alone."""
    known: dict[str, Any] = {}
    exec(text.replace("cache=True, ", ""), known)
    function: Callable[..., Any] = known["steps"]
    return function


def imported(text: str, place: Path) -> Callable[..., Any]:
    """The function from a file that stays, beside which the compiler keeps what it makes."""
    name = f"steps_{hashlib.sha256(text.encode()).hexdigest()[:32]}"
    file = place / f"{name}.py"
    if not file.exists():
        written = file.with_suffix(f".{os.getpid()}")
        written.write_text(text, encoding="utf-8")
        written.replace(file)
    spec = importlib.util.spec_from_file_location(name, file)
    assert spec is not None
    assert spec.loader is not None
    module = sys.modules[name] = importlib.util.module_from_spec(spec)  # where the compiler looks for it
    spec.loader.exec_module(module)
    function: Callable[..., Any] = module.steps
    return function


@lru_cache(maxsize=1)
def load_library() -> None:
    """Load the BLAS that Numba calls by itself, so that limits of its threads reach it, too."""
    importlib.import_module("scipy.linalg.cython_blas")
    controller.cache_clear()
