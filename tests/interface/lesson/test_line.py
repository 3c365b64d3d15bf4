"""The line of a lesson above a page: which scene it is, its question on the numbers that are there, what was done."""

from dataclasses import replace

import pytest

from mlpviz.interface.lesson import line
from mlpviz.interface.lesson.line import content
from mlpviz.interface.shell.lessons import page_of, setup_of
from mlpviz.lessons.shelf import Present
from mlpviz.lessons.table import LESSONS
from tests.support.opened import Opened

LESSON = LESSONS["why-not-multiply"]


def test_a_link_with_a_lesson_alone_opens_its_scene():
    page = Opened(lesson="why-not-multiply", scene=4)
    assert (page.setup.preset, page.setup.step) == ("two-three-two", 8)
    assert page.session.beside == {"lesson": "why-not-multiply", "scene": 4}
    moved = Opened(lesson="why-not-multiply", scene=3)
    assert moved.setup.notation.orientation == "columns"


def test_a_link_with_numbers_of_its_own_keeps_them():
    page = Opened(lesson="why-not-multiply", scene=4, preset="xor", step=3)
    assert (page.setup.preset, page.setup.step) == ("xor", 3)


def test_a_lesson_that_is_not_here_is_said_in_one_sentence():
    page = Opened(lesson="own-0123456789ab", scene=2)
    assert [warning.value for warning in page.app.warning if "not on this server" in warning.value]
    assert Opened(lesson="why-not-multiply", scene=41).app.error[0].value.startswith("scene")


def test_the_texts_page_offers_every_lesson():
    page = Opened("texts")
    captions = [caption.value for caption in page.app.caption]
    assert all(lesson.about in captions for lesson in LESSONS.values())
    assert "8 scenes, 50 minutes" in captions


@pytest.mark.parametrize("number", range(1, 9))
def test_the_browser_is_told_of_a_scene_what_it_needs(monkeypatch, number):
    monkeypatch.setattr(line.session, "beside", lambda name: None)
    monkeypatch.setattr(line.session, "cached", lambda name, key, make, small=False: make())
    found, scene = Present(LESSON, number), LESSON.scenes[number - 1]
    told = content(found, page_of(scene), setup_of(scene))
    assert (told["number"], told["count"], told["here"], told["scene"]) == (number, 8, True, scene.title)
    assert len(told["scenes"]) == 8 and [each["tasks"] for each in told["scenes"]][number - 1] == len(scene.done)
    assert len(told["tasks"]) == len(told["met"]) == len(scene.done) and not any(told["met"])
    assert (told["question"] is None) == (scene.ask is None) and not told["refusal"]
    if scene.ask is not None and not told["question"]["typed"]:
        assert "{name}" in told["question"]["text"]
        assert sum(option["right"] for option in told["question"]["options"]) == 1
    elsewhere = content(found, "network", setup_of(scene))
    assert not elsewhere["here"] and elsewhere["question"] is None


def test_the_title_of_a_teachers_own_scene_is_no_template():
    title = "The set {a}, {0} and {"
    assert line.dot(replace(LESSON.scenes[0], title=title), 2)["label"] == f"scene 2: {title}"


def test_a_link_that_keeps_results_back_asks_nothing_whose_answers_would_tell_them(monkeypatch):
    monkeypatch.setattr(line.session, "beside", lambda name: ("delta[1]",) if name == "veil" else None)
    monkeypatch.setattr(line.session, "cached", lambda name, key, make, small=False: make())
    scene = LESSON.scenes[3]
    told = content(Present(LESSON, 4), page_of(scene), setup_of(scene))
    assert (told["question"], told["refusal"]) == (None, "This link keeps delta[1] back.")
