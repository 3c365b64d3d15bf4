"""A lesson in a browser: answered, carried on, and still known after a reload; the whole is tests.measure.lessons."""

from mlpviz.lessons.table import LESSONS
from tests.support.browser import expect, expect_text
from tests.support.lessons import carry_out, next_scene

LESSON = LESSONS["why-not-multiply"]


def test_a_lesson_is_carried_on_and_what_was_done_is_kept(open_app):
    page = open_app(f"/?lesson={LESSON.name}&scene=2", (390, 844))
    assert len(carry_out(page, LESSON, 2)) == 2
    next_scene(page, 2)
    expect_text(page, ".mlp-lesson-place b", LESSON.scenes[2].title)
    expect(page, "new URLSearchParams(location.search).get('scene')", "3")
    page.reload()
    expect_text(page, ".mlp-lesson-place b", LESSON.scenes[2].title)
    expect(page, "document.querySelectorAll('.mlp-lesson-dot')[1]?.textContent", "●")
    page.locator("[data-do=lesson-leave]").click()
    expect(page, "document.querySelector('.mlp-lesson') === null")
    assert not page.evaluate("location.search.includes('lesson')")
