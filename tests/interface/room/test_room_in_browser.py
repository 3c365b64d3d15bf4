"""A room in real browsers: a teacher opens one, a phone follows, goes its own way and comes back, answers, and sees."""

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


def test_a_class_follows_answers_and_goes_its_own_way(open_app, new_server):
    server = new_server()
    teacher = open_app("/", server=server)
    code = opened_room(teacher)
    expect(teacher, "location.search.includes('room=')")
    student = open_app(f"/check?room={code.lower()}", PHONE, server=server)
    student.wait_for_selector(LINE)
    expect(student, "location.pathname", "/")
    expect(student, STEP, 0)
    steps_at_once(student, 6)
    press(teacher, "ArrowRight", 6)
    expect(teacher, STEP, 6)
    expect(student, STEP, 7)
    expect_text(student, LINE, "You are on step 8 · the class is on step 7")
    assert student.locator(".mlp-root").count() == 1
    press(teacher, "ArrowRight", 2)
    expect_text(student, LINE, "the class is on step 9")
    expect(student, STEP, 7)
    student.get_by_role("button", name="go back").click()
    expect(student, STEP, 8)

    ask(teacher)
    expect_text(teacher, LINE, "0 of 1 have answered")
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


def test_a_class_goes_along_to_every_page_until_it_is_left_or_ends(open_app, new_server):
    server = new_server()
    teacher = open_app("/?preset=xor", server=server)
    code = opened_room(teacher)
    student = open_app(f"/?room={code}", PHONE, server=server)
    leaves = open_app(f"/?room={code}", server=server)
    for title in ("Derive", "Check", "Train", "Network", "Step"):
        go_to(teacher, title)
        expect(student, "location.pathname", PATHS[title])
        if title == "Derive":
            press(teacher, "ArrowRight", 2)
            expect(student, STEP, 2)
    expect(leaves, "location.pathname", "/")
    press(teacher, "ArrowRight", 3)
    expect(student, STEP, 3)
    expect_text(student, LINE, "following")

    does(leaves, "leave")
    expect_count(leaves, LINE, 0)
    expect(leaves, "location.search.includes('room=')", False)
    does(teacher, "End the room")
    teacher.locator(".mlp-class-sure").get_by_role("button", name="End the room").click()
    for page in (student, teacher):
        expect_text(page, LINE, f"There is no room {code}; it may have ended. You go on alone.")
    student.locator("[data-do=next]").click()
    expect(student, STEP, 4)
    press(teacher, "ArrowLeft")
    expect(teacher, STEP, 2)
    expect(student, STEP, 4)


def test_a_teachers_second_device_leads_by_a_key_that_leaves_the_address(open_app, new_server):
    server = new_server()
    teacher = open_app("/?lesson=one-to-batch&scene=1", server=server)
    expect_count(teacher, ".mlp-lesson", 1)
    opened_room(teacher)
    own, step = keys_link(teacher), teacher.evaluate(STEP)
    remote = open_app(own, PHONE, server=server)
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
    guest = open_app(own.partition("#")[0] + "#key=another", server=server)
    expect_text(guest, LINE, "following")
    expect(guest, STEP, step + 1)
    expect_count(guest, ".mlp-lesson", 1)
    assert guest.locator(".mlp-lesson-notes").count() == 0
