"""A browser's profile is emptied before another test gets it."""

LEAVE = """() => {
  localStorage.setItem("left", "1")
  sessionStorage.setItem("left", "1")
  document.cookie = "left=1; path=/; max-age=9999"
  history.pushState({}, "", "?left=1")
}"""
FOUND = """() => [localStorage.getItem("left"), sessionStorage.getItem("left"), document.cookie.includes("left"),
  history.length, innerWidth, matchMedia("(prefers-color-scheme: dark)").matches]"""


def test_the_next_test_finds_nothing_of_the_one_before(profiles, server):
    first = profiles.take(server, (1280, 720), dark=False)
    first.open("/texts").evaluate(LEAVE)
    profiles.put(first)
    again = profiles.take(server, (390, 844), dark=True)
    assert again is first, "it is the same page"
    # behind it in the history is the blank page alone
    assert again.open("/texts").evaluate(FOUND) == [None, None, False, 2, 390, True]
    profiles.put(again)
