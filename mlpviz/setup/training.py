"""The choices for a run of training: one row each, which the setup, the Train page and its runs read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from ..engine.backend import BACKENDS
from ..engine.training.optimizers import OPTIMIZERS
from ..engine.training.schedules import SCHEDULES
from ..engine.training.starts import MOST, VARIED
from ..maths.messages import N_
from . import codecs, limits
from .codecs import Codec

PRECISIONS = {"float32": ("float32", False), "tf32": ("float32", True), "float64": ("float64", False)}
"""The type of a run's numbers, and whether a GPU may round the factors of its products to TensorFloat-32."""

RULE, LENGTH, SWITCHES = "rule", "length", "switches"
"""Where the page shows a choice: how an update is made, how long training goes on, and the switches below."""


@dataclass(frozen=True)
class Choice:
    """How a choice is written in links, and what is said of it.

    It is shown in the ``group`` of the page's fields, from a ``table`` of titles if there is one; without a group it
    has a widget of its own. Runs are compared by what is called ``short``. The engine's Settings have it as
    ``argument``, if it goes there as it is, where a 0 that stands for nothing is None if it is ``optional``.
    """

    codec: Codec
    title: str = ""
    about: str = ""
    group: str = ""
    table: Mapping[str, Any] | None = None
    short: str = ""
    argument: str = ""
    optional: bool = False

    def given(self, value: Any) -> Any:
        """A value for the engine."""
        return (value or None) if self.optional else value


def choice(default: Any, codec: Codec, title: str = "", about: str = "", **more: Any) -> Any:
    """A field with its default and its ``Choice``."""
    return field(default=default, metadata={"choice": Choice(codec, title, about, **more)})


@dataclass(frozen=True, kw_only=True)
class TrainingChoices:
    """What a setup holds of training; links, the page and the runs have it in this order.

    A run is made on ``device`` in ``precision``, and goes on on the CPU if a GPU has too little memory for it and
    ``or_cpu``. ``schedule_options`` are chosen in place of the schedules' own.
    """

    optimizer: str = choice(
        "sgd", codecs.word(OPTIMIZERS), N_("Optimiser"),
        N_("How a gradient becomes a change of the weights; all five are as PyTorch defines and sets them."),
        group=RULE, table=OPTIMIZERS, short=N_("optimiser"), argument="optimizer",
    )  # fmt: skip
    learning_rate: float = choice(
        0.5, codecs.number(0, above=True), N_("Learning rate η"), N_("How far one update goes."),
        group=RULE, short=N_("learning rate"), argument="learning_rate",
    )  # fmt: skip
    batch_size: int = choice(
        0, codecs.whole(0, limits.TRAINED), N_("Batch size (0: all)"),
        N_("Samples whose gradient is taken together for one update; the last batch may be shorter."),
        group=LENGTH, short=N_("batch size"), argument="batch_size", optional=True,
    )  # fmt: skip
    epochs: int = choice(
        1_000, codecs.whole(1, limits.EPOCHS), N_("Epochs"),
        N_("How often all samples are gone through, unless the run ends earlier."),
        group=LENGTH, short=N_("number of epochs"), argument="epochs",
    )  # fmt: skip
    validation: float = choice(
        0.0, codecs.SHARE, N_("Share for validation"),
        N_("This share of the samples is not trained on: cost and accuracy are told for it apart."),
        group=LENGTH, short=N_("validation"), argument="validation", optional=True,
    )  # fmt: skip
    schedule: str = choice(
        "constant", codecs.word(SCHEDULES), N_("Learning rate is"),
        N_("What the learning rate is multiplied by as the epochs pass."),
        group=RULE, table=SCHEDULES, short=N_("schedule"), argument="schedule",
    )  # fmt: skip
    schedule_options: str = choice("", codecs.SCHEDULE, short=N_("schedule options"))
    patience: int = choice(
        0, codecs.whole(0, limits.EPOCHS), N_("Early stopping (0: off)"),
        N_("Patience: the run ends if the cost (of validation, if there is one) has not come down for so many epochs."),
        group=LENGTH, short=N_("patience"), argument="patience", optional=True,
    )  # fmt: skip
    target_cost: float = choice(
        0.0, codecs.number(0), N_("Target cost (0: none)"),
        N_("The run ends once the cost (of validation, if there is one) is not above this."),
        group=LENGTH, short=N_("target cost"), argument="target_cost", optional=True,
    )  # fmt: skip
    unit_counts: bool = choice(
        True, codecs.FLAG, N_("Count dead and saturated units"),
        N_("Two more curves for each layer; with small networks an epoch takes about twice as long."),
        group=SWITCHES,
    )  # fmt: skip
    freeze_biases: bool = choice(
        False, codecs.FLAG, N_("Biases stay as they are"),
        N_("Only the weights are moved, as in Mazur's published example."),
        group=SWITCHES, short=N_("freeze biases"),
    )  # fmt: skip
    pace: int = choice(
        0, codecs.whole(0, 1_000), N_("Epochs a second (0: all)"),
        N_("A run that keeps to a pace can be watched; at full speed an epoch may take a millisecond."),
        group=LENGTH,
    )  # fmt: skip
    order_seed: int = choice(
        0, codecs.whole(0, limits.SEED), N_("Seed of order and split"),
        N_("The same seed gives the same split and the same order of the samples."),
        group=LENGTH, short=N_("order seed"), argument="seed",
    )  # fmt: skip
    starts: int = choice(
        1, codecs.whole(1, MOST), N_("Networks trained together"),
        N_("Each has other first weights, and all take the same batches."), short=N_("networks"),
    )  # fmt: skip
    varied: str = choice("seed", codecs.word(VARIED), N_("They differ in"), short=N_("varied"))
    device: str = choice("cpu", codecs.word(BACKENDS), short=N_("device"))
    precision: str = choice("float32", codecs.word(PRECISIONS), short=N_("precision"))
    or_cpu: bool = choice(False, codecs.FLAG)


CHOICES: dict[str, Choice] = {each.name: each.metadata["choice"] for each in fields(TrainingChoices)}
