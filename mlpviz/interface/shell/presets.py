"""The presets as setups: what a link leaves out, and what a session begins with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields
from functools import cache
from typing import Any

from ...examples.presets import PRESETS
from ...setup.checks import checked
from ...setup.setup import Setup


class PresetSetups(Mapping[str, Setup]):
    """Each preset's own setup by name, created on first use, since some presets load data."""

    def __getitem__(self, name: str) -> Setup:
        return preset_setup(name)

    def __contains__(self, name: object) -> bool:
        return name in PRESETS

    def __iter__(self) -> Iterator[str]:
        return iter(PRESETS)

    def __len__(self) -> int:
        return len(PRESETS)


PRESET_SETUPS = PresetSetups()


@cache
def preset_setup(name: str) -> Setup:
    preset = PRESETS[name]
    X, Y = preset.batch
    return checked(
        Setup(
            preset=name,
            **{spec.name: getattr(preset.architecture, spec.name) for spec in fields(preset.architecture)},
            X=rows(X),
            Y=rows(Y),
            initializer=preset.initializer,
            seed=preset.seed,
            entries=dict(preset.entries),
            learning_rate=preset.learning_rate,
        )
    )


def rows(values: Any) -> tuple[tuple[float, ...], ...]:
    return tuple(tuple(float(value) for value in row) for row in values)
