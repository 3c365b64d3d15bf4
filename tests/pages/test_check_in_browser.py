"""The Check page in a real browser: by keyboard alone, at every size, and a link that restores the screen."""

from contextlib import contextmanager
from urllib.parse import quote

from mlpviz.derivation.errata import EXERCISES
from tests.support.browser import expect, expect_count, expect_text
from tests.support.stepping import in_link, settled, walk_to

BOX = "textarea[aria-label='Your formula, derivation or program']"
SENTENCES = "[class*=st-key-verdict-]"
SIZES = {"desktop": (1280, 720), "phone": (390, 844), "zoomed": (640, 360)}

LONG = "((W3ᵀ ((a3 - y) ⊙ a3 ⊙ (1 - a3))) ⊙ f'(z2)) a1"


def judged(page, kind):
    """Wait for a verdict, and the end of the run that brought it."""
    page.wait_for_selector(f"[class*=st-key-verdict-{kind}-]")
    settled(page)


def box_at(page):
    """Wait for the box and the end of the first run."""
    page.wait_for_selector(BOX)
    in_link(page, "end=1")
    settled(page)


TYPED = f"""document.querySelector("{BOX}").value"""
SAID = f"""document.querySelector("{SENTENCES}").innerText"""
KEPT = "localStorage.getItem('mlpviz.exercises')"
COPIES = "JSON.parse(localStorage.getItem('mlpviz.copies'))"
BLOCKED = "Object.defineProperty(window, 'localStorage', { get() { throw new Error('blocked') } })"


def entered(page, formula, kind):
    """Enter a text by keyboard, the box having the focus, and wait for its verdict."""
    page.keyboard.press("Control+A")
    page.keyboard.insert_text(formula)
    page.keyboard.press("Control+Enter")
    judged(page, kind)


def in_every_size(page):
    """Give a page one size after the other; in each nothing of it is wider than the screen."""
    for width, height in SIZES.values():
        page.set_viewport_size({"width": width, "height": height})
        expect(page, "[innerWidth, document.documentElement.scrollWidth <= innerWidth]", [width, True])
        yield
    page.set_viewport_size({"width": 1280, "height": 720})


SHOWN = "document.querySelector('.st-key-text h3').getBoundingClientRect().top"


def test_what_is_opened_far_from_its_button_is_in_view_and_an_exercise_fits_into_its_frame(open_app):
    """A text on a phone, whose cards stand above it, and an exercise far down a page."""
    page = open_app("/texts?text=S1", (390, 844))
    page.wait_for_selector(".st-key-text h3")
    settled(page)
    expect(page, f"{SHOWN} > innerHeight")  # a page begins at its top
    page.locator("[class*='st-key-open-S2'] button").click()
    in_link(page, "text=S2")
    expect(page, f"{SHOWN} > 0 && {SHOWN} < innerHeight / 3")
    page.set_viewport_size({"width": 1280, "height": 400})
    page.locator("[class*='st-key-texts-E22'] button").click()
    page.wait_for_selector(".st-key-exercise")
    expect(page, "document.querySelector('.st-key-exercise').getBoundingClientRect().top >= 0")
    expect(page, "(el => el.scrollHeight > el.clientHeight)(document.querySelector('[data-testid=stMain]'))")
    assert page.locator(".st-key-exercise h5").is_visible()
    settled(page)
    page.locator(".st-key-answer-0 button").click()
    page.locator(".st-key-answer-0 button:disabled").wait_for()
    settled(page)
    for _size in in_every_size(page):
        inside = [".st-key-exercise", ".st-key-own", ".st-key-answers", ".st-key-answers [data-testid=stText]"]
        expect(page, OUTSIDE, [], inside)
        own = "document.querySelector('.st-key-own .katex-display')"
        expect(page, f"{own}.scrollHeight <= {own}.clientHeight")


def test_formulas_are_repaired_and_names_answered_by_keyboard_and_the_link_brings_the_last(open_app):
    """From a link with a text of somebody who means harm, which stays text."""
    hostile = quote("<img src=x onerror=alert(1)> **b** $x$ [a](javascript:alert(1))")
    page = open_app(f"/check?preset=softmax-batch&formula={hostile}")
    judged(page, "refused")
    expect_count(page, "img[src=x]", 0)
    expect_count(page, f"{SENTENCES} [data-testid=stText]", 1)
    expect_count(page, f"{SENTENCES} b", 0)
    box_at(page)
    walk_to(page, "Tab", BOX)
    entered(page, "x" * 100_000, "refused")
    page.get_by_test_id("stText").get_by_text("this one has 100000").wait_for()

    entered(page, "delta[3] @ A[2]", "shape")
    expect_text(page, SENTENCES, "inner dimensions n₃ and m differ")
    expect_count(page, ".st-key-parse-formula .fbox", 2)
    walk_to(page, "Tab", "[class*='st-key-try-0'] button")
    page.keyboard.press("Enter")
    judged(page, "right")
    expect(page, TYPED, "delta[3].T @ A[2]")
    expect_count(page, "[data-symbol=dW][data-layer='3'][data-value]", 15)

    page.locator(BOX).focus()
    page.keyboard.press("Control+A")
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
    settled(page)

    page.locator(BOX).focus()
    entered(page, "dW3 = delta3.T @ (A2", "refused")
    expect_count(page, ".mlp-torn mark", 1)
    page.locator("[class*='st-key-try-again-0'] button").click()
    judged(page, "right")
    expect(page, TYPED, "dW3 = delta3.T @ (A2)")
    in_link(page, "%28A2%29")

    other = open_app(page.url[page.url.index("/check") :])
    judged(other, "right")
    expect(other, SAID, page.evaluate(SAID))
    expect(other, TYPED, "dW3 = delta3.T @ (A2)")


def test_exercises_and_a_long_text_outlive_their_server_and_a_browser_that_keeps_nothing(open_app):
    page = open_app("/check")
    box_at(page)
    a_bug_is_found_by_keyboard_alone(page)
    page.locator(".st-key-leave-room button").click()
    page.get_by_text(f"1 of {len(EXERCISES)} found").wait_for()
    settled(page)
    what_is_not_posed_fits_into_its_frame(page)

    page.locator("[class*=st-key-start-E44] button").click()
    page.locator(".st-key-answer-0 button").click()
    page.get_by_text("1 try so far").wait_for()
    page.locator(".st-key-answer-2 button").click()
    page.get_by_text("Found at try 2").wait_for()
    expect(page, f"{KEPT}.includes('E44:2f')")
    in_link(page, "exercise=E44")
    with another_tab(page) as other:
        other.goto(page.url)
        other.get_by_text("Found at try 2").wait_for()
        settled(other)
        other.locator(".st-key-leave-room button").click()
        other.get_by_text(f"2 of {len(EXERCISES)} found").wait_for()
    page.locator(".st-key-leave-room button").click()
    page.get_by_text(f"2 of {len(EXERCISES)} found").wait_for()
    settled(page)

    long = "\n".join(f"x{k} = A1 @ W2.T + b2" for k in range(99))
    page.locator(BOX).fill(long)
    page.locator(BOX).press("Control+Enter")
    in_link(page, "left_out=formula")
    expect(page, f"{COPIES}?.length", 1)
    page.evaluate(f"localStorage.setItem('mlpviz.copies', JSON.stringify([{{ ...{COPIES}[0], name: 'gone' }}]))")
    page.goto(page.url.partition("?")[0] + "?v=1&preset=two-three-two&kept=gone&left_out=formula&end=1")
    expect(page, TYPED, long)  # though the server never had it under this name
    expect(page, "location.search.includes('kept=') && !location.search.includes('kept=gone')")
    settled(page)
    with another_tab(page, BLOCKED) as other:
        other.goto(page.url)
        expect(other, TYPED, long)  # now from the server
        settled(other)
        other.locator(BOX).fill("")
        other.locator(BOX).press("Control+Enter")  # where there is no text, the exercises are listed
        other.locator("[class*=st-key-start-E44] button").click()
        other.locator(".st-key-answer-2 button").click()
        other.get_by_text("Found at the first try").wait_for()
    page.evaluate("localStorage.setItem('mlpviz.exercises', '<img src=x onerror=alert(1)>')")
    page.reload()
    page.get_by_text("which this browser kept").wait_for()
    expect(page, KEPT, None)
    expect(page, TYPED, long)


@contextmanager
def another_tab(page, script=""):
    """One more page of the same browser, perhaps with a script before its own; fails with what its scripts throw."""
    other, faults = page.context.new_page(), []
    other.on("pageerror", lambda error: faults.append(str(error)))
    other.add_init_script(script)
    yield other
    other.close()
    assert not faults, faults


def a_bug_is_found_by_keyboard_alone(page):
    walk_to(page, "Tab", "[class*='st-key-start-E46'] button")
    page.keyboard.press("Enter")
    page.wait_for_selector(".st-key-exercise")
    in_link(page, "exercise=E46")
    walk_to(page, "Tab", BOX)
    entered(page, LONG, "shape")
    page.wait_for_selector(".st-key-parse-formula .katex")
    for _size in in_every_size(page):
        expect(page, OUTSIDE, [], [BOX, SENTENCES, ".st-key-numbers", ".st-key-exercise", ".st-key-parse-formula"])
        parse = "document.querySelector('.st-key-parse-formula .katex-display')"
        expect(page, f"{parse}.scrollHeight <= {parse}.clientHeight")
    page.locator(BOX).focus()
    entered(page, EXERCISES["E46"].answer, "right")
    expect_text(page, ".st-key-exercise", EXERCISES["E46"].why)


def what_is_not_posed_fits_into_its_frame(page):
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
    the_box_numbers_its_lines_and_grows_and_enter_is_a_new_line(page)
    page.keyboard.press("Control+A")
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


def the_box_numbers_its_lines_and_grows_and_enter_is_a_new_line(page):
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
