"""A lesson in a browser: answered, carried on, and still known after a reload; the whole is tests.measure.lessons."""

from mlpviz.lessons.table import LESSONS
from tests.support.browser import expect, expect_text
from tests.support.lessons import carry_out, next_scene

LESSON, SHORT = LESSONS["why-not-multiply"], LESSONS["learning-live"]
PHONE = (390, 844)
BELOW = """() => {
  const [place, dots] = ["place", "dots"].map(
    part => document.querySelector(`.mlp-lesson-${part}`).getBoundingClientRect())
  return dots.top > place.bottom - 2
}"""


def test_a_lesson_that_is_chosen_on_another_page_begins_at_its_own_step(open_app):
    """On a phone its scene has a line to itself, however few the dots are."""
    page = open_app("/texts")
    page.get_by_role("link", name=SHORT.title).first.click()
    page.wait_for_selector("[data-step='6']")
    expect(page, "new URLSearchParams(location.search).get('step')", "6")
    page.get_by_role("button", name="Share").click()
    page.wait_for_selector("[data-testid=stCode]")
    expect_text(page, "[data-testid=stCode]", "step=6")
    expect(page, "document.querySelectorAll('.mlp-lesson-dot').length", len(SHORT.scenes))
    page.set_viewport_size(dict(zip(("width", "height"), PHONE, strict=True)))
    page.wait_for_function(BELOW)


def test_a_lesson_is_carried_on_and_what_was_done_is_kept(open_app):
    page = open_app(f"/?lesson={LESSON.name}&scene=2", PHONE)
    assert len(carry_out(page, LESSON, 2)) == 2
    next_scene(page, 2)
    expect_text(page, ".mlp-lesson-place b", LESSON.scenes[2].title)
    expect(page, "new URLSearchParams(location.search).get('scene')", "3")
    page.reload()
    expect_text(page, ".mlp-lesson-place b", LESSON.scenes[2].title)
    expect(page, "document.querySelectorAll('.mlp-lesson-dot')[1]?.textContent", "●")
    page.locator("[data-do=lesson-leave]").click()
    expect(page, "document.querySelector('.mlp-lesson') === null")
    expect(page, "location.search.includes('lesson')", False)
