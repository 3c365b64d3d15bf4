"""A Setup is everything that is on screen; PROPERTIES is the one list of what it consists of.

The link, the setup file, undo and the pages read this list, so a new property is carried by all of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields, replace
from typing import Any

from ..derivation import notation
from ..derivation.hands import HANDS
from ..derivation.notation import Notation
from ..derivation.texts import TEXTS
from ..derivation.walkthroughs import WALKTHROUGHS
from ..engine.initializers import INITIALIZERS
from ..engine.training.measures import CURVES
from ..maths.activations import ACTIVATIONS
from ..maths.losses import LOSSES, REDUCTIONS
from . import codecs, limits
from .codecs import Codec, Rows
from .entries import ENTRIES, Entries, EntryKey
from .pages import PAGES
from .training import CHOICES, TrainingChoices

VERSION = 1
GRAINS = ("matrix", "entry")
PREDICTING = ("1", "guess")
"""Results are hidden until they are asked for, or until they are answered for."""

CODES = ("numpy", "torch")
"""The libraries in whose words the stepper shows the code of a step."""

FOLDED = ("yes", "no")
SPEEDS = ("0.5", "2", "4")
"""How fast the stepper plays, besides once a second or so."""

LISTINGS = (*CODES, "modules")
"""In which words the Derive page writes the whole algorithm."""

COMPUTED = {"cpu": ("cpu", "float64"), "cuda": ("cuda", "float64"), "cuda32": ("cuda", "float32")}
"""Device and type in which the stepper's numbers are computed."""

BATCH = "batch"
"""The name of the data set that is the setup's own X and Y."""

PICTURES = ("data", "units", "confusion", "weights")

EDIT, PLACE, VIEW, WRITTEN = "edit", "place", "view", "written"
"""What a property is: an edit of the network, its data or its training, which can be undone; a place in this network,
its data or its runs; how one looks at any network; or what is written to be checked on any, which can be undone."""


@dataclass(frozen=True)
class Setup(TrainingChoices):
    """The network, its numbers, the data, its training, and the view of all that.

    ``entries`` are the parameters given one by one, ("W" or "b", l, row, column) in canonical storage; all others are
    drawn by the initializer from the seed. ``X`` and ``Y`` have one row a sample. ``sample`` is the index of the one
    sample shown, or None for the whole batch. Training is on ``samples`` of ``dataset``. ``home`` is the link of the
    learner's own setup while it is put aside for a room: an exercise or a walkthrough that brings its network.

    On the Network page the numbers of layer ``part`` are shown, for 0 those of the data. On the Derive page ``push`` is
    added to the weight that leads into unit ``push_into`` from unit ``push_from``.

    In the stepper ``asked`` are the numbers that were asked about, ``seen`` is the sample in the picture, and ``entry``
    how far the present array is computed, entry by entry. Of arrays that are not in view as a whole, ``ledger`` and
    ``product`` have the first number in view, where that is not the array's first. ``folded`` is whether the ledger is,
    and ``speed`` how fast it plays, where they are not as a page begins.

    ``optimizer_state`` has what the optimiser keeps, a row as long as θ for each of its vectors, after ``updates``
    updates; without rows it is 0. ``stepped`` is the run whose next batch this is.
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
    sample: int | None = None
    hand: str = ""
    notation: Notation = field(default_factory=Notation)
    digits: int = 3
    grain: str = "matrix"
    predict: str = ""
    computed: str = "cpu"
    code: str = "numpy"
    shapes: bool = False
    folded: str = ""
    speed: str = ""
    step: int = 0
    asked: str = ""
    seen: int = 0
    entry: str = ""
    ledger: str = ""
    product: str = ""
    dataset: str = BATCH
    samples: int = 300
    noise: float = 0.1
    data_seed: int = 0
    run: str = ""
    compared: str = ""
    curve: str = "cost"
    picture: str = "data"
    log: bool = False
    part: int = 0
    page: str = "step"
    walkthrough: str = "chain-rule"
    layer: int = 0
    line: int = 0
    push: float = 0.1
    push_into: int = 0
    push_from: int = 0
    listing: str = "numpy"
    formula: str = ""
    target: str = ""
    given: codecs.Given = ()
    exercise: str = ""
    home: str = ""
    optimizer_state: Rows = ()
    updates: int = 0
    stepped: str = ""
    text: str = ""


@dataclass(frozen=True)
class Property:
    """A property of a setup: where it is stored, and how it is written, read and described.

    ``role`` is EDIT, PLACE, VIEW or WRITTEN. What is not ``linked`` is in the path of a link already.
    """

    name: str
    codec: Codec
    role: str = EDIT
    inside: str = ""
    linked: bool = True

    def get(self, setup: Setup) -> Any:
        return getattr(getattr(setup, self.inside) if self.inside else setup, self.name)

    def write(self, setup: Setup) -> str:
        value = self.get(setup)
        return self.codec.write(Entries(value, only=True) if self.codec is ENTRIES else value)

    def read(self, text: str) -> Any:
        """Read a value.

        Raises Refusal naming the text and the accepted values.
        """
        return codecs.read_as(self.name, self.codec, text)


PROPERTIES = (
    Property("widths", codecs.wholes(1, limits.WIDTH, 2, limits.DEPTH + 1)),
    Property("activations", codecs.words(ACTIVATIONS, limits.DEPTH)),
    Property("loss", codecs.word(LOSSES)),
    Property("reduction", codecs.word(REDUCTIONS)),
    Property("bias", codecs.FLAG),
    Property("l2", codecs.number(0)),
    Property("initializer", codecs.word(INITIALIZERS)),
    Property("seed", codecs.whole(0, limits.SEED)),
    Property("entries", ENTRIES),
    Property("optimizer_state", codecs.STATE),
    Property("updates", codecs.whole(0, limits.UPDATES)),
    Property("X", codecs.MATRIX),
    Property("Y", codecs.MATRIX),
    Property("dataset", codecs.DATASET),
    Property("samples", codecs.whole(2, limits.TRAINED)),
    Property("noise", codecs.number(0)),
    Property("data_seed", codecs.whole(0, limits.SEED)),
    *(Property(name, choice.codec) for name, choice in CHOICES.items()),
    Property("run", codecs.RUN, PLACE),
    Property("stepped", codecs.RUN, PLACE),
    Property("compared", codecs.RUNS, VIEW),
    Property("curve", codecs.word(CURVES), VIEW),
    Property("picture", codecs.word(PICTURES), VIEW),
    Property("log", codecs.FLAG, VIEW),
    Property("sample", codecs.SAMPLE, PLACE),
    Property("hand", codecs.word(HANDS, optional=True), VIEW),
    *(Property(name, codecs.one_of(choices), VIEW, "notation") for name, choices in notation.CHOICES.items()),
    Property("digits", codecs.whole(0, limits.DIGITS), VIEW),
    Property("grain", codecs.word(GRAINS), VIEW),
    Property("predict", codecs.word(PREDICTING, optional=True), VIEW),
    Property("computed", codecs.word(COMPUTED), VIEW),
    Property("code", codecs.word(CODES), VIEW),
    Property("shapes", codecs.FLAG, VIEW),
    Property("folded", codecs.word(FOLDED, optional=True), VIEW),
    Property("speed", codecs.word(SPEEDS, optional=True), VIEW),
    Property("step", codecs.whole(0, limits.STEP), PLACE),
    Property("asked", codecs.ASKED, PLACE),
    Property("seen", codecs.whole(0, limits.BATCH - 1), PLACE),
    Property("entry", codecs.REACHED, PLACE),
    Property("ledger", codecs.ASKED, PLACE),
    Property("product", codecs.ASKED, PLACE),
    Property("part", codecs.whole(0, limits.DEPTH), PLACE),
    Property("page", codecs.word(PAGES), VIEW, linked=False),
    Property("walkthrough", codecs.word(WALKTHROUGHS), VIEW),
    Property("layer", codecs.whole(0, limits.DEPTH), PLACE),
    Property("line", codecs.whole(0, limits.STEP), PLACE),
    Property("push", codecs.number(-1), PLACE),
    Property("push_into", codecs.whole(0, limits.WIDTH), PLACE),
    Property("push_from", codecs.whole(0, limits.WIDTH), PLACE),
    Property("listing", codecs.word(LISTINGS), VIEW),
    Property("formula", codecs.FORMULA, WRITTEN),
    Property("target", codecs.TARGET, WRITTEN),
    Property("given", codecs.GIVEN, WRITTEN),
    Property("exercise", codecs.EXERCISE, PLACE),
    Property("home", codecs.HOME, VIEW),
    Property("text", codecs.word(TEXTS, optional=True), VIEW),
)
BY_NAME = {prop.name: prop for prop in PROPERTIES}
EDITS = ("preset", *(prop.name for prop in PROPERTIES if prop.role == EDIT))
WRITTENS = tuple(prop.name for prop in PROPERTIES if prop.role == WRITTEN)
VIEWS = tuple(prop for prop in PROPERTIES if prop.role in (VIEW, WRITTEN))
"""What stays when another network is opened."""


def replaced(setup: Setup, values: Mapping[str, Any]) -> Setup:
    """The setup with some properties replaced, in whichever part they are stored."""
    inner: dict[str, dict[str, Any]] = {}
    outer: dict[str, Any] = {}
    for name, value in values.items():
        inside = BY_NAME[name].inside if name in BY_NAME else ""
        (inner.setdefault(inside, {}) if inside else outer)[name] = value
    outer |= {inside: replace(getattr(setup, inside), **changes) for inside, changes in inner.items()}
    return replace(setup, **outer)


def same_edits(one: Setup, other: Setup) -> bool:
    """Whether two setups have the same network, numbers and data, in whatever view."""
    return all(getattr(one, name) == getattr(other, name) for name in EDITS)


def same_writing(one: Setup, other: Setup) -> bool:
    """Whether two setups have the same to check."""
    return all(getattr(one, name) == getattr(other, name) for name in WRITTENS)


def room_of(setup: Setup) -> tuple[str, str]:
    """Which room a setup is in: whose own setup is put aside for it, and what it is for; empty outside."""
    return setup.home, setup.exercise or setup.stepped or (setup.walkthrough if setup.home else "")


def in_hand_of(view: Setup, hand: Setup) -> Setup:
    """A setup, written by the hand and in the notation of another."""
    return replace(view, hand=hand.hand, notation=hand.notation)


def with_writing_of(view: Setup, writing: Setup) -> Setup:
    """A setup with what is written to be checked in another."""
    return replace(view, **{name: getattr(writing, name) for name in WRITTENS})


def with_edits_of(view: Setup, edits: Setup) -> Setup:
    """The network, numbers and data of one setup, looked at as in another; a sample that is gone gives the batch."""
    merged = replace(view, **{name: getattr(edits, name) for name in EDITS})
    gone = merged.sample is not None and merged.sample >= len(merged.X)
    return replace(merged, sample=None) if gone else merged


assert {f.name for f in fields(Setup)} - {"notation", "preset"} <= set(BY_NAME), "a field of Setup has no property"
