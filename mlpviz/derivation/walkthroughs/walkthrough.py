"""What a walkthrough is: a title, and its chains for a network and a layer.

A chain is a sequence of lines for one array, and every line evaluates to that array: an expression as the notation
shows it, with the reason why it may stand in place of the one before.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from ...maths.architecture import Architecture
from ...maths.expressions import Expression, Symbol
from ..calculus import Partial
from ..derived import flat_gradient
from ..indices import Index, Unrolled
from ..notation import Notation
from ..scene import Scene


@dataclass(frozen=True)
class Line:
    """One line: what stands there, a few words for the step, the reason, and remarks.

    A remark is for who writes by a hand, which is its key; that of "" is for everyone. ``called`` is another name of
    what the line is about, which stands before it.
    """

    value: Expression
    title: str
    reason: str
    notes: Mapping[str, str] = field(default_factory=dict)
    called: Symbol | None = None

    def noted(self, hand: str = "") -> list[str]:
        """The remarks for who writes by a hand."""
        return [self.notes[each] for each in dict.fromkeys(("", hand)) if each in self.notes]


@dataclass(frozen=True)
class Chain:
    """The lines for one array; ``layer``, if it is about another than the one chosen."""

    title: str
    target: Symbol
    lines: tuple[Line, ...]
    layer: int | None = None


def every_layer(architecture: Architecture) -> range:
    return range(1, architecture.depth + 1)


def output_layer(architecture: Architecture) -> range:
    return range(architecture.depth, architecture.depth + 1)


def last_layer(architecture: Architecture) -> int:
    return architecture.depth


def always(_architecture: Architecture, _samples: int) -> bool:
    return True


@dataclass(frozen=True)
class Walkthrough:
    """A walkthrough of some layer, of one sample or, with ``batch``, of all.

    ``derives`` are the equations of the pass that it leads to, by name, ``errata`` the mistakes of the texts that
    belong to it, by code; ``below`` names the demonstrations that stand below its lines, ``other`` the walkthrough that
    takes another way to the same. Of the ``layers`` that can be chosen it opens with the one that ``opens`` gives.
    What a sample is may be fixed by its ``orientation``. A network and a number of samples show its point if they are
    ``shown_by`` it; those of its ``preset`` are.
    """

    name: str
    title: str
    about: str
    chains: Callable[[Scene], tuple[Chain, ...]]
    derives: tuple[str, ...] = ()
    errata: tuple[str, ...] = ()
    below: tuple[str, ...] = ()
    layers: Callable[[Architecture], range] = every_layer
    opens: Callable[[Architecture], int] = last_layer
    batch: bool = False
    orientation: str = ""
    other: str = ""
    preset: str = ""
    shown_by: Callable[[Architecture, int], bool] = always

    def notation(self, notation: Notation) -> Notation:
        """A learner's notation, as this walkthrough takes it."""
        return replace(notation, orientation=self.orientation) if self.orientation else notation


def assembling(scene: Scene, target: Symbol) -> str:
    """What the brackets around an entry mean, said where they are first met."""
    rows, columns = scene.view.symbol_shape(target)
    if rows != 1 and columns != 1:
        return scene.say(
            "{new_brackets} assembles a matrix: in row {i}, column {j} stands what the brackets hold.",
            new_brackets="[ ]_{ij}",
            i="i",
            j="j",
        )
    index = "i" if columns == 1 else "j"
    return scene.say(
        "{new_brackets} assembles a vector: its entry {i} is what the brackets hold.",
        new_brackets=f"[ ]_{{{index}}}",
        i=index,
    )


def decay(scene: Scene) -> dict[str, str]:
    """A remark on the l2 term of a weight gradient, if the network has one."""
    if not scene.architecture.l2:
        return {}
    return {"": scene.say("The term with {rate} comes from the l2 term of the cost.", rate=Symbol("l2"))}


def paired(scene: Scene) -> bool:
    """Whether the derivatives of loss and output activation were made for each other, and cancel."""
    return scene.architecture.activations[-1] in scene.architecture.loss_entry.pairings


def slope_by_z(scene: Scene, layer: int, index: Index) -> Partial:
    """∂J/∂z of one unit: the δ of the pass."""
    z, delta = (scene.at(Symbol(name, layer), None, index) for name in ("Z", "delta"))
    return Partial(None, z, delta)


def one_weight(scene: Scene) -> Expression:
    """∂J/∂W of one weight of the layer: ∂J/∂z at its end times the activation at its start."""
    u, v = scene.frame(Symbol("dW", scene.layer))
    return slope_by_z(scene, scene.layer, u) * input_of(scene, v)


def folded(scene: Scene) -> Expression:
    """∂J/∂W of one weight of the layer, as an entry of the long vector ∂J/∂flat W."""
    u, v = scene.frame(Symbol("dW", scene.layer))
    place = Unrolled(u, v, scene.architecture.widths[scene.layer - 1], scene.view.notation.first_index)
    return scene.at(flat_gradient(Symbol("W", scene.layer)), None, place or None)


def input_of(scene: Scene, index: Index) -> Expression:
    """What comes into the layer over one wire."""
    return scene.at(Symbol("A", scene.layer - 1), None, index)
