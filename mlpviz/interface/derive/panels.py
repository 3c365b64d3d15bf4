"""What is special to a walkthrough, above and below its lines."""

from __future__ import annotations

from collections.abc import Callable

from ...derivation.chain import Scene
from . import demonstrations as derive_tryouts
from . import shapes as derive_shapes

ABOVE: dict[str, Callable[[Scene], None]] = {"chain-rule": derive_tryouts.nudge, "layouts": derive_shapes.both_layouts}
BELOW: dict[str, Callable[[Scene], None]] = {
    "batch": derive_tryouts.batch,
    "modules": derive_shapes.modules,
    "outputs": derive_tryouts.outputs,
    "layouts": derive_shapes.layout_shapes,
    "strategies": derive_tryouts.ways,
}
"""The panels by the name of their walkthrough."""


def above(name: str, scene: Scene) -> None:
    """What stands above the lines."""
    if name in ABOVE:
        ABOVE[name](scene)


def below(name: str, scene: Scene) -> None:
    """What stands below the lines."""
    if name in BELOW:
        BELOW[name](scene)
