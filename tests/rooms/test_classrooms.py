"""Rooms in the database: who may change one, which answers are taken, and which rooms make way."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import func, insert, select

from mlpviz.maths.messages import Refusal
from mlpviz.rooms import bounds, classrooms
from mlpviz.rooms.classrooms import AnswerGiven, change, found, note, open_classroom, tallied
from mlpviz.rooms.database import ANSWER, PRESENT, ROOM, begin

NOW = 1_000_000.0


def rows(table):
    with begin(writing=False) as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def one(code):
    return found([code])[code]


def asked(name="q"):
    code, key = open_classroom(NOW)
    change(code, key, NOW, asked=name, question={"text": ""}, phase="open")
    return code, key


def test_only_the_key_changes_a_room_and_only_its_hash_is_kept(rooms):
    code, key = open_classroom(NOW)
    with pytest.raises(Refusal, match="Only who has the key"):
        change(code, "another", NOW, follow=0)
    with pytest.raises(Refusal, match="Only who has the key"):
        classrooms.end(code, "another")
    changed = change(code, key, NOW + 1, follow=0, place={"page": "step", "query": "", "by": "wall"})
    assert changed == one(code) and changed.version == 2 and not changed.follow and changed.place["page"] == "step"
    assert changed.is_led_by(key) and not changed.is_led_by("another") and not changed.is_led_by("")
    with begin(writing=False) as connection:
        assert key not in str(connection.execute(select(ROOM)).all())


def test_the_same_browser_is_another_word_in_another_room(rooms):
    first, second = (one(open_classroom(NOW)[0]) for _ in range(2))
    words = {room.word_of(secret) for room in (first, second) for secret in ("a" * 32, "b" * 32)}
    assert len(words) == 4 and not any("a" * 32 in word for word in words)


def test_answers_take_each_others_place_until_the_question_is_closed(rooms):
    code, key = asked()
    given = [AnswerGiven(code, "q", who, choice) for who, choice in (("x", "+"), ("y", "-"), ("x", "-"), ("z", "+"))]
    strange = [AnswerGiven(code, "another", "x", "+"), AnswerGiven("2222", "q", "x", "+")]
    assert classrooms.answer([*given, *strange]) == [True] * 4 + [False] * 2
    assert tallied([one(code)])[code] == {"-": 2, "+": 1}
    change(code, key, NOW, phase="closed")
    assert classrooms.answer([AnswerGiven(code, "q", "z", "-")]) == [False]
    assert tallied([one(code)])[code] == {"-": 2, "+": 1}


def test_processes_that_write_the_same_answers_in_another_order_do_not_wait_for_each_other(rooms):
    code, _key = asked()
    given = [AnswerGiven(code, "q", f"{number:03}", "+") for number in range(300)]
    with ThreadPoolExecutor(4) as processes:
        taken = list(processes.map(classrooms.answer, [given, given[::-1]] * 4))
    assert taken == [[True] * 300] * 8
    assert tallied([one(code)])[code] == {"+": 300}


def test_answers_go_with_their_question_and_everything_with_its_room(rooms):
    code, key = asked()
    other, _key = asked()
    classrooms.answer([AnswerGiven(each, "q", "x", "+") for each in (code, other)])
    note("process", {code: (1, 1)}, NOW)
    change(code, key, NOW, question="", asked="", phase="")
    assert rows(ANSWER) == 1
    classrooms.end(code, key)
    assert (rows(ROOM), rows(ANSWER), rows(PRESENT)) == (1, 1, 0)


def test_a_room_is_forgotten_some_hours_after_its_last_change(rooms):
    code, _key = asked()
    classrooms.answer([AnswerGiven(code, "q", "x", "+")])
    open_classroom(NOW + bounds.LIFE - 1)
    assert rows(ROOM) == 2
    classrooms.sweep(NOW + bounds.LIFE + 1)
    assert (rows(ROOM), rows(ANSWER)) == (1, 0)


def test_what_is_written_of_a_room_while_it_ends_is_forgotten(rooms):
    code, _key = asked()
    classrooms.answer([AnswerGiven(code, "q", "x", "+")])
    note("process", {code: (1, 1), "2222": (3, 0)}, NOW)
    with begin() as connection:
        connection.execute(insert(ANSWER).values(code="2222", question="q", who="x", choice="+"))
    classrooms.sweep(NOW)
    assert (rows(ROOM), rows(ANSWER), rows(PRESENT)) == (1, 1, 1)


def test_who_is_here_is_counted_over_all_processes_that_still_tell(rooms):
    code, _key = open_classroom(NOW)
    assert note("one", {code: (3, 1)}, NOW) == {code: (3, 1)}
    assert note("two", {code: (4, 0)}, NOW + 1) == {code: (7, 1)}
    assert note("two", {code: (5, 0)}, NOW + 3 * bounds.NOTE + 0.5) == {code: (5, 0)}


def test_a_thousand_rooms_that_nobody_is_in_leave_room_for_one_that_is_used(rooms, monkeypatch):
    monkeypatch.setattr(bounds, "ROOMS", 20)
    used, _key = open_classroom(NOW)
    note("process", {used: (30, 1)}, NOW + 2 * bounds.ALONE)
    flood = [open_classroom(NOW + number)[0] for number in range(1, 20)]
    with pytest.raises(Refusal, match="too many rooms"):
        open_classroom(NOW + 21)
    late, _key = open_classroom(NOW + 2 * bounds.ALONE)
    there = found([used, late, *flood])
    assert used in there and late in there and flood[0] not in there and len(there) == 20
