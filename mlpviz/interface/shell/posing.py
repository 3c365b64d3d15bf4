"""Exercises as setups: what each of them changes, and the link that names one and nothing else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from ...derivation.errata import EXERCISES, Exercise, FormulaExercise, ProgramExercise
from ...setup.arriving import is_setups
from ...setup.link import encode
from ...setup.setup import Setup, replaced
from .presets import preset_setup
from .rooms import put_aside

BRINGS = ("v", "preset", "target", "formula", "widths", "home")
"""What a link has that sets its exercise up itself."""


def changes_of(exercise: Exercise) -> dict[str, Any]:
    """What an exercise changes of its preset's setup, and how it is looked at; a listing is in the box at once."""
    written = exercise.formula if isinstance(exercise, ProgramExercise) else ""
    target = exercise.target if isinstance(exercise, FormulaExercise) else ""
    asked = {
        "exercise": exercise.code,
        "target": target,
        "formula": written,
        "given": (),
        "notation": exercise.notation,
    }
    return {**asked, **exercise.changes}


def posed(exercise: Exercise) -> Setup:
    """The setup of an exercise."""
    return replaced(preset_setup(exercise.preset), changes_of(exercise))


def posed_by(query: Mapping[str, str], present: Setup) -> Mapping[str, str]:
    """A link that only names an exercise, as one that poses it and puts the present setup aside; any other as it is.

    One that only names a scene of a lesson is as long as that scene's own.
    """
    if "lesson" in query and not any(is_setups(name) for name in query):
        from ...lessons.shelf import scene_query  # what only a class needs

        query = {**scene_query(query), **query}
    exercise = EXERCISES.get(query.get("exercise", ""))
    if exercise is None or any(name in query for name in BRINGS):
        return query
    own = posed(exercise)
    link = encode(replaced(own, {"home": present.home or put_aside(present)}), preset_setup(own.preset))
    return {**link, **query}
