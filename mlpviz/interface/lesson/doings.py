"""What the server can tell of what is to be done in a scene: what was edited, found right, or trained."""

from __future__ import annotations

from ...derivation.checker import check_formula
from ...derivation.checker.asked import name_of
from ...jobs import folder
from ...jobs.progress import ProgressReader
from ...lessons.lesson import Done, Edited, FoundRight, Trained
from ...lessons.question import symbol_of
from ...setup.setup import BY_NAME, Setup
from ..shell import session

CHECKED = "mlpviz.lesson.checked"
ACCURACIES = ("validation_accuracy", "accuracy")
"""Columns of a run's history, that of the samples kept apart first."""


def met(done: Done, setup: Setup, begun: Setup) -> bool:
    """Whether something has been done, as far as the server can tell; ``begun`` is the setup that the scene opens."""
    match done:
        case Edited(what):
            return bool(BY_NAME[what].get(setup) != BY_NAME[what].get(begun))
        case FoundRight(target):
            return setup.page == "check" and bool(setup.formula.strip()) and is_right(setup, target)
        case Trained(accuracy):
            return bool(setup.run) and reached(setup.run) >= accuracy
    return False


def is_right(setup: Setup, target: str) -> bool:
    """Whether what is in the box of the Check page is a right formula for an array."""
    asked = name_of(symbol_of(target), setup.notation)

    def judged() -> bool:
        parameters, X, Y = session.parameters_and_data(setup)
        try:
            verdict = check_formula(setup.formula, asked, None, setup.notation, parameters, X, Y, dict(setup.given))
        except ValueError:
            return False
        return verdict.kind == "right" and verdict.target == symbol_of(target)

    key = setup.formula, setup.given, setup.notation, asked, session.parameters_and_data(setup)[0]
    return bool(session.cached(CHECKED, key, judged, small=True))


def reached(name: str) -> float:
    """The accuracy that a run has come to; 0 if there is none."""
    run = folder.find(folder.default_folder(), name)
    if run is None:
        return 0.0
    history = ProgressReader(run.path)
    history.read()
    columns = (history.column(each)[1] for each in ACCURACIES)
    return float(next((values[-1] for values in columns if len(values)), 0.0))
