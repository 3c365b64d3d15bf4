"""What a walkthrough is: a title, and its chains for a network and a layer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ...maths.architecture import Architecture
from ..chain import Chain, Scene


def every_layer(architecture: Architecture) -> range:
    """All layers with parameters."""
    return range(1, architecture.depth + 1)


def output_layer(architecture: Architecture) -> range:
    """The output layer alone."""
    return range(architecture.depth, architecture.depth + 1)


@dataclass(frozen=True)
class Walkthrough:
    """One walkthrough; ``errata`` are the codes of the texts' mistakes in what it shows.

    With ``batch`` it takes all samples, else one.
    """

    name: str
    title: str
    about: str
    chains: Callable[[Scene], tuple[Chain, ...]]
    errata: tuple[str, ...] = ()
    layers: Callable[[Architecture], range] = every_layer
    batch: bool = False
