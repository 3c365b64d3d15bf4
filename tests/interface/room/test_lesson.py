"""A lesson in a room, as its browsers see it: followed, asked, answered, closed, shown, ended."""

import asyncio
import json
import subprocess
import sys

import pytest

from mlpviz.interface.room import views
from mlpviz.lessons.table import LESSONS
from mlpviz.rooms import bounds
from mlpviz.rooms.database import AWAY
from tests.support.browser import ROOT
from tests.support.classes import STEP, School, carried_out


def test_a_class_sees_where_its_teacher_goes_as_soon_as_they_have(rooms):
    async def lesson(school):
        teacher = school.open()
        student = teacher.another()
        first = await student.look()
        waiting = asyncio.create_task(student.look())
        await asyncio.sleep(0.05)
        assert not waiting.done(), "nothing is new yet"
        await teacher.go(7)
        return first, await asyncio.wait_for(waiting, 1), await teacher.look()

    first, then, teachers = carried_out(lesson)
    assert (first["place"], first["follow"], first["teaches"]) == ({}, True, False)
    assert then["place"] == {"page": "step", "query": f"{STEP}7", "by": "wall"}
    assert teachers["teaches"] and "here" in teachers and "here" not in then


def test_another_process_sees_it_a_look_later(rooms):
    async def lesson(school):
        teacher, other = school.open(), School()
        student = teacher.another()
        student.school = other
        await student.look()
        await teacher.go(3)
        seen = await asyncio.wait_for(student.look(), 5)
        question = await teacher.pose()
        asked = await student.look()
        given = await student.answer(question, choice="+")
        for _ in range(20):
            counted = await teacher.look()
            if counted["question"]["answered"].startswith("1 "):
                break
        return seen, asked, given, counted

    seen, asked, given, counted = carried_out(lesson)
    assert seen["place"]["query"].endswith("step=3") and asked["question"]["phase"] == "open"
    assert given["kind"] == "done" and counted["question"]["answered"] == "1 of 1 have answered"


def test_a_teacher_sees_an_answer_at_once_and_who_follows_is_not_told_the_same_again(rooms, monkeypatch):
    """However seldom the process looks at the database; each who is told anew asks anew."""
    monkeypatch.setattr(bounds, "LOOK", 600)
    monkeypatch.setattr(bounds, "HOLD", 600)

    async def lesson(school):
        teacher = school.open()
        await teacher.go(6)
        question = await teacher.pose("sign")
        follower, student = teacher.another(), teacher.another()
        await follower.look()
        waiting = asyncio.create_task(follower.look())
        for choice in "+0":
            await student.answer(question, choice=choice)
            await teacher.another().answer(question, choice="+")
        teacher.token, counted = "", []
        while sum(counted) < 3:
            counted = [bar["count"] for bar in (await teacher.look("&peek"))["question"]["bars"]]
        is_waiting = not waiting.done()
        await teacher.act("close")
        return is_waiting, counted, await waiting

    is_waiting, counted, told = carried_out(lesson)
    assert is_waiting and told["question"]["phase"] == "closed"
    assert sorted(counted) == [0, 1, 2]


def test_answers_can_be_changed_and_nothing_is_shown_before_it_is(rooms):
    async def lesson(school):
        teacher = school.open()
        await teacher.go(6)
        question = await teacher.pose("sign")
        students = [teacher.another() for _ in range(4)]
        for student, choice in zip(students, "+−0+", strict=True):
            await student.answer(question, choice=choice)
        await students[3].answer(question, choice="0")
        open_ = json.dumps(await students[0].look())
        await teacher.act("close")
        closed = json.dumps(await students[0].look())
        late = await students[0].answer(question, choice="0")
        teacher.token = ""  # whoever closes it has all of the answers at once
        peeked = await teacher.look("&peek")
        hidden = await teacher.look("&x")
        await teacher.act("show")
        await asyncio.sleep(0)
        shown = await students[0].look()
        await teacher.act("done")
        return open_, closed, late, peeked, hidden, shown, await students[0].look()

    open_, closed, late, peeked, hidden, shown, after = carried_out(lesson)
    for text in (open_, closed):
        assert "bars" not in text and "right" not in text and "cause" not in text and "answered" not in text
    assert late["kind"] == "refused" and "closed" in late["said"]
    assert {bar["key"]: bar["count"] for bar in peeked["question"]["bars"]} == {"+": 1, "−": 1, "0": 2}
    assert "bars" not in hidden["question"]
    bars = shown["question"]["bars"]
    assert sum(bar["count"] for bar in bars) == 4 and sum(bar["right"] for bar in bars) == 1
    assert all(bar["cause"] for bar in bars if not bar["right"]), "what is amiss with each is said"
    assert after["question"] is None


def test_of_a_formula_only_its_cause_is_kept(rooms, tmp_path):
    texts = {"(A[2] - Y) * A[2] * (1 - A[2])": "right", "Y - A[2] + 12345": None, "what is this?": "unread"}

    async def lesson(school):
        teacher = school.open()
        await teacher.go(6)
        question = await teacher.pose("formula")
        given = [await teacher.another().answer(question, formula=text) for text in texts]
        await teacher.act("close")
        await teacher.act("show")
        return question, given, await teacher.another().look()

    question, given, shown = carried_out(lesson)
    assert question["typed"] and question["options"] == []
    assert [wanted in (None, each["choice"]) for wanted, each in zip(texts.values(), given, strict=True)] == [True] * 3
    assert all(each["said"] for each in given) and len({each["choice"] for each in given}) == 3
    assert sorted(bar["count"] for bar in shown["question"]["bars"]) == [1, 1, 1]
    if rooms == "sqlite":
        assert not any(b"12345" in file.read_bytes() for file in (tmp_path / "runs").iterdir())


def test_every_question_on_offer_can_be_posed_and_answered(rooms):
    async def lesson(school):
        teacher = school.open()
        taken = 0
        for step in (0, 4, 6, 9):
            await teacher.go(step)
            for offer in (await teacher.act("offers"))["asks"]:
                assert (await teacher.act("ask", ask=offer["ask"]))["kind"] == "done"
                teacher.token = ""
                question = (await teacher.look())["question"]
                assert question["text"] == offer["text"] and (question["typed"] or len(question["options"]) > 1)
                taken += 1
                await asyncio.sleep(0.3)  # as often as a teacher may
        return taken

    assert carried_out(lesson) > 20


def test_a_scenes_own_question_comes_first(rooms):
    scene, number = next((one, at) for at, one in enumerate(LESSONS["why-not-multiply"].scenes, 1) if one.ask)

    async def lesson(school):
        teacher = school.open()
        query = scene.link.partition("?")[2] + f"&lesson=why-not-multiply&scene={number}"
        await teacher.act("place", page="step", query=query, by="wall")
        return (await teacher.act("offers"))["asks"][0]["ask"]

    first = carried_out(lesson)
    assert (first["kind"], first["of"]) == (scene.ask.kind, scene.ask.of)


def test_what_is_told_is_told_in_the_readers_language(rooms):
    async def lesson(school):
        teacher = school.open()
        await teacher.go(6)
        question = await teacher.pose()
        chinese = teacher.another(lang="zh-Hant")
        return question["text"], (await chinese.look())["question"]["text"]

    english, chinese = carried_out(lesson)
    assert english.startswith("Is ") and not chinese.isascii() and "Is" not in chinese


def test_roaming_ending_and_a_room_that_is_not_there(rooms):
    async def lesson(school):
        teacher = school.open()
        student = teacher.another()
        await teacher.act("follow", value=False)
        roaming = await student.look()
        waiting = asyncio.create_task(student.look())
        await asyncio.sleep(0.05)
        await teacher.act("end")
        return (
            roaming,
            await asyncio.wait_for(waiting, 1),
            await student.look(),
            await teacher.act("follow", value=True),
        )

    roaming, told, gone, late = carried_out(lesson)
    assert not roaming["follow"]
    assert told["kind"] == gone["kind"] == late["kind"] == "gone" and "may have ended" in gone["said"]


@pytest.mark.parametrize("rooms", ["sqlite"], indirect=True)
def test_a_database_that_goes_away_is_one_sentence_until_it_is_back(rooms, monkeypatch):
    async def lesson(school):
        teacher = school.open()
        student = teacher.another()
        await student.look()
        with monkeypatch.context() as away:
            away.setenv("MLPVIZ_DATABASE_URL", "postgresql://127.0.0.1:1/no")
            told = await asyncio.wait_for(student.look(), 10)
            elsewhere = teacher.another()
            elsewhere.school = School()
            fresh = await elsewhere.look()
        for _ in range(20):
            student.token = ""
            back = await student.look()
            if "token" in back:
                break
            await asyncio.sleep(0.2)
        return told, fresh, back

    told, fresh, back = carried_out(lesson)
    assert told["kind"] == fresh["kind"] == "away" and told["said"] == AWAY
    assert back["follow"]


def test_a_teacher_who_is_gone_is_said(rooms, monkeypatch):
    monkeypatch.setattr(views, "FIRST", 0.0)
    monkeypatch.setattr(bounds, "NOTE", 0.1)

    async def lesson(school):
        teacher = school.open()
        student = teacher.another()
        alone = await student.look()
        await teacher.look()
        led = await student.look()
        monkeypatch.setattr(bounds, "AWAY", 0.0)
        teacher.token = ""
        await teacher.look()
        return alone, led, await student.look()

    alone, led, gone = carried_out(lesson)
    assert "go on alone" in alone["said"] and not led["said"] and gone["said"] == alone["said"]


def test_the_code_of_a_rooms_address_is_a_picture_of_that_alone(rooms):
    async def lesson(school):
        answers = []
        for at in ("http://here/?room=ABCD", "http://here/?room=ABCE", "javascript:room=ABCD", "http://" + "a" * 400):
            answers.append(await school.ask("GET", f"/room/abcd/code.svg?at={at}", {}))
        return answers

    (status, picture), *others = carried_out(lesson)
    assert status == 200 and picture.startswith(b"<svg") and b"script" not in picture
    assert all(json.loads(content)["kind"] == "refused" for _status, content in others)


def test_nothing_heavy_is_loaded_before_the_first_room():
    code = "import sys, mlpviz.interface.room.routes, mlpviz.interface.room.strip; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert not {"sqlalchemy", "segno", "mlpviz.lessons"} & set(loaded.stdout.split())
