"""The Check page in a real browser: by keyboard alone, at every size, and a link that restores the screen."""

from urllib.parse import quote

import pytest

from mlpviz.derivation.errata import EXERCISES
from tests.support.browser import expect, expect_count, expect_text
from tests.support.stepping import in_link, settled, walk_to

BOX = "input[aria-label='Your formula or line of code']"
SENTENCES = "[class*=st-key-verdict-]"
SIZES = {"desktop": (1280, 720), "phone": (390, 844), "zoomed": (640, 360)}

LONG = "((W3ᵀ ((a3 - y) ⊙ a3 ⊙ (1 - a3))) ⊙ f'(z2)) a1"


def entered(page, formula, kind):
    """Enter a formula by keyboard, the box having the focus, and wait for its verdict."""
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(formula)
    page.keyboard.press("Enter")
    judged(page, kind)


def judged(page, kind):
    """Wait for a verdict, and the end of the run that brought it."""
    page.wait_for_selector(f".st-key-verdict-{kind}-formula")
    settled(page)


def box_at(page):
    """Wait for the box and the end of the first run."""
    page.wait_for_selector(BOX)
    in_link(page, "end=1")
    settled(page)


def test_a_formula_is_repaired_by_keyboard_alone(open_app):
    page = open_app("/check?preset=softmax-batch")
    box_at(page)
    walk_to(page, "Tab", BOX)
    entered(page, "delta[3] @ A[2]", "shape")
    expect_text(page, SENTENCES, "inner dimensions n₃ and m differ")
    expect_count(page, ".st-key-parse-formula .fbox", 2)
    walk_to(page, "Tab", "[class*='st-key-try-0'] button")
    page.keyboard.press("Enter")
    judged(page, "right")
    expect(page, TYPED, "delta[3].T @ A[2]")
    expect_count(page, "[data-symbol=dW][data-layer='3'][data-value]", 15)
    in_link(page, "formula=")

    other = open_app(page.url[page.url.index("/check") :])
    judged(other, "right")
    expect(other, SAID, page.evaluate(SAID))
    expect(other, TYPED, "delta[3].T @ A[2]")


TYPED = f"""document.querySelector("{BOX}").value"""
SAID = f"""document.querySelector("{SENTENCES}").innerText"""


def test_a_bug_is_found_by_keyboard_alone(open_app):
    page = open_app("/check")
    box_at(page)
    walk_to(page, "Tab", "[class*='st-key-start-E46'] button")
    page.keyboard.press("Enter")
    page.wait_for_selector(".st-key-exercise")
    in_link(page, "exercise=E46")
    settled(page)
    walk_to(page, "Tab", BOX)
    entered(page, LONG, "shape")
    entered(page, EXERCISES["E46"].answer, "right")
    expect_text(page, ".st-key-exercise", EXERCISES["E46"].why)


def test_progress_outlives_a_reload_and_is_there_in_another_tab(open_app):
    page = open_app("/check")
    box_at(page)
    page.locator("[class*=st-key-start-E44] button").click()
    page.locator(".st-key-answer-0 button").click()
    page.get_by_text("1 try so far").wait_for()
    page.locator(".st-key-answer-2 button").click()
    page.get_by_text("Found at try 2").wait_for()
    settled(page)
    expect(page, KEPT, "E44:2f")
    page.reload()
    page.get_by_text("Found at try 2").wait_for()
    other = page.context.new_page()
    other.goto(page.url.partition("?")[0])
    other.get_by_text("1 of 54 found").wait_for()
    settled(other)
    other.close()


KEPT = "localStorage.getItem('mlpviz.exercises')"


def test_damaged_or_blocked_storage_does_no_harm(open_app):
    page = open_app("/check")
    box_at(page)
    page.evaluate("localStorage.setItem('mlpviz.exercises', '<img src=x onerror=alert(1)>')")
    page.reload()
    page.get_by_text("which this browser kept").wait_for()
    expect(page, KEPT, None)
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked') } })")
    page.reload()
    box_at(page)
    page.locator("[class*=st-key-start-E44] button").click()
    page.locator(".st-key-answer-2 button").click()
    page.get_by_text("Found at the first try").wait_for()


@pytest.mark.parametrize("size", SIZES)
def test_a_question_fits_into_its_frame(open_app, size):
    page = open_app("/check?exercise=E13", viewport=SIZES[size])
    page.locator(".st-key-answer-0 button").click()
    page.get_by_text("So it would be if both").wait_for()
    settled(page)
    expect(page, "document.documentElement.scrollWidth <= innerWidth")
    inside = [".st-key-exercise", ".st-key-own", ".st-key-answers", ".st-key-answers [data-testid=stText]"]
    expect(page, OUTSIDE, [], inside)
    own = "document.querySelector('.st-key-own .katex-display')"
    expect(page, f"{own}.scrollHeight <= {own}.clientHeight")


def test_typed_text_stays_text(open_app):
    page = open_app("/check?formula=" + quote("<img src=x onerror=alert(1)> **b** $x$ [a](javascript:alert(1))"))
    judged(page, "refused")
    expect_count(page, "img[src=x]", 0)
    expect_count(page, f"{SENTENCES} [data-testid=stText]", 1)
    page.locator(BOX).fill("x" * 100_000)
    page.locator(BOX).press("Enter")
    page.get_by_text("this one has 100000").wait_for()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_nothing_is_cut_off(open_app, size, dark):
    query = f"preset=two-three-two&orientation=columns&first_layer=1&target=dW[1]&exercise=E46&formula={quote(LONG)}"
    page = open_app(f"/check?{query}", viewport=SIZES[size], dark=dark)
    page.wait_for_selector(".st-key-parse-formula .katex")
    settled(page)
    expect(page, "document.documentElement.scrollWidth <= innerWidth")
    expect(page, OUTSIDE, [], [BOX, SENTENCES, ".st-key-numbers", ".st-key-exercise", ".st-key-parse-formula"])
    parse = "document.querySelector('.st-key-parse-formula .katex-display')"
    expect(page, f"{parse}.scrollHeight <= {parse}.clientHeight")


@pytest.mark.parametrize("size", SIZES)
def test_what_is_not_posed_fits_into_its_frame(open_app, size):
    page = open_app("/check", viewport=SIZES[size])
    box_at(page)
    page.get_by_text("What is not posed, and why").click()
    page.locator(".st-key-unposed-start table").wait_for()
    expect(page, f"({FITS})('.st-key-unposed-start')")


FITS = """selector => {
  const frame = document.querySelector(selector)
  return frame.querySelector("table").getBoundingClientRect().right <= frame.getBoundingClientRect().right + 1
}"""

OUTSIDE = """selectors => selectors.filter(selector => {
  const box = document.querySelector(selector).getBoundingClientRect()
  return box.left < 0 || box.right > innerWidth
})"""
