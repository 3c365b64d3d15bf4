"""Links as messengers deliver them, and links to exactly what is on screen, in a real browser."""

from urllib.parse import parse_qsl, urlsplit

from tests.support.browser import expect, expect_count
from tests.support.opened import Opened
from tests.support.stepping import in_link, opened_at, press, settled

HERE = "preset=softmax-batch&step=9"
WHOLE = "v=1&preset=softmax-batch&learning_rate=0.25&step=9"

ADDED = [
    "from=timeline&isappinstalled=0",
    "from=singlemessage",
    "openExternalBrowser=1",
    "_x_tr_sl=en&_x_tr_tl=zh-TW",
    "ref=moodle",
    "si=Zm9vYmFyMTIz",
    "fbclid=IwAR0abc_DEF&mibextid=Zxz2cZ",
    "utm_source=line&utm_medium=chat&utm_campaign=a%20b",
]
"""By WeChat twice, LINE, a translator, Moodle, YouTube, Facebook and a newsletter."""

ARRIVING = [
    "&".join([*ADDED[2::-1], HERE, *ADDED[3:]]),
    "step=9&preset=softmax-batch&preset=softmax-batch&step=9",
    f"{WHOLE}&orientation=colu",
    f"{WHOLE}&end=1&X=1,2;3&seed=-5",
]
"""With all of that; reordered and said twice; cut off; damaged."""


def test_what_each_messenger_adds_changes_nothing():
    right = Opened(**dict(parse_qsl(HERE)))
    for added in ADDED:
        page = Opened(**dict(parse_qsl(f"{added}&{HERE}")))
        assert (page.setup, page.link, page.errors) == (right.setup, right.link, []), added


def test_a_link_opens_its_step_whatever_a_messenger_made_of_it(open_app):
    page = open_app("/")
    for query in ARRIVING:
        page.goto(page.url.partition("?")[0] + "?" + query)
        opened_at(page, 9)
        expect(page, "new URLSearchParams(location.search).get('end')", "1")
        own = dict(parse_qsl(urlsplit(page.url).query))
        assert (own["preset"], own["step"], own["v"]) == ("softmax-batch", "9", "1"), query
        assert not own.keys() & {"from", "openExternalBrowser", "_x_tr_sl", "ref", "si", "fbclid", "utm_source"}, query
        if query.startswith(WHOLE):
            assert own["learning_rate"] == "0.25", query
        settled(page)
        boxes = page.locator("[data-testid=stAlert]").all_inner_texts()
        assert len(boxes) == query.endswith("seed=-5"), (query, boxes)


LOOK = """() => {
  const on = (name) => document.querySelector(`[data-do=${name}]`).getAttribute("aria-pressed")
  const { key, row, column } = document.querySelector(".mlp-sum").dataset
  const { step } = document.querySelector("[data-step]").dataset
  const sample = document.querySelector("[data-part=sample]").textContent
  const filled = document.querySelectorAll(".mlp-product .mlp-result .mlp-n[data-value]").length
  return { step, key, row, column, sample, torch: on("torch"), shapes: on("shapes"), filled }
}"""


def test_a_link_leads_to_exactly_what_is_on_screen(open_app):
    page = open_app("/?preset=softmax-batch&step=8")
    opened_at(page, 8)
    page.get_by_role("button", name="PyTorch").click()
    page.locator("[data-do=shapes]").click()
    page.locator("[data-do=sample][data-to='1']").click()
    page.locator(".mlp-ledger [data-symbol=Z][data-row='2'][data-column='1']").first.click()
    expect(page, "location.search.includes('asked=Z1.2.1')")
    settled(page)
    here = page.evaluate(LOOK)
    assert (here["key"], here["row"], here["torch"], here["shapes"]) == ("Z[1]", "2", "true", "true")
    page.get_by_role("button", name="Share").click()
    link = page.locator("[data-testid=stCode]").first
    expect(page, "document.querySelector('[data-testid=stCode]')?.textContent.includes('asked=Z1.2.1')")
    other = open_app("/?" + urlsplit(link.inner_text()).query)
    opened_at(other, 8)
    expect(other, LOOK, here)


VIEWED = """() => [document.querySelector("[data-part=speed]").value, document.querySelector(".mlp-ledger").open,
  [...document.querySelectorAll(".mlp-where, .mlp-product .mlp-mover")].map(el => el.textContent)]"""
VIEWS = "['ledger', 'product', 'folded', 'speed'].filter(name => new URLSearchParams(location.search).has(name))"


def test_a_link_has_what_is_in_view_of_large_arrays_the_fold_and_the_speed(open_app):
    page = open_app("/?preset=digit")
    opened_at(page, 0)
    begun = page.evaluate(VIEWED)
    page.locator(".mlp-ledger .mlp-arrows button").nth(1).click()
    page.locator(".mlp-product .mlp-mover button").nth(1).click()
    page.locator("[data-part=speed]").select_option("2")
    expect(page, VIEWS, ["ledger", "product", "speed"])
    moved = page.evaluate(VIEWED)
    assert sum(one != other for one, other in zip(begun[2], moved[2], strict=True)) >= 2
    page.locator(".mlp-ledger > summary").click()
    expect(page, VIEWS, ["ledger", "product", "folded", "speed"])
    settled(page)
    page.get_by_role("button", name="Share").click()
    expect(page, "document.querySelector('[data-testid=stCode]')?.textContent.includes('folded=yes')")
    link = page.locator("[data-testid=stCode]").first.inner_text()
    other = open_app("/?" + urlsplit(link).query)
    opened_at(other, 0)
    expect(other, VIEWED, ["2", False, moved[2]])
    other.locator(".mlp-ledger > summary").click()
    other.locator("[data-part=speed]").select_option("1")
    expect(other, VIEWS, ["ledger", "product"])
    other.locator("[data-symbol=X] .mlp-n, .mlp-ledger .mlp-n[data-symbol=A]").first.dblclick()
    other.keyboard.type("0.5")
    other.keyboard.press("Enter")
    in_link(other, "X=")
    expect(other, VIEWED, ["1", True, moved[2]])  # other numbers of the same network leave what is looked at


def test_an_entry_that_was_reached_is_in_the_link(open_app):
    page = open_app("/?step=9&grain=entry")
    opened_at(page, 9)
    for _ in range(3):
        press(page, "ArrowRight", 9)
    expect(page, "new URLSearchParams(location.search).get('entry')", "1.1")
    here = page.evaluate(LOOK)
    other = open_app("/?" + urlsplit(page.url).query)
    opened_at(other, 9)
    expect(other, LOOK, here)


def test_a_point_of_a_text_opens_at_its_own_line_and_the_address_keeps_it(open_app):
    page = open_app("/texts?text=S0")
    for point, line in ((7, 1), (8, 5)):  # two lines of one walkthrough
        page.locator(".st-key-items [data-testid=stPageLink] a").nth(point).click()
        opened_at(page, line)
        page.wait_for_timeout(600)  # what the address says at last
        assert f"line={line}" in page.url
        page.go_back()
        expect_count(page, ".st-key-items", 1)
        settled(page)
