"""What is done to harm a class: refused in a sentence, nothing is lost by it, and the others notice nothing."""

import asyncio
import json
import time
from collections import Counter
from types import SimpleNamespace

from starlette.requests import Request

from mlpviz.interface.room import asking
from mlpviz.interface.room.visitor import address_of
from mlpviz.interface.shell import joined
from mlpviz.lessons.ask import Option
from mlpviz.maths.messages import Message, message_of
from mlpviz.rooms import bounds
from mlpviz.rooms.allowance import Allowance
from mlpviz.rooms.board import crowded
from mlpviz.rooms.classrooms import found, open_classroom, tallied
from tests.support.classes import Browser, carried_out


async def asked(school, kind="sign"):
    """A class with a question, and one answer of a student's."""
    teacher = school.open()
    await teacher.go(6)
    question = await teacher.pose(kind)
    student = teacher.another()
    await student.answer(question, **({"choice": "+"} if kind == "sign" else {"formula": "X"}))
    return teacher, question, student


def counted(code):
    return dict(tallied([found([code])[code]])[code])


def test_outsiders_change_nothing(rooms):
    """Who has no key, no secret, another room's key, or answers what is not asked."""

    async def lesson(school):
        teacher, question, student = await asked(school)
        other = school.open()
        thief = teacher.another(key=other.key)
        said = [await who.act(does) for does in ("close", "show", "done", "end", "offers") for who in (student, thief)]
        said.append(await student.act("place", page="step", query="", by="me"))
        said.append(await student.act("ask", ask={}))
        refused = [
            await student.act("answer", question=question["name"], choice="fifteen"),
            await student.act("answer", question="0" * 16, choice="+"),
            await student.act("answer", question=question["name"], choice=["+"]),
            await Browser(school, "2222").answer(question, choice="+"),
        ]
        nobody = await Browser(school, teacher.code, secret="me").get()
        return teacher.code, said, refused, nobody, (await teacher.look())["question"]["phase"]

    code, said, refused, (status, nobody), phase = carried_out(lesson)
    assert {each["kind"] for each in said} == {"refused"} and all("has the key" in each["said"] for each in said)
    assert [each["kind"] for each in refused] == ["refused"] * 3 + ["gone"]
    assert (status, nobody["kind"]) == (400, "nobody")
    assert phase == "open" and counted(code) == {"+": 1}


def test_a_flood_from_one_browser_is_one_answer_and_others_are_taken(rooms):
    async def lesson(school):
        teacher, question, _student = await asked(school)
        flooder = teacher.another()
        flood = await asyncio.gather(*(flooder.answer(question, choice="0") for _ in range(200)))
        others = await asyncio.gather(*(teacher.another().answer(question, choice="−") for _ in range(100)))
        return teacher.code, flood, others

    code, flood, others = carried_out(lesson)
    kinds = [each["kind"] for each in flood]
    assert kinds.count("done") < 10 and kinds.count("slow") > 190
    assert all(each["kind"] == "done" for each in others)
    assert counted(code) == {"+": 1, "0": 1, "−": 100}


def test_a_flood_waits_for_what_it_is_told_and_nobody_else_does(rooms, monkeypatch):
    """Else who asks as fast as the answers come would take a core; so many wait, and no more."""
    monkeypatch.setattr(bounds, "PAUSE", 600)
    monkeypatch.setattr(bounds, "PAUSED", 50)

    async def lesson(school):
        teacher, question, _student = await asked(school)
        flooder = teacher.another()
        flood = [asyncio.create_task(flooder.answer(question, choice="0")) for _ in range(100)]
        taken = await teacher.another().answer(question, choice="−")
        while sum(each.done() for each in flood) < 50:
            await asyncio.sleep(0.01)
        told, waiting = [each for each in flood if each.done()], [each for each in flood if not each.done()]
        for each in waiting:
            each.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)
        return taken["kind"], Counter(each.result()["kind"] for each in told), len(waiting)

    taken, told, waiting = carried_out(lesson)
    assert (taken, waiting) == ("done", 50)
    assert told["slow"] + told["done"] == 50 and 0 < told["done"] < 10


def test_nobody_writes_a_new_address_into_a_header():
    def address(client, *forwarded):
        headers = [(b"x-forwarded-for", each) for each in forwarded]
        return address_of(Request({"type": "http", "headers": headers, "client": client}))

    assert address(("10.1.1.1", 5), b"10.2.2.2") == "10.1.1.1"
    assert address(None, b"10.2.2.2, 10.3.3.3") == "10.3.3.3"  # of nginx, which adds what is connected to it


def test_a_class_that_answers_at_once_is_counted_whole(rooms):
    """None is lost and none counted twice, though each sends twice, through two processes."""

    async def lesson(school):
        teacher, question, _student = await asked(school)
        students = [teacher.another() for _ in range(200)]
        sent = [student.answer(question, choice="+−0"[n % 3]) for n, student in enumerate(students * 2)]
        return teacher.code, await asyncio.gather(*sent)

    code, answers = carried_out(lesson)
    assert all(each["kind"] == "done" for each in answers)
    assert sum(counted(code).values()) == 201


def test_guessed_codes_are_few_and_cost_the_class_nothing(rooms):
    async def lesson(school):
        teacher, *_ = await asked(school)
        guesses = [
            Browser(school, f"ZZ{first}{second}", address="10.9.9.9")
            for first in "2345"
            for second in "23456789ABCDEFGHJKMN"
        ]
        found = [said["kind"] for _status, said in await asyncio.gather(*(guess.get() for guess in guesses))]
        return found, await teacher.another(address="10.9.9.9").look(), await teacher.look()

    kinds, classmate, teacher = carried_out(lesson)
    assert kinds.count("gone") <= 35 and kinds.count("slow") >= 40
    assert "token" in classmate and "token" in teacher


def test_what_no_page_sends_is_an_error_and_no_more(rooms):
    async def lesson(school):
        teacher, *_ = await asked(school)
        sent = [
            b"",
            b"[]",
            b"{",
            b"\xff",
            b'{"do": "__class__"}',
            b'{"do": ["end"]}',
            b"[" * 15_000,
            b"a" * (bounds.BODY + 1),
        ]
        statuses = [(await teacher.another().send(content))[0] for content in sent]
        far = [
            await teacher.act("place", page="../etc", query="", by="me"),
            await teacher.act("place", page="step", query="a" * (bounds.PLACE + 1), by="me"),
            await teacher.act("place", page="step", query="", by="<b>"),
            await teacher.act("ask", ask={"kind": "sign", "of": "__class__", "entry": None}),
        ]
        await teacher.act("place", page="step", query="X=1e999&%ff", by="wall")
        offered = await teacher.act("offers")
        return statuses, far, offered, await teacher.look()

    statuses, far, offered, seen = carried_out(lesson)
    assert statuses == [400] * 7 + [413]
    assert {each["kind"] for each in far} == {"refused"}
    assert offered["kind"] in ("done", "refused") and "token" in seen


def test_a_hard_formula_and_a_long_one_keep_nobody_from_answering(rooms):
    async def lesson(school):
        teacher, question, _student = await asked(school, "formula")
        hard = [
            teacher.another().answer(question, formula=text)
            for text in ("A1 @ " * 300 + "A1", "(" * 900, "diag(b1) @ " * 60 + "X", "9" * 1_900)
        ]
        long = await teacher.another().answer(question, formula="a" * (bounds.FORMULA + 1))
        look = asyncio.create_task(teacher.another().look())
        judged = asyncio.gather(*hard)
        seen = await asyncio.wait_for(look, 5)
        return long, seen, await judged

    long, seen, judged = carried_out(lesson)
    assert long["kind"] == "refused" and "token" in seen
    assert all(each["kind"] == "done" and each["choice"] for each in judged)


def test_one_browser_has_one_formula_judged_at_a_time(rooms):
    async def lesson(school):
        teacher, question, _student = await asked(school, "formula")
        flooder = teacher.another()
        flood = asyncio.gather(*(flooder.answer(question, formula="A1 @ " * 300 + "A1") for _ in range(5)))
        other = teacher.another().answer(question, formula="X")
        return await flood, await other, await flooder.answer(question, formula="X")

    flood, other, later = carried_out(lesson)
    assert [each["kind"] for each in flood].count("done") == 1
    assert {each["said"] for each in flood if each["kind"] == "refused"} == {message_of(crowded())}
    assert other["kind"] == later["kind"] == "done"


def test_what_many_type_is_judged_once(monkeypatch):
    """A class of 200 types some twenty formulas, and each takes the checker as long as ten answers to choose from."""
    judged = []
    monkeypatch.setattr(asking, "FOUND", 2)

    def judge(formula):
        judged.append(formula)
        return Option(formula[:1], Message("right"), cause=Message("wrong"))

    question = asking.Judged(SimpleNamespace(judged=judge))
    told = [question.judge(formula).key for formula in ("X", " X ", "Y", "X", "Z", "Z", "X")]
    assert told == ["X", "X", "Y", "X", "Z", "Z", "X"]
    assert judged == ["X", "Y", "Z", "X"], "two are known at a time"
    assert {len(name) for name in question.found} == {32}, "no formula is kept, but the hash of one"


def test_answers_of_those_who_come_and_go_have_an_end_and_others_answer_still(rooms, monkeypatch):
    """A program names itself anew for each answer; who was in the room before that is heard."""
    monkeypatch.setattr(bounds, "ANSWERS", 3)

    async def lesson(school):
        teacher, question, _student = await asked(school)
        here = teacher.another()
        await here.look()
        first = [await teacher.another().answer(question, choice="0") for _ in range(2)]
        while not (await teacher.look())["question"]["answered"].startswith("3"):
            pass
        late = [await teacher.another().answer(question, choice="0") for _ in range(3)]
        return first, late, await here.answer(question, choice="0")

    first, late, taken = carried_out(lesson)
    assert {each["kind"] for each in first} == {"done"} == {taken["kind"]}
    assert {(each["kind"], each["said"]) for each in late} == {("full", "This room is full.")}


def test_newcomers_from_one_address_are_let_in_as_a_school_comes_and_no_faster(rooms, monkeypatch):
    monkeypatch.setattr(bounds, "PAUSE", 0)
    monkeypatch.setattr(bounds, "NEWCOMERS", 5)
    monkeypatch.setattr(bounds, "NEWCOMING", 0)

    async def lesson(school):
        teacher, question, student = await asked(school)
        come = [(await teacher.another().look()).get("kind", "seen") for _ in range(6)]
        elsewhere = await teacher.another(address="10.0.0.2").look()
        return come, elsewhere, await student.answer(question, choice="0")

    come, elsewhere, taken = carried_out(lesson)
    assert come == ["seen"] * 3 + ["slow"] * 3, "the teacher and a student had come before"
    assert "token" in elsewhere and taken["kind"] == "done"


def test_a_teacher_who_names_another_browser_each_time_is_one_teacher(rooms):
    async def lesson(school):
        teacher = school.open()
        return [await teacher.another(key=teacher.key).act("follow", value=True) for _ in range(40)]

    kinds = [each["kind"] for each in carried_out(lesson)]
    assert kinds[:20] == ["done"] * 20 and "slow" in kinds


def test_only_a_teacher_looks_at_the_answers_before_they_are_shown(rooms):
    async def lesson(school):
        teacher, *_ = await asked(school)
        teacher.token = ""
        return (await teacher.another().look("&peek"))["question"], (await teacher.look("&peek"))["question"]

    student, teacher = carried_out(lesson)
    assert "bars" in teacher and "bars" not in student
    assert not any({"right", "cause"} & option.keys() for option in student["options"])


def test_a_full_room_says_so(rooms, monkeypatch):
    monkeypatch.setattr(bounds, "MEMBERS", 5)

    async def lesson(school):
        teacher = school.open()
        return [(await teacher.another().look()).get("kind") for _ in range(8)], await teacher.look()

    kinds, teacher = carried_out(lesson)
    assert kinds == [None] * 5 + ["full"] * 3
    assert "token" in teacher


def test_one_browser_opens_few_rooms(rooms, monkeypatch):
    said = []
    monkeypatch.setattr(joined.st, "session_state", {})
    monkeypatch.setattr(joined, "OPENED", Allowance(bounds.OPENED, 0))
    monkeypatch.setattr(joined.owner, "owner", lambda: "a browser's name")
    monkeypatch.setattr(joined.session, "put_beside", lambda **values: said.append(values["room"]))
    monkeypatch.setattr(
        joined.session, "refuse", lambda why: said.append(message_of(why) if isinstance(why, Exception) else why)
    )
    for _ in range(bounds.OPENED + 1):
        joined.open_room()
    assert len({*said}) == bounds.OPENED + 1 and "many rooms" in said[-1]
    assert found(said[:-1]).keys() == {*said[:-1]}


def test_a_session_takes_the_key_of_its_own_room_alone(rooms, monkeypatch):
    monkeypatch.setattr(joined.st, "session_state", {})
    (code, key), (_other, others) = open_classroom(time.time()), open_classroom(time.time())
    monkeypatch.setattr(joined.session, "beside", {"room": code}.get)
    for text in ("", others, key[:-1], key * 2):
        joined.take_key(text)
        assert joined.key() == ""
    joined.take_key(key)
    assert joined.key() == key
    monkeypatch.setattr(joined.session, "beside", {"room": "2222"}.get)
    assert joined.key() == ""


def test_nothing_of_a_students_is_in_the_database_but_a_word_and_a_choice(rooms, tmp_path):
    async def lesson(school):
        teacher, _question, student = await asked(school, "formula")
        await student.look()
        return teacher, student

    teacher, student = carried_out(lesson)
    if rooms == "sqlite":
        kept = b"".join(file.read_bytes() for file in sorted((tmp_path / "runs").iterdir()))
        told = (student.secret, student.address, teacher.key)
        assert json.dumps(counted(teacher.code)) and not any(text.encode() in kept for text in told)
