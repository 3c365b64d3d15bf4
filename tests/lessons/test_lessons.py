"""Every scene of every lesson: its link opens, its question has one right answer, what is to be done can be done."""

from dataclasses import replace
from urllib.parse import parse_qsl, urlsplit

import numpy as np
import pytest

from mlpviz.derivation.checker import check_formula
from mlpviz.derivation.errata import EXERCISES
from mlpviz.interface.shell.posing import posed_by
from mlpviz.interface.shell.presets import PRESET_SETUPS, preset_setup
from mlpviz.lessons.ask import posed_for, update_of
from mlpviz.lessons.lesson import Edited, FoundRight, Guessed, Reached
from mlpviz.lessons.shelf import present_in
from mlpviz.lessons.table import LESSONS
from mlpviz.maths.messages import Refusal
from mlpviz.setup.arriving import arrived
from mlpviz.setup.pages import PAGES
from mlpviz.setup.setup import BY_NAME

SCENES = [(lesson.name, number) for lesson in LESSONS.values() for number in range(len(lesson.scenes))]
RANDOM = 3


def scene_of(name, number):
    return LESSONS[name].scenes[number]


def setup_of(scene):
    """The setup that a scene's link opens."""
    query = dict(parse_qsl(urlsplit(scene.link).query, keep_blank_values=True))
    arrival = arrived(posed_by(query, preset_setup("two-three-two")), PRESET_SETUPS)
    assert arrival.refusal is None and not arrival.remarks and arrival.setup is not None, scene.title
    return arrival.setup


def others(setup):
    """The same network with other numbers."""
    for seed in range(RANDOM):
        generator = np.random.default_rng(seed)
        X = tuple(map(tuple, generator.uniform(-1, 1, np.shape(setup.X)).tolist()))
        yield replace(setup, entries={}, seed=seed, X=X, initializer="xavier_normal")


@pytest.mark.parametrize(("name", "number"), SCENES)
def test_a_scene_opens_and_its_question_has_one_right_answer(name, number):
    scene = scene_of(name, number)
    setup = setup_of(scene)
    path = urlsplit(scene.link).path
    assert path.removeprefix("/") in {"", *PAGES}
    if scene.ask is None:
        return
    for each in (setup, *others(setup)):
        question = posed_for(scene.ask, each)
        if scene.ask.kind == "formula":
            continue
        assert sum(option.right for option in question.options) == 1
        assert len(question.options) >= 3, question
        for option in question.options:
            assert option.right or (option.cause and "{" not in option.cause)


def test_what_is_to_be_done_is_not_done_at_the_beginning_and_can_be():
    for name, number in SCENES:
        scene = scene_of(name, number)
        setup, steps = setup_of(scene), len(update_of(setup_of(scene)).steps)
        assert scene.done, scene.title
        for done in scene.done:
            match done:
                case Reached("step", at):
                    assert setup.step < at < steps, scene.title
                case Edited(what):
                    assert what in BY_NAME, scene.title
                case Guessed():
                    assert scene.ask is not None, scene.title
                case FoundRight(target):
                    exercise = EXERCISES[setup.exercise]
                    assert exercise.target == target
                    architecture = update_of(setup).trace.architecture
                    verdict = check_formula(exercise.answer, "dW[2]", architecture, setup.notation)
                    assert verdict.kind == "right"


def test_the_dead_unit_lets_nothing_through_once_it_is_dead():
    scene = scene_of("why-not-multiply", 1)
    setup = setup_of(scene)
    assert posed_for(scene.ask, setup).right.key != "0"
    assert posed_for(scene.ask, replace(setup, X=((0.8, 0.5),))).right.key == "0"


def test_the_first_lesson_takes_fifty_minutes():
    lesson = LESSONS["why-not-multiply"]
    assert (len(lesson.scenes), lesson.minutes) == (8, 50)


def test_a_question_that_cannot_be_asked_is_refused_and_not_wrong():
    scene = scene_of("one-to-batch", 2)
    alike = replace(setup_of(scene), X=((0.0, 0.0),))
    with pytest.raises(Refusal):
        posed_for(scene.ask, alike)


def test_a_scene_beyond_the_last_is_the_last_however_long_its_number_is():
    lesson = LESSONS["one-to-batch"]
    for number in ("8", "9" * 6_000):
        assert present_in({"lesson": lesson.name, "scene": number}).scene == lesson.scenes[-1]
    assert present_in({"lesson": lesson.name, "scene": "0"}).scene == lesson.scenes[0]
    assert present_in({"lesson": lesson.name, "scene": "-1"}) is None
