"""A room in real browsers: a teacher opens one, a phone follows, goes its own way and comes back, answers, and sees."""

from tests.support.browser import expect, expect_count, expect_text
from tests.support.stepping import settled

STEP = "Number(document.querySelector('[data-step]')?.dataset.step)"
LINE = ".mlp-class"
PHONE = (390, 844)


def opened_room(page):
    """The code of the room that a teacher has opened in Share."""
    page.get_by_role("button", name="Share").click()
    page.get_by_text("For a class").click()
    page.get_by_role("button", name="Open a room").click()
    page.wait_for_selector(".mlp-class-name")
    page.get_by_role("button", name="Share").click()
    expect_count(page, "[data-testid=stPopoverBody]", 0)
    return page.locator(".mlp-class-name").inner_text()


def test_a_class_follows_answers_and_goes_its_own_way(open_app, new_server):
    server = new_server()
    teacher = open_app("/", server=server)
    code = opened_room(teacher)
    expect(teacher, "location.search.includes('room=')")
    student = open_app(f"/check?room={code.lower()}", PHONE, server=server)
    student.wait_for_selector(LINE)
    expect(student, "location.pathname", "/")
    teacher.locator(".mlp-root").focus()
    for _ in range(6):
        teacher.keyboard.press("ArrowRight")
    expect(teacher, STEP, 6)
    expect(student, STEP, 6)
    assert student.locator(".mlp-root").count() == 1

    settled(student)
    expect(student, "new URLSearchParams(location.search).get('step')", "6")
    student.wait_for_timeout(1000)  # until the page has seen that it has arrived
    student.locator("[data-do=next]").click()
    expect(student, STEP, 7)
    expect_text(student, LINE, "You are on step 8 · the class is on step 7")
    teacher.locator(".mlp-root").focus()
    teacher.keyboard.press("ArrowRight")
    teacher.keyboard.press("ArrowRight")
    expect_text(student, LINE, "the class is on step 9")
    expect(student, STEP, 7)
    student.get_by_role("button", name="go back").click()
    expect(student, STEP, 8)

    teacher.get_by_role("button", name="Ask …").click()
    teacher.locator(".mlp-class-offers button").first.click()
    expect_text(teacher, LINE, "0 of 1 have answered")
    student.locator(".mlp-class-choice").first.click()
    expect_text(student, LINE, "you can change it")
    student.locator(".mlp-class-choice").nth(1).click()
    expect(student, "document.querySelectorAll('.mlp-class-choice')[1].ariaPressed", "true")
    expect_text(teacher, LINE, "1 of 1 have answered")
    assert teacher.locator(".mlp-class-bars").count() == student.locator(".mlp-class-bars").count() == 0
    for name in ("Close the question", "Show the answers"):
        teacher.get_by_role("button", name=name).click()
    expect(student, "document.querySelectorAll('.mlp-class-bars li').length", 3)
    expect_text(student, ".mlp-class-bars", "yours")
    teacher.get_by_role("button", name="Done with it").click()
    expect(student, "document.querySelectorAll('.mlp-class-bars').length", 0)


def test_a_teachers_second_device_leads_by_a_key_that_leaves_the_address(open_app, new_server):
    server = new_server()
    teacher = open_app("/?step=2", server=server)
    code = opened_room(teacher)
    key = teacher.evaluate(
        "sessionStorage.getItem(`mlpviz.room.${document.querySelector('.mlp-class-name').innerText}`)"
    )
    remote = open_app(f"/?room={code}#key={key}", PHONE, server=server)
    expect_text(remote, LINE, "Screens follow")
    expect(remote, "location.hash", "")
    expect(remote, STEP, 2)
    remote.locator(".mlp-root").focus()
    remote.keyboard.press("ArrowRight")
    expect(teacher, STEP, 3)
    remote.reload()
    expect_text(remote, LINE, "Screens follow")
    assert key not in remote.url
    guest = open_app(f"/?room={code}#key=another", server=server)
    expect_text(guest, LINE, "following")
    expect(guest, STEP, 3)
