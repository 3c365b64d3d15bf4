"""What a walkthrough is: a title, and its chains for a network and a layer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ...maths.architecture import Architecture
from ...maths.expressions import Symbol
from ..calculus import Partial
from ..chain import Chain
from ..indices import Index
from ..scene import Scene


def every_layer(architecture: Architecture) -> range:
    return range(1, architecture.depth + 1)


def output_layer(architecture: Architecture) -> range:
    return range(architecture.depth, architecture.depth + 1)


@dataclass(frozen=True)
class Walkthrough:
    """A walkthrough of some layer, of one sample or, with ``batch``, of all.

    ``derives`` are the equations of the pass that it leads to, by name, ``errata`` the mistakes of the texts that
    belong to it, by code; ``above`` and ``below`` name the demonstrations that stand above and below its lines.
    """

    name: str
    title: str
    about: str
    chains: Callable[[Scene], tuple[Chain, ...]]
    derives: tuple[str, ...] = ()
    errata: tuple[str, ...] = ()
    above: str = ""
    below: str = ""
    layers: Callable[[Architecture], range] = every_layer
    batch: bool = False


def slope_by_z(scene: Scene, layer: int, index: Index) -> Partial:
    """∂J/∂z of one unit: the δ of the pass."""
    z, delta = (scene.at(Symbol(name, layer), None, index) for name in ("Z", "delta"))
    return Partial(None, z, delta)
