"""What a setup holds of training: the kinds of its values that no other part has."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ..engine.training.schedules import SCHEDULES
from .codecs import Kind, each, read_number, require, written

BATCH = "batch"
"""The data set that is the setup's own X and Y."""

CURVES = ("cost", "accuracy", "gradients", "dead", "saturation")
PICTURES = ("data", "units", "confusion", "weights")
MOST_RUNS = 12  # runs that are compared

PRECISIONS = {"float32": ("float32", False), "tf32": ("float32", True), "float64": ("float64", False)}
"""The type of a run's numbers, and whether a GPU may round the factors of its products to TensorFloat-32."""

_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}", re.ASCII)
_RUN = re.compile(r"[0-9a-f]{16}", re.ASCII)

OPTIONS = tuple(dict.fromkeys(name for entry in SCHEDULES.values() for name in entry.options))
"""The names of all options of all schedules."""

LEAST, MOST = 1e-6, 1e6
"""An option's bounds, so that no power of it overflows unseen."""

ZERO = ("lowest",)
"""Options that may be 0."""


def _read_name(text: str) -> str:
    require(_NAME.fullmatch(text) is not None)
    return text


def _read_share(text: str) -> float:
    share = read_number(text)
    require(0 <= share < 1)
    return share


def _read_option(text: str) -> float:
    value = read_number(text)
    require(LEAST <= value <= MOST or value == 0)
    return value


def _read_pair(text: str) -> tuple[str, float]:
    name, _colon, number = text.partition(":")
    require(name in OPTIONS)
    value = _read_option(number)
    require(value > 0 or name in ZERO)
    return name, value


def options_of(text: str) -> dict[str, float]:
    """What is chosen for learning-rate schedules, by name."""
    return dict(each(_read_pair, text.split(","))) if text else {}


def options_text(options: Mapping[str, float]) -> str:
    """What is chosen for learning-rate schedules, as text."""
    return ",".join(f"{name}:{written(value)}" for name, value in sorted(options.items()))


def _read_options(text: str) -> str:
    return options_text(options_of(text))


def _read_run(text: str) -> str:
    require(text == "" or _RUN.fullmatch(text) is not None)
    return text


def _read_runs(text: str) -> str:
    names = text.split(",") if text else []
    require(len(names) <= MOST_RUNS and all(map(_RUN.fullmatch, names)))
    return text


NAME = Kind(str, _read_name, "is a name of small letters, digits and hyphens")
SHARE = Kind(written, _read_share, "is a number from 0 up to, but without, 1")
SCHEDULE = Kind(
    str,
    _read_options,
    f"are numbers from {written(LEAST)} to {written(MOST)} for {', '.join(OPTIONS)}, as in {OPTIONS[0]}:5",
)
RUN = Kind(str, _read_run, "is the name of a run, sixteen hexadecimal digits, or nothing")
RUNS = Kind(str, _read_runs, f"are up to {MOST_RUNS} names of runs, separated by commas")
