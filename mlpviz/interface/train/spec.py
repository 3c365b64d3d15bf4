"""From a setup to a run: the engine's settings, the data, and what the run remembers of both."""

from __future__ import annotations

import secrets
from typing import Any

import streamlit as st

from ...engine.training.schedules import SCHEDULES
from ...examples.data import VALUES, Data
from ...jobs import folder
from ...jobs.run import Run
from ...jobs.spec import Spec
from ...setup.arrays import parameters_of
from ...setup.checks import architecture_of
from ...setup.codecs import options_of
from ...setup.setup import Setup
from . import data as train_data
from . import device as train_device

OWNER = "mlpviz.owner"
UNITS_A_BATCH = 10_000_000
TOLD = (
    *("dataset", "samples", "noise", "data_seed", "widths", "activations", "loss", "reduction", "bias", "l2"),
    *("initializer", "seed", "optimizer", "learning_rate", "batch_size", "epochs", "validation", "schedule"),
    *("schedule_options", "patience", "target_cost", "freeze_biases", "order_seed"),
    *("device", "precision"),
)
"""The properties of a setup that a run remembers, to be compared with those of others."""


def owner() -> str:
    """A name for this learner's session, by which the queue is fair."""
    return st.session_state.setdefault(OWNER, secrets.token_hex(8))


def settings_of(setup: Setup, data: Data) -> dict[str, Any]:
    """The engine's settings, as a setup has them."""
    return {
        "optimizer": setup.optimizer,
        "learning_rate": setup.learning_rate,
        "batch_size": setup.batch_size or None,
        "epochs": setup.epochs,
        "seed": setup.order_seed,
        "schedule": setup.schedule,
        "schedule_options": scheduled(setup),
        "validation": setup.validation or None,
        "patience": setup.patience or None,
        "target_cost": setup.target_cost or None,
        "freeze": ["b"] if setup.freeze_biases and setup.bias else [],
        "measure": measured(setup, data),
        **train_device.products(setup),
    }


def scheduled(setup: Setup) -> dict[str, float]:
    """What is chosen for the present schedule, in place of its own."""
    own = SCHEDULES[setup.schedule].options
    return {name: value for name, value in options_of(setup.schedule_options).items() if name in own}


def measured(setup: Setup, data: Data) -> list[str]:
    """What is told after every epoch beside the cost."""
    classes = [] if data.kind == VALUES else ["accuracy"]
    return [*classes, "gradient_norms", *(["dead_units", "saturation"] if setup.unit_counts else [])]


def made(setup: Setup) -> Run:
    """A run of a setup.

    Raises ValueError with one sentence if its parts do not fit together, OSError if it cannot be written.
    """
    data = train_data.training_data(setup)
    found, wanted = (data.X.shape[1], data.Y.shape[1]), (setup.widths[0], setup.widths[-1])
    if found != wanted:
        raise ValueError(
            f"The data have {found[0]} inputs and {found[1]} outputs and the network has {wanted[0]} and {wanted[1]}; "
            "choose the data again to fit the network to them."
        )
    size = setup.batch_size or len(data.X)
    if size * sum(setup.widths) > UNITS_A_BATCH:
        units = f"{size:,} samples of {sum(setup.widths):,} units"
        raise ValueError(f"batch_size: found {units}; accepted are up to {UNITS_A_BATCH:,} units in all.")
    about = {"setup": {name: plain(getattr(setup, name)) for name in TOLD}, "data": train_data.meaning(data)}
    where = train_device.options(setup)
    spec = Spec(architecture_of(setup), settings_of(setup, data), owner(), about, pace=float(setup.pace), **where)
    train_device.check_room(spec, data.X, data.Y)
    return folder.create(folder.default_folder(), spec, data.X, data.Y, parameters_of(setup, spec.dtype).flat)


def plain(value: Any) -> Any:
    """A value as JSON gives it back."""
    return [plain(each) for each in value] if isinstance(value, tuple) else value
