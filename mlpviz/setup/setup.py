"""A Setup is everything that is on screen; PROPERTIES is the one list of what it consists of.

The link, the setup file, undo and the pages read this list, so a new property is carried by all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from ..derivation.notation import CHOICES, Notation
from ..derivation.walkthroughs import WALKTHROUGHS
from ..engine.devices import NAMES
from ..engine.initializers import INITIALIZERS
from ..engine.training.optimizers import OPTIMIZERS
from ..engine.training.schedules import SCHEDULES
from ..maths.activations import ACTIVATIONS
from ..maths.losses import LOSSES, REDUCTIONS
from . import checking, limits, training
from .codecs import FLAG, MATRIX, SAMPLE, Kind, Rows, found, number, one_of, whole, wholes, word, words
from .entries import ENTRIES, Entries, EntryKey

VERSION = 1
GRAINS = ("matrix", "entry")
COMPUTED = {"cpu": ("cpu", "float64"), "cuda": ("cuda", "float64"), "cuda32": ("cuda", "float32")}
"""Where the stepper's numbers are computed, and in which type."""

PAGES = ("step", "network", "derive", "check", "train")


@dataclass(frozen=True)
class Setup:
    """The network, its numbers, the data, and how they are looked at.

    ``entries`` are the parameters given one by one, ("W" or "b", l, row, column) in canonical storage; all others are
    drawn by the initializer from the seed. ``X`` and ``Y`` have one row a sample. ``sample`` is the index of the one
    sample shown, or None for the whole batch. Training is on ``samples`` of ``dataset`` but for the share
    ``validation``, in minibatches of ``batch_size`` (0: all at once); ``patience`` 0 is without end, ``target_cost`` 0
    without aim. ``schedule_options`` are chosen in place of the schedules' own. ``unit_counts``: whether dead and
    saturated units are counted after every epoch. ``pace`` are the epochs a second that a run keeps to, 0 as many as
    it can. A run is made on ``device`` in ``precision``, and goes on on the CPU if a GPU has too little memory for it
    and ``or_cpu``.
    """

    preset: str
    widths: tuple[int, ...]
    activations: tuple[str, ...]
    loss: str
    reduction: str
    X: Rows
    Y: Rows
    bias: bool = True
    l2: float = 0.0
    initializer: str = "he_normal"
    seed: int = 0
    entries: Mapping[EntryKey, float] = field(default_factory=dict, hash=False)
    learning_rate: float = 0.5
    sample: int | None = None
    notation: Notation = field(default_factory=Notation)
    digits: int = 3
    grain: str = "matrix"
    computed: str = "cpu"
    step: int = 0
    dataset: str = training.BATCH
    samples: int = 300
    noise: float = 0.1
    data_seed: int = 0
    optimizer: str = "sgd"
    batch_size: int = 0
    epochs: int = 1_000
    validation: float = 0.0
    schedule: str = "constant"
    schedule_options: str = ""
    patience: int = 0
    target_cost: float = 0.0
    freeze_biases: bool = False
    unit_counts: bool = True
    order_seed: int = 0
    pace: int = 0
    device: str = "cpu"
    precision: str = "float32"
    or_cpu: bool = False
    run: str = ""
    compared: str = ""
    curve: str = "cost"
    picture: str = "data"
    log: bool = False
    page: str = "step"
    walkthrough: str = "chain-rule"
    layer: int = 0
    line: int = 0
    formula: str = ""
    target: str = ""
    exercise: str = ""


@dataclass(frozen=True)
class Property:
    """One property: where it lives in a Setup, and how it is written, read and described.

    An ``edit`` changes the network or its data and can be undone; the rest is only looked at differently. What is not
    ``linked`` is in the path of a link already.
    """

    name: str
    kind: Kind
    edit: bool = True
    inside: str = ""
    linked: bool = True

    def get(self, setup: Setup) -> Any:
        """Its value in a setup."""
        return getattr(getattr(setup, self.inside) if self.inside else setup, self.name)

    def write(self, setup: Setup) -> str:
        """Its value in a setup, as text."""
        value = self.get(setup)
        return self.kind.write(Entries(value, only=True) if self.kind is ENTRIES else value)

    def read(self, text: str) -> Any:
        """Its value from a text.

        Raises ValueError saying what was found and what is accepted.
        """
        try:
            return self.kind.read(text)
        except (ValueError, OverflowError) as error:
            part = error.args[0] if error.args else text
            raise ValueError(f"{self.name}: found {found(part)}; accepted {self.kind.accepted}.") from None


def _seen(name: str, kind: Kind, inside: str = "", linked: bool = True) -> Property:
    return Property(name, kind, edit=False, inside=inside, linked=linked)


PROPERTIES = (
    Property("widths", wholes(1, limits.WIDTH, 2, limits.DEPTH + 1)),
    Property("activations", words(ACTIVATIONS, limits.DEPTH)),
    Property("loss", word(LOSSES)),
    Property("reduction", word(REDUCTIONS)),
    Property("bias", FLAG),
    Property("l2", number(0)),
    Property("initializer", word(INITIALIZERS)),
    Property("seed", whole(0, limits.SEED)),
    Property("learning_rate", number(0, above=True)),
    Property("entries", ENTRIES),
    Property("X", MATRIX),
    Property("Y", MATRIX),
    Property("dataset", training.NAME),
    Property("samples", whole(2, limits.TRAINED)),
    Property("noise", number(0)),
    Property("data_seed", whole(0, limits.SEED)),
    Property("optimizer", word(OPTIMIZERS)),
    Property("batch_size", whole(0, limits.TRAINED)),
    Property("epochs", whole(1, limits.EPOCHS)),
    Property("validation", training.SHARE),
    Property("schedule", word(SCHEDULES)),
    Property("schedule_options", training.SCHEDULE),
    Property("patience", whole(0, limits.EPOCHS)),
    Property("target_cost", number(0)),
    Property("freeze_biases", FLAG),
    Property("unit_counts", FLAG),
    Property("order_seed", whole(0, limits.SEED)),
    Property("pace", whole(0, 1_000)),
    Property("device", word(NAMES)),
    Property("precision", word(training.PRECISIONS)),
    Property("or_cpu", FLAG),
    _seen("run", training.RUN),
    _seen("compared", training.RUNS),
    _seen("curve", word(training.CURVES)),
    _seen("picture", word(training.PICTURES)),
    _seen("log", FLAG),
    _seen("sample", SAMPLE),
    *(_seen(name, one_of(choices), "notation") for name, choices in CHOICES.items()),
    _seen("digits", whole(0, limits.DIGITS)),
    _seen("grain", word(GRAINS)),
    _seen("computed", word(COMPUTED)),
    _seen("step", whole(0, limits.STEP)),
    _seen("page", word(PAGES), linked=False),
    _seen("walkthrough", word(WALKTHROUGHS)),
    _seen("layer", whole(0, limits.DEPTH)),
    _seen("line", whole(0, limits.STEP)),
    _seen("formula", checking.FORMULA),
    _seen("target", checking.TARGET),
    _seen("exercise", checking.EXERCISE),
)
BY_NAME = {prop.name: prop for prop in PROPERTIES}
EDITS = ("preset", *(prop.name for prop in PROPERTIES if prop.edit))


def replaced(setup: Setup, values: Mapping[str, Any]) -> Setup:
    """The setup with some properties replaced, wherever they live."""
    inner: dict[str, dict[str, Any]] = {}
    outer: dict[str, Any] = {}
    for name, value in values.items():
        inside = BY_NAME[name].inside if name in BY_NAME else ""
        (inner.setdefault(inside, {}) if inside else outer)[name] = value
    outer |= {inside: replace(getattr(setup, inside), **changes) for inside, changes in inner.items()}
    return replace(setup, **outer)


def same_edits(one: Setup, other: Setup) -> bool:
    """Whether two setups have the same network, numbers and data, however they are looked at."""
    return all(getattr(one, name) == getattr(other, name) for name in EDITS)


def with_edits_of(view: Setup, edits: Setup) -> Setup:
    """The network, numbers and data of one setup, looked at as in another; a sample that is gone gives the batch."""
    merged = replace(view, **{name: getattr(edits, name) for name in EDITS})
    gone = merged.sample is not None and merged.sample >= len(merged.X)
    return replace(merged, sample=None) if gone else merged


assert {f.name for f in fields(Setup)} - {"notation", "preset"} <= set(BY_NAME), "a field of Setup has no property"
