"""A browser's profile is emptied before another test gets it, and what is the app's own fault is told from the rest."""

import pytest

from tests.support.browser import HARMLESS, Profiles

LEAVE = """() => {
  localStorage.setItem("left", "1")
  sessionStorage.setItem("left", "1")
  document.cookie = "left=1; path=/; max-age=9999"
  history.pushState({}, "", "?left=1")
}"""
FOUND = """() => [localStorage.getItem("left"), sessionStorage.getItem("left"), document.cookie.includes("left"),
  history.length, innerWidth, ...["(prefers-color-scheme: dark)", "(prefers-reduced-motion: reduce)"].map(
    (query) => matchMedia(query).matches)]"""


def test_the_next_test_finds_nothing_of_the_one_before(browser, server):
    profiles = Profiles(browser)
    first = profiles.take(server, (1280, 720), dark=False)
    first.open("/texts").evaluate(LEAVE)
    first.page.emulate_media(reduced_motion="reduce")
    profiles.put(first)
    again = profiles.take(server, (390, 844), dark=True)
    assert again is first, "it is the same page"
    # behind it in the history is the blank page alone
    assert again.open("/texts").evaluate(FOUND) == [None, None, False, 2, 390, True, False]
    again.close()


@pytest.mark.parametrize(("through", "harmless"), [("shell/delivery.py", True), ("shell/pages.py", False)])
def test_a_page_that_leaves_early_is_no_fault_unless_the_app_had_a_part_in_it(through, harmless):
    told = (
        f"Exception in ASGI application\nTraceback (most recent call last):\n  mlpviz/interface/{through}\n"
        'WebSocketDisconnected: Cannot call "send" once a close message has been sent.\n'
    )
    assert ("Traceback" not in HARMLESS.sub("", told)) == harmless
