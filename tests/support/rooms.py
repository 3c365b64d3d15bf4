"""A room in Chromium: who opens one, who leads, and what is asked and answered by hand."""

from tests.support.browser import expect, expect_count, expect_text

STEP = "Number(document.querySelector('[data-step]')?.dataset.step)"
LINE = ".mlp-class"
LAPTOP, PHONE = (1280, 720), (390, 844)
PATHS = {"Step": "/", "Derive": "/derive", "Check": "/check", "Train": "/train", "Network": "/network"}
HERE = "new URLSearchParams(location.search).get('step') ?? '0'"

AT_ONCE = """step => new MutationObserver((_changes, observer) => {
  if (Number(document.querySelector("[data-step]")?.dataset.step) !== step) return
  observer.disconnect()
  document.querySelector("[data-do=next]").click()
}).observe(document.body, { subtree: true, attributes: true, attributeFilter: ["data-step"] })"""


def opened_room(page):
    """The code of the room that a teacher has opened in Share."""
    page.get_by_role("button", name="Share").click()
    page.get_by_text("For a class").click()
    page.get_by_role("button", name="Open a room").click()
    page.wait_for_selector(".mlp-class-name")
    page.get_by_role("button", name="Share").click()
    expect_count(page, "[data-testid=stPopoverBody]", 0)
    return page.locator(".mlp-class-name").inner_text()


def keys_link(page):
    """The teacher's own link, as it is copied for a second device."""
    name = "`mlpviz.room.${document.querySelector('.mlp-class-name').innerText}`"
    return f"/?room={page.locator('.mlp-class-name').inner_text()}#key=" + page.evaluate(
        f"sessionStorage.getItem({name})"
    )


def steps_at_once(page, step):
    """Press → in the very moment in which the page is led to a step, before its address can tell of that."""
    page.evaluate(AT_ONCE, step)


def press(page, key, times=1):
    """Press a key of the stepper."""
    page.locator(".mlp-root").focus()
    for _ in range(times):
        page.keyboard.press(key)


def go_to(page, title):
    """Open a page by its entry of the menu."""
    page.locator(".st-key-mlpviz-menu a", has_text=title).first.click()
    expect(page, "location.pathname", PATHS[title])


def does(page, name):
    """Press a button of the room's line."""
    page.locator(LINE).get_by_role("button", name=name, exact=True).click()


def ask(teacher, which=0):
    """Ask what is offered for what is on screen."""
    does(teacher, "Ask …")
    teacher.locator(".mlp-class-offers button").nth(which).click()
    expect_count(teacher, ".mlp-class-question", 1)


def shown(teacher, answered, of):
    """Close the question once so many have answered, and show the bars."""
    expect_text(teacher, LINE, f"{answered} of {of} have answered")
    does(teacher, "Close the question")
    does(teacher, "Show the answers")
    expect_count(teacher, ".mlp-class-bars", 1)
