"""The Check page in a real browser: by keyboard alone, at every size, and a link that restores the screen."""

from urllib.parse import quote

import pytest

from mlpviz.derivation.errata import EXERCISES
from tests.support.browser import expect, expect_count, expect_text
from tests.support.stepping import in_link, settled, walk_to

BOX = "textarea[aria-label='Your formula, derivation or program']"
SENTENCES = "[class*=st-key-verdict-]"
SIZES = {"desktop": (1280, 720), "phone": (390, 844), "zoomed": (640, 360)}

LONG = "((W3ᵀ ((a3 - y) ⊙ a3 ⊙ (1 - a3))) ⊙ f'(z2)) a1"


def entered(page, formula, kind):
    """Enter a text by keyboard, the box having the focus, and wait for its verdict."""
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(formula)
    page.keyboard.press("Control+Enter")
    judged(page, kind)


def judged(page, kind):
    """Wait for a verdict, and the end of the run that brought it."""
    page.wait_for_selector(f"[class*=st-key-verdict-{kind}-]")
    settled(page)


def box_at(page):
    """Wait for the box and the end of the first run."""
    page.wait_for_selector(BOX)
    in_link(page, "end=1")
    settled(page)


def test_an_exercise_that_is_opened_far_down_a_page_is_in_view(open_app):
    page = open_app("/texts?text=S2")
    page.locator("[class*='st-key-texts-E24'] button").click()
    page.wait_for_selector(BOX)
    expect(page, "document.querySelector('.st-key-exercise').getBoundingClientRect().top >= 0")
    assert page.locator("[data-testid=stMain]").evaluate("el => el.scrollHeight > el.clientHeight")
    assert page.locator(".st-key-exercise h5").is_visible()


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
    other.get_by_text(f"1 of {len(EXERCISES)} found").wait_for()
    settled(other)
    other.close()


KEPT = "localStorage.getItem('mlpviz.exercises')"


def test_damaged_or_blocked_storage_does_no_harm(open_app):
    page = open_app("/check", once=True)
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


def in_every_size(page):
    """Give a page one size after the other; in each nothing of it is wider than the screen."""
    for width, height in SIZES.values():
        page.set_viewport_size({"width": width, "height": height})
        expect(page, "[innerWidth, document.documentElement.scrollWidth <= innerWidth]", [width, True])
        yield


def test_a_question_fits_into_its_frame(open_app):
    page = open_app("/check?exercise=E13")
    page.locator(".st-key-answer-0 button").click()
    page.get_by_text("So it would be if both").wait_for()
    settled(page)
    for _size in in_every_size(page):
        inside = [".st-key-exercise", ".st-key-own", ".st-key-answers", ".st-key-answers [data-testid=stText]"]
        expect(page, OUTSIDE, [], inside)
        own = "document.querySelector('.st-key-own .katex-display')"
        expect(page, f"{own}.scrollHeight <= {own}.clientHeight")


def test_typed_text_stays_text(open_app):
    page = open_app("/check?formula=" + quote("<img src=x onerror=alert(1)> **b** $x$ [a](javascript:alert(1))"))
    judged(page, "refused")
    expect_count(page, "img[src=x]", 0)
    expect_count(page, f"{SENTENCES} [data-testid=stText]", 1)
    expect_count(page, f"{SENTENCES} b", 0)
    page.locator(BOX).fill("x" * 100_000)
    page.locator(BOX).press("Control+Enter")
    page.get_by_test_id("stText").get_by_text("this one has 100000").wait_for()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_nothing_is_cut_off(open_app, dark):
    query = f"preset=two-three-two&orientation=columns&first_layer=1&target=dW[1]&exercise=E46&formula={quote(LONG)}"
    page = open_app(f"/check?{query}", dark=dark)
    page.wait_for_selector(".st-key-parse-formula .katex")
    settled(page)
    for _size in in_every_size(page):
        expect(page, OUTSIDE, [], [BOX, SENTENCES, ".st-key-numbers", ".st-key-exercise", ".st-key-parse-formula"])
        parse = "document.querySelector('.st-key-parse-formula .katex-display')"
        expect(page, f"{parse}.scrollHeight <= {parse}.clientHeight")


def test_what_is_not_posed_fits_into_its_frame(open_app):
    page = open_app("/check")
    box_at(page)
    page.get_by_text("What is not posed, and why").click()
    page.locator(".st-key-unposed-start table").wait_for()
    for _size in in_every_size(page):
        expect(page, f"({FITS})('.st-key-unposed-start')")


FITS = """selector => {
  const frame = document.querySelector(selector)
  return frame.querySelector("table").getBoundingClientRect().right <= frame.getBoundingClientRect().right + 1
}"""

OUTSIDE = """selectors => selectors.filter(selector => {
  const box = document.querySelector(selector).getBoundingClientRect()
  return box.left < 0 || box.right > innerWidth
})"""


# Several lines


BACKWARD = """def step(X, Y, W1, b1, W2, b2):
    Z1 = X @ W1.T + b1
    A1 = np.maximum(0, Z1)
    Z2 = A1 @ W2.T + b2
    A2 = 1 / (1 + np.exp(-Z2))
    dZ2 = (A2 - Y) * A2 * (1 - A2)
    dW2 = np.dot(dZ2, A1)
    db2 = np.sum(dZ2, axis=0, keepdims=True)
    dZ1 = np.dot(dZ2, W2) * (Z1 > 0)
    dW1 = np.dot(dZ1.T, X)
    db1 = np.sum(dZ1, axis=0, keepdims=True)
    return dW1, db1, dW2, db2"""
"""Of the default network; the error is not transposed for the gradient of the weights."""


def line(number):
    """The row of a line in the report."""
    return f".mlp-row[data-line='{number}']"


def test_a_pasted_backward_function_has_its_one_bug_mended_in_its_line(open_app):
    page = open_app("/check")
    box_at(page)
    page.locator(BOX).focus()
    page.keyboard.insert_text(BACKWARD)
    page.locator(".st-key-check_it button").click()
    judged(page, "shape")
    expect_count(page, ".mlp-row[data-kind=wrong], .mlp-row[data-kind=shape], .mlp-row[data-kind=refused]", 1)
    expect(page, f"""document.querySelector("{line(7)}").dataset.kind""", "shape")
    expect_text(page, line(8), "∂J/∂b⁽²⁾")
    expect(page, f'document.activeElement === document.querySelector("{BOX}")')
    expect_text(page, MARKED, "dW2")
    page.locator("[class*='st-key-try-7-0'] button").click()
    judged(page, "right")
    expect(page, TYPED, BACKWARD.replace("np.dot(dZ2, A1)", "np.dot(dZ2.T, A1)"))
    page.keyboard.press("Escape")
    page.locator(".st-key-undo button").click()
    judged(page, "shape")
    expect(page, TYPED, BACKWARD)


MARKED = ".st-key-lines .mlp-line[data-sign]"


def test_the_box_numbers_its_lines_and_grows_and_enter_is_a_new_line(open_app):
    page = open_app("/check")
    box_at(page)
    page.locator(BOX).focus()
    low = height(page)
    page.keyboard.type("a1")
    for number in range(2, 8):
        page.keyboard.press("Enter")
        page.keyboard.type(f"x{number}")
    expect(page, TYPED, "a1\nx2\nx3\nx4\nx5\nx6\nx7")
    expect_count(page, ".st-key-lines .mlp-line", 7)
    assert height(page) > low
    expect(page, LEVEL)
    page.keyboard.insert_text("\n" * 60)
    expect_count(page, ".st-key-lines .mlp-line", 67)
    assert height(page) < 600
    expect(page, "document.documentElement.scrollWidth <= innerWidth")


def height(page):
    """How high the box is."""
    return page.locator(BOX).bounding_box()["height"]


LEVEL = f"""(() => {{  // every number stands beside its line
  const area = document.querySelector("{BOX}"), style = getComputedStyle(area)
  const top = area.getBoundingClientRect().top + parseFloat(style.paddingTop)
  return [...document.querySelectorAll(".mlp-line")].every((line, k) => {{
    const wanted = top + k * parseFloat(style.lineHeight)
    return Math.abs(line.getBoundingClientRect().top - wanted) < 2
  }})
}})()"""


def test_a_refused_line_is_mended_by_one_press(open_app):
    page = open_app("/check?preset=softmax-batch")
    box_at(page)
    page.locator(BOX).focus()
    entered(page, "dW3 = delta3.T @ (A2", "refused")
    expect_count(page, ".mlp-torn mark", 1)
    page.locator("[class*='st-key-try-again-0'] button").click()
    judged(page, "right")


def test_a_name_of_ones_own_is_asked_and_answered_by_keyboard(open_app):
    page = open_app("/check?preset=softmax-batch")
    box_at(page)
    page.locator(BOX).focus()
    page.keyboard.insert_text("dW3 = delta3.T @ hidden")
    page.keyboard.press("Control+Enter")
    page.locator(".st-key-asked").wait_for()
    settled(page)
    walk_to(page, "Tab", ".st-key-asked button")
    page.keyboard.press("Enter")
    judged(page, "right")
    in_link(page, "given=hidden")
    page.locator(".st-key-own-names button").first.click()
    page.locator(".st-key-asked").wait_for()


COPIES = "JSON.parse(localStorage.getItem('mlpviz.copies'))"


def test_a_long_text_comes_back_though_the_server_has_lost_it(open_app):
    page = open_app("/check")
    box_at(page)
    long = "\n".join(f"x{k} = A1 @ W2.T + b2" for k in range(99))
    page.locator(BOX).fill(long)
    page.locator(BOX).press("Control+Enter")
    in_link(page, "left_out=formula")
    expect(page, f"{COPIES}?.length", 1)
    page.evaluate(f"localStorage.setItem('mlpviz.copies', JSON.stringify([{{ ...{COPIES}[0], name: 'gone' }}]))")
    page.goto(page.url.partition("?")[0] + "?v=1&preset=two-three-two&kept=gone&left_out=formula&end=1")
    expect(page, TYPED, long)
    settled(page)
    page.reload()
    expect(page, TYPED, long)


PRODUCT = r"(a^{(3)} - y) \odot a^{(3)} \odot (1 - a^{(3)}) W^{(3)} (1,1,1)^T a^{(1)T}"
CHAIN = " ".join(
    rf"\frac {{\partial {above}}}{{\partial {below}}}"
    for above, below in (
        ("L", "a^{(3)}"),
        ("a^{(3)}", "z^{(3)}"),
        ("z^{(3)}", "a^{(2)}"),
        ("a^{(2)}", "z^{(2)}"),
        ("a^{(2)}", "z^{(2)}"),
        ("z^{(2)}", "W^{(2)}"),
    )
)


def pasted(page, text, kind):
    """Paste a text in place of what is in the box, and check it."""
    page.locator(BOX).fill(text)
    page.locator(BOX).press("Control+Enter")
    judged(page, kind)


def test_the_student_of_the_question_gets_from_the_first_screen_to_the_right_order(open_app):
    page = open_app("/")
    page.get_by_text("I have a product that does not multiply").first.click()
    page.wait_for_selector(BOX)
    judged(page, "shape")
    in_link(page, "hand=question")
    pasted(page, rf"$\frac {{\partial L}}{{\partial W^{{(3)}}}} = {CHAIN} = {PRODUCT}$", "wrong")
    expect_text(page, SENTENCES, "stands twice")
    page.get_by_text("What is wrong with side 2").click()
    expect_text(page, ".st-key-line-side-2", "inner dimensions m and n₃ differ")
    pasted(page, rf"$\frac{{\partial L}}{{\partial W^{{(2)}}}} = {PRODUCT}$", "shape")
    expect_text(page, SENTENCES, "do not multiply")
    page.locator("[class*='st-key-try-0'] button").click()
    judged(page, "right")
    expect_text(page, SENTENCES, "∂L/∂W⁽²⁾")
