"""Undo and redo."""

import dataclasses

from mlpviz.setup import limits
from mlpviz.setup.history import History
from mlpviz.setup.setup import replaced
from tests.support.setups import BASE


def test_undo_and_redo_cover_edits_and_leave_the_view_alone():
    history = History(BASE)
    history.change(replaced(BASE, {"seed": 1}))
    history.change(replaced(history.present, {"orientation": "columns", "step": 5}))
    assert len(history.past) == 1
    assert history.undo()
    assert history.present.seed == 0
    assert history.present.notation.orientation == "columns"
    assert history.present.step == 5
    assert not history.undo()
    assert history.redo()
    assert history.present.seed == 1
    history.undo()
    history.change(replaced(history.present, {"seed": 2}))
    assert not history.redo()


def test_undo_of_added_samples_shows_the_batch_again():
    history = History(BASE)
    history.change(dataclasses.replace(BASE, X=BASE.X * 2, Y=BASE.Y * 2))
    history.change(dataclasses.replace(history.present, sample=1))
    history.undo()
    assert history.present.sample is None


def test_a_hand_is_one_step_back_and_nothing_else_is_lost():
    history = History(BASE)
    history.change(replaced(BASE, {"hand": "lee", "orientation": "columns", "cost": "C", "output": "y"}))
    history.change(replaced(history.present, {"step": 5, "digits": 2}))
    history.change(replaced(history.present, {"seed": 1}))
    assert history.undo()
    assert (history.present.seed, history.present.hand) == (0, "lee")
    assert history.undo()
    assert (history.present.hand, history.present.notation) == ("", BASE.notation)
    assert (history.present.step, history.present.digits) == (5, 2)
    assert history.redo()
    assert (history.present.hand, history.present.notation.cost) == ("lee", "C")


def test_what_is_written_is_undone_with_what_it_should_be():
    history = History(BASE)
    history.change(replaced(BASE, {"formula": "dZ1 = A", "target": "delta[1]"}))
    history.change(replaced(history.present, {"given": (("h", "A[1]"),)}))
    history.change(replaced(history.present, {"seed": 1}))
    assert history.undo()
    assert (history.present.seed, history.present.formula) == (0, "dZ1 = A")
    assert history.undo()
    assert (history.present.given, history.present.target) == ((), "delta[1]")
    assert history.undo()
    assert (history.present.formula, history.present.target) == ("", "")
    assert not history.undo()


def test_undo_is_bounded():
    history = History(BASE)
    for seed in range(1, limits.UNDO_STEPS + 50):
        history.change(replaced(BASE, {"seed": seed}))
    assert len(history.past) == limits.UNDO_STEPS
