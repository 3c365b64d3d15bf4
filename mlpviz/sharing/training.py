"""What a setup holds of training: the kinds of its values that no other part has."""

from __future__ import annotations

import re

from .kinds import Kind, read_number, require, written

BATCH = "batch"
"""The data set that is the setup's own X and Y."""

CURVES = ("cost", "accuracy", "gradients")
PICTURES = ("data", "units", "confusion", "weights")
MOST_RUNS = 12  # runs that are compared

_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}", re.ASCII)
_RUN = re.compile(r"[0-9a-f]{16}", re.ASCII)


def _read_name(text: str) -> str:
    require(_NAME.fullmatch(text) is not None)
    return text


def _read_share(text: str) -> float:
    share = read_number(text)
    require(0 <= share < 1)
    return share


def _read_run(text: str) -> str:
    require(text == "" or _RUN.fullmatch(text) is not None)
    return text


def _read_runs(text: str) -> str:
    names = text.split(",") if text else []
    require(len(names) <= MOST_RUNS and all(map(_RUN.fullmatch, names)))
    return text


NAME = Kind(str, _read_name, "is a name of small letters, digits and hyphens")
SHARE = Kind(written, _read_share, "is a number from 0 up to, but without, 1")
RUN = Kind(str, _read_run, "is the name of a run, sixteen hexadecimal digits, or nothing")
RUNS = Kind(str, _read_runs, f"are up to {MOST_RUNS} names of runs, separated by commas")
