"""Trainings to begin with: data, a network and settings in one, with what there is to see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ..maths.messages import N_
from .datasets import DATASETS


@dataclass(frozen=True)
class TrainingPreset:
    """A data set with its recipe, or a preset's own batch (``dataset`` empty); ``settings`` are what differs."""

    name: str
    title: str
    about: str
    dataset: str = ""
    preset: str = ""
    settings: Mapping[str, Any] = field(default_factory=dict, hash=False)


TABLE = (
    TrainingPreset(
        "moons", N_("Two moons"), N_("Eight tanh units bend a line until it separates two half circles."), "moons"
    ),
    TrainingPreset("spirals", N_("Two spirals"), N_("Two layers of sixteen units wind around two arms."), "spiral"),
    TrainingPreset(
        "digits",
        N_("Handwritten digits"),
        N_("64-64-10 on 1,797 images of 8×8 pixels: at least 97 % of those that it has not seen are right."),
        "digits-8",
    ),
    TrainingPreset("curve", N_("A curve"), N_("The network's output bends to follow a noisy sine."), "sine"),
    TrainingPreset(
        "mazur",
        N_("Matt Mazur's 10,000 updates"),
        N_("The published example, with the biases as they are; its error ends at 0.0000351019."),
        preset="mazur",
        settings={"optimizer": "sgd", "learning_rate": 0.5, "batch_size": 0, "epochs": 10_000, "freeze_biases": True},
    ),
    TrainingPreset(
        "xor",
        N_("Exclusive or"),
        N_("Four samples and three tanh units: after some hundred updates all four answers are right."),
        preset="xor",
        settings={"optimizer": "sgd", "batch_size": 0, "epochs": 1_000, "pace": 200},
    ),
    TrainingPreset(
        "many-xor-2",
        N_("Of 256 starts, how many learn exclusive or with two hidden units?"),
        N_("The same network 256 times, each with other first weights."),
        preset="xor",
        settings={
            "widths": (2, 2, 1),
            "optimizer": "adam",
            "learning_rate": 0.05,
            "batch_size": 0,
            "epochs": 1_000,
            "starts": 256,
        },
    ),
    TrainingPreset(
        "many-xor-3",
        N_("And how many with three?"),
        N_("One hidden unit more, and all else as before."),
        preset="xor",
        settings={
            "widths": (2, 3, 1),
            "optimizer": "adam",
            "learning_rate": 0.05,
            "batch_size": 0,
            "epochs": 1_000,
            "starts": 256,
        },
    ),
)

TRAININGS: dict[str, TrainingPreset] = {entry.name: entry for entry in TABLE}

assert all(entry.dataset in DATASETS or entry.preset for entry in TABLE)
