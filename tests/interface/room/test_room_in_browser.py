"""A room in real browsers: a teacher opens one, a phone follows, goes its own way and comes back, answers, and sees.

To every page of the menu, with three devices at once: ``python -m tests.measure.classroom``.
"""

from tests.support.browser import expect, expect_count, expect_text
from tests.support.rooms import (
    LINE,
    PATHS,
    PHONE,
    STEP,
    ask,
    does,
    go_to,
    keys_link,
    opened_room,
    press,
    shown,
    steps_at_once,
)

FOCUS_SEEN = """() => {
  const next = document.querySelector("[data-do=next]")
  document.querySelector("[data-testid=stMain]").scrollTo(0, 9999)
  next.focus()
  const { left, top } = next.getBoundingClientRect()
  return next.contains(document.elementFromPoint(left + 9, top + 9))
}"""
"""Whether what the focus comes back to from below is not under the line."""


def test_a_room_from_its_opening_to_its_end(open_app):
    teacher = open_app("/?lesson=one-to-batch&scene=1")
    expect_count(teacher, ".mlp-lesson", 1)
    code = opened_room(teacher)
    expect(teacher, "location.search.includes('room=')")
    student = open_app(f"/check?room={code.lower()}", PHONE)
    student.wait_for_selector(LINE)
    expect(student, "location.pathname", "/")
    follows_and_goes_its_own_way(teacher, student)
    answers(teacher, student)
    goes_along_and_leaves(teacher, student)
    comes_back_by_the_letters(student, code)
    a_second_device_leads(teacher, open_app)
    ends(teacher, student, code)


def follows_and_goes_its_own_way(teacher, student):
    step = teacher.evaluate(STEP)
    expect(student, STEP, step)
    steps_at_once(student, step + 2)
    press(teacher, "ArrowRight", 2)
    expect(teacher, STEP, step + 2)
    expect(student, STEP, step + 3)
    expect_text(student, LINE, f"You are on step {step + 4} · the class is on step {step + 3}")
    assert student.locator(".mlp-root").count() == 1
    press(teacher, "ArrowRight", 2)
    expect_text(student, LINE, f"the class is on step {step + 5}")
    expect(student, STEP, step + 3)
    student.get_by_role("button", name="go back").click()
    expect(student, STEP, step + 4)


def answers(teacher, student):
    ask(teacher)
    expect_text(teacher, LINE, "0 of 1 have answered")
    expect(teacher, FOCUS_SEEN)
    student.locator(".mlp-class-choice").first.click()
    expect_text(student, LINE, "you can change it")
    student.locator(".mlp-class-choice").nth(1).click()
    expect(student, "document.querySelectorAll('.mlp-class-choice')[1].ariaPressed", "true")
    expect_text(teacher, LINE, "1 of 1 have answered")
    assert teacher.locator(".mlp-class-bars").count() == student.locator(".mlp-class-bars").count() == 0
    shown(teacher, 1, 1)
    expect_count(student, ".mlp-class-bars li", 3)
    expect_text(student, ".mlp-class-bars", "yours")
    does(teacher, "Done with it")
    expect_count(student, ".mlp-class-bars", 0)


def goes_along_and_leaves(teacher, student):
    for title in ("Derive", "Check", "Step"):
        go_to(teacher, title)
        expect(student, "location.pathname", PATHS[title])
        if title == "Derive":
            press(teacher, "ArrowRight", 2)
            expect(student, STEP, 2)
    step = teacher.evaluate(STEP)
    press(teacher, "ArrowRight", 3)
    expect(student, STEP, step + 3)
    expect_text(student, LINE, "following")
    does(student, "leave")
    expect_count(student, LINE, 0)
    expect(student, "location.search.includes('room=')", False)


def comes_back_by_the_letters(student, code):
    """Nothing lies over what the class looks at then."""
    student.get_by_role("button", name="Share").click()
    student.get_by_role("tab", name="For a class").click()
    student.get_by_label("Or go into a room: its four letters").fill(code.lower())
    student.keyboard.press("Enter")
    expect_text(student, LINE, "following")
    expect_count(student, "[data-testid=stPopoverBody]", 0)
    does(student, "leave")
    expect_count(student, LINE, 0)


def a_second_device_leads(teacher, open_app):
    """By a key that leaves the address, and stays with the device when that loads the page anew."""
    own, step = keys_link(teacher), teacher.evaluate(STEP)
    remote = open_app(own, PHONE)
    expect_text(remote, LINE, "Screens follow")
    expect(remote, "location.hash", "")
    expect(remote, STEP, step)
    expect_count(remote, ".mlp-lesson-notes", 1)
    press(remote, "ArrowRight")
    expect(teacher, STEP, step + 1)
    remote.reload()
    expect_text(remote, LINE, "Screens follow")
    expect_count(remote, ".mlp-lesson-notes", 1)
    assert own.partition("#key=")[2] not in remote.url
    remote.close()


def ends(teacher, student, code):
    """For one who comes back with a key that is none, and follows."""
    step = teacher.evaluate(STEP)
    student.goto(student.url.partition("?")[0] + f"?room={code}#key=another")
    expect_text(student, LINE, "following")
    expect(student, STEP, step)
    expect_count(student, ".mlp-lesson", 1)
    assert student.locator(".mlp-lesson-notes").count() == 0
    does(teacher, "End the room")
    teacher.locator(".mlp-class-sure").get_by_role("button", name="End the room").click()
    for page in (student, teacher):
        expect_text(page, LINE, f"There is no room {code}; it may have ended. You go on alone.")
    student.locator("[data-do=next]").click()
    expect(student, STEP, step + 1)
    press(teacher, "ArrowLeft")
    expect(teacher, STEP, step - 1)
    expect(student, STEP, step + 1)
