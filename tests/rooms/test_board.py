"""What a process knows of a room: the newest row, the counts of its question, and who waits for something new."""

import asyncio
import time
from collections import Counter
from dataclasses import replace

from sqlalchemy import insert

from mlpviz.rooms import bounds, classrooms
from mlpviz.rooms.board import Board
from mlpviz.rooms.classrooms import Classroom
from mlpviz.rooms.database import ANSWER, begin
from mlpviz.rooms.watched import Watched
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


def test_only_who_teaches_is_woken_by_what_only_a_teacher_is_told():
    """Else each of some hundred answers would wake some hundred who wait for the teacher."""

    async def woken(news, room=ROOM):
        board, watched = Board(), Watched(ROOM.code, teachers=1)
        watched.take(room)
        waiting = {teaches: asyncio.create_task(board.wait(watched, 600, teaches)) for teaches in (True, False)}
        await asyncio.sleep(0)
        news(watched)
        for _turn in range(10):
            await asyncio.sleep(0)
        told = [teaches for teaches, each in waiting.items() if each.done()]
        for each in waiting.values():
            each.cancel()
        return told

    answers = Counter({"+": 1})
    cases = [
        (lambda watched: watched.count(answers), ROOM, [True]),
        (lambda watched: watched.count(answers), replace(ROOM, phase="shown"), [True, False]),
        (lambda watched: watched.count(Counter()), ROOM, []),
        (lambda watched: watched.seat(30, 1), ROOM, [True]),
        (lambda watched: watched.seat(30, 0), ROOM, [True, False]),
        (lambda watched: watched.take(replace(ROOM, version=6)), ROOM, [True, False]),
    ]
    for news, room, wanted in cases:
        assert carried_out(woken(news, room)) == wanted


def test_of_a_thousand_rooms_only_those_that_changed_are_read(rooms, monkeypatch):
    read = []

    def found(codes):
        read.append([*codes])
        return there(codes)

    there = classrooms.found
    monkeypatch.setattr(classrooms, "found", found)
    opened = [classrooms.open_classroom(time.time()) for _ in range(5)]

    async def looks():
        board = Board()
        board.watched = {code: Watched(code) for code, _key in opened[:4]}
        await board._look()
        for code, key in (opened[1], opened[4]):
            classrooms.change(code, key, time.time(), follow=0)
        classrooms.end(*opened[2])
        await board._look()
        await board._look()
        return [each.room and each.room.follow for each in board.watched.values()]

    assert carried_out(looks()) == [True, False, None, True]
    assert [sorted(codes) for codes in read] == [sorted(code for code, _key in opened[:4]), [opened[1][0]]]


def test_answers_that_come_in_while_a_question_is_closed_are_counted(rooms):
    """Another process may be writing one that was given before."""
    code, key = classrooms.open_classroom(time.time())
    given = classrooms.AnswerGiven(code, "q", "", "+")

    async def closed():
        board, watched = Board(), Watched(code)
        board.watched[code] = watched
        watched.take(classrooms.change(code, key, time.time(), question={"text": ""}, asked="q", phase="open"))
        classrooms.answer([replace(given, who="first")])
        tallies = []
        await board.change(watched, key, phase="closed")
        tallies.append(dict(watched.tally))
        with begin() as connection:
            connection.execute(insert(ANSWER).values(vars(replace(given, who="late"))))
        await board._look()
        tallies.append(dict(watched.tally))
        return tallies

    assert carried_out(closed()) == [{"+": 1}, {"+": 2}]


def test_the_more_browsers_a_process_serves_the_more_seldom_each_asks():
    """In however many rooms they are."""
    board = Board()
    for number in range(600):
        watched = board.watched.setdefault(str(number // 2), Watched(str(number // 2)))
        assert board.meet(watched, str(number), False)
        board.meet(watched, str(number), False)
    assert board.people == 600 and board.hold(watched) == 600 / bounds.EACH > bounds.HOLD
    assert board.hold(Watched(ROOM.code)) == board.hold(watched)
