"""What a process knows of a room: the newest row, the counts of its question, and who waits for something new."""

import asyncio
from collections import Counter
from dataclasses import replace

from mlpviz.rooms import classrooms
from mlpviz.rooms.board import Board, Watched
from mlpviz.rooms.classrooms import Classroom
from tests.support.learners import carried_out

ROOM = Classroom("7K3F", "", 5, 0.0, True, {"page": "step"}, {"text": ""}, "q", "open")


def test_a_row_that_was_read_before_a_change_does_not_undo_it():
    watched = Watched(ROOM.code)
    watched.take(ROOM)
    watched.take(replace(ROOM, version=4, phase="closed"))
    assert (watched.room, watched.changes) == (ROOM, 1)
    watched.take(newer := replace(ROOM, version=6, phase="closed"))
    assert (watched.room, watched.changes) == (newer, 2)


def test_the_counts_of_a_question_end_with_it():
    watched = Watched(ROOM.code)
    watched.take(ROOM)
    watched.tally = Counter({"+": 30})
    watched.take(replace(ROOM, version=6, phase="shown"))
    assert watched.tally == {"+": 30}
    watched.take(replace(ROOM, version=7, asked="another"))
    assert not watched.tally


def test_who_waits_hears_at_once_that_a_room_has_ended(monkeypatch):
    monkeypatch.setattr(classrooms, "end", lambda code, key: None)

    async def ended():
        board, watched = Board(), Watched(ROOM.code)
        watched.take(ROOM)
        waiting = asyncio.create_task(board.wait(watched, 600))
        await asyncio.sleep(0)
        await board.end(watched, "key")
        await asyncio.wait_for(waiting, 10)
        return watched.room

    assert carried_out(ended()) is None
