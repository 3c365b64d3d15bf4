"""The mistakes of the source texts, one row each: what is right, and an exercise or why it is none.

A walkthrough names its errata by their codes; the Check page poses the exercises.
"""

from __future__ import annotations

from . import batch, code, modules, neuron, question
from .erratum import Answer, ChoiceExercise, Erratum, Exercise, FormulaExercise, ProgramExercise

__all__ = [
    "ERRATA",
    "EXERCISES",
    "TABLE",
    "Answer",
    "ChoiceExercise",
    "Erratum",
    "Exercise",
    "FormulaExercise",
    "ProgramExercise",
]


def number(erratum: Erratum) -> int:
    return int(erratum.code.removeprefix("E"))


TABLE = tuple(
    sorted((*modules.MISTAKES, *neuron.MISTAKES, *batch.MISTAKES, *code.MISTAKES, *question.MISTAKES), key=number)
)
ERRATA = {erratum.code: erratum for erratum in TABLE}
EXERCISES = {erratum.code: erratum for erratum in TABLE if isinstance(erratum, Exercise)}
