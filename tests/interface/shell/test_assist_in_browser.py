"""By keyboard and by ear: where the focus goes, what the menu is, what is said, and letters that are no keys."""

from pathlib import Path

from mlpviz.interface.shell import assist
from tests.support import axe
from tests.support.browser import SECRET, expect, expect_text
from tests.support.stepping import in_link, opened_at, settled

INSIDE = "document.querySelector('[data-testid=stPopoverBody]')?.contains(document.activeElement) ?? null"
ON = "document.activeElement.textContent.trim()"
SAID = "document.querySelector('.st-key-aloud [role=status]')?.textContent"


def test_the_keyboard_leads_everywhere_and_letters_are_no_keys_where_they_are_switched_off(open_app):
    page = open_app("/")
    opened_at(page)
    the_focus_is_seen_wherever_tab_leads(page)
    a_panel_takes_the_focus_and_gives_it_back(page)
    letters_are_no_keys_where_they_are_switched_off(page)


def the_focus_is_seen_wherever_tab_leads(page):
    page.evaluate(axe.TOP)
    for _ in range(26):
        page.keyboard.press("Tab")
        at = page.evaluate(axe.FOCUSED, "nothing")
        assert not at["unseen"] and not at["under"], at


def a_panel_takes_the_focus_and_gives_it_back(page):
    page.get_by_role("button", name="Notation").focus()
    page.keyboard.press("Enter")
    expect(page, INSIDE)
    settled(page)
    for _ in range(4):  # what has come into the panel since may stand before what has the focus
        page.keyboard.press("Shift+Tab")
        if page.evaluate(INSIDE) is False:
            break
    expect(page, "document.activeElement.dataset.testid", "stPopoverButton")
    page.keyboard.press("Tab")
    expect(page, INSIDE)
    page.keyboard.press("Escape")
    expect(page, INSIDE, None)
    expect(page, f"{ON}.includes('Notation')")

    page.get_by_role("button", name="Share").focus()
    page.keyboard.press("Enter")
    expect(page, INSIDE)
    for _ in range(30):
        page.keyboard.press("Tab")
        if page.evaluate(INSIDE) is False:
            break
    assert page.evaluate("document.activeElement.closest('.mlp-root') !== null"), "Tab goes on behind the button"
    page.keyboard.press("Escape")


def letters_are_no_keys_where_they_are_switched_off(page):
    page.get_by_role("button", name="Begin").click()
    switch = page.get_by_role("checkbox", name="Letters typed on the page are keys")
    switch.uncheck()
    page.keyboard.press("Escape")
    page.locator(".mlp-root").focus()
    page.keyboard.press("p")
    page.keyboard.press("ArrowRight")
    expect(page, "document.querySelector('[data-step]').dataset.step", "1")
    assert page.evaluate("document.querySelector('.mlp-root').dataset.predict") == ""
    in_link(page, "step=1")
    page.reload()
    opened_at(page)
    page.keyboard.press("p")
    page.keyboard.press("ArrowRight")
    expect(page, "document.querySelector('[data-step]').dataset.step", "2")
    assert page.evaluate("document.querySelector('.mlp-root').dataset.predict") == ""
    page.get_by_role("button", name="Begin").click()
    switch.check()
    page.keyboard.press("Escape")
    page.locator(".mlp-root").focus()
    page.keyboard.press("p")
    expect(page, "document.querySelector('.mlp-root').dataset.predict", "1")


def test_a_first_visit_is_whole_and_a_verdict_is_said_once_when_it_is_another(open_app):
    """What a page sends by itself takes the fields along: none may say that it is empty since it has just come up."""
    page = open_app("/check?preset=two-three-two&target=delta[1]&formula=delta[2] @ W[2]")
    page.wait_for_selector("[class*=st-key-verdict-wrong]")
    in_link(page, "end=1")
    expect(page, f"{SECRET}?.length", 32)  # the browser says who it is
    page.wait_for_timeout(600)
    settled(page)
    expect(page, "document.querySelector('textarea').value", "delta[2] @ W[2]")
    assert "formula=delta" in page.url
    assert page.locator(".st-key-undo button:enabled").count() == 0
    assert not page.evaluate(SAID), "what a page opens with is read as the page is"
    the_focus_is_seen_wherever_tab_leads(page)
    page.evaluate(
        """() => { window.said = 0; new MutationObserver(() => { window.said += 1 })
          .observe(document.querySelector('.st-key-aloud [role=status]'), { childList: true }) }"""
    )
    box = page.locator("textarea")
    for formula, verdict in (("delta[2].T @ W[2]", "Does not multiply"), ("(delta[2] @ W[2]) * f'(Z[1])", "Right")):
        box.fill(formula)
        box.press("Control+Enter")
        expect_text(page, ".st-key-aloud [role=status]", verdict)
        settled(page)
    assert page.evaluate("window.said") == 2
    assert page.get_by_role("heading", name="Right: this is", exact=False).count() == 1
    assert page.locator("[role=img][aria-label$=' icon']:not([aria-hidden])").count() == 0, "an icon's name is read out"


DRAWN = """<div class="st-key-text" style="margin: 3000px 0"><h3>The first</h3></div>"""


def test_a_text_opened_on_a_page_that_was_drawn_before_the_script_came_is_in_view(browser):
    script = Path(assist.__file__).with_suffix(".js").read_text(encoding="utf-8")
    page = browser.new_page()
    page.set_content(DRAWN)
    page.evaluate("window.mlpvizShell = { whenStill: (act) => act() }")
    page.add_script_tag(content=script, type="module")
    expect(page, "window.mlpvizAssist?.begun")
    assert page.evaluate("scrollY") == 0, "a page begins at its top"
    page.evaluate("document.querySelector('h3').textContent = 'The second'")
    expect(page, "scrollY > 2000")
    page.close()
