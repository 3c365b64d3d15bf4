"""A lesson in a browser: answered, carried on, and still known after a reload; the whole is tests.measure.lessons."""

from mlpviz.lessons.table import LESSONS
from tests.support.browser import expect, expect_text
from tests.support.lessons import carry_out, next_scene

LESSON = LESSONS["why-not-multiply"]
BELOW = """() => {
  const [place, dots] = ["place", "dots"].map(
    part => document.querySelector(`.mlp-lesson-${part}`).getBoundingClientRect())
  return dots.top > place.bottom - 2
}"""


def test_a_lesson_that_is_chosen_on_another_page_begins_at_its_own_step(open_app):
    page = open_app("/texts")
    page.get_by_role("link", name=LESSON.title).first.click()
    page.wait_for_selector("[data-step='1']")
    expect(page, "new URLSearchParams(location.search).get('step')", "1")
    page.get_by_role("button", name="Share").click()
    page.wait_for_selector("[data-testid=stCode]")
    expect_text(page, "[data-testid=stCode]", "step=1")


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


def test_on_a_phone_the_scene_has_its_line_to_itself_however_few_dots_there_are(open_app):
    page = open_app("/?lesson=learning-live&scene=2", (390, 844))
    expect(page, "document.querySelectorAll('.mlp-lesson-dot').length", len(LESSONS["learning-live"].scenes))
    page.wait_for_function(BELOW)
