"""The Check page in a real browser: by keyboard alone, at every size, and a link that restores the screen."""

from urllib.parse import quote

import pytest

from mlpviz.derivation.exercises import EXERCISES
from tests.test_journey import settled, walk_to

BOX = "input[aria-label='Your formula or line of code']"
SENTENCES = "[class*=st-key-verdict-]"
SIZES = {"desktop": (1280, 720), "phone": (390, 844), "zoomed": (640, 360)}

LONG = "((W3ᵀ ((a3 - y) ⊙ a3 ⊙ (1 - a3))) ⊙ f'(z2)) a1"


def entered(page, formula):
    """Enter a formula by keyboard, the box having the focus."""
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(formula)
    page.keyboard.press("Enter")
    settled(page)


def test_a_formula_is_repaired_by_keyboard_alone(open_app):
    page = open_app("/check?preset=softmax-batch")
    page.wait_for_selector(BOX)
    walk_to(page, "Tab", BOX)
    entered(page, "delta[3] @ A[2]")
    page.wait_for_selector(".st-key-verdict-shape-formula")
    assert "inner dimensions n₃ and m differ" in page.locator(SENTENCES).inner_text()
    assert page.locator(".st-key-parse-formula .fbox").count() == 2
    walk_to(page, "Tab", "[class*='st-key-try-0'] button")
    page.keyboard.press("Enter")
    page.wait_for_selector(".st-key-verdict-right-formula")
    assert page.locator(BOX).input_value() == "delta[3].T @ A[2]"
    assert page.locator("[data-symbol=dW][data-layer='3'][data-value]").count() == 15
    page.wait_for_function("location.search.includes('formula=')")

    other = open_app(page.url[page.url.index("/check") :])
    other.wait_for_selector(".st-key-verdict-right-formula")
    assert other.locator(SENTENCES).inner_text() == page.locator(SENTENCES).inner_text()
    assert other.locator(BOX).input_value() == "delta[3].T @ A[2]"


def test_a_bug_is_found_by_keyboard_alone(open_app):
    page = open_app("/check")
    page.wait_for_selector(BOX)
    walk_to(page, "Tab", "[class*='st-key-start-E46'] button")
    page.keyboard.press("Enter")
    page.wait_for_selector(".st-key-exercise")
    settled(page)
    walk_to(page, "Tab", BOX)
    entered(page, LONG)
    page.wait_for_selector(".st-key-verdict-shape-formula")
    entered(page, EXERCISES["E46"].right)
    page.wait_for_selector(".st-key-verdict-right-formula")
    assert EXERCISES["E46"].why in page.locator(".st-key-exercise").inner_text()


def test_typed_text_stays_text(open_app):
    page = open_app("/check?formula=" + quote("<img src=x onerror=alert(1)> **b** $x$ [a](javascript:alert(1))"))
    page.wait_for_selector(".st-key-verdict-refused-formula")
    assert page.locator("img[src=x]").count() == 0
    assert page.locator(f"{SENTENCES} [data-testid=stText]").count() == 1
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
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    for selector in (BOX, SENTENCES, ".st-key-numbers", ".st-key-exercise", ".st-key-parse-formula"):
        edges = page.locator(selector).first.bounding_box()
        assert edges["x"] >= 0
        assert edges["x"] + edges["width"] <= SIZES[size][0], selector
    parse = "document.querySelector('.st-key-parse-formula .katex-display')"
    assert page.evaluate(f"{parse}.scrollHeight <= {parse}.clientHeight")
