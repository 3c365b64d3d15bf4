"""A teacher's link in a real browser: it stops, holds fast, keeps back, and is shared with a code."""

from tests.support.browser import expect, expect_text
from tests.support.opened import Opened
from tests.support.stepping import in_link, opened_at, press, settled

STEP = "Number(document.querySelector('[data-step]').dataset.step)"
SHOWN = """() => [...document.querySelectorAll(".mlp-face, .mlp-ledger")]
  .filter((el) => el.getClientRects().length).map((el) => el.className.split("mlp-").at(-1).trim())"""


def test_a_link_stops_and_holds_fast_and_shows_what_it_says(open_app):
    page = open_app("/?step=6&until=8&fix=numbers,network&faces=network,product&bare=1")
    opened_at(page, 6)
    assert page.evaluate(SHOWN) == ["network", "product"]
    assert page.locator(".st-key-mlpviz-menu").count() == 0
    for key in ("End", "ArrowRight"):
        press(page, key, 8)
    page.keyboard.press("a")
    page.locator("[data-part=scrubber]").fill("8")
    assert page.locator("[data-part=scrubber]").get_attribute("max") == "8"
    assert page.evaluate(STEP) == 8
    assert page.locator(".mlp-n[data-given]").count() == 0
    assert page.get_by_label("Preset").is_disabled()
    assert page.get_by_role("button", name="Reset").is_disabled()
    page.get_by_role("button", name="Undo the fixing").click()
    page.wait_for_selector(".mlp-n[data-given]")
    expect(page, "location.search.includes('until=8') && !location.search.includes('fix=')")
    settled(page)
    assert page.get_by_label("Preset").is_enabled()


IN_SIGHT = """() => {
  const [panel, code] = ["[data-testid=stPopoverBody]", ".st-key-class img"].map(
    each => document.querySelector(each).getBoundingClientRect())
  return panel.top <= code.top && code.bottom <= Math.min(panel.bottom, innerHeight)
}"""
HIDDEN = """() => [...document.querySelectorAll(".mlp-n[data-value]")]
  .filter(({ dataset: { symbol, layer } }) => ["delta", "dW", "db"].includes(symbol) && layer === "1").length"""


BACK = """step => {
  const root = document.querySelector(".mlp-root"), seen = []
  const press = (key) => root.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }))
  const at = () => Number(document.querySelector("[data-step]").dataset.step)
  root.focus()
  for (press("End"); ; press("ArrowLeft")) {
    seen.push([at(), (%s)()])
    if (at() === step || seen.length > 400) return seen
  }
}"""  # what is in sight after each key


def test_what_is_kept_back_stays_blank_at_every_step(open_app):
    page = open_app("/?veil=delta[1]&step=7")
    opened_at(page, 7)
    expect(page, "document.querySelector('.mlp-root').dataset.live", "no")
    assert "keeps results back" in page.locator(".mlp-root").get_attribute("title")
    for grain in ("matrix", "entry"):
        if grain == "entry":
            page.locator("[data-part=grain]").select_option("entry")
            in_link(page, "grain=entry")
        seen = page.evaluate(BACK % HIDDEN, 7)
        assert {step for step, _ in seen} == set(range(7, max(seen)[0] + 1)) and max(seen)[0] > 12
        assert {hidden for _, hidden in seen} == {0}
        assert (len(seen) > len({step for step, _ in seen})) == (grain == "entry")
        page.keyboard.press("End")
        assert page.locator(".mlp-ledger .mlp-n[data-symbol=delta][data-layer='2'][data-value]").count()
        page.locator(".mlp-ledger .mlp-n[data-symbol=delta][data-layer='1']").first.click()
        expect_text(page, ".mlp-sum", "keeps")
        assert "NaN" not in page.locator(".mlp-root").inner_text()


def test_share_makes_a_link_for_a_class(open_app):
    page = open_app("/?step=9")
    opened_at(page, 9)
    page.get_by_role("button", name="Share").click()
    page.get_by_role("tab", name="For a class").click()
    page.get_by_text("after a guess").click()
    page.get_by_text("Stop at this step").click()
    panel = "document.querySelector('.st-key-class [data-testid=stCode]')?.textContent"
    expect(page, f"{panel}.includes('until=9') && {panel}.includes('predict=guess')")
    page.wait_for_selector(".st-key-class img[src*=svg]")
    settled(page)
    expect(page, IN_SIGHT)
    assert (
        page.evaluate("getComputedStyle(document.querySelector('[data-testid=stSelectbox] input')).textOverflow")
        == "ellipsis"
    )
    page.get_by_role("button", name="Make it short").click()
    expect(page, f"/[?]s=[2-9A-Z]{{4}}$/.test({panel}.trim())")
    short = page.evaluate(panel).strip()
    other = open_app("/?" + short.partition("?")[2])
    opened_at(other, 9)
    expect(other, "!location.search.includes('s=') && location.search.includes('until=9')")
    expect(other, "document.querySelector('.mlp-root').dataset.predict", "guess")


def test_a_short_link_that_is_none_is_told():
    away = Opened(s="ZZZZ", ref="x")
    assert away.setup.step == 0
    assert "no short link ZZZZ" in away.errors[0]
