"""Links as messengers deliver them, and links to exactly what is on screen, in a real browser."""

from urllib.parse import parse_qs, parse_qsl, urlsplit

from tests.support.browser import expect, expect_count
from tests.support.lessons import retype
from tests.support.opened import Opened
from tests.support.stepping import in_link, opened_at, press, settled

HERE = "preset=softmax-batch&step=8"
WHOLE = "v=1&preset=softmax-batch&learning_rate=0.25&step=8"

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
    "step=8&preset=softmax-batch&preset=softmax-batch&step=8",
    f"{WHOLE}&orientation=colu",
    f"{WHOLE}&end=1&X=1,2;3&seed=-5",
]
"""With all of that; reordered and said twice; cut off; damaged."""

FOREIGN = {"from", "openExternalBrowser", "_x_tr_sl", "ref", "si", "fbclid", "utm_source"}


def test_what_each_messenger_adds_changes_nothing():
    right = Opened(**dict(parse_qsl(HERE)))
    for added in ADDED:
        page = Opened(**dict(parse_qsl(f"{added}&{HERE}")))
        assert (page.setup, page.link, page.errors) == (right.setup, right.link, []), added


def test_a_link_opens_its_step_whatever_a_messenger_made_of_it():
    for query in ARRIVING:
        page = Opened()
        page.app.query_params.update(parse_qs(query))
        page.run()
        assert (page.setup.preset, page.setup.step, page.link["v"]) == ("softmax-batch", 8, "1"), query
        assert not page.link.keys() & FOREIGN, query
        if query.startswith(WHOLE):
            assert page.setup.learning_rate == 0.25, query
        assert len(page.errors) == query.endswith("seed=-5"), (query, page.errors)


LOOK = """() => {
  const on = (name) => document.querySelector(`[data-do=${name}]`).getAttribute("aria-pressed")
  const { key, row, column } = document.querySelector(".mlp-sum").dataset
  const { step } = document.querySelector("[data-step]").dataset
  const sample = document.querySelector("[data-part=sample]").textContent
  const filled = document.querySelectorAll(".mlp-product .mlp-result .mlp-n[data-value]").length
  const viewed = [...document.querySelectorAll(".mlp-where, .mlp-product .mlp-mover")].map(el => el.textContent)
  const speed = document.querySelector("[data-part=speed]").value, open = document.querySelector(".mlp-ledger").open
  return { step, key, row, column, sample, torch: on("torch"), shapes: on("shapes"), filled, viewed, speed, open }
}"""
LEFT = f"""() => {{
  const {{ speed, open, viewed }} = ({LOOK})()
  return [speed, open, viewed]
}}"""
VIEWS = "['ledger', 'product', 'folded', 'speed'].filter(name => new URLSearchParams(location.search).has(name))"


def test_a_link_leads_to_exactly_what_is_on_screen(open_app):
    """The one that a messenger delivered, and the one that Share has after all that can be moved has been."""
    page = open_app(f"/?{ARRIVING[0]}&widths=2,60,5,3&grain=entry")
    opened_at(page, 8)
    expect(page, "new URLSearchParams(location.search).get('end')", "1")
    assert not dict(parse_qsl(urlsplit(page.url).query)).keys() & FOREIGN
    settled(page)
    for _ in range(3):
        press(page, "ArrowRight", 8)
    expect(page, "new URLSearchParams(location.search).get('entry')", "3.0")
    reached = page.evaluate(LOOK)["filled"]
    assert 1 < reached < 12
    page.get_by_role("button", name="PyTorch").click()
    page.locator("[data-do=shapes]").click()
    page.locator("[data-do=sample][data-to='1']").click()
    page.locator(".mlp-ledger [data-symbol=Z][data-row='2'][data-column='1']").first.click()
    expect(page, "location.search.includes('asked=Z1.2.1')")
    settled(page)
    begun = page.evaluate(LOOK)
    assert (begun["key"], begun["row"], begun["torch"], begun["shapes"]) == ("Z[1]", "2", "true", "true")
    page.locator(".mlp-ledger .mlp-arrows button").nth(1).click()
    page.locator(".mlp-product .mlp-mover button").nth(1).click()
    page.locator("[data-part=speed]").select_option("2")
    expect(page, VIEWS, ["ledger", "product", "speed"])
    page.locator(".mlp-ledger > summary").click()
    expect(page, VIEWS, ["ledger", "product", "folded", "speed"])
    settled(page)
    here = page.evaluate(LOOK)
    assert sum(one != other for one, other in zip(begun["viewed"], here["viewed"], strict=True)) >= 2
    assert (here["speed"], here["open"]) == ("2", False)
    page.get_by_role("button", name="Share").click()
    expect(page, "document.querySelector('[data-testid=stCode]')?.textContent.includes('folded=yes')")
    link = page.locator("[data-testid=stCode]").first.inner_text()
    assert "asked=Z1.2.1" in link

    other = open_app("/?" + urlsplit(link).query)
    opened_at(other, 8)
    expect(other, LOOK, here)
    other.locator(".mlp-ledger > summary").click()
    other.locator("[data-part=speed]").select_option("1")
    expect(other, VIEWS, ["ledger", "product"])
    retype(other, "A", 0, 2, 0, "0.25")
    in_link(other, "X=")
    expect(other, LEFT, ["1", True, here["viewed"]])  # other numbers of the same network leave what is looked at
    other.locator(".mlp-root").focus()
    for _ in range(2):  # out of the number that was typed, and of the one that was asked for
        other.keyboard.press("Escape")
    expect(other, f"({LOOK})().filled", reached)


def test_a_point_of_a_text_opens_at_its_own_line_and_the_address_keeps_it(open_app):
    page = open_app("/texts?text=S0")
    for point, line in ((7, 1), (8, 5)):  # two lines of one walkthrough
        if line > 1:
            page.go_back()
            expect_count(page, ".st-key-items", 1)
            settled(page)
        page.locator(".st-key-items [data-testid=stPageLink] a").nth(point).click()
        opened_at(page, line)
        page.wait_for_timeout(600)  # what the address says at last
        assert f"line={line}" in page.url
