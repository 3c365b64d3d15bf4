"""Undo and redo."""

import dataclasses

from mlpviz.setup import limits
from mlpviz.setup.history import History, numbers_in
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


def test_undo_is_bounded_by_numbers_and_by_steps_and_one_step_is_always_there():
    many = limits.UNDO_NUMBERS // 3
    history = History(BASE)
    for seed in range(6):  # what states share is kept once: each has all its entries anew, and the X and Y of BASE
        entries = {("W", 1, row, 0): float(row) for row in range(many)}
        history.change(dataclasses.replace(BASE, seed=seed, entries=entries))
    assert numbers_in(*history.past) <= limits.UNDO_NUMBERS
    assert [setup.seed for setup in history.past] == [3, 4]
    assert history.undo()
    assert history.undo()
    assert not history.undo()
    assert history.present.seed == 3
    history.change(dataclasses.replace(BASE, entries={("W", 1, row, 0): 0.0 for row in range(4 * many)}))
    history.change(BASE)
    assert len(history.past) == 1
    for seed in range(limits.UNDO_STEPS + 5):
        history.change(dataclasses.replace(BASE, seed=seed + 1))
    assert len(history.past) == limits.UNDO_STEPS


def test_states_that_share_their_numbers_are_not_counted_twice():
    entries = {("W", 1, row, 0): 1.0 for row in range(limits.UNDO_NUMBERS // 2)}
    history = History(dataclasses.replace(BASE, entries=entries))
    for seed in range(1, 50):
        history.change(dataclasses.replace(history.present, seed=seed))
    assert len(history.past) == 49


def test_a_run_comes_back_with_its_data_set_and_no_other_edit_moves_it():
    history = History(BASE)
    history.change(replaced(BASE, {"dataset": "moons"}))
    history.change(replaced(history.present, {"run": "0123456789abcdef"}))
    history.change(replaced(history.present, {"dataset": "circles", "run": ""}))
    assert history.undo()
    assert (history.present.dataset, history.present.run) == ("moons", "0123456789abcdef")
    history.change(replaced(history.present, {"seed": 1}))
    history.change(replaced(history.present, {"run": "f" * 16}))
    assert history.undo()
    assert (history.present.seed, history.present.run) == (0, "f" * 16)
