"""What the Train page trains on: the setup's own batch, a data set, or a learner's table."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any

import numpy as np

from ...examples.data import CLASSES, TWO, VALUES, Data, numbered
from ...examples.datasets import DATASETS, Recipe
from ...examples.trainings import TRAININGS
from ...jobs import folder as runs_folder
from ...jobs import tables
from ...jobs.files import reason_of
from ...jobs.folder import default_folder
from ...maths.messages import Message, Refusal, enumerated
from ...setup import limits
from ...setup.arrays import data_of
from ...setup.codecs import quoted
from ...setup.setup import BATCH, Setup, replaced
from ..shell import session
from ..shell.owner import names, owner
from ..shell.presets import rows

OUTPUTS = {
    TWO: ("sigmoid", "binary_cross_entropy"),
    CLASSES: ("softmax", "cross_entropy"),
    VALUES: ("identity", "half_squared_error"),
}
"""The output activation and the loss for each kind of targets."""

SHOWN_NUMBERS = 600
"""Most numbers of X that the other pages show of a data set, since they are in the link."""

MEANING = ("kind", "inputs", "outputs", "image", "standardised")
KEPT = ("X", "Y", "kind", "inputs", "outputs", "standardised")


def training_data(setup: Setup) -> Data:
    """The data that a setup trains on.

    Raises ValueError with one sentence if there are none.
    """
    if setup.dataset == BATCH:
        return batch_of(setup)
    if setup.dataset.startswith(tables.PREFIX):
        return table_data(setup.dataset)
    if setup.dataset not in DATASETS:
        raise Refusal(
            "{name}: found {found}; accepted is one of {names}.",
            name="dataset",
            found=quoted(setup.dataset),
            names=enumerated([BATCH, *DATASETS]),
        )
    return DATASETS[setup.dataset].data(setup.samples, setup.noise, setup.data_seed)


def batch_of(setup: Setup) -> Data:
    """The setup's own X and Y; targets of 0 and 1 are classes if the loss is one for classes."""
    X, Y = data_of(setup)
    kind = VALUES
    if bool(np.isin(Y, (0, 1)).all()):
        one_hot = Y.shape[1] > 1 and bool((Y.sum(1) == 1).all())
        kind = TWO if Y.shape[1] == 1 else CLASSES if one_hot else VALUES
    outputs = ("0", "1") if kind == TWO else tuple(str(k) for k in range(1, Y.shape[1] + 1))
    n = X.shape[1]
    side = round(n**0.5)
    return Data(X, Y, kind, numbered(n), outputs, (side, side) if n >= 64 and side * side == n else None)


def meaning(data: Data) -> dict[str, Any]:
    """The properties of data other than their numbers, as JSON."""
    return {name: getattr(data, name) for name in MEANING}


def with_meaning(X: np.ndarray, Y: np.ndarray, meaning: dict[str, Any]) -> Data:
    """The data of a run. Raises ValueError if what is said of them cannot be theirs."""
    kind, inputs, outputs, image, standardised = (meaning.get(name) for name in MEANING)
    right = (
        kind in OUTPUTS
        and are_texts(inputs, X.shape[1])
        and are_texts(outputs, 2 if kind == TWO else Y.shape[1])
        and (image is None or (are_counts(image) and image[0] * image[1] == X.shape[1]))
        and isinstance(standardised, bool)
    )
    if not right:
        raise Refusal("the run's spec is damaged: {reason}", reason=Message("what it says of its data is not theirs"))
    picture = tuple(image or ()) or None
    return Data(X, Y, str(kind), tuple(inputs or ()), tuple(outputs or ()), picture, bool(standardised))


def are_texts(value: Any, count: int) -> bool:
    return isinstance(value, list | tuple) and len(value) == count and all(isinstance(each, str) for each in value)


def are_counts(value: Any) -> bool:
    """Whether a value is the shape of a picture."""
    return isinstance(value, list | tuple) and len(value) == 2 and all(type(each) is int and each > 0 for each in value)


# choosing data fits the network to them


def choose(name: str) -> bool:
    """Train on another data set, with its recipe for the network and the settings."""
    if name == BATCH:
        return session.edit(dataset=BATCH, run="", batch_size=0, validation=0.0, pace=0)
    entry = DATASETS[name]

    def fitted(setup: Setup) -> Setup:
        values = {"samples": entry.samples, "noise": entry.noise if entry.noise is not None else setup.noise}
        chosen = replaced(setup, {"dataset": name, **values})
        return fitted_to(chosen, training_data(chosen), entry.recipe)

    return session.change(fitted)


def suggest(name: str) -> None:
    """Take over a suggested training; the learner presses Start."""
    entry = TRAININGS[name]
    taken = session.open_preset(entry.preset) if entry.preset else choose(entry.dataset)
    if taken and entry.settings:
        settings = dict(entry.settings)
        if widths := settings.pop("widths", None):
            session.resize(widths)
        session.edit(**{"dataset": BATCH, "validation": 0.0, **settings})


def resample(**values: Any) -> bool:
    """Draw other samples of the same data set; the network stays."""

    def again(setup: Setup) -> Setup:
        chosen = replaced(setup, values)
        return with_samples(chosen, training_data(chosen))

    return session.change(again)


def fitted_to(setup: Setup, data: Data, recipe: Recipe) -> Setup:
    """A newly drawn network for the data, with settings that learn them."""
    output, loss = OUTPUTS[data.kind]
    names = ("optimizer", "learning_rate", "batch_size", "epochs", "validation", "pace")
    return with_samples(
        replace(
            setup,
            widths=(data.X.shape[1], *recipe.hidden, data.Y.shape[1]),
            activations=(*[recipe.activation] * len(recipe.hidden), output),
            loss=loss,
            reduction="mean_samples",
            bias=True,
            l2=0.0,
            initializer="he_normal" if recipe.activation == "relu" else "xavier_normal",
            entries={},
            schedule="constant",
            patience=0,
            freeze_biases=False,
            picture="data",
            **{name: getattr(recipe, name) for name in names},
        ),
        data,
    )


def with_samples(setup: Setup, data: Data) -> Setup:
    """The setup with a few samples of the data as the batch of the other pages, settings for so many, and no run."""
    count = max(1, min(limits.SAMPLES_SENT, len(data.X), SHOWN_NUMBERS // data.X.shape[1]))
    shown = replace(setup, X=rows(data.X[:count]), Y=rows(data.Y[:count]), sample=None, step=0, run="")
    return replace(shown, **for_samples(setup.batch_size, setup.validation, len(data.X)))


def for_samples(batch_size: int, validation: float, samples: int) -> dict[str, Any]:
    """A batch size and a share for validation that so few samples allow: none is held out where that would be none."""
    held = round(validation * samples)
    if not 0 < held < samples:
        held, validation = 0, 0.0
    return {"batch_size": min(batch_size, samples - held), "validation": validation}


def fit() -> None:
    """Fit the network to the data set that is chosen already."""
    session.change(lambda setup: fitted_to(setup, training_data(setup), recipe_of(setup.dataset)))


def recipe_of(name: str) -> Recipe:
    """The network and the settings that a data set begins with."""
    return DATASETS[name].recipe if name in DATASETS else TABLE_RECIPE


TABLE_RECIPE = Recipe((16,), epochs=100, pace=20)


def ends(data: Data) -> tuple[int, int]:
    """How many inputs and outputs data have."""
    return data.X.shape[1], data.Y.shape[1]


# a learner's tables, kept beside the runs so that a link finds them for some time


def keep_table(data: Data) -> str:
    """Keep the data of a table and return the name of its data set; the oldest tables make room.

    Raises OSError if it cannot be written.
    """
    texts = {name: np.array(getattr(data, name)) for name in ("inputs", "outputs")}
    more = {"kind": np.array(data.kind), "standardised": np.array(data.standardised)}
    return tables.keep(default_folder(), owner(), {"X": data.X, "Y": data.Y, **texts, **more})


def table_data(name: str) -> Data:
    """The data of a kept table. Raises ValueError if it is no longer kept."""
    try:
        changed = tables.changed(default_folder(), name)
        return read_table(name, changed)
    except (OSError, ValueError):
        raise Refusal("dataset: the table of this link is no longer kept here; open its CSV file again.") from None


@lru_cache(maxsize=4)
def read_table(name: str, _changed: float) -> Data:
    arrays = tables.read(default_folder(), name, KEPT)
    inputs, outputs = (tuple(map(str, arrays[part])) for part in ("inputs", "outputs"))
    return Data(arrays["X"], arrays["Y"], str(arrays["kind"]), inputs, outputs, None, bool(arrays["standardised"]))


def choose_table(data: Data) -> bool:
    try:
        name = keep_table(data)
    except OSError as error:
        session.refuse(Message("CSV: the table cannot be kept here ({reason}).", reason=reason_of(error)))
        return False
    values = {"dataset": name, "samples": len(data.X)}
    return session.change(lambda setup: fitted_to(replaced(setup, values), data, TABLE_RECIPE))


def is_our_table(name: str) -> bool:
    """Whether a table is kept here and this browser's."""
    return any(tables.may_delete(default_folder(), name, own) for own in names())


def delete_table(name: str) -> None:
    """Remove a table of this browser's and every run that was made of it, and choose the batch instead."""
    if not is_our_table(name):
        session.refuse(Message("This table is another browser's, or no longer kept here."))
        return
    try:
        runs_folder.forget_table(default_folder(), name)
    except OSError as error:
        session.refuse(Message("The table cannot be deleted ({reason}).", reason=reason_of(error)))
        return
    read_table.cache_clear()
    choose(BATCH)
