"""A lesson as a file: saved and opened it is the same; what is not a lesson is refused with the place of the fault."""

import json
from dataclasses import replace

import pytest

from mlpviz.interface.shell.lessons import opened_file
from mlpviz.lessons import bounds
from mlpviz.lessons.file import HELP, OWN, decode_lesson, encode_lesson
from mlpviz.lessons.shelf import OwnLessons, lesson_named, present_in
from mlpviz.lessons.table import LESSONS
from mlpviz.maths.messages import Refusal

LESSON = LESSONS["why-not-multiply"]


def content(**changes):
    """The first lesson as JSON, changed."""
    return json.loads(encode_lesson(LESSON)) | changes


def with_scene(number, **changes):
    whole = content()
    whole["scenes"][number] |= changes
    return whole


def with_ask(**changes):
    whole = content()
    whole["scenes"][0]["ask"] |= changes
    return whole


def opened(whole):
    return opened_file(json.dumps(whole).encode())


def test_every_lesson_is_the_same_from_its_file():
    for lesson in LESSONS.values():
        again = opened_file(encode_lesson(lesson))
        assert again.name.startswith(OWN) and lesson_named(again.name) == again
        assert replace(again, name=lesson.name) == lesson
        assert present_in({"lesson": again.name, "scene": "99"}).number == len(lesson.scenes)


def test_a_saved_file_says_what_its_fields_are():
    whole = content()
    assert set(whole["help"]) == set(HELP)
    fields = {*whole["scenes"][0], *whole["scenes"][2]["ask"], *whole["scenes"][0]["ask"]}
    assert {"title", "say", "notes", "link", "ask", "done", "kind", "of", "entry", "mistakes"} <= fields & set(HELP)


REFUSED = {
    "scene 2, say: found '<b>'": with_scene(1, say="This is <b>bold</b>."),
    "scene 2, title: found '<script>'": with_scene(1, title="<script>alert(1)</script>"),
    "scene 1, notes: found '&lt;'": with_scene(0, notes="a &lt; b"),
    "the lesson, title: found '<img src=x onerror=alert(1)>'": content(title="<img src=x onerror=alert(1)>"),
    "scene 2: found a field 'html'": with_scene(1, html="nothing"),
    "the lesson: found a field 'onload'": content(onload="alert(1)"),
    "scene 1, ask: found a field 'right'": with_ask(right="0.2"),
    "scene 1, ask, kind: found 'riddle'": with_ask(kind="riddle"),
    "scene 1, ask, of: found '__class__'": with_ask(of="__class__"),
    "scene 1, ask, entry: found '[0]'": with_ask(entry=[0]),
    "scene 1, ask, entry: found '-1'": with_ask(entry=[0, -1]),
    "scene 1, ask, mistakes: found": with_ask(mistakes=["nonsense"]),
    "scene 1, ask: Z[9] is nothing that this network computes": with_ask(of="Z[9]"),
    "scene 3, done, do: found 'hacked'": with_scene(2, done=[{"do": "hacked"}]),
    "scene 3, done, what: found 'password'": with_scene(2, done=[{"do": "edited", "what": "password"}]),
    "scene 3, done, accuracy: found '2'": with_scene(2, done=[{"do": "trained", "accuracy": 2}]),
    "scene 1, say: found": with_scene(0, say="x" * (bounds.TEXT + 1)),
    "scene 1, say: found 'None'": with_scene(0, say=None),
    "scene 1, minutes: found": with_scene(0, minutes=[5]),
    "the lesson, scenes: found": content(scenes=[]),
    'the lesson, scenes: found "[{': content(scenes=[content()["scenes"][0]] * (bounds.SCENES + 1)),
    "scene 1: found 'text'": content(scenes=["text"]),
    "scene 4, link: found no page": with_scene(3, link="https://elsewhere.example/step"),
    "scene 4, link: found no page 'elsewhere": with_scene(3, link="////elsewhere.example"),
    "scene 4, link: This link has a part": with_scene(3, link="/?preset=xor&from=somewhere"),
    "scene 4, link: seed: found 'x'": with_scene(3, link="/?preset=xor&seed=x"),
    "scene 4, ask: This network is too large": with_scene(3, link="/?preset=two-three-two&widths=2,4000,2"),
    "the lesson: found no": {"program": "other"},
}


@pytest.mark.parametrize("said", REFUSED)
def test_what_is_no_lesson_is_refused_with_its_place(said):
    with pytest.raises(Refusal) as refusal:
        opened(REFUSED[said])
    assert str(refusal.value).startswith(said)
    assert len(str(refusal.value)) < 500


def test_what_is_no_text_or_too_long_is_refused_at_once():
    for text, said in {
        b"\xff\xfe": "no text",
        b"[" * 150_000: "without end",
        b"{" * 10: "damaged JSON at line 1",
        b" " * (bounds.BYTES + 1): f"{bounds.BYTES + 1:,} bytes",
        b'{"program": "mlpviz", "program": "mlpviz"}': "twice",
        b'{"lesson": NaN}': "NaN",
        b'{"lesson": 1' + b"0" * 5_000 + b"}": "digits",
    }.items():
        with pytest.raises(Refusal, match=said):
            decode_lesson(text)


def test_a_server_keeps_lessons_as_long_as_it_has_room():
    shelf = OwnLessons(most=25)
    for number in range(4):
        shelf.put(replace(LESSON, name=f"own-{number}"), 10)
        shelf.get("own-0")
    assert [name for name in map("own-{}".format, range(4)) if shelf.get(name)] == ["own-0", "own-3"]
