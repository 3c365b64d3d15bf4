"""What a walkthrough is: a title, the items of the source texts it shows, and its chains for a network and a layer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ...maths.architecture import Architecture
from ..chain import Chain, Scene


@dataclass(frozen=True)
class Slip:
    """A slip in a source text: where, what stands there, and what is right."""

    code: str
    where: str
    wrong: str
    right: str


def every_layer(architecture: Architecture) -> range:
    """All layers with parameters."""
    return range(1, architecture.depth + 1)


def hidden_layers(architecture: Architecture) -> range:
    """The layers below the output; of a network without any, the output."""
    return range(1, max(architecture.depth, 2))


def output_layer(architecture: Architecture) -> range:
    """The output layer alone."""
    return range(architecture.depth, architecture.depth + 1)


@dataclass(frozen=True)
class Walkthrough:
    """One walkthrough; with ``batch`` it takes all samples, else one."""

    name: str
    title: str
    about: str
    items: tuple[str, ...]
    chains: Callable[[Scene], tuple[Chain, ...]]
    slips: tuple[Slip, ...] = ()
    layers: Callable[[Architecture], range] = every_layer
    batch: bool = False


def span(prefix: str, first: int, last: int) -> tuple[str, ...]:
    """S0.1, S0.2, …: consecutive items."""
    return tuple(f"{prefix}.{number}" for number in range(first, last + 1))
