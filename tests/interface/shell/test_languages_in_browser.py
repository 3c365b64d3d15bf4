"""A browser's language is found, set in its own shapes and read aloud as it; a switch changes nothing but words."""

from tests.support.browser import READY, expect, expect_count, fonts
from tests.support.stepping import in_link, opened_at, press, settled

FOUND = {"zh-HK": "zh-Hant", "zh": "zh-Hans"}
"""What two browsers ask for, neither by the language's own tag; all ways to ask for them: ``test_languages.py``."""

NEXT = {"zh-Hant": "下一步", "zh-Hans": "下一步", "en": "Next"}
NUMBERS = "[...document.querySelectorAll('[data-part=ledger] [data-value]')].map(each => each.dataset.value).join()"
SHAPES = {"zh-Hant": {"Noto Sans CJK TC"}, "zh-Hans": {"Noto Sans CJK SC"}}


def test_every_chinese_browser_reads_its_own_characters(open_app):
    for locale, tag in FOUND.items():
        page = open_app("/", locale=locale)
        opened_at(page)
        assert page.evaluate("document.documentElement.lang") == tag
        assert page.locator(".mlp-root").get_attribute("lang") == tag
        assert NEXT[tag] in page.locator("[data-do=next]").inner_text()
        chinese = {name for name in fonts(page, ".mlp-root :is(h3, h4), [data-part=text]") if "CJK" in name}
        assert chinese <= SHAPES[tag]
        page.context.close()


def test_a_language_is_chosen_and_everything_else_stays(open_app):
    page = open_app("/?preset=mazur")
    opened_at(page)
    press(page, "ArrowRight", 1)
    press(page, "ArrowRight", 2)
    before = page.evaluate(NUMBERS)
    for tag, title in (("zh-Hant", "繁體中文"), ("zh-Hans", "简体中文"), ("en", "English")):
        page.locator(".st-key-languages button").first.click()
        page.locator(f".st-key-language-{tag} button").click()
        in_link(page, f"lang={tag}")
        expect(page, "document.documentElement.lang", tag)
        expect(page, "document.querySelector('.mlp-root').lang", tag)
        page.wait_for_selector(READY, state="attached")
        assert page.locator("[data-step]").get_attribute("data-step") == "2"
        assert page.evaluate(NUMBERS) == before
        assert title in page.locator(".st-key-languages").first.inner_text()
    assert "mlpviz_language=en" in page.evaluate("document.cookie")


def test_the_choice_is_kept_in_the_browser(open_app):
    page = open_app("/network?lang=zh-Hans")
    page.locator(".st-key-languages button").first.click()
    page.locator(".st-key-language-zh-Hant button").click()
    expect(page, "document.documentElement.lang", "zh-Hant")
    page.goto(page.url.partition("?")[0], wait_until="commit")
    expect(page, "document.documentElement.lang", "zh-Hant")
    expect_count(page, "[data-testid=stAlert]", 0)


def test_a_cell_takes_what_an_east_asian_keyboard_types(open_app):
    page = open_app("/")
    opened_at(page)
    page.locator("[data-part=ledger] [data-symbol=W][data-layer='1'][data-row='0'][data-column='0']").dblclick()
    page.keyboard.press("Control+A")
    page.keyboard.insert_text("－０．２５")
    page.keyboard.press("Enter")
    page.wait_for_selector("[data-part=ledger] [data-symbol=W][data-layer='1'][data-value='-0.25']")
    settled(page)
