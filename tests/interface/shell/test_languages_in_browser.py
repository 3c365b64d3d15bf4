"""A browser's language is found, set in its own shapes and read aloud as it; a switch changes nothing but words."""

from tests.support.browser import expect, expect_count, expect_text, fonts
from tests.support.stepping import in_link, opened_at, press, settled

NEXT = {"zh-Hant": "下一步", "zh-Hans": "下一步", "en": "Next"}
NUMBERS = "[...document.querySelectorAll('[data-part=ledger] [data-value]')].map(each => each.dataset.value).join()"
SHAPES = {"zh-Hant": {"Noto Sans CJK TC"}, "zh-Hans": {"Noto Sans CJK SC"}}


def test_a_chinese_browser_reads_its_own_characters(open_app):
    page = open_app("/", locale="zh-HK")  # by no language's own tag; all ways to ask: test_languages.py
    opened_at(page)
    reads(page, "zh-Hant")


def reads(page, tag):
    """Whether a page is said to be in a language, and is in its words and in its shapes."""
    expect(page, "document.documentElement.lang", tag)
    expect(page, "document.querySelector('.mlp-root').lang", tag)
    expect_text(page, "[data-do=next]", NEXT[tag])
    chinese = {name for name in fonts(page, ".mlp-root :is(h3, h4), [data-part=text]") if "CJK" in name}
    assert chinese <= SHAPES.get(tag, set())


def test_a_language_is_chosen_and_kept_and_everything_else_stays(open_app):
    page = open_app("/?preset=mazur&lang=zh-Hans")
    opened_at(page)
    press(page, "ArrowRight", 1)
    press(page, "ArrowRight", 2)
    before = page.evaluate(NUMBERS)
    for tag, title in (("en", "English"), ("zh-Hans", "简体中文"), ("zh-Hant", "繁體中文")):
        page.locator(".st-key-languages button").first.click()
        page.locator(f".st-key-language-{tag} button").click()
        in_link(page, f"lang={tag}")
        reads(page, tag)
        settled(page)
        assert page.locator("[data-step]").get_attribute("data-step") == "2"
        assert page.evaluate(NUMBERS) == before
        assert title in page.locator(".st-key-languages").first.inner_text()
        assert f"mlpviz_language={tag}" in page.evaluate("document.cookie")

    page.goto(page.url.partition("?")[0], wait_until="commit")
    opened_at(page)
    reads(page, "zh-Hant")
    expect_count(page, "[data-testid=stAlert]", 0)
    takes_what_an_east_asian_keyboard_types(page)


def takes_what_an_east_asian_keyboard_types(page):
    page.locator("[data-part=ledger] [data-symbol=W][data-layer='1'][data-row='0'][data-column='0']").dblclick()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("－０．２５")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-part=ledger] [data-symbol=W][data-layer='1'][data-value='-0.25']")
    settled(page)
